/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-keeper.h"

G_BEGIN_DECLS

#define PSA_TYPE_INTEGRATIONS_DIALOG (psa_integrations_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaIntegrationsDialog, psa_integrations_dialog, PSA, INTEGRATIONS_DIALOG,
                      AdwDialog)

AdwDialog *psa_integrations_dialog_new (PsaKeeper *keeper);

G_END_DECLS
