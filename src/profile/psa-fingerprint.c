/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-fingerprint.h"

#include "psa-error.h"

#include <glib/gi18n-lib.h>

#define N_DIGITS 64

/**
 * psa_fingerprint_parse:
 * @text: the SHA-256 of a certificate as tools print it: hexadecimal, any case, with or without
 *   colons and blanks between the digits
 * @error: return location for a %PSA_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): 64 lower-case digits
 */
char *
psa_fingerprint_parse (const char *text, GError **error)
{
  g_autoptr(GString) digits = g_string_sized_new (N_DIGITS);

  g_return_val_if_fail (text != NULL, NULL);

  /* What separates the digits is dropped; anything else is no fingerprint. */
  for (const char *p = text; *p != '\0'; p++)
    if (*p != ':' && !g_ascii_isspace (*p))
      g_string_append_c (digits, g_ascii_tolower (*p));
  if (digits->len != N_DIGITS || strspn (digits->str, "0123456789abcdef") != N_DIGITS)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("A SHA-256 has 64 hexadecimal digits."));
      return NULL;
    }
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/**
 * psa_fingerprint_group:
 * @sha256: 64 hexadecimal digits
 *
 * One run of 64 digits cannot be compared by eye: groups of four in two lines, as certificate
 * viewers show them.
 *
 * Returns: (transfer full): the digits in upper case
 */
char *
psa_fingerprint_group (const char *sha256)
{
  g_autoptr(GString) grouped = g_string_new (NULL);

  g_return_val_if_fail (sha256 != NULL, NULL);

  for (gsize i = 0; sha256[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (grouped, i % 32 == 0 ? '\n' : ' ');
      g_string_append_c (grouped, g_ascii_toupper (sha256[i]));
    }
  return g_string_free (g_steal_pointer (&grouped), FALSE);
}
