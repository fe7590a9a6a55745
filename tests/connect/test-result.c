/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-module.h"
#include "psa-result.h"

#include "psa-error.h"

#include <string.h>

static PsaProfile *
create_profile (void)
{
  PsaProfile *profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new ("cw.example.com", 8443);

  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, "contoso+AbCdEf");
  psa_profile_set_api_version (profile, "2025.1");
  psa_profile_trust (profile, "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffff0000000011111111");
  return profile;
}

static PsaResult *
create_result (PsaProfile *profile)
{
  PsaResult *result = psa_result_new (profile);
  PsaCertificate lent = { .sha256 = (char *) "6f1b",
                          .issuer = (char *) "CN=CA",
                          .subject = (char *) "CN=cw.example.com",
                          .not_before = 1735689600,
                          .not_after = 1764547200,
                          .errors = G_TLS_CERTIFICATE_UNKNOWN_CA };
  const char *const licenses[] = { "ServiceBoard", "Project", NULL };
  PsaCause warnings[] = { PSA_CAUSE_CERTIFICATE_EXPIRING, PSA_CAUSE_SLOW };

  result->cause = PSA_CAUSE_CERTIFICATE_EXPIRING;
  g_array_append_vals (result->warnings, warnings, G_N_ELEMENTS (warnings));
  result->location = g_strdup ("https://elsewhere.example/");
  result->checked_at = G_GINT64_CONSTANT (1764000000123456);
  result->duration_ms = 212.4;
  result->retry_at = 1764000030;
  result->http_status = 200;
  result->request_id = g_strdup ("abc-1");
  result->tls_protocol = g_strdup ("TLS 1.3");
  result->http_protocol = g_strdup ("HTTP/2");
  result->raw = g_strdup ("{\"version\":\"v2025.1\"}\n");
  result->refused_modules = PSA_MODULE_BIT (PSA_MODULE_TIME) | PSA_MODULE_BIT (PSA_MODULE_SALES);
  result->tenant->company = g_strdup ("Contoso \"IT\"");
  result->tenant->company_id = g_strdup ("CIT");
  result->tenant->codebase = g_strdup ("v4_6_release/");
  result->tenant->site_url = g_strdup ("cw.example.com");
  result->tenant->version = g_strdup ("2025.1");
  result->tenant->region = g_strdup ("NA");
  result->tenant->time_zone = g_strdup ("Eastern Standard Time");
  result->tenant->api_version = g_strdup ("2025.1");
  result->tenant->licenses = g_strdupv ((GStrv) licenses);
  result->certificate = psa_certificate_copy (&lent);
  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      PsaStageReport *report = psa_result_get_stage (result, i);

      psa_stage_report_start (report, i * 10);
      psa_stage_report_add_try (report);
      psa_stage_report_end (report, i == PSA_STAGE_PROXY ? PSA_STAGE_SKIPPED : PSA_STAGE_PASSED,
                            i == PSA_STAGE_PROXY ? -1 : (double) i,
                            i == PSA_STAGE_TLS ? "TLS 1.3" : "");
    }
  psa_stage_report_add_try (psa_result_get_stage (result, PSA_STAGE_SIGN_IN));
  return result;
}

static char *
write_json (PsaResult *result)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, psa_result_to_json (result));
  return json_to_string (node, FALSE);
}

static void
test_new (void)
{
  g_autoptr(PsaProfile) profile = create_profile ();
  g_autoptr(PsaResult) result = psa_result_new (profile);

  g_assert_cmpstr (result->profile_id, ==, psa_profile_get_id (profile));
  g_assert_cmpuint (result->revision, ==, psa_profile_get_revision (profile));
  g_assert_cmpint (result->cause, ==, PSA_CAUSE_NEVER_CHECKED);
  g_assert_cmpstr (result->host, ==, "cw.example.com");
  g_assert_cmpuint (result->port, ==, 8443);
  g_assert_cmpstr (result->company_id, ==, "contoso");
  g_assert_cmpstr (result->asked_version, ==, "2025.1");
  g_assert_cmpstr (result->trusted_sha256, ==, psa_profile_get_trusted_sha256 (profile));
  g_assert_nonnull (result->trusted_sha256);
  g_assert_cmpuint (result->warnings->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (psa_result_get_stages (result)), ==, PSA_N_STAGES);
  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      PsaStageReport *report = psa_result_get_stage (result, i);

      g_assert_cmpint (psa_stage_report_get_stage (report), ==, i);
      g_assert_cmpint (psa_stage_report_get_result (report), ==, PSA_STAGE_PENDING);
    }
}

