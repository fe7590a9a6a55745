/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-copy-as.h"

#include "psa-api-version.h"
#include "psa-ask.h"
#include "psa-error.h"
#include "psa-printable.h"
#include "psa-username.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TITLE_BYTES 200

/* What a form is made of. Company, key and version have passed the checks of their fields: they hold no
 * control sign and no line end, but may hold any quote. */
typedef struct
{
  PsaProfile *profile;
  PsaAddress *address;
  char *company_id;
  char *key;
  char *username;
  char *version;
} Facts;

static void
facts_clear (Facts *facts)
{
  psa_address_free (facts->address);
  g_free (facts->company_id);
  g_free (facts->key);
  g_free (facts->username);
  g_free (facts->version);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gboolean
read_facts (Facts *facts, PsaProfile *profile, GError **error)
{
  facts->profile = profile;
  facts->address = psa_profile_dup_address (profile);
  if (facts->address == NULL)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("The profile has no valid hostname. Edit it first."));
      return FALSE;
    }
  if (!psa_username_split (psa_profile_get_username (profile), &facts->company_id, &facts->key,
                           error) ||
      !psa_api_version_check (psa_profile_get_api_version (profile), NULL, error))
    return FALSE;

  facts->username = g_strconcat (facts->company_id, "+", facts->key, NULL);
  facts->version = g_strstrip (g_strdup (psa_profile_get_api_version (profile)));
  return TRUE;
}

/* Not set, the variables stop the shell before anything is sent. */
static char *
write_curl (const Facts *facts)
{
  g_autofree char *base = psa_address_dup_base_url (facts->address, PSA_ADDRESS_ALIAS);
  g_autofree char *url = g_strconcat (base, "/system/info", NULL);
  g_autofree char *accept = psa_ask_dup_accept (PSA_ASK_INFO, facts->version);
  g_autofree char *header = g_strconcat ("Accept: ", accept, NULL);
  g_autofree char *user = g_strconcat (facts->username, ":", NULL);
  g_autofree char *quoted_url = g_shell_quote (url);
  g_autofree char *quoted_header = g_shell_quote (header);
  g_autofree char *quoted_user = g_shell_quote (user);

  return g_strdup_printf ("curl --user %s\"${PSA_PRIVATE_KEY:?}\" \\\n"
                          "  --header \"clientId: ${PSA_CLIENT_ID:?}\" \\\n"
                          "  --header %s \\\n"
                          "  %s\n",
                          quoted_user, quoted_header, quoted_url);
}

/* PowerShell ends a '…' text also at the four curly single quotes; each of the five is doubled.
 * Source: PowerShell's about_Quoting_Rules, and CharTraits.cs, IsSingleQuote. */
static void
add_setting (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "  %-10s = '", name);
  for (const char *at = value; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\'' || (c >= 0x2018 && c <= 0x201b))
        g_string_append_unichar (text, c);
      g_string_append_unichar (text, c);
    }
  g_string_append (text, "'\n");
}

/* Source: github christaylorcodes/ConnectWiseManageAPI, Connect-CWM.ps1 */
static char *
write_powershell (const Facts *facts)
{
  g_autofree char *server = psa_address_dup_text (facts->address);
  GString *text = g_string_new ("$Connection = @{\n");

  add_setting (text, "Server", server);
  add_setting (text, "Company", facts->company_id);
  add_setting (text, "PubKey", facts->key);
  g_string_append (text, "  PrivateKey = $env:PSA_PRIVATE_KEY\n"
                         "  ClientID   = $env:PSA_CLIENT_ID\n"
                         "}\n"
                         "Connect-CWM @Connection\n");
  return g_string_free_and_steal (text);
}

