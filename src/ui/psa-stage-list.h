/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_STAGE_LIST (psa_stage_list_get_type ())
G_DECLARE_FINAL_TYPE (PsaStageList, psa_stage_list, PSA, STAGE_LIST, AdwBin)

void psa_stage_list_set_stages (PsaStageList *self,
                                GListModel   *stages);

G_END_DECLS
