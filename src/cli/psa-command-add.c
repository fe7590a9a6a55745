/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-api-version.h"
#include "psa-client-id.h"
#include "psa-command.h"
#include "psa-error.h"
#include "psa-fingerprint.h"
#include "psa-password.h"
#include "psa-read-secret.h"
#include "psa-username.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* What the options say; all owned. */
typedef struct
{
  char *name;
  char *hostname;
  char *username;
  char *client_id;
  char *integration;
  char *api_version;
  char *environment;
  char *sha256;
  gboolean keep_blanks;
} AddOptions;

static void
add_options_clear (AddOptions *options)
{
  g_free (options->name);
  g_free (options->hostname);
  g_free (options->username);
  psa_secret_free (options->client_id);
  g_free (options->integration);
  g_free (options->api_version);
  g_free (options->environment);
  g_free (options->sha256);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

/* @name: of the command, for its complaints; @summary: of it, for its help. */
static gboolean
parse_options (AddOptions *options,
               const char *parameters,
               const char *summary,
               int        *argc,
               char     ***argv,
               GError    **error)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, N_("What the list shows"), "NAME" },
    { "hostname", 0, 0, G_OPTION_ARG_STRING, &options->hostname, N_("The tenant’s API host"),
      "HOST[:PORT]" },
    { "username", 0, 0, G_OPTION_ARG_STRING, &options->username,
      N_("Company ID, a plus sign, and the public key, integrator user or member ID"), "USERNAME" },
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &options->client_id,
      N_("The integration’s Client ID"), "GUID" },
    { "integration", 0, 0, G_OPTION_ARG_STRING, &options->integration,
      N_("A kept integration, in place of --client-id"), "NAME" },
    { "api-version", 0, 0, G_OPTION_ARG_STRING, &options->api_version,
      N_("A release such as 2025.1; the tenant’s current one if left out"), "VERSION" },
    { "environment", 0, 0, G_OPTION_ARG_STRING, &options->environment,
      N_("production, staging, sandbox or other"), "ENVIRONMENT" },
    { "trust-sha256", 0, 0, G_OPTION_ARG_STRING, &options->sha256,
      N_("Accept the certificate of an own server that has this SHA-256"), "HEX" },
    { "keep-blanks", 0, 0, G_OPTION_ARG_NONE, &options->keep_blanks,
      N_("The password really begins or ends with a blank"), NULL },
    { NULL },
  };

  return psa_command_parse (entries, parameters, summary, argc, argv, error);
}

