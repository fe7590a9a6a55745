/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-error.h"
#include "psa-integration.h"
#include "psa-profile.h"

#include <string.h>

#define ID "0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9"
#define INTEGRATION_ID "11111111-2222-4333-8444-555555555555"
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER_SHA "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

#define FULL                                                                                       \
  "{\"id\":\"" ID "\",\"name\":\"Contoso IT\",\"environment\":\"staging\","                        \
  "\"hostname\":\"cw.example.com\",\"port\":8443,\"apiVersion\":\"2025.1\","                       \
  "\"integration\":\"" INTEGRATION_ID "\",\"username\":\"contoso+key\",\"needs\":[\"Service\"],"   \
  "\"tags\":[\"vip\",\"ü\"],\"favourite\":true,\"notes\":\"a\\nb\","                               \
  "\"trust\":{\"address\":\"cw.example.com:8443\",\"sha256\":\"" SHA "\",\"since\":[1]},"          \
  "\"revision\":7,\"future\":{\"deep\":[null,{\"x\":1.5}]},\"more\":null}"

static JsonObject *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static char *
to_text (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

static PsaProfile *
from_text (const char *text)
{
  g_autoptr(JsonObject) object = parse (text);
  g_autoptr(GError) error = NULL;
  PsaProfile *profile = psa_profile_new_from_json (object, &error);

  g_assert_no_error (error);
  return profile;
}

static void
assert_writes (PsaProfile *profile, const char *expected)
{
  g_autoptr(JsonObject) object = psa_profile_to_json (profile);
  g_autofree char *text = to_text (object);

  g_assert_cmpstr (text, ==, expected);
}

static void
set_address (PsaProfile *profile, const char *text)
{
  g_autoptr(PsaAddress) address = psa_address_parse (text, NULL);

  g_assert_nonnull (address);
  psa_profile_set_address (profile, address);
}

static void
test_new (void)
{
  g_autoptr(PsaProfile) a = psa_profile_new ();
  g_autoptr(PsaProfile) b = psa_profile_new ();

  g_assert_true (g_uuid_string_is_valid (psa_profile_get_id (a)));
  g_assert_cmpstr (psa_profile_get_id (a), !=, psa_profile_get_id (b));
  g_assert_cmpstr (psa_profile_get_name (a), ==, "");
  g_assert_cmpstr (psa_profile_get_title (a), ==, "");
  g_assert_cmpint (psa_profile_get_environment (a), ==, PSA_ENVIRONMENT_PRODUCTION);
  g_assert_cmpstr (psa_profile_get_host (a), ==, "");
  g_assert_cmpuint (psa_profile_get_port (a), ==, 443);
  g_assert_cmpstr (psa_profile_get_address_text (a), ==, "");
  g_assert_null (psa_profile_dup_address (a));
  g_assert_cmpstr (psa_profile_get_api_version (a), ==, "");
  g_assert_null (psa_profile_get_integration (a));
  g_assert_cmpstr (psa_profile_get_username (a), ==, "");
  g_assert_null (psa_profile_get_company_id (a));
  g_assert_cmpuint (g_strv_length ((GStrv) psa_profile_get_needs (a)), ==, 0);
  g_assert_cmpuint (g_strv_length ((GStrv) psa_profile_get_tags (a)), ==, 0);
  g_assert_false (psa_profile_get_favourite (a));
  g_assert_cmpstr (psa_profile_get_notes (a), ==, "");
  g_assert_null (psa_profile_get_trusted_sha256 (a));
  g_assert_cmpuint (psa_profile_get_revision (a), ==, 1);
}

static void
test_environment (void)
{
  static const char *const tokens[] = { "production", "staging", "sandbox", "other" };
  PsaEnvironment environment = PSA_ENVIRONMENT_SANDBOX;

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_assert_cmpstr (psa_environment_get_token (i), ==, tokens[i]);
      g_assert_true (psa_environment_from_token (tokens[i], &environment));
      g_assert_cmpint (environment, ==, i);
      g_assert_cmpstr (psa_environment_get_word (i), !=, "");
    }

  g_assert_false (psa_environment_from_token ("Production", &environment));
  g_assert_false (psa_environment_from_token ("", &environment));
  g_assert_false (psa_environment_from_token (NULL, &environment));
  g_assert_cmpint (environment, ==, PSA_ENVIRONMENT_OTHER);
}

