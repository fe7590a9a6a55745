/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-document.h"
#include "psa-error.h"

#include <string.h>
#include <time.h>

#define A "aaaaaaaa-0000-4000-8000-000000000001"
#define B "aaaaaaaa-0000-4000-8000-000000000002"
#define C "aaaaaaaa-0000-4000-8000-000000000003"
#define I "bbbbbbbb-0000-4000-8000-000000000001"
#define J "bbbbbbbb-0000-4000-8000-000000000002"
#define D "cccccccc-0000-4000-8000-000000000001"

#define PROFILE(id, integration)                                                                   \
  "{\"id\":\"" id "\",\"hostname\":\"cw.example.com\",\"username\":\"c+k\",\"integration\":\""     \
  integration "\",\"revision\":4,\"new\":[1]}"

#define FILE_TEXT                                                                                  \
  "{\"schema\":1,\"future\":{\"a\":1},\"integrations\":[{\"id\":\"" I "\",\"name\":\"Sync\","      \
  "\"x\":1},{\"id\":\"" J "\",\"name\":\"Reports\"}],\"profiles\":[" PROFILE (A, I) ","            \
  PROFILE (B, I) "," PROFILE (C, J) "],"                                                           \
  "\"deleted\":[{\"id\":\"" D "\",\"time\":\"2025-01-02T03:04:05Z\",\"why\":\"w\"}],\"z\":null}"

/* A line of TAP, whatever was typed. */
static void
say_typed (const char *typed)
{
  g_autofree char *escaped = g_strescape (typed, NULL);

  g_test_message ("typed: %.80s", escaped);
}

static PsaDocument *
parse_bytes (const char *text, gsize length, GError **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length);

  return psa_document_parse (bytes, error);
}

static PsaDocument *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  PsaDocument *document = parse_bytes (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
  return document;
}

static char *
to_text (PsaDocument *document)
{
  g_autoptr(GBytes) bytes = psa_document_serialize (document);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

static PsaProfile *
find (PsaDocument *document, const char *id)
{
  g_autoptr(GPtrArray) profiles = psa_document_dup_profiles (document);

  for (guint i = 0; i < profiles->len; i++)
    if (g_str_equal (psa_profile_get_id (profiles->pdata[i]), id))
      return g_object_ref (profiles->pdata[i]);

  return NULL;
}

/* "id id …" in the order of the document */
static char *
list (GPtrArray *objects)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < objects->len; i++)
    {
      g_autofree char *id = NULL;

      g_object_get (objects->pdata[i], "id", &id, NULL);
      g_string_append_printf (ids, "%s ", id);
    }

  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
assert_holds (PsaDocument *document,
              const char  *expected_profiles,
              const char  *expected_integrations,
              const char  *expected_deleted)
{
  g_autoptr(GPtrArray) profiles = psa_document_dup_profiles (document);
  g_autoptr(GPtrArray) integrations = psa_document_dup_integrations (document);
  g_auto(GStrv) deleted = psa_document_dup_deleted (document);
  g_autofree char *profile_ids = list (profiles);
  g_autofree char *integration_ids = list (integrations);
  g_autofree char *deleted_ids = g_strjoinv (" ", deleted);

  g_assert_cmpstr (profile_ids, ==, expected_profiles);
  g_assert_cmpstr (integration_ids, ==, expected_integrations);
  g_assert_cmpstr (deleted_ids, ==, expected_deleted);
}

/* What stands in memory is what comes back from the file. */
static void
assert_stable (PsaDocument *document)
{
  g_autofree char *text = to_text (document);
  g_autoptr(PsaDocument) again = parse (text);
  g_autofree char *text_again = to_text (again);

  g_assert_cmpstr (text, ==, text_again);
}

