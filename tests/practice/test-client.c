/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-practice"

#include "practice-fixture.h"

#include <string.h>

/* A client that nobody here wrote, and clients as the public ones are: paging, forward-only paging,
 * the way by companyinfo's codebase. */

/* The target of one relation in a Link header, without scheme and host. */
static char *
dup_link (PracticeReply *reply, const char *relation)
{
  const char *header = practice_reply_header (reply, "Link");
  g_auto(GStrv) links = NULL;
  g_autofree char *ending = g_strdup_printf (">; rel=\"%s\"", relation);

  links = g_strsplit (header != NULL ? header : "", ", ", 0);
  for (guint i = 0; links[i] != NULL; i++)
    {
      g_autoptr(GUri) uri = NULL;

      if (!g_str_has_suffix (links[i], ending))
        continue;
      g_assert_cmpint (links[i][0], ==, '<');
      links[i][strlen (links[i]) - strlen (ending)] = '\0';
      uri = g_uri_parse (links[i] + 1, G_URI_FLAGS_ENCODED, NULL);
      g_assert_nonnull (uri);
      return g_strdup_printf ("%s?%s", g_uri_get_path (uri), g_uri_get_query (uri));
    }
  return NULL;
}

/* The IDs of a list, counted; the first and last are set. */
static guint
read_ids (PracticeReply *reply, gint64 *first, gint64 *last)
{
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  JsonArray *records;
  guint count;

  g_assert_cmpuint (reply->status, ==, 200);
  root = json_from_string (reply->body, &error);
  g_assert_no_error (error);
  records = json_node_get_array (root);
  count = json_array_get_length (records);
  if (count > 0)
    {
      *first = json_object_get_int_member (json_array_get_object_element (records, 0), "id");
      *last = json_object_get_int_member (json_array_get_object_element (records, count - 1), "id");
    }
  return count;
}

static void
assert_page (PracticeFixture *tenant,
             const char *query,
             guint count,
             gint64 first,
             gboolean has_previous,
             gboolean has_next)
{
  g_autofree char *path = g_strconcat (ROUTER "/company/companies", query, NULL);
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, "paging", path, NULL);
  g_autofree char *previous = dup_link (reply, "prev");
  g_autofree char *next = dup_link (reply, "next");
  gint64 found_first = 0;
  gint64 found_last = 0;

  g_test_message ("%s", path);
  g_assert_cmpuint (read_ids (reply, &found_first, &found_last), ==, count);
  g_assert_cmpint (found_first, ==, first);
  g_assert_cmpint (previous != NULL, ==, has_previous);
  g_assert_cmpint (next != NULL, ==, has_next);
}

static void
test_pages (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  assert_page (tenant, "", 25, 1, FALSE, TRUE);
  assert_page (tenant, "?page=2", 25, 26, TRUE, TRUE);
  assert_page (tenant, "?pageSize=1000", 1000, 1, FALSE, TRUE);
  assert_page (tenant, "?pageSize=5000", 1000, 1, FALSE, TRUE);
  assert_page (tenant, "?pageSize=1000&page=3", 345, 2001, TRUE, FALSE);
  assert_page (tenant, "?pageSize=1000&page=4", 0, 0, TRUE, FALSE);
  assert_page (tenant, "?pageSize=0&page=0", 25, 1, FALSE, TRUE);
  assert_page (tenant, "?pageSize=x&page=-1", 25, 1, FALSE, TRUE);
  assert_page (tenant, "?conditions=name%20%3D%20%22a%2Bb%22", 25, 1, FALSE, TRUE);
}

/* From link to link to the end: each record once. */
static void
test_walk (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autofree char *path = g_strdup (MATRIX "?pageSize=100&orderBy=id");
  guint pages = 0;
  guint records = 0;

  while (path != NULL)
    {
      g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, "rights-matrix", path, NULL);
      gint64 first = 0;
      gint64 last = 0;

      g_assert_nonnull (strstr (path, "orderBy=id"));
      records += read_ids (reply, &first, &last);
      g_assert_cmpint (last, ==, records);
      pages++;
      g_free (path);
      path = dup_link (reply, "next");
    }
  g_assert_cmpuint (pages, ==, 2);
  g_assert_cmpuint (records, >, 100);
}

static void
test_forward_only (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autofree char *path = g_strdup (ROUTER "/company/companies?pageSize=900&pageId=0");
  guint records = 0;
  guint count = 1;

  while (count > 0)
    {
      g_autoptr(PracticeReply) reply =
          practice_fixture_get (tenant, "paging", path, WORDS ("pagination-type", "forward-only"));
      gint64 first = 0;
      gint64 last = 0;

      count = read_ids (reply, &first, &last);
      if (count > 0)
        g_assert_cmpint (first, ==, records + 1);
      records += count;
      g_free (path);
      path = dup_link (reply, "next"); /* is always there */
      g_assert_nonnull (path);
      g_assert_nonnull (strstr (path, "pageId="));
    }
  g_assert_cmpuint (records, ==, 2345);
}

