/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_SHORTCUTS_DIALOG (psa_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaShortcutsDialog, psa_shortcuts_dialog, PSA, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *psa_shortcuts_dialog_new (void);

G_END_DECLS
