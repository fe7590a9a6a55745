/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-store"

#include "config.h"

#include "psa-store-file.h"

#include "psa-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_NAME PSA_STORE_FILE_NAME ".lock"
#define BACKUP_FOLDER "backups"
#define DAY_PREFIX "profiles-"
#define DAY_FORMAT "%Y-%m-%d"
#define N_BACKUPS 5
#define LOCK_WAIT (10 * G_USEC_PER_SEC)
#define LOCK_PAUSE (G_USEC_PER_SEC / 50)

/* @format: a translated sentence with the file's name and the system's reason, in this order. */
static gboolean
fail (GError **error, const char *format, const char *path, int saved_errno)
{
  g_autofree char *name = g_filename_display_name (path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, PSA_ERROR, PSA_ERROR_STORAGE, format, name, g_strerror (saved_errno));
#pragma GCC diagnostic pop

  return FALSE;
}

/* A folder of ours and for us alone, from its creation on. */
static gboolean
ensure_folder (const char *path, GError **error)
{
  struct stat status;

  if (g_mkdir_with_parents (path, 0700) != 0)
    return fail (error, _("Could not make the folder “%s”: %s"), path, errno);
  if (stat (path, &status) != 0
      || ((status.st_mode & 0077) != 0 && chmod (path, 0700) != 0))
    return fail (error, _("Could not make the folder “%s” private: %s"), path, errno);

  return TRUE;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0 || g_fsync (fd) != 0)
    return fail (error, _("Could not secure the folder “%s” on disk: %s"), path, errno);

  return TRUE;
}

/*
 * Reads a whole file that must be an ordinary one. A link is not followed: what it leads to is not
 * ours, and saving would not change it.
 *
 * Returns: NULL with NOT_FOUND, DAMAGED (it can be read, but is none of ours) or STORAGE
 */
static GBytes *
read_bytes (const char *path, GError **error)
{
  g_autoptr(GByteArray) bytes = NULL;
  struct stat status;
  g_autofd int fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);

  if (fd < 0 && errno == ENOENT)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_NOT_FOUND, g_strerror (errno));
      return NULL;
    }
  if (fd < 0 && errno == ELOOP)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("It is a symbolic link."));
      return NULL;
    }
  if (fd < 0 || fstat (fd, &status) != 0)
    {
      fail (error, _("Could not read “%s”: %s"), path, errno);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("It is not an ordinary file."));
      return NULL;
    }

  /* A file that others can read, such as one copied by hand, is closed to them at once. Not one
   * with a second name: that name's mode is not ours to change, and saving parts the two. Where it
   * cannot be done (a read-only disk) it can still be read. */
  if ((status.st_mode & 0077) != 0 && status.st_nlink == 1 && fchmod (fd, 0600) != 0)
    g_debug ("Mode of the profiles file stays: %s", g_strerror (errno));

  bytes = g_byte_array_new ();
  while (bytes->len <= PSA_DOCUMENT_MAX_BYTES)
    {
      guint8 buffer[64 * 1024];
      gssize n_read = read (fd, buffer, sizeof buffer);

      if (n_read == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if (n_read > 0)
        g_byte_array_append (bytes, buffer, n_read);
      else if (errno != EINTR)
        {
          fail (error, _("Could not read “%s”: %s"), path, errno);
          return NULL;
        }
    }

  g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                       _("It is larger than any that is saved here."));
  return NULL;
}

static PsaDocument *
read_document (const char *path, GError **error)
{
  g_autoptr(GBytes) bytes = read_bytes (path, error);

  return bytes != NULL ? psa_document_parse (bytes, error) : NULL;
}

/*
 * Puts @bytes in the place of a file, or leaves that as it was. They go to a new name first. That
 * name is free, so GLib gives the mode asked for; where it replaces a file it copies that one's
 * mode, or the mode of a link's target. rename() then takes the place of whatever stands there,
 * link or not. What a crash leaves under the new name is no more than that, and goes with the next
 * save.
 */