/* The schema of `--json`, sign by sign. */
static void
test_schema (void)
{
  g_autoptr(PsaProfile) profile = create_profile ();
  g_autoptr(PsaResult) result = create_result (profile);
  g_autofree char *text = write_json (result);
  static const char start[] =
      "{\"cause\":\"certificate-expiring\",\"warnings\":[\"certificate-expiring\",\"slow\"],"
      "\"checkedAt\":\"2025-11-24T16:00:00.123456Z\",\"durationMs\":212,"
      "\"tenant\":{\"company\":\"Contoso \\\"IT\\\"\",\"companyId\":\"CIT\",\"version\":\"2025.1\","
      "\"cloud\":false,\"region\":\"NA\",\"timeZone\":\"Eastern Standard Time\"},"
      "\"stages\":[{\"stage\":\"address\",\"result\":\"passed\",\"ms\":0,\"detail\":\"\","
      "\"startMs\":0,"
      "\"tries\":1},"
      "{\"stage\":\"proxy\",\"result\":\"skipped\",\"ms\":null,\"detail\":\"\",\"startMs\":10,"
      "\"tries\":1},";
  static const char *const later[] = {
    "{\"stage\":\"tls\",\"result\":\"passed\",\"ms\":4,\"detail\":\"TLS 1.3\"",
    "\"details\":{\"profile\":\"",
    "\"retryAt\":\"2025-11-24T16:00:30Z\"",
    "\"status\":200",
    "\"refusedModules\":[\"Time & Expense\",\"Sales\"]",
    "\"requestId\":\"abc-1\"",
    "\"apiVersion\":\"2025.1\"",
    "\"licenses\":[\"ServiceBoard\",\"Project\"]",
    "\"port\":8443",
    "\"certificate\":{\"sha256\":\"6f1b\",\"issuer\":\"CN=CA\",\"subject\":\"CN=cw.example.com\","
    "\"notBefore\":\"2025-01-01T00:00:00Z\",\"notAfter\":\"2025-12-01T00:00:00Z\",\"errors\":1}",
  };

  g_assert_cmpmem (text, MIN (strlen (text), strlen (start)), start, strlen (start));
  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    {
      gboolean there = strstr (text, later[i]) != NULL;

      g_test_message ("%s in %s", later[i], text);
      g_assert_true (there);
    }
}

static void
test_round_trip (void)
{
  g_autoptr(PsaProfile) profile = create_profile ();
  g_autoptr(PsaResult) result = create_result (profile);
  g_autoptr(JsonObject) object = psa_result_to_json (result);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) back = psa_result_new_from_json (object, &error);
  g_autoptr(PsaResult) copy = NULL;
  g_autofree char *before = write_json (result);
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  after = write_json (back);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (back->checked_at, ==, result->checked_at);
  g_assert_cmpstr (back->raw, ==, result->raw);
  g_assert_cmpstr (back->tls_protocol, ==, "TLS 1.3");
  g_assert_cmpstr (back->http_protocol, ==, "HTTP/2");
  g_assert_cmpstr (back->location, ==, result->location);
  g_assert_cmpstr (back->trusted_sha256, ==, result->trusted_sha256);
  g_assert_cmpstr (back->profile_id, ==, result->profile_id);
  g_assert_cmpuint (back->revision, ==, result->revision);
  g_assert_cmpuint (back->certificate->errors, ==, G_TLS_CERTIFICATE_UNKNOWN_CA);
  copy = psa_result_copy_for (back, profile);
  g_assert_cmpuint (psa_stage_report_get_tries (psa_result_get_stage (copy, PSA_STAGE_SIGN_IN)), ==,
                    2);
  g_assert_true (psa_result_get_stages (copy) == psa_result_get_stages (back));
}

