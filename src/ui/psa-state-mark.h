/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-cause.h"

G_BEGIN_DECLS

#define PSA_TYPE_STATE_MARK (psa_state_mark_get_type ())
G_DECLARE_FINAL_TYPE (PsaStateMark, psa_state_mark, PSA, STATE_MARK, AdwBin)

const char *psa_state_mark_get_style (PsaState state);

G_END_DECLS
