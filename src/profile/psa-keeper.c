/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-keeper-import-private.h"

#include "psa-client-id.h"
#include "psa-error.h"

#include <glib/gi18n-lib.h>

/*
 * A save goes: find the integration of the typed Client ID → read the password that is kept → store
 * the Client ID, if it is new → store the password → save the profile. All that may be refused is
 * asked before anything is written. When a later step fails, the earlier password is put back; a
 * secret that was stored for something new stays, under an id that no profile has, since nothing is
 * removed from the keyring but what stands in `deleted`.
 */

struct _PsaKeeper
{
  GObject parent_instance;

  PsaStore *store;
  PsaVault *vault;
  GQueue imports; /* (element-type GTask): the first one is at work; each holds the keeper */
};

G_DEFINE_FINAL_TYPE (PsaKeeper, psa_keeper, G_TYPE_OBJECT)

/* Task data of a save. Purging has a file of its own, psa-keeper-purge.c. */
typedef struct
{
  PsaProfile *draft;
  PsaSecret *client_id;
  PsaSecret *password;
  PsaSecret *old_password;
  GPtrArray *candidates; /* (element-type PsaIntegration): to be compared, the next one last */
  PsaIntegration *integration;
  gboolean opened; /* the keyring has given something: it need not prompt any more */
  gboolean password_touched;
  GError *failure; /* what went wrong, while the password is put back */
} Save;

static void compare_next_candidate (GTask *task);
static void store_client_id (GTask *task);
static void store_password (GTask *task);

static void
save_free (gpointer data)
{
  Save *save = data;

  g_object_unref (save->draft);
  g_clear_pointer (&save->client_id, psa_secret_free);
  g_clear_pointer (&save->password, psa_secret_free);
  g_clear_pointer (&save->old_password, psa_secret_free);
  g_clear_pointer (&save->candidates, g_ptr_array_unref);
  g_clear_object (&save->integration);
  g_clear_error (&save->failure);
  g_free (save);
}

static PsaVaultPrompt
get_prompt (Save *save)
{
  return save->opened ? PSA_VAULT_NO_PROMPT : PSA_VAULT_MAY_PROMPT;
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (psa_vault_store_finish (PSA_VAULT (object), result, &error))
    g_task_return_error (task, g_steal_pointer (&save->failure));
  else
    g_task_return_new_error (task, save->failure->domain, save->failure->code,
                             _("%s The earlier password could not be put back either: %s"),
                             save->failure->message, error->message);
}

static char *
dup_password_label (PsaProfile *profile)
{
  /* Translators: the label of a password in the keyring; %s is the name of a profile */
  return g_strdup_printf (_("PSA Connections: %s"), psa_profile_get_title (profile));
}

/* Takes an error from any step. A store that failed or was cancelled may have been carried out all
 * the same, so the password is put back after a try as well; no cancelling reaches that. */
static void
fail_save (GTask *task, GError *error)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autofree char *label = dup_password_label (save->draft);

  if (!save->password_touched || save->old_password == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  save->failure = error;
  psa_vault_store_async (self->vault, psa_profile_get_id (save->draft), label, save->old_password,
                         NULL, restored_cb, g_object_ref (task));
}

static void
put_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) kept = psa_store_put_finish (PSA_STORE (object), result, &error);

  if (kept == NULL)
    fail_save (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&kept), g_object_unref);
}

static void
put_profile (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);

  psa_store_put_async (self->store, save->draft, save->integration, save->password_touched,
                       g_task_get_cancellable (task), put_cb, g_object_ref (task));
}

static void
password_stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_vault_store_finish (PSA_VAULT (object), result, &error))
    put_profile (task);
  else
    fail_save (task, g_steal_pointer (&error));
}

static void
store_password (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autofree char *label = dup_password_label (save->draft);

  /* The one that is kept already, typed again, is no change and raises no revision. */
  if (save->password == NULL || psa_secret_equal (save->password, save->old_password))
    {
      put_profile (task);
      return;
    }

  save->password_touched = TRUE;
  psa_vault_store_async (self->vault, psa_profile_get_id (save->draft), label, save->password,
                         g_task_get_cancellable (task), password_stored_cb, g_object_ref (task));
}

