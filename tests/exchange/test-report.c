/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-report.h"

#include <string.h>

static PsaProfile *
create_profile (const char *username)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new ("cw.example.com", 8443);

  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, username);
  return g_steal_pointer (&profile);
}

static void
assert_contains (const char *report, const char *text)
{
  if (strstr (report, text) == NULL)
    g_error ("“%s” is missing in:\n%s", text, report);
}

static void
test_facts (void)
{
  g_autoptr(PsaProfile) profile = create_profile ("contoso+PublicKey1234");
  g_autoptr(PsaResult) result = psa_result_new (profile);
  g_autofree char *report = NULL;

  result->cause = PSA_CAUSE_SERVER_ERROR;
  result->checked_at = G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC;
  result->http_status = 503;
  result->request_id = g_strdup ("request-7");
  result->raw = g_strdup ("<html>\n# down for maintenance of contoso+PublicKey1234");
  psa_stage_report_end (psa_result_get_stage (result, PSA_STAGE_TLS), PSA_STAGE_PASSED, 45, NULL);
  report = psa_report_new (profile, result, "…ab12");

  assert_contains (report, "- Cause: `server-error`\n");
  assert_contains (report, "- Checked at: `2026-01-01 00:00:00 UTC`\n");
  assert_contains (report, "- Host: `cw.example.com:8443`\n");
  assert_contains (report, "- Company ID: `contoso`\n");
  assert_contains (report, "`…1234`\n");
  assert_contains (report, "`…ab12`\n");
  assert_contains (report, "| tls | passed | 45 | 1 |\n");
  assert_contains (report, "- HTTP status: `503`\n");
  assert_contains (report, "`request-7`");
  assert_contains (report, "    # down for maintenance of contoso+");
  g_assert_null (strstr (report, "PublicKey"));
}

/* A key of four signs or fewer would be told whole by its last four. */
static void
test_short_key (void)
{
  g_autoptr(PsaProfile) profile = create_profile ("contoso+KEY4");
  g_autoptr(PsaResult) result = psa_result_new (profile);
  g_autofree char *report = psa_report_new (profile, result, NULL);

  g_assert_null (strstr (report, "KEY4"));
  g_assert_null (strstr (report, "Client ID ends"));
}

/* Whatever a server sends, it stays text and the report stays short. */
static void
test_hostile (void)
{
  g_autoptr(PsaProfile) profile = create_profile ("contoso+key12345");
  g_autoptr(PsaResult) result = psa_result_new (profile);
  g_autofree char *report = NULL;
  g_autofree char *many = g_strnfill (100000, 'x');

  result->tenant->company = g_strdup ("a` [b](http://evil.example)\n# c \xe2\x80\xae");
  result->location = g_strdup (many);
  result->raw = g_strdup (many);
  report = psa_report_new (profile, result, NULL);

  g_assert_cmpuint (strlen (report), <=, PSA_REPORT_MAX_BYTES);
  g_assert_true (g_utf8_validate (report, -1, NULL));
  assert_contains (report, "- Company: `a' [b](http://evil.example)");
  g_assert_null (strstr (report, "\n# c"));
  g_assert_null (strstr (report, "\xe2\x80\xae"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report/facts", test_facts);
  g_test_add_func ("/report/short-key", test_short_key);
  g_test_add_func ("/i1-hostile-text/report", test_hostile);
  return g_test_run ();
}
