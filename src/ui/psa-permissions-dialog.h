/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-monitor.h"

G_BEGIN_DECLS

#define PSA_TYPE_PERMISSIONS_DIALOG (psa_permissions_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaPermissionsDialog, psa_permissions_dialog, PSA, PERMISSIONS_DIALOG, AdwDialog)

AdwDialog *psa_permissions_dialog_new (PsaMonitor *monitor,
                                       PsaStatus  *status);

G_END_DECLS
