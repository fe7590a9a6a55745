/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-csv.h"
#include "psa-error.h"
#include "psa-export.h"
#include "psa-import.h"

#include <string.h>

#define ID "aaaaaaaa-0000-4000-8000-000000000001"
#define CANARY "canary-7Qx2mV9t"
#define CLIENT_ID "3f2b8c1e-5a6d-4e7f-9b0c-1d2e3f4a5b6c"

typedef struct
{
  GListStore *profiles;
  GListStore *integrations;
} Kept;

static void
kept_clear (Kept *kept)
{
  g_object_unref (kept->profiles);
  g_object_unref (kept->integrations);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static Kept
create_kept (void)
{
  Kept kept = { g_list_store_new (PSA_TYPE_PROFILE), g_list_store_new (PSA_TYPE_INTEGRATION) };

  return kept;
}

static PsaProfile *
add_profile (Kept *kept, const char *name, const char *host, const char *username)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_parse (host, NULL);

  psa_profile_set_name (profile, name);
  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, username);
  g_list_store_append (kept->profiles, profile);
  return profile; /* the list holds it */
}

static PsaImport *
import_bytes (Kept *kept, const char *text, gssize length, const PsaImportColumns *columns)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr(GError) error = NULL;
  PsaImport *import = psa_import_new (bytes, columns, G_LIST_MODEL (kept->profiles),
                                      G_LIST_MODEL (kept->integrations), &error);

  g_assert_no_error (error);
  g_assert_nonnull (import);
  return import;
}

static PsaImportRow *
get_row (PsaImport *import, guint position)
{
  g_assert_cmpuint (position, <, import->rows->len);
  return import->rows->pdata[position];
}

static GPtrArray *
list_kept (Kept *kept)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (kept->profiles)); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (kept->profiles), i));
  return profiles;
}

static const char *const odd_texts[] = {
  "plain",
  "",
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "'quoted",
  "''=x",
  "a,b;c\td",
  "say \"hi\"",
  "\"",
  "two\r\nlines\n",
  "\xef\xbc\x9d"
  "1",
  "\xe2\x80\xae"
  "bidi",
  "\xc3\xa4\xf0\x9f\x94\x91",
  " blanks ",
};

static void
test_csv_round_trip (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\r\n");
  g_autoptr(GPtrArray) rows = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (odd_texts); i++)
    {
      psa_csv_add_field (text, odd_texts[i], ",");
      psa_csv_add_field (text, "end", "\r\n");
    }
  rows = psa_csv_parse (text->str);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (odd_texts) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (odd_texts); i++)
    {
      PsaCsvRow *row = rows->pdata[i + 1];

      g_assert_cmpuint (g_strv_length (row->fields), ==, 2);
      g_assert_cmpstr (row->fields[0], ==, odd_texts[i]);
      g_assert_cmpstr (row->fields[1], ==, "end");
    }
}

/* No field of an export begins as a formula does. */
static void
test_formulas_defused (void)
{
  static const char *const formulas[] = { "=1+1",
                                          "+1",
                                          "-1",
                                          "@SUM(A1)",
                                          "\t=1",
                                          "\xef\xbc\x9d"
                                          "1" };

  for (gsize i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      psa_csv_add_field (text, formulas[i], "");
      g_assert_cmpint (text->str[0] == '"' ? text->str[1] : text->str[0], ==, '\'');
    }
}

/* Quotes that do not fit cost their own line and no other. */
static void
test_csv_bad_quotes (void)
{
  static const char *const bad[] = { "\"open,x", "\"a\"b,x", "x,\"\"\"", "\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strconcat ("h,i\n1,2\n", bad[i], "\n3,4\n", NULL);
      g_autoptr(GPtrArray) rows = psa_csv_parse (text);

      g_test_message ("%s", bad[i]);
      g_assert_cmpuint (rows->len, ==, 4);
      g_assert_null (((PsaCsvRow *) rows->pdata[2])->fields);
      g_assert_cmpstr (((PsaCsvRow *) rows->pdata[3])->fields[0], ==, "3");
    }
}

static void
fill_oddly (Kept *kept)
{
  g_autoptr(PsaIntegration) integration = psa_integration_new ("Sync, \"nightly\"");
  static const char *const tags[] = { "gold", "a b", NULL };
  static const char *const needs[] = { "Finance", NULL };

  g_list_store_append (kept->integrations, integration);
  for (gsize i = 0; i < G_N_ELEMENTS (odd_texts); i++)
    {
      g_autofree char *username = g_strdup_printf ("contoso+key%zu", i);
      PsaProfile *profile = add_profile (kept, odd_texts[i], "cw.example.com:8443", username);

      psa_profile_set_environment (profile, PSA_ENVIRONMENT_STAGING);
      psa_profile_set_api_version (profile, "2025.1");
      psa_profile_set_integration (profile, psa_integration_get_id (integration));
      psa_profile_set_tags (profile, tags);
      psa_profile_set_needs (profile, needs);
      psa_profile_set_favourite (profile, TRUE);
      psa_profile_set_notes (profile, odd_texts[i]);
    }
}