/* Every field has a value of its own here, so that two that are mixed up are seen. */
static void
test_round_trip (void)
{
  g_autoptr(PsaProfile) profile = from_text (FULL);
  g_autoptr(PsaProfile) copy = psa_profile_copy (profile);
  g_autoptr(PsaAddress) address = psa_profile_dup_address (profile);

  g_assert_cmpstr (psa_profile_get_id (profile), ==, ID);
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "Contoso IT");
  g_assert_cmpstr (psa_profile_get_title (profile), ==, "Contoso IT");
  g_assert_cmpint (psa_profile_get_environment (profile), ==, PSA_ENVIRONMENT_STAGING);
  g_assert_cmpstr (psa_profile_get_host (profile), ==, "cw.example.com");
  g_assert_cmpuint (psa_profile_get_port (profile), ==, 8443);
  g_assert_cmpstr (psa_profile_get_address_text (profile), ==, "cw.example.com:8443");
  g_assert_cmpstr (address->host, ==, "cw.example.com");
  g_assert_cmpuint (address->port, ==, 8443);
  g_assert_cmpstr (psa_profile_get_api_version (profile), ==, "2025.1");
  g_assert_cmpstr (psa_profile_get_integration (profile), ==, INTEGRATION_ID);
  g_assert_cmpstr (psa_profile_get_username (profile), ==, "contoso+key");
  g_assert_cmpstr (psa_profile_get_company_id (profile), ==, "contoso");
  g_assert_cmpstrv (psa_profile_get_needs (profile), ((const char *[]) { "Service", NULL }));
  g_assert_cmpstrv (psa_profile_get_tags (profile), ((const char *[]) { "vip", "ü", NULL }));
  g_assert_true (psa_profile_get_favourite (profile));
  g_assert_cmpstr (psa_profile_get_notes (profile), ==, "a\nb");
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, SHA);
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, 7);

  assert_writes (profile, FULL);
  assert_writes (copy, FULL);
  g_assert_true (psa_profile_is_same_connection (profile, copy));
}

static void
test_defaults (void)
{
  g_autoptr(PsaProfile) profile = from_text ("{\"id\":\"" ID "\"}");

  assert_writes (profile, "{\"id\":\"" ID "\",\"name\":\"\",\"environment\":\"production\","
                          "\"hostname\":\"\",\"port\":443,\"apiVersion\":\"\",\"username\":\"\","
                          "\"needs\":[],\"tags\":[],\"favourite\":false,\"notes\":\"\","
                          "\"revision\":1}");
}

/* What cannot be used is written as it was read. */
static void
test_kept_as_read (void)
{
#define ODD                                                                                        \
  "{\"id\":\"" ID "\",\"name\":\" \",\"environment\":\"lab\",\"hostname\":\"a@b/../c\","           \
  "\"port\":443,\"apiVersion\":\"\",\"username\":\"nobody\",\"needs\":[],\"tags\":[],"             \
  "\"favourite\":false,\"notes\":\"\",\"trust\":{\"sha256\":\"abc\"},\"revision\":1}"
  g_autoptr(PsaProfile) profile = from_text (ODD);
  g_autoptr(PsaProfile) copy = psa_profile_copy (profile);

  g_assert_cmpint (psa_profile_get_environment (profile), ==, PSA_ENVIRONMENT_OTHER);
  g_assert_null (psa_profile_dup_address (profile));
  g_assert_cmpstr (psa_profile_get_title (profile), ==, "a@b/../c");
  g_assert_null (psa_profile_get_company_id (profile));
  g_assert_null (psa_profile_get_trusted_sha256 (profile));
  assert_writes (copy, ODD);

  psa_profile_set_environment (copy, PSA_ENVIRONMENT_OTHER);
  assert_writes (copy, ODD);
  psa_profile_set_environment (copy, PSA_ENVIRONMENT_SANDBOX);
  psa_profile_set_environment (copy, PSA_ENVIRONMENT_OTHER);
  psa_profile_assign (profile, copy);
  {
    g_autoptr(JsonObject) object = psa_profile_to_json (profile);

    g_assert_cmpstr (json_object_get_string_member (object, "environment"), ==, "other");
  }
}

