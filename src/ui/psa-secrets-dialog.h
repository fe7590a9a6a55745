/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-keeper.h"

G_BEGIN_DECLS

#define PSA_TYPE_SECRETS_DIALOG (psa_secrets_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaSecretsDialog, psa_secrets_dialog, PSA, SECRETS_DIALOG, AdwDialog)

AdwDialog *psa_secrets_dialog_new (PsaKeeper *keeper);

G_END_DECLS
