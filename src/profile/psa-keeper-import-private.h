/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-keeper-import.h"

G_BEGIN_DECLS

/* Between psa-keeper-import.c, which does it, and psa-keeper-revert.c, which undoes it. */

/* A secret that was replaced. */
typedef struct
{
  char *id;
  char *label;
  PsaSecret *secret;
} PsaKeeperFormer;

struct _PsaKeeperUndo
{
  PsaBatch *batch;    /* what makes the file say what it said */
  GPtrArray *formers; /* (element-type PsaKeeperFormer) */
};

/* What an import that is not done has put into the keyring. */
typedef struct
{
  GPtrArray *strays; /* (element-type utf8) UUIDs of nothing yet, under which no secret stood */
  guint n_staying;   /* secrets of profiles that are kept and had none */
  guint n_stored;    /* of all kinds */
} PsaKeeperStored;

GQueue *psa_keeper_get_imports (PsaKeeper *self);
PsaKeeperUndo *psa_keeper_undo_new (void);
void psa_keeper_undo_add_former (PsaKeeperUndo *self,
                                 PsaStore *store,
                                 const char *id,
                                 const char *label,
                                 const PsaSecret *secret);
PsaKeeperStored *psa_keeper_stored_new (void);
void psa_keeper_stored_free (PsaKeeperStored *self);
void psa_keeper_take_back_async (PsaKeeper *self,
                                 PsaKeeperUndo *undo,
                                 PsaKeeperStored *stored,
                                 GError *failure,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GError *psa_keeper_take_back_finish (PsaKeeper *self, GAsyncResult *result);

G_END_DECLS
