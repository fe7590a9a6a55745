/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-evidence.h"

#include <string.h>

/*
 * Which answer means what. The tables below are those of section 6 of the API facts, row by row and in their
 * order, since the first match wins; the numbers are the numbers there. What is done between two rows – a
 * second try below another codebase, or with a plain `Accept` – is section 5, and stands in the three functions
 * that judge a stage.
 */

static gboolean
is_4xx (const PsaEvidence *evidence)
{
  return evidence->status >= 400 && evidence->status < 500;
}

static gboolean
is_5xx (const PsaEvidence *evidence)
{
  return evidence->status >= 500 && evidence->status < 600;
}

static gboolean
is_3xx (const PsaEvidence *evidence)
{
  return evidence->status >= 300 && evidence->status < 400;
}

static gboolean
is_429 (const PsaEvidence *evidence)
{
  return evidence->status == 429;
}

static gboolean
is_407 (const PsaEvidence *evidence)
{
  return evidence->status == 407;
}

static gboolean
is_anything (const PsaEvidence *evidence)
{
  return TRUE;
}

/* Texts count only from 400 up: a good answer may hold any word. */
static gboolean
says (const PsaEvidence *evidence, const char *text)
{
  return evidence->status >= 400 && psa_reply_says (evidence->last, text);
}

static gboolean
says_in_message (const PsaEvidence *evidence, const char *text)
{
  return evidence->message != NULL && strstr (evidence->message, text) != NULL;
}

static gboolean
has_code (const PsaEvidence *evidence, const char *text)
{
  return evidence->code != NULL && g_ascii_strcasecmp (evidence->code, text) == 0;
}

/* To the same scheme, host and port; a relative target is. Nothing is ever followed. */
static gboolean
is_sent_to_same_origin (const PsaEvidence *evidence)
{
  g_autofree char *origin = psa_address_dup_origin (evidence->address);
  g_autoptr(GUri) base = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GUri) target = NULL;
  int port;

  if (!is_3xx (evidence) || evidence->last->location == NULL || base == NULL)
    return FALSE;
  target = g_uri_parse_relative (base, evidence->last->location, G_URI_FLAGS_NONE, NULL);
  if (target == NULL || g_uri_get_host (target) == NULL)
    return FALSE;
  port = g_uri_get_port (target) == -1 ? PSA_ADDRESS_DEFAULT_PORT : g_uri_get_port (target);
  return g_ascii_strcasecmp (g_uri_get_scheme (target), "https") == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (target), evidence->address->host) == 0 &&
         port == evidence->address->port;
}

static gboolean
is_signing_in (const PsaEvidence *evidence)
{
  return psa_ask_get_stage (evidence->last->ask) == PSA_STAGE_SIGN_IN;
}

/* ---- rows 1 to 3 of the second table, which the company stage shares: there was no whole answer ---- */

