/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"

#include <string.h>

/* Another practice tenant, another certificate, in the place of the first. */
static PracticeFixture *
start_at (guint port, const char *kind)
{
  g_autofree char *at = g_strdup_printf ("--port=%u", port);
  g_autofree char *certificate = g_strconcat ("--certificate=", kind, NULL);

  return practice_fixture_new (WORDS (at, certificate));
}

static CheckRun *
check_it (PsaClient *client, PracticeFixture *tenant, const char *trusted)
{
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "ok");

  psa_profile_trust (profile, trusted);

  return check_run_do (client, profile, tenant);
}

static PsaStageResult
get_stage (CheckRun *run, PsaStage stage)
{
  return psa_stage_report_get_result (psa_result_get_stage (run->result, stage));
}

/* What the user goes through: refused, looked at, trusted, and refused again once it is another. */
static void
test_trust (void)
{
  PracticeFixture *first = practice_fixture_new (NULL);
  guint port = first->port;
  g_autofree char *trusted = g_strdup (first->sha256);
  g_autoptr(PracticeFixture) second = NULL;
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) untrusted = check_it (client, first, NULL);
  g_autoptr(CheckRun) good = NULL;
  g_autoptr(CheckRun) changed = NULL;
  PsaCertificate *certificate;

  check_run_assert (untrusted, "untrusted", PSA_CAUSE_CERTIFICATE_UNTRUSTED);
  g_assert_cmpint (get_stage (untrusted, PSA_STAGE_CONNECT), ==, PSA_STAGE_PASSED);
  g_assert_cmpint (get_stage (untrusted, PSA_STAGE_TLS), ==, PSA_STAGE_FAILED);
  g_assert_cmpint (get_stage (untrusted, PSA_STAGE_COMPANY), ==, PSA_STAGE_SKIPPED);

  /* All that the dialog shows is read off the certificate. */
  certificate = untrusted->result->certificate;
  g_assert_nonnull (certificate);
  g_assert_cmpstr (certificate->sha256, ==, trusted);
  g_assert_cmpuint (strlen (certificate->sha256), ==, 64);
  g_assert_cmpstr (certificate->subject, !=, "");
  g_assert_cmpstr (certificate->issuer, !=, "");
  g_assert_cmpint (certificate->not_before, <, g_get_real_time () / G_USEC_PER_SEC);
  g_assert_cmpint (certificate->not_after, >, g_get_real_time () / G_USEC_PER_SEC);
  g_assert_cmpuint (certificate->errors, ==, G_TLS_CERTIFICATE_UNKNOWN_CA);

  good = check_it (client, first, certificate->sha256);
  check_run_assert (good, "trusted", PSA_CAUSE_OK);
  g_assert_cmpstr (good->result->certificate->sha256, ==, trusted);
  practice_fixture_free (first);

  second = start_at (port, "good");
  g_assert_cmpstr (second->sha256, !=, trusted);
  changed = check_it (client, second, trusted);
  check_run_assert (changed, "changed", PSA_CAUSE_CERTIFICATE_CHANGED);
  g_assert_cmpstr (changed->result->certificate->sha256, ==, second->sha256);
}

/* Trust covers an unknown issuer and another name, never a date. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *kind;
    PsaCause untrusted;
    PsaCause trusted;
  } kinds[] = {
    { "good", PSA_CAUSE_CERTIFICATE_UNTRUSTED, PSA_CAUSE_OK },
    { "wrong-host", PSA_CAUSE_CERTIFICATE_WRONG_HOST, PSA_CAUSE_OK },
    { "expired", PSA_CAUSE_CERTIFICATE_EXPIRED, PSA_CAUSE_CERTIFICATE_EXPIRED },
    { "not-yet-valid", PSA_CAUSE_CERTIFICATE_EXPIRED, PSA_CAUSE_CERTIFICATE_EXPIRED },
    { "expiring", PSA_CAUSE_CERTIFICATE_UNTRUSTED, PSA_CAUSE_CERTIFICATE_EXPIRING },
  };
  g_autoptr(PsaClient) client = psa_client_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(PracticeFixture) tenant = start_at (0, kinds[i].kind);
      g_autoptr(CheckRun) untrusted = check_it (client, tenant, NULL);
      g_autoptr(CheckRun) trusted = check_it (client, tenant, tenant->sha256);

      check_run_assert (untrusted, kinds[i].kind, kinds[i].untrusted);
      check_run_assert (trusted, kinds[i].kind, kinds[i].trusted);
      g_assert_cmpstr (trusted->result->certificate->sha256, ==, tenant->sha256);
    }
}

/* A connection that one profile accepted stays open; another profile, which did not, must not use
 * it. */
static void
test_pool (void)
{
  g_autofree char *record = g_build_filename (g_get_user_runtime_dir (), "pool.jsonl", NULL);
  g_autofree char *option = g_strconcat ("--record=", record, NULL);
  g_autoptr(PracticeFixture) tenant = NULL;
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(CheckRun) trusting = NULL;
  g_autoptr(PsaAddress) address = NULL;
  g_autofree char *url = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  tenant = practice_fixture_new (WORDS (option));
  trusting = check_it (client, tenant, tenant->sha256);
  check_run_assert (trusting, "trusting", PSA_CAUSE_OK);
  g_file_get_contents (record, &before, NULL, &error);
  g_assert_no_error (error);

  address = psa_address_new (tenant->host, (guint16) tenant->port);
  url = g_strdup_printf ("https://%s:%u" INFO, tenant->host, tenant->port);
  for (guint i = 0; i < 2; i++)
    {
      PsaRequest request = {
        .ask = PSA_ASK_INFO,
        .address = address,
        .url = url,
        .authorization = "Basic eDp5",
        .client_id = tenant->client_id,
        .trusted_sha256 = i == 0 ? NULL : "00",
        .new_connection = FALSE,
      };
      g_autoptr(PsaReply) reply = check_run_send (client, &request);

      g_assert_cmpint (reply->fault, ==, PSA_FAULT_CERTIFICATE);
      g_assert_cmpint (reply->fault_stage, ==, PSA_STAGE_TLS);
      g_assert_cmpint (reply->certificate_changed, ==, i == 1);
      g_assert_cmpstr (reply->certificate->sha256, ==, tenant->sha256);
      g_assert_cmpfloat (reply->tls_ms, <, 0); /* it was the open one that was refused */
    }

  g_file_get_contents (record, &after, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after, ==, before);
}

/* No handshake, no certificate: told as what it is. */
static void
test_handshakes (void)
{
  static const struct
  {
    const char *kind;
    PsaCause cause;
  } kinds[] = {
    { "--handshake=closed", PSA_CAUSE_TLS_FAILED },
    { "--handshake=garbage", PSA_CAUSE_TLS_FAILED },
    { "--handshake=silent", PSA_CAUSE_TIMED_OUT },
  };
  g_autoptr(PsaClient) client = psa_client_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (kinds[i].kind));
      g_autoptr(CheckRun) run = check_it (client, tenant, NULL);

      check_run_assert (run, kinds[i].kind, kinds[i].cause);
      g_assert_cmpint (get_stage (run, PSA_STAGE_CONNECT), ==, PSA_STAGE_PASSED);
      g_assert_cmpint (get_stage (run, PSA_STAGE_TLS), ==, PSA_STAGE_FAILED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/certificate/trust", test_trust);
  g_test_add_func ("/certificate/kinds", test_kinds);
  g_test_add_func ("/certificate/pool", test_pool);
  g_test_add_func ("/certificate/handshakes", test_handshakes);

  return g_test_run ();
}
