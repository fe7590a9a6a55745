/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-stage.h"

#include <math.h>

static const char *const stages[PSA_N_STAGES] = {
  "address", "proxy", "resolve", "connect", "tls", "company", "sign-in", "proof", "version",
};

static const char *const results[] = {
  "pending", "running", "passed", "warned", "failed", "skipped",
};

static void
test_tokens (void)
{
  PsaStage stage = PSA_STAGE_TLS;
  PsaStageResult result = PSA_STAGE_WARNED;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      PsaStage back = PSA_N_STAGES;

      g_assert_cmpstr (psa_stage_get_token (i), ==, stages[i]);
      g_assert_true (psa_stage_from_token (stages[i], &back));
      g_assert_cmpint (back, ==, i);
      g_assert_cmpstr (psa_stage_get_word (i), !=, "");
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      PsaStageResult back = PSA_STAGE_PENDING;

      g_assert_cmpstr (psa_stage_result_get_token (i), ==, results[i]);
      g_assert_true (psa_stage_result_from_token (results[i], &back));
      g_assert_cmpint (back, ==, i);
      g_assert_cmpstr (psa_stage_result_get_word (i), !=, "");
    }

  g_assert_false (psa_stage_from_token ("Address", &stage));
  g_assert_false (psa_stage_from_token (NULL, &stage));
  g_assert_cmpint (stage, ==, PSA_STAGE_TLS);
  g_assert_false (psa_stage_result_from_token ("", &result));
  g_assert_false (psa_stage_result_from_token (NULL, &result));
  g_assert_cmpint (result, ==, PSA_STAGE_WARNED);
}

static void
on_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  GString *seen = user_data;

  g_string_append_printf (seen, "%s ", pspec->name);
}

static void
test_report (void)
{
  g_autoptr(PsaStageReport) report = psa_stage_report_new (PSA_STAGE_SIGN_IN);
  g_autoptr(GString) seen = g_string_new (NULL);

  g_assert_cmpint (psa_stage_report_get_stage (report), ==, PSA_STAGE_SIGN_IN);
  g_assert_cmpint (psa_stage_report_get_result (report), ==, PSA_STAGE_PENDING);
  g_assert_cmpfloat (psa_stage_report_get_ms (report), ==, -1);
  g_assert_cmpfloat (psa_stage_report_get_start_ms (report), ==, -1);
  g_assert_cmpstr (psa_stage_report_get_detail (report), ==, "");
  g_assert_cmpuint (psa_stage_report_get_tries (report), ==, 0);

  g_signal_connect (report, "notify", G_CALLBACK (on_notify_cb), seen);
  psa_stage_report_start (report, 12.5);
  g_assert_cmpstr (seen->str, ==, "start-ms result ");
  g_string_truncate (seen, 0);
  psa_stage_report_add_try (report);
  g_assert_cmpstr (seen->str, ==, "tries ");
  g_string_truncate (seen, 0);
  psa_stage_report_end (report, PSA_STAGE_PASSED, 118, "TLS 1.3");
  g_assert_cmpstr (seen->str, ==, "ms detail result ");
  g_string_truncate (seen, 0);
  psa_stage_report_end (report, PSA_STAGE_PASSED, 118, NULL); /* nothing new, nothing told */
  g_assert_cmpstr (seen->str, ==, "");

  g_assert_cmpint (psa_stage_report_get_result (report), ==, PSA_STAGE_PASSED);
  g_assert_cmpfloat (psa_stage_report_get_ms (report), ==, 118);
  g_assert_cmpfloat (psa_stage_report_get_start_ms (report), ==, 12.5);
  g_assert_cmpstr (psa_stage_report_get_detail (report), ==, "TLS 1.3");
  g_assert_cmpuint (psa_stage_report_get_tries (report), ==, 1);
}

/* [F6]: a clock that went backwards is as good as none. */
static void
test_odd_numbers (void)
{
  g_autoptr(PsaStageReport) report = psa_stage_report_new (PSA_STAGE_TLS);

  psa_stage_report_start (report, -7);
  psa_stage_report_end (report, PSA_STAGE_FAILED, (double) NAN, NULL);
  g_assert_cmpfloat (psa_stage_report_get_start_ms (report), ==, -1);
  g_assert_cmpfloat (psa_stage_report_get_ms (report), ==, -1);
}

static void
test_finalize (void)
{
  PsaStageReport *report = psa_stage_report_new (PSA_STAGE_TLS);

  psa_stage_report_end (report, PSA_STAGE_SKIPPED, -1, "Detail");
  g_assert_finalize_object (report);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/stage/tokens", test_tokens);
  g_test_add_func ("/stage/report", test_report);
  g_test_add_func ("/f6-clock/stages", test_odd_numbers);
  g_test_add_func ("/stage/finalize", test_finalize);
  return g_test_run ();
}