static gboolean
write_bytes (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);
  g_autoptr(GError) cause = NULL;

  if (unlink (new_path) != 0 && errno != ENOENT)
    return fail (error, _("Could not write “%s”: %s"), new_path, errno);

  if (!g_file_set_contents_full (new_path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    {
      g_autofree char *display = g_filename_display_name (path);

      unlink (new_path);
      g_set_error (error, PSA_ERROR, PSA_ERROR_STORAGE, _("Could not write “%s”: %s"), display,
                   cause->message);
      return FALSE;
    }
  if (rename (new_path, path) != 0)
    {
      int saved_errno = errno;

      unlink (new_path);
      return fail (error, _("Could not replace “%s”: %s"), path, saved_errno);
    }

  return sync_folder (folder, error);
}

/*
 * The lock is a file of its own, since profiles.json is another file after each save. flock() and
 * not fcntl(): the latter falls when any descriptor of the file is closed. Each try opens the file
 * anew and looks whether it is still the one with that name.
 *
 * Returns: a descriptor that holds the lock until it is closed, or -1
 */
static int
lock_folder (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, LOCK_NAME, NULL);
  gint64 deadline = g_get_monotonic_time () + LOCK_WAIT;

  while (TRUE)
    {
      struct stat held, named;
      g_autofd int fd = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

      if (fd < 0 && errno == ELOOP && unlink (path) == 0)
        continue; /* nobody holds a link: it was never followed */
      if (fd < 0 || fstat (fd, &held) != 0)
        {
          fail (error, _("Could not open “%s”: %s"), path, errno);
          return -1;
        }
      if ((held.st_mode & 0077) != 0 && held.st_nlink == 1)
        fchmod (fd, 0600);

      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        {
          if (lstat (path, &named) == 0 && named.st_ino == held.st_ino
              && named.st_dev == held.st_dev)
            return g_steal_fd (&fd);
        }
      else if (errno != EWOULDBLOCK && errno != EINTR)
        {
          fail (error, _("Could not lock “%s”: %s"), path, errno);
          return -1;
        }

      if (g_get_monotonic_time () > deadline)
        {
          g_set_error_literal (error, PSA_ERROR, PSA_ERROR_STORAGE,
                               _("Another program has kept the profiles locked for ten seconds. "
                                 "Nothing was changed; try again."));
          return -1;
        }
      g_usleep (LOCK_PAUSE);
    }
}

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

static char *
find_good_backup (const char *folder)
{
  g_autoptr(GPtrArray) names = list_backups (folder, DAY_PREFIX, DAY_PREFIX "YYYY-MM-DD.json");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, BACKUP_FOLDER, names->pdata[i], NULL);
      g_autoptr(GError) ignored = NULL; /* a bad one is passed over for the next older one */
      g_autoptr(PsaDocument) document = read_document (path, &ignored);

      if (document != NULL && !psa_document_is_newer (document))
        return g_steal_pointer (&path);
    }

  return NULL;
}

/* Keeps @bytes as @prefix followed by the time, and of all with that prefix the last five. */
static gboolean
write_backup (const char  *folder,
              const char  *prefix,
              const char  *format,
              GBytes      *bytes,
              GError     **error)
{
  g_autofree char *path = g_build_filename (folder, BACKUP_FOLDER, NULL);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, format);
  g_autofree char *name = g_strconcat (prefix, time, ".json", NULL);
  g_autoptr(GPtrArray) names = NULL;

  if (!ensure_folder (path, error) || !write_bytes (path, name, bytes, error))
    return FALSE;

  names = list_backups (folder, prefix, name);
  for (guint i = N_BACKUPS; i < names->len; i++)
    {
      g_autofree char *old = g_build_filename (path, names->pdata[i], NULL);

      if (unlink (old) != 0)
        return fail (error, _("Could not remove the old backup “%s”: %s"), old, errno);
    }

  return TRUE;
}

