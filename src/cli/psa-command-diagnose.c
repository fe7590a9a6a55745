/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-await.h"
#include "psa-client-id.h"
#include "psa-command.h"
#include "psa-error.h"
#include "psa-report.h"

#include <glib/gi18n.h>

/* The report does without it where the keyring does not give it: that is what it may be about. */
static char *
dup_client_id_hint (PsaSession *session, PsaProfile *profile)
{
  const char *integration = psa_profile_get_integration (profile);
  g_autoptr(PsaSecret) client_id = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(PsaAwait) found = { 0 };

  if (integration == NULL)
    return NULL;
  psa_vault_lookup_async (psa_keeper_get_vault (session->keeper), integration, PSA_VAULT_NO_PROMPT,
                          session->cancellable, psa_await_cb, &found);
  client_id = psa_vault_lookup_finish (psa_keeper_get_vault (session->keeper), psa_await (&found),
                                       &error);
  if (client_id == NULL)
    {
      g_debug ("The report goes without the Client ID: %s", error->message);
      return NULL;
    }
  return psa_client_id_dup_hint (client_id);
}

/**
 * psa_command_diagnose:
 * @argc: the number of words
 * @argv: the words, "diagnose" first
 * @error: return location for what stopped it
 *
 * `psactl diagnose NAME`: checks once and prints a report for a support ticket.
 *
 * Returns: the exit code, that of the check
 */
PsaExit
psa_command_diagnose (int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr(PsaSession) session = NULL;
  g_autoptr(PsaResult) result = NULL;
  g_autofree char *hint = NULL;
  g_autofree char *report = NULL;
  g_auto(PsaAwait) checked = { 0 };
  PsaProfile *profile;

  if (!psa_command_parse (entries, "NAME",
                          _("Checks a connection and prints a report for a support ticket, in "
                            "Markdown, without secrets."),
                          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc != 2)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("“diagnose” wants the name of one profile."));
      return PSA_EXIT_USAGE;
    }

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  profile = psa_store_find (session->store, argv[1], error);
  if (profile == NULL)
    return PSA_EXIT_NOT_FOUND;

  psa_monitor_check_async (session->monitor, profile, PSA_VAULT_MAY_PROMPT, session->cancellable,
                           psa_await_cb, &checked);
  result = psa_monitor_check_finish (session->monitor, psa_await (&checked), error);
  if (result == NULL)
    return PSA_EXIT_INTERNAL;
  hint = dup_client_id_hint (session, profile);
  report = psa_report_new (profile, result, hint);
  g_print ("%s", report);
  return psa_exit_from_cause (result->cause);
}