static void
client_id_stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_vault_store_finish (PSA_VAULT (object), result, &error))
    store_password (task);
  else
    fail_save (task, g_steal_pointer (&error));
}

static void
store_client_id (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autofree char *hint = NULL;
  g_autofree char *label = NULL;

  if (save->client_id == NULL || save->integration != NULL)
    {
      store_password (task);
      return;
    }

  hint = psa_client_id_dup_hint (save->client_id);
  /* Translators: the label of a Client ID in the keyring; %s is "…" and its last four characters */
  label = g_strdup_printf (_("PSA Connections: Client ID %s"), hint);
  save->integration = psa_integration_new (hint);
  psa_profile_set_integration (save->draft, psa_integration_get_id (save->integration));
  psa_vault_store_async (self->vault, psa_integration_get_id (save->integration), label,
                         save->client_id, g_task_get_cancellable (task), client_id_stored_cb,
                         g_object_ref (task));
}

static void
old_password_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  save->old_password = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  if (error != NULL && !g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING))
    fail_save (task, g_steal_pointer (&error));
  else
    store_client_id (task);
}

static void
read_old_password (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);

  /* Also for what the store does not know: a profile that another process has taken off the list
   * still has its secret. */
  if (save->password == NULL)
    store_client_id (task);
  else
    psa_vault_lookup_async (self->vault, psa_profile_get_id (save->draft), get_prompt (save),
                            g_task_get_cancellable (task), old_password_cb, g_object_ref (task));
}

static void
candidate_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) kept = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_autoptr(PsaIntegration) candidate =
      g_ptr_array_steal_index (save->candidates, save->candidates->len - 1);

  if (kept != NULL)
    {
      save->opened = TRUE;
      if (psa_secret_equal (kept, save->client_id))
        {
          save->integration = g_steal_pointer (&candidate);
          psa_profile_set_integration (save->draft, psa_integration_get_id (save->integration));
        }
    }
  else if (!g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING)
           && !(save->opened && g_error_matches (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED)))
    {
      fail_save (task, g_steal_pointer (&error));
      return;
    }

  compare_next_candidate (task);
}

static void
compare_next_candidate (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  PsaIntegration *candidate;

  if (save->client_id == NULL || save->integration != NULL || save->candidates->len == 0)
    {
      read_old_password (task);
      return;
    }

  candidate = save->candidates->pdata[save->candidates->len - 1];
  psa_vault_lookup_async (self->vault, psa_integration_get_id (candidate), get_prompt (save),
                          g_task_get_cancellable (task), candidate_cb, g_object_ref (task));
}

/* The draft's own integration comes last in the array, and so first: as a rule it is the one. */
static GPtrArray *
list_candidates (PsaStore *store, PsaProfile *draft)
{
  GListModel *model = psa_store_get_integrations (store);
  GPtrArray *candidates = g_ptr_array_new_with_free_func (g_object_unref);
  PsaIntegration *own = psa_store_get_integration (store, psa_profile_get_integration (draft));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (model, i);

      if (integration != own)
        g_ptr_array_add (candidates, g_steal_pointer (&integration));
    }
  if (own != NULL)
    g_ptr_array_add (candidates, g_object_ref (own));

  return candidates;
}

