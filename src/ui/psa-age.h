/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PsaAgeStyle:
 * @PSA_AGE_SHORT: “2 min”, for the end of a row
 * @PSA_AGE_SENTENCE: “Checked 2 minutes ago”
 */
typedef enum
{
  PSA_AGE_SHORT,
  PSA_AGE_SENTENCE,
} PsaAgeStyle;

char    *psa_age_dup_text (gint64      then,
                           gint64      now,
                           PsaAgeStyle style);
gboolean psa_age_is_old   (gint64      then,
                           gint64      now);

G_END_DECLS
