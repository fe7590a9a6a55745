/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PSA_PRINTABLE_CUT "…" /* what a text ends with that was too long */

/**
 * PsaPrintableLines:
 *
 * What becomes of line ends and tabulators: one blank, or kept.
 */
typedef enum
{
  PSA_PRINTABLE_ONE_LINE,
  PSA_PRINTABLE_KEEP_LINES,
} PsaPrintableLines;

char *psa_printable_dup (const char        *text,
                         gsize              length,
                         gsize              max_bytes,
                         PsaPrintableLines  lines);

G_END_DECLS
