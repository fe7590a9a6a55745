/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-paste.h"

#include "psa-copy-as.h"
#include "psa-csv.h"
#include "psa-import.h"

#include <json-glib/json-glib.h>

#include <string.h>

/* What is found of a connection in pasted text: each form, what is written by copy-as, and texts that are wrong. */

#define SECRET "pr1vate-Key_c4nary"
#define GUID "0f8fad5b-d9cb-469f-a165-70867728950e"
#define BASIC "Y29udG9zbytwdWI6cHIxdmF0ZS1LZXlfYzRuYXJ5" /* contoso+pub:SECRET */
#define TURNS 6000

typedef struct
{
  const char *text;
  const char *
      host; /* with the port, where it is another than 443; the rest likewise NULL where nothing is found */
  const char *version;
  const char *username;
  const char *password;
  const char *client_id;
} Sample;

/* clang-format off */
static const Sample samples[] = {
  /* .env */
  { "# Contoso\nexport PSA_HOSTNAME=cw.example.com:8443\nPSA_API_VERSION=2025.1 # pinned\n"
    "PSA_USERNAME='contoso+pub'\nPSA_PRIVATE_KEY=\"" SECRET "\"\nPSA_CLIENT_ID=" GUID "\n",
    "cw.example.com:8443", "2025.1", "contoso+pub", SECRET, GUID },
  { "CW_URL=https://api-eu.myconnectwise.net/v2025_1/apis/3.0\r\nCW_COMPANY=contoso\r\nCW_PUBLIC_KEY=pub\r\n"
    "CW_PRIVATE_KEY=" SECRET "\r\nCW_CLIENTID={" GUID "}\r\n",
    "api-eu.myconnectwise.net", "2025.1", "contoso+pub", SECRET, GUID },
  /* labels, as in a mail or a password manager */
  { "Hello,\n\nSite: cw.example.com\nPort: 8443\nCompany ID: contoso\nPublic key:  pub\nPrivate Key: " SECRET
    "\n\nBye", "cw.example.com:8443", NULL, "contoso+pub", SECRET, NULL },
  /* JSON */
  { "{\"hostname\":\"cw.example.com\",\"port\":8443,\"auth\":{\"companyId\":\"contoso\",\"publicKey\":\"pub\","
    "\"privateKey\":\"" SECRET "\"},\"clientId\":\"" GUID "\"}",
    "cw.example.com:8443", NULL, "contoso+pub", SECRET, GUID },
  { "{\"provider_config_key\":\"connectwise-psa\",\"connection_id\":\"x\",\"credentials\":{\"type\":\"BASIC\","
    "\"username\":\"contoso+pub\",\"password\":\"" SECRET "\"},\"connection_config\":{\"hostname\":"
    "\"cw.example.com\",\"apiVersion\":\"2025.1\",\"clientId\":\"" GUID "\"}}",
    "cw.example.com", "2025.1", "contoso+pub", SECRET, GUID },
  { "  \"hostname\": \"cw.example.com\",\n  \"username\": \"contoso+pub\",\n  \"password\": \"" SECRET "\"\n",
    "cw.example.com", NULL, "contoso+pub", SECRET, NULL },
  { "{\"url\": \"https://cw.example.com/v4_6_release/apis/3.0/\", \"headers\": {\"Authorization\": \"Basic " BASIC
    "\", \"clientId\": \"" GUID "\", \"Accept\": \"application/vnd.connectwise.com+json; version=2024.2\"}}",
    "cw.example.com", "2024.2", "contoso+pub", SECRET, GUID },
  /* PowerShell */
  { "$CWMConnectionInfo = @{\n  Server = 'na.myconnectwise.net' # cloud\n  Company = \"contoso\"; pubkey = 'pub'\n"
    "  privatekey = '" SECRET "'\n  clientid = '" GUID "'\n}\nConnect-CWM @CWMConnectionInfo -Force",
    "na.myconnectwise.net", NULL, "contoso+pub", SECRET, GUID },
  { "Connect-CWM -Server cw.example.com -Company 'contoso' `\r\n -PubKey:pub -PrivateKey (ConvertTo-SecureString '"
    SECRET "' -AsPlainText -Force) -ClientID " GUID, "cw.example.com", NULL, "contoso+pub", SECRET, GUID },
  { "$env:PSA_HOSTNAME = \"cw.example.com\"\n$env:PSA_USERNAME = \xe2\x80\x9c" "contoso+pub\xe2\x80\x9d\n"
    "$env:PSA_PRIVATE_KEY = \"" SECRET "\"\n", "cw.example.com", NULL, "contoso+pub", SECRET, NULL },
  { "Invoke-RestMethod -Uri 'https://cw.example.com/v4_6_release/apis/3.0/system/info' -Headers @{ Authorization = "
    "'Basic " BASIC "'; clientId = '" GUID "' }", "cw.example.com", NULL, "contoso+pub", SECRET, GUID },
  /* headers and single values */
  { "GET /v4_6_release/apis/3.0/system/info HTTP/1.1\nHost: cw.example.com\nAuthorization: Basic " BASIC "\nclientId: "
    GUID "\nAccept: application/vnd.connectwise.com+json; version=2025.1\n",
    "cw.example.com", "2025.1", "contoso+pub", SECRET, GUID },
  { " Basic " BASIC, NULL, NULL, "contoso+pub", SECRET, NULL },
  { "contoso+pub:" SECRET "\n", NULL, NULL, "contoso+pub", SECRET, NULL },
  { "psa+key:" SECRET, NULL, NULL, "psa+key", SECRET, NULL },
  { "\xef\xbb\xbfhttps://cw.example.com:8443/v2025_1/apis/3.0/company/companies?pageSize=1#x",
    "cw.example.com:8443", "2025.1", NULL, NULL, NULL },
  { "https://contoso%2Bpub:" SECRET "@cw.example.com/", "cw.example.com", NULL, "contoso+pub", SECRET, NULL },
  { "api-na.myconnectwise.net", "api-na.myconnectwise.net", NULL, NULL, NULL, NULL },
  { "{" GUID "}", NULL, NULL, NULL, NULL, GUID },
  /* curl */
  { "$ curl -s -X GET \\\n -u contoso+pub:" SECRET " -H 'clientId: " GUID "' --url=https://cw.example.com/v2025_1/apis/3.0",
    "cw.example.com", "2025.1", "contoso+pub", SECRET, GUID },
  { "curl 'https://cw.example.com/v4_6_release/apis/3.0/system/info' -H \"Authorization: Basic " BASIC "\" | jq",
    "cw.example.com", NULL, "contoso+pub", SECRET, NULL },
};