static void
test_new (void)
{
  g_autoptr(PsaDocument) document = psa_document_new ();
  g_autofree char *text = to_text (document);

  assert_holds (document, "", "", "");
  g_assert_false (psa_document_is_newer (document));
  g_assert_cmpstr (text, ==,
                   "{\n  \"schema\" : 1,\n  \"integrations\" : [],\n  \"profiles\" : [],\n"
                   "  \"deleted\" : []\n}\n");
  assert_stable (document);
}

static void
test_round_trip (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autofree char *text = to_text (document);
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  JsonObject *root = json_node_get_object (node);
  JsonObject *member;

  assert_holds (document, A " " B " " C " ", I " " J " ", D);
  assert_stable (document);

  g_assert_cmpint (json_object_get_int_member (root, "schema"), ==, 1);
  member = json_object_get_object_member (root, "future");
  g_assert_cmpint (json_object_get_int_member (member, "a"), ==, 1);
  g_assert_true (json_object_get_null_member (root, "z"));
  member = json_array_get_object_element (json_object_get_array_member (root, "integrations"), 0);
  g_assert_cmpint (json_object_get_int_member (member, "x"), ==, 1);
  member = json_array_get_object_element (json_object_get_array_member (root, "profiles"), 1);
  g_assert_cmpstr (json_object_get_string_member (member, "id"), ==, B);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (member, "new")), ==, 1);
  member = json_array_get_object_element (json_object_get_array_member (root, "deleted"), 0);
  g_assert_cmpstr (json_object_get_string_member (member, "time"), ==, "2025-01-02T03:04:05Z");
  g_assert_cmpstr (json_object_get_string_member (member, "why"), ==, "w");
}

static void
test_readable (void)
{
  static const char *const readable[] = {
    "{\"schema\":1}",
    "\r\n{\r\n\t\"schema\"\r\n:\r\n1\r\n}\r\n",
    "\xef\xbb\xbf{\"schema\":1}",
    "{\"schema\":1,\"\":{\"\":[]},\"n\":[1e300,-9223372036854775807,0.1,\"\\\\u0000\"]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      g_autoptr(PsaDocument) document = parse (readable[i]);

      assert_holds (document, "", "", "");
      assert_stable (document);
    }
}

static void
assert_damaged (const char *text, gsize length, const char *topic)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaDocument) document = parse_bytes (text, length, &error);

  g_assert_null (document);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_DAMAGED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, topic));
}

