/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-keeper.h"

G_BEGIN_DECLS

#define PSA_TYPE_INTEGRATION_GROUP (psa_integration_group_get_type ())
G_DECLARE_FINAL_TYPE (PsaIntegrationGroup, psa_integration_group, PSA, INTEGRATION_GROUP,
                      AdwPreferencesGroup)

GtkWidget *psa_integration_group_new    (PsaKeeper           *keeper,
                                         PsaIntegration      *integration);
void       psa_integration_group_cancel (PsaIntegrationGroup *self);

G_END_DECLS
