/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-keeper-orphans.h"

#include "psa-client-id.h"
#include "psa-error.h"

#include <glib/gi18n-lib.h>

/*
 * Secrets whose profile is gone: an id in the keyring that is neither a profile's nor an integration's and does
 * not stand in `deleted`. They are never removed on the program's own account, since the vendor shows a private
 * key only once; only the user joins one to a profile, or removes it.
 *
 * A join goes: list, to know that both still lack the other → read the secret → save the profile with it → remove
 * the orphan. When a step fails, the orphan stays.
 */

/* Task data of a join or a removal. */
typedef struct
{
  char *id;
  PsaProfile *profile; /* (nullable): NULL in a removal */
  gboolean lacks_password;
  gboolean lacks_client_id;
} Orphan;

static void
orphan_free (gpointer data)
{
  Orphan *orphan = data;

  g_free (orphan->id);
  g_clear_object (&orphan->profile);
  g_free (orphan);
}

static gboolean
holds (GPtrArray *items, const char *id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((PsaVaultItem *) items->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
lacks_client_id (GPtrArray *items, PsaProfile *profile)
{
  const char *integration = psa_profile_get_integration (profile);

  return integration == NULL || !holds (items, integration);
}

static gboolean
is_orphan (PsaStore *store, const char *const *deleted, const char *id)
{
  return psa_store_get_profile (store, id) == NULL && psa_store_get_integration (store, id) == NULL
         && !g_strv_contains (deleted, id);
}

static PsaOrphans *
create_orphans (PsaStore *store, GPtrArray *items)
{
  PsaOrphans *self = g_new0 (PsaOrphans, 1);
  g_auto(GStrv) deleted = psa_store_dup_deleted (store);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_vault_item_free);
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++)
    {
      PsaVaultItem *item = items->pdata[i];

      if (is_orphan (store, (const char *const *) deleted, item->id))
        g_ptr_array_add (self->items, psa_vault_item_copy (item));
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (!holds (items, psa_profile_get_id (profile)) || lacks_client_id (items, profile))
        g_ptr_array_add (self->profiles, g_steal_pointer (&profile));
    }
  return self;
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaKeeper *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = psa_vault_list_finish (PSA_VAULT (object), result, &error);

  if (items != NULL)
    g_task_return_pointer (task, create_orphans (psa_keeper_get_store (self), items),
                           (GDestroyNotify) psa_orphans_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Orphan *orphan = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (psa_vault_clear_finish (PSA_VAULT (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (orphan->profile != NULL)
    {
      g_info ("A secret was joined, but is still there as well: %s", error->message);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Orphan *orphan = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) kept = psa_keeper_save_finish (PSA_KEEPER (object), result, &error);

  if (kept == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    psa_vault_clear_async (psa_keeper_get_vault (PSA_KEEPER (object)), orphan->id,
                           PSA_VAULT_NO_PROMPT, NULL, cleared_cb, g_object_ref (task));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaKeeper *self = g_task_get_source_object (task);
  Orphan *orphan = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_autoptr(PsaSecret) client_id = secret != NULL ? psa_client_id_parse (secret, NULL) : NULL;
  g_autoptr(PsaProfile) draft = NULL;

  if (secret == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (client_id != NULL && !orphan->lacks_client_id)
    g_task_return_new_error (task, PSA_ERROR, PSA_ERROR_INVALID,
                             _("This is a Client ID, and “%s” has one."),
                             psa_profile_get_title (orphan->profile));
  else if (client_id == NULL && !orphan->lacks_password)
    g_task_return_new_error (task, PSA_ERROR, PSA_ERROR_INVALID,
                             _("This is a password, and “%s” has one."),
                             psa_profile_get_title (orphan->profile));
  else
    {
      draft = psa_profile_copy (orphan->profile);
      psa_profile_confirm_secret (draft); /* the user has seen where it goes */
      psa_keeper_save_async (self, draft, client_id, client_id == NULL ? secret : NULL,
                             g_task_get_cancellable (task), saved_cb, g_object_ref (task));
    }
}

/* Both were shown a while ago: they are looked at once more. */
static void
found_again_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaKeeper *self = g_task_get_source_object (task);
  PsaStore *store = psa_keeper_get_store (self);
  Orphan *orphan = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = psa_vault_list_finish (PSA_VAULT (object), result, &error);
  g_auto(GStrv) deleted = psa_store_dup_deleted (store);

  if (items == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!psa_store_get_loaded (store) || psa_store_get_read_only (store))
    {
      /* What is not understood may be what the secret belongs to. */
      g_task_return_new_error_literal (task, PSA_ERROR, PSA_ERROR_NEWER,
                                       _("The profiles can only be read now."));
      return;
    }
  if (!is_orphan (store, (const char *const *) deleted, orphan->id)
      || (orphan->profile != NULL
          && psa_store_get_profile (store, psa_profile_get_id (orphan->profile))
                 != orphan->profile))
    {
      g_task_return_new_error_literal (task, PSA_ERROR, PSA_ERROR_NOT_FOUND,
                                       _("The profiles have changed meanwhile."));
      return;
    }
  if (orphan->profile == NULL)
    {
      psa_vault_clear_async (PSA_VAULT (object), orphan->id, PSA_VAULT_MAY_PROMPT,
                             g_task_get_cancellable (task), cleared_cb, g_object_ref (task));
      return;
    }

  orphan->lacks_password = !holds (items, psa_profile_get_id (orphan->profile));
  orphan->lacks_client_id = lacks_client_id (items, orphan->profile);
  psa_vault_lookup_async (PSA_VAULT (object), orphan->id, PSA_VAULT_MAY_PROMPT,
                          g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
start (PsaKeeper *self,
       const char *id,
       PsaProfile *profile,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Orphan *orphan = g_new0 (Orphan, 1);

  orphan->id = g_strdup (id);
  orphan->profile = profile != NULL ? g_object_ref (profile) : NULL;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, orphan, orphan_free);
  g_task_set_check_cancellable (task, FALSE);
  psa_vault_list_async (psa_keeper_get_vault (self), PSA_VAULT_MAY_PROMPT, cancellable,
                        found_again_cb, task);
}

void
psa_orphans_free (PsaOrphans *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->profiles);
  g_free (self);
}

/**
 * psa_keeper_list_orphans_async:
 * @prompt: whether the keyring may ask to be unlocked
 * @cancellable: (nullable): takes effect in the next turn of the main loop
 *
 * Looks for secrets whose profile is gone, and for profiles whose secret is. No secret is read.
 */
void
psa_keeper_list_orphans_async (PsaKeeper *self,
                               PsaVaultPrompt prompt,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (PSA_IS_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_list_orphans_async);
  psa_vault_list_async (psa_keeper_get_vault (self), prompt, cancellable, listed_cb, task);
}

/**
 * psa_keeper_list_orphans_finish:
 * @error: KEYRING_LOCKED, KEYRING_UNAVAILABLE or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found
 */
PsaOrphans *
psa_keeper_list_orphans_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_list_orphans_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_keeper_join_orphan_async:
 * @id: of an orphan
 * @profile: (transfer none): a kept profile that lacks what the orphan is
 * @cancellable: (nullable): until the profile is being written
 *
 * Gives @profile the secret, as its password or, where it is a GUID, as its Client ID. The user asked for it.
 */
void
psa_keeper_join_orphan_async (PsaKeeper *self,
                              const char *id,
                              PsaProfile *profile,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (id != NULL && *id != '\0');
  g_return_if_fail (PSA_IS_PROFILE (profile));

  start (self, id, profile, cancellable, callback, user_data);
}

/**
 * psa_keeper_remove_orphan_async:
 * @id: of an orphan
 * @cancellable: (nullable): a cancelled call may still have removed it
 *
 * Removes a secret for good. The user asked for it.
 */
void
psa_keeper_remove_orphan_async (PsaKeeper *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (id != NULL && *id != '\0');

  start (self, id, NULL, cancellable, callback, user_data);
}

/**
 * psa_keeper_orphan_finish:
 * @error: INVALID where the profile lacks something else; NOT_FOUND where it is no orphan any more;
 *   KEYRING_LOCKED, KEYRING_UNAVAILABLE, those of psa_keeper_save_finish() or G_IO_ERROR_CANCELLED
 *
 * The end of a join or a removal.
 *
 * Returns: TRUE if it is done
 */
gboolean
psa_keeper_orphan_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, start), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