static void
test_damaged (void)
{
  static const struct
  {
    const char *text, *topic;
  } damaged[] = {
    { "", "empty" },
    { " \r\n\t", "empty" },
    { "\xef\xbb\xbf", "" },
    { "hello", "JSON" },
    { "<html></html>", "JSON" },
    { "{\"schema\":1", "JSON" },
    { "{\"schema\":1,\"profiles\":[{\"id\":\"" A, "JSON" },
    { "{\"schema\":1}\n}", "line 2" },
    { "{\"schema\":1}{\"schema\":1}", "JSON" },
    { "{\"schema\":1} {\"b\":2}", "JSON" },
    { "{\"schema\":1,}", "JSON" },
    { "{'schema':1}", "JSON" },
    { "{schema:1}", "JSON" },
    { "{/**/\"schema\":1}", "JSON" },
    { "{\"schema\":01}", "JSON" },
    { "{\"schema\":1,\"x\":\"a\r\nb\"}", "JSON" },
    { "{\"schema\":1,\"x\":\"\\ud800\"}", "JSON" },
    { "{\"schema\":1,\"x\":\"\xff\"}", "UTF-8" },
    { "\xff\xfe{\0\"\0", "UTF-8" },
    { "{\"schema\":1,\"x\":\"a\\u0000b\"}", "NUL" },
    { "{\"schema\":1,\"x\":\"a\\\\\\u0000b\"}", "NUL" },
    { "{\"schema\":1,\"x\":1e400}", "too large" },
    { "{\"schema\":1,\"x\":[{\"y\":-1e999}]}", "too large" },
    { "{\"schema\":1,\"x\":123456789012345678901234567890}", "too large" },
    { "null", "object" },
    { "[]", "object" },
    { "1", "object" },
    { "\"x\"", "object" },
    { "{}", "schema" },
    { "{\"schema\":null}", "schema" },
    { "{\"schema\":\"1\"}", "schema" },
    { "{\"schema\":1.0}", "schema" },
    { "{\"schema\":true}", "schema" },
    { "{\"schema\":0}", "schema" },
    { "{\"schema\":-1}", "schema" },
    { "{\"schema\":[]}", "schema" },
    { "{\"schema\":1,\"schema\":1}", "twice" },
    { "{\"schema\":1,\"profiles\":[{\"id\":\"" A "\",\"name\":\"a\",\"name\":\"b\"}]}", "twice" },
    { "{\"schema\":1,\"x\":[{\"y\":{\"z\":1,\"z\":1}}]}", "twice" },
    { "{\"schema\":1,\"profiles\":null}", "profiles" },
    { "{\"schema\":1,\"profiles\":{}}", "profiles" },
    { "{\"schema\":1,\"profiles\":[1]}", "profiles" },
    { "{\"schema\":1,\"profiles\":[null]}", "profiles" },
    { "{\"schema\":1,\"profiles\":[{}]}", "id" },
    { "{\"schema\":1,\"profiles\":[{\"id\":\"" A "\",\"name\":5}]}", "name" },
    { "{\"schema\":1,\"integrations\":\"\"}", "integrations" },
    { "{\"schema\":1,\"integrations\":[[]]}", "integrations" },
    { "{\"schema\":1,\"integrations\":[{\"id\":\"x\"}]}", "id" },
    { "{\"schema\":1,\"deleted\":0}", "deleted" },
    { "{\"schema\":1,\"deleted\":[\"" A "\"]}", "deleted" },
    { "{\"schema\":1,\"deleted\":[{\"time\":\"x\"}]}", "deleted" },
    { "{\"schema\":1,\"deleted\":[{\"id\":\"" A "\",\"time\":5}]}", "time" },
    { "{\"schema\":1,\"profiles\":[" PROFILE (A, I) "," PROFILE (A, J) "]}", "same UUID" },
    { "{\"schema\":1,\"integrations\":[{\"id\":\"" I "\"},{\"id\":\"" I "\"}]}", "same UUID" },
    { "{\"schema\":1,\"integrations\":[{\"id\":\"" A "\"}],\"profiles\":[" PROFILE (A, I) "]}",
      "same UUID" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      say_typed (damaged[i].text);
      assert_damaged (damaged[i].text, strlen (damaged[i].text), damaged[i].topic);
    }
}

static void
test_damaged_bytes (void)
{
  static const char zeros[4096] = { 0 };
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *many = g_malloc (PSA_DOCUMENT_MAX_BYTES + 1);
  guchar noise[4096];

  assert_damaged (zeros, sizeof zeros, "UTF-8");
  assert_damaged ("{\"schema\":1}\0\0\0\0", 16, "UTF-8");
  assert_damaged (brackets, strlen (brackets), "JSON");

  memset (many, ' ', PSA_DOCUMENT_MAX_BYTES + 1);
  memcpy (many, "{\"schema\":1}", 12);
  assert_damaged (many, PSA_DOCUMENT_MAX_BYTES + 1, "too long");

  for (int round = 0; round < 50; round++)
    {
      for (gsize i = 0; i < sizeof noise; i++)
        noise[i] = g_test_rand_int_range (0, 256);
      assert_damaged ((const char *) noise, sizeof noise, "");
    }

  /* Cut short at every byte: damaged, or in the end whole. */
  for (gsize length = 0; length < strlen (FILE_TEXT); length++)
    assert_damaged (FILE_TEXT, length, "");
}

/* One byte changed anywhere: read or refused, but what is read can be written and read again. */
static void
test_changed_bytes (void)
{
  static const char bytes[] = { '\0', '"', '\\', '{', '}', '[', ']', ',', ':', '9', '-', 'e',
                                '\xff', ' ', '\n' };

  for (gsize i = 0; i < strlen (FILE_TEXT); i++)
    for (gsize j = 0; j < sizeof bytes; j++)
      {
        g_autofree char *text = g_strdup (FILE_TEXT);
        g_autoptr(GError) error = NULL;
        g_autoptr(PsaDocument) document = NULL;

        text[i] = bytes[j];
        document = parse_bytes (text, strlen (FILE_TEXT), &error);
        if (document != NULL)
          assert_stable (document);
        else
          g_assert_error (error, PSA_ERROR, PSA_ERROR_DAMAGED);
      }
}

static void
test_newer (void)
{
  static const char *const newer[] = {
    "{\"schema\":2,\"profiles\":[" PROFILE (A, I) "]}",
    "{\"schema\":2147483647,\"profiles\":[" PROFILE (A, I) ",{\"id\":5},7,"
    "{\"id\":\"" B "\",\"name\":{\"de\":\"x\"}}," PROFILE (A, I) "],"
    "\"integrations\":{\"" I "\":{}},\"deleted\":\"none\",\"big\":1e400}",
    "{\"profiles\":[" PROFILE (A, I) "],\"schema\":2,\"a\":1,\"a\":2}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (newer); i++)
    {
      g_autoptr(PsaDocument) document = parse (newer[i]);

      g_assert_true (psa_document_is_newer (document));
      assert_holds (document, A " ", "", "");
    }

  {
    g_autoptr(PsaDocument) document = parse (newer[0]);
    g_autofree char *text = to_text (document);
    g_autoptr(JsonNode) read = json_from_string (newer[0], NULL);
    g_autoptr(JsonNode) written = json_from_string (text, NULL);

    g_assert_true (json_node_equal (read, written));
  }

  assert_damaged ("{\"schema\":2", 11, "JSON");
}

/* However the file got so: what is in use is never offered to be cleared from the keyring. */
static void
test_deleted_in_use (void)
{
  g_autoptr(PsaDocument) document =
    parse ("{\"schema\":1,\"integrations\":[{\"id\":\"" J "\"}],\"profiles\":[" PROFILE (A, I) "],"
           "\"deleted\":[{\"id\":\"" A "\"},{\"id\":\"" D "\"},{\"id\":\"" I "\"},{\"id\":\"" J
           "\"},{\"id\":\"" D "\"}]}");

  assert_holds (document, A " ", J " ", D);
  assert_stable (document);
}

static void
test_put_new (void)
{
  g_autoptr(PsaDocument) document = psa_document_new ();
  g_autoptr(PsaIntegration) integration = psa_integration_new ("Sync");
  g_autoptr(PsaProfile) draft = psa_profile_new ();
  g_autoptr(PsaProfile) kept = NULL;
  g_autofree char *profiles = g_strconcat (psa_profile_get_id (draft), " ", NULL);
  g_autofree char *integrations = g_strconcat (psa_integration_get_id (integration), " ", NULL);

  psa_profile_set_name (draft, "Contoso");
  psa_profile_set_integration (draft, psa_integration_get_id (integration));
  kept = psa_document_put (document, draft, integration, TRUE);
  g_assert_cmpuint (psa_profile_get_revision (kept), ==, 1);
  g_assert_cmpstr (psa_profile_get_name (kept), ==, "Contoso");
  g_assert_true (kept != draft);
  assert_holds (document, profiles, integrations, "");
  assert_stable (document);

  /* The document is a value: what is done to the result or the draft does not reach it. */
  psa_profile_set_name (kept, "x");
  psa_profile_set_name (draft, "y");
  {
    g_autoptr(PsaProfile) again = find (document, psa_profile_get_id (draft));

    g_assert_cmpstr (psa_profile_get_name (again), ==, "Contoso");
  }
}

static void
test_put_revision (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autoptr(PsaProfile) draft = find (document, B);
  g_autoptr(PsaProfile) renamed = NULL;
  g_autoptr(PsaProfile) moved = NULL;
  g_autoptr(PsaProfile) rekeyed = NULL;
  g_autoptr(PsaProfile) same = NULL;

  psa_profile_set_revision (draft, 99); /* the file's counts */
  psa_profile_set_name (draft, "Renamed");
  renamed = psa_document_put (document, draft, NULL, FALSE);
  g_assert_cmpuint (psa_profile_get_revision (renamed), ==, 4);
  g_assert_cmpstr (psa_profile_get_name (renamed), ==, "Renamed");

  psa_profile_set_username (draft, "c+k2");
  moved = psa_document_put (document, draft, NULL, FALSE);
  g_assert_cmpuint (psa_profile_get_revision (moved), ==, 5);
  same = psa_document_put (document, draft, NULL, FALSE);
  g_assert_cmpuint (psa_profile_get_revision (same), ==, 5);
  rekeyed = psa_document_put (document, draft, NULL, TRUE);
  g_assert_cmpuint (psa_profile_get_revision (rekeyed), ==, 6);

  assert_holds (document, A " " B " " C " ", I " " J " ", D);
  assert_stable (document);
}

/* A draft made before a later version wrote the file does not take away what that one wrote. */
static void
test_put_unknown (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autoptr(PsaProfile) draft = g_object_new (PSA_TYPE_PROFILE, "id", A, "name", "Old", NULL);
  g_autoptr(PsaProfile) kept = psa_document_put (document, draft, NULL, FALSE);
  g_autoptr(JsonObject) object = psa_profile_to_json (kept);

  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "Old");
  g_assert_true (json_object_has_member (object, "new"));
}

static void
test_put_integration (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autoptr(PsaProfile) draft = find (document, C);
  g_autoptr(PsaProfile) joined = NULL;
  g_autoptr(PsaProfile) back = NULL;
  g_autofree char *text = NULL;

  psa_profile_set_integration (draft, I);
  joined = psa_document_put (document, draft, NULL, FALSE);
  g_assert_cmpuint (psa_profile_get_revision (joined), ==, 5);
  assert_holds (document, A " " B " " C " ", I " ", D " " J);

  /* Its name is lost, but the Client ID under it is in use and must not be cleared. */
  psa_profile_set_integration (draft, J);
  back = psa_document_put (document, draft, NULL, FALSE);
  g_assert_cmpuint (psa_profile_get_revision (back), ==, 6);
  assert_holds (document, A " " B " " C " ", I " " J " ", D);
  assert_stable (document);
  text = to_text (document);
  g_assert_nonnull (strstr (text, "\"why\""));
}

static void
test_remove (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autoptr(PsaProfile) profile = find (document, A);
  g_autoptr(GPtrArray) integrations = psa_document_dup_integrations (document);
  g_autoptr(GDateTime) now = g_date_time_new_from_iso8601 ("2025-06-07T10:00:00+02:00", NULL);
  g_autoptr(PsaProfile) restored = NULL;
  g_autofree char *text = NULL;

  /* Twice is once, a stranger and an integration are none, and the shared integration stays. */
  g_assert_cmpuint (
    psa_document_remove (document, (const char *[]) { A, A, D, I, "x", NULL }, now), ==, 1);
  assert_holds (document, B " " C " ", I " " J " ", D " " A);
  text = to_text (document);
  g_assert_nonnull (strstr (text, "2025-06-07T08:00:00Z"));

  g_assert_cmpuint (psa_document_remove (document, (const char *[]) { B, NULL }, now), ==, 1);
  assert_holds (document, C " ", J " ", D " " A " " B " " I);
  g_assert_cmpuint (psa_document_remove (document, (const char *[]) { B, NULL }, now), ==, 0);
  g_assert_cmpuint (psa_document_remove (document, (const char *[]) { NULL }, now), ==, 0);
  assert_holds (document, C " ", J " ", D " " A " " B " " I);
  assert_stable (document);

  /* Undone: the profile with its revision and the integration with its name. */
  restored = psa_document_put (document, profile, integrations->pdata[0], FALSE);
  g_assert_cmpuint (psa_profile_get_revision (restored), ==, 4);
  assert_holds (document, C " " A " ", J " " I " ", D " " B);
  {
    g_autoptr(GPtrArray) after = psa_document_dup_integrations (document);

    g_assert_cmpstr (psa_integration_get_name (after->pdata[1]), ==, "Sync");
  }

  g_assert_cmpuint (psa_document_remove (document, (const char *[]) { C, A, NULL }, now), ==, 2);
  assert_holds (document, "", "", D " " B " " C " " A " " J " " I);
  assert_stable (document);
}

static PsaProfile *
move_profile (PsaDocument *document, guint position, const char *host)
{
  g_autoptr(GPtrArray) profiles = psa_document_dup_profiles (document);
  g_autoptr(PsaAddress) address = psa_address_new (host, 443);
  PsaProfile *moved = psa_profile_copy (profiles->pdata[position]);

  psa_profile_set_address (moved, address);
  return moved;
}

/* Many changes at once: each as it would be alone, and nothing that is used ends in `deleted`. */
static void
test_apply (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autoptr(GDateTime) now = g_date_time_new_utc (2026, 11, 24, 12, 0, 0);
  g_autoptr(PsaBatch) batch = psa_batch_new ();
  g_autoptr(GPtrArray) profiles = psa_document_dup_profiles (document);
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) integrations = NULL;
  PsaProfile *fresh = psa_profile_new ();
  PsaIntegration *named = g_object_new (PSA_TYPE_INTEGRATION, "id", I, "name", "Renamed", NULL);

  psa_profile_set_integration (fresh, D);
  g_ptr_array_add (batch->integrations, named);
  g_ptr_array_add (batch->puts, move_profile (document, 0, "new.example.com"));
  g_ptr_array_add (batch->puts, g_object_ref (profiles->pdata[1]));
  g_ptr_array_add (batch->puts, fresh);
  g_ptr_array_add (batch->secret_changed, g_strdup (B));
  g_ptr_array_add (batch->removals, g_strdup (C));
  psa_document_apply (document, batch, now);

  after = psa_document_dup_profiles (document);
  g_assert_cmpuint (after->len, ==, 3);
  g_assert_cmpstr (psa_profile_get_host (after->pdata[0]), ==, "new.example.com");
  g_assert_cmpuint (psa_profile_get_revision (after->pdata[0]), ==, 5);
  g_assert_cmpuint (psa_profile_get_revision (after->pdata[1]), ==, 5);
  g_assert_cmpuint (psa_profile_get_revision (after->pdata[2]), ==, 1);
  integrations = psa_document_dup_integrations (document);
  g_assert_cmpstr (psa_integration_get_name (integrations->pdata[0]), ==, "Renamed");
  assert_stable (document);
  {
    g_auto(GStrv) deleted = psa_document_dup_deleted (document);

    g_assert_cmpuint (g_strv_length (deleted), ==, 2);
    g_assert_true (g_strv_contains ((const char *const *) deleted, C));
    g_assert_true (g_strv_contains ((const char *const *) deleted, J));
  }
}

