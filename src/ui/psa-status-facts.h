/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-integration.h"
#include "psa-status.h"
#include "psa-vault.h"

G_BEGIN_DECLS

#define PSA_TYPE_STATUS_FACTS (psa_status_facts_get_type ())
G_DECLARE_FINAL_TYPE (PsaStatusFacts, psa_status_facts, PSA, STATUS_FACTS, GtkBox)

void psa_status_facts_show (PsaStatusFacts *self,
                            PsaStatus      *status,
                            PsaIntegration *integration,
                            PsaVault       *vault);

G_END_DECLS