static void
test_wrong_types (void)
{
  static const char *const members[] = {
    "name",     "environment", "hostname",  "port",  "apiVersion", "integration", "username",
    "needs",    "tags",        "favourite", "notes", "trust",      "revision",
  };
  static const char *const values[] = { "null", "true", "1", "1.5", "\"x\"", "[]", "[1]", "{}" };
  guint n_good = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_autofree char *text =
          g_strdup_printf ("{\"id\":\"" ID "\",\"%s\":%s}", members[i], values[j]);
        g_autofree char *quoted = g_strdup_printf ("“%s”", members[i]);
        g_autoptr(JsonObject) object = parse (text);
        g_autoptr(GError) error = NULL;
        g_autoptr(PsaProfile) profile = psa_profile_new_from_json (object, &error);

        g_test_message ("%s", text);
        if (profile != NULL)
          {
            g_assert_no_error (error);
            n_good++;
            continue;
          }
        g_assert_error (error, PSA_ERROR, PSA_ERROR_DAMAGED);
        g_assert_nonnull (strstr (error->message, quoted));
        g_assert_nonnull (strstr (error->message, ID));
      }

  /* "x" for the six texts, 1 for port and revision, [] for the two lists, true, {} for trust */
  g_assert_cmpuint (n_good, ==, 6 + 2 + 2 + 1 + 1);
}

static void
test_wrong_values (void)
{
  static const struct
  {
    const char *text, *topic;
  } wrong[] = {
    { "{}", "“id”" },
    { "{\"id\":1}", "“id”" },
    { "{\"id\":\"x\"}", "“id”" },
    { "{\"id\":\"" ID "\",\"name\":\"Contoso\",\"port\":0}", "“Contoso”" },
    { "{\"id\":\"" ID "\",\"port\":65536}", "“port”" },
    { "{\"id\":\"" ID "\",\"port\":-1}", "“port”" },
    { "{\"id\":\"" ID "\",\"revision\":0}", "“revision”" },
    { "{\"id\":\"" ID "\",\"revision\":2147483648}", "“revision”" },
    { "{\"id\":\"" ID "\",\"integration\":\"\"}", "“integration”" },
    { "{\"id\":\"" ID "\",\"trust\":{\"address\":1}}", "“address”" },
    { "{\"id\":\"" ID "\",\"trust\":{\"sha256\":[]}}", "“sha256”" },
    { "{\"id\":\"" ID "\",\"tags\":[\"a\",{}]}", "“tags”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(JsonObject) object = parse (wrong[i].text);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", wrong[i].text);
      g_assert_null (psa_profile_new_from_json (object, &error));
      g_assert_error (error, PSA_ERROR, PSA_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, wrong[i].topic));
    }
}

static void
test_trust (void)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();

  set_address (profile, "cw.example.com");
  psa_profile_trust (profile, "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789ABCDEF");
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, SHA);
  {
    g_autoptr(JsonObject) object = psa_profile_to_json (profile);
    JsonObject *trust = json_object_get_object_member (object, "trust");

    g_assert_cmpstr (json_object_get_string_member (trust, "address"), ==, "cw.example.com:443");
    g_assert_cmpstr (json_object_get_string_member (trust, "sha256"), ==, SHA);
  }

  set_address (profile, "cw.example.com:8443");
  g_assert_null (psa_profile_get_trusted_sha256 (profile));
  set_address (profile, "cw2.example.com");
  g_assert_null (psa_profile_get_trusted_sha256 (profile));
  set_address (profile, "CW.example.com:443");
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, SHA);
  psa_profile_set_address (profile, NULL);
  g_assert_null (psa_profile_get_trusted_sha256 (profile));

  set_address (profile, "[::1]:8443");
  psa_profile_trust (profile, OTHER_SHA);
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, OTHER_SHA);
  psa_profile_trust (profile, NULL);
  g_assert_null (psa_profile_get_trusted_sha256 (profile));
  {
    g_autoptr(JsonObject) object = psa_profile_to_json (profile);

    g_assert_false (json_object_has_member (object, "trust"));
  }
}

/* A file that says so makes no certificate good for a host of the vendor. */
static void
test_trust_vendor (void)
{
  g_autoptr(PsaProfile) profile =
    from_text ("{\"id\":\"" ID "\",\"hostname\":\"api-na.myconnectwise.net\",\"trust\":"
          "{\"address\":\"api-na.myconnectwise.net:443\",\"sha256\":\"" SHA "\"}}");
  g_autoptr(PsaProfile) upper =
    from_text ("{\"id\":\"" ID "\",\"hostname\":\"cw.example.com\",\"trust\":{\"address\":"
          "\"cw.example.com:443\",\"sha256\":"
          "\"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789ABCDEF\"}}");

  g_assert_null (psa_profile_get_trusted_sha256 (profile));
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (upper), ==, SHA);
}