/* Nothing is found in these. */
static const char *const strangers[] = {
  "", " \n\t", "hello world", "{", "[]", "{\"a\": [1, 2]}", "@{", "curl", "curl -u", "Basic", "Basic !",
  "https://developer.connectwise.com/ClientID", "C++: a language", SECRET, "some.dotted.secret", "12:34", "$x = @{ a = 'b' }",
  "PSA_PRIVATE_KEY=\nPSA_CLIENT_ID=\n", "PSA_PRIVATE_KEY=$SECRET_KEY\nPSA_HOSTNAME=<your host>\n",
  "Connect-CWM @Connection",
};
/* clang-format on */

static void
check (const PsaPaste *paste, const Sample *sample)
{
  g_autofree char *host = paste->address != NULL ? psa_address_dup_text (paste->address) : NULL;
  g_autofree char *username = psa_paste_dup_username (paste);

  g_assert_cmpstr (host, ==, sample->host);
  g_assert_cmpstr (paste->api_version, ==, sample->version);
  g_assert_cmpstr (username, ==, sample->username);
  g_assert_cmpstr (paste->password, ==, sample->password);
  g_assert_cmpstr (paste->client_id, ==, sample->client_id);
}

static void
test_forms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr(PsaPaste) paste = psa_paste_new (samples[i].text);

      g_test_message ("%s", samples[i].text);
      check (paste, &samples[i]);
      g_assert_false (psa_paste_is_empty (paste));
      g_assert_false (paste->more);
      g_assert_cmpuint (paste->problems->len, ==, 0);
    }
}

