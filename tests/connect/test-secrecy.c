/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"

#include <string.h>

/* Signs that each encoding writes in another way. */
#define CANARY "Canary/9f3c+\"<&=>\\7e1b"

static char *
make_path (const char *name)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);

  return g_build_filename (g_get_user_runtime_dir (), name, NULL);
}

static GPtrArray *
read_record (const char *file)
{
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = NULL;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr(JsonNode) node = json_from_string (lines[i], &error);

      g_assert_no_error (error);
      g_ptr_array_add (requests, json_object_ref (json_node_get_object (node)));
    }

  return g_steal_pointer (&requests);
}

static gboolean
has_header (JsonObject *request, const char *name)
{
  JsonArray *headers = json_object_get_array_member (request, "headers");

  for (guint i = 0; i < json_array_get_length (headers); i++)
    if (g_ascii_strcasecmp (json_array_get_string_element (headers, i), name) == 0)
      return TRUE;

  return FALSE;
}

/* The question for the company carries no credentials, every other one does, and none anything that
 * was not asked for. */
static void
test_headers (void)
{
  static const char *const companies[] = { "ok", "set-cookie", "no-rights-matrix",
                                           "keys-401-challenge" };

  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      g_autofree char *record = make_path (companies[i]);
      g_autofree char *option = g_strconcat ("--record=", record, NULL);
      g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (option));
      g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, companies[i]);
      g_autoptr(PsaClient) client = psa_client_new ();
      g_autoptr(CheckRun) run = check_run_do (client, profile, tenant);
      g_autoptr(GPtrArray) requests = read_record (record);

      g_test_message ("%s: %u requests", companies[i], requests->len);
      g_assert_cmpuint (requests->len, >=, 2);
      for (guint j = 0; j < requests->len; j++)
        {
          JsonObject *request = g_ptr_array_index (requests, j);
          gboolean is_company = strstr (json_object_get_string_member (request, "path"),
                                        "/login/companyinfo/") != NULL;

          g_assert_cmpint (is_company, ==, j == 0);
          g_assert_cmpint (has_header (request, "Authorization"), ==, !is_company);
          g_assert_cmpint (has_header (request, "clientId"), ==, !is_company);
          g_assert_true (has_header (request, "Accept"));
          g_assert_false (has_header (request, "Accept-Encoding"));
          g_assert_false (has_header (request, "Cookie"));
          g_assert_false (has_header (request, "x-cw-usertype"));
          g_assert_cmpstr (json_object_get_string_member (request, "method"), ==, "GET");
        }
    }
}

/* Wherever a tenant points, nothing arrives there. */
static void
test_nobody_else (void)
{
  static const struct
  {
    const char *company;
    PsaCause cause;
    gboolean has_location;
  } cases[] = {
    { "redirect-302", PSA_CAUSE_REDIRECTED, TRUE },
    { "redirect-308", PSA_CAUSE_REDIRECTED, TRUE },
    { "redirect-info-302", PSA_CAUSE_REDIRECTED, TRUE },
    { "redirect-info-308", PSA_CAUSE_REDIRECTED, TRUE },
    { "redirect-proof", PSA_CAUSE_REDIRECTED, TRUE },
    { "codebase-host", PSA_CAUSE_NOT_ROUTABLE, FALSE },
    { "codebase-user", PSA_CAUSE_NOT_ROUTABLE, FALSE },
    { "siteurl-host", PSA_CAUSE_OK, FALSE },
    { "siteurl-user", PSA_CAUSE_OK, FALSE },
  };
  g_autofree char *record = make_path ("elsewhere");
  g_autofree char *option = g_strconcat ("--record=", record, NULL);
  g_autoptr(PracticeFixture) elsewhere = practice_fixture_new (WORDS (option));
  g_autofree char *target =
      g_strdup_printf ("--redirect-to=https://%s:%u", elsewhere->host, elsewhere->port);
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (target));
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(GPtrArray) requests = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, cases[i].company);
      g_autoptr(CheckRun) run = check_run_do (client, profile, tenant);

      check_run_assert (run, cases[i].company, cases[i].cause);
      if (cases[i].has_location)
        g_assert_true (
            g_str_has_prefix (run->result->location, target + strlen ("--redirect-to=")));
    }

  /* It would have been written down: this one is. */
  requests = read_record (record);
  g_assert_cmpuint (requests->len, ==, 0);
  {
    g_autoptr(PsaProfile) profile = check_run_make_profile (elsewhere, "ok");
    g_autoptr(CheckRun) run = check_run_do (client, profile, elsewhere);
    g_autoptr(GPtrArray) now = read_record (record);

    g_assert_cmpuint (now->len, >, 0);
  }
}

static void
assert_free_of (const char *text, const char *secret)
{
  g_autofree char *escaped = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));

  g_assert_null (strstr (text, secret));
  g_assert_null (strstr (text, escaped));
  g_assert_null (strstr (text, base64));
}

