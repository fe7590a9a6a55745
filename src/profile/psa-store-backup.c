/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-store-backup.h"

#include "psa-store-disk.h"
#include "psa-store-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BACKUP_FOLDER "backups"
#define DAY_PREFIX "profiles-"
#define DAY_FORMAT "%Y-%m-%d"
#define TIME_FORMAT DAY_FORMAT "-%H%M%S"
#define N_BACKUPS 5

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (b, a);
}

/* The backups with the form of @example, whose name ends in a date: the newest first. */
static GPtrArray *
list_backups (const char *folder, const char *prefix, const char *example)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_build_filename (folder, BACKUP_FOLDER, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL); /* a missing folder has none */
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && strlen (name) == strlen (example)
        && g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort_values (names, compare_newest_first);
  return names;
}

char *
psa_backup_find_good (const char *folder)
{
  g_autoptr(GPtrArray) names = list_backups (folder, DAY_PREFIX, DAY_PREFIX "YYYY-MM-DD.json");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, BACKUP_FOLDER, names->pdata[i], NULL);
      g_autoptr(GError) ignored = NULL; /* a bad one is passed over for the next older one */
      g_autoptr(PsaDocument) document = psa_disk_read_document (path, &ignored);

      if (document != NULL && !psa_document_is_newer (document))
        return g_steal_pointer (&path);
    }

  return NULL;
}

static gboolean
write_backup (const char  *folder,
              const char  *prefix,
              const char  *format,
              GBytes      *bytes,
              char       **written,
              GError     **error)
{
  g_autofree char *path = g_build_filename (folder, BACKUP_FOLDER, NULL);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, format);
  g_autofree char *name = g_strconcat (prefix, time, ".json", NULL);
  g_autoptr(GPtrArray) names = NULL;

  if (!psa_disk_ensure_folder (path, error) || !psa_disk_write (path, name, bytes, error))
    return FALSE;

  if (written != NULL)
    *written = g_build_filename (path, name, NULL);
  names = list_backups (folder, prefix, name);
  for (guint i = N_BACKUPS; i < names->len; i++)
    {
      g_autofree char *old = g_build_filename (path, names->pdata[i], NULL);

      if (unlink (old) != 0)
        return psa_disk_fail (error, _("Could not remove the old backup “%s”: %s"), old, errno);
    }

  return TRUE;
}

/* Keeps @bytes as @prefix followed by the time, and of all with that prefix the last five. @path: (out) (nullable) */
gboolean
psa_backup_write (
    const char *folder, const char *prefix, GBytes *bytes, char **path, GError **error)
{
  return write_backup (folder, prefix, TIME_FORMAT, bytes, path, error);
}

/* Keeps what stands in profiles.json before the first change of a day. */
gboolean
psa_backup_write_day (const char *folder, GBytes *bytes, GError **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, BACKUP_FOLDER "/" DAY_PREFIX DAY_FORMAT ".json");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  return lstat (path, &status) == 0 || write_backup (folder, DAY_PREFIX, DAY_FORMAT, bytes, NULL, error);
}

/**
 * psa_backup_free:
 * @self: (transfer full) (nullable): a backup
 */
void
psa_backup_free (PsaBackup *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_date_time_unref (self->time);
  g_free (self);
}

static PsaBackupKind
get_kind (const char *name)
{
  static const struct
  {
    const char *prefix;
    PsaBackupKind kind;
  } kinds[] = {
    { "before-import-", PSA_BACKUP_IMPORT },
    { "before-change-", PSA_BACKUP_CHANGE },
    { "before-restore-", PSA_BACKUP_RESTORE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (name, kinds[i].prefix))
      return kinds[i].kind;
  return PSA_BACKUP_DAY;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const PsaBackup *left = a;
  const PsaBackup *right = b;

  return g_date_time_compare (right->time, left->time);
}

/**
 * psa_backup_list:
 * @folder: the data folder
 *
 * Reads all backups; those that cannot be understood are left out, and those that say what the file says. Blocks.
 *
 * Returns: (transfer full) (element-type PsaBackup): the newest first
 */
GPtrArray *
psa_backup_list (const char *folder)
{
  g_autofree char *present_path = g_build_filename (folder, PSA_STORE_FILE_NAME, NULL);
  g_autoptr(PsaDocument) present = psa_disk_read_document (present_path, NULL);
  g_autofree char *path = g_build_filename (folder, BACKUP_FOLDER, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL); /* a missing folder has none */
  GPtrArray *backups = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_backup_free);
  const char *name;

  if (present == NULL)
    present = psa_document_new ();
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autoptr(PsaDocument) document = NULL;
      struct stat status;
      PsaBackup *backup;

      if (!g_str_has_suffix (name, ".json") || lstat (file, &status) != 0)
        continue;
      document = psa_disk_read_document (file, NULL);
      if (document == NULL || psa_document_is_newer (document))
        continue;
      backup = g_new0 (PsaBackup, 1);
      backup->path = g_steal_pointer (&file);
      backup->kind = get_kind (name);
      backup->time = g_date_time_new_from_unix_local (status.st_mtim.tv_sec);
      backup->n_profiles = psa_document_compare (document, present, &backup->n_added,
                                                 &backup->n_changed, &backup->n_removed);
      if (backup->n_added + backup->n_changed + backup->n_removed > 0)
        g_ptr_array_add (backups, backup);
      else
        psa_backup_free (backup);
    }

  g_ptr_array_sort_values (backups, compare_times);
  return backups;
}
