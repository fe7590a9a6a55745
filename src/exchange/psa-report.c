/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-report.h"

#include "psa-message.h"
#include "psa-printable.h"
#include "psa-redact.h"
#include "psa-username.h"

#include <string.h>

#define N_SHOWN 4 /* of the public key, as of the Client ID */
#define MIN_KEY_BYTES                                                                              \
  12 /* a public key has 16; a member's ID is no secret, and may be part of any word */
#define MAX_FACT_BYTES 500 /* nothing longer helps a reader, and a server can send what it likes */

/* A ticket is read by people of another company, in another country: a report is in English and UTC. */

/* Text from outside as a code span: no sign of it can end the span or mean anything in Markdown. */
static void
add_fact (GString *report, const char *label, const char *text)
{
  g_autofree char *clean = NULL;

  if (text == NULL || *text == '\0')
    return;
  clean = psa_printable_dup (text, strlen (text), MAX_FACT_BYTES, PSA_PRINTABLE_ONE_LINE);
  g_strdelimit (clean, "`", '\'');
  g_string_append_printf (report, "- %s: `%s`\n", label, clean);
}

static char *
format_time (gint64 seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC") : NULL;
}

/* A server may send back who signed in: of a key that is long enough to be one, no more than the hint is told. */
static char *
hide_key (const char *report, const char *username)
{
  g_autofree char *company_id = NULL;
  g_autofree char *key = NULL;
  const PsaSecret *hidden[] = { NULL, NULL };

  if (!psa_username_split (username, &company_id, &key, NULL) || strlen (key) < MIN_KEY_BYTES)
    return g_strdup (report);
  hidden[0] = key;
  return psa_redact (report, hidden, NULL);
}

/* Enough to find the key among the member's, and no use to anybody else. */
static char *
dup_key_hint (const char *username)
{
  g_autofree char *company_id = NULL;
  g_autofree char *key = NULL;
  glong length;

  if (!psa_username_split (username, &company_id, &key, NULL))
    return NULL;
  length = g_utf8_strlen (key, -1);
  if (length <= N_SHOWN)
    return g_strdup ("…");
  return g_strconcat ("…", g_utf8_offset_to_pointer (key, length - N_SHOWN), NULL);
}

static void
add_connection (GString *report, PsaProfile *profile, const char *client_id_hint)
{
  g_autofree char *key_hint = dup_key_hint (psa_profile_get_username (profile));

  g_string_append (report, "\n## Connection\n\n");
  add_fact (report, "Host", psa_profile_get_address_text (profile));
  add_fact (report, "Company ID", psa_profile_get_company_id (profile));
  add_fact (report, "Public key, user or member ends in", key_hint);
  add_fact (report, "Client ID ends in", client_id_hint);
  add_fact (report, "API version asked for",
            *psa_profile_get_api_version (profile) != '\0' ? psa_profile_get_api_version (profile)
                                                           : "the tenant's current one");
}

static void
add_tenant (GString *report, const PsaTenant *tenant)
{
  g_string_append (report, "\n## Tenant\n\n");
  add_fact (report, "Company", tenant->company);
  add_fact (report, "Version", tenant->version);
  add_fact (report, "Current API version", tenant->api_version);
  add_fact (report, "Codebase", tenant->codebase);
  add_fact (report, "Region", tenant->region);
  add_fact (report, "Runs as", tenant->cloud ? "cloud" : "own server");
}

static void
add_stages (GString *report, PsaResult *result)
{
  g_string_append (report, "\n## Stages\n\n| stage | result | ms | tries |\n|---|---|---:|---:|\n");
  for (PsaStage stage = 0; stage < PSA_N_STAGES; stage++)
    {
      PsaStageReport *entry = psa_result_get_stage (result, stage);
      double ms = psa_stage_report_get_ms (entry);

      g_string_append_printf (report, "| %s | %s | ", psa_stage_get_token (stage),
                              psa_stage_result_get_token (psa_stage_report_get_result (entry)));
      if (ms >= 0)
        g_string_append_printf (report, "%.0f", ms);
      g_string_append_printf (report, " | %u |\n", MAX (psa_stage_report_get_tries (entry), 1));
    }
}

static void
add_certificate (GString *report, const PsaCertificate *certificate)
{
  g_autofree char *from = format_time (certificate->not_before);
  g_autofree char *until = format_time (certificate->not_after);

  g_string_append (report, "\n## Certificate\n\n");
  add_fact (report, "Issued for", certificate->subject);
  add_fact (report, "Issued by", certificate->issuer);
  add_fact (report, "Valid from", from);
  add_fact (report, "Valid until", until);
  add_fact (report, "SHA-256", certificate->sha256);
}

static void
add_answer (GString *report, PsaResult *result)
{
  g_autofree char *status =
      result->http_status != 0 ? g_strdup_printf ("%u", result->http_status) : NULL;

  g_string_append (report, "\n## Answer that decided\n\n");
  add_fact (report, "HTTP status", status);
  add_fact (report, "Request ID of the server", result->request_id);
  add_fact (report, "Sent on to", result->location);
  add_fact (report, "Protocols", result->http_protocol);
  add_fact (report, "TLS", result->tls_protocol);
}

/* As much of the answer as still fits. Each line is indented, which makes it code whatever it says. */
static void
add_raw (GString *report, const char *raw)
{
  g_autofree char *clean = NULL;
  g_auto(GStrv) lines = NULL;

  if (raw == NULL || *raw == '\0')
    return;
  clean = psa_printable_dup (raw, strlen (raw), strlen (raw), PSA_PRINTABLE_KEEP_LINES);
  lines = g_strsplit (clean, "\n", -1);
  g_string_append (report, "\n");
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      gsize room = PSA_REPORT_MAX_BYTES - MIN (PSA_REPORT_MAX_BYTES, report->len);
      g_autofree char *line = NULL;

      if (room < 32)
        return;
      line = psa_printable_dup (lines[i], strlen (lines[i]), room - 16, PSA_PRINTABLE_ONE_LINE);
      g_string_append_printf (report, "    %s\n", line);
    }
}

/**
 * psa_report_new:
 * @profile: whose connection it is
 * @result: what its check found
 * @client_id_hint: (nullable): the end of the Client ID, from psa_client_id_dup_hint()
 *
 * A diagnosis for a support ticket: Markdown of at most %PSA_REPORT_MAX_BYTES, in English, times in UTC. Of the
 * public key and the Client ID it holds the last four signs, of the password nothing, not even its
 * length; what the server sent is in it as the check has redacted it.
 *
 * Returns: (transfer full): the text
 */
char *
psa_report_new (PsaProfile *profile, PsaResult *result, const char *client_id_hint)
{
  g_autoptr(GString) report = g_string_new ("# PSA connection report\n\n");
  g_autofree char *checked_at = NULL;

  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (result != NULL, NULL);

  checked_at = format_time (result->checked_at / G_USEC_PER_SEC);
  add_fact (report, "State", psa_state_get_token (psa_cause_get_state (result->cause)));
  add_fact (report, "Cause", psa_cause_get_token (result->cause));
  add_fact (report, "Checked at", checked_at);
  add_fact (report, "PSA Connections", VERSION);
  add_connection (report, profile, client_id_hint);
  add_tenant (report, result->tenant);
  add_stages (report, result);
  if (result->certificate != NULL)
    add_certificate (report, result->certificate);
  add_answer (report, result);
  add_raw (report, result->raw);
  return hide_key (report->str, psa_profile_get_username (profile));
}