static void
test_nothing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr(PsaPaste) paste = psa_paste_new (strangers[i]);

      g_test_message ("%s", strangers[i]);
      check (paste, &(Sample) { .text = strangers[i] });
      g_assert_true (psa_paste_is_empty (paste));
    }
}

/* The key of one tenant must never come to stand beside the host of another. */
static void
test_second_connection (void)
{
  static const Sample several[] = {
    { "PSA_HOSTNAME=a.example.com\nPSA_USERNAME=a+k\nPSA_HOSTNAME=b.example.com\nPSA_PRIVATE_KEY=b-"
      "secret\n",
      "a.example.com", NULL, "a+k", NULL, NULL },
    { "[{\"hostname\":\"a.example.com\"},{\"hostname\":\"b.example.com\",\"password\":\"b-secret\"}"
      "]",
      "a.example.com", NULL, NULL, NULL, NULL },
    { "@{Server='a.example.com'}\n@{Server='b.example.com';PrivateKey='b-secret'}", "a.example.com",
      NULL, NULL, NULL, NULL },
    { "curl -u a+k:s https://a.example.com/\ncurl -u b+k:t https://b.example.com/", "a.example.com",
      NULL, "a+k", "s", NULL },
  };
  g_autoptr(PsaPaste) same =
      psa_paste_new ("curl -u a+k:s https://a.example.com/v4_6_release/x\n"
                     "curl -u a+k:s https://a.example.com/v4_6_release/y\n");

  for (gsize i = 0; i < G_N_ELEMENTS (several); i++)
    {
      g_autoptr(PsaPaste) paste = psa_paste_new (several[i].text);

      g_test_message ("%s", several[i].text);
      check (paste, &several[i]);
      g_assert_true (paste->more);
    }
  g_assert_false (same->more);
}

/* A value that cannot be used is told, without being repeated, and costs no other. */
static void
test_problems (void)
{
  static const char *const texts[] = {
    "PSA_HOSTNAME=http://cw.example.com\nPSA_CLIENT_ID=" GUID,
    "PSA_CLIENT_ID=" GUID "\nPSA_HOSTNAME=a b",
    "PSA_CLIENT_ID=" GUID "\nAuthorization: Basic " SECRET,
    "PSA_CLIENT_ID=" GUID "\nPSA_API_VERSION=2025 1",
    "PSA_CLIENT_ID=" GUID "\nPSA_USERNAME=+" SECRET,
    "{\"clientId\": \"" GUID "\", \"password\": \"" SECRET "\\nX\"}",
  };
  g_autofree char *long_text = g_strnfill (PSA_PASTE_MAX_BYTES + 1, 'x');
  g_autoptr(PsaPaste) too_long = psa_paste_new (long_text);

  g_assert_cmpuint (too_long->problems->len, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(PsaPaste) paste = psa_paste_new (texts[i]);

      g_test_message ("%s", texts[i]);
      check (paste, &(Sample) { .client_id = GUID });
      g_assert_cmpuint (paste->problems->len, ==, 1);
      g_assert_null (strstr (paste->problems->pdata[0], SECRET));
    }
}

static char *
fill_in (const char *text, const char *placeholder, const char *value)
{
  g_autoptr(GString) filled = g_string_new (text);

  g_assert_cmpuint (g_string_replace (filled, placeholder, value, 1), ==, 1);
  return g_string_free_and_steal (g_steal_pointer (&filled));
}

