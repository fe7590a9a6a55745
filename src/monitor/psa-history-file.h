/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-result.h"

G_BEGIN_DECLS

/* history.sqlite on disk, and the one file that knows SQLite. Its calls block and belong on one
 * worker thread, always the same; psa-history.c is that thread's other end. */
typedef struct _PsaHistoryFile PsaHistoryFile;

PsaHistoryFile *psa_history_file_new         (const char      *folder);
void            psa_history_file_free        (PsaHistoryFile  *self);
const char     *psa_history_file_get_problem (PsaHistoryFile  *self);
GPtrArray      *psa_history_file_load        (PsaHistoryFile  *self,
                                              const char      *cause, /* (nullable): a token */
                                              GError         **error);
gboolean        psa_history_file_add         (PsaHistoryFile  *self,
                                              PsaResult       *result,
                                              GError         **error);
gboolean        psa_history_file_remove      (PsaHistoryFile  *self,
                                              GStrv            ids,
                                              GError         **error);
const char     *psa_history_file_get_library (void);

G_END_DECLS
