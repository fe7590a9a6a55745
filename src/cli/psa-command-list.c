/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-columns.h"
#include "psa-command.h"
#include "psa-error.h"
#include "psa-output.h"

#include <glib/gi18n.h>

static void
print_list (PsaSession *session)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint n_profiles = g_list_model_get_n_items (G_LIST_MODEL (session->store));

  if (n_profiles == 0)
    g_printerr ("%s\n", _("There are no profiles yet; psactl add makes one."));
  for (guint i = 0; i < n_profiles; i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (G_LIST_MODEL (session->store), i);

      g_ptr_array_add (lines, psa_output_dup_line (session, profile));
    }
  psa_columns_print (lines);
}

static void
print_list_json (PsaSession *session)
{
  g_autoptr(JsonArray) profiles = json_array_new ();
  guint n_profiles = g_list_model_get_n_items (G_LIST_MODEL (session->store));

  for (guint i = 0; i < n_profiles; i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (G_LIST_MODEL (session->store), i);

      json_array_add_object_element (profiles, psa_output_make_profile (session, profile));
    }
  psa_output_print_json ("profiles", profiles);
}

/**
 * psa_command_list:
 * @argc: the number of words
 * @argv: the words, "list" first
 * @error: return location for what stopped it
 *
 * `psactl list [--json]`
 *
 * Returns: the exit code
 */
PsaExit
psa_command_list (int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr(PsaSession) session = NULL;

  if (!psa_command_parse (entries, NULL, _("Lists the profiles and their last known states."),
                          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc > 1)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID,
                   _("“list” takes no name; psactl show shows one profile."));
      return PSA_EXIT_USAGE;
    }

  session = psa_session_open (error);
  if (session == NULL || !psa_session_load_results (session, error))
    return PSA_EXIT_INTERNAL;

  if (json)
    print_list_json (session);
  else
    print_list (session);
  return PSA_EXIT_OK;
}

/**
 * psa_command_show:
 * @argc: the number of words
 * @argv: the words, "show" first
 * @error: return location for what stopped it
 *
 * `psactl show NAME [--json]`
 *
 * Returns: the exit code
 */
PsaExit
psa_command_show (int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr(PsaSession) session = NULL;
  PsaProfile *profile;

  if (!psa_command_parse (entries, "NAME", _("Shows what is kept of a profile but its secrets."),
                          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc != 2)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID, _("“show” wants the name of one profile."));
      return PSA_EXIT_USAGE;
    }

  session = psa_session_open (error);
  if (session == NULL || !psa_session_load_results (session, error))
    return PSA_EXIT_INTERNAL;
  profile = psa_store_find (session->store, argv[1], error);
  if (profile == NULL)
    return PSA_EXIT_NOT_FOUND;

  if (json)
    {
      g_autoptr(JsonArray) profiles = json_array_new ();

      json_array_add_object_element (profiles, psa_output_make_profile (session, profile));
      psa_output_print_json ("profiles", profiles);
    }
  else
    psa_output_print_profile (session, profile);
  return PSA_EXIT_OK;
}
