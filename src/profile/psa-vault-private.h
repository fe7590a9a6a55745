/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-vault.h"

G_BEGIN_DECLS

/* For tests, which cannot enter a sandbox: a vault that keeps to the sandbox's rules, or not. */
PsaVault *psa_vault_new_for (gboolean sandboxed);

G_END_DECLS
