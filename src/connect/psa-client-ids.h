/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "psa-secret.h"

G_BEGIN_DECLS

#define PSA_TYPE_CLIENT_IDS (psa_client_ids_get_type ())
G_DECLARE_FINAL_TYPE (PsaClientIds, psa_client_ids, PSA, CLIENT_IDS, GObject)

PsaClientIds    *psa_client_ids_new       (void);
const PsaSecret *psa_client_ids_get       (PsaClientIds    *self,
                                           const char      *integration);
guint            psa_client_ids_get_stamp (PsaClientIds    *self);
void             psa_client_ids_put       (PsaClientIds    *self,
                                           const char      *integration,
                                           const PsaSecret *client_id,
                                           guint            stamp);
void             psa_client_ids_forget    (PsaClientIds    *self);

G_END_DECLS