/* What is exported and imported again changes nothing, in both forms, on this computer and on another. */
static void
test_round_trip (gconstpointer data)
{
  gboolean csv = GPOINTER_TO_INT (data);
  g_auto(Kept) kept = create_kept ();
  g_auto(Kept) empty = create_kept ();
  g_autoptr(GPtrArray) profiles = NULL;
  g_autoptr(PsaImport) again = NULL;
  g_autoptr(PsaImport) elsewhere = NULL;
  g_autofree char *text = NULL;

  fill_oddly (&kept);
  profiles = list_kept (&kept);
  text = csv ? psa_export_to_csv (profiles, G_LIST_MODEL (kept.integrations))
             : psa_export_to_json (profiles, G_LIST_MODEL (kept.integrations));
  again = import_bytes (&kept, text, -1, NULL);
  g_assert_cmpuint (again->n_rows[PSA_IMPORT_SAME], ==, G_N_ELEMENTS (odd_texts));
  g_assert_cmpuint (again->rows->len, ==, G_N_ELEMENTS (odd_texts));

  elsewhere = import_bytes (&empty, text, -1, NULL);
  g_assert_cmpuint (elsewhere->n_rows[PSA_IMPORT_NEW], ==, G_N_ELEMENTS (odd_texts));
  g_assert_cmpuint (elsewhere->integrations->len, ==, 1);
  for (guint i = 0; i < elsewhere->rows->len; i++)
    {
      PsaProfile *draft = get_row (elsewhere, i)->draft;
      PsaProfile *profile = profiles->pdata[i];

      g_assert_cmpstr (psa_profile_get_id (draft), ==, psa_profile_get_id (profile));
      g_assert_cmpstr (psa_profile_get_name (draft), ==, psa_profile_get_name (profile));
      g_assert_cmpstr (psa_profile_get_notes (draft), ==, psa_profile_get_notes (profile));
      g_assert_cmpstrv (psa_profile_get_tags (draft), psa_profile_get_tags (profile));
      g_assert_cmpint (psa_profile_get_environment (draft), ==, PSA_ENVIRONMENT_STAGING);
      g_assert_cmpstr (psa_profile_get_address_text (draft), ==, "cw.example.com:8443");
      g_assert_true (psa_profile_get_favourite (draft));
    }
}

/* Each bad row says which it is and why, and costs no other. */
static void
test_bad_rows (void)
{
  g_auto(Kept) kept = create_kept ();
  g_autoptr(PsaImport) import = import_bytes (&kept,
                                               "name,hostname,username,password\r\n"
                                               "One,cw.example.com,c+k1,\r\n"
                                               "No host,,c+k,\r\n"
                                               "Bad host,user@host,c+k,\r\n"
                                               "No plus,cw.example.com,ck,\r\n"
                                               "\"Open quote,cw.example.com,c+k,\r\n"
                                               "Short\r\n"
                                               "One again,cw.example.com,c+k1,\r\n"
                                               "Last,cw.example.com,c+k2,\r\n",
                                               -1, NULL);

  g_assert_cmpuint (import->rows->len, ==, 8);
  g_assert_cmpuint (import->n_rows[PSA_IMPORT_NEW], ==, 2);
  g_assert_cmpuint (import->n_rows[PSA_IMPORT_INVALID], ==, 6);
  for (guint i = 1; i < 7; i++)
    {
      PsaImportRow *row = get_row (import, i);

      g_test_message ("%u: %s", row->number, row->reason);
      g_assert_cmpuint (row->number, ==, i + 1);
      g_assert_cmpint (row->kind, ==, PSA_IMPORT_INVALID);
      g_assert_nonnull (row->reason);
      g_assert_false (row->chosen);
    }
  g_assert_cmpstr (get_row (import, 6)->reason, ==, "Row 1 is about the same tenant and username.");
  g_assert_cmpstr (get_row (import, 7)->title, ==, "Last");
}