static void
test_same_connection (void)
{
  g_autoptr(PsaProfile) profile = from_text (FULL);
  g_autoptr(PsaProfile) here = psa_profile_new ();
  g_autoptr(PsaProfile) there = psa_profile_copy (here);

  /* Without a trust that goes with it. */
  set_address (here, "cw.example.com");
  set_address (there, "cw.example.com:8443");
  g_assert_false (psa_profile_is_same_connection (here, there));
  set_address (there, "cw2.example.com");
  g_assert_false (psa_profile_is_same_connection (here, there));
  set_address (there, "cw.example.com");
  g_assert_true (psa_profile_is_same_connection (here, there));

  for (int i = 0; i <= 11; i++)
    {
      g_autoptr(PsaProfile) other = psa_profile_copy (profile);
      gboolean same = i >= 6;

      switch (i)
        {
        case 0:
          set_address (other, "cw2.example.com:8443");
          break;
        case 1:
          set_address (other, "cw.example.com:8444");
          break;
        case 2:
          psa_profile_set_api_version (other, "2025.2");
          break;
        case 3:
          psa_profile_set_integration (other, ID);
          break;
        case 4:
          psa_profile_set_username (other, "contoso+key2");
          break;
        case 5:
          psa_profile_trust (other, OTHER_SHA);
          break;
        case 6:
          psa_profile_set_name (other, "x");
          break;
        case 7:
          psa_profile_set_environment (other, PSA_ENVIRONMENT_OTHER);
          break;
        case 8:
          psa_profile_set_tags (other, NULL);
          break;
        case 9:
          psa_profile_set_needs (other, NULL);
          break;
        case 10:
          psa_profile_set_notes (other, NULL);
          psa_profile_set_favourite (other, FALSE);
          break;
        case 11:
          psa_profile_set_revision (other, 99);
          break;
        default:
          g_assert_not_reached ();
        }
      g_test_message ("change %d", i);
      g_assert_cmpint (psa_profile_is_same_connection (profile, other), ==, same);
      g_assert_cmpint (psa_profile_is_same_connection (other, profile), ==, same);
    }
}

static void
on_profile_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  GString *names = user_data;

  g_string_append_printf (names, "%s ", pspec->name);
}

static void
assert_notified (GString *names, const char *expected)
{
  g_auto(GStrv) got = g_strsplit (names->str, " ", -1);
  g_auto(GStrv) want = g_strsplit (expected, " ", -1);

  g_test_message ("got: %s, want: %s", names->str, expected);
  g_assert_cmpuint (g_strv_length (got), ==, g_strv_length (want));
  for (gsize i = 0; want[i] != NULL; i++)
    g_assert_true (g_strv_contains ((const char *const *) got, want[i]));
  g_string_truncate (names, 0);
}

static void
test_notify (void)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaProfile) full = from_text (FULL);
  g_autoptr(GString) names = g_string_new (NULL);

  g_signal_connect (profile, "notify", G_CALLBACK (on_profile_notify_cb), names);

  set_address (profile, "cw.example.com");
  assert_notified (names, "host address-text title ");
  set_address (profile, "cw.example.com");
  assert_notified (names, "");
  psa_profile_trust (profile, SHA);
  assert_notified (names, "trusted-sha256 ");
  psa_profile_trust (profile, SHA);
  assert_notified (names, "");
  psa_profile_set_name (profile, "A");
  assert_notified (names, "name title ");
  set_address (profile, "cw.example.com:8443");
  assert_notified (names, "port address-text trusted-sha256 ");
  psa_profile_set_name (profile, "");
  assert_notified (names, "name title ");
  psa_profile_set_username (profile, " a+b ");
  assert_notified (names, "username company-id ");
  psa_profile_set_username (profile, "a+c");
  assert_notified (names, "username ");
  psa_profile_set_api_version (profile, " 2025.1 ");
  assert_notified (names, "api-version ");
  g_object_set (profile, "favourite", TRUE, "notes", "n", "tags",
                ((const char *[]) { "t", NULL }), "environment", PSA_ENVIRONMENT_OTHER, NULL);
  assert_notified (names, "favourite notes tags environment ");
  g_object_set (profile, "favourite", TRUE, "notes", "n", "tags",
                ((const char *[]) { "t", NULL }), "environment", PSA_ENVIRONMENT_OTHER, NULL);
  assert_notified (names, "");

  psa_profile_assign (profile, full);
  assert_notified (names, "name title environment integration username company-id needs tags "
                          "notes trusted-sha256 revision ");
  psa_profile_assign (profile, full);
  assert_notified (names, "");
}

