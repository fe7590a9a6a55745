/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-samples.h"

#include "psa-import-dialog.h"

/**
 * ui_sample_draft:
 * @name: of the profile
 * @host: of its tenant
 * @port: likewise
 * @username: company, `+`, key
 *
 * Returns: (transfer full): a draft that is fit to be kept
 */
PsaProfile *
ui_sample_draft (const char *name, const char *host, guint port, const char *username)
{
  PsaProfile *draft = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new (host, (guint16) port);

  psa_profile_set_name (draft, name);
  psa_profile_set_address (draft, address);
  psa_profile_set_api_version (draft, "2025.1");
  psa_profile_set_username (draft, username);
  return draft;
}

static void
fill_stages (PsaResult *result)
{
  const double times[] = { 0, -1, 12, 18, 45, 30, 118, 34, 0 };
  const double starts[] = { 0, -1, 1, 13, 31, 76, 106, 224, 258 };
  const char *details[] = { "",           "", "203.0.113.7",         "",      "TLS 1.3",
                            "Contoso IT", "", "Company › Companies", "2025.1" };
  gboolean good = psa_cause_get_state (result->cause) == PSA_STATE_CONNECTED ||
                  psa_cause_get_state (result->cause) == PSA_STATE_WARNING;
  PsaStage last = good ? PSA_STAGE_VERSION : PSA_STAGE_SIGN_IN;

  if (psa_cause_get_state (result->cause) == PSA_STATE_NEEDS_CORRECTION)
    last = PSA_STAGE_TLS;
  for (PsaStage stage = PSA_STAGE_ADDRESS; stage <= PSA_STAGE_VERSION; stage++)
    {
      PsaStageReport *report = psa_result_get_stage (result, stage);

      if (stage == PSA_STAGE_PROXY || stage > last)
        psa_stage_report_end (report, PSA_STAGE_SKIPPED, -1, "");
      else
        {
          psa_stage_report_start (report, starts[stage]);
          psa_stage_report_end (report,
                                stage == last && !good ? PSA_STAGE_FAILED : PSA_STAGE_PASSED,
                                times[stage], details[stage]);
        }
    }
}

static void
fill_tenant (PsaResult *result)
{
  const char *const licenses[] = { "ServiceBoard", "Project", "Finance", NULL };

  g_set_str (&result->tenant->company, "Contoso IT");
  g_set_str (&result->tenant->version, "2025.1");
  g_set_str (&result->tenant->region, "NA");
  g_set_str (&result->tenant->time_zone, "Eastern Standard Time");
  g_set_str (&result->tenant->api_version, "2025.1");
  result->tenant->licenses = g_strdupv ((GStrv) licenses);
  result->tenant->cloud = TRUE;
}

static PsaCertificate *
make_certificate (void)
{
  PsaCertificate sample = {
    .sha256 = (char *) "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    .issuer = (char *) "CN=Adatum Internal CA,O=Adatum",
    .subject = (char *) "CN=cw.adatum.com",
    .not_before = 1767225600,
    .not_after = 1830297600,
    .errors = G_TLS_CERTIFICATE_UNKNOWN_CA,
  };

  return psa_certificate_copy (&sample);
}

static guint
get_http_status (PsaCause cause)
{
  switch ((int) cause)
    {
    case PSA_CAUSE_KEYS_REJECTED:
      return 401;
    case PSA_CAUSE_NOT_PERMITTED:
    case PSA_CAUSE_WEB_ADDRESS:
      return 403;
    case PSA_CAUSE_CLIENT_ID_REFUSED:
    case PSA_CAUSE_VERSION_UNSUPPORTED:
      return 400;
    case PSA_CAUSE_UNKNOWN_COMPANY:
      return 404;
    case PSA_CAUSE_RATE_LIMITED:
      return 429;
    case PSA_CAUSE_SERVER_ERROR:
      return 503;
    default:
      return 200;
    }
}

/**
 * ui_sample_result:
 * @profile: whose result
 * @cause: how it ended
 * @minutes_ago: when
 *
 * Returns: (transfer full): a result such as a check might have found
 */
