/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-vault.h"

#include "psa-error.h"
#include "psa-vault-direct.h"
#include "psa-vault-items.h"
#include "psa-vault-private.h"
#include "psa-vault-state.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

/*
 * What libsecret 0.21 does, read in its source and tried, and what follows from it:
 *
 * - A look-up gives NULL both where nothing is kept and where the prompt was dismissed. So every
 *   read and removal begins with a search that does not unlock: it says "none", "locked" or "here".
 * - A locked keyring may hide what it holds; gnome-keyring 48 does, when it was locked at its
 *   start. So nothing counts as missing while the default one is locked.
 * - It holds on to its session when the service is started anew, and then every call fails. It is
 *   made to begin anew, once a call.
 * - Clearing passes over locked items without a word, and returns its task twice when one deletion
 *   fails. So the items that were found are deleted one by one.
 * - Of several items for one id the service may name any first. The newest is ours: storing
 *   replaces one of them and dates it.
 * - The portal's refusal comes as G_IO_ERROR_CANCELLED although nobody cancelled.
 * - A call that is cancelled while the portal asks is freed, and the portal's answer finds it freed.
 * - The encrypted file of the sandbox is guarded by an etag, but a change by another process is
 *   only noticed when its time differs by a second. After a conflict, and before something is
 *   called missing, the backend is dropped, so that the next call reads the file anew.
 */

#define MAX_TRIES 2 /* more, of a write that another process's write got in the way of */

/* The name is fixed and not the application ID: an item must be found again by every build of the
 * program, the development one included, and by psactl; a new ID would lose every kept secret. */
static const SecretSchema schema = {
  "io.github.psaconnections.PsaConnections.Secret",
  SECRET_SCHEMA_NONE,
  {
    { "id", SECRET_SCHEMA_ATTRIBUTE_STRING }, /* attributes are not encrypted: a UUID and no more */
    { NULL, 0 },
  },
};

static void find_items (GTask *task);
static void delete_next_item (GTask *task);

static void
end_told (GTask *task, PsaError code, const char *message)
{
  psa_vault_call_end (task, NULL, g_error_new_literal (PSA_ERROR, code, message));
}

/* Nothing is kept under the id. */
static void
end_absent (GTask *task)
{
  PsaVaultCall *call = g_task_get_task_data (task);

  if (call->kind == PSA_VAULT_CALL_LIST) /* of the service: it is open */
    find_items (task);
  else if (call->kind == PSA_VAULT_CALL_CLEAR)
    psa_vault_call_end (task, NULL, NULL);
  else
    end_told (task, PSA_ERROR_SECRET_MISSING, _("The keyring holds no secret for this."));
}

static void
end_locked (GTask *task)
{
  end_told (task, PSA_ERROR_KEYRING_LOCKED, _("The keyring is locked."));
}

/* What libsecret may see of a cancellation: nothing in the sandbox. Our caller is told. */
static GCancellable *
get_cancellable (GTask *task)
{
  PsaVault *self = g_task_get_source_object (task);

  return self->sandboxed ? NULL : g_task_get_cancellable (task);
}

/* Makes libsecret begin anew: read the sandbox's file, which asks the portal again and so may
 * prompt, or find the service that has taken the place of another. */
static void
drop_backend (PsaVault *self)
{
  self->opened = FALSE;
  secret_service_disconnect ();
}

/* TRUE: the call has been begun anew, since another process wrote in between, or since the service
 * was started anew and knows nothing of our session. */
static gboolean
begin_anew (GTask *task, const GError *error)
{
  PsaVaultCall *call = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG) && call->tries < MAX_TRIES)
    call->tries++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_DBUS_ERROR) && !call->restarted)
    call->restarted = TRUE;
  else
    return FALSE;

  g_list_free_full (g_steal_pointer (&call->items), g_object_unref);
  drop_backend (g_task_get_source_object (task));
  psa_vault_begin_call (task);
  return TRUE;
}

