/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"

#include "psa-message.h"

#include <string.h>

/* As many at once as a scheduler would allow for one host. */
#define AT_ONCE 4

typedef struct
{
  const char *company;
  const char *cause;
  const char *version; /* asked for; NULL asks for the tenant's own */
  PsaStage stage;      /* the one that failed */
} Case;

#define GOOD PSA_N_STAGES

/* The cause that sections 5 and 6 of the API facts name for each answer of section 10. */
/* clang-format off */
static const Case quick[] = {
  { "cloud", "ok", NULL, GOOD },
  { "own-server", "ok", NULL, GOOD },
  { "old-companyinfo", "ok", NULL, GOOD },
  { "unknown-company-null", "unknown-company", NULL, PSA_STAGE_COMPANY },
  { "unknown-company-404", "unknown-company", NULL, PSA_STAGE_COMPANY },
  { "unknown-company-404-notfound", "unknown-company", NULL, PSA_STAGE_COMPANY },
  { "unknown-company-404-bare", "unknown-company", NULL, PSA_STAGE_COMPANY },
  { "not-psa", "not-psa", NULL, PSA_STAGE_COMPANY },
  { "not-psa-404", "not-psa", NULL, PSA_STAGE_COMPANY },
  { "not-psa-object", "not-psa", NULL, PSA_STAGE_COMPANY },
  { "not-psa-array", "not-psa", NULL, PSA_STAGE_COMPANY },
  { "company-404-text", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "company-403", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "company-407", "proxy-failed", NULL, PSA_STAGE_COMPANY },
  { "company-511", "captive-portal", NULL, PSA_STAGE_COMPANY },
  { "company-429", "rate-limited", NULL, PSA_STAGE_COMPANY },
  { "company-500", "server-error", NULL, PSA_STAGE_COMPANY },
  { "codebase-host", "not-routable", NULL, PSA_STAGE_SIGN_IN },
  { "codebase-user", "not-routable", NULL, PSA_STAGE_SIGN_IN },
  { "codebase-parent", "not-routable", NULL, PSA_STAGE_SIGN_IN },
  { "codebase-query", "not-routable", NULL, PSA_STAGE_SIGN_IN },
  { "codebase-empty", "not-psa", NULL, PSA_STAGE_COMPANY },
  { "codebase-number", "not-psa", NULL, PSA_STAGE_COMPANY },
  { "siteurl-host", "ok", NULL, GOOD },
  { "siteurl-user", "ok", NULL, GOOD },
  { "odd/50%&co", "ok", NULL, GOOD },
  { "ok", "ok", NULL, GOOD },
  { "ok-sparse", "ok", NULL, GOOD },
  { "ok-versioned-only", "ok", NULL, GOOD },
  { "ok-versioned-only-302", "ok", NULL, GOOD },
  { "info-without-keys", "ok", NULL, GOOD },
  { "info-without-keys-401", "keys-rejected", NULL, PSA_STAGE_PROOF },
  { "keys-401", "keys-rejected", NULL, PSA_STAGE_SIGN_IN },
  { "keys-401-challenge", "keys-rejected", NULL, PSA_STAGE_SIGN_IN },
  { "keys-own-server", "keys-rejected", NULL, PSA_STAGE_SIGN_IN },
  { "keys-pair", "keys-rejected", NULL, PSA_STAGE_SIGN_IN },
  { "keys-cloud-404", "keys-rejected", NULL, PSA_STAGE_SIGN_IN },
  { "keys-cloud-silent", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "keys-404-twice", "not-routable", NULL, PSA_STAGE_SIGN_IN },
  { "keys-404-own-server", "not-routable", NULL, PSA_STAGE_SIGN_IN },
  { "hash-expired", "keys-rejected", NULL, PSA_STAGE_SIGN_IN },
  { "cannot-route", "not-routable", NULL, PSA_STAGE_SIGN_IN },
  { "client-id-missing-400", "ok", NULL, GOOD }, /* one is always sent */
  { "client-id-missing-401", "ok", NULL, GOOD },
  { "client-id-missing-403", "ok", NULL, GOOD },
  { "client-id-lost-400", "client-id-refused", NULL, PSA_STAGE_SIGN_IN },
  { "client-id-lost-401", "keys-rejected", NULL, PSA_STAGE_SIGN_IN },
  { "client-id-lost-403", "client-id-refused", NULL, PSA_STAGE_SIGN_IN },
  { "client-id-refused", "client-id-refused", NULL, PSA_STAGE_SIGN_IN },
  { "bare-403", "client-id-refused", NULL, PSA_STAGE_SIGN_IN },
  { "bare-403-empty", "client-id-refused", NULL, PSA_STAGE_SIGN_IN },
  { "ssl-required", "web-address", NULL, PSA_STAGE_SIGN_IN },
  { "ssl-required-401", "web-address", NULL, PSA_STAGE_SIGN_IN },
  { "login-page", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "version-refused", "version-unsupported", "2025.1", PSA_STAGE_SIGN_IN },
  { "version-refused-one-endpoint", "version-unsupported", "2025.1", PSA_STAGE_PROOF },
  { "version-bare-400", "version-unsupported", "2025.1", PSA_STAGE_SIGN_IN },
  { "version-406", "version-unsupported", "2025.1", PSA_STAGE_SIGN_IN },
  { "plain-accept", "ok", NULL, GOOD },
  { "echo", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "set-cookie", "ok", NULL, GOOD },
  { "no-right", "not-permitted", NULL, PSA_STAGE_PROOF },
  { "no-right-no-code", "not-permitted", NULL, PSA_STAGE_PROOF },
  { "no-right-401", "not-permitted", NULL, PSA_STAGE_PROOF },
  { "no-right-mixed", "not-permitted", NULL, PSA_STAGE_PROOF },
  { "no-rights-matrix", "ok", NULL, GOOD },
  { "no-rights-matrix-404", "ok", NULL, GOOD },
  { "agreements-only", "ok", NULL, GOOD },
  { "rights-matrix", "ok", NULL, GOOD },
  { "matrix-empty", "ok", NULL, GOOD },
  { "counts", "ok", NULL, GOOD },
  { "counts-zero", "ok", NULL, GOOD },
  { "counts-wrong-shape", "bad-answer", NULL, PSA_STAGE_PROOF },
  { "matrix-wrong-shape", "bad-answer", NULL, PSA_STAGE_PROOF },
  { "endpoint-missing", "ok", NULL, GOOD },
  { "proof-missing", "bad-answer", NULL, PSA_STAGE_PROOF },
  { "proof-missing-own-server", "bad-answer", NULL, PSA_STAGE_PROOF },
  { "proof-versioned-only", "ok", NULL, GOOD },
  { "proof-versioned-401", "keys-rejected", NULL, PSA_STAGE_PROOF },
  { "proof-401", "keys-rejected", NULL, PSA_STAGE_PROOF },
  { "blank-references", "ok", NULL, GOOD },
  { "paging", "ok", NULL, GOOD },
  { "rate-limited", "rate-limited", NULL, PSA_STAGE_SIGN_IN },
  { "rate-limited-date", "rate-limited", NULL, PSA_STAGE_SIGN_IN },
  { "rate-limited-nonsense", "rate-limited", NULL, PSA_STAGE_SIGN_IN },
  { "rate-limited-none", "rate-limited", NULL, PSA_STAGE_SIGN_IN },
  { "rate-limited-proof", "rate-limited", NULL, PSA_STAGE_PROOF },
  { "rate-limited-later", "ok", NULL, GOOD },
  { "busy-then-ok", "ok", NULL, GOOD },
  { "busy-then-ok-pool", "ok", NULL, GOOD },
  { "busy-stays", "server-error", NULL, PSA_STAGE_SIGN_IN },
  { "bad-input", "server-error", NULL, PSA_STAGE_PROOF },
  { "validation", "bad-answer", NULL, PSA_STAGE_PROOF },
  { "down", "server-error", NULL, PSA_STAGE_COMPANY },
  { "down-503", "server-error", NULL, PSA_STAGE_COMPANY },
  { "down-text", "server-error", NULL, PSA_STAGE_COMPANY },
  { "down-info", "server-error", NULL, PSA_STAGE_SIGN_IN },
  { "wrong-verb", "ok", NULL, GOOD },
  { "redirect", "redirected", NULL, PSA_STAGE_COMPANY },
  { "redirect-301", "redirected", NULL, PSA_STAGE_COMPANY },
  { "redirect-302", "redirected", NULL, PSA_STAGE_COMPANY },
  { "redirect-307", "redirected", NULL, PSA_STAGE_COMPANY },
  { "redirect-308", "redirected", NULL, PSA_STAGE_COMPANY },
  { "redirect-info-301", "redirected", NULL, PSA_STAGE_SIGN_IN },
  { "redirect-info-302", "redirected", NULL, PSA_STAGE_SIGN_IN },
  { "redirect-info-307", "redirected", NULL, PSA_STAGE_SIGN_IN },
  { "redirect-info-308", "redirected", NULL, PSA_STAGE_SIGN_IN },
  { "redirect-proof", "redirected", NULL, PSA_STAGE_PROOF },
  { "plain-http", "ok", NULL, GOOD },
  { "vendor-status", "ok", NULL, GOOD },
  { "closed", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "reset", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "reset-info", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "reset-proof", "bad-answer", NULL, PSA_STAGE_PROOF },
  { "reset-once", "ok", NULL, GOOD },
  { "endless", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "endless-info", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "huge", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "huge-info", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "cut-short", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "cut-short-info", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "cut-short-chunked", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "cut-short-headers", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "cut-short-tls", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "cut-short-reset", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "wrong-length", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "compressed", "not-psa", NULL, PSA_STAGE_COMPANY },
  { "compressed-info", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "compressed-bomb", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "big-headers", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "big-headers-info", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "interim-few", "ok", NULL, GOOD },
  { "interim-flood", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "interim-flood-info", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "garbage", "bad-answer", NULL, PSA_STAGE_COMPANY },
  { "info-full", "ok", NULL, GOOD },
  { "info-too-long", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-deep", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-nul", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-bom", "ok", NULL, GOOD },
  { "info-empty", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-null", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-array", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-object", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-two-values", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-cut-json", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-not-utf8", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-version-null", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "info-version-number", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "status-201", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "status-418", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
  { "status-600", "bad-answer", NULL, PSA_STAGE_SIGN_IN },
};

/* These take the whole of a stage's ten seconds, or nearly: side by side. */
static const Case slow[] = {
  { "silent", "timed-out", NULL, PSA_STAGE_COMPANY },
  { "silent-info", "timed-out", NULL, PSA_STAGE_SIGN_IN },
  { "silent-proof", "timed-out", NULL, PSA_STAGE_PROOF },
  { "slow", "timed-out", NULL, PSA_STAGE_COMPANY },
  { "slow-info", "timed-out", NULL, PSA_STAGE_SIGN_IN },
  { "slow-headers", "timed-out", NULL, PSA_STAGE_SIGN_IN },
  { "late-info", "slow", NULL, GOOD },
};
/* clang-format on */

static CheckRun *
start_case (PsaClient *client, PracticeFixture *tenant, const Case *one)
{
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, one->company);

  psa_profile_set_api_version (profile, one->version == NULL ? "" : one->version);

  return check_run_start (client, NULL, profile, tenant->client_id, tenant->private_key, NULL);
}

static gboolean
judge_case (CheckRun *run, const Case *one)
{
  PsaCause cause;

  g_assert_true (psa_cause_from_token (one->cause, &cause));
  g_assert_no_error (run->error);
  if (run->result->cause != cause ||
      (one->stage != GOOD && psa_stage_report_get_result (psa_result_get_stage (
                                 run->result, one->stage)) != PSA_STAGE_FAILED))
    {
      g_test_message ("%s: %s where %s was due: %s", one->company,
                      psa_cause_get_token (run->result->cause), one->cause, run->result->raw);
      return FALSE;
    }
  check_run_assert (run, one->company, cause);

  return TRUE;
}

/* Returns: how many were not judged as they should be. */
static guint
check_all (PracticeFixture *tenant, const Case *const *cases, gsize n_cases)
{
  g_autoptr(PsaClient) client = psa_client_new ();
  guint n_bad = 0;

  for (gsize i = 0; i < n_cases; i += AT_ONCE)
    {
      gsize n = MIN (AT_ONCE, n_cases - i);
      CheckRun *runs[AT_ONCE];

      for (gsize j = 0; j < n; j++)
        runs[j] = start_case (client, tenant, cases[i + j]);
      for (gsize j = 0; j < n; j++)
        {
          check_run_wait (runs[j]);
          n_bad += !judge_case (runs[j], cases[i + j]);
          if (runs[j]->result->http_protocol != NULL)
            g_assert_cmpstr (runs[j]->result->http_protocol, ==, "HTTP/1.1");
          check_run_free (runs[j]);
        }
    }

  return n_bad;
}

static void
test_quick (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const Case *cases[G_N_ELEMENTS (quick)];

  for (gsize i = 0; i < G_N_ELEMENTS (quick); i++)
    cases[i] = &quick[i];
  g_assert_cmpuint (check_all (tenant, cases, G_N_ELEMENTS (cases)), ==, 0);
}

/* A server that would rather speak HTTP/2, and does so with others, is spoken to by HTTP/1.1: there a cap
 * of what is read can be kept. */
static void
test_http2_is_offered (void)
{
  static const char *const companies[] = { "ok",           "huge",     "huge-info",
                                           "endless-info", "keys-401", "redirect-info-302",
                                           "reset-once",   NULL };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--http2"));
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, "ok", INFO, NULL);
  const Case *cases[G_N_ELEMENTS (quick)];
  gsize n = 0;

  g_assert_cmpint (soup_message_get_http_version (reply->message), ==, SOUP_HTTP_2_0);
  for (gsize i = 0; i < G_N_ELEMENTS (quick); i++)
    if (g_strv_contains (companies, quick[i].company))
      cases[n++] = &quick[i];
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (companies) - 1);
  g_assert_cmpuint (check_all (tenant, cases, n), ==, 0);
}

