/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-vault"

#include "config.h"

#include "psa-vault-call.h"

/*
 * Reads run side by side. Writes go one after another, since two at once on the sandbox's keyring
 * file would each meet the other's etag. A cancelled call returns in the next turn of the main
 * loop, though the keyring may leave its prompt open until the service says that it is gone; its
 * place among the writes it keeps until then.
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
  g_free (call);
}

/* A loop, since any number of waiting calls may have been cancelled meanwhile. */
static void
leave_queue (GTask *task)
{
  PsaVaultCall *call = g_task_get_task_data (task);
  PsaVaultQueue *queue = call->queue;

  if (g_queue_peek_head (&queue->writes) != task)
    return;

  g_object_unref (g_queue_pop_head (&queue->writes));
  while (!g_queue_is_empty (&queue->writes))
    {
      GTask *next = g_queue_peek_head (&queue->writes);
      PsaVaultCall *next_call = g_task_get_task_data (next);

      if (!next_call->ended)
        {
          queue->begin (next);
          return;
        }

      g_object_unref (g_queue_pop_head (&queue->writes));
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
  return call;
}

/*
 * psa_vault_call_start:
 *
 * Makes the task of a call and begins it: at once or, a write, when those before it have ended.
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

  if (call->kind == PSA_VAULT_CALL_LOOKUP || call->kind == PSA_VAULT_CALL_LIST)
    {
      call->queue->begin (task);
      return;
    }

  g_queue_push_tail (&call->queue->writes, g_object_ref (task));
  if (call->queue->writes.length == 1)
    call->queue->begin (task);
}

/*
 * psa_vault_call_end:
 * @secret: what a look-up found
 *
 * The end of the work: tells the caller, unless a cancellation has, and lets the next write begin.
 */
void
psa_vault_call_end (GTask *task, PsaSecret *secret, GError *error)
{
  PsaVaultCall *call = g_task_get_task_data (task);
  g_autoptr(GTask) kept = g_object_ref (task);

  if (call->cancelled != NULL)
    g_source_destroy (call->cancelled);
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
