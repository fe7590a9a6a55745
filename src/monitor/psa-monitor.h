/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-history.h"
#include "psa-keeper.h"
#include "psa-permissions-run.h"
#include "psa-scheduler.h"
#include "psa-status.h"

G_BEGIN_DECLS

#define PSA_TYPE_MONITOR (psa_monitor_get_type ())
G_DECLARE_FINAL_TYPE (PsaMonitor, psa_monitor, PSA, MONITOR, GObject)

/*
 * Checks of many profiles, and what was found: owns the client, the history and one PsaStatus a
 * profile. A result reaches the profile and revision it was made for, or nobody.
 *
 * Signals: checked (PsaStatus *status, PsaResult *result): a check has ended and was taken; changed (PsaStatus
 * *status): what a list sorts and searches by may have changed.
 */
PsaMonitor *psa_monitor_new           (PsaKeeper           *keeper,
                                       PsaHistory          *history);
PsaKeeper  *psa_monitor_get_keeper    (PsaMonitor          *self);
PsaHistory *psa_monitor_get_history   (PsaMonitor          *self);
PsaScheduler *psa_monitor_get_scheduler (PsaMonitor        *self);
PsaStatus  *psa_monitor_get_status    (PsaMonitor          *self,
                                       PsaProfile          *profile); /* (transfer none) */

void        psa_monitor_load_async    (PsaMonitor          *self, /* the last results, from the history */
                                       PsaHistoryPart       part,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean    psa_monitor_load_finish   (PsaMonitor          *self,
                                       GAsyncResult        *result,
                                       GError             **error);

/* Checks a kept profile. A second check of the same one cancels the first. */
void        psa_monitor_check_async   (PsaMonitor          *self,
                                       PsaProfile          *profile,
                                       PsaVaultPrompt       prompt,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void        psa_monitor_check_unasked_async (PsaMonitor    *self, /* on the program's own account */
                                       PsaProfile          *profile,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
PsaResult  *psa_monitor_check_finish  (PsaMonitor          *self,
                                       GAsyncResult        *result,
                                       GError             **error); /* CANCELLED, or a fault of the history beside a taken result is told by its problem */
/* For a form: a check of what is typed, which waits its turn like the others. */
void        psa_monitor_try_async     (PsaMonitor          *self,
                                       PsaProfile          *draft,
                                       PsaCheck            *check,
                                       const PsaSecret     *client_id, /* (nullable) */
                                       const PsaSecret     *password,  /* (nullable) */
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
PsaResult  *psa_monitor_try_finish    (PsaMonitor          *self,
                                       GAsyncResult        *result,
                                       GError             **error); /* CANCELLED */
/* What a key may do, read in its turn as well: it signs in as a check does. */
PsaPermissionsRun *psa_monitor_dup_permissions_run (PsaMonitor *self,
                                       PsaProfile          *profile);
void        psa_monitor_permissions_async (PsaMonitor      *self,
                                       PsaProfile          *profile,
                                       PsaPermissionsRun   *run,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
PsaPermissions *psa_monitor_permissions_finish (PsaMonitor *self,
                                       GAsyncResult        *result,
                                       PsaResult          **failure,
                                       GError             **error); /* CANCELLED */
void        psa_monitor_cancel        (PsaMonitor          *self,
                                       PsaProfile          *profile); /* (nullable): all */

/* Takes a result that a form got for the very values it then saved as @profile. */
void        psa_monitor_record        (PsaMonitor          *self,
                                       PsaProfile          *profile,
                                       PsaResult           *result);

G_END_DECLS
