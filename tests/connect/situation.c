/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "situation.h"

#include "psa-module.h"
#include "psa-needs.h"

#include <string.h>

static const char *const ask_names[] = {
  [PSA_ASK_NOTHING] = "nothing",
  [PSA_ASK_COMPANY] = "company",
  [PSA_ASK_INFO] = "info",
  [PSA_ASK_INFO_VERSIONED] = "info-versioned",
  [PSA_ASK_INFO_PLAIN] = "info-plain",
  [PSA_ASK_SECURITY] = "security",
  [PSA_ASK_SECURITY_VERSIONED] = "security-versioned",
  [PSA_ASK_COUNT_COMPANIES] = "companies",
  [PSA_ASK_COUNT_TICKETS] = "tickets",
  [PSA_ASK_COUNT_CONTACTS] = "contacts",
  [PSA_ASK_COUNT_MEMBERS] = "members",
  [PSA_ASK_COUNT_AGREEMENTS] = "agreements",
  [PSA_ASK_COUNT_PROJECT_TICKETS] = "project-tickets",
  [PSA_ASK_COUNT_TIME_ENTRIES] = "time-entries",
  [PSA_ASK_COUNT_CATALOG] = "catalog",
  [PSA_ASK_COUNT_OPPORTUNITIES] = "opportunities",
  [PSA_ASK_SECURITY_PAGE] = "security-page",
  [PSA_ASK_PROOF_PLAIN] = "proof-plain",
};

static Answer
get_good_answer (const Situation *self, PsaAsk ask)
{
  static const Answer cloud = ANSWER (COMPANY, 200, TYPE_JSON,
                                      "{\"CompanyName\":\"Contoso IT\",\"Codebase\":\"v2025_1/\","
                                      "\"VersionCode\":\"v2025.1\",\"CompanyID\":\"CIT\","
                                      "\"IsCloud\":true,\"SiteUrl\":\"api-na.myconnectwise.net\"}");
  static const Answer own =
      ANSWER (COMPANY, 200, TYPE_JSON,
              "{\"CompanyName\":\"Contoso IT\",\"Codebase\":\"v4_6_release/\","
              "\"VersionCode\":\"v2025.1\",\"CompanyID\":\"CIT\","
              "\"IsCloud\":false}");
  static const Answer info = ANSWER (INFO, 200, TYPE_JSON,
                                     "{\"version\":\"v2025.1.10675\",\"isCloud\":true,"
                                     "\"serverTimeZone\":\"Eastern Standard Time\","
                                     "\"cloudRegion\":\"NA\",\"licenseBits\":[]}");
  static const Answer rights = ANSWER (SECURITY, 200, TYPE_JSON, "[{\"id\":1}]");
  static const Answer count = ANSWER (COUNT_COMPANIES, 200, TYPE_JSON, "{\"count\":0}");

  if (ask == PSA_ASK_COMPANY)
    return g_str_equal (self->host, OWN) ? own : cloud;
  if (psa_ask_get_stage (ask) == PSA_STAGE_SIGN_IN)
    return info;
  if (ask == PSA_ASK_SECURITY || ask == PSA_ASK_SECURITY_VERSIONED ||
      ask == PSA_ASK_SECURITY_PAGE || ask == PSA_ASK_PROOF_PLAIN)
    return rights;
  return count;
}

static const Answer *
find_answer (const Situation *self, PsaAsk ask)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->answers); i++)
    if (self->answers[i].ask == ask)
      return &self->answers[i];
  if (psa_ask_get_stage (ask) == PSA_STAGE_PROOF && self->proofs.status != 0)
    return &self->proofs;
  return NULL;
}

static PsaCertificate *
create_certificate (GTlsCertificateFlags errors)
{
  PsaCertificate lent = {
    .sha256 = (char *) "6f1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
    .issuer = (char *) "CN=Example Issuing CA O=Example",
    .subject = (char *) "CN=psa.example.org",
    .not_before = 1735689600, /* 1 January 2025 */
    .not_after = 1764547200,  /* 1 December 2025 */
    .errors = errors,
  };

  return psa_certificate_copy (&lent);
}

const char *
situation_ask_name (PsaAsk ask)
{
  return ask_names[ask];
}

