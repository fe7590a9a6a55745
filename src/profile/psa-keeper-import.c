/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-keeper-import-private.h"

#include "psa-client-id.h"
#include "psa-error.h"

#include <glib/gi18n-lib.h>

/*
 * Many profiles at once: read the Client IDs that are kept → store new Client IDs and passwords, one after the other →
 * write all profiles in one go, with a backup before. Secrets that are replaced are kept in memory until the whole is
 * done; psa-keeper-revert.c puts them back where it fails or is undone.
 */

/* A Client ID that the keyring holds, or holds by now. */
typedef struct
{
  char *integration;
  PsaSecret *client_id;
} Known;

/* Task data of an import. */
typedef struct
{
  GPtrArray *entries;
  GPtrArray *known; /* (element-type Known) */
  GPtrArray *to_compare;
  PsaBatch *batch;
  PsaKeeperUndo *undo;
  PsaKeeperStored *stored;
  guint next;              /* the entry that is worked on */
  gboolean has_client;     /* its Client ID is done */
  const char *id;          /* of the secret that is being stored */
  const PsaSecret *secret; /* that one, the entry's */
  char *label;             /* of it */
  gboolean opened;         /* the keyring has given something: it need not prompt any more */
  GFileProgressCallback progress;
  gpointer progress_data;
} Import;

static void compare_next (GTask *task);
static void store_next (GTask *task);

static void
entry_free (gpointer data)
{
  PsaKeeperEntry *entry = data;

  g_object_unref (entry->draft);
  psa_secret_free (entry->client_id);
  psa_secret_free (entry->password);
  g_free (entry);
}

static void
known_free (gpointer data)
{
  Known *known = data;

  g_free (known->integration);
  psa_secret_free (known->client_id);
  g_free (known);
}

static void
import_free (gpointer data)
{
  Import *import = data;

  g_clear_pointer (&import->entries, g_ptr_array_unref);
  g_clear_pointer (&import->known, g_ptr_array_unref);
  g_clear_pointer (&import->to_compare, g_ptr_array_unref);
  g_clear_pointer (&import->batch, psa_batch_free);
  g_clear_pointer (&import->undo, psa_keeper_undo_free);
  g_clear_pointer (&import->stored, psa_keeper_stored_free);
  g_free (import->label);
  g_free (import);
}

static PsaVaultPrompt
get_prompt (Import *import)
{
  return import->opened ? PSA_VAULT_NO_PROMPT : PSA_VAULT_MAY_PROMPT;
}

static void
taken_back_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;

  g_task_return_error (task, psa_keeper_take_back_finish (PSA_KEEPER (object), result));
}

static void
fail_import (GTask *task, GError *error)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);

  psa_keeper_take_back_async (self, g_steal_pointer (&import->undo),
                              g_steal_pointer (&import->stored), error, taken_back_cb,
                              g_object_ref (task));
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (psa_store_apply_finish (PSA_STORE (object), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&import->undo),
                           (GDestroyNotify) psa_keeper_undo_free);
  else
    fail_import (task, g_steal_pointer (&error));
}

static void
apply (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);
  PsaStore *store = psa_keeper_get_store (self);

  for (guint i = 0; i < import->entries->len; i++)
    {
      PsaKeeperEntry *entry = import->entries->pdata[i];
      const char *id = psa_profile_get_id (entry->draft);
      PsaProfile *kept = psa_store_get_profile (store, id);

      g_ptr_array_add (import->batch->puts, g_object_ref (entry->draft));
      if (entry->password != NULL)
        g_ptr_array_add (import->batch->secret_changed, g_strdup (id));
      if (kept == NULL)
        {
          g_ptr_array_add (import->undo->batch->removals, g_strdup (id));
          continue;
        }
      g_ptr_array_add (import->undo->batch->puts, psa_profile_copy (kept));
      if (entry->password != NULL)
        g_ptr_array_add (import->undo->batch->secret_changed, g_strdup (id));
      if (psa_store_get_integration (store, psa_profile_get_integration (kept)) != NULL)
        g_ptr_array_add (import->undo->batch->integrations,
                         psa_integration_copy (psa_store_get_integration (
                             store, psa_profile_get_integration (kept))));
    }
  psa_store_apply_async (store, g_steal_pointer (&import->batch), g_task_get_cancellable (task),
                         applied_cb, g_object_ref (task));
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  PsaKeeperEntry *entry = import->entries->pdata[import->next];
  g_autoptr(GError) error = NULL;

  if (!psa_vault_store_finish (PSA_VAULT (object), result, &error))
    {
      fail_import (task, g_steal_pointer (&error));
      return;
    }
  import->opened = TRUE;
  import->stored->n_stored++;
  if (!import->has_client && entry->client_id != NULL)
    import->has_client = TRUE;
  else
    {
      import->has_client = FALSE;
      import->next++;
    }
  store_next (task);
}