/* [K3]: what a backup says of the address does not take the secret there. */
static void
test_keep_secrets (void)
{
  g_autoptr(PsaDocument) present = parse (FILE_TEXT);
  g_autoptr(PsaDocument) backup = parse (FILE_TEXT);
  g_autoptr(PsaProfile) moved = move_profile (present, 0, "new.example.com");
  g_autoptr(PsaProfile) kept = psa_document_put (present, moved, NULL, FALSE);
  g_autoptr(GPtrArray) profiles = NULL;
  g_autoptr(PsaDocument) read = NULL;
  g_autofree char *text = NULL;

  g_assert_null (psa_profile_get_secret_for (kept)); /* the user typed that one */
  psa_document_keep_secrets (backup, present);
  text = to_text (backup);
  read = parse (text);
  profiles = psa_document_dup_profiles (read);
  g_assert_cmpstr (psa_profile_get_secret_for (profiles->pdata[0]), ==, "new.example.com:443/c");
  g_assert_null (psa_profile_get_secret_for (profiles->pdata[1]));

  /* And back again: it is where it was entered for. */
  psa_document_keep_secrets (present, read);
  g_clear_pointer (&profiles, g_ptr_array_unref);
  profiles = psa_document_dup_profiles (present);
  g_assert_null (psa_profile_get_secret_for (profiles->pdata[0]));
}