/* Takes an error of libsecret, GIO or D-Bus and tells the caller of it in our own words. */
static void
end_failed (GTask *task, GError *error)
{
  PsaVault *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) raw = error;

  if (g_error_matches (raw, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && g_cancellable_is_cancelled (cancellable))
    {
      psa_vault_call_end (task, NULL, g_steal_pointer (&raw));
      return;
    }

  if (begin_anew (task, raw))
    return;

  g_dbus_error_strip_remote_error (raw);

  /* The portal's answers 1 and 2: declined, and ended in another way, such as a closed prompt. */
  if (g_error_matches (raw, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || (self->sandboxed && g_error_matches (raw, G_IO_ERROR, G_IO_ERROR_FAILED)))
    psa_vault_call_end (task, NULL,
                        g_error_new (PSA_ERROR, PSA_ERROR_KEYRING_LOCKED,
                                     _("The keyring was not unlocked: %s"), raw->message));
  else if (g_error_matches (raw, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    end_locked (task);
  else if (g_error_matches (raw, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT))
    /* Only storing still gets here: there is no default keyring, and making one was declined. */
    end_told (task, PSA_ERROR_KEYRING_LOCKED, _("There is no keyring yet, and none was made."));
  else
    psa_vault_call_end (task, NULL,
                        g_error_new (PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE,
                                     _("The keyring does not answer: %s"), raw->message));
}

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
}

static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item));
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaVault *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      end_failed (task, g_steal_pointer (&error));
      return;
    }

  self->opened = TRUE;
  psa_vault_call_end (task, NULL, NULL);
}

static void
retrieved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretValue) value = NULL;
  const char *text = NULL;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (object), result, &error);
  if (value != NULL)
    text = secret_value_get_text (value);

  if (text != NULL)
    psa_vault_call_end (task, psa_secret_new (text), NULL);
  else if (error != NULL && !is_gone (error))
    end_failed (task, g_steal_pointer (&error));
  else if (error == NULL && value == NULL) /* locked since it was found */
    end_locked (task);
  else /* gone; or not text, which another program must have put there */
    end_absent (task);
}

static void
deleted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (secret_item_delete_finish (SECRET_ITEM (object), result, &error) || is_gone (error))
    delete_next_item (task);
  else if (error != NULL)
    end_failed (task, g_steal_pointer (&error));
  else
    end_locked (task); /* neither done nor failed: its prompt was dismissed */
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  secret_password_clear_finish (result, &error); /* FALSE without an error: was gone already */
  if (error == NULL)
    psa_vault_call_end (task, NULL, NULL);
  else
    end_failed (task, g_steal_pointer (&error));
}

static void
delete_next_item (GTask *task)
{
  PsaVaultCall *call = g_task_get_task_data (task);
  g_autoptr(GObject) item = NULL;

  if (call->items == NULL)
    {
      psa_vault_call_end (task, NULL, NULL);
      return;
    }

  item = call->items->data;
  call->items = g_list_delete_link (call->items, call->items);
  if (SECRET_IS_ITEM (item))
    secret_item_delete (SECRET_ITEM (item), get_cancellable (task), deleted_cb,
                        g_object_ref (task));
  else
    /* An item of the sandbox's file cannot be deleted by itself; nothing in that file is locked. */
    secret_password_clear (&schema, get_cancellable (task), cleared_cb, g_object_ref (task),
                           "id", call->id, NULL);
}

/* The items are open to us: all of them for a removal, the first one for a look-up. */
static void
use_items (GTask *task)
{
  PsaVaultCall *call = g_task_get_task_data (task);

  if (call->kind == PSA_VAULT_CALL_CLEAR)
    delete_next_item (task);
  else
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (call->items->data),
                                        get_cancellable (task), retrieved_cb, g_object_ref (task));
}

static void
unlocked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  PsaVaultCall *call = g_task_get_task_data (task);
  int n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (object), result, NULL, &error);

  if (error != NULL)
    end_failed (task, g_steal_pointer (&error));
  else if (n_unlocked < (int) g_list_length (call->items))
    end_locked (task);
  else
    use_items (task);
}

/* Open ones before locked ones, then the newest first. */
static int
compare_items (gconstpointer a, gconstpointer b)
{
  gboolean a_locked = is_locked ((gpointer) a);
  gboolean b_locked = is_locked ((gpointer) b);
  guint64 a_time = secret_retrievable_get_modified (SECRET_RETRIEVABLE ((gpointer) a));
  guint64 b_time = secret_retrievable_get_modified (SECRET_RETRIEVABLE ((gpointer) b));

  if (a_locked != b_locked)
    return a_locked ? 1 : -1;
  return a_time == b_time ? 0 : (a_time > b_time ? -1 : 1);
}

