/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_COUNTDOWN (psa_countdown_get_type ())
G_DECLARE_FINAL_TYPE (PsaCountdown, psa_countdown, PSA, COUNTDOWN, AdwBin)

void psa_countdown_set_retry_at (PsaCountdown *self,
                                 gint64        retry_at);

G_END_DECLS
