/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-username.h"

#include "psa-error.h"
#include "psa-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
find_problem (const char *text, gsize length)
{
  const char *plus = memchr (text, '+', length);

  switch (psa_input_find_fault (text, length))
    {
    case PSA_INPUT_NOT_TEXT:
      return _("The username is not readable text.");
    case PSA_INPUT_LINE_END:
      return _("The username contains a line end. Enter it on one line.");
    case PSA_INPUT_CONTROL:
      return _("The username contains a control character. Type it anew.");
    case PSA_INPUT_INVISIBLE:
      return _("The username contains an invisible character. Type it anew.");
    case PSA_INPUT_GOOD:
      break;
    default:
      g_assert_not_reached ();
    }

  if (length == 0)
    return _("Enter the username: the company ID, a plus sign and the public key.");
  if (g_utf8_strlen (text, length) > PSA_INPUT_MAX_CHARS)
    return _("The username is too long: 1,024 characters at most.");
  /* The first colon ends the user name in Basic authentication (RFC 7617, section 2). */
  if (memchr (text, ':', length) != NULL)
    return _("The username must not contain a colon. What follows it may be the password.");
  if (plus == NULL)
    return _("The username needs a plus sign between the company ID and the key, as in "
             "“company+publickey”.");
  if (plus == text)
    return _("The company ID is missing in front of the plus sign of the username.");
  if (plus + 1 == text + length)
    return _("The key is missing behind the plus sign of the username.");
  if (psa_input_is_blank (g_utf8_get_char (g_utf8_prev_char (plus))) ||
      psa_input_is_blank (g_utf8_get_char (plus + 1)))
    return _("Remove the blanks around the plus sign of the username.");
  /* The company ID becomes a part of a path, where these two would climb, encoded or not. */
  if ((plus - text == 1 && text[0] == '.') || (plus - text == 2 && strncmp (text, "..", 2) == 0))
    return _("The company ID in front of the plus sign of the username must not be dots alone.");

  return NULL;
}

/**
 * psa_username_split:
 * @text: what was typed; blanks around it do not count
 * @company_id: (out) (optional) (transfer full): the company's login ID, in the case it was typed
 *   in
 * @key: (out) (optional) (transfer full): public key, integrator user or member ID
 * @error: return location for a `PSA_ERROR_INVALID`
 *
 * Splits a username at the first plus sign; further ones belong to the key. Both parts are free of
 * control and invisible characters, neither is empty, and there is no colon. The company ID may
 * still hold anything else: encode it before it goes into a path.
 *
 * Returns: whether @text is a username
 */
gboolean
psa_username_split (const char *text, char **company_id, char **key, GError **error)
{
  const char *problem;
  const char *plus;
  gsize length = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  text = psa_input_trim (text, &length);
  problem = find_problem (text, length);
  if (problem != NULL)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, problem);
      return FALSE;
    }

  plus = memchr (text, '+', length);
  if (company_id != NULL)
    *company_id = g_strndup (text, plus - text);
  if (key != NULL)
    *key = g_strndup (plus + 1, text + length - plus - 1);
  return TRUE;
}

/**
 * psa_username_dup_company:
 * @text: (nullable): what was typed
 *
 * Returns: (transfer full) (nullable): the company ID; %NULL where @text cannot be split
 */
char *
psa_username_dup_company (const char *text)
{
  g_autofree char *company_id = NULL;

  if (text == NULL)
    return NULL;
  /* Why it cannot be split is told where it is typed. */
  if (!psa_username_split (text, &company_id, NULL, NULL))
    return NULL;

  return g_steal_pointer (&company_id);
}
