/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"

#include <glib/gstdio.h>
#include <string.h>

static PsaStageReport *
get_report (CheckRun *run, PsaStage stage)
{
  return psa_result_get_stage (run->result, stage);
}

static PsaStageReport *
get_live_report (CheckRun *run, PsaStage stage)
{
  g_autoptr(PsaStageReport) report =
      g_list_model_get_item (psa_check_get_stages (run->check), stage);

  return report; /* the list keeps it */
}

/* A port of this machine that nobody listens on. */
static guint16
find_closed_port (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);

  return port;
}

static void
test_refused (void)
{
  g_autoptr(CheckRun) run = check_run_do_host ("127.0.0.1", find_closed_port ());

  check_run_assert (run, "refused", PSA_CAUSE_CONNECTION_REFUSED);
  g_assert_cmpint (psa_stage_report_get_result (get_report (run, PSA_STAGE_RESOLVE)), ==,
                   PSA_STAGE_PASSED);
  g_assert_cmpint (psa_stage_report_get_result (get_report (run, PSA_STAGE_CONNECT)), ==,
                   PSA_STAGE_FAILED);
  g_assert_cmpuint (psa_stage_report_get_tries (get_report (run, PSA_STAGE_CONNECT)), ==, 3);
  g_assert_false (run->result->offline); /* this machine answers without any network */
  g_assert_null (run->result->certificate);
}

static void
test_unknown_name (void)
{
  g_autoptr(CheckRun) run = check_run_do_host ("nothing.invalid", 443);

  check_run_assert (run, "nothing.invalid", PSA_CAUSE_HOST_NOT_FOUND);
  g_assert_cmpint (psa_stage_report_get_result (get_report (run, PSA_STAGE_RESOLVE)), ==,
                   PSA_STAGE_FAILED);
  g_assert_cmpint (run->result->offline, ==,
                   !g_network_monitor_get_network_available (g_network_monitor_get_default ()));
}

static guint
count_lines (const char *file)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  for (const char *at = text; (at = strchr (at, '\n')) != NULL; at++)
    n++;

  return n;
}

static char *
make_record (char **option)
{
  char *record = g_build_filename (g_get_user_runtime_dir (), "record.jsonl", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  g_unlink (record); /* an earlier one is added to */
  *option = g_strconcat ("--record=", record, NULL);

  return record;
}

/* What stands in a file or on the command line may be anything: told at the first stage, and
 * nothing is sent. */
static void
test_bad_values (void)
{
  static const struct
  {
    const char *username;
    const char *version;
    const char *client_id;
  } bad[] = {
    { "contoso", "", NULL },
    { "+key", "", NULL },
    { "", "", NULL },
    { "contoso+k\ney", "", NULL },
    { "contoso+key", "2025.1\r\nX-Evil: 1", NULL },
    { "contoso+key", "", "no GUID" },
    { "contoso+key", "", "11111111-2222-3333-4444-555555555555\r\nX-Evil: 1" },
  };
  g_autofree char *option = NULL;
  g_autofree char *record = make_record (&option);
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (option));
  g_autoptr(PsaClient) client = psa_client_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "ok");
      g_autoptr(CheckRun) run = NULL;

      psa_profile_set_username (profile, bad[i].username);
      psa_profile_set_api_version (profile, bad[i].version);
      run = check_run_start (client, NULL, profile,
                             bad[i].client_id != NULL ? bad[i].client_id : tenant->client_id, "pw",
                             NULL);
      g_assert_cmpuint (run->n_calls, ==, 0); /* never before the call returns */
      check_run_wait (run);
      check_run_assert (run, bad[i].username, PSA_CAUSE_BAD_ADDRESS);
      g_assert_cmpint (psa_stage_report_get_result (get_report (run, PSA_STAGE_ADDRESS)), ==,
                       PSA_STAGE_FAILED);
      g_assert_cmpstr (psa_stage_report_get_detail (get_report (run, PSA_STAGE_ADDRESS)), !=, "");
    }

  g_assert_cmpuint (count_lines (record), ==, 0);
}

typedef struct
{
  guint n_running;
  PsaStage running[2 * PSA_N_STAGES];
} Watch;

