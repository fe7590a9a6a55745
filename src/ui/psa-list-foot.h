/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-round.h"

G_BEGIN_DECLS

#define PSA_TYPE_LIST_FOOT (psa_list_foot_get_type ())
G_DECLARE_FINAL_TYPE (PsaListFoot, psa_list_foot, PSA, LIST_FOOT, GtkBox)

void psa_list_foot_show_round (PsaListFoot *self,
                               PsaRound    *round);

G_END_DECLS
