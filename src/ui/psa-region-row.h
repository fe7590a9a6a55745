/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-region.h"

G_BEGIN_DECLS

#define PSA_TYPE_REGION_ROW (psa_region_row_get_type ())
G_DECLARE_FINAL_TYPE (PsaRegionRow, psa_region_row, PSA, REGION_ROW, AdwActionRow)

GtkWidget *psa_region_row_new        (PsaRegion    *region);
PsaRegion *psa_region_row_get_region (PsaRegionRow *self);

G_END_DECLS