static void
on_report_result_cb (PsaStageReport *report, GParamSpec *pspec, gpointer user_data)
{
  Watch *watch = user_data;

  if (psa_stage_report_get_result (report) == PSA_STAGE_RUNNING)
    {
      g_assert_cmpuint (watch->n_running, <, G_N_ELEMENTS (watch->running));
      watch->running[watch->n_running++] = psa_stage_report_get_stage (report);
    }
}

/* The stages fill in while the check goes on, in their order, with what the connection really took.
 */
static void
test_stages (void)
{
  static const PsaStage order[] = { PSA_STAGE_RESOLVE, PSA_STAGE_CONNECT, PSA_STAGE_TLS,
                                    PSA_STAGE_COMPANY, PSA_STAGE_SIGN_IN, PSA_STAGE_PROOF,
                                    PSA_STAGE_VERSION };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "ok");
  g_autoptr(PsaClient) client = psa_client_new ();
  Watch watch = { 0 };
  g_autoptr(CheckRun) run =
      check_run_start (client, NULL, profile, tenant->client_id, tenant->private_key, NULL);
  double last = 0;
  double sum = 0;

  for (guint i = 0; i < PSA_N_STAGES; i++)
    g_signal_connect (get_live_report (run, i), "notify::result", G_CALLBACK (on_report_result_cb),
                      &watch);
  check_run_wait (run);
  check_run_assert (run, "ok", PSA_CAUSE_OK);

  g_assert_cmpuint (watch.n_running, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      PsaStageReport *report = get_report (run, order[i]);

      g_assert_true (report == get_live_report (run, order[i]));
      g_assert_cmpuint (watch.running[i], ==, order[i]);
      g_assert_cmpint (psa_stage_report_get_result (report), ==, PSA_STAGE_PASSED);
      g_assert_cmpfloat (psa_stage_report_get_start_ms (report), >=, last);
      last = psa_stage_report_get_start_ms (report);
      sum += psa_stage_report_get_ms (report);
      if (order[i] != PSA_STAGE_RESOLVE && order[i] != PSA_STAGE_VERSION)
        g_assert_cmpfloat (psa_stage_report_get_ms (report), >, 0);
    }
  g_assert_cmpint (psa_stage_report_get_result (get_report (run, PSA_STAGE_PROXY)), ==,
                   PSA_STAGE_SKIPPED);
  g_assert_cmpfloat (sum, <=, run->result->duration_ms);
  g_assert_cmpfloat (run->result->duration_ms, <=, run->took * 1000);
  g_assert_cmpstr (psa_stage_report_get_detail (get_report (run, PSA_STAGE_TLS)), ==, "TLS 1.3");
  g_assert_cmpstr (run->result->tls_protocol, ==, "TLS 1.3");
  g_assert_cmpstr (psa_stage_report_get_detail (get_report (run, PSA_STAGE_COMPANY)), ==,
                   run->result->tenant->company);
  g_assert_nonnull (run->result->tenant->version);
  g_assert_cmpint (run->result->checked_at, >, 0);
}

static guint
count_requests (const char *company, guint *n_tries, PsaCause cause)
{
  g_autofree char *option = NULL;
  g_autofree char *record = make_record (&option);
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (option));
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, company);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = check_run_do (client, profile, tenant);

  check_run_assert (run, company, cause);
  *n_tries = psa_stage_report_get_tries (get_report (run, PSA_STAGE_SIGN_IN));

  return count_lines (record);
}

/* Only what may be over in a moment is asked again. */
static void
test_retries (void)
{
  guint n_tries;

  g_assert_cmpuint (count_requests ("busy-stays", &n_tries, PSA_CAUSE_SERVER_ERROR), ==, 1 + 3);
  g_assert_cmpuint (n_tries, ==, 3);
  g_assert_cmpuint (count_requests ("company-511", &n_tries, PSA_CAUSE_CAPTIVE_PORTAL), ==, 1);
  g_assert_cmpuint (count_requests ("keys-401", &n_tries, PSA_CAUSE_KEYS_REJECTED), ==, 1 + 1);
  g_assert_cmpuint (n_tries, ==, 0);
  g_assert_cmpuint (count_requests ("keys-401-challenge", &n_tries, PSA_CAUSE_KEYS_REJECTED), ==,
                    1 + 1);
  g_assert_cmpuint (count_requests ("bare-403", &n_tries, PSA_CAUSE_CLIENT_ID_REFUSED), ==, 1 + 1);
  g_assert_cmpuint (count_requests ("rate-limited", &n_tries, PSA_CAUSE_RATE_LIMITED), ==, 1 + 1);
  g_assert_cmpuint (count_requests ("silent-info", &n_tries, PSA_CAUSE_TIMED_OUT), ==, 1 + 1);
}

