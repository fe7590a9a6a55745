/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"
#include "practice-certificate.h"
#include "raw-server.h"

/* No request of this tenant takes the ten seconds of a stage, and all of them together more than
 * the thirty of a check: it ends as timed out, not as cancelled. */
static void
test_whole_check (void)
{
  static const RawAnswer busy = {
    .head = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    .delay_ms = 9000,
  };
  static const RawAnswer company = {
    .head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 30\r\n"
            "Connection: close\r\n\r\n{ \"Codebase\":\"v4_6_release/\" }",
    .delay_ms = 9000,
    .then = &busy,
  };
  static const char *const names[] = { "127.0.0.1", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate =
      practice_certificate_new (PRACTICE_CERTIFICATE_GOOD, names, NULL, &error);
  g_autofree char *sha256 = practice_certificate_dup_sha256 (certificate);
  g_autoptr(RawServer) server = raw_server_new (certificate, &company);
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new ("127.0.0.1", raw_server_get_port (server));
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = NULL;

  g_assert_no_error (error);
  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, "contoso+key");
  psa_profile_trust (profile, sha256);
  run = check_run_start (client, NULL, profile, "11111111-2222-3333-4444-555555555555", "secret",
                         NULL);
  check_run_wait (run);

  check_run_assert (run, "slow all along", PSA_CAUSE_TIMED_OUT);
  g_assert_cmpint (
      psa_stage_report_get_result (psa_result_get_stage (run->result, PSA_STAGE_COMPANY)), ==,
      PSA_STAGE_PASSED);
  g_assert_cmpint (
      psa_stage_report_get_result (psa_result_get_stage (run->result, PSA_STAGE_SIGN_IN)), ==,
      PSA_STAGE_FAILED);
  g_assert_cmpfloat (run->took, >, PSA_CHECK_SECONDS - 1);
  g_assert_cmpfloat (run->took, <, PSA_CHECK_SECONDS + 2);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/limit/whole-check", test_whole_check);

  return g_test_run ();
}
