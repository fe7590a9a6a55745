/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat status;

      if (lstat (child, &status) == 0 && S_ISDIR (status.st_mode))
        remove_tree (child);
      else
        g_assert_cmpint (unlink (child), ==, 0);
    }
  g_assert_cmpint (rmdir (path), ==, 0);
}

void
store_fixture_write (const char *path, const char *text, mode_t mode)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (chmod (path, mode), ==, 0);
}

char *
store_fixture_read (const char *path)
{
  char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

mode_t
store_fixture_get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  fixture->outside = g_dir_make_tmp ("psa-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->outside, "a", "data", NULL);
  fixture->path = g_build_filename (fixture->folder, "profiles.json", NULL);
  fixture->victim = g_build_filename (fixture->outside, "victim", NULL);
  store_fixture_write (fixture->victim, STORE_FIXTURE_VICTIM, 0644);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  remove_tree (fixture->outside);
  g_free (fixture->outside);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->victim);
}

/* @user_data: the name of the profile to add */
gboolean
store_fixture_add_profile (PsaDocument *document, gpointer user_data, GError **error)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaProfile) kept = NULL;

  psa_profile_set_name (profile, user_data);
  kept = psa_document_put (document, profile, NULL, FALSE);
  return TRUE;
}

void
store_fixture_save (StoreFixture *fixture, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaDocument) document =
      psa_store_file_change (fixture->folder, NULL, store_fixture_add_profile, (gpointer) name, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
}

guint
store_fixture_count (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaStoreRead) read = psa_store_file_read (fixture->folder, &error);
  g_autoptr(GPtrArray) profiles = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (read->document);
  g_assert_null (read->reason);
  profiles = psa_document_dup_profiles (read->document);
  return profiles->len;
}

void
store_fixture_assert_refused (StoreFixture *fixture, PsaError code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaDocument) document =
      psa_store_file_change (fixture->folder, NULL, store_fixture_add_profile,
                             (gpointer) "refused", &error);

  g_assert_error (error, PSA_ERROR, (int) code);
  g_assert_null (document);
}
