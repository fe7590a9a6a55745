/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-error.h"
#include "psa-store-backup.h"
#include "psa-store-work.h"

#include <glib/gi18n-lib.h>

/* The calls of a store that go through its queue; psa-store.c has the queue. */

static gboolean
finish_boolean (PsaStore *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_store_load_async:
 * @cancellable: (nullable): until the file is being read
 *
 * Reads profiles.json, or reads it anew. From then on a change by another process is noticed.
 */
void
psa_store_load_async (PsaStore            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (PSA_IS_STORE (self));

  psa_store_start_work (self, psa_store_work_new (PSA_STORE_WORK_READ, psa_store_get_folder (self)),
                        psa_store_load_async, cancellable, callback, user_data);
}

/**
 * psa_store_load_finish:
 * @error: STORAGE, or G_IO_ERROR_CANCELLED; that the file was damaged or is of a newer version is
 *   no error but told by the properties
 *
 * Returns: TRUE if the list says what the file says
 */
gboolean
psa_store_load_finish (PsaStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, psa_store_load_async, error);
}

/**
 * psa_store_put_async:
 * @profile: copied; an id that is kept already is replaced
 * @integration: (nullable): copied; the one that @profile names, where it is new
 * @secret_changed: whether the keyring holds another secret under the profile's id now
 * @cancellable: (nullable): until the file is being written
 *
 * Adds or changes a profile, as psa_document_put() says. Takes its id and that of its integration
 * out of `deleted`.
 */
void
psa_store_put_async (PsaStore            *self,
                     PsaProfile          *profile,
                     PsaIntegration      *integration,
                     gboolean             secret_changed,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  PsaStoreWork *work;

  g_return_if_fail (PSA_IS_STORE (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));
  g_return_if_fail (integration == NULL || PSA_IS_INTEGRATION (integration));

  work = psa_store_work_new (PSA_STORE_WORK_PUT, psa_store_get_folder (self));
  work->profile = psa_profile_copy (profile);
  work->integration = integration != NULL ? psa_integration_copy (integration) : NULL;
  work->secret_changed = secret_changed;
  psa_store_start_work (self, work, psa_store_put_async, cancellable, callback, user_data);
}

/**
 * psa_store_put_finish:
 * @error: NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; nothing was changed then
 *
 * Returns: (transfer full) (nullable): the profile that the list holds, with its revision
 */
PsaProfile *
psa_store_put_finish (PsaStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_store_put_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_store_apply_async:
 * @batch: (transfer full): what is to be changed
 * @cancellable: (nullable): until the file is being written
 *
 * Makes many changes with one write, as psa_document_apply() says.
 */
void
psa_store_apply_async (PsaStore            *self,
                       PsaBatch            *batch,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  PsaStoreWork *work;

  g_return_if_fail (PSA_IS_STORE (self));
  g_return_if_fail (batch != NULL);

  work = psa_store_work_new (PSA_STORE_WORK_APPLY, psa_store_get_folder (self));
  /* The worker's alone: nothing else may hold what it reads. */
  for (guint i = 0; i < batch->puts->len; i++)
    {
      g_autoptr(PsaProfile) profile = batch->puts->pdata[i];

      batch->puts->pdata[i] = psa_profile_copy (profile);
    }
  for (guint i = 0; i < batch->integrations->len; i++)
    {
      g_autoptr(PsaIntegration) integration = batch->integrations->pdata[i];

      batch->integrations->pdata[i] = psa_integration_copy (integration);
    }
  work->batch = batch;
  psa_store_start_work (self, work, psa_store_apply_async, cancellable, callback, user_data);
}

/**
 * psa_store_apply_finish:
 * @error: NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; nothing was changed then
 *
 * Returns: TRUE if all of it is kept
 */
gboolean
psa_store_apply_finish (PsaStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, psa_store_apply_async, error);
}

/**
 * psa_store_remove_async:
 * @ids: UUIDs of profiles; unknown ones are passed over
 * @cancellable: (nullable): until the file is being written
 *
 * Takes profiles off the list, with the integrations that nobody uses then. Their ids go to
 * `deleted`.
 */
