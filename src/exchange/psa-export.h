/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-integration.h"
#include "psa-profile.h"
#include "psa-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PsaExportSecrets:
 * @password: (nullable): of a profile
 * @client_id: (nullable): of its integration
 *
 * What the keyring holds for one profile.
 */
typedef struct
{
  PsaSecret *password;
  PsaSecret *client_id;
} PsaExportSecrets;

char *psa_export_to_json (GPtrArray *profiles, GListModel *integrations);
char *psa_export_to_csv (GPtrArray *profiles, GListModel *integrations);
PsaSecret *psa_export_with_secrets (GPtrArray *profiles,
                                    GListModel *integrations,
                                    const PsaExportSecrets *secrets);

G_END_DECLS
