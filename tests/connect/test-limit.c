/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
#define COMPANY HEAD "Content-Length: 30\r\n\r\n{ \"Codebase\":\"v4_6_release/\" }"

static PsaStageResult
get_stage (CheckRun *run, PsaStage stage)
{
  return psa_stage_report_get_result (psa_result_get_stage (run->result, stage));
}

static void
assert_whole_time (CheckRun *run, const char *name, PsaCause cause)
{
  check_run_assert (run, name, cause);
  g_assert_cmpfloat (run->took, >, PSA_CHECK_SECONDS - 1);
  g_assert_cmpfloat (run->took, <, PSA_CHECK_SECONDS + 2);
}

/* No request of these tenants takes the ten seconds of a stage, and all of them together more than
 * the thirty of a check: it ends as timed out, not as cancelled; but what is good already stays so. Side by
 * side, since both take their time. */
static void
test_whole_check (void)
{
  static const RawAnswer busy = {
    .head = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    .delay_ms = 9000,
  };
  static const RawAnswer slow_company = { .head = COMPANY, .delay_ms = 9000, .then = &busy };
  static const RawAnswer page = {
    .head = HEAD "Link: <https://127.0.0.1/>; rel=\"next\"\r\nContent-Length: 48\r\n\r\n"
                 "[{\"moduleName\":\"Finance\",\"inquireLevel\":\"None\"}]",
    .delay_ms = 9000,
  };
  static const RawAnswer proof = { .head = HEAD "Content-Length: 2\r\n\r\n[]", .then = &page };
  static const RawAnswer info = {
    .head = HEAD "Content-Length: 21\r\n\r\n{\"version\":\"v2025.1\"}",
    .then = &proof,
  };
  static const RawAnswer company = { .head = COMPANY, .then = &info };
  static const char *const needs[] = { "Finance", NULL };
  g_autoptr(RawTenant) slow = raw_tenant_new (&slow_company);
  g_autoptr(RawTenant) good = raw_tenant_new (&company);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) timed_out = NULL;
  g_autoptr(CheckRun) proven = NULL;

  psa_profile_set_needs (good->profile, needs);
  timed_out = raw_tenant_start (slow, client);
  proven = raw_tenant_start (good, client);
  check_run_wait (timed_out);
  check_run_wait (proven);

  assert_whole_time (timed_out, "slow all along", PSA_CAUSE_TIMED_OUT);
  g_assert_cmpint (get_stage (timed_out, PSA_STAGE_COMPANY), ==, PSA_STAGE_PASSED);
  g_assert_cmpint (get_stage (timed_out, PSA_STAGE_SIGN_IN), ==, PSA_STAGE_FAILED);
  g_assert_cmpuint (raw_server_get_n_requests (slow->server), ==, 4);

  assert_whole_time (proven, "slow once it was good", PSA_CAUSE_OK);
  g_assert_cmpint (get_stage (proven, PSA_STAGE_PROOF), ==, PSA_STAGE_PASSED);
  g_assert_cmpuint (raw_server_get_n_requests (good->server), ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/limit/whole-check", test_whole_check);

  return g_test_run ();
}
