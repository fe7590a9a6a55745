/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-password.h"

#include "psa-error.h"
#include "psa-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
find_problem (const char *text)
{
  gsize trimmed = 0;

  psa_input_trim (text, &trimmed);
  if (*text == '\0')
    return _("Enter the password: the private key.");

  switch (psa_input_find_fault (text, strlen (text)))
    {
    case PSA_INPUT_NOT_TEXT:
      return _("The password is not readable text.");
    case PSA_INPUT_LINE_END:
      return _("The password contains a line end, as pasted text often does. Remove it.");
    case PSA_INPUT_CONTROL:
      return _("The password contains a control character. Paste or type it anew.");
    case PSA_INPUT_INVISIBLE: /* around it: asked about; within it: nobody knows */
    case PSA_INPUT_GOOD:
      break;
    default:
      g_assert_not_reached ();
    }

  if (trimmed == 0)
    return _("The password consists of blanks alone. Enter the private key.");
  if (g_utf8_strlen (text, -1) > PSA_INPUT_MAX_CHARS)
    return _("The password is too long: 1,024 characters at most.");

  return NULL;
}

/**
 * psa_password_check:
 * @text: what was typed or pasted
 * @error: return location for a `PSA_ERROR_INVALID`; its message does not repeat @text
 *
 * Looks for what a private key, an integrator's password or a member's hash never is: empty, longer
 * than 1,024 characters, or with line ends or control characters anywhere. Blanks around it are no
 * error: see psa_password_has_blanks(). @text is not copied.
 *
 * Returns: whether it can be used as it is
 */
gboolean
psa_password_check (const char *text, GError **error)
{
  const char *problem;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  problem = find_problem (text);
  if (problem != NULL)
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, problem);

  return problem == NULL;
}

/**
 * psa_password_has_blanks:
 * @text: what was typed or pasted
 *
 * Whether @text begins or ends with a character that cannot be seen: a blank of any script, a zero
 * width one, a byte order mark. The user is asked about these; they are neither kept nor dropped
 * in silence.
 *
 * Returns: whether there is one
 */
gboolean
psa_password_has_blanks (const char *text)
{
  gsize length = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  psa_input_trim (text, &length);
  return length != strlen (text);
}
