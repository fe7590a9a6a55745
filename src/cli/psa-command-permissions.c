/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-await.h"
#include "psa-command.h"
#include "psa-error.h"
#include "psa-message.h"
#include "psa-output.h"
#include "psa-permissions-text.h"

#include <glib/gi18n.h>

static gboolean is_json;
static gboolean is_markdown;
static gboolean is_csv;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &is_json, N_("print JSON"), NULL },
  { "markdown", 0, 0, G_OPTION_ARG_NONE, &is_markdown, N_("print Markdown; the default"), NULL },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &is_csv, N_("print a table of the rights as CSV"), NULL },
  { NULL },
};

static void
print_json (JsonObject *object)
{
  g_autoptr(JsonArray) items = json_array_new ();

  json_array_add_object_element (items, object);
  psa_output_print_json ("permissions", items);
}

static void
print_permissions (PsaProfile *profile, PsaPermissions *permissions)
{
  g_autofree char *text = NULL;

  if (is_json)
    {
      print_json (psa_permissions_text_to_json (profile, permissions));
      return;
    }
  text = is_csv ? psa_permissions_text_new_csv (profile, permissions)
                : psa_permissions_text_new_markdown (profile, permissions);
  g_print ("%s", text);
}

static void
print_failure (PsaProfile *profile, PsaResult *failure)
{
  g_autoptr(PsaMessage) message = psa_message_new (failure);

  if (is_json)
    print_json (psa_output_make_result (profile, failure));
  else
    g_printerr ("psactl: %s\n  %s\n  → %s\n", message->what, message->why, message->next);
}

/**
 * psa_command_permissions:
 * @argc: the number of words
 * @argv: the words, "permissions" first
 * @error: return location for what stopped it
 *
 * `psactl permissions NAME`: signs in and says what the key may do, module by module. Only reads.
 *
 * Returns: the exit code; where nothing was found out, that of the cause
 */
PsaExit
psa_command_permissions (int argc, char **argv, GError **error)
{
  g_autoptr(PsaSession) session = NULL;
  g_autoptr(PsaPermissionsRun) run = NULL;
  g_autoptr(PsaPermissions) permissions = NULL;
  g_autoptr(PsaResult) failure = NULL;
  g_auto(PsaAwait) asked = { 0 };
  PsaProfile *profile;

  if (!psa_command_parse (
          entries, "NAME",
          _("Says what a key may do, module by module. Only reads: nothing is ever "
             "written to the tenant."),
          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc != 2 || is_json + is_markdown + is_csv > 1)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           argc != 2
                               ? _("“permissions” wants the name of one profile.")
                               : _("Only one of --json, --markdown and --csv can be given."));
      return PSA_EXIT_USAGE;
    }

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  profile = psa_store_find (session->store, argv[1], error);
  if (profile == NULL)
    return PSA_EXIT_NOT_FOUND;

  run = psa_monitor_dup_permissions_run (session->monitor, profile);
  psa_monitor_permissions_async (session->monitor, profile, run, session->cancellable,
                                 psa_await_cb, &asked);
  permissions =
      psa_monitor_permissions_finish (session->monitor, psa_await (&asked), &failure, error);
  if (permissions != NULL)
    {
      print_permissions (profile, permissions);
      return PSA_EXIT_OK;
    }
  if (failure == NULL)
    return PSA_EXIT_INTERNAL;
  print_failure (profile, failure);
  return psa_exit_from_cause (failure->cause);
}
