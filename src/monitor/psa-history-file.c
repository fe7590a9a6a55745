/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-history-file.h"

#include "psa-error.h"
#include "psa-store-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The file is opened by the first call. When a call finds it damaged, the file is set aside and the
 * call is carried out on a new one, so that a result is not lost because older ones were.
 */

#define FILE_NAME "history.sqlite"
#define SCHEMA_VERSION 1 /* user_version; a file with a higher one is left alone */
#define BUSY_MS 5000
#define KEPT_DAYS 31 /* a day more than any picture of the past shows */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

struct _PsaHistoryFile
{
  char *folder;
  sqlite3 *db; /* NULL before the first call, and where the file is newer */
  gboolean newer;
  gboolean pruned; /* once for each time that it is opened */
  char *problem;
  dev_t device; /* of the file that is open */
  ino_t inode;
};

/* One of the three things to do; @data is its own. */
typedef gboolean (*Task) (PsaHistoryFile *self, gpointer data, GError **error);

static const char create_sql[] =
    "CREATE TABLE IF NOT EXISTS results ("
    "  id INTEGER PRIMARY KEY,"
    "  profile TEXT NOT NULL,"
    "  revision INTEGER NOT NULL,"
    "  checked_at INTEGER NOT NULL,"
    "  cause TEXT NOT NULL,"
    "  duration_ms REAL NOT NULL,"
    "  result TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX IF NOT EXISTS results_by_profile ON results (profile, checked_at);"
    /* The last one by order of arrival: the clock may have been set back. */
    "CREATE TABLE IF NOT EXISTS latest ("
    "  profile TEXT PRIMARY KEY,"
    "  result INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION) ";";

/* DAMAGED for what only another file would mend, STORAGE for the rest. @wrong_tables: where a mere
 * error means that the tables are not ours. */
static gboolean
fail_sql (PsaHistoryFile *self, gboolean wrong_tables, GError **error)
{
  int code = sqlite3_errcode (self->db);
  gboolean damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB
                     || (wrong_tables && code == SQLITE_ERROR);

  g_set_error (error, PSA_ERROR, damaged ? PSA_ERROR_DAMAGED : PSA_ERROR_STORAGE,
               _("The history of checks cannot be used: %s"), sqlite3_errmsg (self->db));
  return FALSE;
}

static gboolean
fail_errno (const char *path, GError **error)
{
  int saved_errno = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, PSA_ERROR, PSA_ERROR_STORAGE, _("Could not open “%s”: %s"), name,
               g_strerror (saved_errno));
  return FALSE;
}

static gboolean
run_sql (PsaHistoryFile *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK
         || fail_sql (self, FALSE, error);
}

static gboolean
create_tables (PsaHistoryFile *self, GError **error)
{
  return sqlite3_exec (self->db, create_sql, NULL, NULL, NULL) == SQLITE_OK
         || fail_sql (self, TRUE, error);
}

static sqlite3_stmt *
prepare (PsaHistoryFile *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail_sql (self, TRUE, error);

  return statement;
}

/* Runs a statement that gives no rows. */
static gboolean
finish_statement (PsaHistoryFile *self, sqlite3_stmt *statement, GError **error)
{
  return sqlite3_step (statement) == SQLITE_DONE || fail_sql (self, FALSE, error);
}

static void
bind_text (sqlite3_stmt *statement, int position, const char *text)
{
  sqlite3_bind_text (statement, position, text, -1, SQLITE_STATIC);
}

/* The folder's real name: SQLITE_OPEN_NOFOLLOW minds links in the whole path, and a home folder may
 * well lie behind one. */
static char *
dup_path (PsaHistoryFile *self)
{
  char *real = realpath (self->folder, NULL);
  char *path = g_build_filename (real != NULL ? real : self->folder, FILE_NAME, NULL);

  free (real);
  return path;
}

/* Makes the file, private from the start, before SQLite opens it: its companions take over the
 * mode. One that is there is not opened here, since closing it again would take away the locks of
 * any other connection that this process has to it. */