static guint
count_descriptors (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

typedef struct
{
  const char *option;
  const char *company;
  PsaStage stage;
} CancelCase;

/* Cancelling takes effect in the next turn of the main loop, whatever is under way. */
static void
test_cancel (void)
{
  static const CancelCase cases[] = {
    { NULL, "ok", PSA_STAGE_ADDRESS }, /* before anything began */
    { NULL, "ok", PSA_STAGE_RESOLVE },
    { NULL, "ok", PSA_STAGE_CONNECT },
    { "--handshake=silent", "ok", PSA_STAGE_TLS },
    { NULL, "silent", PSA_STAGE_COMPANY },
    { NULL, "silent-info", PSA_STAGE_SIGN_IN },
    { NULL, "slow-info", PSA_STAGE_SIGN_IN },
    { NULL, "busy-stays", PSA_STAGE_SIGN_IN }, /* tried once, and waiting for the next */
    { NULL, "silent-proof", PSA_STAGE_PROOF },
  };

  check_run_free (check_run_do_host ("127.0.0.1", find_closed_port ())); /* opens what stays open */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PracticeFixture) tenant =
          practice_fixture_new (cases[i].option == NULL ? NULL : WORDS (cases[i].option));
      guint n_descriptors = count_descriptors ();
      g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, cases[i].company);
      g_autoptr(PsaClient) client = psa_client_new ();
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(CheckRun) run = check_run_start (client, NULL, profile, tenant->client_id,
                                                  tenant->private_key, cancellable);
      PsaStageReport *report = get_live_report (run, cases[i].stage);
      gboolean busy = g_str_equal (cases[i].company, "busy-stays");

      g_test_message ("%s in %s", cases[i].company, psa_stage_get_token (cases[i].stage));
      if (cases[i].stage != PSA_STAGE_ADDRESS)
        check_run_until (psa_stage_report_get_result (report) == PSA_STAGE_RUNNING &&
                             (!busy || psa_stage_report_get_tries (report) > 1),
                         8);
      g_assert_cmpuint (run->n_calls, ==, 0);
      g_cancellable_cancel (cancellable);
      g_assert_cmpuint (run->n_calls, ==, 0);
      while (run->n_calls == 0)
        g_assert_true (g_main_context_iteration (NULL, FALSE)); /* never has to wait */
      g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (run->result);
      for (guint j = 0; j < PSA_N_STAGES; j++)
        g_assert_cmpint (psa_stage_report_get_result (get_live_report (run, j)), !=,
                         PSA_STAGE_RUNNING);

      /* Nothing is left that still holds on to them. */
      g_object_add_weak_pointer (G_OBJECT (run->check), (gpointer *) &run->check);
      g_object_unref (run->check);
      check_run_until (run->check == NULL, 5);
      g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &client);
      g_object_unref (client);
      check_run_until (client == NULL && count_descriptors () <= n_descriptors, 5);
    }
}

/* What has ended is not cancelled any more. */
static void
test_cancel_too_late (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "ok");
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CheckRun) run =
      check_run_start (client, NULL, profile, tenant->client_id, tenant->private_key, cancellable);

  check_run_wait (run);
  g_cancellable_cancel (cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check_run_assert (run, "ok", PSA_CAUSE_OK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/check/refused", test_refused);
  g_test_add_func ("/check/unknown-name", test_unknown_name);
  g_test_add_func ("/check/bad-values", test_bad_values);
  g_test_add_func ("/check/stages", test_stages);
  g_test_add_func ("/check/retries", test_retries);
  g_test_add_func ("/check/cancel", test_cancel);
  g_test_add_func ("/check/cancel-too-late", test_cancel_too_late);

  return g_test_run ();
}
