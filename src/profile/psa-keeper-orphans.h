/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-keeper.h"
#include "psa-vault-items.h"

G_BEGIN_DECLS

/**
 * PsaOrphans:
 * @items: (element-type PsaVaultItem): secrets in the keyring that belong to nothing
 * @profiles: (element-type PsaProfile): profiles whose password or Client ID is not in the keyring
 *
 * What lost what. Both may be empty.
 */
typedef struct
{
  GPtrArray *items;
  GPtrArray *profiles;
} PsaOrphans;

void        psa_orphans_free                (PsaOrphans          *self);
void        psa_keeper_list_orphans_async   (PsaKeeper           *self,
                                             PsaVaultPrompt       prompt,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
PsaOrphans *psa_keeper_list_orphans_finish  (PsaKeeper           *self,
                                             GAsyncResult        *result,
                                             GError             **error);
void        psa_keeper_join_orphan_async    (PsaKeeper           *self,
                                             const char          *id,
                                             PsaProfile          *profile,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
void        psa_keeper_remove_orphan_async  (PsaKeeper           *self,
                                             const char          *id,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean    psa_keeper_orphan_finish        (PsaKeeper           *self,
                                             GAsyncResult        *result,
                                             GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaOrphans, psa_orphans_free)

G_END_DECLS
