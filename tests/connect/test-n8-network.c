/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"
#include "own-network.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* What happens to a check while the machine around it changes: the network goes and comes, the clock jumps,
 * the machine sleeps. */

#define DAY (24 * 60 * 60)

/* The system's clock, which is not ours to set, as all libraries of this program see it. */
static gint64 clock_ahead;

int
clock_gettime (clockid_t id, struct timespec *now)
{
  int status = (int) syscall (SYS_clock_gettime, id, now);

  if (id == CLOCK_REALTIME)
    now->tv_sec += clock_ahead;

  return status;
}

int
gettimeofday (struct timeval *now, void *zone)
{
  int status = (int) syscall (SYS_gettimeofday, now, zone);

  now->tv_sec += clock_ahead;

  return status;
}

time_t
time (time_t *now)
{
  struct timeval exact;

  gettimeofday (&exact, NULL);
  if (now != NULL)
    *now = exact.tv_sec;

  return exact.tv_sec;
}

static PsaStageReport *
get_live_report (CheckRun *run, PsaStage stage)
{
  g_autoptr(PsaStageReport) report =
      g_list_model_get_item (psa_check_get_stages (run->check), stage);

  return report; /* the list keeps it */
}

static CheckRun *
start_and_await (PsaClient *client, PracticeFixture *tenant, const char *company, PsaStage stage)
{
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, company);
  CheckRun *run =
      check_run_start (client, NULL, profile, tenant->client_id, tenant->private_key, NULL);

  check_run_until (psa_stage_report_get_result (get_live_report (run, stage)) == PSA_STAGE_RUNNING,
                   10);

  return run;
}

static void
count_cb (GNetworkMonitor *monitor, gboolean is_available, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
}

/* Gone while an answer is waited for, and back before the time is up: nothing is lost. */
static void
test_goes_and_comes (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = start_and_await (client, tenant, "late-info", PSA_STAGE_SIGN_IN);
  GNetworkMonitor *monitor = g_network_monitor_get_default ();
  guint n_changes = 0;
  gulong handler = g_signal_connect (monitor, "network-changed", G_CALLBACK (count_cb), &n_changes);

  own_network_set_up (FALSE);
  check_run_until (n_changes > 0, 10);
  g_assert_cmpuint (run->n_calls, ==, 0);
  own_network_set_up (TRUE);
  g_signal_handler_disconnect (monitor, handler);
  check_run_wait (run);
  check_run_assert (run, "goes and comes", PSA_CAUSE_SLOW);
}

/* Gone, and not back in time: a stage ends when its time is up. Then it is back, and the same client goes on,
 * whatever connections it still has. */
static void
test_stays_away (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = start_and_await (client, tenant, "late-info", PSA_STAGE_SIGN_IN);
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "ok");
  g_autoptr(CheckRun) again = NULL;

  own_network_set_up (FALSE);
  check_run_wait (run);
  check_run_assert (run, "stays away", PSA_CAUSE_TIMED_OUT);
  g_assert_cmpfloat (run->took, <, PSA_CHECK_SECONDS);

  own_network_set_up (TRUE);
  again = check_run_do (client, profile, tenant);
  check_run_assert (again, "back again", PSA_CAUSE_OK);
}

static void
test_clock (gconstpointer data)
{
  int days = GPOINTER_TO_INT (data);
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = start_and_await (client, tenant, "busy-then-ok", PSA_STAGE_SIGN_IN);
  gint64 before = g_get_real_time ();

  clock_ahead = days * DAY;
  g_assert_cmpint (ABS (g_get_real_time () - before), >, G_USEC_PER_SEC * (gint64) DAY / 2);
  check_run_wait (run);
  clock_ahead = 0;

  check_run_assert (run, "clock", PSA_CAUSE_OK); /* each stage has a time that makes sense */
  g_assert_cmpfloat (run->result->duration_ms, >, 0);
  g_assert_cmpfloat (run->result->duration_ms, <=, run->took * 1000 + 1);
  for (guint i = 0; i < PSA_N_STAGES; i++)
    g_assert_cmpfloat (psa_stage_report_get_ms (psa_result_get_stage (run->result, i)), <=,
                       run->result->duration_ms);
}

/* All of this program stands still for longer than a stage may take, and an answer is there when it goes on: it
 * ends, once, and at once. */
static void
test_machine_sleeps (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = start_and_await (client, tenant, "late-info", PSA_STAGE_SIGN_IN);
  g_autofree char *command =
      g_strdup_printf ("kill -STOP %d && sleep %d && kill -CONT %d", (int) getpid (),
                       PSA_CLIENT_STAGE_SECONDS + 1, (int) getpid ());
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) sleeper =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sh", "-c", command, NULL);
  gint64 woken;

  g_assert_no_error (error);
  do
    {
      woken = g_get_monotonic_time ();
      g_main_context_iteration (NULL, TRUE);
    }
  while (run->n_calls == 0);
  g_assert_true (run->error == NULL);
  g_assert_cmpfloat (run->took, >, PSA_CLIENT_STAGE_SECONDS);
  g_assert_cmpint (g_get_monotonic_time () - woken, <, 15 * G_USEC_PER_SEC);
  /* Where it fell asleep before the request was out, the tenant answers it afterwards. */
  check_run_assert (run, "asleep",
                    run->result->cause == PSA_CAUSE_SLOW ? PSA_CAUSE_SLOW : PSA_CAUSE_TIMED_OUT);
  g_subprocess_wait (sleeper, NULL, &error);
  g_assert_no_error (error);
}

static char *no_network;

/* Cases that need a network which may be broken. */
static void
add_case (const char *path, GTestFunc func)
{
  if (no_network != NULL)
    g_test_add_data_func (path, no_network, (GTestDataFunc) g_test_skip);
  else
    g_test_add_func (path, func);
}

int
main (int argc, char **argv)
{
  int status;

  own_network_enter (&no_network);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_case ("/n8-network/goes-and-comes", test_goes_and_comes);
  add_case ("/n8-network/stays-away", test_stays_away);
  g_test_add_data_func ("/n8-network/clock-jumps/forward", GINT_TO_POINTER (1), test_clock);
  g_test_add_data_func ("/n8-network/clock-jumps/back", GINT_TO_POINTER (-1), test_clock);
  g_test_add_func ("/n8-network/machine-sleeps", test_machine_sleeps);
  status = g_test_run ();
  g_free (no_network);

  return status;
}
