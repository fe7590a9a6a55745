/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-import-read.h"

/* Reading a file on a thread: thousands of rows would hold up whoever draws. */

/* Task data: the thread's alone while it runs. */
typedef struct
{
  GBytes *bytes;
  PsaImportColumns *columns; /* (nullable) */
  GListStore *profiles;      /* copies, since the kept ones may change meanwhile */
  GListStore *integrations;
} Read;

static void
read_free (gpointer data)
{
  Read *self = data;

  g_bytes_unref (self->bytes);
  g_free (self->columns);
  g_object_unref (self->profiles);
  g_object_unref (self->integrations);
  g_free (self);
}

static void
read_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Read *self = task_data;
  GError *error = NULL;
  PsaImport *import = psa_import_new (self->bytes, self->columns, G_LIST_MODEL (self->profiles),
                                      G_LIST_MODEL (self->integrations), &error);

  if (import == NULL && self->columns == NULL)
    {
      import = psa_import_new_table (self->bytes, NULL);
      if (import != NULL && import->headers == NULL)
        g_clear_pointer (&import, psa_import_free);
      if (import != NULL)
        {
          import->problem = g_strdup (error->message);
          g_clear_error (&error);
        }
    }
  if (import != NULL)
    g_task_return_pointer (task, import, (GDestroyNotify) psa_import_free);
  else
    g_task_return_error (task, error);
}

static GListStore *
create_list (GType type, GPtrArray *items)
{
  GListStore *list = g_list_store_new (type);

  g_list_store_splice (list, 0, 0, items->pdata, items->len);
  return list;
}

static GListStore *
copy_profiles (GListModel *model)
{
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (model, i);

      g_ptr_array_add (copies, psa_profile_copy (profile));
    }
  return create_list (PSA_TYPE_PROFILE, copies);
}

static GListStore *
copy_integrations (GListModel *model)
{
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (model, i);

      g_ptr_array_add (copies, psa_integration_copy (integration));
    }
  return create_list (PSA_TYPE_INTEGRATION, copies);
}

/**
 * psa_import_read_async:
 * @bytes: as for psa_import_new()
 * @columns: (nullable): likewise; copied
 * @profiles: (element-type PsaProfile): those that are kept now
 * @integrations: (element-type PsaIntegration): likewise
 * @cancellable: (nullable): nobody wants to know any more
 *
 * Does on a thread what psa_import_new() does. A table whose headings say nothing is read all the same where @columns is
 * %NULL: it comes without rows, and with a `problem`.
 */
void
psa_import_read_async (GBytes *bytes,
                       const PsaImportColumns *columns,
                       GListModel *profiles,
                       GListModel *integrations,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  Read *self;

  g_return_if_fail (bytes != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (profiles) && G_IS_LIST_MODEL (integrations));

  self = g_new0 (Read, 1);
  self->bytes = g_bytes_ref (bytes);
  self->columns = columns != NULL ? g_memdup2 (columns, sizeof *columns) : NULL;
  self->profiles = copy_profiles (profiles);
  self->integrations = copy_integrations (integrations);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_import_read_async);
  g_task_set_task_data (task, self, read_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * psa_import_read_finish:
 * @error: `PSA_ERROR_INVALID`: nothing in the file can be read; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the import, whose rows have a copy of what is kept
 */
PsaImport *
psa_import_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_import_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
