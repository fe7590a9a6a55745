/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-progress.h"
#include "psa-redact.h"
#include "psa-result.h"
#include "psa-verdict.h"

G_BEGIN_DECLS

/**
 * PsaFindings:
 * @profile: what was tried
 * @address: (nullable): where; NULL where it is no address
 * @replies: (element-type PsaReply): all that came, in their order
 * @progress: its stages, as far as they came
 * @secrets: (array zero-terminated=1): what must not stand in a result
 * @network_available: whether the network monitor sees a network
 *
 * All that a check knows at its end.
 */
typedef struct
{
  PsaProfile             *profile;
  const PsaAddress       *address;
  GPtrArray              *replies;
  PsaProgress            *progress;
  const PsaSecret *const *secrets;
  gboolean                network_available;
} PsaFindings;

PsaResult *psa_findings_fold (const PsaFindings *self,
                              PsaCause           cause,
                              PsaStage           stage,
                              const char        *detail);

G_END_DECLS