PsaResult *
ui_sample_result (PsaProfile *profile, PsaCause cause, guint minutes_ago)
{
  PsaResult *result = psa_result_new (profile);
  PsaState state = psa_cause_get_state (cause);

  result->cause = cause;
  result->checked_at = g_get_real_time () - (gint64) minutes_ago * 60 * G_USEC_PER_SEC;
  result->duration_ms = 212;
  result->http_status = get_http_status (cause);
  g_set_str (&result->request_id, "8f0c1a52-77b1-4c9e");
  g_set_str (&result->tls_protocol, "TLS 1.3");
  g_set_str (&result->http_protocol, "HTTP/2");
  g_set_str (&result->raw, "{\n  \"version\": \"v2025.1.10675\",\n  \"isCloud\": true\n}");
  if (cause == PSA_CAUSE_RATE_LIMITED)
    result->retry_at = g_get_real_time () / G_USEC_PER_SEC + 30;
  if (state == PSA_STATE_NEEDS_CORRECTION)
    result->certificate = make_certificate ();
  else
    fill_tenant (result);
  fill_stages (result);
  return result;
}

/**
 * ui_sample_keep:
 * @driver: the program
 * @name: of the profile
 * @host: of its tenant
 * @username: company, `+`, key
 * @cause: how its last check ended; never-checked leaves it without one
 * @minutes_ago: when
 *
 * Returns: (transfer none): the kept profile, its result taken by the monitor
 */
PsaProfile *
ui_sample_keep (UiDriver *driver,
                const char *name,
                const char *host,
                const char *username,
                PsaCause cause,
                guint minutes_ago)
{
  g_autoptr(PsaProfile) draft = ui_sample_draft (name, host, 443, username);
  PsaProfile *profile = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);

  if (cause != PSA_CAUSE_NEVER_CHECKED)
    {
      g_autoptr(PsaResult) result = ui_sample_result (profile, cause, minutes_ago);

      ui_record (driver, profile, result);
    }
  return profile;
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer done)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (psa_vault_store_finish (PSA_VAULT (object), result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

/**
 * ui_sample_store:
 * @driver: the program
 * @id: a UUID that no profile has
 * @label: what the keyring calls it
 *
 * Puts a password into the keyring, as one that has lost its profile.
 */
void
ui_sample_store (UiDriver *driver, const char *id, const char *label)
{
  PsaKeeper *keeper = psa_monitor_get_keeper (ui_get_monitor (driver));
  g_autoptr(PsaSecret) secret = psa_secret_new (UI_PASSWORD);
  gboolean done = FALSE;

  psa_vault_store_async (psa_keeper_get_vault (keeper), id, label, secret, NULL, stored_cb, &done);
  ui_wait (done);
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer done)
{
  g_autoptr(GError) error = NULL;

  psa_vault_clear_finish (PSA_VAULT (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

/**
 * ui_sample_clear:
 * @driver: the program
 * @id: UUID of a profile
 *
 * Takes its password out of the keyring, as another program may.
 */
void
ui_sample_clear (UiDriver *driver, const char *id)
{
  PsaKeeper *keeper = psa_monitor_get_keeper (ui_get_monitor (driver));
  gboolean done = FALSE;

  psa_vault_clear_async (psa_keeper_get_vault (keeper), id, PSA_VAULT_NO_PROMPT, NULL, cleared_cb,
                         &done);
  ui_wait (done);
}

/**
 * ui_sample_import_dialog:
 * @driver: the program
 * @table: a file
 *
 * Returns: (transfer floating): the dialog that shows what it would change
 */
AdwDialog *
ui_sample_import_dialog (UiDriver *driver, GBytes *table)
{
  PsaStore *store = ui_get_store (driver);
  g_autoptr(GError) error = NULL;
  PsaImport *import = psa_import_new (table, NULL, G_LIST_MODEL (store),
                                      psa_store_get_integrations (store), &error);

  g_assert_no_error (error);
  return psa_import_dialog_new (psa_monitor_get_keeper (ui_get_monitor (driver)), table, import);
}