/* A place that is confirmed is another connection: what was found before does not count for it. */
static void
test_confirm_secret (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autoptr(PsaProfile) moved = move_profile (document, 0, "new.example.com");
  g_autoptr(GPtrArray) profiles = psa_document_dup_profiles (document);
  g_autoptr(PsaProfile) kept = NULL;
  g_autoptr(PsaProfile) confirmed = NULL;

  psa_profile_keep_secret (moved, profiles->pdata[0]);
  kept = psa_document_put (document, moved, NULL, FALSE);
  g_assert_cmpstr (psa_profile_get_secret_for (kept), ==, "cw.example.com:443/c");
  psa_profile_confirm_secret (moved);
  confirmed = psa_document_put (document, moved, NULL, FALSE);
  g_assert_null (psa_profile_get_secret_for (confirmed));
  g_assert_cmpuint (psa_profile_get_revision (confirmed), ==, psa_profile_get_revision (kept) + 1);

  psa_profile_keep_secret (moved, NULL); /* new here: whatever the keyring has is not its own */
  g_assert_cmpstr (psa_profile_get_secret_for (moved), ==, "");
}

static void
test_forget (void)
{
  g_autoptr(PsaDocument) document = parse (FILE_TEXT);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  psa_document_remove (document, (const char *[]) { A, B, C, NULL }, now);
  assert_holds (document, "", "", D " " A " " B " " C " " I " " J);
  psa_document_forget (document, (const char *[]) { A, I, "x", D, A, NULL });
  assert_holds (document, "", "", B " " C " " J);
  psa_document_forget (document, (const char *[]) { NULL });
  psa_document_forget (document, (const char *[]) { B, C, J, NULL });
  assert_holds (document, "", "", "");
  assert_stable (document);
}

