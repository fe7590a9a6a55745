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

typedef struct
{
  const char *name;
  const char *option;
  GTlsCertificateFlags errors;
  PsaCause untrusted;
  PsaCause trusted;
} Kind;

/* Trust covers an unknown issuer and another name, never a date or a weakness. */
static const Kind kinds[] = {
  { "self-signed", "--certificate=good", G_TLS_CERTIFICATE_UNKNOWN_CA,
    PSA_CAUSE_CERTIFICATE_UNTRUSTED, PSA_CAUSE_OK },
  { "unknown-issuer", "--authority=authority.pem", G_TLS_CERTIFICATE_UNKNOWN_CA,
    PSA_CAUSE_CERTIFICATE_UNTRUSTED, PSA_CAUSE_OK },
  { "other-name", "--certificate=wrong-host",
    G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY, PSA_CAUSE_CERTIFICATE_WRONG_HOST,
    PSA_CAUSE_OK },
  { "expired", "--certificate=expired", G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_EXPIRED,
    PSA_CAUSE_CERTIFICATE_EXPIRED, PSA_CAUSE_CERTIFICATE_EXPIRED },
  { "not-yet-valid", "--certificate=not-yet-valid",
    G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_NOT_ACTIVATED, PSA_CAUSE_CERTIFICATE_EXPIRED,
    PSA_CAUSE_CERTIFICATE_EXPIRED },
  { "expiring", "--certificate=expiring", G_TLS_CERTIFICATE_UNKNOWN_CA,
    PSA_CAUSE_CERTIFICATE_UNTRUSTED, PSA_CAUSE_CERTIFICATE_EXPIRING },
  { "weak", "--certificate=weak", G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_INSECURE,
    PSA_CAUSE_CERTIFICATE_UNTRUSTED, PSA_CAUSE_CERTIFICATE_UNTRUSTED },
};

static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (kind->option));
  g_autoptr(CheckRun) untrusted = check_it (client, tenant, NULL);
  g_autoptr(CheckRun) trusted = check_it (client, tenant, tenant->sha256);

  check_run_assert (untrusted, kind->name, kind->untrusted);
  check_run_assert (trusted, kind->name, kind->trusted);
  g_assert_cmpuint (untrusted->result->certificate->errors, ==, kind->errors);
  /* Trust is offered where it helps, and nowhere else. */
  g_assert_cmpint (psa_result_get_fix (untrusted->result) == PSA_FIX_TRUST_CERTIFICATE, ==,
                   psa_cause_get_state (kind->trusted) == PSA_STATE_CONNECTED ||
                       psa_cause_get_state (kind->trusted) == PSA_STATE_WARNING);
  g_assert_cmpstr (trusted->result->certificate->sha256, ==, tenant->sha256);
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

typedef struct
{
  const char *name;
  const char *option;
  PsaCause cause;
} Handshake;

/* No handshake, no certificate: told as what it is. */
static const Handshake handshakes[] = {
  { "no-tls", "--handshake=garbage", PSA_CAUSE_TLS_FAILED },
  { "closed-after-hello", "--handshake=closed", PSA_CAUSE_TLS_FAILED },
  { "closed-in-mid-handshake", "--handshake=halfway", PSA_CAUSE_TLS_FAILED },
  { "reset-in-mid-handshake", "--handshake=reset", PSA_CAUSE_TLS_FAILED },
  { "silent-handshake", "--handshake=silent", PSA_CAUSE_TIMED_OUT },
};

static void
test_handshake (gconstpointer data)
{
  const Handshake *handshake = data;
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (handshake->option));
  g_autoptr(CheckRun) run = check_it (client, tenant, tenant->sha256);

  check_run_assert (run, handshake->name, handshake->cause);
  g_assert_cmpint (get_stage (run, PSA_STAGE_CONNECT), ==, PSA_STAGE_PASSED);
  g_assert_cmpint (get_stage (run, PSA_STAGE_TLS), ==, PSA_STAGE_FAILED);
  g_assert_null (run->result->certificate);
}

/* The TLS library would let it pass, so it is refused once it is known: before anything is asked. */
static void
test_tls_1_0 (void)
{
  g_autofree char *record = g_build_filename (g_get_user_runtime_dir (), "tls.jsonl", NULL);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PracticeFixture) tenant = NULL;
  g_autoptr(CheckRun) run = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  tenant = practice_fixture_new (WORDS ("--tls=1.0", "--record", record));
  run = check_it (client, tenant, tenant->sha256);
  check_run_assert (run, "TLS 1.0", PSA_CAUSE_TLS_FAILED);
  g_assert_cmpint (get_stage (run, PSA_STAGE_CONNECT), ==, PSA_STAGE_PASSED);
  g_assert_cmpint (get_stage (run, PSA_STAGE_TLS), ==, PSA_STAGE_FAILED);
  g_assert_cmpstr (run->result->raw, ==, "TLS 1.0");
  g_file_get_contents (record, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "");
}

static void
test_tls_1_2 (void)
{
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--tls=1.2"));
  g_autoptr(CheckRun) run = check_it (client, tenant, tenant->sha256);

  check_run_assert (run, "TLS 1.2", PSA_CAUSE_OK);
  g_assert_cmpstr (run->result->tls_protocol, ==, "TLS 1.2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/n2-certificate/", kinds[i].name, NULL);

      g_test_add_data_func (path, &kinds[i], test_kind);
    }
  g_test_add_func ("/n2-certificate/changed-after-trust", test_trust);
  g_test_add_func ("/n2-certificate/pooled-connection", test_pool);
  for (gsize i = 0; i < G_N_ELEMENTS (handshakes); i++)
    {
      g_autofree char *path = g_strconcat ("/n2-certificate/", handshakes[i].name, NULL);

      g_test_add_data_func (path, &handshakes[i], test_handshake);
    }
  g_test_add_func ("/n2-certificate/tls-1.0", test_tls_1_0);
  g_test_add_func ("/n2-certificate/tls-1.2", test_tls_1_2);

  return g_test_run ();
}
