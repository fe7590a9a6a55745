/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PSA_TYPE_INTEGRATION (psa_integration_get_type ())
G_DECLARE_FINAL_TYPE (PsaIntegration, psa_integration, PSA, INTEGRATION, GObject)

PsaIntegration *psa_integration_new           (const char     *name);
PsaIntegration *psa_integration_new_from_json (JsonObject     *object,
                                               GError        **error);
JsonObject     *psa_integration_to_json       (PsaIntegration *self);
PsaIntegration *psa_integration_copy          (PsaIntegration *self);
void            psa_integration_assign        (PsaIntegration *self,
                                               PsaIntegration *other);
const char     *psa_integration_get_id        (PsaIntegration *self);
const char     *psa_integration_get_name      (PsaIntegration *self);

G_END_DECLS
