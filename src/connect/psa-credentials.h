/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-cause.h"
#include "psa-client-ids.h"
#include "psa-profile.h"
#include "psa-vault.h"

G_BEGIN_DECLS

/**
 * PsaCredentials:
 * @client_id: (nullable): the value of the `clientId` header
 * @password: (nullable): the private key, or what stands for it
 * @authorization: (nullable): the value of the `Authorization` header
 *
 * The secrets of one check; wiped with it. What is %NULL is still in the keyring.
 */
typedef struct
{
  PsaSecret *client_id;
  PsaSecret *password;
  PsaSecret *authorization;
} PsaCredentials;

PsaCredentials *psa_credentials_new         (const PsaSecret     *client_id,
                                             const PsaSecret     *password);
void            psa_credentials_free        (PsaCredentials      *self);
gboolean        psa_credentials_check       (PsaCredentials      *self,
                                             GError             **error);
void            psa_credentials_list        (const PsaCredentials *self,
                                             const PsaSecret     *secrets[4]);
void            psa_credentials_load_async  (PsaCredentials      *self,
                                             PsaVault            *vault,
                                             PsaProfile          *profile,
                                             PsaClientIds        *shared, /* (nullable) */
                                             PsaVaultPrompt       prompt,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean        psa_credentials_load_finish (GAsyncResult        *result,
                                             GError             **error);
PsaCause        psa_credentials_judge       (const GError        *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaCredentials, psa_credentials_free)

G_END_DECLS
