/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-vault-state.h"

G_BEGIN_DECLS

char *psa_keyring_words_dup_place         (PsaVault *vault);
char *psa_keyring_words_dup_password_help (void);

G_END_DECLS