/* Each part of a document tells it apart, and a copy of it is told as the same. */
static void
test_digest (void)
{
  const char *const texts[] = {
    "{\"schema\":1}",
    "{\"schema\":1,\"later\":1}",
    "{\"schema\":99,\"later\":1}",
    "{\"schema\":1,\"integrations\":[{\"id\":\"" I "\",\"name\":\"One\"}]}",
    "{\"schema\":1,\"integrations\":[{\"id\":\"" I "\",\"name\":\"Two\"}]}",
    "{\"schema\":1,\"profiles\":[{\"id\":\"" A "\",\"name\":\"One\"}]}",
    "{\"schema\":1,\"profiles\":[{\"id\":\"" A "\",\"name\":\"Two\"}]}",
    "{\"schema\":1,\"profiles\":[{\"id\":\"" A "\",\"name\":\"Two\",\"later\":1}]}",
    "{\"schema\":1,\"deleted\":[{\"id\":\"" A "\",\"time\":\"2026-01-01T00:00:00Z\"}]}",
    "{\"schema\":1,\"deleted\":[{\"id\":\"" B "\",\"time\":\"2026-01-01T00:00:00Z\"}]}",
  };
  g_autoptr(GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(PsaDocument) document = parse (texts[i]);
      g_autoptr(PsaDocument) again = parse (texts[i]);
      g_autofree char *digest = psa_document_dup_digest (again);

      g_test_message ("text: %s", texts[i]);
      g_assert_true (g_hash_table_add (digests, psa_document_dup_digest (document)));
      g_assert_true (g_hash_table_contains (digests, digest));
    }
}

