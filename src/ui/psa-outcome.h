/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-result.h"

G_BEGIN_DECLS

#define PSA_TYPE_OUTCOME (psa_outcome_get_type ())
G_DECLARE_FINAL_TYPE (PsaOutcome, psa_outcome, PSA, OUTCOME, AdwBin)

void     psa_outcome_set_result (PsaOutcome *self,
                                 PsaResult  *result);
gboolean psa_outcome_focus_fix  (PsaOutcome *self);

G_END_DECLS
