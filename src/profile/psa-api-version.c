/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-api-version.h"

#include "psa-error.h"
#include "psa-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LENGTH 64

/* The characters of a token (RFC 9110, section 5.6.2): what can stand unquoted in a header. */
static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL)
      return FALSE;

  return TRUE;
}

/* Reads "YYYY.N" or "YYYY.NN"; *@rest is what follows. */
static gboolean
read_version (const char *text, guint *year, guint *number, const char **rest)
{
  if (text[0] != '2' || text[1] != '0' || !g_ascii_isdigit (text[2]) ||
      !g_ascii_isdigit (text[3]) || text[4] != '.' || !g_ascii_isdigit (text[5]))
    return FALSE;

  *year = 2000 + 10 * g_ascii_digit_value (text[2]) + g_ascii_digit_value (text[3]);
  *number = g_ascii_digit_value (text[5]);
  *rest = text + 6;
  if (g_ascii_isdigit (**rest))
    {
      *number = 10 * *number + g_ascii_digit_value (**rest);
      (*rest)++;
    }

  return TRUE;
}

/**
 * psa_api_version_check:
 * @text: what was typed; blanks around it do not count
 * @warning: (out) (optional) (nullable) (transfer full): a sentence where the form is unusual, else
 *   %NULL
 * @error: return location for a `PSA_ERROR_INVALID`
 *
 * Looks at the version that is put into the `Accept` header. `YYYY.N` and `YYYY.NN` are usual, ""
 * asks for the tenant's current one, any other token is unusual. What cannot stand in the header is
 * an error: control characters, blanks, `;`, `,`, `"`, anything outside ASCII, more than 64
 * characters.
 *
 * Source: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide#Versioning for
 * the form; versions with two digits at the end and older forms such as "3.0.0" are reported.
 *
 * Returns: whether it can be sent
 */
gboolean
psa_api_version_check (const char *text, char **warning, GError **error)
{
  const char *problem = NULL;
  const char *rest = NULL;
  gsize length = 0;
  guint year, number;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (warning != NULL)
    *warning = NULL;

  text = psa_input_trim (text, &length);
  switch (psa_input_find_fault (text, length))
    {
    case PSA_INPUT_LINE_END:
    case PSA_INPUT_CONTROL:
      problem = _("The API version contains a control character. Type it anew, as in 2025.1.");
      break;
    case PSA_INPUT_NOT_TEXT:
    case PSA_INPUT_INVISIBLE:
      problem = _("The API version contains an invisible character. Type it anew, as in 2025.1.");
      break;
    case PSA_INPUT_GOOD:
      if (length > MAX_LENGTH)
        problem = _("The API version is too long. It looks like 2025.1.");
      else if (!is_token (text, length))
        problem = _("The API version contains a sign that cannot be sent. It looks like 2025.1.");
      break;
    default:
      g_assert_not_reached ();
    }

  if (problem != NULL)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, problem);
      return FALSE;
    }

  if (warning != NULL && length > 0 &&
      (!read_version (text, &year, &number, &rest) || rest != text + length))
    *warning = g_strdup (_("API versions look like 2025.1. This one is sent as it is."));
  return TRUE;
}

/**
 * psa_api_version_dup_from_tenant:
 * @text: (nullable): what a tenant calls its version: "v2025.1.10675", "v2020.4"
 *
 * Returns: (transfer full) (nullable): the API version, "2025.1"; %NULL for any other form
 */
char *
psa_api_version_dup_from_tenant (const char *text)
{
  const char *rest = NULL;
  guint year, number;

  if (text == NULL)
    return NULL;
  if (*text == 'v' || *text == 'V')
    text++;
  if (!read_version (text, &year, &number, &rest) || (*rest != '\0' && *rest != '.'))
    return NULL;

  return g_strndup (text, rest - text);
}

/**
 * psa_api_version_parse:
 * @text: (nullable): an API version
 * @year: (out) (optional): its year
 * @number: (out) (optional): its number within the year, 0–99
 *
 * Takes a version apart so that two can be compared: (2025, 9) comes before (2025, 16).
 *
 * Returns: whether it is `YYYY.N` or `YYYY.NN`; blanks around it do not count
 */
gboolean
psa_api_version_parse (const char *text, guint *year, guint *number)
{
  g_autofree char *trimmed = psa_input_dup_trimmed (text);
  const char *rest = NULL;
  guint found_year = 0;
  guint found_number = 0;

  if (!read_version (trimmed, &found_year, &found_number, &rest) || *rest != '\0')
    return FALSE;

  if (year != NULL)
    *year = found_year;
  if (number != NULL)
    *number = found_number;
  return TRUE;
}
