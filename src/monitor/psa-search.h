/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-status.h"

G_BEGIN_DECLS

typedef struct _PsaSearch PsaSearch;

PsaSearch *psa_search_new      (const char      *text);
void       psa_search_free     (PsaSearch       *self);
gboolean   psa_search_is_empty (const PsaSearch *self);
gboolean   psa_search_matches  (const PsaSearch *self,
                                PsaStatus       *status);
gboolean   psa_search_narrows  (const char      *text,
                                const char      *before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaSearch, psa_search_free)

G_END_DECLS
