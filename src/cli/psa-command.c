/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-command.h"

#include "psa-error.h"

#include <glib/gi18n.h>

/**
 * psa_command_parse:
 * @entries: the command's options
 * @parameters: (nullable): what stands after them in the help, such as "NAME…"
 * @summary: one sentence on what the command does
 * @argc: (inout): the number of words
 * @argv: (inout): the words; on return the parameters are left
 * @error: return location for a `G_OPTION_ERROR`
 *
 * Reads the options of one command. Values of options are never secrets but the Client ID.
 *
 * Returns: %FALSE with @error where a word is not understood
 */
gboolean
psa_command_parse (const GOptionEntry *entries,
                   const char *parameters,
                   const char *summary,
                   int *argc,
                   char ***argv,
                   GError **error)
{
  g_autofree char *name = g_strdup_printf ("psactl %s", (*argv)[0]);
  g_autoptr(GOptionContext) context = g_option_context_new (parameters);

  g_set_prgname (name); /* the help begins with it */
  g_option_context_set_summary (context, summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

/**
 * psa_command_may_trust:
 * @profile: whose server is to be trusted
 * @error: return location for a %PSA_ERROR_INVALID
 *
 * Returns: %FALSE with @error for the vendor's own hosts, whose certificates anybody can verify
 */
gboolean
psa_command_may_trust (PsaProfile *profile, GError **error)
{
  g_autoptr(PsaAddress) address = psa_profile_dup_address (profile);

  if (address == NULL || !psa_address_is_vendor (address))
    return TRUE;

  g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID,
               _("%s is one of the vendor’s own hosts: a certificate is accepted only for a server "
                  "of your own."),
               address->host);
  return FALSE;
}
