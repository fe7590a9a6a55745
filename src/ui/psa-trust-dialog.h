/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-result.h"

G_BEGIN_DECLS

#define PSA_TRUST_DIALOG_TRUST "trust" /* the response that accepts the certificate */

AdwDialog *psa_trust_dialog_new (PsaResult *result, PsaProfile *profile);

G_END_DECLS
