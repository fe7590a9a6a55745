/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-copy-as.h"

#include "psa-error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* What each would do in a shell that took it for more than text is to make a file named "pwned". */
static const char *const hostile_names[] = {
  "plain",
  "'; touch pwned; '",
  "\"; touch pwned; \"",
  "$(touch pwned)",
  "`touch pwned`",
  "a' \"$(touch pwned)\" 'b",
  "\\'; touch pwned #",
  "$HOME ${IFS}touch${IFS}pwned",
  "~ * ? [a-z] {a,b} !! <(touch pwned)",
  "| touch pwned & ; > pwned",
  "\xe2\x80\x98; touch pwned; \xe2\x80\x99",
  "%s%n \xf0\x9f\x94\x91 \xc3\xa4",
  "--output=pwned",
};

static PsaProfile *
create_profile (const char *name, const char *company, const char *key)
{
  PsaProfile *profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new ("cw.example.com", 8443);
  g_autofree char *username = g_strconcat (company, "+", key, NULL);

  psa_profile_set_name (profile, name);
  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, username);
  psa_profile_set_api_version (profile, "2025.1");
  return profile;
}

static char *
copy_as (PsaProfile *profile, PsaCopyForm form)
{
  g_autoptr(GError) error = NULL;
  char *text = psa_copy_as_new (profile, form, &error);

  g_assert_no_error (error);
  g_assert_nonnull (text);
  return text;
}

/* Runs a script in a real shell, in an empty folder that must be empty afterwards.
 * Returns what it wrote; words are apart by line ends. */
static char *
run (const char *shell, const char *script)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("copy-as-XXXXXX", &error);
  g_autoptr(GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GDir) dir = NULL;
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, shell, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, script, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return output;
}

static char *
find_shell (gconstpointer name)
{
  char *shell = g_find_program_in_path (name);

  if (shell == NULL)
    g_test_skip_printf ("%s is not installed", (const char *) name);
  return shell;
}

static void
test_curl_in_shell (gconstpointer name)
{
  g_autofree char *shell = find_shell (name);

  if (shell == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (hostile_names); i++)
    {
      const char *hostile = hostile_names[i];
      g_autoptr(PsaProfile) profile = create_profile (hostile, hostile, hostile);
      g_autofree char *text = copy_as (profile, PSA_COPY_FORM_CURL);
      g_autofree char *script =
          g_strconcat ("PSA_PRIVATE_KEY='p w$(touch pwned)'\nPSA_CLIENT_ID='c \"id'\n"
                       "curl () { for word; do printf '%s\\n' \"$word\"; done; }\n",
                       text, NULL);
      g_autofree char *output = run (shell, script);
      g_autofree char *expected = g_strdup_printf (
          "--user\n%s+%s:p w$(touch pwned)\n"
          "--header\nclientId: c \"id\n"
          "--header\nAccept: application/vnd.connectwise.com+json; version=2025.1\n"
          "https://cw.example.com:8443/v4_6_release/apis/3.0/system/info\n",
          hostile, hostile);

      g_assert_cmpstr (output, ==, expected);
    }
}

/* Without the secrets the call is not made at all. */
static void
test_curl_without_secrets (gconstpointer name)
{
  g_autofree char *shell = find_shell (name);
  g_autoptr(PsaProfile) profile = create_profile ("One", "contoso", "key");
  g_autofree char *text = NULL;
  g_autofree char *script = NULL;
  g_autofree char *output = NULL;

  if (shell == NULL)
    return;
  text = copy_as (profile, PSA_COPY_FORM_CURL);
  script = g_strdup_printf ("unset PSA_PRIVATE_KEY PSA_CLIENT_ID\ncurl () { echo called; }\n"
                            "(%s) 2>/dev/null\necho after\n",
                            text);
  output = run (shell, script);
  g_assert_cmpstr (output, ==, "after\n");
}

static void
test_env_in_shell (gconstpointer name)
{
  g_autofree char *shell = find_shell (name);

  if (shell == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (hostile_names); i++)
    {
      const char *hostile = hostile_names[i];
      g_autofree char *title = g_strconcat (hostile, "\ntouch pwned\r\ntouch pwned", NULL);
      g_autoptr(PsaProfile) profile = create_profile (title, hostile, hostile);
      g_autofree char *text = copy_as (profile, PSA_COPY_FORM_ENV);
      g_autofree char *script =
          g_strconcat (text,
                       "printf '%s\\n' \"$PSA_HOSTNAME\" \"$PSA_API_VERSION\" \"$PSA_USERNAME\" "
                       "\"${PSA_PRIVATE_KEY-unset}\" \"${PSA_CLIENT_ID-unset}\"\n",
                       NULL);
      g_autofree char *output = run (shell, script);
      g_autofree char *expected =
          g_strdup_printf ("cw.example.com:8443\n2025.1\n%s+%s\n\n\n", hostile, hostile);

      g_assert_cmpstr (output, ==, expected);
    }
}