/* What copy-as has written, its secrets put in the way its form does, is read again. */
static void
check_round_trip (const char *company, const char *key, const char *secret)
{
  static const char *const places[][2] = {
    { "\"${PSA_PRIVATE_KEY:?}\"", "${PSA_CLIENT_ID:?}" },
    { "$env:PSA_PRIVATE_KEY", "$env:PSA_CLIENT_ID" },
    { "\"$PSA_PRIVATE_KEY\"", "$PSA_CLIENT_ID" },
    { "PSA_PRIVATE_KEY=", "PSA_CLIENT_ID=" },
  };
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new ("cw.example.com", 8443);
  g_autofree char *username = g_strconcat (company, "+", key, NULL);

  psa_profile_set_name (profile, "Contoso");
  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, username);
  psa_profile_set_api_version (profile, "2025.1");
  for (int form = PSA_COPY_FORM_CURL; form <= PSA_COPY_FORM_ENV; form++)
    {
      g_autofree char *text = psa_copy_as_new (profile, (PsaCopyForm) form, NULL);
      g_autofree char *in_shell = g_shell_quote (secret);
      g_autoptr(GString) in_powershell = g_string_new (secret);
      g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), secret);
      g_autofree char *in_json = json_to_string (node, FALSE);
      g_autofree char *password = NULL;
      g_autofree char *client_id = NULL;
      g_autofree char *half = NULL;
      g_autofree char *full = NULL;
      g_autoptr(PsaPaste) paste = NULL;

      g_string_replace (in_powershell, "'", "''", 0);
      g_string_prepend_c (in_powershell, '\'');
      g_string_append_c (in_powershell, '\'');
      password = g_strdup (form == PSA_COPY_FORM_NANGO        ? in_json
                           : form == PSA_COPY_FORM_POWERSHELL ? in_powershell->str
                                                              : in_shell);
      if (form == PSA_COPY_FORM_ENV)
        {
          g_autofree char *line = g_strconcat (places[form][0], password, NULL);

          g_set_str (&password, line);
        }
      client_id = g_strconcat (form == PSA_COPY_FORM_ENV ? "PSA_CLIENT_ID=" : "",
                               form == PSA_COPY_FORM_POWERSHELL ? "'" GUID "'" : GUID, NULL);
      half = fill_in (text, places[form][0], password);
      full = fill_in (half, places[form][1], client_id);
      g_test_message ("%s", full);
      paste = psa_paste_new (full);
      check (paste, &(Sample) { .host = "cw.example.com:8443",
                                .version = form != PSA_COPY_FORM_POWERSHELL ? "2025.1" : NULL,
                                .username = username,
                                .password = secret,
                                .client_id = GUID });
      g_assert_false (paste->more);

      g_clear_pointer (&paste, psa_paste_free);
      paste = psa_paste_new (text); /* as it was written: a placeholder is no secret */
      check (paste, &(Sample) { .host = "cw.example.com:8443",
                                .version = form != PSA_COPY_FORM_POWERSHELL ? "2025.1" : NULL,
                                .username = username });
    }
}

