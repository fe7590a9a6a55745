/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"
#include "psa-error.h"

#include <errno.h> /* program_invocation_name: there may be no /proc */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The history on a real disk. Other processes are this program once more. */

static mode_t
get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

static void
test_last (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(PsaProfile) two = psa_profile_new ();
  g_autoptr(GPtrArray) none = NULL, results = NULL;
  g_autoptr(PsaResult) full = history_fixture_make_result (one, PSA_CAUSE_OK);
  g_autoptr(GError) error = NULL;
  PsaResult *found;

  none = history_fixture_load (history);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (psa_history_get_problem (history));

  history_fixture_add (history, one, PSA_CAUSE_KEYS_REJECTED);
  history_fixture_add (history, two, PSA_CAUSE_TIMED_OUT);
  psa_profile_set_revision (one, 7);
  g_clear_pointer (&full, psa_result_unref);
  full = history_fixture_make_result (one, PSA_CAUSE_OK);
  full->checked_at = 1; /* the clock was set back, and yet it is the last one */
  history_fixture_try_add (history, full, &error);
  g_assert_no_error (error);

  results = history_fixture_load (history);
  g_assert_cmpuint (results->len, ==, 2);
  found = history_fixture_find (results, one);
  g_assert_cmpint (found->cause, ==, PSA_CAUSE_OK);
  g_assert_cmpuint (found->revision, ==, 7);
  g_assert_cmpint (found->checked_at, ==, full->checked_at);
  g_assert_cmpfloat (found->duration_ms, ==, 212);
  g_assert_cmpint (history_fixture_find (results, two)->cause, ==, PSA_CAUSE_TIMED_OUT);
  g_assert_finalize_object (g_steal_pointer (&history));

  history_fixture_assert_last (fixture, one, PSA_CAUSE_OK); /* and after a restart */
}

static void
test_remove (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(PsaProfile) two = psa_profile_new ();
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  const char *ids[] = { psa_profile_get_id (one), "'; DROP TABLE results; --", NULL };

  history_fixture_add (history, one, PSA_CAUSE_OK);
  history_fixture_add (history, one, PSA_CAUSE_SLOW);
  history_fixture_add (history, two, PSA_CAUSE_OK);
  psa_history_remove_async (history, ids, NULL, history_fixture_result_cb, &result);
  history_fixture_wait (&result);
  psa_history_remove_finish (history, result, &error);
  g_assert_no_error (error);

  results = history_fixture_load (history);
  g_assert_cmpuint (results->len, ==, 1);
  g_assert_nonnull (history_fixture_find (results, two));
}

/* [F4] */
static void
test_modes (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  mode_t before = umask (0);

  history_fixture_add (history, one, PSA_CAUSE_OK);
  umask (before);
  g_assert_cmpint (get_mode (fixture->folder), ==, 0700);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (get_mode (wal), ==, 0600); /* it is a write-ahead log, then */
  g_assert_finalize_object (g_steal_pointer (&history));

  g_assert_cmpint (chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (chmod (fixture->path, 0644), ==, 0);
  history_fixture_assert_last (fixture, one, PSA_CAUSE_OK);
  g_assert_cmpint (get_mode (fixture->folder), ==, 0700);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
}

static void
assert_victim (HistoryFixture *fixture)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, HISTORY_FIXTURE_VICTIM);
}

/* [F4]: @data: "symbolic" or "hard" */
static void
test_link (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();

  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (fixture->victim, 0644), ==, 0);
  if (g_str_equal (data, "hard"))
    g_assert_cmpint (link (fixture->victim, fixture->path), ==, 0);
  else
    g_assert_cmpint (symlink (fixture->victim, fixture->path), ==, 0);

  history_fixture_add (history, one, PSA_CAUSE_OK);
  g_assert_nonnull (strstr (psa_history_get_problem (history), "history.sqlite.damaged-"));
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (get_mode (fixture->victim), ==, 0644);
  assert_victim (fixture);
  history_fixture_assert_last (fixture, one, PSA_CAUSE_OK);
}

/* A home folder behind a link is nothing unusual. */
static void
test_linked_folder (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *behind = g_build_filename (fixture->outside, "link", "state", NULL);
  g_autofree char *link_path = g_build_filename (fixture->outside, "link", NULL);
  g_autoptr(PsaHistory) history = psa_history_new (behind);
  g_autoptr(PsaProfile) one = psa_profile_new ();

  g_assert_cmpint (symlink (fixture->outside, link_path), ==, 0);
  history_fixture_add (history, one, PSA_CAUSE_OK);
  g_assert_null (psa_history_get_problem (history));
  history_fixture_assert_last (fixture, one, PSA_CAUSE_OK);
}

