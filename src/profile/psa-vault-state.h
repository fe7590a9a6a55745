/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-vault.h"

G_BEGIN_DECLS

/**
 * PsaVaultBackend:
 * @PSA_VAULT_BACKEND_SERVICE: the Secret Service of the desktop, such as GNOME Keyring or KWallet
 * @PSA_VAULT_BACKEND_FILE: an encrypted file, whose key the Secret portal keeps: in the sandbox
 */
typedef enum
{
  PSA_VAULT_BACKEND_SERVICE,
  PSA_VAULT_BACKEND_FILE,
} PsaVaultBackend;

/**
 * PsaVaultState:
 * @PSA_VAULT_STATE_UNKNOWN: nothing was asked of the keyring yet
 * @PSA_VAULT_STATE_OPEN: it answered
 * @PSA_VAULT_STATE_LOCKED: it is locked
 * @PSA_VAULT_STATE_UNAVAILABLE: there is none, or it does not answer
 *
 * How the last call that has ended found the keyring.
 */
typedef enum
{
  PSA_VAULT_STATE_UNKNOWN,
  PSA_VAULT_STATE_OPEN,
  PSA_VAULT_STATE_LOCKED,
  PSA_VAULT_STATE_UNAVAILABLE,
} PsaVaultState;

#define PSA_TYPE_VAULT_STATE (psa_vault_state_get_type ())
GType           psa_vault_state_get_type (void);
PsaVaultState   psa_vault_get_state      (PsaVault *self);
PsaVaultBackend psa_vault_get_backend    (PsaVault *self);
PsaVaultBackend psa_vault_get_usual_backend (void);
char           *psa_vault_dup_file       (PsaVault *self);
char           *psa_vault_dup_library    (void);

G_END_DECLS