static gboolean
prepare_file (PsaHistoryFile *self, const char *path, GError **error)
{
  struct stat status;
  g_autofd int fd = -1;

  if (g_mkdir_with_parents (self->folder, 0700) != 0 || stat (self->folder, &status) != 0
      || ((status.st_mode & 0077) != 0 && chmod (self->folder, 0700) != 0))
    return fail_errno (self->folder, error);

  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if ((fd < 0 && errno != EEXIST) || lstat (path, &status) != 0)
    return fail_errno (path, error);

  /* Never through a link of either kind into a file that is not ours. */
  if (!S_ISREG (status.st_mode) || status.st_nlink != 1)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                           _("The history of checks is not an ordinary file."));
      return FALSE;
    }

  if ((status.st_mode & 0077) != 0 && chmod (path, 0600) != 0)
    return fail_errno (path, error);

  self->device = status.st_dev;
  self->inode = status.st_ino;
  return TRUE;
}

static gboolean
read_version (PsaHistoryFile *self, int *version, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = prepare (self, "PRAGMA user_version", error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return fail_sql (self, FALSE, error);

  *version = sqlite3_column_int (statement, 0);
  return TRUE;
}

/* One process at a time: of two that change the journal's mode, SQLite lets one wait and fails the
 * other at once. What is done does no harm when done twice. */
static gboolean
make_tables (PsaHistoryFile *self, GError **error)
{
  g_autofd int lock = psa_disk_lock (self->folder, FILE_NAME, error);

  return lock >= 0 && run_sql (self, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE", error)
         && create_tables (self, error) && run_sql (self, "COMMIT", error);
}

static gboolean
open_file (PsaHistoryFile *self, GError **error)
{
  g_autofree char *path = NULL;
  int version = 0;

  if (self->db != NULL || self->newer)
    return TRUE;

  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    return fail_errno (self->folder, error);

  path = dup_path (self);
  if (!prepare_file (self, path, error))
    return FALSE;

  /* Even a failed one leaves a handle, which has the message. */
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, NULL)
      != SQLITE_OK)
    return fail_sql (self, FALSE, error);

  sqlite3_busy_timeout (self->db, BUSY_MS);
  if (!run_sql (self, "PRAGMA trusted_schema = OFF", error)
      || !read_version (self, &version, error))
    return FALSE;

  if (version > SCHEMA_VERSION)
    {
      self->newer = TRUE;
      g_set_str (&self->problem, _("The history of checks was saved by a newer version of this "
                                   "program. It is left as it is, and no checks are remembered."));
      sqlite3_close_v2 (g_steal_pointer (&self->db));
      return TRUE;
    }

  return run_sql (self, "PRAGMA synchronous = NORMAL", error)
         && (version == SCHEMA_VERSION || make_tables (self, error));
}

static void
close_file (PsaHistoryFile *self)
{
  self->pruned = FALSE;
  sqlite3_close_v2 (g_steal_pointer (&self->db));
}

/* Gives the damaged file a name that nothing else has, unless another process has done so already.
 * */
static gboolean
set_file_aside (PsaHistoryFile *self, GError **error)
{
  g_autofree char *path = dup_path (self);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", path, date);
  g_autofree char *aside_wal = NULL;
  g_autofree char *name = NULL;
  gboolean was_open = self->db != NULL;
  struct stat status;

  close_file (self);
  if (lstat (path, &status) != 0
      || (was_open && (status.st_dev != self->device || status.st_ino != self->inode)))
    return TRUE;

  for (guint i = 2; lstat (aside, &status) == 0; i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%s-%u", path, date, i);
    }
  aside_wal = g_strconcat (aside, "-wal", NULL);

  if (g_rename (path, aside) != 0 || (g_rename (wal, aside_wal) != 0 && errno != ENOENT)
      || (g_unlink (shm) != 0 && errno != ENOENT))
    return fail_errno (path, error);

  name = g_filename_display_basename (aside);
  g_free (self->problem);
  self->problem = g_strdup_printf (_("The history of checks was damaged. It is kept as “%s”, and a "
                                     "new one has been begun."), name);
  return TRUE;
}