/* One word of the same text, however it is written down. */
static void
test_encodings (void)
{
  static const char text[] = "name;hostname;username\r\nZo\xc3\xab;cw.example.com;c+k\r\n";
  static const struct
  {
    const char *encoding;
    const char *mark;
  } encodings[] = { { "UTF-8", "" },
                    { "UTF-8", "\xef\xbb\xbf" },
                    { "UTF-16LE", "\xff\xfe" },
                    { "UTF-16BE", "\xfe\xff" },
                    { "UTF-16LE", "" },
                    { "UTF-16BE", "" },
                    { "WINDOWS-1252", "" } };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_auto(Kept) kept = create_kept ();
      g_autoptr(GString) bytes = g_string_new (encodings[i].mark);
      g_autoptr(PsaImport) import = NULL;
      gsize length = 0;
      g_autofree char *converted =
          g_convert (text, -1, encodings[i].encoding, "UTF-8", NULL, &length, NULL);

      g_string_append_len (bytes, converted, length);
      g_test_message ("%s, %zu", encodings[i].encoding, i);
      import = import_bytes (&kept, bytes->str, bytes->len, NULL);
      g_assert_cmpuint (import->n_rows[PSA_IMPORT_NEW], ==, 1);
      g_assert_cmpstr (get_row (import, 0)->title, ==, "Zo\xc3\xab");
    }
}

static void
test_not_importable (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } files[] = { { "", 0 },
                { "\0\0\0\0", 4 },
                { "{\"profiles\":[{\"id\":", 19 },
                { "x,y\n1,2\n", 8 },
                { "\x89PNG\r\n\x1a\n\0\0\0\0", 12 },
                { "{\"a\":1} {\"b\":2}", 15 } };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto(Kept) kept = create_kept ();
      g_autoptr(GBytes) bytes = g_bytes_new (files[i].bytes, files[i].length);
      g_autoptr(GError) error = NULL;

      g_assert_null (psa_import_new (bytes, NULL, G_LIST_MODEL (kept.profiles),
                                     G_LIST_MODEL (kept.integrations), &error));
      g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
    }
}

static void
test_nango (void)
{
  g_auto(Kept) kept = create_kept ();
  g_autoptr(PsaImport) import = import_bytes (
      &kept,
      "{\"connections\":[{\"id\":7,\"connection_id\":\"contoso-prod\",\"provider_config_key\":"
      "\"connectwise-psa\",\"credentials\":{\"type\":\"BASIC\",\"username\":\"contoso+pub\","
      "\"password\":\"" CANARY
      "\"},\"connection_config\":{\"hostname\":\"api-na.myconnectwise.net\","
      "\"apiVersion\":\"2025.1\",\"clientId\":\"" CLIENT_ID "\"}},"
      "{\"connection_id\":\"two\",\"credentials\":{\"username\":\"c+p\",\"password\":"
      "\"$PSA_PRIVATE_KEY\"},\"connection_config\":{\"hostname\":\"cw.example.com\",\"clientId\":"
      "\"$PSA_CLIENT_ID\"}}]}",
      -1, NULL);

  g_assert_cmpuint (import->n_rows[PSA_IMPORT_NEW], ==, 2);
  g_assert_true (import->has_secrets);
  g_assert_cmpstr (get_row (import, 0)->title, ==, "contoso-prod");
  g_assert_cmpstr (get_row (import, 0)->password, ==, CANARY);
  g_assert_cmpstr (get_row (import, 0)->client_id, ==, CLIENT_ID);
  g_assert_cmpstr (psa_profile_get_api_version (get_row (import, 0)->draft), ==, "2025.1");
  g_assert_null (get_row (import, 1)->password);
  g_assert_null (get_row (import, 1)->client_id);
}

/* [F1]: no member of a file but the known ones comes into a profile, and of those no secret. */
static void
test_no_secret_in_draft (void)
{
  g_auto(Kept) kept = create_kept ();
  g_autoptr(PsaImport) import = import_bytes (
      &kept,
      "[{\"id\":\"" ID
      "\",\"hostname\":\"cw.example.com\",\"username\":\"c+k\",\"password\":\"" CANARY
      "\",\"clientId\":\"" CLIENT_ID "\",\"other\":\"" CANARY "\",\"trust\":{\"address\":"
      "\"cw.example.com:443\",\"sha256\":"
      "\"0000000000000000000000000000000000000000000000000000000000000000\"}}]",
      -1, NULL);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();
  g_autofree char *text = NULL;

  g_assert_cmpuint (import->n_rows[PSA_IMPORT_NEW], ==, 1);
  g_ptr_array_add (drafts, get_row (import, 0)->draft);
  text = psa_export_to_json (drafts, G_LIST_MODEL (kept.integrations));
  g_assert_null (strstr (text, CANARY));
  g_assert_null (strstr (text, CLIENT_ID));
  g_assert_null (psa_profile_get_trusted_sha256 (get_row (import, 0)->draft));
}