/* Source: github NangoHQ/nango, packages/providers/providers.yaml, "connectwise-psa" */
static char *
write_nango (const Facts *facts)
{
  g_autofree char *hostname = psa_address_dup_text (facts->address);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *json = NULL;
  const char *const credentials[][2] = { { "type", "BASIC" },
                                         { "username", facts->username },
                                         { "password", "$PSA_PRIVATE_KEY" } };
  const char *const config[][2] = { { "hostname", hostname },
                                    { "apiVersion", facts->version },
                                    { "clientId", "$PSA_CLIENT_ID" } };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "provider_config_key");
  json_builder_add_string_value (builder, "connectwise-psa");
  json_builder_set_member_name (builder, "connection_id");
  json_builder_add_string_value (builder, psa_profile_get_id (facts->profile));
  json_builder_set_member_name (builder, "credentials");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (credentials); i++)
    {
      json_builder_set_member_name (builder, credentials[i][0]);
      json_builder_add_string_value (builder, credentials[i][1]);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "connection_config");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (config); i++)
    {
      json_builder_set_member_name (builder, config[i][0]);
      json_builder_add_string_value (builder, config[i][1]);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json = json_generator_to_data (generator, NULL);
  return g_strconcat (json, "\n", NULL);
}

/* Most readers of .env know '…' but not every shell's way of a quote within it, so what needs no quotes has
 * none. */
static void
add_variable (GString *text, const char *name, const char *value)
{
  gboolean plain = value[strspn (value, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+-._:@/")] == '\0';
  g_autofree char *quoted = plain ? g_strdup (value) : g_shell_quote (value);

  g_string_append_printf (text, "%s=%s\n", name, quoted);
}

static char *
write_env (const Facts *facts)
{
  const char *title = psa_profile_get_title (facts->profile);
  g_autofree char *clean =
      psa_printable_dup (title, strlen (title), MAX_TITLE_BYTES, PSA_PRINTABLE_ONE_LINE);
  g_autofree char *hostname = psa_address_dup_text (facts->address);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "# %s\n", clean);
  add_variable (text, "PSA_HOSTNAME", hostname);
  add_variable (text, "PSA_API_VERSION", facts->version);
  add_variable (text, "PSA_USERNAME", facts->username);
  /* Translators: a line in a file of settings, followed by two empty ones that the user fills in */
  g_string_append_printf (text, "# %s\n", _("Fill in the secrets; they are never exported:"));
  g_string_append (text, "PSA_PRIVATE_KEY=\nPSA_CLIENT_ID=\n");
  return g_string_free_and_steal (text);
}

/**
 * psa_copy_form_from_token:
 * @token: "curl", "powershell", "nango" or "env"
 * @form: (out): the form
 *
 * Returns: whether there is such a form
 */
gboolean
psa_copy_form_from_token (const char *token, PsaCopyForm *form)
{
  static const char *const tokens[] = { "curl", "powershell", "nango", "env" };

  g_return_val_if_fail (token != NULL && form != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (g_str_equal (token, tokens[i]))
      {
        *form = (PsaCopyForm) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * psa_copy_as_new:
 * @profile: a profile
 * @form: how it is to be written
 * @error: return location for a `PSA_ERROR_INVALID`: a value of the profile cannot be sent
 *
 * Writes a connection for another program. Where the password and the Client ID belong stand the variables
 * PSA_PRIVATE_KEY and PSA_CLIENT_ID, empty ones in the `.env` form; values are quoted so that nothing in them is
 * ever run or expanded.
 *
 * Returns: (transfer full) (nullable): the text, without secrets
 */
char *
psa_copy_as_new (PsaProfile *profile, PsaCopyForm form, GError **error)
{
  g_auto(Facts) facts = { 0 };

  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!read_facts (&facts, profile, error))
    return NULL;

  switch (form)
    {
    case PSA_COPY_FORM_CURL:
      return write_curl (&facts);
    case PSA_COPY_FORM_POWERSHELL:
      return write_powershell (&facts);
    case PSA_COPY_FORM_NANGO:
      return write_nango (&facts);
    case PSA_COPY_FORM_ENV:
      return write_env (&facts);
    default:
      g_return_val_if_reached (NULL);
    }
}
