/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-command.h"
#include "psa-copy-as.h"
#include "psa-error.h"

#include <glib/gi18n.h>

/**
 * psa_command_copy_as:
 * @argc: the number of words
 * @argv: the words, "copy-as" first
 * @error: return location for what stopped it
 *
 * `psactl copy-as FORM NAME`: prints a connection for another program, with placeholders for the secrets.
 *
 * Returns: the exit code
 */
PsaExit
psa_command_copy_as (int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr(PsaSession) session = NULL;
  g_autofree char *text = NULL;
  PsaProfile *profile;
  PsaCopyForm form;

  if (!psa_command_parse (
          entries, "FORM NAME",
          _("Prints a connection for another program: a call of “curl”, Connect-CWM "
             "for “powershell”, JSON for “nango”, or “env”. The secrets are left out: "
             "variables stand in their place."),
          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc != 3 || !psa_copy_form_from_token (argv[1], &form))
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           argc != 3 ? _("“copy-as” wants a form and the name of one profile.")
                                     : _("The form is curl, powershell, nango or env."));
      return PSA_EXIT_USAGE;
    }

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  profile = psa_store_find (session->store, argv[2], error);
  if (profile == NULL)
    return PSA_EXIT_NOT_FOUND;
  text = psa_copy_as_new (profile, form, error);
  if (text == NULL)
    return PSA_EXIT_INTERNAL;

  g_print ("%s", text);
  return PSA_EXIT_OK;
}