static PsaResult *
parse_result (const char *profile, const char *json)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) result = NULL;
  JsonNode *root;

  json_parser_set_strict (parser, TRUE);
  if (json_parser_load_from_data (parser, json, -1, &error))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        result = psa_result_new_from_json (json_node_get_object (root), &error);
    }

  /* One bad row costs no other; that profile counts as never checked. */
  if (result == NULL || g_strcmp0 (result->profile_id, profile) != 0)
    {
      g_info ("A kept result is passed over: %s", error != NULL ? error->message : "not its own");
      return NULL;
    }

  return g_steal_pointer (&result);
}

typedef struct
{
  const char *cause; /* (nullable): the only one that is wanted */
  GPtrArray *results;
} Load;

/* @data: the Load, whose array is filled */
static gboolean
load_results (PsaHistoryFile *self, gpointer data, GError **error)
{
  Load *load = data;
  g_autoptr(sqlite3_stmt) statement = NULL;
  int code;

  g_ptr_array_set_size (load->results, 0);
  if (self->newer)
    return TRUE;

  statement = prepare (self, "SELECT latest.profile, results.result FROM latest "
                             "JOIN results ON results.id = latest.result "
                             "WHERE ?1 IS NULL OR results.cause = ?1", error);
  if (statement == NULL)
    return FALSE;

  if (load->cause != NULL)
    bind_text (statement, 1, load->cause);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      PsaResult *result = parse_result ((const char *) sqlite3_column_text (statement, 0),
                                        (const char *) sqlite3_column_text (statement, 1));

      if (result != NULL)
        g_ptr_array_add (load->results, result);
    }

  return code == SQLITE_DONE || fail_sql (self, FALSE, error);
}

/* Forgets what is too old to be shown; the last result of a profile stays, however old. */
static gboolean
prune (PsaHistoryFile *self, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;

  if (self->pruned)
    return TRUE;

  statement = prepare (self,
                       "DELETE FROM results WHERE checked_at < ?1 "
                       "AND id NOT IN (SELECT result FROM latest)",
                       error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, g_get_real_time () - KEPT_DAYS * G_TIME_SPAN_DAY);
  self->pruned = finish_statement (self, statement, error);
  return self->pruned;
}

static char *
dup_json (PsaResult *result)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, psa_result_to_json (result));
  return json_to_string (node, FALSE);
}

/* @data: the result */
static gboolean
insert_result (PsaHistoryFile *self, gpointer data, GError **error)
{
  PsaResult *result = data;
  g_autofree char *json = dup_json (result);
  g_autoptr(sqlite3_stmt) insert =
      prepare (self, "INSERT INTO results "
                     "(profile, revision, checked_at, cause, duration_ms, result) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);
  g_autoptr(sqlite3_stmt) point = NULL;

  if (insert == NULL)
    return FALSE;

  bind_text (insert, 1, result->profile_id);
  sqlite3_bind_int64 (insert, 2, result->revision);
  sqlite3_bind_int64 (insert, 3, result->checked_at);
  bind_text (insert, 4, psa_cause_get_token (result->cause));
  sqlite3_bind_double (insert, 5, result->duration_ms);
  bind_text (insert, 6, json);
  if (!finish_statement (self, insert, error))
    return FALSE;

  point = prepare (self, "INSERT INTO latest (profile, result) VALUES (?1, ?2) "
                         "ON CONFLICT (profile) DO UPDATE SET result = excluded.result", error);
  if (point == NULL)
    return FALSE;

  bind_text (point, 1, result->profile_id);
  sqlite3_bind_int64 (point, 2, sqlite3_last_insert_rowid (self->db));
  return finish_statement (self, point, error) && prune (self, error);
}

/* @data: the profiles' ids */
static gboolean
delete_results (PsaHistoryFile *self, gpointer data, GError **error)
{
  GStrv ids = data;
  g_autoptr(sqlite3_stmt) latest = prepare (self, "DELETE FROM latest WHERE profile = ?1", error);
  g_autoptr(sqlite3_stmt) results = NULL;

  if (latest == NULL)
    return FALSE;
  results = prepare (self, "DELETE FROM results WHERE profile = ?1", error);
  if (results == NULL)
    return FALSE;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      bind_text (latest, 1, ids[i]);
      bind_text (results, 1, ids[i]);
      if (!finish_statement (self, latest, error) || !finish_statement (self, results, error))
        return FALSE;
      sqlite3_reset (latest);
      sqlite3_reset (results);
    }

  return TRUE;
}

