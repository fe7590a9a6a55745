/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-result.h"

G_BEGIN_DECLS

#define PSA_TYPE_HISTORY (psa_history_get_type ())
G_DECLARE_FINAL_TYPE (PsaHistory, psa_history, PSA, HISTORY, GObject)

/*
 * history.sqlite: the results of checks, the last one of each profile included. Every statement
 * runs on one worker thread. Property: problem (nullable): a translated sentence for a banner.
 */
PsaHistory *psa_history_new                (const char          *folder);
char       *psa_history_dup_default_folder (void);
const char *psa_history_get_problem        (PsaHistory          *self);

/* What of the past is wanted. */
typedef enum
{
  PSA_HISTORY_ALL,    /* the last result of each profile */
  PSA_HISTORY_PAUSES, /* of these, what says that the tenant wants to be left alone for a while */
} PsaHistoryPart;

void        psa_history_load_async         (PsaHistory          *self,
                                            PsaHistoryPart       part,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GPtrArray  *psa_history_load_finish        (PsaHistory          *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void        psa_history_add_async          (PsaHistory          *self,
                                            PsaResult           *check_result,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean    psa_history_add_finish         (PsaHistory          *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void        psa_history_remove_async       (PsaHistory          *self,
                                            const char *const   *ids,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean    psa_history_remove_finish      (PsaHistory          *self,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