static void
default_unlocked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (secret_service_unlock_finish (SECRET_SERVICE (object), result, NULL, &error) > 0)
    find_items (task);
  else if (error != NULL)
    end_failed (task, g_steal_pointer (&error));
  else
    end_locked (task);
}

static void
default_collection_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaVaultCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretCollection) collection = secret_collection_for_alias_finish (result, &error);
  GList objects = { collection, NULL, NULL };

  if (error != NULL && !is_gone (error))
    end_failed (task, g_steal_pointer (&error));
  else if (collection == NULL || !secret_collection_get_locked (collection))
    end_absent (task);
  else if (call->prompt == PSA_VAULT_NO_PROMPT || call->tries++ > 0)
    end_locked (task);
  else
    secret_service_unlock (secret_collection_get_service (collection), &objects,
                           get_cancellable (task), default_unlocked_cb, g_object_ref (task));
}

static void
service_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service = secret_service_get_finish (result, &error);

  if (service == NULL)
    end_failed (task, g_steal_pointer (&error));
  else
    secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                 get_cancellable (task), default_collection_cb,
                                 g_object_ref (task));
}

/* Unlocks the default keyring if it may, then searches; end_absent() where it is open already. */
static void
open_default (GTask *task)
{
  secret_service_get (SECRET_SERVICE_NONE, get_cancellable (task), service_cb,
                      g_object_ref (task));
}

static void
doubt_absence (GTask *task)
{
  PsaVault *self = g_task_get_source_object (task);
  PsaVaultCall *call = g_task_get_task_data (task);

  if (psa_vault_get_backend (self) == PSA_VAULT_BACKEND_SERVICE)
    open_default (task);
  else if (self->sandboxed && call->kind == PSA_VAULT_CALL_LOOKUP
           && call->prompt == PSA_VAULT_MAY_PROMPT && call->tries++ == 0)
    {
      drop_backend (self);
      find_items (task);
    }
  else
    end_absent (task);
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaVault *self = g_task_get_source_object (task);
  PsaVaultCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  g_list_free_full (g_steal_pointer (&call->items), g_object_unref);
  call->items = secret_password_search_finish (result, &error);
  if (error != NULL)
    {
      end_failed (task, g_steal_pointer (&error));
      return;
    }

  self->opened = TRUE;
  if (call->kind == PSA_VAULT_CALL_LIST)
    {
      call->listed = psa_vault_items_new (call->items);
      psa_vault_call_end (task, NULL, NULL);
      return;
    }

  call->items = g_list_sort (call->items, compare_items);
  if (call->items == NULL)
    {
      doubt_absence (task);
      return;
    }

  if (call->kind == PSA_VAULT_CALL_LOOKUP) /* what is not read need not be unlocked either */
    g_list_free_full (g_steal_pointer (&call->items->next), g_object_unref);

  if (!is_locked (g_list_last (call->items)->data))
    use_items (task);
  else if (call->prompt == PSA_VAULT_NO_PROMPT)
    end_locked (task);
  else
    secret_service_unlock (secret_item_get_service (SECRET_ITEM (call->items->data)), call->items,
                           get_cancellable (task), unlocked_cb, g_object_ref (task));
}

static void
find_items (GTask *task)
{
  PsaVaultCall *call = g_task_get_task_data (task);

  /* Without an id it finds what is of our schema. */
  secret_password_search (&schema, SECRET_SEARCH_ALL, get_cancellable (task), found_cb,
                          g_object_ref (task), call->id != NULL ? "id" : NULL, call->id, NULL);
}

static void
read_directly_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaSecret *secret = psa_vault_direct_read_finish (result);

  if (secret != NULL)
    psa_vault_call_end (task, secret, NULL);
  else
    find_items (task);
}