void
psa_store_remove_async (PsaStore            *self,
                        const char *const   *ids,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  PsaStoreWork *work;

  g_return_if_fail (PSA_IS_STORE (self));
  g_return_if_fail (ids != NULL);

  work = psa_store_work_new (PSA_STORE_WORK_REMOVE, psa_store_get_folder (self));
  work->ids = g_strdupv ((GStrv) ids);
  psa_store_start_work (self, work, psa_store_remove_async, cancellable, callback, user_data);
}

/**
 * psa_store_remove_finish:
 * @error: NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; nothing was changed then
 *
 * Returns: TRUE if none of them is kept any more
 */
gboolean
psa_store_remove_finish (PsaStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, psa_store_remove_async, error);
}

/**
 * psa_store_forget_async:
 * @ids: UUIDs that stand in `deleted`
 * @cancellable: (nullable): until the file is being written
 *
 * Takes ids out of `deleted`, once their secrets are gone.
 */
void
psa_store_forget_async (PsaStore            *self,
                        const char *const   *ids,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  PsaStoreWork *work;

  g_return_if_fail (PSA_IS_STORE (self));
  g_return_if_fail (ids != NULL);

  work = psa_store_work_new (PSA_STORE_WORK_FORGET, psa_store_get_folder (self));
  work->ids = g_strdupv ((GStrv) ids);
  psa_store_start_work (self, work, psa_store_forget_async, cancellable, callback, user_data);
}

/**
 * psa_store_forget_finish:
 * @error: NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; nothing was changed then
 *
 * Returns: TRUE if none of them stands in `deleted` any more
 */
gboolean
psa_store_forget_finish (PsaStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, psa_store_forget_async, error);
}

static void
list_backups_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, psa_backup_list (data), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * psa_store_list_backups_async:
 * @cancellable: (nullable): a cancellable
 *
 * Reads all backups, and compares them with the file.
 */
void
psa_store_list_backups_async (PsaStore            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (PSA_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_store_list_backups_async);
  g_task_set_task_data (task, g_strdup (psa_store_get_folder (self)), g_free);
  g_task_run_in_thread (task, list_backups_thread);
}

/**
 * psa_store_list_backups_finish:
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type PsaBackup): those that would change something, the newest first
 */
GPtrArray *
psa_store_list_backups_finish (PsaStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_store_list_backups_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_store_restore_async:
 * @backup: (nullable): path of a backup; %NULL takes that which #PsaStore:backup offers
 * @cancellable: (nullable): until the file is being written
 *
 * Goes back to a backup. What the file says now becomes a backup itself.
 */
void
psa_store_restore_async (PsaStore            *self,
                         const char          *backup,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  PsaStoreWork *work;

  g_return_if_fail (PSA_IS_STORE (self));

  if (backup == NULL)
    backup = psa_store_get_backup (self);
  if (backup == NULL)
    {
      g_task_report_new_error (self, callback, user_data, psa_store_restore_async, PSA_ERROR,
                               PSA_ERROR_NOT_FOUND, "%s", _("There is no backup to go back to."));
      return;
    }

  work = psa_store_work_new (PSA_STORE_WORK_RESTORE, psa_store_get_folder (self));
  work->restored = g_strdup (backup);
  psa_store_start_work (self, work, psa_store_restore_async, cancellable, callback, user_data);
}

/**
 * psa_store_restore_finish:
 * @former: (out) (optional) (nullable) (transfer full): path of a backup that undoes it; %NULL where there was no file
 * @error: NOT_FOUND (none is offered), NEWER, DAMAGED, STORAGE or G_IO_ERROR_CANCELLED; nothing was
 *   changed then
 *
 * Returns: TRUE if the list says what the backup said
 */
gboolean
psa_store_restore_finish (PsaStore *self, GAsyncResult *result, char **former, GError **error)
{
  PsaStoreWork *work = g_task_get_task_data (G_TASK (result));

  if (former != NULL)
    *former = work != NULL ? g_steal_pointer (&work->former) : NULL;
  return finish_boolean (self, result, psa_store_restore_async, error);
}