/* Each property reads what its getter gives, and none has the name of a secret. */
static void
test_properties (void)
{
  g_autoptr(PsaProfile) profile = from_text (FULL);
  g_autofree GParamSpec **specs = NULL;
  guint n_specs = 0;

  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (profile), &n_specs);
  g_assert_cmpuint (n_specs, ==, 17);
  for (guint i = 0; i < n_specs; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;
      g_autofree char *text = NULL;

      g_assert_null (strstr (specs[i]->name, "password"));
      g_assert_null (strstr (specs[i]->name, "client"));
      g_object_get_property (G_OBJECT (profile), specs[i]->name, &value);
      g_assert_false (g_param_value_defaults (specs[i], &value) &&
                      !g_str_equal (specs[i]->name, "revision"));
    }

  {
    g_autofree char *title = NULL;
    g_autofree char *address = NULL;
    g_autofree char *company = NULL;
    g_autofree char *sha256 = NULL;
    guint port = 0, revision = 0;

    g_object_get (profile, "title", &title, "address-text", &address, "company-id", &company,
                  "trusted-sha256", &sha256, "port", &port, "revision", &revision, NULL);
    g_assert_cmpstr (title, ==, "Contoso IT");
    g_assert_cmpstr (address, ==, "cw.example.com:8443");
    g_assert_cmpstr (company, ==, "contoso");
    g_assert_cmpstr (sha256, ==, SHA);
    g_assert_cmpuint (port, ==, 8443);
    g_assert_cmpuint (revision, ==, 7);
  }
}

static void
test_lifetime (void)
{
  g_autoptr(JsonObject) object = parse (FULL);
  PsaProfile *profile = psa_profile_new_from_json (object, NULL);
  PsaProfile *copy = psa_profile_copy (profile);

  /* The profile does not share what the caller may change. */
  json_object_set_string_member (object, "future", "changed");
  json_object_remove_member (object, "more");
  assert_writes (profile, FULL);
  g_assert_finalize_object (profile);
  assert_writes (copy, FULL);
  g_assert_finalize_object (copy);
}

static void
test_integration (void)
{
#define INTEGRATION                                                                                \
  "{\"id\":\"" INTEGRATION_ID "\",\"name\":\"Sync\",\"future\":{\"a\":[1]}}"
  g_autoptr(JsonObject) object = parse (INTEGRATION);
  g_autoptr(JsonObject) wrong_name = parse ("{\"id\":\"" INTEGRATION_ID "\",\"name\":1}");
  g_autoptr(JsonObject) wrong_id = parse ("{\"id\":\"x\",\"name\":\"a\"}");
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) name_error = NULL;
  g_autoptr(GError) id_error = NULL;
  g_autoptr(PsaIntegration) integration = psa_integration_new_from_json (object, &error);
  g_autoptr(PsaIntegration) copy = NULL;
  g_autoptr(PsaIntegration) fresh = psa_integration_new ("Fresh");
  g_autoptr(JsonObject) written = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (psa_integration_get_id (integration), ==, INTEGRATION_ID);
  g_assert_cmpstr (psa_integration_get_name (integration), ==, "Sync");
  copy = psa_integration_copy (integration);
  written = psa_integration_to_json (copy);
  text = to_text (written);
  g_assert_cmpstr (text, ==, INTEGRATION);

  g_assert_true (g_uuid_string_is_valid (psa_integration_get_id (fresh)));
  g_assert_cmpstr (psa_integration_get_name (fresh), ==, "Fresh");

  g_assert_null (psa_integration_new_from_json (wrong_name, &name_error));
  g_assert_error (name_error, PSA_ERROR, PSA_ERROR_DAMAGED);
  g_assert_nonnull (strstr (name_error->message, INTEGRATION_ID));
  g_assert_nonnull (strstr (name_error->message, "“name”"));
  g_assert_null (psa_integration_new_from_json (wrong_id, &id_error));
  g_assert_error (id_error, PSA_ERROR, PSA_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/profile/new", test_new);
  g_test_add_func ("/profile/environment", test_environment);
  g_test_add_func ("/profile/round-trip", test_round_trip);
  g_test_add_func ("/profile/defaults", test_defaults);
  g_test_add_func ("/profile/kept-as-read", test_kept_as_read);
  g_test_add_func ("/profile/wrong-types", test_wrong_types);
  g_test_add_func ("/profile/wrong-values", test_wrong_values);
  g_test_add_func ("/profile/trust", test_trust);
  g_test_add_func ("/profile/trust-vendor", test_trust_vendor);
  g_test_add_func ("/profile/same-connection", test_same_connection);
  g_test_add_func ("/profile/notify", test_notify);
  g_test_add_func ("/profile/properties", test_properties);
  g_test_add_func ("/profile/lifetime", test_lifetime);
  g_test_add_func ("/integration", test_integration);
  return g_test_run ();
}
