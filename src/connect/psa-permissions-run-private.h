/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-check.h"
#include "psa-credentials.h"
#include "psa-permissions-run.h"

G_BEGIN_DECLS

/*
 * Signing in → reading the rights, page by page → or counting, a few at a time → looking at a few records. A page that
 * does not come as promised sends it to the counts; no whole answer, a 429 or rejected keys end it with that
 * cause.
 */
struct _PsaPermissionsRun
{
  GObject parent_instance;
  PsaClient *client;
  PsaVault *vault;
  PsaProfile *profile;
  char *waiting;
  guint done;
  guint total;

  GTask *task; /* while it runs; its data are the credentials, wiped with it */
  PsaVaultPrompt prompt;
  GCancellable *cancellable; /* ours, handed to what is under way */
  GSource *cancelled;
  PsaCheck *check;
  PsaAddress *address;
  PsaResult *result; /* of the sign-in */
  PsaPermissions *permissions;
  guint page;     /* the one under way, from 1 */
  guint probe;    /* the next to send */
  guint n_flying; /* probes under way */
  gboolean ran;
};

/* psa-permissions-run.c: how it begins and ends */
void psa_permissions_run_set_progress (PsaPermissionsRun *self,
                                       guint              done,
                                       guint              total);
void psa_permissions_run_fail         (PsaPermissionsRun *self,
                                       PsaCause           cause,
                                       const PsaReply    *reply);
void psa_permissions_run_conclude     (PsaPermissionsRun *self);

/* psa-permissions-reads.c: what is asked once it has signed in */
void psa_permissions_run_read         (PsaPermissionsRun *self);

G_END_DECLS
