/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-vault.h"

G_BEGIN_DECLS

/**
 * PsaVaultItem:
 * @id: what it is kept under; a UUID, unless another program put it there
 * @label: what the keyring's own program shows; text from outside
 * @modified: seconds since 1970; 0 unknown
 *
 * One item of this program in the keyring, without its secret.
 */
typedef struct
{
  char  *id;
  char  *label;
  gint64 modified;
} PsaVaultItem;

PsaVaultItem *psa_vault_item_copy   (const PsaVaultItem  *item);
void          psa_vault_item_free   (PsaVaultItem        *item);
void          psa_vault_list_async  (PsaVault            *self,
                                     PsaVaultPrompt       prompt,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
void          psa_vault_find_async  (PsaVault            *self,
                                     const char          *id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray    *psa_vault_list_finish (PsaVault            *self,
                                     GAsyncResult        *result,
                                     GError             **error);

/* For psa-vault.c: what libsecret has found. */
GPtrArray    *psa_vault_items_new   (GList               *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaVaultItem, psa_vault_item_free)

G_END_DECLS