static gboolean
parse_add (AddOptions *options, int *argc, char ***argv, GError **error)
{
  if (!parse_options (options, NULL,
                      _("Adds a profile and prints its UUID. The password, private key or "
                        "member hash is read from standard input."),
                      argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID, _("“add” does not know “%s”."), (*argv)[1]);
      return FALSE;
    }
  if (options->name == NULL || options->hostname == NULL || options->username == NULL ||
      (options->client_id == NULL) == (options->integration == NULL))
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("“add” wants --name, --hostname, --username, and either --client-id "
                             "or --integration."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_edit (AddOptions *options, int *argc, char ***argv, GError **error)
{
  if (!parse_options (options, "NAME",
                      _("Changes what the options say of a profile, and no more. “replace-key” "
                        "changes its password."),
                      argc, argv, error))
    return FALSE;
  if (*argc != 2 || (options->client_id != NULL && options->integration != NULL))
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           *argc != 2
                               ? _("“edit” wants the name of one profile.")
                               : _("Only one of --client-id and --integration can be given."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
fill_address (PsaProfile *draft, const AddOptions *options, GError **error)
{
  g_autoptr(PsaAddress) address = NULL;

  if (options->hostname == NULL)
    return TRUE;
  address = psa_address_parse (options->hostname, error);
  if (address == NULL)
    {
      g_prefix_error_literal (error, "--hostname: ");
      return FALSE;
    }
  psa_profile_set_address (draft, address);
  return TRUE;
}

static gboolean
fill_username (PsaProfile *draft, const AddOptions *options, GError **error)
{
  g_autofree char *company_id = NULL;
  g_autofree char *key = NULL;
  g_autofree char *username = NULL;

  if (options->username == NULL)
    return TRUE;
  if (!psa_username_split (options->username, &company_id, &key, error))
    {
      g_prefix_error_literal (error, "--username: ");
      return FALSE;
    }
  username = g_strconcat (company_id, "+", key, NULL);
  psa_profile_set_username (draft, username);
  return TRUE;
}

static gboolean
fill_version (PsaProfile *draft, const AddOptions *options, GError **error)
{
  g_autofree char *warning = NULL;

  if (options->api_version == NULL)
    return TRUE;
  if (!psa_api_version_check (options->api_version, &warning, error))
    {
      g_prefix_error_literal (error, "--api-version: ");
      return FALSE;
    }
  if (warning != NULL)
    g_printerr ("psactl: --api-version: %s\n", warning);
  psa_profile_set_api_version (draft, g_strstrip (options->api_version));
  return TRUE;
}

static gboolean
fill_environment (PsaProfile *draft, const AddOptions *options, GError **error)
{
  PsaEnvironment environment;

  if (options->environment == NULL)
    return TRUE;
  if (!psa_environment_from_token (options->environment, &environment))
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("--environment: It is production, staging, sandbox or other."));
      return FALSE;
    }
  psa_profile_set_environment (draft, environment);
  return TRUE;
}

static gboolean
fill_trust (PsaProfile *draft, const AddOptions *options, GError **error)
{
  g_autofree char *sha256 = NULL;

  if (options->sha256 == NULL)
    return TRUE;
  sha256 = psa_fingerprint_parse (options->sha256, error);
  if (sha256 == NULL || !psa_command_may_trust (draft, error))
    {
      g_prefix_error_literal (error, "--trust-sha256: ");
      return FALSE;
    }
  psa_profile_trust (draft, sha256);
  return TRUE;
}

/* The order of the options is the order of the complaints. */
static gboolean
fill_draft (PsaProfile *draft, const AddOptions *options, GError **error)
{
  if (options->name != NULL)
    psa_profile_set_name (draft, options->name);
  return fill_address (draft, options, error) && fill_username (draft, options, error) &&
         fill_version (draft, options, error) && fill_environment (draft, options, error) &&
         fill_trust (draft, options, error);
}

/* Returns: FALSE where what was given is no Client ID */
static gboolean
read_client_id (const AddOptions *options, PsaSecret **client_id, GError **error)
{
  if (options->client_id == NULL)
    return TRUE;
  *client_id = psa_client_id_parse (options->client_id, error);
  if (*client_id != NULL)
    return TRUE;
  g_prefix_error_literal (error, "--client-id: ");
  return FALSE;
}

static PsaSecret *
read_password (const AddOptions *options, GError **error)
{
  g_autoptr(PsaSecret) password =
      psa_read_secret (STDIN_FILENO, _("Password, private key or member hash:"), error);

  if (password == NULL || !psa_password_check (password, error))
    {
      g_prefix_error (error, "%s: ", _("password"));
      return NULL;
    }
  if (psa_password_has_blanks (password) && !options->keep_blanks)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("password: It begins or ends with a blank. Take that off, or say "
                              "--keep-blanks if it belongs to it."));
      return NULL;
    }
  return g_steal_pointer (&password);
}

static gboolean
join_integration (PsaSession *session,
                  PsaProfile *draft,
                  const AddOptions *options,
                  GError **error)
{
  GListModel *integrations = psa_store_get_integrations (session->store);
  guint n_found = 0;

  if (options->integration == NULL)
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (integrations, i);

      if (g_strcmp0 (psa_integration_get_name (integration), options->integration) == 0 ||
          g_strcmp0 (psa_integration_get_id (integration), options->integration) == 0)
        {
          psa_profile_set_integration (draft, psa_integration_get_id (integration));
          n_found++;
        }
    }
  if (n_found == 1)
    return TRUE;

  g_set_error (error, PSA_ERROR, n_found == 0 ? PSA_ERROR_NOT_FOUND : PSA_ERROR_AMBIGUOUS,
               n_found == 0 ? _("--integration: There is no integration “%s”.")
                            : _("--integration: Several are named “%s”; give the UUID."),
               options->integration);
  return FALSE;
}

