/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-input.h"

#include <string.h>

/**
 * psa_input_is_blank:
 * @character: a character
 *
 * Whether nothing would be seen of @character at the end of a line: white space and line ends of
 * any script, zero width, the byte order mark, the fillers that are drawn as nothing.
 *
 * Returns: whether it is blank
 */
gboolean
psa_input_is_blank (gunichar character)
{
  return g_unichar_isspace (character) || g_unichar_type (character) == G_UNICODE_FORMAT ||
         character == 0x0085 || character == 0x2800 || character == 0x3164 || character == 0xffa0;
}

/**
 * psa_input_trim:
 * @text: what was typed
 * @length: (out): bytes up to the last character that is not blank
 *
 * Finds what is left of @text without the blanks around it. Nothing is copied, so that it can be
 * used on a secret. Text that is not UTF-8 is left as it is.
 *
 * Returns: (transfer none): where it begins, inside @text
 */
const char *
psa_input_trim (const char *text, gsize *length)
{
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  end = text + strlen (text);
  if (g_utf8_validate (text, -1, NULL))
    {
      while (text < end && psa_input_is_blank (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);

      while (end > text)
        {
          const char *last = g_utf8_prev_char (end);

          if (!psa_input_is_blank (g_utf8_get_char (last)))
            break;
          end = last;
        }
    }

  *length = end - text;
  return text;
}

/**
 * psa_input_dup_trimmed:
 * @text: (nullable): what was typed, not a secret
 *
 * Returns: (transfer full): a copy without the blanks around it; "" for %NULL
 */
char *
psa_input_dup_trimmed (const char *text)
{
  gsize length = 0;
  const char *start = psa_input_trim (text != NULL ? text : "", &length);

  return g_strndup (start, length);
}

/**
 * psa_input_find_fault:
 * @text: what was typed
 * @length: how many bytes of it are looked at
 *
 * Returns: the first thing that is wrong
 */
PsaInputFault
psa_input_find_fault (const char *text, gsize length)
{
  g_return_val_if_fail (text != NULL, PSA_INPUT_NOT_TEXT);

  if (!g_utf8_validate_len (text, length, NULL))
    return PSA_INPUT_NOT_TEXT;

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == '\n' || character == '\r' || character == 0x0085 || character == 0x2028 ||
          character == 0x2029)
        return PSA_INPUT_LINE_END;
      if (g_unichar_iscntrl (character))
        return PSA_INPUT_CONTROL;
      if (g_unichar_type (character) == G_UNICODE_FORMAT)
        return PSA_INPUT_INVISIBLE;
    }

  return PSA_INPUT_GOOD;
}