/* Everything that is done to a document, on @n profiles. Returns the processor time in seconds. */
static double
use (guint n)
{
  g_autoptr(GString) text = g_string_new ("{\"schema\":1,\"profiles\":[");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) ids = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(PsaDocument) document = NULL;
  g_autoptr(GPtrArray) profiles = NULL;
  g_autoptr(PsaProfile) kept = NULL;
  clock_t start = clock ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("aaaaaaaa-0000-4000-8000-%012u", i);

      g_strv_builder_add (builder, id);
      g_string_append_printf (text,
                              "%s{\"id\":\"%s\",\"name\":\"Tenant %u\",\"hostname\":"
                              "\"cw%u.example.com\",\"username\":\"t%u+k\",\"integration\":"
                              "\"bbbbbbbb-0000-4000-8000-%012u\",\"tags\":[\"a\",\"b\"]}",
                              i > 0 ? "," : "", id, i, i, i, i % 100);
    }
  g_string_append (text, "]}");
  ids = g_strv_builder_end (builder);

  document = parse (text->str);
  profiles = psa_document_dup_profiles (document);
  g_assert_cmpuint (profiles->len, ==, n);
  psa_profile_set_name (profiles->pdata[n - 1], "Last");
  kept = psa_document_put (document, profiles->pdata[n - 1], NULL, TRUE);
  g_assert_cmpstr (psa_profile_get_name (kept), ==, "Last");
  assert_stable (document);
  g_assert_cmpuint (psa_document_remove (document, (const char *const *) ids, now), ==, n);
  psa_document_forget (document, (const char *const *) ids);
  assert_holds (document, "", "", "bbbbbbbb-0000-4000-8000-000000000099");

  return (clock () - start) / (double) CLOCKS_PER_SEC;
}