/* All of it or nothing. IMMEDIATE, since a lock that is only raised in the middle is not waited
 * for. */
static gboolean
run_transaction (PsaHistoryFile *self, Task task, gpointer data, GError **error)
{
  if (self->newer)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_NEWER, self->problem);
      return FALSE;
    }
  if (!run_sql (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (task (self, data, error) && run_sql (self, "COMMIT", error))
    return TRUE;

  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL); /* the first error is what counts */
  return FALSE;
}

static gboolean
try_task (PsaHistoryFile *self, Task task, gpointer data, GError **error)
{
  return open_file (self, error)
         && (task == load_results ? task (self, data, error)
                                  : run_transaction (self, task, data, error));
}

/* Once more on a new file where the old one was damaged. */
static gboolean
run_task (PsaHistoryFile *self, Task task, gpointer data, GError **error)
{
  g_autoptr(GError) first = NULL;
  gboolean done = try_task (self, task, data, &first);

  if (!done && g_error_matches (first, PSA_ERROR, PSA_ERROR_DAMAGED))
    {
      g_clear_error (&first);
      done = set_file_aside (self, &first) && try_task (self, task, data, &first);
    }
  if (done)
    return TRUE;

  /* A handle that could not be set up, or met a disk that fails, is of no use to the next call. */
  if (self->db != NULL)
    close_file (self);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/**
 * psa_history_file_new:
 * @folder: the state folder; made where it is missing
 *
 * Returns: (transfer full): the file, still closed
 */
PsaHistoryFile *
psa_history_file_new (const char *folder)
{
  PsaHistoryFile *self = g_new0 (PsaHistoryFile, 1);

  self->folder = g_strdup (folder);
  return self;
}

/**
 * psa_history_file_free:
 *
 * Closes the file. Blocks.
 */
void
psa_history_file_free (PsaHistoryFile *self)
{
  sqlite3_close_v2 (self->db);
  g_free (self->folder);
  g_free (self->problem);
  g_free (self);
}

/**
 * psa_history_file_get_problem:
 *
 * Returns: (transfer none) (nullable): a translated sentence: a damaged file was set aside, or the
 *   file is of a newer version
 */
const char *
psa_history_file_get_problem (PsaHistoryFile *self)
{
  return self->problem;
}

/**
 * psa_history_file_load:
 * @cause: (nullable): a token; %NULL for any
 * @error: STORAGE
 *
 * Returns: (transfer full) (nullable) (element-type PsaResult): the last result of each profile that
 *   has this cause; none where the file is newer
 */
GPtrArray *
psa_history_file_load (PsaHistoryFile *self, const char *cause, GError **error)
{
  g_autoptr(GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) psa_result_unref);
  Load load = { cause, results };

  if (!run_task (self, load_results, &load, error))
    return NULL;
  if (self->db != NULL)
    sqlite3_db_release_memory (self->db); /* it has kept up to 2 MB of the file, which nobody reads again */
  return g_steal_pointer (&results);
}

/**
 * psa_history_file_add:
 * @result: a result that is this thread's alone
 * @error: NEWER or STORAGE
 *
 * Returns: TRUE if it is kept
 */
gboolean
psa_history_file_add (PsaHistoryFile *self, PsaResult *result, GError **error)
{
  return run_task (self, insert_result, result, error);
}

/**
 * psa_history_file_remove:
 * @ids: UUIDs of profiles
 * @error: NEWER or STORAGE
 *
 * Returns: TRUE if no result of theirs is kept
 */
gboolean
psa_history_file_remove (PsaHistoryFile *self, GStrv ids, GError **error)
{
  return run_task (self, delete_results, ids, error);
}

/**
 * psa_history_file_get_library:
 *
 * Returns: (transfer none): the version of SQLite that runs
 */
const char *
psa_history_file_get_library (void)
{
  return sqlite3_libversion ();
}
