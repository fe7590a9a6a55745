/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* profiles.json on a real disk: modes, links, damage, backups. What fails beneath it is in
 * test-store-faults.c. */

static void
test_missing (StoreFixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (store_fixture_count (fixture), ==, 0);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS)); /* reading makes nothing */

  store_fixture_save (fixture, "one");
  store_fixture_save (fixture, "two");
  g_assert_cmpuint (store_fixture_count (fixture), ==, 2);
}

/* [F4] */
static void
test_modes (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  mode_t before = umask (0);

  store_fixture_save (fixture, "one");
  umask (before);
  g_assert_cmpint (store_fixture_get_mode (fixture->folder), ==, 0700);
  g_assert_cmpint (store_fixture_get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (store_fixture_get_mode (lock), ==, 0600);
}

static void
test_wider_modes (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);

  store_fixture_save (fixture, "one");
  g_assert_cmpint (chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (chmod (lock, 0666), ==, 0);

  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);
  g_assert_cmpint (store_fixture_get_mode (fixture->path), ==, 0600);

  g_assert_cmpint (chmod (fixture->path, 0644), ==, 0);
  store_fixture_save (fixture, "two");
  g_assert_cmpint (store_fixture_get_mode (fixture->folder), ==, 0700);
  g_assert_cmpint (store_fixture_get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (store_fixture_get_mode (lock), ==, 0600);
}

/* [F4]: a link, whatever it leads to, is set aside by reading and never written through. */
static void
test_symbolic_link (StoreFixture *fixture, gconstpointer data)
{
  const char *target = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaStoreRead) read = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);

  store_fixture_assert_refused (fixture, PSA_ERROR_DAMAGED);
  read = psa_store_file_read (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_nonnull (read->set_aside);
  g_assert_true (g_file_test (read->set_aside, G_FILE_TEST_IS_SYMLINK));

  store_fixture_save (fixture, "one");
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);
  g_assert_cmpint (store_fixture_get_mode (fixture->path), ==, 0600);
  text = store_fixture_read (fixture->victim);
  g_assert_cmpstr (text, ==, STORE_FIXTURE_VICTIM);
  g_assert_cmpint (store_fixture_get_mode (fixture->victim), ==, 0644);
}

/* A link that appears between reading and writing is replaced, and gives its mode to nobody. */
static gboolean
plant_link (PsaDocument *document, gpointer user_data, GError **error)
{
  StoreFixture *fixture = user_data;

  g_assert_cmpint (unlink (fixture->path), ==, 0);
  g_assert_cmpint (symlink (fixture->victim, fixture->path), ==, 0);
  return store_fixture_add_profile (document, (gpointer) "two", error);
}

static void
test_late_link (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaDocument) document = NULL;
  g_autofree char *text = NULL;

  store_fixture_save (fixture, "one");
  document = psa_store_file_change (fixture->folder, NULL, plant_link, fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_get_mode (fixture->path), ==, 0600);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 2);
  text = store_fixture_read (fixture->victim);
  g_assert_cmpstr (text, ==, STORE_FIXTURE_VICTIM);
}

