/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-command.h"
#include "psa-error.h"
#include "psa-fingerprint.h"

#include <glib/gi18n.h>

/**
 * psa_command_trust:
 * @argc: the number of words
 * @argv: the words, "trust" first
 * @error: return location for what stopped it
 *
 * `psactl trust NAME {--sha256 HEX | --forget}`
 *
 * Returns: the exit code
 */
PsaExit
psa_command_trust (int argc, char **argv, GError **error)
{
  g_autofree char *text = NULL;
  gboolean forget = FALSE;
  const GOptionEntry entries[] = {
    { "sha256", 0, 0, G_OPTION_ARG_STRING, &text,
      N_("Trust the certificate with this SHA-256 for this profile"), "HEX" },
    { "forget", 0, 0, G_OPTION_ARG_NONE, &forget, N_("Trust none any more"), NULL },
    { NULL },
  };
  g_autofree char *sha256 = NULL;
  g_autoptr(PsaSession) session = NULL;
  g_autoptr(PsaProfile) draft = NULL;
  g_autoptr(PsaProfile) kept = NULL;
  PsaProfile *profile;

  if (!psa_command_parse (entries, "NAME",
                          _("Accepts the certificate of an own server, for one profile and its "
                             "host and port alone. Compare the SHA-256 with the one that the "
                             "server’s administrator gives you."),
                          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc != 2 || (text != NULL) == forget)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID,
                   _("“trust” wants the name of one profile, and either --sha256 or --forget."));
      return PSA_EXIT_USAGE;
    }
  if (text != NULL)
    {
      sha256 = psa_fingerprint_parse (text, error);
      if (sha256 == NULL)
        {
          g_prefix_error_literal (error, "--sha256: ");
          return PSA_EXIT_USAGE;
        }
    }

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  profile = psa_store_find (session->store, argv[1], error);
  if (profile == NULL)
    return PSA_EXIT_NOT_FOUND;

  if (sha256 != NULL && !psa_command_may_trust (profile, error))
    return PSA_EXIT_USAGE;
  draft = psa_profile_draft (profile);
  psa_profile_trust (draft, sha256);
  kept = psa_session_save (session, draft, NULL, NULL, error);
  return PSA_EXIT_OK;
}
