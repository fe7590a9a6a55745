/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-address.h"
#include "psa-cause.h"
#include "psa-reply.h"

G_BEGIN_DECLS

/**
 * PsaVerdict:
 * @next: the next request, or %PSA_ASK_NOTHING where the check has ended in @cause
 * @cause: the one reason it ended; only valid where @next is %PSA_ASK_NOTHING
 * @stage: the stage that @cause ended in (version, where it is good), or that @next belongs to
 */
typedef struct
{
  PsaAsk   next;
  PsaCause cause;
  PsaStage stage;
} PsaVerdict;

/* Pure: needs no network, no clock and no main context. @replies (element-type PsaReply), in the
 * order of the requests; empty asks for the first one. Sections 5 and 6 of the API facts. */
PsaVerdict psa_verdict_reach     (const PsaAddress *address,
                                  GPtrArray        *replies);
PsaStage   psa_ask_get_stage     (PsaAsk            ask);
gboolean   psa_ask_is_signed     (PsaAsk            ask); /* sent with credentials */

/* Where and how an ask is sent: the one place that knows paths, codebases and versions. Pure. */
char      *psa_ask_dup_url       (PsaAsk            ask,
                                  const PsaAddress *address,
                                  const char       *company_id,
                                  GPtrArray        *replies); /* so far: they settle the codebase */
char      *psa_ask_dup_accept    (PsaAsk            ask,
                                  const char       *asked_version);

/* What is worth a warning once a check is good; in the order that decides the cause. Pure.
 * @asked_version: may be ""; @now: seconds since 1970
 * Returns: (transfer full) (element-type PsaCause): empty where there is none */
GArray    *psa_verdict_find_warnings (const PsaAddress *address,
                                      const char       *asked_version,
                                      const PsaTenant  *tenant,
                                      GPtrArray        *replies,
                                      gint64            now);

G_END_DECLS
