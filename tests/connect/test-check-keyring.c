/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"
#include "keyring-fixture.h"

#include <signal.h>

/* A check whose secrets were not typed: they come from the keyring, once the company is known. */

#define INTEGRATION "0b7f2a90-16b3-4d4c-8c2b-7d5e6f708192"

static PsaProfile *
make_profile (PracticeFixture *tenant, const char *company)
{
  PsaProfile *profile = check_run_make_profile (tenant, company);

  psa_profile_set_integration (profile, INTEGRATION);

  return profile;
}

static void
keep (PsaVault *vault, const char *id, const char *secret)
{
  g_autoptr(GError) error = NULL;

  keyring_store (vault, id, secret, &error);
  g_assert_no_error (error);
}

static void
check_and_assert (PsaVault *vault, PsaProfile *profile, PsaCause cause)
{
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = check_run_start (client, vault, profile, NULL, NULL, NULL);

  check_run_wait (run);
  check_run_assert (run, "kept", cause);
  g_assert_cmpstr (psa_check_get_waiting (run->check), ==, "");
  if (psa_cause_get_state (cause) != PSA_STATE_SECRET_UNAVAILABLE)
    return;

  g_assert_cmpint (
      psa_stage_report_get_result (psa_result_get_stage (run->result, PSA_STAGE_COMPANY)), ==,
      PSA_STAGE_PASSED);
  g_assert_cmpint (
      psa_stage_report_get_result (psa_result_get_stage (run->result, PSA_STAGE_SIGN_IN)), ==,
      PSA_STAGE_FAILED);
  g_assert_nonnull (run->result->tenant->company);
}

static void
test_missing (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = make_profile (tenant, "ok");
  g_autoptr(PsaProfile) unfinished = check_run_make_profile (tenant, "ok");
  g_autoptr(PsaVault) vault = psa_vault_new ();

  check_and_assert (vault, unfinished, PSA_CAUSE_SECRET_MISSING); /* no integration at all */
  check_and_assert (vault, profile, PSA_CAUSE_SECRET_MISSING);
  keep (vault, psa_profile_get_id (profile), tenant->private_key);
  check_and_assert (vault, profile, PSA_CAUSE_SECRET_MISSING);
  keep (vault, INTEGRATION, "what somebody put there\r\nX-Evil: 1");
  check_and_assert (vault, profile, PSA_CAUSE_SECRET_MISSING);
  keep (vault, INTEGRATION, tenant->client_id);
  check_and_assert (vault, profile, PSA_CAUSE_OK);
  keep (vault, psa_profile_get_id (profile), "another");
  check_and_assert (vault, profile, PSA_CAUSE_KEYS_REJECTED);
}

static void
test_locked (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = make_profile (tenant, "ok");
  g_autoptr(PsaVault) vault = psa_vault_new ();

  keep (vault, INTEGRATION, tenant->client_id);
  keep (vault, psa_profile_get_id (profile), tenant->private_key);
  keyring_restart_daemon (FALSE);
  check_and_assert (vault, profile, PSA_CAUSE_KEYRING_LOCKED);
}

/* The company comes first: without it no secret is fetched. */
static void
test_unavailable (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = make_profile (tenant, "ok");
  g_autoptr(PsaProfile) unknown = make_profile (tenant, "unknown-company-null");
  g_autoptr(PsaVault) vault = psa_vault_new ();

  check_and_assert (vault, profile, PSA_CAUSE_KEYRING_UNAVAILABLE);
  check_and_assert (vault, unknown, PSA_CAUSE_UNKNOWN_COMPANY);
}

/* A keyring that does not answer is waited for, in words, and can be left. */
static void
test_waiting (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = make_profile (tenant, "ok");
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CheckRun) run = NULL;

  keep (vault, INTEGRATION, tenant->client_id);
  keep (vault, psa_profile_get_id (profile), tenant->private_key);
  g_assert_cmpint (kill (keyring_get_daemon (), SIGSTOP), ==, 0);
  run = check_run_start (client, vault, profile, NULL, NULL, cancellable);
  g_assert_cmpstr (psa_check_get_waiting (run->check), ==, "");
  check_run_until (*psa_check_get_waiting (run->check) != '\0', 10);

  g_cancellable_cancel (cancellable);
  while (run->n_calls == 0)
    g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (psa_check_get_waiting (run->check), ==, "");

  /* What comes after it is gone reaches nobody. */
  g_assert_cmpint (kill (keyring_get_daemon (), SIGCONT), ==, 0);
  check_and_assert (vault, profile, PSA_CAUSE_OK);
  g_assert_cmpuint (run->n_calls, ==, 1);
}