/* Keeps what stands in profiles.json before the first change of a day. */
static gboolean
back_up_day (const char *folder, GBytes *bytes, GError **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, BACKUP_FOLDER "/" DAY_PREFIX DAY_FORMAT ".json");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  return lstat (path, &status) == 0 || write_backup (folder, DAY_PREFIX, DAY_FORMAT, bytes, error);
}

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
      fail (error, _("Could not set the damaged “%s” aside: %s"), path, errno);
      return NULL;
    }

  return sync_folder (folder, error) ? g_steal_pointer (&aside) : NULL;
}

/* Fills @read for a file that cannot be understood. Under the lock, and so looked at once more: the
 * other process may have mended it or set it aside. */
static gboolean
set_damaged_aside (const char *folder, const char *path, PsaStoreRead *read, GError **error)
{
  g_autofd int lock = -1;
  g_autoptr(GError) reason = NULL;

  lock = lock_folder (folder, error);
  if (lock < 0)
    return FALSE;

  read->document = read_document (path, &reason);
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
  read->document = read_document (path, &reason);

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
      read->backup = find_good_backup (folder);
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
 * lock. @before: (nullable): what is on disk now */
static gboolean
save_document (const char *folder, PsaDocument *document, GBytes *before, GError **error)
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
  if (before != NULL && !back_up_day (folder, before, error))
    return FALSE;

  return write_bytes (folder, PSA_STORE_FILE_NAME, after, error);
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

  if (!ensure_folder (folder, error) || (lock = lock_folder (folder, error)) < 0)
    return NULL;

  path = g_build_filename (folder, PSA_STORE_FILE_NAME, NULL);
  before = read_bytes (path, &reason);
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

  if (!change (document, user_data, error) || !save_document (folder, document, before, error))
    return NULL;

  return g_steal_pointer (&document);
}

/**
 * psa_store_file_restore:
 * @folder: the data folder
 * @backup: path of a backup
 * @error: NEWER: the present file or the backup is; DAMAGED: the backup cannot be understood;
 *   STORAGE
 *
 * Puts a backup in the place of profiles.json, which is kept as `backups/before-restore-….json`.
 * What stands in the backup's `deleted` is dropped: those secrets may be in use again, and no
 * secret is lost by going back. Blocks.
 *
 * Returns: (transfer full) (nullable): what the file says now
 */
PsaDocument *
psa_store_file_restore (const char *folder, const char *backup, GError **error)
{
  g_autofree char *path = NULL;
  g_autofd int lock = -1;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(PsaDocument) document = NULL;
  g_autoptr(GError) reason = NULL;
  g_auto(GStrv) deleted = NULL;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (backup != NULL, NULL);

  if (!ensure_folder (folder, error) || (lock = lock_folder (folder, error)) < 0)
    return NULL;

  document = read_document (backup, &reason);
  if (document == NULL)
    {
      g_autofree char *name = g_filename_display_name (backup);

      g_set_error (error, PSA_ERROR, reason->code == PSA_ERROR_DAMAGED ? PSA_ERROR_DAMAGED
                                                                       : PSA_ERROR_STORAGE,
                   _("The backup “%s” cannot be used: %s"), name, reason->message);
      return NULL;
    }

  path = g_build_filename (folder, PSA_STORE_FILE_NAME, NULL);
  before = read_bytes (path, &reason);
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
      if (!write_backup (folder, "before-restore-", DAY_FORMAT "-%H%M%S", before, error))
        return NULL;
    }
  if (psa_document_is_newer (document))
    {
      set_newer_error (error);
      return NULL;
    }

  deleted = psa_document_dup_deleted (document);
  psa_document_forget (document, (const char *const *) deleted);
  if (!save_document (folder, document, NULL, error))
    return NULL;

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