static void
warn_about_twin (PsaSession *session, PsaProfile *draft)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (session->store)); i++)
    {
      g_autoptr(PsaProfile) other = g_list_model_get_item (G_LIST_MODEL (session->store), i);

      if (g_strcmp0 (psa_profile_get_host (other), psa_profile_get_host (draft)) == 0 &&
          psa_profile_get_port (other) == psa_profile_get_port (draft) &&
          g_strcmp0 (psa_profile_get_username (other), psa_profile_get_username (draft)) == 0)
        {
          /* Translators: both %s are names: a profile's and its UUID */
          g_printerr (_("psactl: “%s” (%s) has the same host and username.\n"),
                      psa_profile_get_title (other), psa_profile_get_id (other));
          return;
        }
    }
}

/**
 * psa_command_add:
 * @argc: the number of words
 * @argv: the words, "add" first
 * @error: return location for what stopped it
 *
 * `psactl add --name N --hostname HOST[:PORT] --username U {--client-id GUID | --integration NAME} …`, the password
 * on standard input; prints the new UUID.
 *
 * Returns: the exit code
 */
PsaExit
psa_command_add (int argc, char **argv, GError **error)
{
  g_auto(AddOptions) options = { 0 };
  g_autoptr(PsaProfile) draft = psa_profile_new ();
  g_autoptr(PsaProfile) kept = NULL;
  g_autoptr(PsaSecret) client_id = NULL;
  g_autoptr(PsaSecret) password = NULL;
  g_autoptr(PsaSession) session = NULL;

  if (!parse_add (&options, &argc, &argv, error) || !fill_draft (draft, &options, error) ||
      !read_client_id (&options, &client_id, error))
    return PSA_EXIT_USAGE;
  password = read_password (&options, error);
  if (password == NULL)
    return PSA_EXIT_USAGE;

  session = psa_session_open (error);
  if (session == NULL || !join_integration (session, draft, &options, error))
    return PSA_EXIT_INTERNAL;
  warn_about_twin (session, draft);
  kept = psa_session_save (session, draft, client_id, password, error);
  if (kept == NULL)
    return PSA_EXIT_INTERNAL;

  g_print ("%s\n", psa_profile_get_id (kept));
  return PSA_EXIT_OK;
}

/**
 * psa_command_edit:
 * @argc: the number of words
 * @argv: the words, "edit" first
 * @error: return location for what stopped it
 *
 * `psactl edit NAME` with the options of “add”: changes what they say and leaves the rest. A host or username that is
 * typed is where the password may go from then on.
 *
 * Returns: the exit code
 */
PsaExit
psa_command_edit (int argc, char **argv, GError **error)
{
  g_auto(AddOptions) options = { 0 };
  g_autoptr(PsaProfile) draft = NULL;
  g_autoptr(PsaProfile) kept = NULL;
  g_autoptr(PsaSecret) client_id = NULL;
  g_autoptr(PsaSession) session = NULL;
  PsaProfile *profile;

  if (!parse_edit (&options, &argc, &argv, error) ||
      !read_client_id (&options, &client_id, error))
    return PSA_EXIT_USAGE;
  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  profile = psa_store_find (session->store, argv[1], error);
  if (profile == NULL)
    return PSA_EXIT_NOT_FOUND;
  draft = psa_profile_draft (profile);
  if (!fill_draft (draft, &options, error))
    return PSA_EXIT_USAGE;
  if (options.hostname != NULL || options.username != NULL)
    psa_profile_confirm_secret (draft);
  if (!join_integration (session, draft, &options, error))
    return PSA_EXIT_INTERNAL;
  kept = psa_session_save (session, draft, client_id, NULL, error);
  return kept != NULL ? PSA_EXIT_OK : PSA_EXIT_INTERNAL;
}
