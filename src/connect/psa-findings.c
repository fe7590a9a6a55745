/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-findings.h"

#include "psa-module.h"
#include "psa-needs.h"

static PsaReply *
get_last_reply (const PsaFindings *self)
{
  return self->replies->len == 0 ? NULL : g_ptr_array_index (self->replies, self->replies->len - 1);
}

/* A server may send back what it was sent. */
static void
redact (const PsaRedaction *redaction, char **text)
{
  char *redacted;

  if (*text == NULL)
    return;

  redacted = psa_redaction_apply (redaction, *text);
  g_free (*text);
  *text = redacted;
}

static void
read_tenant (const PsaFindings *self, const PsaRedaction *redaction, PsaTenant *tenant)
{
  for (guint i = 0; i < self->replies->len; i++)
    {
      PsaReply *reply = g_ptr_array_index (self->replies, i);

      if (reply->fault != PSA_FAULT_NONE || reply->status != 200)
        continue;
      if (reply->api_version != NULL)
        g_set_str (&tenant->api_version, reply->api_version);
      if (reply->ask == PSA_ASK_COMPANY)
        psa_reply_read_company (reply, tenant);
      else if (psa_ask_get_stage (reply->ask) == PSA_STAGE_SIGN_IN)
        psa_reply_read_info (reply, tenant);
    }

  redact (redaction, &tenant->company);
  redact (redaction, &tenant->company_id);
  redact (redaction, &tenant->codebase);
  redact (redaction, &tenant->site_url);
  redact (redaction, &tenant->version);
  redact (redaction, &tenant->region);
  redact (redaction, &tenant->time_zone);
  redact (redaction, &tenant->api_version);
  for (GStrv license = tenant->licenses; license != NULL && *license != NULL; license++)
    redact (redaction, license);
}

/* A loopback address answers or refuses whether there is a network or not. */
static gboolean
is_offline (const PsaFindings *self)
{
  PsaReply *reply = get_last_reply (self);
  g_autoptr(GInetAddress) inet = NULL;

  if (self->network_available || reply == NULL ||
      (reply->fault_stage != PSA_STAGE_RESOLVE && reply->fault_stage != PSA_STAGE_CONNECT))
    return FALSE;
  if (reply->fault != PSA_FAULT_NAME && reply->fault != PSA_FAULT_REFUSED &&
      reply->fault != PSA_FAULT_TIMED_OUT)
    return FALSE;

  inet = g_inet_address_new_from_string (self->address->host);

  return inet == NULL || !g_inet_address_get_is_loopback (inet);
}

static void
read_last_answer (const PsaFindings *self, const PsaRedaction *redaction, PsaResult *result)
{
  PsaReply *reply = get_last_reply (self);

  if (reply == NULL)
    return;

  result->http_status = reply->status;
  result->location = g_strdup (reply->location);
  result->request_id = g_strdup (reply->request_id);
  result->raw =
      reply->fault == PSA_FAULT_NONE ? psa_reply_dup_excerpt (reply) : g_strdup (reply->detail);
  redact (redaction, &result->location);
  redact (redaction, &result->request_id);
  redact (redaction, &result->raw);
  if (reply->status == 429 && reply->retry_after >= 0)
    result->retry_at = g_get_real_time () / G_USEC_PER_SEC + reply->retry_after;
}

static void
read_connection (const PsaFindings *self, PsaResult *result)
{
  for (guint i = 0; i < self->replies->len; i++)
    {
      PsaReply *reply = g_ptr_array_index (self->replies, i);

      if (reply->tls_protocol != NULL)
        g_set_str (&result->tls_protocol, reply->tls_protocol);
      if (reply->http_protocol != NULL)
        g_set_str (&result->http_protocol, reply->http_protocol);
      if (reply->certificate == NULL)
        continue;
      g_clear_pointer (&result->certificate, psa_certificate_free);
      result->certificate = psa_certificate_copy (reply->certificate);
    }
}

