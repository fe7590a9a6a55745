/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-permissions.h"

G_BEGIN_DECLS

#define PSA_TYPE_MODULE_ROW (psa_module_row_get_type ())
G_DECLARE_FINAL_TYPE (PsaModuleRow, psa_module_row, PSA, MODULE_ROW, AdwActionRow)

PsaModuleRow *psa_module_row_new        (PsaModule             module);
PsaModule     psa_module_row_get_module (PsaModuleRow         *self);
gboolean      psa_module_row_get_needed (PsaModuleRow         *self);
void          psa_module_row_show       (PsaModuleRow         *self,
                                         const PsaPermissions *permissions,
                                         gboolean              needed);

G_END_DECLS
