/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-await.h"
#include "psa-command.h"
#include "psa-error.h"
#include "psa-output.h"
#include "psa-password.h"
#include "psa-read-secret.h"

#include <glib/gi18n.h>
#include <unistd.h>

static PsaSecret *
read_password (gboolean keep_blanks, GError **error)
{
  g_autoptr(PsaSecret) password = psa_read_secret (STDIN_FILENO, _("The new password:"), error);

  if (password == NULL || !psa_password_check (password, error))
    {
      g_prefix_error (error, "%s: ", _("password"));
      return NULL;
    }
  if (psa_password_has_blanks (password) && !keep_blanks)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("password: It begins or ends with a blank. Take that off, or say "
                              "--keep-blanks if it belongs to it."));
      return NULL;
    }
  return g_steal_pointer (&password);
}

/**
 * psa_command_replace_key:
 * @argc: the number of words
 * @argv: the words, "replace-key" first
 * @error: return location for what stopped it
 *
 * `psactl replace-key NAME [--username U]`, the new password on standard input: checks with it, and only what has
 * passed takes the place of the old one.
 *
 * Returns: the exit code, that of the check
 */
PsaExit
psa_command_replace_key (int argc, char **argv, GError **error)
{
  g_autofree char *username = NULL;
  gboolean keep_blanks = FALSE;
  const GOptionEntry entries[] = {
    { "username", 0, 0, G_OPTION_ARG_STRING, &username,
      N_("The username that goes with it, where that is new as well"), "USERNAME" },
    { "keep-blanks", 0, 0, G_OPTION_ARG_NONE, &keep_blanks,
      N_("The password really begins or ends with a blank"), NULL },
    { NULL },
  };
  g_autoptr(PsaSession) session = NULL;
  g_autoptr(PsaSecret) password = NULL;
  g_autoptr(PsaProfile) draft = NULL;
  g_autoptr(PsaProfile) kept = NULL;
  g_autoptr(PsaCheck) check = NULL;
  g_autoptr(PsaClient) client = NULL;
  g_autoptr(PsaResult) result = NULL;
  g_auto(PsaAwait) tried = { 0 };
  PsaProfile *profile;
  PsaExit status;

  if (!psa_command_parse (
          entries, "NAME",
          _("Replaces the password of a profile by one from standard input, once a "
             "check with the new one has passed. Until then the old one stays."),
          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc != 2)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("“replace-key” wants the name of one profile."));
      return PSA_EXIT_USAGE;
    }
  password = read_password (keep_blanks, error);
  if (password == NULL)
    return PSA_EXIT_USAGE;

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  profile = psa_store_find (session->store, argv[1], error);
  if (profile == NULL)
    return PSA_EXIT_NOT_FOUND;
  draft = psa_profile_draft (profile);
  if (username != NULL)
    psa_profile_set_username (draft, username);

  client = psa_client_new ();
  check = psa_check_new (client, psa_keeper_get_vault (session->keeper), draft);
  psa_monitor_try_async (session->monitor, draft, check, NULL, password, session->cancellable,
                         psa_await_cb, &tried);
  result = psa_monitor_try_finish (session->monitor, psa_await (&tried), error);
  if (result == NULL)
    return PSA_EXIT_CANCELLED;
  psa_output_print_result (profile, result);
  status = psa_exit_from_cause (result->cause);
  if (status != PSA_EXIT_OK)
    {
      g_printerr ("psactl: %s\n", _("The new password was not kept; the old one stays."));
      return status;
    }

  kept = psa_session_save (session, draft, NULL, password, error);
  if (kept == NULL)
    return PSA_EXIT_INTERNAL;
  if (psa_profile_is_same_connection (draft, kept)) /* nobody else has changed it meanwhile */
    psa_monitor_record (session->monitor, kept, result);
  return PSA_EXIT_OK;
}
