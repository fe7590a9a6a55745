/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-store-disk.h"

#include "psa-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_WAIT (10 * G_USEC_PER_SEC)
#define LOCK_PAUSE (G_USEC_PER_SEC / 50)

/* @format: a translated sentence with the file's name and the system's reason, in this order. */
gboolean
psa_disk_fail (GError **error, const char *format, const char *path, int saved_errno)
{
  g_autofree char *name = g_filename_display_name (path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, PSA_ERROR, PSA_ERROR_STORAGE, format, name, g_strerror (saved_errno));
#pragma GCC diagnostic pop

  return FALSE;
}

/* A folder of ours and for us alone, from its creation on. */
gboolean
psa_disk_ensure_folder (const char *path, GError **error)
{
  struct stat status;

  if (g_mkdir_with_parents (path, 0700) != 0)
    return psa_disk_fail (error, _("Could not make the folder “%s”: %s"), path, errno);
  if (stat (path, &status) != 0
      || ((status.st_mode & 0077) != 0 && chmod (path, 0700) != 0))
    return psa_disk_fail (error, _("Could not make the folder “%s” private: %s"), path, errno);

  return TRUE;
}

gboolean
psa_disk_sync_folder (const char *path, GError **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0 || g_fsync (fd) != 0)
    return psa_disk_fail (error, _("Could not secure the folder “%s” on disk: %s"), path, errno);

  return TRUE;
}

/*
 * Reads a whole file that must be an ordinary one. A link is not followed: what it leads to is not
 * ours, and saving would not change it.
 *
 * Returns: NULL with NOT_FOUND, DAMAGED (it can be read, but is none of ours) or STORAGE
 */
GBytes *
psa_disk_read (const char *path, GError **error)
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
      psa_disk_fail (error, _("Could not read “%s”: %s"), path, errno);
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
          psa_disk_fail (error, _("Could not read “%s”: %s"), path, errno);
          return NULL;
        }
    }

  g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                       _("It is larger than any that is saved here."));
  return NULL;
}

PsaDocument *
psa_disk_read_document (const char *path, GError **error)
{
  g_autoptr(GBytes) bytes = psa_disk_read (path, error);

  return bytes != NULL ? psa_document_parse (bytes, error) : NULL;
}

/*
 * Puts @bytes in the place of a file, or leaves that as it was. They go to a new name first. That
 * name is free, so GLib gives the mode asked for; where it replaces a file it copies that one's
 * mode, or the mode of a link's target. rename() then takes the place of whatever stands there,
 * link or not. What a crash leaves under the new name is no more than that, and goes with the next
 * save.
 */
gboolean
psa_disk_write (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);
  g_autoptr(GError) cause = NULL;

  if (unlink (new_path) != 0 && errno != ENOENT)
    return psa_disk_fail (error, _("Could not write “%s”: %s"), new_path, errno);

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
      return psa_disk_fail (error, _("Could not replace “%s”: %s"), path, saved_errno);
    }

  return psa_disk_sync_folder (folder, error);
}

/*
 * The lock is a file of its own, NAME.lock, since what it guards is another file after each save.
 * flock() and not fcntl(): the latter falls when any descriptor of the file is closed. Each try
 * opens the file anew and looks whether it is still the one with that name.
 *
 * Returns: a descriptor that holds the lock until it is closed, or -1
 */
int
psa_disk_lock (const char *folder, const char *name, GError **error)
{
  g_autofree char *lock_name = g_strconcat (name, ".lock", NULL);
  g_autofree char *path = g_build_filename (folder, lock_name, NULL);
  gint64 deadline = g_get_monotonic_time () + LOCK_WAIT;

  while (TRUE)
    {
      struct stat held, named;
      g_autofd int fd = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

      if (fd < 0 && errno == ELOOP && unlink (path) == 0)
        continue; /* nobody holds a link: it was never followed */
      if (fd < 0 || fstat (fd, &held) != 0)
        {
          psa_disk_fail (error, _("Could not open “%s”: %s"), path, errno);
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
          psa_disk_fail (error, _("Could not lock “%s”: %s"), path, errno);
          return -1;
        }

      if (g_get_monotonic_time () > deadline)
        {
          g_set_error (error, PSA_ERROR, PSA_ERROR_STORAGE,
                       _("Another program has kept “%s” locked for ten seconds. "
                         "Nothing was changed; try again."),
                       name);
          return -1;
        }
      g_usleep (LOCK_PAUSE);
    }
}
