/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-client-ids.h"
#include "psa-client.h"
#include "psa-profile.h"
#include "psa-result.h"
#include "psa-vault.h"

G_BEGIN_DECLS

#define PSA_CHECK_SECONDS 30

#define PSA_TYPE_CHECK (psa_check_get_type ())
G_DECLARE_FINAL_TYPE (PsaCheck, psa_check, PSA, CHECK, GObject)

/*
 * One try of one profile. It asks the verdict for the next request, sends it, adds the answer, and
 * asks again; the secrets are fetched when the first signed request is due. What the form has typed but
 * not saved is given as secrets; what is NULL comes from the vault.
 *
 * Properties: stages (GListModel of PsaStageReport, filling in live), waiting (translated sentence on what is
 * waited for, such as an open keyring prompt; "" else).
 */
PsaCheck   *psa_check_new         (PsaClient           *client,
                                   PsaVault            *vault,
                                   PsaProfile          *profile); /* a copy is taken: later edits do not reach it */
void        psa_check_share       (PsaCheck            *self,
                                   PsaClientIds        *shared); /* Client IDs of other checks under way */
const char *psa_check_get_profile_id (PsaCheck         *self);
guint       psa_check_get_revision (PsaCheck           *self);
GListModel *psa_check_get_stages  (PsaCheck            *self);
const char *psa_check_get_waiting (PsaCheck            *self);

void        psa_check_set_waiting (PsaCheck            *self,     /* until it begins */
                                   const char          *waiting);

/* Runs once. Cancelling takes effect in the next turn of the main loop and gives G_IO_ERROR_CANCELLED;
 * every other end is a result. */
void        psa_check_run_async   (PsaCheck            *self,
                                   const PsaSecret     *client_id, /* (nullable): typed, not saved */
                                   const PsaSecret     *password,  /* (nullable) */
                                   PsaVaultPrompt       prompt,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
PsaResult  *psa_check_run_finish  (PsaCheck            *self,
                                   GAsyncResult        *result,
                                   GError             **error);

G_END_DECLS