/* @former: (nullable): what stands there */
static void
replace_secret (GTask *task, const PsaSecret *former)
{
  PsaKeeper *self = g_task_get_source_object (task);
  PsaStore *store = psa_keeper_get_store (self);
  Import *import = g_task_get_task_data (task);

  if (former != NULL)
    psa_keeper_undo_add_former (import->undo, store, import->id, import->label, former);
  else if (psa_store_get_profile (store, import->id) == NULL &&
           psa_store_get_integration (store, import->id) == NULL)
    g_ptr_array_add (import->stored->strays, g_strdup (import->id));
  else
    import->stored->n_staying++;
  psa_vault_store_async (psa_keeper_get_vault (self), import->id, import->label, import->secret,
                         g_task_get_cancellable (task), stored_cb, g_object_ref (task));
}

static void
former_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) former = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);

  if (former == NULL && !g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING))
    fail_import (task, g_steal_pointer (&error));
  else
    replace_secret (task, former);
}

/* Looks first at what stands there: a UUID of the file may have a secret that no profile here knows of.
 * @label: (transfer full) */
static void
store_secret (GTask *task, const char *id, char *label, const PsaSecret *secret, gboolean is_fresh)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);

  import->id = id;
  import->secret = secret;
  g_free (import->label);
  import->label = label;
  if (is_fresh)
    {
      replace_secret (task, NULL);
      return;
    }
  psa_vault_lookup_async (psa_keeper_get_vault (self), id, get_prompt (import),
                          g_task_get_cancellable (task), former_cb, g_object_ref (task));
}

static const char *
find_known (Import *import, const PsaSecret *client_id)
{
  for (guint i = 0; i < import->known->len; i++)
    {
      Known *known = import->known->pdata[i];

      if (psa_secret_equal (known->client_id, client_id))
        return known->integration;
    }
  return NULL;
}

static void
add_known (Import *import, const char *integration, const PsaSecret *client_id)
{
  Known *known = g_new0 (Known, 1);

  known->integration = g_strdup (integration);
  known->client_id = psa_secret_new (client_id);
  g_ptr_array_add (import->known, known);
}

/* The integration of the file that a draft names and that has no Client ID yet. */
static const char *
find_named (Import *import, const char *id)
{
  for (guint i = 0; id != NULL && i < import->known->len; i++)
    if (g_str_equal (((Known *) import->known->pdata[i])->integration, id))
      return NULL;
  for (guint i = 0; id != NULL && i < import->batch->integrations->len; i++)
    if (g_str_equal (psa_integration_get_id (import->batch->integrations->pdata[i]), id))
      return id;
  return NULL;
}

/* Joins a draft to the integration of its Client ID. Returns: whether that is to be stored first */
static gboolean
needs_client_id (GTask *task, PsaKeeperEntry *entry)
{
  Import *import = g_task_get_task_data (task);
  const char *integration = find_known (import, entry->client_id);
  g_autofree char *hint = NULL;
  gboolean is_fresh;

  if (integration != NULL)
    {
      psa_profile_set_integration (entry->draft, integration);
      return FALSE;
    }

  hint = psa_client_id_dup_hint (entry->client_id);
  integration = find_named (import, psa_profile_get_integration (entry->draft));
  is_fresh = integration == NULL;
  if (is_fresh)
    {
      PsaIntegration *fresh = psa_integration_new (hint);

      g_ptr_array_add (import->batch->integrations, fresh);
      integration = psa_integration_get_id (fresh);
      psa_profile_set_integration (entry->draft, integration);
    }
  add_known (import, integration, entry->client_id);
  store_secret (task, integration, g_strdup_printf (_("PSA Connections: Client ID %s"), hint),
                entry->client_id, is_fresh);
  return TRUE;
}

static void
store_next (GTask *task)
{
  Import *import = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      fail_import (task, error);
      return;
    }
  if (import->progress != NULL)
    import->progress (import->next, import->entries->len, import->progress_data);

  for (; import->next < import->entries->len; import->next++)
    {
      PsaKeeperEntry *entry = import->entries->pdata[import->next];

      if (entry->client_id != NULL && !import->has_client && needs_client_id (task, entry))
        return;
      import->has_client = entry->client_id != NULL; /* for stored_cb: only the password is left */
      if (entry->password != NULL)
        {
          store_secret (task, psa_profile_get_id (entry->draft),
                        g_strdup_printf (_("PSA Connections: %s"),
                                         psa_profile_get_title (entry->draft)),
                        entry->password, entry->is_fresh);
          return;
        }
      import->has_client = FALSE;
    }
  apply (task);
}

