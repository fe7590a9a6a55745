/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-printable.h"

#include <string.h>

/* Signs that change how the text around them is drawn, or that cannot be seen at all. The two joiners
 * are left alone: names in Persian, Hindi and emoji are wrong without them. */
static gboolean
is_hidden (gunichar c)
{
  if (c == 0x200c || c == 0x200d)
    return FALSE;

  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT: /* bidirectional and zero-width signs, tags */
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What @c becomes, in at most twelve bytes. */
static void
write_char (gunichar c, PsaPrintableLines lines, char piece[static 12])
{
  if (c == '\r' && lines == PSA_PRINTABLE_KEEP_LINES)
    piece[0] = '\0';
  else if (c == '\n' || c == '\t' || c == '\r')
    g_snprintf (piece, 12, "%c", lines == PSA_PRINTABLE_KEEP_LINES ? (char) c : ' ');
  else if (is_hidden (c))
    g_snprintf (piece, 12, "[U+%04X]", c);
  else
    piece[g_unichar_to_utf8 (c, piece)] = '\0';
}

/**
 * psa_printable_dup:
 * @text: (array length=length): bytes from outside, of any kind
 * @length: how many
 * @max_bytes: how long the returned text may be, in bytes; at least 4
 * @lines: what becomes of line ends
 *
 * Makes text from outside fit to be shown: always valid UTF-8; what is no UTF-8 becomes U+FFFD,
 * control, zero-width and bidirectional signs become visible as “[U+202E]”. What is too long ends with %PSA_PRINTABLE_CUT.
 *
 * Returns: (transfer full): the text
 */
char *
psa_printable_dup (const char *text, gsize length, gsize max_bytes, PsaPrintableLines lines)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *end = text + length;
  const char *at = text;
  gsize fits = 0; /* how much of out leaves room for the sign of the cut */

  g_return_val_if_fail (text != NULL || length == 0, g_strdup (""));
  g_return_val_if_fail (max_bytes > strlen (PSA_PRINTABLE_CUT), g_strdup (""));

  while (at < end)
    {
      gunichar c = g_utf8_get_char_validated (at, end - at);
      gboolean valid = c != (gunichar) -1 && c != (gunichar) -2;
      char piece[12];

      write_char (valid ? c : 0xfffd, lines, piece);
      if (out->len + strlen (piece) > max_bytes)
        {
          g_string_truncate (out, fits);
          g_string_append (out, PSA_PRINTABLE_CUT);
          break;
        }
      g_string_append (out, piece);
      if (out->len + strlen (PSA_PRINTABLE_CUT) <= max_bytes)
        fits = out->len;
      at = valid ? g_utf8_next_char (at) : at + 1;
    }

  return g_string_free_and_steal (g_steal_pointer (&out));
}
