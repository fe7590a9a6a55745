/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "psa-batch.h"

G_BEGIN_DECLS

#define PSA_TYPE_STORE (psa_store_get_type ())
G_DECLARE_FINAL_TYPE (PsaStore, psa_store, PSA, STORE, GObject)

/*
 * A GListModel of PsaProfile over one profiles.json. Objects are stable: a changed profile
 * notifies, it is not replaced. Every write is a change applied to the file as it is at that
 * moment; so the window and psactl lose nothing of each other's, and see by themselves what the
 * other wrote.
 *
 * Properties: loaded, read-only, set-aside, problem, backup; see psa-store.c.
 */
PsaStore       *psa_store_new                  (const char          *folder);
char           *psa_store_dup_default_folder   (void);

void            psa_store_load_async           (PsaStore            *self,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean        psa_store_load_finish          (PsaStore            *self,
                                                GAsyncResult        *result,
                                                GError             **error);

GListModel     *psa_store_get_integrations     (PsaStore            *self);
PsaIntegration *psa_store_get_integration      (PsaStore            *self,
                                                const char          *id);
PsaIntegration *psa_store_get_last_integration (PsaStore           *self);
PsaProfile     *psa_store_get_profile          (PsaStore            *self,
                                                const char          *id);
PsaProfile     *psa_store_find                 (PsaStore            *self,
                                                const char          *name_or_id,
                                                GError             **error);
GStrv           psa_store_dup_deleted          (PsaStore            *self);
gboolean        psa_store_get_loaded           (PsaStore            *self);
gboolean        psa_store_get_read_only        (PsaStore            *self);
const char     *psa_store_get_problem          (PsaStore            *self);
const char     *psa_store_get_set_aside        (PsaStore            *self);
const char     *psa_store_get_backup           (PsaStore            *self);

/* The psa_keeper_* calls are what windows and commands use: they keep the keyring in step. */
void            psa_store_put_async            (PsaStore            *self,
                                                PsaProfile          *profile,
                                                PsaIntegration      *integration,
                                                gboolean             secret_changed,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
PsaProfile     *psa_store_put_finish           (PsaStore            *self,
                                                GAsyncResult        *result,
                                                GError             **error);
void            psa_store_apply_async          (PsaStore            *self,
                                                PsaBatch            *batch,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean        psa_store_apply_finish         (PsaStore            *self,
                                                GAsyncResult        *result,
                                                GError             **error);
void            psa_store_remove_async         (PsaStore            *self,
                                                const char *const   *ids,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean        psa_store_remove_finish        (PsaStore            *self,
                                                GAsyncResult        *result,
                                                GError             **error);
void            psa_store_forget_async         (PsaStore            *self,
                                                const char *const   *ids,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean        psa_store_forget_finish        (PsaStore            *self,
                                                GAsyncResult        *result,
                                                GError             **error);
void            psa_store_list_backups_async   (PsaStore            *self,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
GPtrArray      *psa_store_list_backups_finish  (PsaStore            *self,
                                                GAsyncResult        *result,
                                                GError             **error);
void            psa_store_restore_async        (PsaStore            *self,
                                                const char          *backup,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean        psa_store_restore_finish       (PsaStore            *self,
                                                GAsyncResult        *result,
                                                char               **former,
                                                GError             **error);

G_END_DECLS