/* An unknown tenant is null, not absent. */
static void
test_nothing_known (void)
{
  g_autoptr(PsaProfile) profile = create_profile ();
  g_autoptr(PsaResult) result = psa_result_new (profile);
  g_autofree char *text = NULL;

  result->cause = PSA_CAUSE_HOST_NOT_FOUND;
  result->checked_at = G_USEC_PER_SEC;
  text = write_json (result);
  g_assert_nonnull (strstr (text,
                            "\"tenant\":{\"company\":null,\"companyId\":null,\"version\":null,"
                            "\"cloud\":false,\"region\":null,\"timeZone\":null}"));
  g_assert_nonnull (strstr (text, "\"certificate\":null"));
  g_assert_nonnull (strstr (text, "\"retryAt\":null"));
}

static PsaResult *
read_text (const char *text, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return psa_result_new_from_json (json_node_get_object (node), error);
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"cause\":\"ok\"}",
    "{\"cause\":\"ok\",\"checkedAt\":\"2025-11-24T16:00:00Z\"}",
    "{\"cause\":\"ok\",\"checkedAt\":\"2025-11-24T16:00:00Z\",\"details\":{\"profile\":7}}",
    "{\"cause\":\"ok\",\"checkedAt\":\"yesterday\",\"details\":{\"profile\":\"a\"}}",
    "{\"cause\":\"ok\",\"checkedAt\":7,\"details\":{\"profile\":\"a\"}}",
    "{\"cause\":\"odd\",\"checkedAt\":\"2025-11-24T16:00:00Z\",\"details\":{\"profile\":\"a\"}}",
    "{\"cause\":null,\"checkedAt\":\"2025-11-24T16:00:00Z\",\"details\":{\"profile\":\"a\"}}",
    "{\"cause\":[\"ok\"],\"checkedAt\":[],\"details\":[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(PsaResult) result = read_text (texts[i], &error);

      g_assert_null (result);
      g_assert_error (error, PSA_ERROR, PSA_ERROR_DAMAGED);
    }
}

static void
test_odd (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) result = read_text (
      "{\"cause\":\"slow\",\"checkedAt\":\"2025-11-24T17:00:00+01:00\",\"durationMs\":-5,"
      "\"warnings\":[7,\"slow\",null,\"odd\",[],\"ok\"],\"tenant\":[],"
      "\"stages\":[null,7,{},{\"stage\":\"tls\"},{\"stage\":\"odd\",\"result\":\"passed\"},"
      "{\"stage\":\"tls\",\"result\":\"running\"},"
      "{\"stage\":\"company\",\"result\":\"failed\",\"ms\":\"7\",\"detail\":7,\"tries\":1000000}],"
      "\"details\":{\"profile\":\"a\",\"revision\":-1,\"port\":70000,\"status\":\"200\","
      "\"certificate\":{\"issuer\":\"x\"},\"raw\":{}}}",
      &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->checked_at, ==, G_GINT64_CONSTANT (1764000000) * G_USEC_PER_SEC);
  g_assert_cmpfloat (result->duration_ms, ==, 0);
  g_assert_cmpuint (result->warnings->len, ==, 2);
  g_assert_cmpint (g_array_index (result->warnings, PsaCause, 0), ==, PSA_CAUSE_SLOW);
  g_assert_cmpuint (result->revision, ==, 0);
  g_assert_cmpuint (result->port, ==, 0);
  g_assert_cmpuint (result->http_status, ==, 0);
  g_assert_null (result->certificate);
  g_assert_null (result->raw);
  g_assert_null (psa_result_dup_address (result));
  g_assert_cmpint (psa_stage_report_get_result (psa_result_get_stage (result, PSA_STAGE_TLS)), ==,
                   PSA_STAGE_PENDING);
  g_assert_cmpint (psa_stage_report_get_result (psa_result_get_stage (result, PSA_STAGE_COMPANY)),
                   ==, PSA_STAGE_FAILED);
}

