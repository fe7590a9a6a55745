/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-connect"

#include "config.h"

#include "psa-verdict.h"

#include <string.h>

/*
 * Which answer means what. The tables below are those of section 6 of the API facts, row by row and in their
 * order, since the first match wins; the numbers are the numbers there. What is done between two rows – a
 * second try below another codebase, or with a plain `Accept` – is section 5, and stands in the three functions
 * that judge a stage.
 */

/* What a row may look at: the last reply, and what the ones before it have settled. */
typedef struct
{
  const PsaAddress *address;
  GPtrArray *replies;
  const PsaReply *last;
  guint status;
  gboolean cloud;     /* companyinfo says so, or a vendor host */
  gboolean versioned; /* companyinfo named a codebase that may be tried beside the alias */
  char *message;      /* (nullable): in lower case, only from status 400 up */
  char *code;         /* (nullable): likewise, as sent */
} Evidence;

typedef struct
{
  guint number;
  gboolean (*matches) (const Evidence *evidence);
  PsaCause cause;
} Row;

static gboolean
is_4xx (const Evidence *evidence)
{
  return evidence->status >= 400 && evidence->status < 500;
}

static gboolean
is_5xx (const Evidence *evidence)
{
  return evidence->status >= 500 && evidence->status < 600;
}

static gboolean
is_3xx (const Evidence *evidence)
{
  return evidence->status >= 300 && evidence->status < 400;
}

static gboolean
is_429 (const Evidence *evidence)
{
  return evidence->status == 429;
}

static gboolean
is_407 (const Evidence *evidence)
{
  return evidence->status == 407;
}

static gboolean
is_anything (const Evidence *evidence)
{
  return TRUE;
}

/* Texts count only from 400 up: a good answer may hold any word. */
static gboolean
says (const Evidence *evidence, const char *text)
{
  return evidence->status >= 400 && psa_reply_says (evidence->last, text);
}

static gboolean
says_in_message (const Evidence *evidence, const char *text)
{
  return evidence->message != NULL && strstr (evidence->message, text) != NULL;
}

static void
clear_words (Evidence *evidence)
{
  g_clear_pointer (&evidence->message, g_free);
  g_clear_pointer (&evidence->code, g_free);
}

/* The tables speak of @reply from now on. */
static void
look_at (Evidence *evidence, const PsaReply *reply)
{
  g_autofree char *message = NULL;

  clear_words (evidence);
  evidence->last = reply;
  evidence->status = reply->fault == PSA_FAULT_NONE ? reply->status : 0;
  if (evidence->status < 400)
    return;
  message = psa_reply_dup_message (reply);
  evidence->message = message != NULL ? g_ascii_strdown (message, -1) : NULL;
  evidence->code = psa_reply_dup_code (reply);
}

static gboolean
has_code (const Evidence *evidence, const char *text)
{
  return evidence->code != NULL && g_ascii_strcasecmp (evidence->code, text) == 0;
}

/* To the same scheme, host and port; a relative target is. Nothing is ever followed. */
static gboolean
is_sent_to_same_origin (const Evidence *evidence)
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
  return g_ascii_strcasecmp (g_uri_get_scheme (target), "https") == 0
         && g_ascii_strcasecmp (g_uri_get_host (target), evidence->address->host) == 0
         && port == evidence->address->port;
}

static gboolean
is_signing_in (const Evidence *evidence)
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

/* A fault of the transport never speaks of keys, although on cloud wrong keys may get no answer. */
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
    case PSA_FAULT_CLOSED: /* 17 */
    case PSA_FAULT_TOO_LARGE: /* 17 */
    case PSA_FAULT_NONE:
    default:
      return PSA_CAUSE_BAD_ANSWER;
    }
}

/* ---- “Company stage → cause” ---- */

static gboolean
is_portal (const Evidence *evidence)
{
  if (evidence->status == 511)
    return TRUE;
  return evidence->last->portal
         && (psa_reply_is_html (evidence->last)
             || (is_3xx (evidence) && !is_sent_to_same_origin (evidence)));
}

static gboolean
is_unknown_company (const Evidence *evidence)
{
  if (evidence->status == 200)
    return psa_reply_is_null (evidence->last);
  return evidence->status == 404
         && (psa_address_is_vendor (evidence->address) || psa_reply_is_json (evidence->last)
             || psa_reply_is_empty (evidence->last));
}

static gboolean
is_not_psa (const Evidence *evidence)
{
  return evidence->status == 200
         || (evidence->status == 404 && psa_reply_is_html (evidence->last));
}