PsaReply *
situation_reply (const Situation *self, PsaAsk ask)
{
  const Answer *listed = find_answer (self, ask);
  Answer answer = listed != NULL ? *listed : get_good_answer (self, ask);
  PsaReply *reply = psa_reply_new (ask);

  reply->fault = answer.fault;
  reply->fault_stage = answer.fault_stage;
  reply->status = answer.status;
  reply->content_type = g_strdup (answer.type);
  reply->location = g_strdup (answer.location);
  if (answer.body != NULL)
    psa_reply_take_body (reply, g_bytes_new_static (answer.body, strlen (answer.body)));
  reply->certificate_changed = answer.changed;
  reply->portal = answer.portal;
  reply->plain = answer.plain;
  if (answer.fault == PSA_FAULT_CERTIFICATE)
    reply->certificate = create_certificate (answer.errors);
  return reply;
}

gboolean
situation_is_good (const Situation *self, PsaAsk ask)
{
  return find_answer (self, ask) == NULL;
}

/* A result of a profile whose company is “contoso” and that asks for version 2021.1. */
PsaResult *
situation_new_result (const char *host)
{
  PsaResult *result = psa_result_new (NULL);

  result->profile_id = g_strdup ("7c9f0d5e-0000-4000-8000-000000000001");
  result->revision = 3;
  result->host = g_strdup (host);
  result->port = PSA_ADDRESS_DEFAULT_PORT;
  result->company_id = g_strdup ("contoso");
  result->asked_version = g_strdup ("2021.1");
  result->trusted_sha256 =
      g_strdup ("aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffff0000000011111111");
  result->checked_at = G_GINT64_CONSTANT (1764000000) * G_USEC_PER_SEC;
  return result;
}

static void
fold_reply (PsaResult *result, PsaReply *reply)
{
  if (reply->ask == PSA_ASK_COMPANY)
    psa_reply_read_company (reply, result->tenant);
  if (psa_ask_get_stage (reply->ask) == PSA_STAGE_SIGN_IN && reply->status == 200)
    psa_reply_read_info (reply, result->tenant);

  result->http_status = reply->fault == PSA_FAULT_NONE ? reply->status : 0;
  g_set_str (&result->location, reply->location);
  g_free (result->raw);
  result->raw = psa_reply_dup_excerpt (reply);
  if (reply->certificate != NULL)
    {
      g_clear_pointer (&result->certificate, psa_certificate_free);
      result->certificate = psa_certificate_copy (reply->certificate);
    }
}

/* Asks as a check does, until the verdict is a cause. */
PsaResult *
situation_run (const Situation *self, GString *asks)
{
  g_autoptr(PsaAddress) address = psa_address_new (self->host, PSA_ADDRESS_DEFAULT_PORT);
  g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);
  g_auto(GStrv) words = g_strsplit (self->needs != NULL ? self->needs : "", ",", -1);
  guint needs = psa_modules_from_words ((const char *const *) words);
  PsaResult *result = situation_new_result (self->host);
  PsaVerdict verdict = psa_verdict_reach (address, needs, replies);

  while (verdict.next != PSA_ASK_NOTHING)
    {
      PsaReply *reply = situation_reply (self, verdict.next);

      g_assert_cmpint (verdict.stage, ==, psa_ask_get_stage (verdict.next));
      g_string_append_printf (asks, "%s%s", asks->len > 0 ? " " : "",
                              situation_ask_name (verdict.next));
      g_ptr_array_add (replies, reply);
      g_assert_cmpuint (replies->len, <, 24);
      fold_reply (result, reply);
      verdict = psa_verdict_reach (address, needs, replies);
    }

  result->cause = verdict.cause;
  if (verdict.cause == PSA_CAUSE_OK)
    {
      g_autoptr(GArray) warnings = NULL;

      result->refused_modules = psa_needs_find_refused (needs, replies);
      warnings = psa_verdict_find_warnings (address, "", result->tenant, result->refused_modules,
                                            replies, result->checked_at / G_USEC_PER_SEC);
      if (warnings->len > 0)
        result->cause = g_array_index (warnings, PsaCause, 0);
    }
  else
    psa_stage_report_end (psa_result_get_stage (result, verdict.stage), PSA_STAGE_FAILED, 1, NULL);
  return result;
}