/* One page needs no links. */
static void
test_one_page (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeReply) reply =
      practice_fixture_get (tenant, "ok", ROUTER "/service/tickets?pageSize=200", NULL);
  gint64 first = 0;
  gint64 last = 0;

  g_assert_cmpuint (read_ids (reply, &first, &last), ==, 123);
  g_assert_null (practice_reply_header (reply, "Link"));
}

/* The matrix as the check needs it: Finance may read nothing, and of Sales only the second page
 * says that something may. */
static void
test_matrix (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const char *paths[] = { MATRIX "?pageSize=100", MATRIX "?pageSize=100&page=2" };
  guint finance = 0;
  guint sales[2] = { 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(PracticeReply) reply =
          practice_fixture_get (tenant, "rights-matrix", paths[i], NULL);
      g_autoptr(JsonNode) root = json_from_string (reply->body, NULL);
      JsonArray *rows = json_node_get_array (root);

      for (guint row = 0; row < json_array_get_length (rows); row++)
        {
          JsonObject *right = json_array_get_object_element (rows, row);
          const char *module = json_object_get_string_member (right, "moduleName");
          gboolean is_none =
              g_str_equal (json_object_get_string_member (right, "inquireLevel"), "None");

          if (g_str_equal (module, "Finance"))
            {
              g_assert_true (is_none);
              finance++;
            }
          else if (g_str_equal (module, "Sales"))
            {
              g_assert_cmpint (is_none, ==, i == 0);
              sales[i]++;
            }
          else
            g_assert_false (is_none);
        }
    }
  g_assert_cmpuint (finance, >, 0);
  g_assert_cmpuint (sales[0], >, 0);
  g_assert_cmpuint (sales[1], >, 0);
}

/* A client that asks companyinfo for the codebase and goes on with that. */
static void
test_codebase (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeReply) company =
      practice_fixture_get (tenant, NULL, "/login/companyinfo/ok", NULL);
  g_autoptr(JsonNode) root = json_from_string (company->body, NULL);
  const char *codebase = json_object_get_string_member (json_node_get_object (root), "Codebase");
  g_autofree char *path = g_strdup_printf ("/%sapis/3.0/system/info", codebase);
  g_autoptr(PracticeReply) info = practice_fixture_get (tenant, "ok", path, NULL);

  g_assert_cmpstr (path, ==, RELEASE "/system/info");
  g_assert_cmpuint (info->status, ==, 200);
}

/* curl, which trusts the throw-away authority and nothing else; the keys go in by its standard
 * input. */
static char *
run_curl (PracticeFixture *tenant, const char *authority, const char *user, const char *path)
{
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *config = g_strdup_printf (
      "silent\nshow-error\ninclude\nnoproxy = \"*\"\ncacert = \"%s\"\n"
      "url = \"https://localhost:%u%s\"\nuser = \"%s+%s:%s\"\nheader = \"CLIENTID: %s\"\n"
      "header = \"Accept: application/vnd.connectwise.com+json; version=2025.1, "
      "application/json\"\n",
      authority, tenant->port, path, user, tenant->public_key, tenant->private_key,
      tenant->client_id);
  char *output = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, "curl", "--disable", "--config", "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, config, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static void
test_curl (void)
{
  g_autofree char *authority = practice_test_dup_file ("curl.pem");
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--authority", authority));
  g_autofree char *company =
      run_curl (tenant, authority, "ok", "/login/companyinfo/odd%2F50%25%26co");
  g_autofree char *info = run_curl (tenant, authority, "odd/50%&co", INFO);
  g_autofree char *matrix = run_curl (tenant, authority, "ok", MATRIX "?pageSize=1");
  g_autofree char *count =
      run_curl (tenant, authority, "ok", COUNT "?conditions=deletedFlag%3Dfalse");
  g_autofree char *refused = run_curl (tenant, authority, "nobody-has-this", INFO);

  g_assert_true (g_str_has_prefix (company, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (company, "\"CompanyName\""));
  g_assert_true (g_str_has_prefix (info, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (info, "\r\napi-current-version: 2025.1\r\n"));
  g_assert_true (g_str_has_prefix (matrix, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (matrix, "rel=\"next\""));
  g_assert_true (g_str_has_prefix (count, "HTTP/1.1 200 "));
  g_assert_true (g_str_has_suffix (count, "\r\n\r\n{\"count\":123}"));
  g_assert_true (g_str_has_prefix (refused, "HTTP/1.1 401 "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/practice/client/pages", test_pages);
  g_test_add_func ("/practice/client/walk", test_walk);
  g_test_add_func ("/practice/client/forward-only", test_forward_only);
  g_test_add_func ("/practice/client/one-page", test_one_page);
  g_test_add_func ("/practice/client/matrix", test_matrix);
  g_test_add_func ("/practice/client/codebase", test_codebase);
  g_test_add_func ("/practice/client/curl", test_curl);

  return g_test_run ();
}
