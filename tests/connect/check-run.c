/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"

#define DEADLINE 60

/* Wakes the main context, so that a deadline is seen while nothing happens. */
gboolean
check_run_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * check_run_make_profile:
 * @tenant: a running practice tenant
 * @company: the scenario
 *
 * Returns: (transfer full): a profile that signs in there and trusts its certificate
 */
PsaProfile *
check_run_make_profile (PracticeFixture *tenant, const char *company)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new (tenant->host, (guint16) tenant->port);
  g_autofree char *username = g_strconcat (company, "+", tenant->public_key, NULL);

  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, username);
  psa_profile_trust (profile, tenant->sha256);

  return g_steal_pointer (&profile);
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CheckRun *self = user_data;

  self->n_calls++;
  self->result = psa_check_run_finish (PSA_CHECK (object), result, &self->error);
  self->took = (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC;
}

/**
 * check_run_start:
 * @client: the client
 * @vault: (nullable): the keyring; %NULL where both secrets are given
 * @profile: what to check
 * @client_id: (nullable): typed
 * @password: (nullable): typed
 * @cancellable: (nullable): a cancellable
 *
 * Returns: (transfer full): a check that is under way
 */
CheckRun *
check_run_start (PsaClient *client,
                 PsaVault *vault,
                 PsaProfile *profile,
                 const char *client_id,
                 const char *password,
                 GCancellable *cancellable)
{
  CheckRun *self = g_new0 (CheckRun, 1);
  g_autoptr(PsaVault) own = vault == NULL ? psa_vault_new () : g_object_ref (vault);
  g_autoptr(PsaSecret) first = client_id == NULL ? NULL : psa_secret_new (client_id);
  g_autoptr(PsaSecret) second = password == NULL ? NULL : psa_secret_new (password);

  self->check = psa_check_new (client, own, profile);
  self->began = g_get_monotonic_time ();
  psa_check_run_async (self->check, first, second, PSA_VAULT_NO_PROMPT, cancellable, run_cb, self);

  return self;
}

/**
 * check_run_wait:
 * @self: a check under way
 *
 * Waits until it has ended.
 */
void
check_run_wait (CheckRun *self)
{
  check_run_until (self->n_calls > 0, DEADLINE);
}

/**
 * check_run_do:
 * @client: the client
 * @profile: what to check
 * @tenant: whose keys are given
 *
 * Returns: (transfer full): a check that has ended
 */
CheckRun *
check_run_do (PsaClient *client, PsaProfile *profile, PracticeFixture *tenant)
{
  CheckRun *self =
      check_run_start (client, NULL, profile, tenant->client_id, tenant->private_key, NULL);

  check_run_wait (self);

  return self;
}

/**
 * check_run_do_host:
 * @host: whom to ask
 * @port: and where
 *
 * Returns: (transfer full): a check that has ended, of a tenant whose keys nobody knows
 */
CheckRun *
check_run_do_host (const char *host, guint16 port)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new (host, port);
  g_autoptr(PsaClient) client = psa_client_new ();
  CheckRun *self;

  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, "contoso+key");
  self = check_run_start (client, NULL, profile, CHECK_RUN_CLIENT_ID, "secret", NULL);
  check_run_wait (self);

  return self;
}

/**
 * check_run_make_request:
 * @address: whom to ask
 * @url: what to ask
 * @trusted_sha256: (nullable): the certificate that is trusted there
 *
 * Returns: a signed request, which borrows what it was given
 */
PsaRequest
check_run_make_request (const PsaAddress *address, const char *url, const char *trusted_sha256)
{
  return (PsaRequest) {
    .ask = PSA_ASK_INFO,
    .address = address,
    .url = url,
    .authorization = "Basic eDp5",
    .client_id = CHECK_RUN_CLIENT_ID,
    .accept = "application/json",
    .trusted_sha256 = trusted_sha256,
    .new_connection = TRUE,
  };
}

/**
 * check_run_free:
 * @self: (transfer full): a check that has ended
 */
void
check_run_free (CheckRun *self)
{
  g_assert_cmpuint (self->n_calls, ==, 1);
  g_clear_object (&self->check);
  g_clear_pointer (&self->result, psa_result_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
send_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PsaReply **reply = user_data;
  g_autoptr(GError) error = NULL;

  *reply = psa_client_send_finish (PSA_CLIENT (object), result, &error);
  g_assert_no_error (error);
}

/**
 * check_run_send:
 * @client: a client
 * @request: one request
 *
 * Returns: (transfer full): what came of it
 */
PsaReply *
check_run_send (PsaClient *client, const PsaRequest *request)
{
  PsaReply *reply = NULL;

  psa_client_send_async (client, request, NULL, NULL, NULL, send_cb, &reply);
  check_run_until (reply != NULL, DEADLINE);

  return reply;
}

static void
assert_stages (PsaResult *result)
{
  PsaCause cause = result->cause;
  PsaState state = psa_cause_get_state (cause);
  guint n_failed = 0;

  g_assert_cmpuint (g_list_model_get_n_items (psa_result_get_stages (result)), ==, PSA_N_STAGES);
  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      PsaStageReport *report = psa_result_get_stage (result, i);
      PsaStageResult stage = psa_stage_report_get_result (report);

      g_assert_cmpuint (psa_stage_report_get_stage (report), ==, i);
      g_assert_cmpuint (stage, !=, PSA_STAGE_PENDING);
      g_assert_cmpuint (stage, !=, PSA_STAGE_RUNNING);
      if (n_failed > 0)
        g_assert_cmpuint (stage, ==, PSA_STAGE_SKIPPED);
      if (stage == PSA_STAGE_FAILED)
        n_failed++;
      if (stage == PSA_STAGE_SKIPPED)
        g_assert_cmpfloat (psa_stage_report_get_ms (report), <, 0);
      else
        g_assert_cmpfloat (psa_stage_report_get_ms (report), >=, 0);
    }

  g_assert_cmpuint (n_failed, ==,
                    state == PSA_STATE_CONNECTED || state == PSA_STATE_WARNING ? 0 : 1);
}

/**
 * check_run_assert:
 * @self: a check that has ended
 * @name: what is told on a failure
 * @cause: the cause that is due
 *
 * Asserts that it ended so, once, with stages that belong to it.
 */
void
check_run_assert (CheckRun *self, const char *name, PsaCause cause)
{
  g_test_message ("%s: %s after %.2f s", name,
                  self->result == NULL ? "no result" : psa_cause_get_token (self->result->cause),
                  self->took);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->n_calls, ==, 1);
  g_assert_nonnull (self->result);
  g_assert_cmpstr (psa_cause_get_token (self->result->cause), ==, psa_cause_get_token (cause));
  assert_stages (self->result);
}
