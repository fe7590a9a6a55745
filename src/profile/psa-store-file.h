/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-document.h"

G_BEGIN_DECLS

#define PSA_STORE_FILE_NAME "profiles.json"

/*
 * profiles.json on disk, and nothing but it: these calls block and belong on a worker thread. 0600
 * in a 0700 folder, under a lock shared by every process; what is saved is on disk, whole, or not
 * at all; a link is never followed; five backups of different days.
 */
typedef struct
{
  PsaDocument *document;  /* (nullable): NULL where the file was damaged and set aside */
  char        *set_aside; /* (nullable): where the damaged file now lies */
  char        *reason;    /* (nullable): a translated sentence on what is wrong with it */
  char        *backup;    /* (nullable): the newest good one, where something is wrong */
} PsaStoreRead;

/* Changes @document under the lock; FALSE with an error leaves the file alone */
typedef gboolean (*PsaStoreChange) (PsaDocument *document,
                                    gpointer     user_data,
                                    GError     **error);

PsaStoreRead *psa_store_file_read   (const char     *folder,
                                     GError        **error);
PsaDocument  *psa_store_file_change (const char     *folder,
                                    const char     *backup,
                                     PsaStoreChange  change,
                                     gpointer        user_data,
                                     GError        **error);
PsaDocument  *psa_store_file_restore (const char    *folder,
                                      const char    *backup,
                                      char         **former,
                                      GError       **error);
void          psa_store_read_free   (PsaStoreRead   *read);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaStoreRead, psa_store_read_free)

G_END_DECLS