/* [K3]: the secret does not follow an address that only a file names. */
static void
test_moved_without_secret (void)
{
  g_auto(Kept) kept = create_kept ();
  PsaProfile *contoso = add_profile (&kept, "Contoso", "cw.example.com", "contoso+k");
  g_autofree char *text = g_strdup_printf (
      "id,name,hostname,username,password\n%s,Contoso,evil.example.net,contoso+k,\n",
      psa_profile_get_id (contoso));
  g_autofree char *with = g_strdup_printf (
      "id,name,hostname,username,password\n%s,Contoso,new.example.net,contoso+k," CANARY "\n",
      psa_profile_get_id (contoso));
  g_autoptr(PsaImport) import = import_bytes (&kept, text, -1, NULL);
  g_autoptr(PsaImport) own = import_bytes (&kept, with, -1, NULL);
  g_autoptr(PsaImport) fresh =
      import_bytes (&kept, "id,hostname,username\n" ID ",cw.example.com,other+k\n", -1, NULL);

  g_assert_cmpint (get_row (import, 0)->kind, ==, PSA_IMPORT_CONFLICT);
  g_assert_false (get_row (import, 0)->chosen);
  g_assert_cmpstr (psa_profile_get_secret_for (get_row (import, 0)->draft), ==,
                   "cw.example.com:443/contoso");
  g_assert_null (psa_profile_get_secret_for (get_row (own, 0)->draft));
  /* Whatever the keyring still has under that UUID was entered for something else. */
  g_assert_cmpstr (psa_profile_get_secret_for (get_row (fresh, 0)->draft), ==, "");
}

/* A heading that nobody could guess is said by hand. */
static void
test_columns (void)
{
  static const char text[] = "Mandant,Rechner,Login\nContoso,cw.example.com,c+k\n";
  g_auto(Kept) kept = create_kept ();
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(PsaImport) table = psa_import_new_table (bytes, NULL);
  g_autoptr(PsaImport) import = NULL;
  PsaImportColumns columns = table->columns;

  g_assert_cmpstr (table->headers[1], ==, "Rechner");
  g_assert_cmpint (columns.of[PSA_IMPORT_HOSTNAME], ==, -1);
  g_assert_cmpint (columns.of[PSA_IMPORT_USERNAME], ==, 2);
  columns.of[PSA_IMPORT_NAME] = 0;
  columns.of[PSA_IMPORT_HOSTNAME] = 1;
  import = import_bytes (&kept, text, -1, &columns);
  g_assert_cmpuint (import->n_rows[PSA_IMPORT_NEW], ==, 1);
  g_assert_cmpstr (get_row (import, 0)->title, ==, "Contoso");
}

static void
test_many (void)
{
  g_auto(Kept) kept = create_kept ();
  g_autoptr(GString) text = g_string_new ("name,hostname,username\n");
  g_autoptr(PsaImport) import = NULL;

  for (guint i = 0; i < 100000; i++)
    if (i % 1000 == 7)
      g_string_append (text, "\"bad,row\n");
    else
      g_string_append_printf (text, "Tenant %u,cw%u.example.com,company%u+key\n", i, i, i);
  import = import_bytes (&kept, text->str, text->len, NULL);
  g_assert_cmpuint (import->rows->len, ==, 100000);
  g_assert_cmpuint (import->n_rows[PSA_IMPORT_INVALID], ==, 100);
  g_assert_cmpuint (import->n_rows[PSA_IMPORT_NEW], ==, 99900);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/i4-csv/round-trip", test_csv_round_trip);
  g_test_add_func ("/i4-csv/formulas", test_formulas_defused);
  g_test_add_func ("/i4-csv/bad-quotes", test_csv_bad_quotes);
  g_test_add_data_func ("/i4-round-trip/json", GINT_TO_POINTER (FALSE), test_round_trip);
  g_test_add_data_func ("/i4-round-trip/csv", GINT_TO_POINTER (TRUE), test_round_trip);
  g_test_add_func ("/i4-import/bad-rows", test_bad_rows);
  g_test_add_func ("/i4-import/encodings", test_encodings);
  g_test_add_func ("/i4-import/not-importable", test_not_importable);
  g_test_add_func ("/i4-import/nango", test_nango);
  g_test_add_func ("/i4-import/columns", test_columns);
  g_test_add_func ("/i4-import/many", test_many);
  g_test_add_func ("/f1-canary/import", test_no_secret_in_draft);
  g_test_add_func ("/k3-secrets/moved-by-import", test_moved_without_secret);
  return g_test_run ();
}
