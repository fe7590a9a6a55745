/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_REGION_DIALOG (psa_region_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaRegionDialog, psa_region_dialog, PSA, REGION_DIALOG, AdwDialog)

AdwDialog *psa_region_dialog_new (const char *company_id);

G_END_DECLS
