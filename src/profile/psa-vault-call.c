/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-vault-call.h"

#include "psa-error.h"
#include "psa-store-disk.h"
#include "psa-vault-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/*
 * The service takes calls side by side; only writes go one after another. The sandbox's keyring is
 * a file, which libsecret 0.21 neither locks nor makes in one step: a read may meet it half written,
 * and of two writes at once, of two processes as well, one is lost without a word. There all calls
 * go one after another, and a write holds a lock.
 *
 * A cancelled call returns in the next turn of the main loop, though the keyring may leave its
 * prompt open until the service says that it is gone; its place in the queue it keeps until then.
 */

static void
call_free (gpointer data)
{
  PsaVaultCall *call = data;

  g_free (call->id);
  g_free (call->label);
  g_clear_pointer (&call->secret, psa_secret_free);
  g_clear_pointer (&call->cancelled, g_source_unref);
  g_clear_pointer (&call->listed, g_ptr_array_unref);
  g_list_free_full (call->items, g_object_unref);
  g_clear_fd (&call->lock, NULL);
  g_free (call);
}

static gboolean
is_read (PsaVaultCall *call)
{
  return call->kind == PSA_VAULT_CALL_LOOKUP || call->kind == PSA_VAULT_CALL_LIST;
}

/* Nor does one wait, perhaps for a prompt that is open, that will be refused. */
static gboolean
needs_turn (PsaVaultCall *call, PsaVault *vault)
{
  gboolean is_refused = call->prompt == PSA_VAULT_NO_PROMPT && psa_vault_may_prompt (vault);

  return !is_read (call)
         || (psa_vault_get_backend (vault) == PSA_VAULT_BACKEND_FILE && !is_refused);
}

static void
lock_thread (GTask *lock, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *folder = g_path_get_dirname (task_data);
  g_autofree char *name = g_path_get_basename (task_data);
  GError *error = NULL;
  int fd = -1;

  if (psa_disk_ensure_folder (folder, &error))
    fd = psa_disk_lock (folder, name, &error);
  if (error != NULL)
    g_task_return_error (lock, error);
  else
    g_task_return_int (lock, fd);
}

static void
locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaVaultCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  call->lock = (int) g_task_propagate_int (G_TASK (result), &error);
  if (error != NULL)
    psa_vault_call_end (task, NULL,
                        g_error_new (PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE,
                                     _("The keyring does not answer: %s"), error->message));
  else
    call->queue->begin (task);
}

/* The first in the queue. */
static void
begin_call (GTask *task)
{
  PsaVaultCall *call = g_task_get_task_data (task);
  PsaVault *vault = g_task_get_source_object (task);
  g_autoptr(GTask) lock = NULL;

  if (is_read (call) || psa_vault_get_backend (vault) == PSA_VAULT_BACKEND_SERVICE)
    {
      call->queue->begin (task);
      return;
    }

  /* Without a source, since the thread lets go of it only after the call has ended. */
  lock = g_task_new (NULL, NULL, locked_cb, g_object_ref (task));
  g_task_set_source_tag (lock, begin_call);
  g_task_set_task_data (lock, psa_vault_dup_file (vault), g_free);
  g_task_run_in_thread (lock, lock_thread);
}

/* A loop, since any number of waiting calls may have been cancelled meanwhile. */
static void
leave_queue (GTask *task)
{
  PsaVaultCall *call = g_task_get_task_data (task);
  PsaVaultQueue *queue = call->queue;

  if (g_queue_peek_head (&queue->calls) != task)
    return;

  g_object_unref (g_queue_pop_head (&queue->calls));
  while (!g_queue_is_empty (&queue->calls))
    {
      GTask *next = g_queue_peek_head (&queue->calls);
      PsaVaultCall *next_call = g_task_get_task_data (next);

      if (!next_call->ended)
        {
          begin_call (next);
          return;
        }

      g_object_unref (g_queue_pop_head (&queue->calls));
    }
}

static gboolean
on_cancellable_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  PsaVaultCall *call = g_task_get_task_data (task);

  if (!call->ended)
    {
      call->ended = TRUE;
      g_task_return_error_if_cancelled (task);
    }

  return G_SOURCE_REMOVE;
}

/*
 * psa_vault_call_new:
 * @id: (nullable): copied
 *
 * Returns: (transfer full): a call, for psa_vault_call_start()
 */
PsaVaultCall *
psa_vault_call_new (PsaVaultQueue    *queue,
                    PsaVaultCallKind  kind,
                    const char       *id,
                    PsaVaultPrompt    prompt)
{
  PsaVaultCall *call = g_new0 (PsaVaultCall, 1);

  call->queue = queue;
  call->kind = kind;
  call->id = g_strdup (id);
  call->prompt = prompt;
  call->lock = -1;
  return call;
}

/*
 * psa_vault_call_start:
 *
 * Makes the task of a call and begins it: at once or, where it takes turns, when those before it
 * have ended.
 */
void
psa_vault_call_start (PsaVaultCall        *call,
                      PsaVault            *vault,
                      gpointer             source_tag,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, call, call_free);
  /* What the call found is the truth even where it was cancelled at the last moment. */
  g_task_set_check_cancellable (task, FALSE);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    {
      call->cancelled = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, call->cancelled, G_SOURCE_FUNC (on_cancellable_cancelled_cb));
    }

  if (!needs_turn (call, vault))
    {
      call->queue->begin (task);
      return;
    }

  g_queue_push_tail (&call->queue->calls, g_object_ref (task));
  if (call->queue->calls.length == 1)
    begin_call (task);
}

/*
 * psa_vault_call_end:
 * @secret: what a look-up found
 *
 * The end of the work: tells the caller, unless a cancellation has, and lets the next call begin.
 */
void
psa_vault_call_end (GTask *task, PsaSecret *secret, GError *error)
{
  PsaVaultCall *call = g_task_get_task_data (task);
  g_autoptr(GTask) kept = g_object_ref (task);

  if (call->cancelled != NULL)
    g_source_destroy (call->cancelled);
  g_clear_fd (&call->lock, NULL);
  call->queue->ended (g_task_get_source_object (task), error);

  if (call->ended)
    {
      g_clear_pointer (&secret, psa_secret_free);
      g_clear_error (&error);
    }
  else
    {
      call->ended = TRUE;
      if (error != NULL)
        g_task_return_error (task, error);
      else if (call->kind == PSA_VAULT_CALL_LOOKUP)
        g_task_return_pointer (task, secret, (GDestroyNotify) psa_secret_free);
      else if (call->kind == PSA_VAULT_CALL_LIST)
        g_task_return_pointer (task, g_steal_pointer (&call->listed),
                               (GDestroyNotify) g_ptr_array_unref);
      else
        g_task_return_boolean (task, TRUE);
    }

  leave_queue (task);
}
