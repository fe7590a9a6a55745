/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-client.h"
#include "psa-permissions.h"
#include "psa-profile.h"
#include "psa-result.h"
#include "psa-vault.h"

G_BEGIN_DECLS

#define PSA_TYPE_PERMISSIONS_RUN (psa_permissions_run_get_type ())
G_DECLARE_FINAL_TYPE (PsaPermissionsRun, psa_permissions_run, PSA, PERMISSIONS_RUN, GObject)

/*
 * Finds out what a key may do. It signs in as a check does, then reads mySecurity page by page, or where that
 * does not answer counts, a few at a time. It only ever sends GET.
 *
 * Properties: done (requests that were answered since the sign-in), total (of them; 0 where that is not known), waiting
 * (translated sentence on what is waited for, such as an open keyring prompt; "" else).
 */
PsaPermissionsRun *psa_permissions_run_new         (PsaClient            *client,
                                                    PsaVault             *vault,
                                                    PsaProfile           *profile); /* a copy is taken */
guint              psa_permissions_run_get_done    (PsaPermissionsRun    *self);
guint              psa_permissions_run_get_total   (PsaPermissionsRun    *self);
const char        *psa_permissions_run_get_waiting (PsaPermissionsRun    *self);
void               psa_permissions_run_set_waiting (PsaPermissionsRun    *self,
                                                    const char           *waiting);

/* Runs once. Cancelling takes effect in the next turn of the main loop. */
void               psa_permissions_run_async       (PsaPermissionsRun    *self,
                                                    const PsaSecret      *client_id, /* (nullable): typed, not saved */
                                                    const PsaSecret      *password,  /* (nullable) */
                                                    PsaVaultPrompt        prompt,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
PsaPermissions    *psa_permissions_run_finish      (PsaPermissionsRun    *self,
                                                    GAsyncResult         *result,
                                                    PsaResult           **failure,
                                                    GError              **error); /* CANCELLED */

G_END_DECLS
