/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-stage.h"

G_BEGIN_DECLS

#define PSA_TYPE_STAGE_ROW (psa_stage_row_get_type ())
G_DECLARE_FINAL_TYPE (PsaStageRow, psa_stage_row, PSA, STAGE_ROW, AdwActionRow)

GtkWidget *psa_stage_row_new (PsaStageReport *report,
                              GListModel     *stages);

G_END_DECLS
