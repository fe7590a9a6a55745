/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-needs.h"

#include "psa-evidence.h"
#include "psa-permissions.h"

/* One count of section 7 for each module: the one whose right is told by the most sources. */
static const PsaAsk counts[PSA_N_MODULES] = {
  [PSA_MODULE_COMPANY] = PSA_ASK_COUNT_COMPANIES,
  [PSA_MODULE_SERVICE] = PSA_ASK_COUNT_TICKETS,
  [PSA_MODULE_PROJECT] = PSA_ASK_COUNT_PROJECT_TICKETS,
  [PSA_MODULE_TIME] = PSA_ASK_COUNT_TIME_ENTRIES,
  [PSA_MODULE_FINANCE] = PSA_ASK_COUNT_AGREEMENTS,
  [PSA_MODULE_PROCUREMENT] = PSA_ASK_COUNT_CATALOG,
  [PSA_MODULE_SALES] = PSA_ASK_COUNT_OPPORTUNITIES,
  [PSA_MODULE_SYSTEM] = PSA_ASK_COUNT_MEMBERS,
};

static const PsaReply *
get_last (GPtrArray *replies)
{
  return replies->len == 0 ? NULL : g_ptr_array_index (replies, replies->len - 1);
}

static const PsaReply *
find_reply (GPtrArray *replies, PsaAsk ask)
{
  for (guint i = 0; i < replies->len; i++)
    {
      const PsaReply *reply = g_ptr_array_index (replies, i);

      if (reply->ask == ask)
        return reply;
    }
  return NULL;
}

/* What ended row 5 as good. */
static const PsaReply *
find_proof (GPtrArray *replies)
{
  for (guint i = 0; i < replies->len; i++)
    {
      const PsaReply *reply = g_ptr_array_index (replies, i);

      if (psa_ask_get_stage (reply->ask) == PSA_STAGE_PROOF && reply->ask != PSA_ASK_PROOF_PLAIN &&
          reply->fault == PSA_FAULT_NONE && reply->status == 200 && psa_reply_proves (reply))
        return reply;
    }
  return NULL;
}

static gboolean
is_matrix (const PsaReply *proof)
{
  return proof->ask == PSA_ASK_SECURITY || proof->ask == PSA_ASK_SECURITY_VERSIONED;
}

/* Whether there is another page to ask for; @whole is set where the last one was read. */
static gboolean
read_pages (GPtrArray *replies, PsaPermissions *permissions, gboolean *whole)
{
  gboolean more = TRUE;
  guint n_pages = 0;

  *whole = FALSE;
  for (guint i = 0; i < replies->len; i++)
    {
      const PsaReply *reply = g_ptr_array_index (replies, i);

      if (reply->ask != PSA_ASK_SECURITY_PAGE)
        continue;
      n_pages++;
      if (!psa_permissions_add_page (permissions, reply, &more))
        return FALSE;
    }
  *whole = !more;
  return more && n_pages < PSA_PERMISSIONS_MAX_PAGES;
}

/**
 * psa_needs_are_due:
 * @replies: (element-type PsaReply): the replies so far
 *
 * Returns: whether an authenticated read came back as promised, so that the connection is good whatever
 *   follows
 */
gboolean
psa_needs_are_due (GPtrArray *replies)
{
  g_return_val_if_fail (replies != NULL, FALSE);

  return find_proof (replies) != NULL;
}

/**
 * psa_needs_get_next:
 * @needs: the set of modules
 * @replies: (element-type PsaReply): the replies so far, a proof among them
 *
 * The rights are asked page by page where mySecurity was the proof, else one count for each module that was
 * not counted already. No whole answer ends the asking, and so does a 429: what is left is worth no wait.
 *
 * Returns: the next request, or %PSA_ASK_NOTHING
 */
PsaAsk
psa_needs_get_next (guint needs, GPtrArray *replies)
{
  const PsaReply *proof;
  const PsaReply *last;

  g_return_val_if_fail (replies != NULL, PSA_ASK_NOTHING);

  proof = find_proof (replies);
  last = get_last (replies);
  if (needs == 0 || proof == NULL || last->fault != PSA_FAULT_NONE || last->status == 429)
    return PSA_ASK_NOTHING;

  if (is_matrix (proof))
    {
      g_autoptr(PsaPermissions) permissions = psa_permissions_new (NULL);
      gboolean whole;

      return read_pages (replies, permissions, &whole) ? PSA_ASK_SECURITY_PAGE : PSA_ASK_NOTHING;
    }
  for (guint i = 0; i < PSA_N_MODULES; i++)
    if ((needs & PSA_MODULE_BIT (i)) != 0 && find_reply (replies, counts[i]) == NULL)
      return counts[i];
  return PSA_ASK_NOTHING;
}

static gboolean
is_refused (const PsaReply *reply)
{
  g_auto(PsaEvidence) evidence = { 0 };

  if (reply == NULL)
    return FALSE;
  psa_evidence_look_at (&evidence, reply);
  return psa_evidence_is_refused (&evidence);
}

/**
 * psa_needs_find_refused:
 * @needs: the set of modules
 * @replies: (element-type PsaReply): all of a check that ended well
 *
 * Which of the modules the role does not let be read: those whose every right says `None`, or whose count speaks of
 * missing permission. Any other answer, and pages that did not come to their end, say nothing.
 *
 * Source: row 5b of section 5 of the API facts
 *
 * Returns: a set of modules
 */
guint
psa_needs_find_refused (guint needs, GPtrArray *replies)
{
  g_autoptr(PsaPermissions) permissions = psa_permissions_new (NULL);
  const PsaReply *proof;
  gboolean whole = FALSE;
  guint refused = 0;

  g_return_val_if_fail (replies != NULL, 0);

  proof = find_proof (replies);
  if (needs == 0 || proof == NULL)
    return 0;
  if (is_matrix (proof))
    read_pages (replies, permissions, &whole);

  for (guint i = 0; i < PSA_N_MODULES; i++)
    {
      PsaRights sum = psa_permissions_sum (permissions, (PsaModule) i);

      if (is_matrix (proof) ? whole && sum.n_rights > 0 && sum.n_refused == sum.n_rights
                            : is_refused (find_reply (replies, counts[i])))
        refused |= PSA_MODULE_BIT (i);
    }
  return refused & needs;
}
