/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-ask.h"
#include "psa-cause.h"
#include "psa-warnings.h"

G_BEGIN_DECLS

/**
 * PsaVerdict:
 * @next: the next request, or %PSA_ASK_NOTHING where the check has ended in @cause
 * @cause: the one reason it ended; only valid where @next is %PSA_ASK_NOTHING
 * @stage: the stage that @cause ended in (version, where it is good), or that @next belongs to
 * @proven: the connection is good already, and @next only asks what may be worth a warning
 */
typedef struct
{
  PsaAsk   next;
  PsaCause cause;
  PsaStage stage;
  gboolean proven;
} PsaVerdict;

PsaVerdict psa_verdict_reach (const PsaAddress *address,
                              guint             needs,
                              GPtrArray        *replies);

G_END_DECLS
