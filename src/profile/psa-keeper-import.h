/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-keeper.h"

G_BEGIN_DECLS

/**
 * PsaKeeperEntry:
 * @draft: to be added, or to replace the kept profile of its UUID
 * @client_id: (nullable): its Client ID
 * @password: (nullable): its password
 * @is_fresh: its UUID was made for it just now, and nothing can stand under it yet
 */
typedef struct
{
  PsaProfile *draft;
  PsaSecret *client_id;
  PsaSecret *password;
  gboolean is_fresh;
} PsaKeeperEntry;

typedef struct _PsaKeeperUndo PsaKeeperUndo;

GPtrArray *psa_keeper_entries_new (void);
void psa_keeper_entries_add (GPtrArray *entries,
                             PsaProfile *draft,
                             const PsaSecret *client_id,
                             const PsaSecret *password,
                             gboolean is_fresh);

void psa_keeper_import_async (PsaKeeper *self,
                              GPtrArray *entries,
                              GPtrArray *integrations,
                              GFileProgressCallback progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
PsaKeeperUndo *psa_keeper_import_finish (PsaKeeper *self, GAsyncResult *result, GError **error);

void psa_keeper_revert_async (PsaKeeper *self,
                              PsaKeeperUndo *undo,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean psa_keeper_revert_finish (PsaKeeper *self, GAsyncResult *result, GError **error);
GStrv psa_keeper_undo_dup_added (PsaKeeperUndo *self);
void psa_keeper_undo_free (PsaKeeperUndo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaKeeperUndo, psa_keeper_undo_free)

G_END_DECLS
