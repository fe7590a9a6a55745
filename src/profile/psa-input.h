/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PSA_INPUT_MAX_CHARS 1024

/**
 * PsaInputFault:
 * @PSA_INPUT_GOOD: nothing is wrong
 * @PSA_INPUT_NOT_TEXT: the bytes are not UTF-8
 * @PSA_INPUT_LINE_END: it contains a line end
 * @PSA_INPUT_CONTROL: it contains another control character, a tab for example
 * @PSA_INPUT_INVISIBLE: it contains a character that nobody sees: zero width, bidi, soft hyphen
 *
 * What makes a typed line unfit for a header, a path or a label, whichever field it is for.
 */
typedef enum
{
  PSA_INPUT_GOOD,
  PSA_INPUT_NOT_TEXT,
  PSA_INPUT_LINE_END,
  PSA_INPUT_CONTROL,
  PSA_INPUT_INVISIBLE,
} PsaInputFault;

gboolean       psa_input_is_blank    (gunichar    character);
const char    *psa_input_trim        (const char *text,
                                      gsize      *length);
char          *psa_input_dup_trimmed (const char *text);
PsaInputFault  psa_input_find_fault  (const char *text,
                                      gsize       length);

G_END_DECLS