/* psa-vault-private.h */
void
psa_vault_begin_call (GTask *task)
{
  PsaVault *self = g_task_get_source_object (task);
  PsaVaultCall *call = g_task_get_task_data (task);

  if (call->prompt == PSA_VAULT_NO_PROMPT && psa_vault_may_prompt (self))
    end_told (task, PSA_ERROR_KEYRING_LOCKED,
              _("In the sandbox the keyring may ask to be unlocked, so it is only read after you "
                "have used it once."));
  else if (call->kind == PSA_VAULT_CALL_STORE)
    secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, call->label, call->secret,
                           get_cancellable (task), stored_cb, g_object_ref (task),
                           "id", call->id, NULL);
  else if (call->kind == PSA_VAULT_CALL_LIST
           && psa_vault_get_backend (self) == PSA_VAULT_BACKEND_SERVICE)
    open_default (task); /* first: a locked keyring may hide what it holds */
  else if (call->kind == PSA_VAULT_CALL_LOOKUP
           && psa_vault_get_backend (self) == PSA_VAULT_BACKEND_SERVICE)
    psa_vault_direct_read_async (&schema, call->id, get_cancellable (task), read_directly_cb,
                                 g_object_ref (task));
  else
    find_items (task);
}

/**
 * psa_vault_store_async:
 * @id: UUID of a profile or an integration
 * @label: what the keyring's own program shows
 * @secret: copied; the copy is wiped once the call has ended
 * @cancellable: (nullable): a cancelled call may still have stored it
 *
 * Keeps @secret in the default keyring, in the place of what is kept under @id. May prompt.
 */
void
psa_vault_store_async (PsaVault            *self,
                       const char          *id,
                       const char          *label,
                       const PsaSecret     *secret,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  PsaVaultCall *call;

  g_return_if_fail (PSA_IS_VAULT (self));
  g_return_if_fail (id != NULL && *id != '\0');
  g_return_if_fail (label != NULL);
  g_return_if_fail (secret != NULL);

  call = psa_vault_call_new (&self->queue, PSA_VAULT_CALL_STORE, id, PSA_VAULT_MAY_PROMPT);
  call->label = g_strdup (label);
  call->secret = psa_secret_new (secret);
  psa_vault_call_start (call, self, psa_vault_store_async, cancellable, callback, user_data);
}

/**
 * psa_vault_store_finish:
 * @error: KEYRING_LOCKED, KEYRING_UNAVAILABLE or G_IO_ERROR_CANCELLED
 *
 * Returns: TRUE if the secret is kept
 */
gboolean
psa_vault_store_finish (PsaVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_vault_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_vault_lookup_async:
 * @id: UUID of a profile or an integration
 * @prompt: whether the keyring may ask to be unlocked
 * @cancellable: (nullable): takes effect in the next turn of the main loop
 *
 * Reads what is kept under @id; of several items the newest.
 */
void
psa_vault_lookup_async (PsaVault            *self,
                        const char          *id,
                        PsaVaultPrompt       prompt,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PSA_IS_VAULT (self));
  g_return_if_fail (id != NULL && *id != '\0');

  psa_vault_call_start (psa_vault_call_new (&self->queue, PSA_VAULT_CALL_LOOKUP, id, prompt), self,
                        psa_vault_lookup_async, cancellable, callback, user_data);
}

/**
 * psa_vault_lookup_finish:
 * @error: SECRET_MISSING, KEYRING_LOCKED, KEYRING_UNAVAILABLE or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the secret; psa_secret_free() wipes it
 */
PsaSecret *
psa_vault_lookup_finish (PsaVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_vault_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_vault_clear_async:
 * @id: UUID of a profile or an integration
 * @prompt: whether the keyring may ask to be unlocked
 * @cancellable: (nullable): a cancelled call may still have removed something
 *
 * Removes all that is kept under @id. Only for what stands in `deleted`: see #PsaKeeper.
 */
void
psa_vault_clear_async (PsaVault            *self,
                       const char          *id,
                       PsaVaultPrompt       prompt,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PSA_IS_VAULT (self));
  g_return_if_fail (id != NULL && *id != '\0'); /* an empty one must never stand for all */

  psa_vault_call_start (psa_vault_call_new (&self->queue, PSA_VAULT_CALL_CLEAR, id, prompt), self,
                        psa_vault_clear_async, cancellable, callback, user_data);
}

/**
 * psa_vault_clear_finish:
 * @error: KEYRING_LOCKED, KEYRING_UNAVAILABLE or G_IO_ERROR_CANCELLED
 *
 * Returns: TRUE if nothing is kept under the id any more
 */
gboolean
psa_vault_clear_finish (PsaVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_vault_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