static void
test_slow (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaClient) client = psa_client_new ();
  CheckRun *runs[G_N_ELEMENTS (slow)];
  guint n_bad = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (slow); i++)
    runs[i] = start_case (client, tenant, &slow[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      check_run_wait (runs[i]);
      n_bad += !judge_case (runs[i], &slow[i]);
      if (g_str_equal (slow[i].cause, "timed-out"))
        {
          g_assert_cmpfloat (runs[i]->took, >, PSA_CLIENT_STAGE_SECONDS - 1.1);
          g_assert_cmpfloat (runs[i]->took, <, PSA_CHECK_SECONDS);
        }
      check_run_free (runs[i]);
    }

  g_assert_cmpuint (n_bad, ==, 0);
}

/* What a profile needs is asked once the connection is good, and never makes it bad. */
static void
test_needs (void)
{
  static const struct
  {
    const char *company, *needs, *cause, *what;
  } rows[] = {
    { "rights-matrix", "Finance", "role-narrow", "needs: Finance." },
    { "rights-matrix", "Finance,Time & Expense", "role-narrow", "needs: Finance." },
    { "rights-matrix", "Sales,System", "ok",
      "Connected" }, /* what opens Sales is on the second page */
    { "no-rights-matrix", "Finance,Sales", "ok", "Connected" },
    { "matrix-empty", "Finance", "ok", "Connected" }, /* nothing is said of it */
    { "agreements-only", "Finance", "ok", "Connected" },
    { "agreements-only", "Service,Finance,Time & Expense", "role-narrow",
      "needs: Service, Time & Expense." },
    { "counts-zero", "Company,Service,Project,Time & Expense,Finance,Procurement,Sales,System",
      "ok", "Connected" },
    { "rate-limited-later", "Finance,Sales", "ok", "Connected" },
    { "no-right", "Finance", "not-permitted", "" },
    { "keys-401", "Finance", "keys-rejected", "" },
  };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaClient) client = psa_client_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, rows[i].company);
      g_auto(GStrv) needs = g_strsplit (rows[i].needs, ",", -1);
      g_autoptr(CheckRun) run = NULL;
      g_autoptr(PsaMessage) message = NULL;
      PsaCause cause;

      psa_profile_set_needs (profile, (const char *const *) needs);
      run = check_run_do (client, profile, tenant);
      g_assert_true (psa_cause_from_token (rows[i].cause, &cause));
      check_run_assert (run, rows[i].company, cause);
      message = psa_message_new (run->result);
      g_assert_nonnull (strstr (message->what, rows[i].what));
      if (cause == PSA_CAUSE_ROLE_NARROW)
        g_assert_cmpint (
            psa_stage_report_get_result (psa_result_get_stage (run->result, PSA_STAGE_PROOF)), ==,
            PSA_STAGE_WARNED);
    }
}

static gboolean
is_listed (const char *company)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quick); i++)
    if (g_str_equal (quick[i].company, company))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (slow); i++)
    if (g_str_equal (slow[i].company, company))
      return TRUE;

  return FALSE;
}

/* A scenario that nobody checks is no scenario. */
static void
test_all_are_listed (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  JsonArray *companies = json_object_get_array_member (tenant->ready, "companies");

  g_assert_cmpuint (json_array_get_length (companies), ==,
                    G_N_ELEMENTS (quick) + G_N_ELEMENTS (slow));
  for (guint i = 0; i < json_array_get_length (companies); i++)
    {
      g_test_message ("%s", json_array_get_string_element (companies, i));
      g_assert_true (is_listed (json_array_get_string_element (companies, i)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/n6-answers/all-are-listed", test_all_are_listed);
  g_test_add_func ("/n6-answers/needs", test_needs);
  g_test_add_func ("/n6-answers/quick", test_quick);
  g_test_add_func ("/n6-answers/http2-is-offered", test_http2_is_offered);
  g_test_add_func ("/n6-answers/slow", test_slow);

  return g_test_run ();
}
