/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-verdict.h"

#include "psa-evidence.h"
#include "psa-needs.h"

/* Section 5 of the API facts: what is asked next. What an answer means by itself are the rows of psa-evidence.c. */

static PsaVerdict
ask (PsaAsk next)
{
  return (PsaVerdict) { next, PSA_CAUSE_NEVER_CHECKED, psa_ask_get_stage (next), FALSE };
}

static PsaVerdict
end (PsaCause cause, PsaStage stage)
{
  return (PsaVerdict) { PSA_ASK_NOTHING, cause, stage, FALSE };
}

/* 5b: the connection is good; what it needs is asked besides, and no answer to that changes it. */
static PsaVerdict
go_on_with_needs (guint needs, GPtrArray *replies)
{
  PsaVerdict verdict = ask (psa_needs_get_next (needs, replies));

  if (verdict.next == PSA_ASK_NOTHING)
    return end (PSA_CAUSE_OK, PSA_STAGE_VERSION);
  verdict.proven = TRUE;
  return verdict;
}

static gboolean
is_sent_elsewhere (const PsaEvidence *evidence)
{
  return evidence->status >= 300 && evidence->status < 400;
}

static PsaVerdict
judge_company (const PsaEvidence *evidence)
{
  const PsaReply *last = evidence->last;

  if (last->fault == PSA_FAULT_CERTIFICATE && last->portal)
    return end (PSA_CAUSE_CAPTIVE_PORTAL, last->fault_stage); /* 2 */
  if (last->fault != PSA_FAULT_NONE)
    return end (psa_evidence_judge_fault (evidence), last->fault_stage); /* 1 */
  if (evidence->status == 200 && psa_reply_read_company (last, NULL))
    return ask (PSA_ASK_INFO); /* 5 */
  return end (psa_evidence_find_company_row (evidence)->cause, PSA_STAGE_COMPANY);
}

/* Another 400 or 406, or what any other row would have made of it, is no matter of the version. */
static gboolean
may_ask_plain (const PsaEvidence *evidence, const PsaRow *row)
{
  return row->number == 17 && (evidence->status == 400 || evidence->status == 406) &&
         !evidence->last->plain && evidence->last->ask != PSA_ASK_INFO_PLAIN &&
         evidence->last->ask != PSA_ASK_PROOF_PLAIN;
}

static PsaVerdict
judge_sign_in (const PsaEvidence *evidence)
{
  const PsaReply *last = evidence->last;
  gboolean is_good = evidence->status == 200 && psa_reply_read_info (last, NULL);
  const PsaRow *row;

  if (last->fault != PSA_FAULT_NONE)
    return end (psa_evidence_judge_fault (evidence), last->fault_stage);
  if (is_good && last->ask == PSA_ASK_INFO_PLAIN)
    return end (PSA_CAUSE_VERSION_UNSUPPORTED, PSA_STAGE_SIGN_IN); /* 16 */
  if (is_good)
    return ask (PSA_ASK_SECURITY);

  row = psa_evidence_find_signed_row (evidence);
  if (row->number == 13 && last->ask == PSA_ASK_INFO && evidence->versioned &&
      (evidence->cloud || is_sent_elsewhere (evidence)))
    return ask (PSA_ASK_INFO_VERSIONED); /* 4b */
  if (may_ask_plain (evidence, row))
    return ask (PSA_ASK_INFO_PLAIN); /* 16 */
  return end (row->cause, PSA_STAGE_SIGN_IN);
}

/* Below the alias every path was missing on cloud, and here is no proof either: is it the keys, as there it may be? */
static PsaVerdict
judge_versioned_proof (const PsaEvidence *evidence)
{
  if (evidence->status == 401)
    return end (PSA_CAUSE_KEYS_REJECTED, PSA_STAGE_PROOF);
  if (evidence->status == 429)
    return end (PSA_CAUSE_RATE_LIMITED, PSA_STAGE_PROOF); /* not a word on keys or paths */
  return end (PSA_CAUSE_BAD_ANSWER, PSA_STAGE_PROOF);
}

/* No proof is left to ask, and each said “not permitted” or was missing. */
static PsaVerdict
conclude_proof (PsaEvidence *evidence, GPtrArray *replies)
{
  gboolean signed_in_below_alias = TRUE;

  for (guint i = 0; i < replies->len; i++)
    {
      const PsaReply *reply = g_ptr_array_index (replies, i);

      psa_evidence_look_at (evidence, reply);
      if (psa_ask_get_stage (reply->ask) == PSA_STAGE_PROOF && psa_evidence_is_refused (evidence))
        return end (PSA_CAUSE_NOT_PERMITTED, PSA_STAGE_PROOF);
      if (reply->ask == PSA_ASK_INFO_VERSIONED)
        signed_in_below_alias = FALSE;
    }
  if (evidence->cloud && signed_in_below_alias && evidence->versioned)
    return ask (PSA_ASK_SECURITY_VERSIONED);
  return end (PSA_CAUSE_BAD_ANSWER, PSA_STAGE_PROOF);
}

static PsaVerdict
judge_proof (PsaEvidence *evidence, guint needs, GPtrArray *replies)
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
  const PsaRow *row;

  if (psa_needs_are_due (replies))
    return go_on_with_needs (needs, replies);
  if (last->fault != PSA_FAULT_NONE)
    return end (psa_evidence_judge_fault (evidence), last->fault_stage);
  if (last->ask == PSA_ASK_SECURITY_VERSIONED)
    return judge_versioned_proof (evidence);
  if (last->ask == PSA_ASK_PROOF_PLAIN && evidence->status == 200 && psa_reply_proves (last))
    return end (PSA_CAUSE_VERSION_UNSUPPORTED, PSA_STAGE_PROOF); /* 16 */

  row = psa_evidence_find_signed_row (evidence);
  if (may_ask_plain (evidence, row))
    return ask (PSA_ASK_PROOF_PLAIN); /* 16 */
  if (last->ask == PSA_ASK_PROOF_PLAIN ||
      (row->number != 10 && !psa_evidence_is_missing (evidence, row)))
    return end (row->cause, PSA_STAGE_PROOF);
  if (following[last->ask] != PSA_ASK_NOTHING)
    return ask (following[last->ask]);
  return conclude_proof (evidence, replies);
}

/**
 * psa_verdict_reach:
 * @address: where the tenant is asked
 * @needs: the set of modules that the connection must be able to read, see psa_modules_from_words()
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
psa_verdict_reach (const PsaAddress *address, guint needs, GPtrArray *replies)
{
  g_auto(PsaEvidence) evidence = { 0 };

  g_return_val_if_fail (address != NULL && replies != NULL,
                        end (PSA_CAUSE_BAD_ADDRESS, PSA_STAGE_ADDRESS));

  if (replies->len == 0)
    return ask (PSA_ASK_COMPANY);

  psa_evidence_init (&evidence, address, replies);
  switch ((int) psa_ask_get_stage (evidence.last->ask))
    {
    case PSA_STAGE_COMPANY:
      return judge_company (&evidence);
    case PSA_STAGE_SIGN_IN:
      return judge_sign_in (&evidence);
    default:
      return judge_proof (&evidence, needs, replies);
    }
}
