/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-practice"

#include "vendor-site.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static char *
find_address (const char *name)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (g_getenv ("PSA_VENDOR_HOSTS"), &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *blank = strchr (lines[i], ' ');

      if (blank != NULL && g_str_equal (blank + 1, name))
        return g_strndup (lines[i], (gsize) (blank - lines[i]));
    }
  g_error ("%s has no address", name);
}

/* The store is one of the system's files to the programs: it is added to, never replaced. */
static void
trust (const char *authority)
{
  g_autofree char *pem = NULL;
  g_autoptr(GError) error = NULL;
  FILE *store = g_fopen (g_getenv ("PSA_VENDOR_STORE"), "a");

  g_assert_nonnull (store);
  g_file_get_contents (authority, &pem, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fwrite (pem, 1, strlen (pem), store), ==, strlen (pem));
  g_assert_cmpint (fclose (store), ==, 0);
}

/**
 * vendor_site_new:
 * @name: a host of tests/place/vendor-hosts
 * @companies: the scenarios that it knows, with commas between them
 * @record: the file that its requests go to
 *
 * Starts a tenant whom the system vouches for, at the port that every program expects. To be called
 * before the first connection of this process, which reads the trust store once.
 *
 * Returns: (transfer full): the running tenant
 */
PracticeFixture *
vendor_site_new (const char *name, const char *companies, const char *record)
{
  g_autofree char *address = find_address (name);
  g_autofree char *authority = g_strconcat (record, ".pem", NULL);
  PracticeFixture *site = practice_fixture_new (
      WORDS ("--address", address, "--port", "443", "--names", name, "--authority", authority,
             "--companies", companies, "--record", record));

  trust (authority);
  return site;
}

/**
 * vendor_site_count_signed:
 * @record: where requests are recorded
 *
 * Returns: how many of them came with credentials
 */
guint
vendor_site_count_signed (const char *record)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  guint n_signed = 0;

  g_file_get_contents (record, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++)
    n_signed += strstr (lines[i], "Authorization") != NULL || strstr (lines[i], "clientId") != NULL;
  return n_signed;
}
