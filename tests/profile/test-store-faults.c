/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* [F3] [F5]: full and read-only disks, a rename that fails, killed writers and several of them, all
 * by real means. Other processes are children made by fork(). */

/* A child would otherwise draw the same UUIDs as its brothers. */
static pid_t
fork_child (void)
{
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    g_random_set_seed (getpid ());
  return child;
}

/* An own mount namespace, in a child, so that nothing outside sees it. Returns the child's verdict.
 * */
static void
run_with_mount (StoreFixture *fixture, const char *options, void (*func) (StoreFixture *fixture))
{
  pid_t child;
  int status;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  child = fork_child ();
  if (child == 0)
    {
      if (unshare (CLONE_NEWNS) != 0
          || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
          || mount ("tmpfs", fixture->folder, "tmpfs", 0, options) != 0)
        _exit (77);
      func (fixture);
      _exit (0); /* a failed assertion aborts */
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 77)
    g_test_skip ("mounting is not allowed here");
  else
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static gboolean
add_much (PsaDocument *document, gpointer user_data, GError **error)
{
  g_autofree char *name = g_strnfill (100 * 1024, 'x');

  return store_fixture_add_profile (document, name, error);
}

static void
try_full_disk (StoreFixture *fixture)
{
  g_autofree char *filler = g_build_filename (fixture->folder, "filler", NULL);
  g_autofree char *leftover = g_strconcat (fixture->path, ".new", NULL);
  g_autofree char *before = NULL, *after = NULL;
  char block[4096] = { 0 };
  g_autoptr(GError) error = NULL;
  PsaDocument *document;
  int fd;

  store_fixture_save (fixture, "one");
  store_fixture_save (fixture, "two");
  before = store_fixture_read (fixture->path);

  fd = g_open (filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  while (write (fd, block, sizeof block) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (fd);

  document = psa_store_file_change (fixture->folder, NULL, add_much, NULL, &error);
  g_assert_null (document);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "profiles.json"));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOSPC)));
  after = store_fixture_read (fixture->path);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));

  g_assert_cmpint (unlink (filler), ==, 0);
  store_fixture_save (fixture, "three");
  g_assert_cmpuint (store_fixture_count (fixture), ==, 3);
}

/* [F3] */
static void
test_full_disk (StoreFixture *fixture, gconstpointer data)
{
  run_with_mount (fixture, "size=512k,mode=0700", try_full_disk);
}

static void
try_read_only (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  PsaDocument *document;

  store_fixture_save (fixture, "one");
  g_assert_cmpint (mount (NULL, fixture->folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);
  document = psa_store_file_change (fixture->folder, NULL, store_fixture_add_profile,
                                    (gpointer) "two", &error);
  g_assert_null (document);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, g_strerror (EROFS)));
}

static void
test_read_only (StoreFixture *fixture, gconstpointer data)
{
  run_with_mount (fixture, "size=512k,mode=0700", try_read_only);
}

/* rename() onto a mount point fails with EBUSY. */
static void
try_failing_rename (StoreFixture *fixture)
{
  g_autofree char *leftover = g_strconcat (fixture->path, ".new", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;
  PsaDocument *document;

  store_fixture_save (fixture, "one");
  before = store_fixture_read (fixture->path);
  g_assert_cmpint (mount (fixture->path, fixture->path, NULL, MS_BIND, NULL), ==, 0);
  document = psa_store_file_change (fixture->folder, NULL, store_fixture_add_profile,
                                    (gpointer) "two", &error);
  g_assert_null (document);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, g_strerror (EBUSY)));
  after = store_fixture_read (fixture->path);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
}

static void
test_failing_rename (StoreFixture *fixture, gconstpointer data)
{
  run_with_mount (fixture, "size=512k,mode=0700", try_failing_rename);
}

/* The disk fails where it is told to keep what was written: fsync(), as the libraries of this program see it, gives EIO
 * for this kind of file. */
static mode_t failing_kind;