static void
removed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_store_remove_finish (PSA_STORE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
undone_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) kept = psa_store_put_finish (PSA_STORE (object), result, &error);

  if (kept != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
psa_keeper_finalize (GObject *object)
{
  PsaKeeper *self = PSA_KEEPER (object);

  g_object_unref (self->store);
  g_object_unref (self->vault);

  G_OBJECT_CLASS (psa_keeper_parent_class)->finalize (object);
}

static void
psa_keeper_class_init (PsaKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psa_keeper_finalize;
}

static void
psa_keeper_init (PsaKeeper *self)
{
  g_queue_init (&self->imports);
}

/**
 * psa_keeper_new:
 * @store: a store, loaded before the first call
 * @vault: the keyring
 *
 * Returns: (transfer full): a keeper of both
 */
PsaKeeper *
psa_keeper_new (PsaStore *store, PsaVault *vault)
{
  PsaKeeper *self;

  g_return_val_if_fail (PSA_IS_STORE (store), NULL);
  g_return_val_if_fail (PSA_IS_VAULT (vault), NULL);

  self = g_object_new (PSA_TYPE_KEEPER, NULL);
  self->store = g_object_ref (store);
  self->vault = g_object_ref (vault);
  return self;
}

/**
 * psa_keeper_get_store:
 *
 * Returns: (transfer none): the store
 */
PsaStore *
psa_keeper_get_store (PsaKeeper *self)
{
  g_return_val_if_fail (PSA_IS_KEEPER (self), NULL);

  return self->store;
}

/**
 * psa_keeper_get_vault:
 *
 * Returns: (transfer none): the keyring
 */
PsaVault *
psa_keeper_get_vault (PsaKeeper *self)
{
  g_return_val_if_fail (PSA_IS_KEEPER (self), NULL);

  return self->vault;
}

/*
 * psa_keeper_get_imports:
 *
 * Returns: (transfer none) (element-type GTask): those of psa-keeper-import.c that are under way or wait
 */
GQueue *
psa_keeper_get_imports (PsaKeeper *self)
{
  return &self->imports;
}

/**
 * psa_keeper_save_async:
 * @draft: copied; new, or with the id of a kept profile
 * @client_id: (nullable): as psa_client_id_parse() gives it. Equal to a kept one it joins that
 *   integration, another makes a new one, named by its hint. NULL leaves @draft's integration
 * @password: (nullable): NULL leaves the one that is kept
 * @cancellable: (nullable): until the profile is being written
 *
 * Saves a draft: the secrets first, then the profile. Prompts at most once.
 */
void
psa_keeper_save_async (PsaKeeper           *self,
                       PsaProfile          *draft,
                       const PsaSecret     *client_id,
                       const PsaSecret     *password,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Save *save;

  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (PSA_IS_PROFILE (draft));

  save = g_new0 (Save, 1);
  save->draft = psa_profile_copy (draft);
  if (password != NULL)
    psa_profile_confirm_secret (save->draft);
  save->client_id = client_id != NULL ? psa_secret_new (client_id) : NULL;
  save->password = password != NULL ? psa_secret_new (password) : NULL;
  save->candidates = list_candidates (self->store, draft);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_save_async);
  g_task_set_task_data (task, save, save_free);
  /* Each step looks at it; once the profile is written, that is the truth. */
  g_task_set_check_cancellable (task, FALSE);
  compare_next_candidate (task);
}

/**
 * psa_keeper_save_finish:
 * @error: KEYRING_LOCKED, KEYRING_UNAVAILABLE, NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; the
 *   profile and its password are then as they were, or the message says so
 *
 * Returns: (transfer full) (nullable): the profile that the store holds
 */
PsaProfile *
psa_keeper_save_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_keeper_remove_async:
 * @ids: UUIDs of profiles
 * @cancellable: (nullable): until the file is being written
 *
 * Takes profiles off the list. Their secrets stay until psa_keeper_purge_async().
 */
void
psa_keeper_remove_async (PsaKeeper           *self,
                         const char *const   *ids,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (ids != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_remove_async);
  g_task_set_check_cancellable (task, FALSE);
  psa_store_remove_async (self->store, ids, cancellable, removed_cb, task);
}

/**
 * psa_keeper_remove_finish:
 * @error: NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; nothing was changed then
 *
 * Returns: TRUE if none of them is kept any more
 */
gboolean
psa_keeper_remove_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_keeper_undo_async:
 * @profile: as it was before the removal
 * @integration: (nullable): likewise, since it may have gone with its last profile
 * @cancellable: (nullable): until the file is being written
 *
 * Brings a removed profile back. Its secret never left, unless it was purged in between.
 */
void
psa_keeper_undo_async (PsaKeeper           *self,
                       PsaProfile          *profile,
                       PsaIntegration      *integration,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_undo_async);
  g_task_set_check_cancellable (task, FALSE);
  psa_store_put_async (self->store, profile, integration, FALSE, cancellable, undone_cb, task);
}

/**
 * psa_keeper_undo_finish:
 * @error: NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; nothing was changed then
 *
 * Returns: TRUE if the profile is kept again
 */
gboolean
psa_keeper_undo_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_undo_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
