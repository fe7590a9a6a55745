/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-cause.h"
#include "psa-integration.h"
#include "psa-profile.h"
#include "psa-secret.h"

G_BEGIN_DECLS

#define PSA_TYPE_CONNECTION_FIELDS (psa_connection_fields_get_type ())
G_DECLARE_FINAL_TYPE (PsaConnectionFields, psa_connection_fields, PSA, CONNECTION_FIELDS, AdwBin)

void       psa_connection_fields_load            (PsaConnectionFields *self,
                                                  PsaProfile          *profile,
                                                  gboolean             kept);
void       psa_connection_fields_set_integrations (PsaConnectionFields *self,
                                                  GListModel          *integrations,
                                                  PsaIntegration      *chosen);
void       psa_connection_fields_set_key_only    (PsaConnectionFields *self,
                                                  gboolean             key_only);
gboolean   psa_connection_fields_fill            (PsaConnectionFields *self,
                                                  PsaProfile          *draft);
PsaSecret *psa_connection_fields_dup_client_id   (PsaConnectionFields *self);
PsaSecret *psa_connection_fields_dup_password    (PsaConnectionFields *self);
void       psa_connection_fields_wipe            (PsaConnectionFields *self);
gboolean   psa_connection_fields_get_touched     (PsaConnectionFields *self);
void       psa_connection_fields_focus           (PsaConnectionFields *self,
                                                  PsaField             field);
void       psa_connection_fields_use             (PsaConnectionFields *self,
                                                  const char          *hostname,
                                                  const char          *version);
const char *psa_connection_fields_get_text       (PsaConnectionFields *self,
                                                  PsaField             field);
void       psa_connection_fields_set_text        (PsaConnectionFields *self,
                                                  PsaField             field,
                                                  const char          *text);
char      *psa_connection_fields_dup_company     (PsaConnectionFields *self);
void       psa_connection_fields_suggest_version (PsaConnectionFields *self,
                                                  const char          *version);

G_END_DECLS