static void
test_round_trip (void)
{
  static const char *const hostile[] = {
    "plain",
    "'; touch pwned; '",
    "\"; touch pwned; \"",
    "$(touch pwned)",
    "a' \"$(touch pwned)\" 'b",
    "\\'; touch pwned #",
    "$HOME ${IFS}touch",
    "~ * ? [a-z] {a,b} !! <(x)",
    "| & ; > pwned = @{ #",
    "\xe2\x80\x98; touch pwned; \xe2\x80\x99",
    "%s%n \xf0\x9f\x94\x91 \xc3\xa4",
    "--output=pwned",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    check_round_trip (hostile[i], hostile[i],
                      g_str_has_prefix (hostile[i], "\xe2") ? SECRET : hostile[i]);
}

/* Bytes are changed, cut out, put in or cut off; none is doubled, so that a secret stays in one place. */
static char *
mutate (GRand *rand, const char *sample)
{
  static const char *const pieces[] = { "'",    "\"", "\\",  "`",    "$",           "{",
                                        "}",    "@{", "=",   ":",    "+",           "\n",
                                        "\r\n", " ",  "#",   "\x01", "\xc2\x85",    "\xe2\x80\xae",
                                        "\xff", "[",  "://", "@",    "\xe2\x80\x99" };
  GString *text = g_string_new (sample);

  for (gint n = g_rand_int_range (rand, 1, 6); n > 0 && text->len > 0; n--)
    {
      gsize at = g_rand_int_range (rand, 0, (gint) text->len);
      gsize length;

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          text->str[at] = (char) g_rand_int_range (rand, 1, 256);
          break;
        case 1:
          length = g_rand_int_range (rand, 1, 12);
          g_string_erase (text, at, MIN (text->len - at, length));
          break;
        case 2:
          g_string_truncate (text, at);
          break;
        default:
          g_string_insert (text, at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          break;
        }
    }
  return g_string_free_and_steal (text);
}

static GRand *
begin_fuzz (void)
{
  const char *given = g_getenv ("PSA_FUZZ_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : 20251124;

  g_test_message ("PSA_FUZZ_SEED=%u", seed);
  return g_rand_new_with_seed (seed);
}

static void
check_shown (const char *shown, const PsaPaste *paste)
{
  if (shown == NULL)
    return;
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  for (const char *at = shown; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
  if (paste->password != NULL && strlen (paste->password) > 8)
    g_assert_null (strstr (shown, paste->password));
}

static void
test_fuzz_paste (void)
{
  g_autoptr(GRand) rand = begin_fuzz ();

  for (guint turn = 0; turn < TURNS; turn++)
    {
      const Sample *sample = &samples[turn % G_N_ELEMENTS (samples)];
      g_autofree char *text = mutate (rand, sample->text);
      g_autoptr(PsaPaste) paste = psa_paste_new (text);
      g_autofree char *host = NULL;

      if (paste->address != NULL)
        {
          host = psa_address_dup_text (paste->address);
          g_assert_cmpint (host[strcspn (host, " \t\r\n@/?#")], ==, '\0');
        }
      check_shown (host, paste);
      check_shown (paste->api_version, paste);
      check_shown (paste->company, paste);
      check_shown (paste->key, paste);
      if (paste->client_id != NULL)
        g_assert_true (g_uuid_string_is_valid (paste->client_id));
      for (guint i = 0; i < paste->problems->len; i++)
        {
          check_shown (paste->problems->pdata[i], paste);
          g_assert_null (strstr (paste->problems->pdata[i], "c4nary"));
        }
    }
}

static void
test_fuzz_address (void)
{
  static const char *const addresses[] = { "cw.example.com:8443",
                                           "https://api-na.myconnectwise.net/v4_6_release/",
                                           "[2001:db8::1]:443",
                                           "m\xc3\xbcnchen.example",
                                           "10.0.0.1",
                                           "xn--mnchen-3ya.example." };
  g_autoptr(GRand) rand = begin_fuzz ();

  for (guint turn = 0; turn < TURNS; turn++)
    {
      g_autofree char *text = mutate (rand, addresses[turn % G_N_ELEMENTS (addresses)]);
      g_autoptr(GError) error = NULL;
      g_autoptr(PsaAddress) address = psa_address_parse (text, &error);
      g_autoptr(PsaAddress) again = NULL;
      g_autofree char *written = NULL;

      g_assert_true ((address == NULL) == (error != NULL));
      if (address == NULL)
        continue;
      g_assert_true (g_str_is_ascii (address->host));
      g_assert_cmpuint (strlen (address->host), <=, 253);
      written = psa_address_dup_text (address);
      again = psa_address_parse (written, NULL); /* what is kept is read again to the same */
      g_assert_nonnull (again);
      g_assert_true (psa_address_equal (address, again));
    }
}

static void
test_fuzz_import (void)
{
  static const char *const files[] = {
    "name,hostname,username,password,tags\r\nOne,a.example.com,a+k," SECRET
    ",x;y\r\n\"Two \"\"2\"\"\",b.example.com,b+k,,\r\n",
    "name;host;company;key\nOne;a.example.com;a;k\n\n'=x;\"b\n.example.com\";b;k\n",
    "{\"schema\":1,\"integrations\":[{\"id\":\"" GUID
    "\",\"name\":\"I\"}],\"profiles\":[{\"hostname\":\"a.example.com\","
    "\"username\":\"a+k\",\"integration\":\"" GUID "\",\"tags\":[\"x\"]},{\"id\":5}]}",
    "[{\"connection_id\":\"x\",\"credentials\":{\"username\":\"a+k\",\"password\":\"" SECRET "\"},"
    "\"connection_config\":{\"hostname\":\"a.example.com\"}}]",
  };
  g_autoptr(GRand) rand = begin_fuzz ();
  g_autoptr(GListStore) profiles = g_list_store_new (PSA_TYPE_PROFILE);
  g_autoptr(GListStore) integrations = g_list_store_new (PSA_TYPE_INTEGRATION);

  for (guint turn = 0; turn < TURNS / 2; turn++)
    {
      g_autofree char *text = mutate (rand, files[turn % G_N_ELEMENTS (files)]);
      g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr(GError) error = NULL;
      g_autoptr(PsaImport) import = psa_import_new (bytes, NULL, G_LIST_MODEL (profiles),
                                                     G_LIST_MODEL (integrations), &error);
      guint n_rows = 0;

      g_assert_true ((import == NULL) == (error != NULL));
      if (import == NULL)
        {
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          g_assert_null (strstr (error->message, "c4nary"));
          continue;
        }
      for (guint i = 0; i <= PSA_IMPORT_INVALID; i++)
        n_rows += import->n_rows[i];
      g_assert_cmpuint (n_rows, ==, import->rows->len);
      for (guint i = 0; i < import->rows->len; i++)
        {
          const PsaImportRow *row = import->rows->pdata[i];

          g_assert_true ((row->kind == PSA_IMPORT_INVALID) == (row->reason != NULL));
          g_assert_true (row->kind == PSA_IMPORT_INVALID || row->draft != NULL);
          g_assert_true (g_utf8_validate (row->title, -1, NULL));
        }
    }
}

/* Fields of any text come back as they were. */
static void
test_fuzz_csv (void)
{
  g_autoptr(GRand) rand = begin_fuzz ();

  for (guint turn = 0; turn < TURNS / 2; turn++)
    {
      g_autofree char *first = mutate (rand, "=a,\"b\"\n;c\td");
      g_autofree char *second = mutate (rand, "'+x\r\ny");
      g_autoptr(GString) text = g_string_new ("a,b\r\n");
      g_autoptr(GPtrArray) rows = NULL;
      const PsaCsvRow *row;

      psa_csv_add_field (text, first, ",");
      psa_csv_add_field (text, second, "\r\n");
      rows = psa_csv_parse (text->str);
      g_assert_cmpuint (rows->len, ==, 2);
      row = rows->pdata[1];
      g_assert_cmpuint (g_strv_length (row->fields), ==, 2);
      g_assert_cmpstr (row->fields[0], ==, first);
      g_assert_cmpstr (row->fields[1], ==, second);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/paste/forms", test_forms);
  g_test_add_func ("/paste/nothing", test_nothing);
  g_test_add_func ("/paste/second-connection", test_second_connection);
  g_test_add_func ("/paste/problems", test_problems);
  g_test_add_func ("/paste/round-trip", test_round_trip);
  g_test_add_func ("/fuzz/paste", test_fuzz_paste);
  g_test_add_func ("/fuzz/address", test_fuzz_address);
  g_test_add_func ("/fuzz/import", test_fuzz_import);
  g_test_add_func ("/fuzz/csv", test_fuzz_csv);
  return g_test_run ();
}
