/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-monitor.h"

G_BEGIN_DECLS

struct _PsaMonitor
{
  GObject parent_instance;
  PsaKeeper *keeper;
  PsaHistory *history;
  PsaScheduler *scheduler;
  PsaClientIds *client_ids; /* of the checks under way */
  GHashTable *statuses; /* UUID → PsaStatus, of the profiles in the store */
  GHashTable *results;  /* UUID → PsaResult, the last known, for a status that is made later */
  GHashTable *runs;     /* UUID → Run, the check of a profile that counts */
};

PsaProfile *psa_monitor_get_kept           (PsaMonitor *self,
                                            const char *id);
const char *psa_monitor_get_text           (const char *text); /* never NULL */
void        psa_monitor_heed               (PsaMonitor *self,
                                            PsaResult  *result);
gboolean    psa_monitor_take               (PsaMonitor *self,
                                            PsaResult  *result);
gboolean    psa_monitor_is_worth_recording (PsaMonitor *self,
                                            PsaResult  *result);

/* psa-monitor-turn.c: what signs in, each in its turn */
void        psa_monitor_run_check_async    (PsaMonitor          *self,
                                            PsaProfile          *profile,
                                            PsaCheck            *check,
                                            PsaVaultPrompt       prompt,
                                            PsaAsker             asker,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);

/* psa-monitor-check.c: the checks under way */
void        psa_monitor_cancel_id          (PsaMonitor *self,
                                            const char *id);

G_END_DECLS
