/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-store.h"

G_BEGIN_DECLS

#define PSA_TYPE_BACKUPS_DIALOG (psa_backups_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaBackupsDialog, psa_backups_dialog, PSA, BACKUPS_DIALOG, AdwDialog)

AdwDialog *psa_backups_dialog_new (PsaStore *store);

G_END_DECLS