/* [K1]: a keyring that answers late is waited for, with nothing sent meanwhile, and its answer is used. */
static void
test_late (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = make_profile (tenant, "ok");
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = NULL;

  keep (vault, INTEGRATION, tenant->client_id);
  keep (vault, psa_profile_get_id (profile), tenant->private_key);
  g_assert_cmpint (kill (keyring_get_daemon (), SIGSTOP), ==, 0);
  run = check_run_start (client, vault, profile, NULL, NULL, NULL);
  check_run_until (*psa_check_get_waiting (run->check) != '\0', 10);
  g_assert_cmpuint (run->n_calls, ==, 0);

  g_assert_cmpint (kill (keyring_get_daemon (), SIGCONT), ==, 0);
  check_run_wait (run);
  check_run_assert (run, "late", PSA_CAUSE_OK);
  g_assert_cmpstr (psa_check_get_waiting (run->check), ==, "");
}

/* [K1]: later than D-Bus waits, which is half a minute and here a moment: the profile says that the keyring does not
 * answer. What it says in the end reaches nobody, and the next check is as ever. */
static void
test_too_late (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = make_profile (tenant, "ok");
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = NULL;

  keep (vault, INTEGRATION, tenant->client_id);
  keep (vault, psa_profile_get_id (profile), tenant->private_key);
  keyring_set_timeout (INTEGRATION, 100);
  g_assert_cmpint (kill (keyring_get_daemon (), SIGSTOP), ==, 0);
  run = check_run_start (client, vault, profile, NULL, NULL, NULL);
  check_run_wait (run);
  check_run_assert (run, "too late", PSA_CAUSE_KEYRING_UNAVAILABLE);
  g_assert_cmpstr (psa_check_get_waiting (run->check), ==, "");

  g_assert_cmpint (kill (keyring_get_daemon (), SIGCONT), ==, 0);
  keyring_set_timeout (INTEGRATION, -1);
  check_and_assert (vault, profile, PSA_CAUSE_OK);
  g_assert_cmpuint (run->n_calls, ==, 1);
  g_assert_cmpint (run->result->cause, ==, PSA_CAUSE_KEYRING_UNAVAILABLE);
}

/* [K2]: an item that another program has pointed to another profile is that profile's: this one is without. */
static void
test_points_elsewhere (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = make_profile (tenant, "ok");
  g_autoptr(PsaProfile) other = make_profile (tenant, "ok");
  g_autoptr(PsaVault) vault = psa_vault_new ();

  keep (vault, INTEGRATION, tenant->client_id);
  keep (vault, psa_profile_get_id (profile), tenant->private_key);
  check_and_assert (vault, other, PSA_CAUSE_SECRET_MISSING);
  keyring_point_items (psa_profile_get_id (profile), psa_profile_get_id (other));
  check_and_assert (vault, profile, PSA_CAUSE_SECRET_MISSING);
  check_and_assert (vault, other, PSA_CAUSE_OK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  keyring_add_case ("/k2-items/check/missing", KEYRING_UNLOCKED, test_missing);
  keyring_add_case ("/k2-items/check/missing-file", KEYRING_FILE, test_missing);
  keyring_add_case ("/k1-keyring/check/locked", KEYRING_UNLOCKED, test_locked);
  keyring_add_case ("/k1-keyring/check/no-service", KEYRING_NONE, test_unavailable);
  keyring_add_case ("/k1-keyring/check/no-bus", KEYRING_NO_BUS, test_unavailable);
  keyring_add_case ("/k1-keyring/check/waiting", KEYRING_UNLOCKED, test_waiting);
  keyring_add_case ("/k1-keyring/check/late", KEYRING_UNLOCKED, test_late);
  keyring_add_case ("/k1-keyring/check/too-late", KEYRING_UNLOCKED, test_too_late);
  keyring_add_case ("/k2-items/check/points-elsewhere", KEYRING_UNLOCKED, test_points_elsewhere);

  return g_test_run ();
}
