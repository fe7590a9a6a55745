/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-monitor.h"

G_BEGIN_DECLS

#define PSA_TYPE_ROUND (psa_round_get_type ())
G_DECLARE_FINAL_TYPE (PsaRound, psa_round, PSA, ROUND, GObject)

PsaRound *psa_round_new               (PsaMonitor *monitor,
                                       GPtrArray  *profiles);
void      psa_round_start             (PsaRound   *self);
void      psa_round_cancel            (PsaRound   *self);
gboolean  psa_round_get_running       (PsaRound   *self);
guint     psa_round_get_n_done        (PsaRound   *self);
guint     psa_round_get_n_all         (PsaRound   *self);
guint     psa_round_get_n_found_wrong (PsaRound   *self);

G_END_DECLS