/* All that is wrong with a certificate is shown; this order decides what it is called. */
static PsaCause
judge_certificate (const PsaReply *reply)
{
  GTlsCertificateFlags errors = reply->certificate != NULL ? reply->certificate->errors : 0;

  if (reply->certificate_changed)
    return PSA_CAUSE_CERTIFICATE_CHANGED;
  if ((errors & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0)
    return PSA_CAUSE_CERTIFICATE_EXPIRED;
  if ((errors & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return PSA_CAUSE_CERTIFICATE_WRONG_HOST;
  return PSA_CAUSE_CERTIFICATE_UNTRUSTED;
}

static PsaCause
judge_fault (const PsaReply *reply)
{
  switch (reply->fault)
    {
    case PSA_FAULT_NAME: /* 1 */
      return PSA_CAUSE_HOST_NOT_FOUND;
    case PSA_FAULT_REFUSED: /* 1 */
      return PSA_CAUSE_CONNECTION_REFUSED;
    case PSA_FAULT_TIMED_OUT: /* 1 */
      return PSA_CAUSE_TIMED_OUT;
    case PSA_FAULT_PROXY: /* 2 */
      return PSA_CAUSE_PROXY_FAILED;
    case PSA_FAULT_TLS: /* 2 */
      return PSA_CAUSE_TLS_FAILED;
    case PSA_FAULT_CERTIFICATE: /* 3 */
      return judge_certificate (reply);
    case PSA_FAULT_CLOSED:    /* 17 */
    case PSA_FAULT_TOO_LARGE: /* 17 */
    case PSA_FAULT_NONE:
    default:
      return PSA_CAUSE_BAD_ANSWER;
    }
}

/* ---- “Company stage → cause” ---- */

static gboolean
is_portal (const PsaEvidence *evidence)
{
  if (evidence->status == 511)
    return TRUE;
  return evidence->last->portal && (psa_reply_is_html (evidence->last) ||
                                    (is_3xx (evidence) && !is_sent_to_same_origin (evidence)));
}

static gboolean
is_unknown_company (const PsaEvidence *evidence)
{
  if (evidence->status == 200)
    return psa_reply_is_null (evidence->last);
  return evidence->status == 404 &&
         (psa_address_is_vendor (evidence->address) || psa_reply_is_json (evidence->last) ||
          psa_reply_is_empty (evidence->last));
}

static gboolean
is_not_psa (const PsaEvidence *evidence)
{
  return evidence->status == 200 || (evidence->status == 404 && psa_reply_is_html (evidence->last));
}

static const PsaRow company_rows[] = {
  { 2, is_portal, PSA_CAUSE_CAPTIVE_PORTAL },
  { 3, is_3xx, PSA_CAUSE_REDIRECTED },
  { 4, is_429, PSA_CAUSE_RATE_LIMITED },
  { 4, is_5xx, PSA_CAUSE_SERVER_ERROR },
  /* 5, a company: goes on, before this table is asked */
  { 6, is_unknown_company, PSA_CAUSE_UNKNOWN_COMPANY },
  { 7, is_not_psa, PSA_CAUSE_NOT_PSA },
  { 8, is_407, PSA_CAUSE_PROXY_FAILED },
  { 8, is_anything, PSA_CAUSE_BAD_ANSWER }, /* any other 4xx, and what no row names */
};

/* ---- “Sign-in and proof → cause” ---- */

/* Below the alias a way to the same place is not yet a redirection: 4b comes first. */
static gboolean
is_redirected (const PsaEvidence *evidence)
{
  return is_3xx (evidence) &&
         !(evidence->last->ask == PSA_ASK_INFO && is_sent_to_same_origin (evidence));
}

static gboolean
says_ssl_is_required (const PsaEvidence *evidence)
{
  return says_in_message (evidence, "ssl is required");
}

/* On one of the six web hosts. */
static gboolean
is_web_page (const PsaEvidence *evidence)
{
  return psa_address_is_web_host (evidence->address) &&
         (evidence->status == 401 || evidence->status == 404 || psa_reply_is_html (evidence->last));
}

static gboolean
says_cannot_route (const PsaEvidence *evidence)
{
  return says (evidence, "cannot route");
}

static gboolean
says_version (const PsaEvidence *evidence)
{
  return says_in_message (evidence, "does not support the api version");
}

static gboolean
names_client_id (const PsaEvidence *evidence)
{
  return is_4xx (evidence) && says (evidence, "clientid");
}

/* `Security` is also the code of “SSL is required”, which row 6 has taken. */
static gboolean
lacks_permission (const PsaEvidence *evidence)
{
  return (is_4xx (evidence) && says_in_message (evidence, "security permission")) ||
         (evidence->status == 403 && has_code (evidence, "security"));
}

static gboolean
rejects_keys (const PsaEvidence *evidence)
{
  return evidence->status == 401 || says_in_message (evidence, "usernotauthenticated") ||
         says (evidence, "incorrect public/private key");
}

static gboolean
has_no_such_path (const PsaEvidence *evidence)
{
  return is_signing_in (evidence) &&
         (evidence->status == 404 ||
          (evidence->last->ask == PSA_ASK_INFO && is_sent_to_same_origin (evidence)));
}

static gboolean
is_bare_403 (const PsaEvidence *evidence)
{
  return evidence->status == 403 &&
         (psa_reply_is_json (evidence->last) || psa_reply_is_empty (evidence->last));
}

/* What 511 means does not depend on who asks: a network wants a login. Not a row of the table. */
static gboolean
is_511 (const PsaEvidence *evidence)
{
  return evidence->status == 511;
}

static const PsaRow signed_rows[] = {
  { 2, is_407, PSA_CAUSE_PROXY_FAILED },
  { 4, is_redirected, PSA_CAUSE_REDIRECTED },
  { 5, is_429, PSA_CAUSE_RATE_LIMITED },
  { 6, says_ssl_is_required, PSA_CAUSE_WEB_ADDRESS },
  { 6, is_web_page, PSA_CAUSE_WEB_ADDRESS },
  { 7, says_cannot_route, PSA_CAUSE_NOT_ROUTABLE },
  { 8, says_version, PSA_CAUSE_VERSION_UNSUPPORTED },
  { 9, names_client_id, PSA_CAUSE_CLIENT_ID_REFUSED },
  { 10, lacks_permission, PSA_CAUSE_NOT_PERMITTED },
  { 11, rejects_keys, PSA_CAUSE_KEYS_REJECTED }, /* and 12, where this is 4b */
  { 13, has_no_such_path, PSA_CAUSE_NOT_ROUTABLE },
  { 14, is_bare_403, PSA_CAUSE_CLIENT_ID_REFUSED },
  { 15, is_511, PSA_CAUSE_CAPTIVE_PORTAL },
  { 15, is_5xx, PSA_CAUSE_SERVER_ERROR },
  /* 16, any other 400 or 406: asked once more, by the functions below */
  { 17, is_anything, PSA_CAUSE_BAD_ANSWER },
};

static const PsaRow *
find_row (const PsaRow *rows, const PsaEvidence *evidence)
{
  while (!rows->matches (evidence))
    rows++;
  return rows;
}

/**
 * psa_evidence_init:
 * @self: (out caller-allocates): cleared by psa_evidence_clear()
 * @replies: (element-type PsaReply): at least one
 *
 * Reads what the company stage has settled, and looks at the last reply. Borrows both arguments.
 */
void
psa_evidence_init (PsaEvidence *self, const PsaAddress *address, GPtrArray *replies)
{
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();
  const PsaReply *first;

  g_return_if_fail (self != NULL && address != NULL);
  g_return_if_fail (replies != NULL && replies->len > 0);

  first = g_ptr_array_index (replies, 0);
  if (first->ask == PSA_ASK_COMPANY && first->status == 200)
    psa_reply_read_company (first, tenant);
  *self = (PsaEvidence) { .address = address };
  self->cloud = tenant->cloud || psa_address_is_vendor (address);
  self->versioned = psa_tenant_has_versioned_codebase (tenant);
  psa_evidence_look_at (self, g_ptr_array_index (replies, replies->len - 1));
}

void
psa_evidence_clear (PsaEvidence *self)
{
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->code, g_free);
}

/**
 * psa_evidence_look_at:
 *
 * The rows speak of @reply from now on.
 */
void
psa_evidence_look_at (PsaEvidence *self, const PsaReply *reply)
{
  g_autofree char *message = NULL;

  g_return_if_fail (self != NULL && reply != NULL);

  psa_evidence_clear (self);
  self->last = reply;
  self->status = reply->fault == PSA_FAULT_NONE ? reply->status : 0;
  if (self->status < 400)
    return;
  message = psa_reply_dup_message (reply);
  self->message = message != NULL ? g_ascii_strdown (message, -1) : NULL;
  self->code = psa_reply_dup_code (reply);
}

/**
 * psa_evidence_judge_fault:
 *
 * Rows 1 to 3 and the closed connection of row 17, the same in each stage. What goes wrong on the way never
 * speaks of keys, although on cloud wrong keys may get no answer.
 *
 * Returns: what the fault of the reply means
 */
PsaCause
psa_evidence_judge_fault (const PsaEvidence *self)
{
  g_return_val_if_fail (self != NULL, PSA_CAUSE_BAD_ANSWER);
  return judge_fault (self->last);
}

/**
 * psa_evidence_find_company_row:
 *
 * Returns: (transfer none): the first row of “Company stage → cause” that matches; one always does
 */
const PsaRow *
psa_evidence_find_company_row (const PsaEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return find_row (company_rows, self);
}

/**
 * psa_evidence_find_signed_row:
 *
 * Returns: (transfer none): the first row of “Sign-in and proof → cause” that matches; one always does
 */
const PsaRow *
psa_evidence_find_signed_row (const PsaEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return find_row (signed_rows, self);
}

/**
 * psa_evidence_is_missing:
 * @row: what psa_evidence_find_signed_row() found
 *
 * Returns: whether it is a 404 and nothing else, which in the proof goes on to the next request
 */
gboolean
psa_evidence_is_missing (const PsaEvidence *self, const PsaRow *row)
{
  g_return_val_if_fail (self != NULL && row != NULL, FALSE);
  return self->status == 404 && (row->number == 17 || row->matches == is_web_page);
}

/**
 * psa_evidence_is_refused:
 *
 * Returns: whether it speaks of missing rights, which means that the keys are good
 */
gboolean
psa_evidence_is_refused (const PsaEvidence *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return lacks_permission (self);
}