static void
test_env_without_need_of_quotes (void)
{
  g_autoptr(PsaProfile) profile = create_profile ("Contoso IT", "contoso", "publickey");
  g_autofree char *text = copy_as (profile, PSA_COPY_FORM_ENV);

  g_assert_cmpstr (text, ==,
                   "# Contoso IT\n"
                   "PSA_HOSTNAME=cw.example.com:8443\n"
                   "PSA_API_VERSION=2025.1\n"
                   "PSA_USERNAME=contoso+publickey\n"
                   "# Fill in the secrets; they are never exported:\n"
                   "PSA_PRIVATE_KEY=\n"
                   "PSA_CLIENT_ID=\n");
}

/* All five signs that end a quoted text in PowerShell are doubled, so none does. */
static void
test_powershell (void)
{
  g_autoptr(PsaProfile) profile =
      create_profile ("One", "o'h\xe2\x80\x99$(x)", "k\xe2\x80\x98\xe2\x80\x9a\xe2\x80\x9b`\"");
  g_autofree char *text = copy_as (profile, PSA_COPY_FORM_POWERSHELL);

  g_assert_cmpstr (text, ==,
                   "$Connection = @{\n"
                   "  Server     = 'cw.example.com:8443'\n"
                   "  Company    = 'o''h\xe2\x80\x99\xe2\x80\x99$(x)'\n"
                   "  PubKey     = 'k\xe2\x80\x98\xe2\x80\x98\xe2\x80\x9a\xe2\x80\x9a"
                   "\xe2\x80\x9b\xe2\x80\x9b`\"'\n"
                   "  PrivateKey = $env:PSA_PRIVATE_KEY\n"
                   "  ClientID   = $env:PSA_CLIENT_ID\n"
                   "}\n"
                   "Connect-CWM @Connection\n");
}

static void
test_nango (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile_names); i++)
    {
      const char *hostile = hostile_names[i];
      g_autoptr(PsaProfile) profile = create_profile (hostile, hostile, hostile);
      g_autofree char *text = copy_as (profile, PSA_COPY_FORM_NANGO);
      g_autofree char *username = g_strconcat (hostile, "+", hostile, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) root = json_from_string (text, &error);
      JsonObject *connection, *credentials, *config;

      g_assert_no_error (error);
      connection = json_node_get_object (root);
      credentials = json_object_get_object_member (connection, "credentials");
      config = json_object_get_object_member (connection, "connection_config");
      g_assert_cmpstr (json_object_get_string_member (connection, "provider_config_key"), ==,
                       "connectwise-psa");
      g_assert_cmpstr (json_object_get_string_member (connection, "connection_id"), ==,
                       psa_profile_get_id (profile));
      g_assert_cmpstr (json_object_get_string_member (credentials, "type"), ==, "BASIC");
      g_assert_cmpstr (json_object_get_string_member (credentials, "username"), ==, username);
      g_assert_cmpstr (json_object_get_string_member (credentials, "password"), ==,
                       "$PSA_PRIVATE_KEY");
      g_assert_cmpstr (json_object_get_string_member (config, "hostname"), ==,
                       "cw.example.com:8443");
      g_assert_cmpstr (json_object_get_string_member (config, "apiVersion"), ==, "2025.1");
      g_assert_cmpstr (json_object_get_string_member (config, "clientId"), ==, "$PSA_CLIENT_ID");
    }
}

/* What could not be sent is not written either: a line end could begin a command of its own. */
static void
test_refused (void)
{
  g_autoptr(PsaProfile) no_host = psa_profile_new ();
  g_autoptr(PsaProfile) lines = create_profile ("One", "contoso", "key\ntouch pwned");
  g_autoptr(PsaProfile) colon = create_profile ("One", "contoso", "key:secret");
  g_autoptr(PsaProfile) version = create_profile ("One", "contoso", "key");
  PsaProfile *profiles[4];

  psa_profile_set_username (no_host, "contoso+key");
  psa_profile_set_api_version (version, "2025.1\r\nX: y");
  profiles[0] = no_host;
  profiles[1] = lines;
  profiles[2] = colon;
  profiles[3] = version;
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    for (int form = PSA_COPY_FORM_CURL; form <= PSA_COPY_FORM_ENV; form++)
      {
        g_autoptr(GError) error = NULL;

        g_assert_null (psa_copy_as_new (profiles[i], (PsaCopyForm) form, &error));
        g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
      }
}

int
main (int argc, char *argv[])
{
  static const char *const shells[] = { "sh", "bash" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shells); i++)
    {
      g_autofree char *curl = g_strconcat ("/i5-copy-as/curl-in-", shells[i], NULL);
      g_autofree char *env = g_strconcat ("/i5-copy-as/env-in-", shells[i], NULL);
      g_autofree char *without = g_strconcat ("/i5-copy-as/no-secrets-in-", shells[i], NULL);

      g_test_add_data_func (curl, shells[i], test_curl_in_shell);
      g_test_add_data_func (env, shells[i], test_env_in_shell);
      g_test_add_data_func (without, shells[i], test_curl_without_secrets);
    }
  g_test_add_func ("/i5-copy-as/env-plain", test_env_without_need_of_quotes);
  g_test_add_func ("/i5-copy-as/powershell", test_powershell);
  g_test_add_func ("/i5-copy-as/nango", test_nango);
  g_test_add_func ("/i5-copy-as/refused", test_refused);
  return g_test_run ();
}
