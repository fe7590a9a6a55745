/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-command.h"
#include "psa-error.h"
#include "psa-export-secrets.h"
#include "psa-export.h"

#include <glib/gi18n.h>

static GPtrArray *
list_profiles (PsaSession *session, char **names, gboolean all, GError **error)
{
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (session->store);

  for (guint i = 0; all && i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (model, i));
  for (; *names != NULL; names++)
    {
      PsaProfile *profile = psa_store_find (session->store, *names, error);

      if (profile == NULL)
        return NULL;
      g_ptr_array_add (profiles, g_object_ref (profile));
    }
  return g_steal_pointer (&profiles);
}

/* clang-format off */
static const char *
get_summary (void)
{
  /* Translators: the lines that begin with blanks are commands; leave them as they are, but RECIPIENT and KEYFILE */
  return _("Prints profiles without their secrets.\n"
           "\n"
           "To move to a new computer with the secrets, encrypt them with age or gpg for a key of its own:\n"
           "  psactl export --all --with-secrets | age --recipient RECIPIENT > profiles.age\n"
           "  psactl export --all --with-secrets | gpg --encrypt --recipient RECIPIENT > profiles.gpg\n"
           "There, read them into the keyring:\n"
           "  age --decrypt --identity KEYFILE profiles.age | psactl import -\n"
           "  gpg --decrypt profiles.gpg | psactl import -");
}
/* clang-format on */

/**
 * psa_command_export:
 * @argc: the number of words
 * @argv: the words, "export" first
 * @error: return location for what stopped it
 *
 * `psactl export [--format json|csv | --with-secrets] {NAME… | --all}`: prints profiles, without their secrets unless
 * these are asked for and what takes them is a pipe.
 *
 * Returns: the exit code
 */
PsaExit
psa_command_export (int argc, char **argv, GError **error)
{
  g_autofree char *format = NULL;
  gboolean all = FALSE;
  gboolean with_secrets = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("json, which is the default, or csv"),
      "FORMAT" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("export all profiles"), NULL },
    { "with-secrets", 0, 0, G_OPTION_ARG_NONE, &with_secrets,
      N_("export the passwords and Client IDs as well, into a pipe"), NULL },
    { NULL },
  };
  g_autoptr(PsaSession) session = NULL;
  g_autoptr(GPtrArray) profiles = NULL;
  g_autofree char *text = NULL;
  gboolean is_csv;

  if (!psa_command_parse (entries, "NAME…", get_summary (), &argc, &argv, error))
    return PSA_EXIT_USAGE;
  is_csv = g_strcmp0 (format, "csv") == 0;
  if (format != NULL && !is_csv && !g_str_equal (format, "json"))
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, _("--format: It is json or csv."));
      return PSA_EXIT_USAGE;
    }
  if ((argc > 1) == all)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("“export” wants either the names of profiles or --all."));
      return PSA_EXIT_USAGE;
    }

  if (with_secrets && is_csv)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("--with-secrets: Only JSON holds secrets."));
      return PSA_EXIT_USAGE;
    }
  if (with_secrets && !psa_export_secrets_confirm (error))
    return PSA_EXIT_USAGE;

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  profiles = list_profiles (session, argv + 1, all, error);
  if (profiles == NULL)
    return PSA_EXIT_NOT_FOUND;
  if (with_secrets)
    return psa_export_secrets_write (session, profiles, error);

  text = is_csv ? psa_export_to_csv (profiles, psa_store_get_integrations (session->store))
                : psa_export_to_json (profiles, psa_store_get_integrations (session->store));
  g_print ("%s", text);
  return PSA_EXIT_OK;
}
