/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-store.h"
#include "psa-vault.h"

G_BEGIN_DECLS

#define PSA_TYPE_KEEPER (psa_keeper_get_type ())
G_DECLARE_FINAL_TYPE (PsaKeeper, psa_keeper, PSA, KEEPER, GObject)

/*
 * Keeps a profile and its secrets in step: stores the secret first, then the profile; removes the
 * profile first, then the secret. Only what stands in `deleted` is ever removed from the keyring.
 */
PsaKeeper  *psa_keeper_new           (PsaStore            *store,
                                      PsaVault            *vault);
PsaStore   *psa_keeper_get_store     (PsaKeeper           *self);
PsaVault   *psa_keeper_get_vault     (PsaKeeper           *self);

void        psa_keeper_save_async    (PsaKeeper           *self,
                                      PsaProfile          *draft,
                                      const PsaSecret     *client_id,
                                      const PsaSecret     *password,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
PsaProfile *psa_keeper_save_finish   (PsaKeeper           *self,
                                      GAsyncResult        *result,
                                      GError             **error);

void        psa_keeper_remove_async  (PsaKeeper           *self,
                                      const char *const   *ids,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean    psa_keeper_remove_finish (PsaKeeper           *self,
                                      GAsyncResult        *result,
                                      GError             **error);

void        psa_keeper_undo_async    (PsaKeeper           *self,
                                      PsaProfile          *profile,
                                      PsaIntegration      *integration,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean    psa_keeper_undo_finish   (PsaKeeper           *self,
                                      GAsyncResult        *result,
                                      GError             **error);

void        psa_keeper_purge_async   (PsaKeeper           *self,
                                      const char *const   *ids,
                                      PsaVaultPrompt       prompt,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean    psa_keeper_purge_finish  (PsaKeeper           *self,
                                      GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