static guint
count_set_aside (HistoryFixture *fixture)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "history.sqlite.damaged-") && !g_str_has_suffix (name, "-wal");
  return n;
}

/* [F2] for this file. @data: what stands in it; "" is none, as SQLite sees it, but a new file. */
static void
test_damaged (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  for (guint round = 1; round <= 2; round++)
    {
      g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
      g_autoptr(GPtrArray) results = NULL;

      unlink (wal); /* two that close at once may both leave it to the other */
      g_file_set_contents (fixture->path, data, -1, &error);
      g_assert_no_error (error);
      results = history_fixture_load (history);
      g_assert_cmpuint (results->len, ==, 0);
      g_assert_nonnull (strstr (psa_history_get_problem (history), "history.sqlite.damaged-"));
      g_assert_cmpuint (count_set_aside (fixture), ==, round); /* none overwrites another */
      history_fixture_add (history, one, PSA_CAUSE_OK);
      g_assert_finalize_object (g_steal_pointer (&history));
      history_fixture_assert_last (fixture, one, PSA_CAUSE_OK);
      history_fixture_settle (fixture);
    }
}

static void
test_empty (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();

  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  history_fixture_add (history, one, PSA_CAUSE_OK);
  g_assert_null (psa_history_get_problem (history));
  history_fixture_assert_last (fixture, one, PSA_CAUSE_OK);
}

