/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "psa-findings.h"

typedef struct
{
  const char *host;
  PsaFault fault;
  PsaStage stage;
  gboolean network;
  gboolean offline;
} Case;

static PsaResult *
fold (const Case *one, PsaCause cause)
{
  static const PsaSecret *const no_secrets[] = { NULL };
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new (one->host, 443);
  g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);
  g_autoptr(PsaProgress) progress = psa_progress_new ();
  PsaFindings findings = {
    .profile = profile,
    .address = address,
    .replies = replies,
    .progress = progress,
    .secrets = no_secrets,
    .network_available = one->network,
  };
  PsaReply *reply = psa_reply_new (PSA_ASK_COMPANY);

  reply->fault = one->fault;
  reply->fault_stage = one->stage;
  g_ptr_array_add (replies, reply);
  psa_progress_begin (progress);
  psa_progress_enter (progress, one->stage);

  return psa_findings_fold (&findings, cause, one->stage, NULL);
}

/* Offline is only what the absence of a network explains. */
static void
test_offline (void)
{
  static const Case cases[] = {
    { "tenant.example.com", PSA_FAULT_NAME, PSA_STAGE_RESOLVE, FALSE, TRUE },
    { "tenant.example.com", PSA_FAULT_REFUSED, PSA_STAGE_CONNECT, FALSE, TRUE },
    { "tenant.example.com", PSA_FAULT_TIMED_OUT, PSA_STAGE_CONNECT, FALSE, TRUE },
    { "192.0.2.1", PSA_FAULT_REFUSED, PSA_STAGE_CONNECT, FALSE, TRUE },
    { "tenant.example.com", PSA_FAULT_NAME, PSA_STAGE_RESOLVE, TRUE, FALSE },
    { "tenant.example.com", PSA_FAULT_TIMED_OUT, PSA_STAGE_COMPANY, FALSE, FALSE },
    { "tenant.example.com", PSA_FAULT_TLS, PSA_STAGE_TLS, FALSE, FALSE },
    { "127.0.0.1", PSA_FAULT_REFUSED, PSA_STAGE_CONNECT, FALSE, FALSE },
    { "::1", PSA_FAULT_REFUSED, PSA_STAGE_CONNECT, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PsaResult) result = fold (&cases[i], PSA_CAUSE_TIMED_OUT);

      g_test_message ("%s %d", cases[i].host, cases[i].stage);
      g_assert_cmpint (result->offline, ==, cases[i].offline);
      g_assert_cmpint (psa_stage_report_get_result (psa_result_get_stage (result, cases[i].stage)),
                       ==, PSA_STAGE_FAILED);
    }
}

/* What is good is kept, though the network went away while something more was asked. */
static void
test_good_is_kept (void)
{
  static const Case gone = { "tenant.example.com", PSA_FAULT_NAME, PSA_STAGE_RESOLVE, FALSE,
                             FALSE };
  g_autoptr(PsaResult) result = fold (&gone, PSA_CAUSE_OK);

  g_assert_false (result->offline);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/findings/offline", test_offline);

  g_test_add_func ("/findings/good-is-kept", test_good_is_kept);

  return g_test_run ();
}
