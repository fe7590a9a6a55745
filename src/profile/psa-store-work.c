/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-store-work.h"

#include "psa-store-file.h"

/*
 * psa_store_work_new:
 *
 * Returns: (transfer full): a work order, still without what its kind needs
 */
PsaStoreWork *
psa_store_work_new (PsaStoreWorkKind kind, const char *folder)
{
  PsaStoreWork *work = g_new0 (PsaStoreWork, 1);

  work->kind = kind;
  work->folder = g_strdup (folder);
  return work;
}

void
psa_store_work_free (PsaStoreWork *work)
{
  g_free (work->folder);
  g_clear_object (&work->profile);
  g_clear_object (&work->integration);
  g_clear_pointer (&work->batch, psa_batch_free);
  g_strfreev (work->ids);
  g_free (work->restored);
  g_free (work->former);
  g_clear_pointer (&work->profiles, g_ptr_array_unref);
  g_clear_pointer (&work->integrations, g_ptr_array_unref);
  g_strfreev (work->deleted);
  g_free (work->digest);
  g_free (work->set_aside);
  g_free (work->reason);
  g_free (work->backup);
  g_free (work);
}

/* The change itself, under the lock. Cancelling counts until here: what is begun is carried
 * through. */
static gboolean
change_document (PsaDocument *document, gpointer user_data, GError **error)
{
  GTask *task = user_data;
  PsaStoreWork *work = g_task_get_task_data (task);
  const char *const *ids = (const char *const *) work->ids;
  g_autoptr(GDateTime) now = NULL;
  g_autoptr(PsaProfile) kept = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), error))
    return FALSE;

  switch (work->kind)
    {
    case PSA_STORE_WORK_PUT:
      kept = psa_document_put (document, work->profile, work->integration, work->secret_changed);
      break;

    case PSA_STORE_WORK_APPLY:
      now = g_date_time_new_now_utc ();
      psa_document_apply (document, work->batch, now);
      break;

    case PSA_STORE_WORK_REMOVE:
      now = g_date_time_new_now_utc ();
      psa_document_remove (document, ids, now);
      break;

    case PSA_STORE_WORK_FORGET:
      psa_document_forget (document, ids);
      break;

    case PSA_STORE_WORK_READ:
    case PSA_STORE_WORK_RESTORE:
    default:
      g_assert_not_reached ();
    }

  return TRUE;
}

/* Objects are made here and not on the main loop: nobody knows them yet. @document has no profiles afterwards. */
static void
describe_document (PsaStoreWork *work, PsaDocument *document)
{
  work->digest = psa_document_dup_digest (document);
  work->integrations = psa_document_dup_integrations (document);
  work->deleted = psa_document_dup_deleted (document);
  work->profiles = psa_document_take_profiles (document);
  work->newer = psa_document_is_newer (document);
  work->folder_exists = g_file_test (work->folder, G_FILE_TEST_IS_DIR);
}

static PsaDocument *
read_document (PsaStoreWork *work, GError **error)
{
  g_autoptr(PsaStoreRead) read = psa_store_file_read (work->folder, error);

  if (read == NULL)
    return NULL;

  work->set_aside = g_steal_pointer (&read->set_aside);
  work->reason = g_steal_pointer (&read->reason);
  work->backup = g_steal_pointer (&read->backup);
  return read->document != NULL ? g_steal_pointer (&read->document) : psa_document_new ();
}

/*
 * psa_store_work_thread:
 * @task: its data is the GTask that waits, whose data is the work
 *
 * Carries out a work order and fills in what the file says then. Blocks; only ever on a thread of
 * its own. @task has no source object, so that the store is not let go of on this thread.
 */
void
psa_store_work_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GTask *waiting = task_data;
  PsaStoreWork *work = g_task_get_task_data (waiting);
  g_autoptr(PsaDocument) document = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (waiting), &error))
    {
      if (work->kind == PSA_STORE_WORK_READ)
        document = read_document (work, &error);
      else if (work->kind == PSA_STORE_WORK_RESTORE)
        document = psa_store_file_restore (work->folder, work->restored, &work->former, &error);
      else
        document = psa_store_file_change (work->folder, work->batch != NULL ? work->batch->backup : NULL,
                                          change_document, waiting, &error);
    }

  if (document == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  describe_document (work, document);
  g_task_return_boolean (task, TRUE);
}
