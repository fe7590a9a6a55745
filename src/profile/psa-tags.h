/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GStrv    psa_tags_parse       (const char        *text);
char    *psa_tags_dup_text    (const char *const *tags);
GStrv    psa_tags_change      (const char *const *tags,
                               const char *const *added,
                               const char *const *removed);
gboolean psa_notes_look_secret (const char       *notes);

G_END_DECLS
