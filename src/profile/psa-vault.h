/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "psa-secret.h"

G_BEGIN_DECLS

/**
 * PsaVaultPrompt:
 * @PSA_VAULT_MAY_PROMPT: the user asked for this; the keyring may ask to be unlocked
 * @PSA_VAULT_NO_PROMPT: nobody asked; where a prompt could arise the call ends as KEYRING_LOCKED
 */
typedef enum
{
  PSA_VAULT_MAY_PROMPT,
  PSA_VAULT_NO_PROMPT,
} PsaVaultPrompt;

#define PSA_TYPE_VAULT (psa_vault_get_type ())
G_DECLARE_FINAL_TYPE (PsaVault, psa_vault, PSA, VAULT, GObject)

/*
 * The system keyring, by the UUID of a profile or an integration. No plain-text fallback, ever. A
 * call stays open as long as the user leaves a prompt open: always show what is waited for, and
 * cancel. In the sandbox NO_PROMPT works only once a MAY_PROMPT call has succeeded in this process.
 */
PsaVault  *psa_vault_new           (void);
void       psa_vault_store_async   (PsaVault            *self,
                                    const char          *id,
                                    const char          *label,
                                    const PsaSecret     *secret,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean   psa_vault_store_finish  (PsaVault            *self,
                                    GAsyncResult        *result,
                                    GError             **error);
void       psa_vault_lookup_async  (PsaVault            *self,
                                    const char          *id,
                                    PsaVaultPrompt       prompt,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
PsaSecret *psa_vault_lookup_finish (PsaVault            *self,
                                    GAsyncResult        *result,
                                    GError             **error);
void       psa_vault_clear_async   (PsaVault            *self,
                                    const char          *id,
                                    PsaVaultPrompt       prompt,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean   psa_vault_clear_finish  (PsaVault            *self,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
