/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check-run.h"
#include "keyring-fixture.h"
#include "psa-monitor.h"

G_BEGIN_DECLS

/* The program without its window: each case has a folder, a keyring file and a practice tenant of its own. */
typedef struct
{
  PracticeFixture *tenant;
  char *folder;
  PsaStore *store;
  PsaVault *vault;
  PsaKeeper *keeper;
  PsaHistory *history;
  PsaMonitor *monitor;
  guint n_checked;
} MonitorPlace;

MonitorPlace *monitor_place_new          (const char *const *options);
void          monitor_place_free         (MonitorPlace      *self);
void          monitor_place_open         (MonitorPlace      *self); /* as at a start */
void          monitor_place_close        (MonitorPlace      *self);
PsaProfile   *monitor_place_save         (MonitorPlace      *self,
                                          PsaProfile        *draft,
                                          const char        *password);
PsaProfile   *monitor_place_add          (MonitorPlace      *self,
                                          const char        *company);
void          monitor_place_remove       (MonitorPlace      *self,
                                          PsaProfile        *profile);
PsaResult    *monitor_place_finish       (MonitorPlace      *self,
                                          GAsyncResult     **result,
                                          GError           **error);
PsaResult    *monitor_place_check        (MonitorPlace      *self,
                                          PsaProfile        *profile);
GPtrArray    *monitor_place_read_history (MonitorPlace      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MonitorPlace, monitor_place_free)

G_END_DECLS
