/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-vault.h"

G_BEGIN_DECLS

/* For psa-vault alone: the life of one call, apart from what is asked of the keyring. */

typedef enum
{
  PSA_VAULT_CALL_STORE,
  PSA_VAULT_CALL_LOOKUP,
  PSA_VAULT_CALL_CLEAR,
  PSA_VAULT_CALL_LIST,
} PsaVaultCallKind;

/* Asks the keyring what the call is about, and sees to it that psa_vault_call_end() follows. */
typedef void (*PsaVaultCallBegin) (GTask *task);

/* Learns of each call that has ended how it found the keyring. */
typedef void (*PsaVaultCallEnded) (PsaVault     *vault,
                                   const GError *error);

typedef struct
{
  GQueue            calls; /* (element-type GTask): the first one is under way */
  PsaVaultCallBegin begin;
  PsaVaultCallEnded ended;
} PsaVaultQueue;

/* Task data of one call from beginning to end. */
typedef struct
{
  PsaVaultQueue   *queue; /* the vault's, which the task keeps alive */
  PsaVaultCallKind kind;
  char            *id; /* NULL in a list of all of them */
  char            *label;
  PsaSecret       *secret;
  PsaVaultPrompt   prompt;
  GPtrArray       *listed; /* (nullable) (element-type PsaVaultItem): the answer of a list */
  GList           *items; /* (element-type GObject): found, and still to be dealt with */
  guint            tries;
  gboolean         restarted; /* the service was; only once a call */
  GSource         *cancelled;
  int              lock; /* of the keyring's file, while it is written; or -1 */
  gboolean         ended; /* returned, perhaps by a cancellation while the keyring still waits */
} PsaVaultCall;

PsaVaultCall *psa_vault_call_new   (PsaVaultQueue       *queue,
                                    PsaVaultCallKind     kind,
                                    const char          *id,
                                    PsaVaultPrompt       prompt);
void          psa_vault_call_start (PsaVaultCall        *call, /* (transfer full) */
                                    PsaVault            *vault,
                                    gpointer             source_tag,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
void          psa_vault_call_end   (GTask               *task,
                                    PsaSecret           *secret, /* (transfer full) (nullable) */
                                    GError              *error); /* (transfer full) (nullable) */

G_END_DECLS
