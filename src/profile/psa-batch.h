/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-integration.h"
#include "psa-profile.h"

G_BEGIN_DECLS

/**
 * PsaBatch:
 * @puts: (element-type PsaProfile): drafts to add or to replace
 * @integrations: (element-type PsaIntegration): those that are new or have another name
 * @secret_changed: (element-type utf8): UUIDs of @puts whose secret in the keyring is another now
 * @client_id_changed: (element-type utf8): UUIDs of integrations whose Client ID in the keyring is another now
 * @removals: (element-type utf8): UUIDs of profiles to remove
 * @strays: (element-type utf8): UUIDs under which a secret was stored for something that did not come to be
 * @backup: (nullable): begins the name of a backup of what stood there before; static, as "before-import-"
 *
 * Changes that are written at once, or not at all. Fill in the arrays; they own what is added.
 */
typedef struct
{
  GPtrArray *puts;
  GPtrArray *integrations;
  GPtrArray *secret_changed;
  GPtrArray *client_id_changed;
  GPtrArray *removals;
  GPtrArray *strays;
  const char *backup;
} PsaBatch;

PsaBatch *psa_batch_new (void);
void psa_batch_free (PsaBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaBatch, psa_batch_free)

G_END_DECLS
