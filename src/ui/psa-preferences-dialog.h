/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_PREFERENCES_DIALOG (psa_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
    PsaPreferencesDialog, psa_preferences_dialog, PSA, PREFERENCES_DIALOG, AdwDialog)

AdwDialog *psa_preferences_dialog_new (void);

G_END_DECLS