static void
test_hard_link (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;

  store_fixture_save (fixture, "one");
  g_assert_cmpint (unlink (fixture->victim), ==, 0);
  g_assert_cmpint (chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (link (fixture->path, fixture->victim), ==, 0);
  before = store_fixture_read (fixture->victim);

  store_fixture_save (fixture, "two");
  g_assert_cmpuint (store_fixture_count (fixture), ==, 2);
  g_assert_cmpint (store_fixture_get_mode (fixture->path), ==, 0600);
  after = store_fixture_read (fixture->victim);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (store_fixture_get_mode (fixture->victim), ==, 0644);
}

static void
test_linked_lock (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_cmpint (symlink (fixture->victim, lock), ==, 0);
  store_fixture_save (fixture, "one");
  g_assert_false (g_file_test (lock, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (store_fixture_get_mode (fixture->victim), ==, 0644);
  text = store_fixture_read (fixture->victim);
  g_assert_cmpstr (text, ==, STORE_FIXTURE_VICTIM);
}

static void
test_not_a_file (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaStoreRead) read = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0); /* whoever opens it to read would hang */
  read = psa_store_file_read (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_nonnull (read->set_aside);
  store_fixture_save (fixture, "one");
}

/* [F2] */
typedef struct
{
  const char *name;
  const char *text;
  gssize length;
} Damage;

static const Damage damages[] = {
  { "empty", "", 0 },
  { "blank", " \n", -1 },
  { "cut-short", "{\"schema\":1,\"integrations\":[],\"profiles\":[{\"id\":\"", -1 },
  { "zeros", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16 },
  { "noise", "\x8f\x03\xf1q\x11\xe2\x9c\xff\xfe", -1 },
  { "two-values", "{\"schema\":1} {\"schema\":1}", -1 },
  { "array", "[]", -1 },
  { "wrong-types", "{\"schema\":\"1\",\"profiles\":{}}", -1 },
  { "duplicate-keys", "{\"schema\":1,\"profiles\":[],\"profiles\":[]}", -1 },
  { "bad-utf-8", "{\"schema\":1,\"profiles\":[],\"x\":\"\xc3\x28\"}", -1 },
};

static void
assert_set_aside (StoreFixture *fixture, PsaStoreRead *read, gconstpointer bytes, gsize size)
{
  g_autofree char *kept = NULL;
  gsize kept_size = 0;
  g_autoptr(GError) error = NULL;

  g_assert_null (read->document);
  g_assert_nonnull (read->reason);
  g_assert_nonnull (read->set_aside);
  g_assert_true (g_str_has_prefix (read->set_aside, fixture->path));
  g_assert_nonnull (strstr (read->set_aside, "profiles.json.damaged-"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_file_get_contents (read->set_aside, &kept, &kept_size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (kept, kept_size, bytes, size);
}

static void
test_damaged (StoreFixture *fixture, gconstpointer data)
{
  const Damage *damage = data;
  gsize size = damage->length < 0 ? strlen (damage->text) : (gsize) damage->length;
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *first_aside = NULL;

  store_fixture_save (fixture, "one");
  store_fixture_save (fixture, "two"); /* the day's backup holds "one" */
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(PsaStoreRead) read = NULL;

      g_file_set_contents (fixture->path, damage->text, size, &error);
      g_assert_no_error (error);
      store_fixture_assert_refused (fixture, PSA_ERROR_DAMAGED);
      g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

      read = psa_store_file_read (fixture->folder, &error);
      g_assert_no_error (error);
      assert_set_aside (fixture, read, damage->text, size);
      g_assert_nonnull (read->backup);
      g_assert_cmpstr (read->set_aside, !=, first_aside); /* the second overwrites nothing */
      g_set_str (&first_aside, read->set_aside);
    }

  /* Whoever comes next finds no file, and is still offered the backup. */
  {
    g_autoptr(PsaStoreRead) read = psa_store_file_read (fixture->folder, &error);
    g_autoptr(PsaDocument) restored = NULL;

    g_assert_no_error (error);
    g_assert_nonnull (read->reason);
    g_assert_nonnull (read->backup);
    restored = psa_store_file_restore (fixture->folder, read->backup, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);
}

/* What another system's editor adds, a byte order mark and its line ends, loses nothing: such a file is whole. */
static void
test_edited_elsewhere (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaStoreRead) read = NULL;
  g_autoptr(GString) text = NULL;
  g_autofree char *saved = NULL;

  store_fixture_save (fixture, "one");
  saved = store_fixture_read (fixture->path);
  text = g_string_new (saved);
  g_assert_cmpuint (g_string_replace (text, "\n", "\r\n", 0), >, 0);
  g_string_prepend (text, "\xef\xbb\xbf");
  g_file_set_contents (fixture->path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);

  read = psa_store_file_read (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_null (read->set_aside);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);
}

static void
test_huge (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaStoreRead) read = NULL;

  store_fixture_save (fixture, "one");
  g_assert_cmpint (truncate (fixture->path, 100 * 1024 * 1024), ==, 0);
  read = psa_store_file_read (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_nonnull (read->set_aside);
  g_assert_cmpstr (read->reason, ==, "It is larger than any that is saved here.");
}

static void
test_newer (StoreFixture *fixture, gconstpointer data)
{
  const char *text = "{\"schema\":2,\"profiles\":[],\"unheard-of\":{}}";
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaStoreRead) read = NULL;
  g_autoptr(PsaDocument) restored = NULL;
  g_autofree char *after = NULL;

  store_fixture_save (fixture, "one");
  store_fixture_save (fixture, "two");
  store_fixture_write (fixture->path, text, 0600);
  read = psa_store_file_read (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_nonnull (read->document);
  g_assert_true (psa_document_is_newer (read->document));
  g_assert_null (read->set_aside);

  store_fixture_assert_refused (fixture, PSA_ERROR_NEWER);
  after = store_fixture_read (fixture->path);
  g_assert_cmpstr (after, ==, text);
}

static char *
dup_backup_path (StoreFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, "backups", name, NULL);
}

static char *
dup_todays_backup (StoreFixture *fixture)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "profiles-%Y-%m-%d.json");

  return dup_backup_path (fixture, name);
}

static void
test_backups (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *today = dup_todays_backup (fixture);
  g_autofree char *oldest = dup_backup_path (fixture, "profiles-2020-01-01.json");
  g_autofree char *fourth = dup_backup_path (fixture, "profiles-2020-01-03.json");
  g_autofree char *foreign = dup_backup_path (fixture, "notes.json");
  g_autofree char *before = NULL, *kept = NULL;

  store_fixture_save (fixture, "one"); /* there was nothing to keep */
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  before = store_fixture_read (fixture->path);

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  for (int day = 1; day <= 6; day++)
    {
      g_autofree char *name = g_strdup_printf ("profiles-2020-01-%02d.json", day);
      g_autofree char *path = dup_backup_path (fixture, name);

      store_fixture_write (path, "{}", 0644);
    }
  store_fixture_write (foreign, "{}", 0600);

  store_fixture_save (fixture, "two");
  store_fixture_save (fixture, "three"); /* the same day: the first one stays */
  kept = store_fixture_read (today);
  g_assert_cmpstr (kept, ==, before);
  g_assert_cmpint (store_fixture_get_mode (today), ==, 0600);
  g_assert_cmpint (store_fixture_get_mode (folder), ==, 0700);
  g_assert_false (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fourth, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

static void
test_good_backup (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *good = dup_backup_path (fixture, "profiles-2020-01-01.json");
  g_autofree char *bad = dup_backup_path (fixture, "profiles-2020-01-02.json");
  g_autofree char *newer = dup_backup_path (fixture, "profiles-2020-01-03.json");
  g_autofree char *today = dup_todays_backup (fixture);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaStoreRead) read = NULL;

  store_fixture_save (fixture, "one");
  store_fixture_save (fixture, "two");
  text = store_fixture_read (today);
  g_assert_cmpint (unlink (today), ==, 0);
  store_fixture_write (good, text, 0600);
  store_fixture_write (bad, "{\"schema\":1", 0600);
  store_fixture_write (newer, "{\"schema\":2}", 0600);
  store_fixture_write (fixture->path, "", 0600);

  read = psa_store_file_read (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->backup, ==, good);
}

static gboolean
remove_all (PsaDocument *document, gpointer user_data, GError **error)
{
  g_autoptr(GPtrArray) profiles = psa_document_dup_profiles (document);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < profiles->len; i++)
    {
      const char *ids[] = { psa_profile_get_id (profiles->pdata[i]), NULL };

      psa_document_remove (document, ids, now);
    }
  return TRUE;
}

/* [K3]: going back removes no secret later on, and what was there is kept as well. */
static void
test_restore (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *today = dup_todays_backup (fixture);
  g_autofree char *old = dup_backup_path (fixture, "profiles-2020-01-01.json");
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaDocument) changed = NULL, restored = NULL;
  g_autoptr(GDir) dir = NULL;
  g_auto(GStrv) deleted = NULL;
  g_autofree char *before = NULL;
  gboolean kept = FALSE;
  const char *name;

  store_fixture_save (fixture, "one");
  changed = psa_store_file_change (fixture->folder, NULL, remove_all, NULL, &error);
  g_assert_no_error (error);
  store_fixture_save (fixture, "two");
  before = store_fixture_read (fixture->path); /* "two", and "one" in `deleted` */
  store_fixture_write (old, before, 0600);
  store_fixture_save (fixture, "three");

  restored = psa_store_file_restore (fixture->folder, old, NULL, &error);
  g_assert_no_error (error);
  deleted = psa_document_dup_deleted (restored);
  g_assert_cmpuint (g_strv_length (deleted), ==, 0);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);

  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    kept |= g_str_has_prefix (name, "before-restore-");
  g_assert_true (kept);

  g_clear_pointer (&restored, psa_document_free);
  store_fixture_write (old, "{", 0600);
  restored = psa_store_file_restore (fixture->folder, old, NULL, &error);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_DAMAGED);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);
}