static const Row company_rows[] = {
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
is_redirected (const Evidence *evidence)
{
  return is_3xx (evidence)
         && !(evidence->last->ask == PSA_ASK_INFO && is_sent_to_same_origin (evidence));
}

static gboolean
says_ssl_is_required (const Evidence *evidence)
{
  return says_in_message (evidence, "ssl is required");
}

/* On one of the six web hosts. */
static gboolean
is_web_page (const Evidence *evidence)
{
  return psa_address_is_web_host (evidence->address)
         && (evidence->status == 401 || evidence->status == 404
             || psa_reply_is_html (evidence->last));
}

static gboolean
says_cannot_route (const Evidence *evidence)
{
  return says (evidence, "cannot route");
}

static gboolean
says_version (const Evidence *evidence)
{
  return says_in_message (evidence, "does not support the api version");
}

static gboolean
names_client_id (const Evidence *evidence)
{
  return is_4xx (evidence) && says (evidence, "clientid");
}

/* `Security` is also the code of “SSL is required”, which row 6 has taken. */
static gboolean
lacks_permission (const Evidence *evidence)
{
  return (is_4xx (evidence) && says_in_message (evidence, "security permission"))
         || (evidence->status == 403 && has_code (evidence, "security"));
}

static gboolean
rejects_keys (const Evidence *evidence)
{
  return evidence->status == 401 || says_in_message (evidence, "usernotauthenticated")
         || says (evidence, "incorrect public/private key");
}

static gboolean
has_no_such_path (const Evidence *evidence)
{
  return is_signing_in (evidence)
         && (evidence->status == 404
             || (evidence->last->ask == PSA_ASK_INFO && is_sent_to_same_origin (evidence)));
}

static gboolean
is_bare_403 (const Evidence *evidence)
{
  return evidence->status == 403
         && (psa_reply_is_json (evidence->last) || psa_reply_is_empty (evidence->last));
}

/* What 511 means does not depend on who asks: a network wants a login. Not a row of the table. */
static gboolean
is_511 (const Evidence *evidence)
{
  return evidence->status == 511;
}

static const Row signed_rows[] = {
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

static const Row *
find_row (const Row *rows, const Evidence *evidence)
{
  while (!rows->matches (evidence))
    rows++;
  return rows;
}

/* ---- section 5: what is asked next ---- */

static PsaVerdict
ask (PsaAsk next)
{
  return (PsaVerdict){ next, PSA_CAUSE_NEVER_CHECKED, psa_ask_get_stage (next) };
}

static PsaVerdict
end (PsaCause cause, PsaStage stage)
{
  return (PsaVerdict){ PSA_ASK_NOTHING, cause, stage };
}

static PsaVerdict
judge_company (const Evidence *evidence)
{
  const PsaReply *last = evidence->last;

  if (last->fault == PSA_FAULT_CERTIFICATE && last->portal)
    return end (PSA_CAUSE_CAPTIVE_PORTAL, last->fault_stage); /* 2 */
  if (last->fault != PSA_FAULT_NONE)
    return end (judge_fault (last), last->fault_stage); /* 1 */
  if (evidence->status == 200 && psa_reply_read_company (last, NULL))
    return ask (PSA_ASK_INFO); /* 5 */
  return end (find_row (company_rows, evidence)->cause, PSA_STAGE_COMPANY);
}

/* Another 400 or 406, or what any other row would have made of it, is no matter of the version. */
static gboolean
may_ask_plain (const Evidence *evidence, const Row *row)
{
  return row->number == 17 && (evidence->status == 400 || evidence->status == 406)
         && !evidence->last->plain && evidence->last->ask != PSA_ASK_INFO_PLAIN
         && evidence->last->ask != PSA_ASK_PROOF_PLAIN;
}

static PsaVerdict
judge_sign_in (const Evidence *evidence)
{
  const PsaReply *last = evidence->last;
  gboolean is_good = evidence->status == 200 && psa_reply_read_info (last, NULL);
  const Row *row;

  if (last->fault != PSA_FAULT_NONE)
    return end (judge_fault (last), last->fault_stage);
  if (is_good && last->ask == PSA_ASK_INFO_PLAIN)
    return end (PSA_CAUSE_VERSION_UNSUPPORTED, PSA_STAGE_SIGN_IN); /* 16 */
  if (is_good)
    return ask (PSA_ASK_SECURITY);

  row = find_row (signed_rows, evidence);
  if (row->number == 13 && last->ask == PSA_ASK_INFO && evidence->versioned
      && (evidence->cloud || is_3xx (evidence)))
    return ask (PSA_ASK_INFO_VERSIONED); /* 4b */
  if (may_ask_plain (evidence, row))
    return ask (PSA_ASK_INFO_PLAIN); /* 16 */
  return end (row->cause, PSA_STAGE_SIGN_IN);
}

/* Below the alias every path was missing on cloud: is it the keys, as there it may be? */
static PsaVerdict
judge_versioned_proof (const Evidence *evidence)
{
  if (evidence->status == 200 && psa_reply_proves (evidence->last))
    return end (PSA_CAUSE_OK, PSA_STAGE_VERSION);
  if (evidence->status == 401)
    return end (PSA_CAUSE_KEYS_REJECTED, PSA_STAGE_PROOF);
  if (evidence->status == 429)
    return end (PSA_CAUSE_RATE_LIMITED, PSA_STAGE_PROOF); /* not a word on keys or paths */
  return end (PSA_CAUSE_BAD_ANSWER, PSA_STAGE_PROOF);
}

/* No proof is left to ask, and each said “not permitted” or was missing. */
static PsaVerdict
conclude_proof (Evidence *evidence)
{
  gboolean signed_in_below_alias = TRUE;

  for (guint i = 0; i < evidence->replies->len; i++)
    {
      const PsaReply *reply = g_ptr_array_index (evidence->replies, i);

      look_at (evidence, reply);
      if (psa_ask_get_stage (reply->ask) == PSA_STAGE_PROOF && lacks_permission (evidence))
        return end (PSA_CAUSE_NOT_PERMITTED, PSA_STAGE_PROOF);
      if (reply->ask == PSA_ASK_INFO_VERSIONED)
        signed_in_below_alias = FALSE;
    }
  if (evidence->cloud && signed_in_below_alias && evidence->versioned)
    return ask (PSA_ASK_SECURITY_VERSIONED);
  return end (PSA_CAUSE_BAD_ANSWER, PSA_STAGE_PROOF);
}

static PsaVerdict
judge_proof (Evidence *evidence)
{
  static const PsaAsk following[] = {
    [PSA_ASK_SECURITY] = PSA_ASK_COUNT_COMPANIES,
    [PSA_ASK_COUNT_COMPANIES] = PSA_ASK_COUNT_TICKETS,
    [PSA_ASK_COUNT_TICKETS] = PSA_ASK_COUNT_CONTACTS,
    [PSA_ASK_COUNT_CONTACTS] = PSA_ASK_COUNT_MEMBERS,
    [PSA_ASK_COUNT_MEMBERS] = PSA_ASK_COUNT_AGREEMENTS,
    [PSA_ASK_COUNT_AGREEMENTS] = PSA_ASK_NOTHING,
  };
  const PsaReply *last = evidence->last;
  gboolean is_good = evidence->status == 200 && psa_reply_proves (last);
  gboolean is_missing;
  const Row *row;

  if (last->fault != PSA_FAULT_NONE)
    return end (judge_fault (last), last->fault_stage);
  if (last->ask == PSA_ASK_SECURITY_VERSIONED)
    return judge_versioned_proof (evidence);
  if (is_good && last->ask == PSA_ASK_PROOF_PLAIN)
    return end (PSA_CAUSE_VERSION_UNSUPPORTED, PSA_STAGE_PROOF); /* 16 */
  if (is_good)
    return end (PSA_CAUSE_OK, PSA_STAGE_VERSION);

  row = find_row (signed_rows, evidence);
  if (may_ask_plain (evidence, row))
    return ask (PSA_ASK_PROOF_PLAIN); /* 16 */
  is_missing = evidence->status == 404 && (row->number == 17 || row->matches == is_web_page);
  if (last->ask == PSA_ASK_PROOF_PLAIN || (row->number != 10 && !is_missing))
    return end (row->cause, PSA_STAGE_PROOF);
  if (following[last->ask] != PSA_ASK_NOTHING)
    return ask (following[last->ask]);
  return conclude_proof (evidence);
}

/* What the company stage settled. */
static void
read_company (Evidence *evidence)
{
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();
  const PsaReply *first = g_ptr_array_index (evidence->replies, 0);

  if (first->ask == PSA_ASK_COMPANY && first->status == 200)
    psa_reply_read_company (first, tenant);
  evidence->cloud = tenant->cloud || psa_address_is_vendor (evidence->address);
  evidence->versioned = psa_tenant_has_versioned_codebase (tenant);
}

/**
 * psa_verdict_reach:
 * @address: where the tenant is asked
 * @replies: (element-type PsaReply): the replies so far, in the order of the requests and one for each; empty asks
 *   for the first request
 *
 * What the replies mean: the next request, or the one cause. Pure: needs no network, no clock and no main
 * context. Tries of one request that were repeated are the caller's affair, only the last of them stands in @replies.
 *
 * Source: sections 5 and 6 of the API facts
 *
 * Returns: the verdict
 */
PsaVerdict
psa_verdict_reach (const PsaAddress *address, GPtrArray *replies)
{
  Evidence evidence = { .address = address, .replies = replies };
  PsaVerdict verdict;

  g_return_val_if_fail (address != NULL && replies != NULL,
                        end (PSA_CAUSE_BAD_ADDRESS, PSA_STAGE_ADDRESS));

  if (replies->len == 0)
    return ask (PSA_ASK_COMPANY);

  read_company (&evidence);
  look_at (&evidence, g_ptr_array_index (replies, replies->len - 1));
  switch ((int) psa_ask_get_stage (evidence.last->ask))
    {
    case PSA_STAGE_COMPANY:
      verdict = judge_company (&evidence);
      break;
    case PSA_STAGE_SIGN_IN:
      verdict = judge_sign_in (&evidence);
      break;
    default:
      verdict = judge_proof (&evidence);
      break;
    }

  clear_words (&evidence);
  return verdict;
}
