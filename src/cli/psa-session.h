/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-exit.h"
#include "psa-monitor.h"

G_BEGIN_DECLS

/**
 * PsaSession:
 * @cancellable: cancelled by an interrupt
 *
 * What the commands work on: the same folders and keyring as the window's.
 */
typedef struct
{
  PsaStore     *store;
  PsaKeeper    *keeper;
  PsaMonitor   *monitor;
  GCancellable *cancellable;
} PsaSession;

PsaSession *psa_session_open      (GError         **error);
gboolean    psa_session_load_results (PsaSession   *self,
                                      GError      **error);
void        psa_session_free      (PsaSession      *self);
PsaProfile *psa_session_save      (PsaSession      *self,
                                   PsaProfile      *draft,
                                   const PsaSecret *client_id,
                                   const PsaSecret *password,
                                   GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaSession, psa_session_free)

G_END_DECLS