static void
test_leftover (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *leftover = g_strconcat (fixture->path, ".new", NULL);

  store_fixture_save (fixture, "one");
  store_fixture_write (leftover, "{\"schema\":1,\"prof", 0644);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 1);
  store_fixture_save (fixture, "two");
  g_assert_cmpint (store_fixture_get_mode (fixture->path), ==, 0600);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));

  /* and a link that somebody put there is not written through */
  g_assert_cmpint (symlink (fixture->victim, leftover), ==, 0);
  store_fixture_save (fixture, "three");
  {
    g_autofree char *text = store_fixture_read (fixture->victim);

    g_assert_cmpstr (text, ==, STORE_FIXTURE_VICTIM);
  }
}

static gboolean
change_nothing (PsaDocument *document, gpointer user_data, GError **error)
{
  return TRUE;
}

static gboolean
refuse (PsaDocument *document, gpointer user_data, GError **error)
{
  g_assert_true (store_fixture_add_profile (document, (gpointer) "lost", error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  return FALSE;
}

static void
test_no_change (StoreFixture *fixture, gconstpointer data)
{
  struct stat before, after;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaDocument) unchanged = NULL, refused = NULL;

  store_fixture_save (fixture, "one");
  g_assert_cmpint (stat (fixture->path, &before), ==, 0);
  unchanged = psa_store_file_change (fixture->folder, NULL, change_nothing, NULL, &error);
  g_assert_no_error (error);
  refused = psa_store_file_change (fixture->folder, NULL, refuse, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (refused);
  g_assert_cmpint (stat (fixture->path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
}

#define ADD(path, data, func) \
  g_test_add (path, StoreFixture, data, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/store-file/missing", NULL, test_missing);
  ADD ("/f4-links-and-modes/modes", NULL, test_modes);
  ADD ("/f4-links-and-modes/wider-modes", NULL, test_wider_modes);
  ADD ("/f4-links-and-modes/symbolic-link", "../../victim", test_symbolic_link);
  ADD ("/f4-links-and-modes/dangling-link", "nowhere", test_symbolic_link);
  ADD ("/f4-links-and-modes/late-link", NULL, test_late_link);
  ADD ("/f4-links-and-modes/hard-link", NULL, test_hard_link);
  ADD ("/f4-links-and-modes/linked-lock", NULL, test_linked_lock);
  ADD ("/store-file/not-a-file", NULL, test_not_a_file);
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/f2-damaged-file/", damages[i].name, NULL);

      ADD (path, &damages[i], test_damaged);
    }
  ADD ("/f2-damaged-file/edited-elsewhere", NULL, test_edited_elsewhere);
  ADD ("/f2-damaged-file/huge", NULL, test_huge);
  ADD ("/f2-damaged-file/newer", NULL, test_newer);
  ADD ("/store-file/backups", NULL, test_backups);
  ADD ("/store-file/good-backup", NULL, test_good_backup);
  ADD ("/store-file/restore", NULL, test_restore);
  ADD ("/store-file/leftover", NULL, test_leftover);
  ADD ("/store-file/no-change", NULL, test_no_change);

  return g_test_run ();
}
