/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_SHORTCUT_ROW (psa_shortcut_row_get_type ())
G_DECLARE_FINAL_TYPE (PsaShortcutRow, psa_shortcut_row, PSA, SHORTCUT_ROW, AdwActionRow)

G_END_DECLS
