/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-import.h"
#include "psa-keeper-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_IMPORT_DIALOG (psa_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaImportDialog, psa_import_dialog, PSA, IMPORT_DIALOG, AdwDialog)

AdwDialog *psa_import_dialog_new (PsaKeeper *keeper, GBytes *bytes, PsaImport *import);

G_END_DECLS