int
fsync (int fd)
{
  struct stat status;

  if (failing_kind != 0 && fstat (fd, &status) == 0 && (status.st_mode & S_IFMT) == failing_kind)
    {
      errno = EIO;
      return -1;
    }
  return (int) syscall (SYS_fsync, fd);
}

/* [F3]. @data: S_IFREG, the file itself, or S_IFDIR, the folder that has its name */
static void
test_failing_sync (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *leftover = g_strconcat (fixture->path, ".new", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;
  PsaDocument *document;

  store_fixture_save (fixture, "one");
  before = store_fixture_read (fixture->path);
  failing_kind = GPOINTER_TO_UINT (data);
  document = psa_store_file_change (fixture->folder, NULL, store_fixture_add_profile,
                                    (gpointer) "two", &error);
  failing_kind = 0;
  g_assert_null (document);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, g_strerror (EIO)));
  after = store_fixture_read (fixture->path);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
}

/* [F3]: a writer is killed at some point of a store_fixture_save; what it had reported as saved is
 * there, the file is whole, and the next store_fixture_save is not bothered by what it left. */
static void
test_killed (StoreFixture *fixture, gconstpointer data)
{
  guint known = 0;

  for (int round = 0; round < 25; round++)
    {
      int ends[2];
      pid_t child;
      int status;
      char byte;

      g_assert_cmpint (pipe (ends), ==, 0);
      child = fork_child ();
      if (child == 0)
        while (TRUE)
          {
            store_fixture_save (fixture, "again");
            if (write (ends[1], "x", 1) != 1)
              _exit (1);
          }

      close (ends[1]);
      for (int i = 0; i <= round % 3; i++)
        {
          g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
          known++;
        }
      for (volatile int delay = 0; delay < round * 20000; delay++)
        ; /* so that the signal meets each step once */
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      while (read (ends[0], &byte, 1) == 1)
        known++;
      close (ends[0]);

      g_assert_cmpuint (store_fixture_count (fixture), >=, known);
      known = store_fixture_count (fixture);
    }

  store_fixture_save (fixture, "last");
  g_assert_cmpuint (store_fixture_count (fixture), ==, known + 1);
}

/* [F5] */
static void
test_two_writers (StoreFixture *fixture, gconstpointer data)
{
  pid_t children[2];

  for (int i = 0; i < 2; i++)
    {
      children[i] = fork_child ();
      if (children[i] == 0)
        {
          for (int j = 0; j < 50; j++)
            store_fixture_save (fixture, "one of a hundred");
          _exit (0);
        }
    }
  for (int i = 0; i < 2; i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }

  g_assert_cmpuint (store_fixture_count (fixture), ==, 100);
}

/* Who finds the lock taken waits, and after a while says so. */
static void
test_lock_held (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  int fd;

  store_fixture_save (fixture, "one");
  fd = g_open (lock, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  store_fixture_assert_refused (fixture, PSA_ERROR_STORAGE);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1); /* reading does not wait */
  close (fd);
  store_fixture_save (fixture, "two");
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/f3-disk-faults/full-disk", test_full_disk);
  ADD ("/f3-disk-faults/read-only", test_read_only);
  ADD ("/f3-disk-faults/failing-rename", test_failing_rename);
  g_test_add ("/f3-disk-faults/failing-sync/file", StoreFixture, GUINT_TO_POINTER (S_IFREG),
              store_fixture_set_up, test_failing_sync, store_fixture_tear_down);
  g_test_add ("/f3-disk-faults/failing-sync/folder", StoreFixture, GUINT_TO_POINTER (S_IFDIR),
              store_fixture_set_up, test_failing_sync, store_fixture_tear_down);
  ADD ("/f3-disk-faults/killed", test_killed);
  ADD ("/f5-two-programs/many-writers", test_two_writers);
  if (g_test_slow ()) /* takes the ten seconds that are waited for */
    ADD ("/f3-disk-faults/lock-held", test_lock_held);

  return g_test_run ();
}