static void
compared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) client_id = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_autofree char *integration = g_ptr_array_steal_index (import->to_compare, 0);

  if (client_id != NULL)
    {
      import->opened = TRUE;
      add_known (import, integration, client_id);
    }
  else if (!g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING))
    {
      fail_import (task, g_steal_pointer (&error));
      return;
    }
  compare_next (task);
}

static void
compare_next (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);

  if (import->to_compare->len > 0)
    psa_vault_lookup_async (psa_keeper_get_vault (self), import->to_compare->pdata[0],
                            get_prompt (import), g_task_get_cancellable (task), compared_cb,
                            g_object_ref (task));
  else
    store_next (task);
}

static void
begin_import (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);
  GListModel *kept = psa_store_get_integrations (psa_keeper_get_store (self));
  gboolean has_client_ids = FALSE;

  for (guint i = 0; i < import->entries->len; i++)
    has_client_ids |= ((PsaKeeperEntry *) import->entries->pdata[i])->client_id != NULL;
  for (guint i = 0; has_client_ids && i < g_list_model_get_n_items (kept); i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (kept, i);

      g_ptr_array_add (import->to_compare, g_strdup (psa_integration_get_id (integration)));
    }
  compare_next (task);
}

/* The next one finds the integrations that this one has made. */
static void
on_completed_cb (GTask *task, GParamSpec *pspec, GQueue *imports)
{
  g_autoptr(GTask) completed = g_queue_pop_head (imports);

  g_assert (completed == task);
  if (!g_queue_is_empty (imports))
    begin_import (g_queue_peek_head (imports));
}

/**
 * psa_keeper_entries_new:
 *
 * Returns: (transfer full) (element-type PsaKeeperEntry): none yet
 */
GPtrArray *
psa_keeper_entries_new (void)
{
  return g_ptr_array_new_with_free_func (entry_free);
}

/**
 * psa_keeper_entries_add:
 * @entries: where to
 * @draft: copied
 * @client_id: (nullable): copied
 * @password: (nullable): copied
 * @is_fresh: whether its UUID was made for it just now, and is not one of a file
 */
void
psa_keeper_entries_add (GPtrArray *entries,
                        PsaProfile *draft,
                        const PsaSecret *client_id,
                        const PsaSecret *password,
                        gboolean is_fresh)
{
  PsaKeeperEntry *entry = g_new0 (PsaKeeperEntry, 1);

  entry->draft = psa_profile_copy (draft);
  entry->client_id = client_id != NULL ? psa_secret_new (client_id) : NULL;
  entry->password = password != NULL ? psa_secret_new (password) : NULL;
  entry->is_fresh = is_fresh;
  g_ptr_array_add (entries, entry);
}

/**
 * psa_keeper_import_async:
 * @entries: (element-type PsaKeeperEntry): what is to be saved; kept until the end
 * @integrations: (element-type PsaIntegration): those that drafts name and nobody has yet
 * @progress: (nullable) (scope notified): told how many of the secrets are stored, and of how many entries
 * @cancellable: (nullable): until the file is being written; nothing has changed then
 *
 * Saves many profiles: secrets first, then all profiles with one write and a backup before it. A Client ID that the
 * keyring has already joins its integration. One that is asked for while another is under way waits for it.
 */
void
psa_keeper_import_async (PsaKeeper *self,
                         GPtrArray *entries,
                         GPtrArray *integrations,
                         GFileProgressCallback progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  Import *import;
  GQueue *imports;

  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (entries != NULL && integrations != NULL);

  import = g_new0 (Import, 1);
  import->entries = g_ptr_array_ref (entries);
  import->known = g_ptr_array_new_with_free_func (known_free);
  import->to_compare = g_ptr_array_new_with_free_func (g_free);
  import->batch = psa_batch_new ();
  import->batch->backup = "before-import-";
  import->undo = psa_keeper_undo_new ();
  import->stored = psa_keeper_stored_new ();
  import->progress = progress;
  import->progress_data = progress_data;
  for (guint i = 0; i < integrations->len; i++)
    g_ptr_array_add (import->batch->integrations, psa_integration_copy (integrations->pdata[i]));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_import_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, import, import_free);
  imports = psa_keeper_get_imports (self);
  g_signal_connect (task, "notify::completed", G_CALLBACK (on_completed_cb), imports);
  g_queue_push_tail (imports, g_object_ref (task));
  if (imports->length == 1)
    begin_import (task);
}

/**
 * psa_keeper_import_finish:
 * @error: KEYRING_LOCKED, KEYRING_UNAVAILABLE, NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; no profile was changed
 *   then, and the message says what became of the secrets that were stored
 *
 * Returns: (transfer full) (nullable): what undoes it
 */
PsaKeeperUndo *
psa_keeper_import_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_import_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