static void
run_sql (HistoryFixture *fixture, const char *sql)
{
  const char *argv[] = { "sqlite3", fixture->path, sql, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
skip_without_sqlite (void)
{
  g_autofree char *program = g_find_program_in_path ("sqlite3");

  if (program == NULL)
    g_test_skip ("the program sqlite3 is not installed");
  return program == NULL;
}

/* Pages in the middle are gone while it is open: the result at hand is kept all the same. */
static void
test_damaged_meanwhile (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(GError) error = NULL;

  if (skip_without_sqlite ())
    return;

  history_fixture_add (history, one, PSA_CAUSE_OK);
  g_clear_object (&history);
  history_fixture_settle (fixture);
  run_sql (fixture, "DROP TABLE latest");

  history = psa_history_new (fixture->folder);
  history_fixture_add (history, one, PSA_CAUSE_SLOW);
  g_assert_nonnull (psa_history_get_problem (history));
  g_assert_cmpuint (count_set_aside (fixture), ==, 1);
  history_fixture_assert_last (fixture, one, PSA_CAUSE_SLOW);
}

/* One bad row costs no other. */
static void
test_bad_row (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(PsaProfile) two = psa_profile_new ();
  g_autoptr(PsaProfile) three = psa_profile_new ();
  g_autoptr(GPtrArray) results = NULL;
  g_autofree char *sql = NULL;

  if (skip_without_sqlite ())
    return;

  history_fixture_add (history, one, PSA_CAUSE_OK);
  history_fixture_add (history, two, PSA_CAUSE_OK);
  history_fixture_add (history, three, PSA_CAUSE_OK);
  sql = g_strdup_printf ("UPDATE results SET result = '{' WHERE profile = '%s';"
                         "UPDATE results SET result = (SELECT result FROM results "
                         "WHERE profile = '%s') WHERE profile = '%s'",
                         psa_profile_get_id (one), psa_profile_get_id (two),
                         psa_profile_get_id (three)); /* three holds two's */
  run_sql (fixture, sql);
  results = history_fixture_load (history);
  g_assert_cmpuint (results->len, ==, 1);
  g_assert_nonnull (history_fixture_find (results, two));
  g_assert_cmpuint (count_set_aside (fixture), ==, 0);
}

static void
add_at (PsaHistory *history, PsaProfile *profile, int days_ago)
{
  g_autoptr(PsaResult) check_result = history_fixture_make_result (profile, PSA_CAUSE_OK);
  g_autoptr(GError) error = NULL;

  check_result->checked_at -= days_ago * G_TIME_SPAN_DAY;
  history_fixture_try_add (history, check_result, &error);
  g_assert_no_error (error);
}

/* What nothing shows any more is forgotten at the next start, but never the last of a profile. */
static void
test_old (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(PsaProfile) two = psa_profile_new ();
  g_autoptr(PsaProfile) three = psa_profile_new ();

  if (skip_without_sqlite ())
    return;

  add_at (history, one, 40);
  add_at (history, one, 32);
  add_at (history, one, 30);
  add_at (history, one, 0);
  add_at (history, two, 40);
  g_assert_finalize_object (g_steal_pointer (&history));

  history = psa_history_new (fixture->folder);
  add_at (history, three, 0);
  run_sql (fixture, "CREATE TEMP TABLE seen (n CHECK (n = 4));"
                    "INSERT INTO seen SELECT count(*) FROM results;");
  g_assert_finalize_object (g_steal_pointer (&history));
  history_fixture_assert_last (fixture, one, PSA_CAUSE_OK);
  history_fixture_assert_last (fixture, two, PSA_CAUSE_OK);
}

static void
test_newer (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(PsaResult) check_result = NULL;
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize before_size, after_size;

  if (skip_without_sqlite ())
    return;

  history_fixture_add (history, one, PSA_CAUSE_OK);
  g_clear_object (&history);
  history_fixture_settle (fixture);
  run_sql (fixture, "PRAGMA user_version = 2; PRAGMA wal_checkpoint(TRUNCATE)");
  g_assert_true (g_file_get_contents (fixture->path, &before, &before_size, NULL));

  history = psa_history_new (fixture->folder);
  results = history_fixture_load (history);
  g_assert_cmpuint (results->len, ==, 0);
  g_assert_nonnull (psa_history_get_problem (history));
  check_result = history_fixture_make_result (one, PSA_CAUSE_SLOW);
  g_assert_false (history_fixture_try_add (history, check_result, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NEWER);
  g_assert_true (g_file_get_contents (fixture->path, &after, &after_size, NULL));
  g_assert_cmpmem (before, before_size, after, after_size);
  g_assert_cmpuint (count_set_aside (fixture), ==, 0);
}

/* A folder that cannot be made: told, and told no more once it can. */
static void
test_unwritable (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->victim, "state", NULL);
  g_autoptr(PsaHistory) history = psa_history_new (folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(PsaResult) check_result = history_fixture_make_result (one, PSA_CAUSE_OK);
  g_autoptr(GError) error = NULL;

  g_assert_false (history_fixture_try_add (history, check_result, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_STORAGE);
  g_assert_nonnull (psa_history_get_problem (history));
  assert_victim (fixture);

  g_assert_cmpint (unlink (fixture->victim), ==, 0);
  history_fixture_add (history, one, PSA_CAUSE_OK);
  g_assert_null (psa_history_get_problem (history));
}

static void
test_cancel (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(PsaResult) check_result = history_fixture_make_result (one, PSA_CAUSE_OK);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  psa_history_add_async (history, check_result, cancellable, history_fixture_result_cb, &result);
  history_fixture_wait (&result);
  g_assert_false (psa_history_add_finish (history, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  results = history_fixture_load (history);
  g_assert_cmpuint (results->len, ==, 0);
  g_assert_null (psa_history_get_problem (history));
}

/* Of three profiles one was last told to wait, one before its last check, and one never. */
static void
test_pauses (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) waits = psa_profile_new (), waited = psa_profile_new ();
  g_autoptr(PsaProfile) never = psa_profile_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;

  history_fixture_add (history, waits, PSA_CAUSE_OK);
  history_fixture_add (history, waits, PSA_CAUSE_RATE_LIMITED);
  history_fixture_add (history, waited, PSA_CAUSE_RATE_LIMITED);
  history_fixture_add (history, waited, PSA_CAUSE_OK);
  history_fixture_add (history, never, PSA_CAUSE_OK);
  psa_history_load_async (history, PSA_HISTORY_PAUSES, NULL, history_fixture_result_cb, &result);
  history_fixture_wait (&result);
  results = psa_history_load_finish (history, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 1);
  g_assert_nonnull (history_fixture_find (results, waits));
}

#define N_WRITES 50

static GPid
start_writer (HistoryFixture *fixture)
{
  char *argv[] = { program_invocation_name, (char *) "--write", fixture->folder, NULL };
  g_autoptr(GError) error = NULL;
  GPid pid;

  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

/* Window and psactl write both, and both make the file at the same moment. */
static int
write_many (const char *folder)
{
  g_autoptr(PsaHistory) history = psa_history_new (folder);

  for (int i = 0; i < N_WRITES; i++)
    {
      g_autoptr(PsaProfile) profile = psa_profile_new ();

      history_fixture_add (history, profile, PSA_CAUSE_OK);
    }
  return psa_history_get_problem (history) == NULL ? 0 : 1;
}

static void
test_two_writers (HistoryFixture *fixture, gconstpointer data)
{
  GPid pids[3];
  g_autoptr(PsaHistory) history = NULL;
  g_autoptr(GPtrArray) results = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    pids[i] = start_writer (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    {
      int status;

      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }

  history = psa_history_new (fixture->folder);
  results = history_fixture_load (history);
  g_assert_cmpuint (results->len, ==, N_WRITES * G_N_ELEMENTS (pids));
}

#define N_ROUNDS 40

/* The step from no file to a set-up one, by many at the same moment; each has a thread of its own. */
static void
test_made_at_once (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaResult) check_result = history_fixture_make_result (profile, PSA_CAUSE_OK);

  for (int round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *name = g_strdup_printf ("state-%d", round);
      g_autofree char *folder = g_build_filename (fixture->outside, name, NULL);
      PsaHistory *histories[4];
      GAsyncResult *results[G_N_ELEMENTS (histories)] = { NULL };

      for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
        {
          histories[i] = psa_history_new (folder);
          psa_history_add_async (histories[i], check_result, NULL, history_fixture_result_cb,
                                 &results[i]);
        }
      for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
        {
          g_autoptr(GError) error = NULL;

          history_fixture_wait (&results[i]);
          psa_history_add_finish (histories[i], results[i], &error);
          g_assert_no_error (error);
          g_assert_null (psa_history_get_problem (histories[i]));
          g_object_unref (results[i]);
          g_object_unref (histories[i]);
        }
    }
}

/* [F3] */
static void
test_killed (HistoryFixture *fixture, gconstpointer data)
{
  for (int round = 0; round < 5; round++)
    {
      g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
      g_autoptr(PsaProfile) one = psa_profile_new ();
      guint n_before, n = 0;
      GPid pid;
      int status;

      {
        g_autoptr(GPtrArray) results = history_fixture_load (history);

        n_before = results->len;
      }
      pid = start_writer (fixture);
      while (n <= n_before) /* it is in the middle of it */
        {
          g_autoptr(GPtrArray) results = history_fixture_load (history);

          n = results->len;
        }
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);

      history_fixture_add (history, one, PSA_CAUSE_OK);
      g_assert_null (psa_history_get_problem (history));
      g_assert_finalize_object (g_steal_pointer (&history));
      history_fixture_assert_last (fixture, one, PSA_CAUSE_OK);
    }
}

/* [P1]: the last results of 10,000 profiles, each with some history. */
static void
test_large (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(PsaProfile) one = psa_profile_new ();
  g_autoptr(GPtrArray) results = NULL;
  g_autofree char *sql = NULL;

  if (skip_without_sqlite ())
    return;

  history_fixture_add (history, one, PSA_CAUSE_OK);
  sql = g_strdup_printf (
      "BEGIN;"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
      "INSERT INTO results (profile, revision, checked_at, cause, duration_ms, result) "
      "SELECT 'p' || (i %% 10000), 1, i, cause, 1.0, "
      "replace(result, '%s', 'p' || (i %% 10000)) FROM n, results WHERE results.id = 1;"
      "INSERT INTO latest SELECT profile, max(id) FROM results WHERE profile LIKE 'p%%' "
      "GROUP BY profile;"
      "COMMIT", psa_profile_get_id (one));
  run_sql (fixture, sql);
  results = history_fixture_load (history);
  g_assert_cmpuint (results->len, ==, 10001);
}

#define ADD(path, data, func) \
  g_test_add (path, HistoryFixture, data, history_fixture_set_up, func, history_fixture_tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    return write_many (argv[2]);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/history/last", NULL, test_last);
  ADD ("/history/pauses", NULL, test_pauses);
  ADD ("/history/remove", NULL, test_remove);
  ADD ("/f4-links-and-modes/history/modes", NULL, test_modes);
  ADD ("/f4-links-and-modes/history/symbolic-link", "symbolic", test_link);
  ADD ("/f4-links-and-modes/history/hard-link", "hard", test_link);
  ADD ("/f4-links-and-modes/history/folder", NULL, test_linked_folder);
  ADD ("/f2-damaged-file/history/noise", "This is no database, however one looks at it.", test_damaged);
  ADD ("/f2-damaged-file/history/cut-short", "SQLite format 3", test_damaged);
  ADD ("/f2-damaged-file/history/meanwhile", NULL, test_damaged_meanwhile);
  ADD ("/history/empty", NULL, test_empty);
  ADD ("/history/bad-row", NULL, test_bad_row);
  ADD ("/history/old", NULL, test_old);
  ADD ("/history/newer", NULL, test_newer);
  ADD ("/f3-disk-faults/history/unwritable", NULL, test_unwritable);
  ADD ("/history/cancel", NULL, test_cancel);
  ADD ("/f5-two-programs/history", NULL, test_two_writers);
  ADD ("/f5-two-programs/history-made-at-once", NULL, test_made_at_once);
  ADD ("/f3-disk-faults/history/killed", NULL, test_killed);
  ADD ("/history/large", NULL, test_large);

  return g_test_run ();
}