/* A server that sends back what it was sent. */
static void
test_echo (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "echo");
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = check_run_do (client, profile, tenant);
  g_autofree char *pair = g_strdup_printf ("echo+%s:%s", tenant->public_key, tenant->private_key);
  g_autofree char *basic = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(JsonNode) node = json_node_alloc ();
  g_autofree char *json = NULL;

  check_run_assert (run, "echo", PSA_CAUSE_BAD_ANSWER);
  object = psa_result_to_json (run->result);
  json_node_init_object (node, object);
  json = json_to_string (node, FALSE);

  g_assert_nonnull (strstr (run->result->raw, "•••")); /* it did come back */
  assert_free_of (run->result->raw, tenant->private_key);
  assert_free_of (run->result->raw, tenant->client_id);
  g_assert_null (strstr (run->result->raw, basic));
  assert_free_of (json, tenant->private_key);
  assert_free_of (json, tenant->client_id);
  g_assert_null (strstr (json, basic));
}

static void
try_canary (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaClient) client = psa_client_new ();
  static const char *const companies[] = { "keys-401-challenge", "echo", "reset-info",
                                           "redirect-info-302" };

  /* As G_MESSAGES_DEBUG does, but not for the tenant, whose own output is no matter of ours. */
  g_log_writer_default_set_debug_domains (WORDS ("all"));
  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, companies[i]);
      g_autoptr(CheckRun) run =
          check_run_start (client, NULL, profile, tenant->client_id, CANARY, NULL);

      check_run_wait (run);
      g_assert_no_error (run->error);
      g_print ("checked %s %s\n", companies[i], psa_cause_get_token (run->result->cause));
    }
}

/* With every debug message of every library switched on. */
static void
test_log (void)
{
  if (g_test_subprocess ())
    {
      try_canary ();
      return;
    }

  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*checked keys-401-challenge keys-rejected*");
  g_test_trap_assert_stdout ("*checked echo *");
  g_test_trap_assert_stdout ("*DEBUG*"); /* they are switched on */
  g_test_trap_assert_stdout_unmatched ("*Canary*");
  g_test_trap_assert_stderr_unmatched ("*Canary*");
  for (guint i = 0; i < 3; i++) /* base64 reads otherwise at each of three places */
    {
      g_autofree char *shifted = g_strdup_printf ("%.*s%s", (int) i, "xyz", CANARY);
      g_autofree char *base64 = g_base64_encode ((const guchar *) shifted, strlen (shifted));
      g_autofree char *middle = g_strndup (base64 + 4, strlen (base64) - 8);
      g_autofree char *pattern = g_strdup_printf ("*%s*", middle);

      g_test_trap_assert_stdout_unmatched (pattern);
      g_test_trap_assert_stderr_unmatched (pattern);
    }
}

static void
refused_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;
  g_autoptr(PsaReply) reply = psa_client_send_finish (PSA_CLIENT (object), result, error);

  g_assert_null (reply);
}

/* What would leave the address, or be two headers, is not sent. */
static void
test_refused_requests (void)
{
  static const struct
  {
    const char *url;
    const char *authorization;
    const char *client_id;
    const char *accept;
  } bad[] = {
    { "https://127.0.0.1:1/", NULL, NULL, NULL },
    { "https://evil.example.com/", NULL, NULL, NULL },
    { "http://%s/", NULL, NULL, NULL },
    { "https://user@%s/", NULL, NULL, NULL },
    { "https://%s.evil.example.com/", NULL, NULL, NULL },
    { "no url", NULL, NULL, NULL },
    { "https://%s/", "Basic a\r\nX-Evil: 1", NULL, NULL },
    { "https://%s/", NULL, "a\nX-Evil: 1", NULL },
    { "https://%s/", NULL, NULL, "a\rX-Evil: 1" },
  };
  g_autofree char *record = make_path ("refused");
  g_autofree char *option = g_strconcat ("--record=", record, NULL);
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (option));
  g_autoptr(PsaAddress) address = psa_address_new (tenant->host, (guint16) tenant->port);
  g_autofree char *host = psa_address_dup_text (address);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(GPtrArray) requests = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto(GStrv) parts = g_strsplit (bad[i].url, "%s", 2);
      g_autofree char *url = g_strjoinv (host, parts);
      PsaRequest request = {
        .ask = PSA_ASK_INFO,
        .address = address,
        .url = url,
        .authorization = bad[i].authorization,
        .client_id = bad[i].client_id,
        .accept = bad[i].accept,
        .trusted_sha256 = tenant->sha256,
        .new_connection = TRUE,
      };
      GError *error = NULL;

      psa_client_send_async (client, &request, NULL, NULL, NULL, refused_cb, &error);
      g_assert_null (error); /* never before the call returns */
      check_run_until (error != NULL, 5);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_error_free (error);
    }

  requests = read_record (record);
  g_assert_cmpuint (requests->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/secrecy/headers", test_headers);
  g_test_add_func ("/secrecy/nobody-else", test_nobody_else);
  g_test_add_func ("/secrecy/echo", test_echo);
  g_test_add_func ("/secrecy/log", test_log);
  g_test_add_func ("/secrecy/refused-requests", test_refused_requests);

  return g_test_run ();
}
