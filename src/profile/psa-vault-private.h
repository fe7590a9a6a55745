/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-vault-call.h"
#include "psa-vault-state.h"

G_BEGIN_DECLS

struct _PsaVault
{
  GObject       parent_instance;

  gboolean      sandboxed;
  gboolean      opened; /* the sandbox's keyring file is open: no prompt can arise any more */
  PsaVaultQueue queue;
  PsaVaultState state;
};

/* For tests, which cannot enter a sandbox: a vault that keeps to the sandbox's rules, or not. */
PsaVault *psa_vault_new_for    (gboolean sandboxed);

/* Whether the keyring may ask to be unlocked, whatever is asked of it. */
gboolean  psa_vault_may_prompt (PsaVault *self);

/* psa-vault.c: asks the keyring what the call is about */
void      psa_vault_begin_call (GTask   *task);

G_END_DECLS