/* Ten times as many take about ten times as long: with squares it would be a hundred times. */
static void
test_many (void)
{
  double few = use (1000);
  double many = use (10000);

  g_test_message ("1,000 profiles: %.2f s, 10,000 profiles: %.2f s", few, many);
  g_assert_cmpfloat (many, <, 25 * few);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/document/new", test_new);
  g_test_add_func ("/document/round-trip", test_round_trip);
  g_test_add_func ("/document/readable", test_readable);
  g_test_add_func ("/f2-damaged-file/text", test_damaged);
  g_test_add_func ("/f2-damaged-file/bytes", test_damaged_bytes);
  g_test_add_func ("/document/changed-bytes", test_changed_bytes);
  g_test_add_func ("/f2-damaged-file/newer", test_newer);
  g_test_add_func ("/document/deleted-in-use", test_deleted_in_use);
  g_test_add_func ("/document/put-new", test_put_new);
  g_test_add_func ("/document/put-revision", test_put_revision);
  g_test_add_func ("/document/put-unknown", test_put_unknown);
  g_test_add_func ("/document/put-integration", test_put_integration);
  g_test_add_func ("/document/remove", test_remove);
  g_test_add_func ("/document/apply", test_apply);
  g_test_add_func ("/k3-secrets/restored", test_keep_secrets);
  g_test_add_func ("/k3-secrets/confirmed", test_confirm_secret);
  g_test_add_func ("/document/forget", test_forget);
  g_test_add_func ("/document/digest", test_digest);
  g_test_add_func ("/document/many", test_many);
  return g_test_run ();
}
