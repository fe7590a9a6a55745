/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-document.h"

G_BEGIN_DECLS

#define PSA_STORE_FILE_NAME "profiles.json"

/*
 * profiles.json on disk, and nothing but it: these calls block and belong on a worker thread.
 * 0600 in a 0700 folder, under a lock file shared by every process, temporary file + fsync + rename + fsync of
 * the folder; a link in its place is replaced, not followed; five backups of different days.
 */
typedef struct
{
  PsaDocument *document;  /* (nullable): NULL where the file was damaged and set aside: then an empty one is used */
  char        *set_aside; /* (nullable): where the damaged file now lies */
  char        *reason;    /* (nullable): a translated sentence on what was wrong with it */
  char        *backup;    /* (nullable): the newest good backup, offered where the file was damaged */
} PsaStoreRead;

/* Changes @document under the lock; FALSE with an error leaves the file alone */
typedef gboolean (*PsaStoreChange) (PsaDocument *document,
                                    gpointer     user_data,
                                    GError     **error);

PsaStoreRead *psa_store_file_read   (const char     *folder,
                                     GError        **error); /* STORAGE; a missing file is an empty document */
PsaDocument  *psa_store_file_change (const char     *folder,
                                     PsaStoreChange  change,
                                     gpointer        user_data,
                                     GError        **error); /* locks, reads anew, changes, writes; NEWER, DAMAGED, STORAGE */
PsaDocument  *psa_store_file_restore (const char    *folder,
                                      const char    *backup,
                                      GError       **error);
void          psa_store_read_free   (PsaStoreRead   *read);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaStoreRead, psa_store_read_free)

G_END_DECLS