/* Each member in turn of each wrong type: read, or damaged, and never worse. */
static void
test_wrong_types (void)
{
  static const char *const values[] = { "null", "7",  "-1", "1e300", "true",
                                        "\"\"", "[]", "{}", "[[]]",  "9223372036854775807" };
  g_autoptr(PsaProfile) profile = create_profile ();
  g_autoptr(PsaResult) result = create_result (profile);
  g_autofree char *text = write_json (result);
  guint done = 0;

  for (const char *at = strchr (text, ':'); at != NULL; at = strchr (at + 1, ':'))
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      {
        gsize length = strcspn (at + 1, ",}]");
        g_autofree char *changed =
            g_strdup_printf ("%.*s%s%s", (int) (at + 1 - text), text, values[i], at + 1 + length);
        g_autoptr(JsonNode) node = json_from_string (changed, NULL);
        g_autoptr(PsaResult) back = NULL;
        g_autoptr(GError) error = NULL;

        if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
          continue;
        back = psa_result_new_from_json (json_node_get_object (node), &error);
        g_assert_cmpint (back == NULL, ==, error != NULL);
        done++;
      }
  g_assert_cmpuint (done, >, 500);
}

/* What was never begun stays so, however often it is read and written, and on its way to another thread. */
static void
test_pending (void)
{
  g_autoptr(PsaProfile) profile = create_profile ();
  g_autoptr(PsaResult) result = psa_result_new (profile);
  g_autoptr(PsaResult) apart = psa_result_copy_apart (result);
  g_autoptr(PsaResult) back = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *there = NULL, *after = NULL;

  result->checked_at = apart->checked_at = G_USEC_PER_SEC;
  before = write_json (result);
  there = write_json (apart);
  g_assert_cmpstr (there, ==, before);
  back = read_text (before, &error);
  g_assert_no_error (error);
  after = write_json (back);
  g_assert_cmpstr (after, ==, before);
}

static void
test_copy_for (void)
{
  g_autoptr(PsaProfile) draft = create_profile ();
  g_autoptr(PsaProfile) saved = psa_profile_new ();
  g_autoptr(PsaResult) result = create_result (draft);
  g_autoptr(PsaResult) copy = NULL;
  g_autoptr(JsonObject) one = NULL;
  g_autoptr(JsonObject) other = NULL;

  psa_profile_set_revision (saved, 9);
  copy = psa_result_copy_for (result, saved);
  g_assert_cmpstr (copy->profile_id, ==, psa_profile_get_id (saved));
  g_assert_cmpuint (copy->revision, ==, 9);
  g_assert_cmpstr (result->profile_id, ==, psa_profile_get_id (draft));

  one = psa_result_to_json (result);
  other = psa_result_to_json (copy);
  json_object_set_string_member (json_object_get_object_member (one, "details"), "profile", "");
  json_object_set_string_member (json_object_get_object_member (other, "details"), "profile", "");
  json_object_set_int_member (json_object_get_object_member (one, "details"), "revision", 0);
  json_object_set_int_member (json_object_get_object_member (other, "details"), "revision", 0);
  {
    g_autoptr(JsonNode) a = json_node_init_object (json_node_alloc (), one);
    g_autoptr(JsonNode) b = json_node_init_object (json_node_alloc (), other);

    g_assert_true (json_node_equal (a, b));
  }
}

static void
test_cloud (void)
{
  g_autoptr(PsaProfile) profile = create_profile ();
  g_autoptr(PsaResult) result = psa_result_new (profile);

  g_assert_false (psa_result_is_cloud (result));
  result->tenant->cloud = TRUE;
  g_assert_true (psa_result_is_cloud (result));
  result->tenant->cloud = FALSE;
  g_set_str (&result->host, "api-eu.myconnectwise.net");
  g_assert_true (psa_result_is_cloud (result));
  g_set_str (&result->host, "api-eu.myconnectwise.net.example.com");
  g_assert_false (psa_result_is_cloud (result));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/result/new", test_new);
  g_test_add_func ("/result/schema", test_schema);
  g_test_add_func ("/result/round-trip", test_round_trip);
  g_test_add_func ("/result/nothing-known", test_nothing_known);
  g_test_add_func ("/result/damaged", test_damaged);
  g_test_add_func ("/result/odd", test_odd);
  g_test_add_func ("/result/wrong-types", test_wrong_types);
  g_test_add_func ("/result/pending", test_pending);
  g_test_add_func ("/result/copy-for", test_copy_for);
  g_test_add_func ("/result/cloud", test_cloud);
  return g_test_run ();
}