static void
warn_stage (const PsaFindings *self, PsaCause warning)
{
  PsaStageReport *report = NULL;

  switch ((int) warning)
    {
    case PSA_CAUSE_CERTIFICATE_EXPIRING:
      report = psa_progress_get_report (self->progress, PSA_STAGE_TLS);
      break;
    case PSA_CAUSE_SLOW:
      report = psa_progress_get_report (self->progress, PSA_STAGE_SIGN_IN);
      break;
    case PSA_CAUSE_ROLE_NARROW:
      report = psa_progress_get_report (self->progress, PSA_STAGE_PROOF);
      break;
    case PSA_CAUSE_VERSION_DRIFT:
      report = psa_progress_get_report (self->progress, PSA_STAGE_VERSION);
      break;
    default:
      return;
    }

  psa_stage_report_end (report, PSA_STAGE_WARNED, psa_stage_report_get_ms (report), NULL);
}

static void
name_stage (const PsaFindings *self, PsaStage stage, const char *detail)
{
  PsaStageReport *report = psa_progress_get_report (self->progress, stage);

  if (detail != NULL && psa_stage_report_get_result (report) == PSA_STAGE_PASSED)
    psa_stage_report_end (report, PSA_STAGE_PASSED, psa_stage_report_get_ms (report), detail);
}

/* The last stage asks nothing more: it compares what is known. */
static void
judge_good (const PsaFindings *self, PsaResult *result)
{
  guint needs = psa_modules_from_words (psa_profile_get_needs (self->profile));

  result->refused_modules = psa_needs_find_refused (needs, self->replies);
  g_clear_pointer (&result->warnings, g_array_unref);
  result->warnings = psa_verdict_find_warnings (
      self->address, psa_profile_get_api_version (self->profile), result->tenant,
      result->refused_modules, self->replies, g_get_real_time () / G_USEC_PER_SEC);
  if (result->warnings->len > 0)
    result->cause = g_array_index (result->warnings, PsaCause, 0);
  for (guint i = 0; i < result->warnings->len; i++)
    warn_stage (self, g_array_index (result->warnings, PsaCause, i));
}

static char *
dup_answer_detail (const PsaFindings *self)
{
  PsaReply *reply = get_last_reply (self);

  if (reply == NULL || reply->fault != PSA_FAULT_NONE || reply->status == 0)
    return g_strdup ("");

  return g_strdup_printf ("HTTP %u", reply->status);
}

/**
 * psa_findings_fold:
 * @self: all that is known
 * @cause: the verdict
 * @stage: the stage it ended in
 * @detail: (nullable): a translated sentence on why, where no answer decided
 *
 * Makes the result of a check, ends all its stages, and turns a good one with warnings into the
 * first of them. Whatever a server sent goes through the one redaction.
 *
 * Returns: (transfer full): the result
 */
PsaResult *
psa_findings_fold (const PsaFindings *self, PsaCause cause, PsaStage stage, const char *detail)
{
  g_autoptr(PsaResult) result = NULL;
  g_autoptr(PsaRedaction) redaction = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (self != NULL && self->replies != NULL, NULL);

  redaction = psa_redaction_new (self->secrets, psa_profile_get_username (self->profile));
  result = psa_result_new (self->profile);
  result->cause = cause;
  result->checked_at = g_get_real_time ();
  result->duration_ms = psa_progress_get_elapsed_ms (self->progress);
  result->offline = cause != PSA_CAUSE_OK && is_offline (self);
  if (result->tenant == NULL)
    result->tenant = psa_tenant_new ();
  read_tenant (self, redaction, result->tenant);
  read_connection (self, result);
  read_last_answer (self, redaction, result);
  if (self->address != NULL && self->replies->len > 0)
    result->base_url = psa_ask_dup_base_url (self->address, self->replies);

  shown = detail != NULL ? g_strdup (detail) : dup_answer_detail (self);
  if (cause == PSA_CAUSE_OK)
    psa_progress_enter (self->progress, PSA_STAGE_VERSION);
  psa_progress_end (self->progress, cause == PSA_CAUSE_OK ? PSA_N_STAGES : stage, shown);
  name_stage (self, PSA_STAGE_COMPANY, result->tenant->company);
  name_stage (self, PSA_STAGE_VERSION, result->tenant->version);
  if (cause == PSA_CAUSE_OK)
    judge_good (self, result);
  g_set_object (&result->stages, self->progress->stages);

  return g_steal_pointer (&result);
}
