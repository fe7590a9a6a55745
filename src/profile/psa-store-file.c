/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-store-file.h"

#include "psa-error.h"
#include "psa-store-backup.h"
#include "psa-store-disk.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

/* Gives a damaged file a name of its own that nothing else has. The caller holds the lock. */
static char *
set_file_aside (const char *folder, const char *path, GError **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", path, date);
  struct stat status;

  for (guint i = 2; lstat (aside, &status) == 0; i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%s-%u", path, date, i);
    }

  if (rename (path, aside) != 0)
    {
      psa_disk_fail (error, _("Could not set the damaged “%s” aside: %s"), path, errno);
      return NULL;
    }

  return psa_disk_sync_folder (folder, error) ? g_steal_pointer (&aside) : NULL;
}

/* Fills @read for a file that cannot be understood. Under the lock, and so looked at once more: the
 * other process may have mended it or set it aside. */
static gboolean
set_damaged_aside (const char *folder, const char *path, PsaStoreRead *read, GError **error)
{
  g_autofd int lock = -1;
  g_autoptr(GError) reason = NULL;

  lock = psa_disk_lock (folder, PSA_STORE_FILE_NAME, error);
  if (lock < 0)
    return FALSE;

  read->document = psa_disk_read_document (path, &reason);
  if (read->document != NULL)
    return TRUE;
  if (g_error_matches (reason, PSA_ERROR, PSA_ERROR_DAMAGED))
    {
      read->set_aside = set_file_aside (folder, path, error);
      read->reason = g_strdup (reason->message);
      return read->set_aside != NULL;
    }
  if (g_error_matches (reason, PSA_ERROR, PSA_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/**
 * psa_store_file_read:
 * @folder: the data folder; need not exist
 * @error: STORAGE: profiles.json is there but could not be read, or is damaged and could not be set
 *   aside
 *
 * Reads profiles.json. Blocks, but never for the lock unless the file is damaged: a save replaces
 * the file in one step. A damaged one is renamed to `profiles.json.damaged-DATE`. Where the file is
 * missing although there are backups, as when another process has set it aside, the newest good one
 * is offered too.
 *
 * Returns: (transfer full) (nullable): what was found
 */
PsaStoreRead *
psa_store_file_read (const char *folder, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr(PsaStoreRead) read = NULL;
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_build_filename (folder, PSA_STORE_FILE_NAME, NULL);
  read = g_new0 (PsaStoreRead, 1);
  read->document = psa_disk_read_document (path, &reason);

  if (g_error_matches (reason, PSA_ERROR, PSA_ERROR_DAMAGED))
    {
      if (!set_damaged_aside (folder, path, read, error))
        return NULL;
    }
  else if (reason != NULL && !g_error_matches (reason, PSA_ERROR, PSA_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  if (read->document == NULL)
    {
      read->backup = psa_backup_find_good (folder);
      if (read->reason == NULL)
        {
          read->document = psa_document_new ();
          if (read->backup != NULL)
            read->reason = g_strdup (_("The file is missing."));
        }
    }

  return g_steal_pointer (&read);
}

/* The end of a change: what is on disk now is replaced by what @document says. The caller holds the
 * lock. @before: (nullable): what is on disk now; @backup: (nullable): the prefix of a backup of it */
static gboolean
save_document (const char *folder, PsaDocument *document, GBytes *before, const char *backup,
               GError **error)
{
  g_autoptr(GBytes) after = psa_document_serialize (document);

  if (g_bytes_get_size (after) > PSA_DOCUMENT_MAX_BYTES) /* it could not be read again */
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_STORAGE,
                           _("The profiles are too large to be saved; shorten the notes."));
      return FALSE;
    }
  if (before != NULL && g_bytes_equal (before, after))
    return TRUE;
  if (before != NULL && !psa_backup_write_day (folder, before, error))
    return FALSE;
  if (before != NULL && backup != NULL && !psa_backup_write (folder, backup, before, NULL, error))
    return FALSE;

  return psa_disk_write (folder, PSA_STORE_FILE_NAME, after, error);
}

static void
set_newer_error (GError **error)
{
  g_set_error_literal (error, PSA_ERROR, PSA_ERROR_NEWER,
                       _("The profiles were saved by a newer version of this program. They can be "
                         "read, but not changed."));
}

/**
 * psa_store_file_change:
 * @folder: the data folder; made where it is missing
 * @backup: (nullable): begins the name of a backup that is made before, as "before-import-"
 * @change: (scope call): applied to what the file says at that moment
 * @error: NEWER, DAMAGED, STORAGE or what @change gave; the file is as it was, unless STORAGE says
 *   that only the folder could not be secured on disk
 *
 * Changes profiles.json under the lock. Blocks: for the lock at most ten seconds.
 *
 * Returns: (transfer full) (nullable): what the file says now
 */
PsaDocument *
psa_store_file_change (const char      *folder,
                       const char      *backup,
                       PsaStoreChange   change,
                       gpointer         user_data,
                       GError         **error)
{
  g_autofree char *path = NULL;
  g_autofd int lock = -1;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(PsaDocument) document = NULL;
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (change != NULL, NULL);

  if (!psa_disk_ensure_folder (folder, error)
      || (lock = psa_disk_lock (folder, PSA_STORE_FILE_NAME, error)) < 0)
    return NULL;

  path = g_build_filename (folder, PSA_STORE_FILE_NAME, NULL);
  before = psa_disk_read (path, &reason);
  if (before != NULL)
    document = psa_document_parse (before, &reason);
  else if (g_error_matches (reason, PSA_ERROR, PSA_ERROR_NOT_FOUND))
    document = psa_document_new ();

  if (g_error_matches (reason, PSA_ERROR, PSA_ERROR_DAMAGED))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                   _("“%s” is damaged, so nothing was saved: %s"), name, reason->message);
      return NULL;
    }
  if (document == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (psa_document_is_newer (document))
    {
      set_newer_error (error);
      return NULL;
    }

  if (!change (document, user_data, error) || !save_document (folder, document, before, backup, error))
    return NULL;

  return g_steal_pointer (&document);
}

/**
 * psa_store_file_restore:
 * @folder: the data folder
 * @backup: path of a backup
 * @former: (out) (nullable) (transfer full): path of a backup of what the file said before, %NULL where there was none
 * @error: NEWER: the present file or the backup is; DAMAGED: the backup cannot be understood;
 *   STORAGE
 *
 * Puts a backup in the place of profiles.json, which is kept as `backups/before-restore-….json`.
 * What stands in the backup's `deleted` is dropped: those secrets may be in use again, and no
 * secret is lost by going back. Where the backup has another address or company than the present
 * file, the secret stays that of the present one. Blocks.
 *
 * Returns: (transfer full) (nullable): what the file says now
 */
PsaDocument *
psa_store_file_restore (const char *folder, const char *backup, char **former, GError **error)
{
  g_autofree char *path = NULL;
  g_autofd int lock = -1;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(PsaDocument) document = NULL;
  g_autoptr(GError) reason = NULL;
  g_auto(GStrv) deleted = NULL;
  g_autofree char *written = NULL;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (backup != NULL, NULL);

  if (!psa_disk_ensure_folder (folder, error)
      || (lock = psa_disk_lock (folder, PSA_STORE_FILE_NAME, error)) < 0)
    return NULL;

  document = psa_disk_read_document (backup, &reason);
  if (document == NULL)
    {
      g_autofree char *name = g_filename_display_name (backup);

      g_set_error (error, PSA_ERROR, reason->code == PSA_ERROR_DAMAGED ? PSA_ERROR_DAMAGED
                                                                       : PSA_ERROR_STORAGE,
                   _("The backup “%s” cannot be used: %s"), name, reason->message);
      return NULL;
    }

  path = g_build_filename (folder, PSA_STORE_FILE_NAME, NULL);
  before = psa_disk_read (path, &reason);
  if (before == NULL && !g_error_matches (reason, PSA_ERROR, PSA_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (before != NULL)
    {
      g_autoptr(PsaDocument) present = psa_document_parse (before, NULL);

      if (present != NULL && psa_document_is_newer (present))
        {
          set_newer_error (error);
          return NULL;
        }
      if (!psa_backup_write (folder, "before-restore-", before, &written, error))
        return NULL;
      if (present != NULL)
        psa_document_keep_secrets (document, present);
    }
  if (psa_document_is_newer (document))
    {
      set_newer_error (error);
      return NULL;
    }

  deleted = psa_document_dup_deleted (document);
  psa_document_forget (document, (const char *const *) deleted);
  if (!save_document (folder, document, NULL, NULL, error))
    return NULL;
  if (former != NULL)
    *former = g_steal_pointer (&written);

  return g_steal_pointer (&document);
}

/**
 * psa_store_read_free:
 * @read: (transfer full) (nullable): what psa_store_file_read() gave
 */
void
psa_store_read_free (PsaStoreRead *read)
{
  if (read == NULL)
    return;

  g_clear_pointer (&read->document, psa_document_free);
  g_free (read->set_aside);
  g_free (read->reason);
  g_free (read->backup);
  g_free (read);
}
