/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-fold.h"

/**
 * psa_fold_dup:
 * @text: UTF-8
 *
 * Makes two spellings alike that somebody who searches takes for one: upper and lower case, letters with and
 * without their marks (é, Å, ñ), and compatibility forms (ﬁ, Ⅳ). A letter of its own, such as ø, stays.
 *
 * Returns: (transfer full): @text, folded; to be compared by its bytes
 */
char *
psa_fold_dup (const char *text)
{
  g_autofree char *apart = NULL;
  g_autoptr(GString) bare = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_is_ascii (text)) /* as most are, and this is done for ten thousand at a time */
    return g_ascii_strdown (text, -1);

  apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (apart == NULL)
    return g_ascii_strdown (text, -1);

  bare = g_string_new (NULL);
  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_ismark (character))
        g_string_append_unichar (bare, character);
    }
  return g_utf8_casefold (bare->str, bare->len);
}
