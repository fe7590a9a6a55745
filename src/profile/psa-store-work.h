/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-batch.h"
#include "psa-store.h"

G_BEGIN_DECLS

/* For the store alone: what one of its calls asks of the worker thread, and what comes back. */

typedef enum
{
  PSA_STORE_WORK_READ,
  PSA_STORE_WORK_PUT,
  PSA_STORE_WORK_APPLY,
  PSA_STORE_WORK_REMOVE,
  PSA_STORE_WORK_FORGET,
  PSA_STORE_WORK_RESTORE,
} PsaStoreWorkKind;

typedef struct
{
  PsaStoreWorkKind kind;
  char            *folder;
  PsaProfile      *profile;     /* the worker's own copies */
  PsaIntegration  *integration; /* (nullable) */
  gboolean         secret_changed;
  PsaBatch        *batch;
  GStrv            ids;
  char            *restored;    /* the backup to restore */
  char            *former;      /* (nullable): the one that was made before that */

  GPtrArray       *profiles;     /* (element-type PsaProfile): what the file says now */
  GPtrArray       *integrations; /* (element-type PsaIntegration) */
  GStrv            deleted;
  char            *digest;       /* the same as long as the file says the same */
  gboolean         newer;
  gboolean         folder_exists;
  char            *set_aside; /* see PsaStoreRead */
  char            *reason;
  char            *backup;
} PsaStoreWork;

PsaStoreWork *psa_store_work_new    (PsaStoreWorkKind  kind,
                                     const char       *folder);
void          psa_store_work_free   (PsaStoreWork     *work);
void          psa_store_work_thread (GTask            *task,
                                     gpointer          source,
                                     gpointer          task_data,
                                     GCancellable     *cancellable);

/* In psa-store.c; the latter puts a call into the queue. */
const char   *psa_store_get_folder  (PsaStore            *self);
void          psa_store_start_work  (PsaStore            *self,
                                     PsaStoreWork        *work, /* (transfer full) */
                                     gpointer             source_tag,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);

G_END_DECLS
