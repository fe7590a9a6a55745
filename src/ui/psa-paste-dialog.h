/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-connection-fields.h"
#include "psa-paste.h"

G_BEGIN_DECLS

#define PSA_TYPE_PASTE_DIALOG (psa_paste_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaPasteDialog, psa_paste_dialog, PSA, PASTE_DIALOG, AdwDialog)

AdwDialog *psa_paste_dialog_new (PsaPaste *paste, PsaConnectionFields *fields);

G_END_DECLS
