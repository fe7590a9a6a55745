/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "situation.h"

#include <string.h>

static const Chapter *const chapters[] = { &situations_company, &situations_sign_in,
                                           &situations_proof };

static PsaReply *
create_reply (PsaAsk ask, const char *type, const char *body, gssize length)
{
  PsaReply *reply = psa_reply_new (ask);

  reply->status = 200;
  reply->content_type = g_strdup (type);
  if (body != NULL)
    psa_reply_take_body (reply, g_bytes_new (body, length < 0 ? strlen (body) : (gsize) length));
  return reply;
}

static void
test_new (void)
{
  g_autoptr(PsaReply) reply = psa_reply_new (PSA_ASK_INFO);

  g_assert_cmpint (reply->ask, ==, PSA_ASK_INFO);
  g_assert_cmpint (reply->fault, ==, PSA_FAULT_NONE);
  g_assert_cmpint (reply->retry_after, ==, -1);
  g_assert_cmpfloat (reply->resolve_ms, ==, -1);
  g_assert_cmpfloat (reply->connect_ms, ==, -1);
  g_assert_cmpfloat (reply->tls_ms, ==, -1);
  g_assert_cmpfloat (reply->total_ms, ==, -1);
  g_assert_true (psa_reply_is_empty (reply));
  g_assert_false (psa_reply_is_json (reply));
  g_assert_false (psa_reply_is_html (reply));
}

static void
test_kind (void)
{
  static const struct
  {
    const char *type, *body;
    gboolean is_html, is_json, is_empty, is_null;
  } rows[] = {
    { NULL, "", FALSE, FALSE, TRUE, FALSE },
    { TYPE_HTML, "", FALSE, FALSE, TRUE, FALSE },
    { TYPE_JSON, " \r\n\t", FALSE, FALSE, TRUE, FALSE },
    { TYPE_JSON, "\xef\xbb\xbf", FALSE, FALSE, TRUE, FALSE },
    { TYPE_JSON, "{}", FALSE, TRUE, FALSE, FALSE },
    { TYPE_HTML, "{}", FALSE, TRUE, FALSE, FALSE },
    { NULL, "null", FALSE, TRUE, FALSE, TRUE },
    { NULL, "\xef\xbb\xbfnull", FALSE, TRUE, FALSE, TRUE },
    { NULL, "\"null\"", FALSE, TRUE, FALSE, FALSE },
    { NULL, "7", FALSE, TRUE, FALSE, FALSE },
    { NULL, "{\"a\":1} {\"b\":2}", FALSE, FALSE, FALSE, FALSE },
    { NULL, "{\"a\":1},", FALSE, FALSE, FALSE, FALSE },
    { NULL, "{\"a\":1,}", FALSE, FALSE, FALSE, FALSE },
    { NULL, "{\"a\":1", FALSE, FALSE, FALSE, FALSE },
    { NULL, "{a:1}", FALSE, FALSE, FALSE, FALSE },
    { NULL, "/* c */ {}", FALSE, FALSE, FALSE, FALSE },
    { NULL, "{\"a\":\"\xff\"}", FALSE, FALSE, FALSE, FALSE },
    { NULL, "\xef\xbb\xbf\xef\xbb\xbf{}", FALSE, FALSE, FALSE, FALSE },
    { TYPE_HTML, PAGE, TRUE, FALSE, FALSE, FALSE },
    { TYPE_JSON, PAGE, TRUE, FALSE, FALSE, FALSE },
    { NULL, "\xef\xbb\xbf \r\n<HTML lang=en>", TRUE, FALSE, FALSE, FALSE },
    { NULL, "<?xml version=\"1.0\"?><!doctype HTML>", TRUE, FALSE, FALSE, FALSE },
    { TYPE_JSON, "{\"message\":\"<html>\"}", FALSE, TRUE, FALSE, FALSE },
    { "TEXT/HTML; charset=x", "Not here", TRUE, FALSE, FALSE, FALSE },
    { "application/xhtml+xml", "Not here", TRUE, FALSE, FALSE, FALSE },
    { TYPE_TEXT, "Not here", FALSE, FALSE, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(PsaReply) reply = create_reply (PSA_ASK_COMPANY, rows[i].type, rows[i].body, -1);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (psa_reply_is_html (reply), ==, rows[i].is_html);
      g_assert_cmpint (psa_reply_is_json (reply), ==, rows[i].is_json);
      g_assert_cmpint (psa_reply_is_empty (reply), ==, rows[i].is_empty);
      g_assert_cmpint (psa_reply_is_null (reply), ==, rows[i].is_null);
    }
}

/* json-glib would read up to the NUL and be content. */
static void
test_nul (void)
{
  static const char within[] = "{\"version\":\"v1\0\"}";
  static const char after[] = "{\"version\":\"v1\"}\0";
  static const char between[] = "null\0{}";
  g_autoptr(PsaReply) a = create_reply (PSA_ASK_INFO, NULL, within, sizeof within - 1);
  g_autoptr(PsaReply) b = create_reply (PSA_ASK_INFO, NULL, after, sizeof after - 1);
  g_autoptr(PsaReply) c = create_reply (PSA_ASK_COMPANY, NULL, between, sizeof between - 1);

  g_assert_false (psa_reply_is_json (a));
  g_assert_false (psa_reply_read_info (a, NULL));
  g_assert_false (psa_reply_is_json (b));
  g_assert_false (psa_reply_read_info (b, NULL));
  g_assert_false (psa_reply_is_null (c));
}

static void
test_company (void)
{
  g_autoptr(PsaReply) reply =
      create_reply (PSA_ASK_COMPANY, TYPE_JSON,
                    "{\"CompanyName\":\"Contoso\\u202e IT\",\"Codebase\":\"v2025_1/\","
                    "\"VersionCode\":\"v2025.1\","
                    "\"VersionNumber\":\"v4.6.99001\",\"CompanyID\":\"CIT\",\"IsCloud\":true,"
                    "\"SiteUrl\":\"api-na.myconnectwise.net\",\"AllowedOrigins\":[\"*\"]}",
                    -1);
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();

  g_assert_true (psa_reply_read_company (reply, NULL));
  g_assert_true (psa_reply_read_company (reply, tenant));
  g_assert_cmpstr (tenant->company, ==, "Contoso[U+202E] IT");
  g_assert_cmpstr (tenant->company_id, ==, "CIT");
  g_assert_cmpstr (tenant->codebase, ==, "v2025_1/");
  g_assert_cmpstr (tenant->site_url, ==, "api-na.myconnectwise.net");
  g_assert_cmpstr (tenant->version, ==, "2025.1");
  g_assert_true (tenant->cloud);
  g_assert_true (psa_tenant_has_versioned_codebase (tenant));
}

static void
test_cloud_flag (void)
{
  static const struct
  {
    const char *value;
    gboolean cloud;
  } rows[] = {
    { "true", TRUE },       { "\"True\"", TRUE }, { "\"true\"", TRUE }, { "false", FALSE },
    { "\"False\"", FALSE }, { "null", FALSE },    { "1", FALSE },       { "[true]", FALSE },
    { "{}", FALSE },        { "\"yes\"", FALSE }, { "\"\"", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"Codebase\":\"v4_6_release/\",\"IsCloud\":%s}", rows[i].value);
      g_autoptr(PsaReply) reply = create_reply (PSA_ASK_COMPANY, NULL, body, -1);
      g_autoptr(PsaTenant) tenant = psa_tenant_new ();

      g_assert_true (psa_reply_read_company (reply, tenant));
      g_assert_cmpint (tenant->cloud, ==, rows[i].cloud);
      g_assert_null (tenant->company);
      g_assert_false (psa_tenant_has_versioned_codebase (tenant));
    }
}

static void
test_info (void)
{
  static const char *const bad[] = {
    "",
    "null",
    "[]",
    "{}",
    "{\"version\":null}",
    "{\"version\":\"\"}",
    "{\"version\":2025.1}",
    "{\"version\":[\"v2025.1\"]}",
    "{\"Version\":\"v2025.1\"}",
    "\"v2025.1\"",
  };
  g_autoptr(PsaReply) reply =
      create_reply (PSA_ASK_INFO, TYPE_TEXT,
                    "{\"version\":\"v2025.1.10675\",\"serverTimeZone\":\"Eastern Standard Time\","
                    "\"cloudRegion\":7,\"licenseBits\":[{\"name\":\"ServiceBoard\",\"activeFlag\":true},"
                    "{\"name\":\"Old\",\"activeFlag\":false},{\"name\":\"\",\"activeFlag\":true},7,null,"
                    "{\"activeFlag\":true},{\"name\":\"Project\\u202e\",\"activeFlag\":true}]}",
                    -1);
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();

  tenant->version = g_strdup ("2024.8");
  tenant->region = g_strdup ("EU");
  g_assert_true (psa_reply_read_info (reply, NULL));
  g_assert_true (psa_reply_read_info (reply, tenant));
  g_assert_cmpstr (tenant->version, ==, "2025.1");
  g_assert_cmpstr (tenant->time_zone, ==, "Eastern Standard Time");
  g_assert_cmpstr (tenant->region, ==, "EU"); /* what is not said stays */
  g_assert_cmpuint (g_strv_length (tenant->licenses), ==, 2); /* the active ones, with a name */
  g_assert_cmpstr (tenant->licenses[0], ==, "ServiceBoard");
  g_assert_null (strstr (tenant->licenses[1], "\xe2\x80\xae"));

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(PsaReply) other = create_reply (PSA_ASK_INFO, NULL, bad[i], -1);

      g_assert_false (psa_reply_read_info (other, tenant));
      g_assert_cmpstr (tenant->version, ==, "2025.1");
    }
}

static void
test_proves (void)
{
  static const struct
  {
    PsaAsk ask;
    const char *body;
    gboolean proves;
  } rows[] = {
    { PSA_ASK_SECURITY, "[]", TRUE },
    { PSA_ASK_SECURITY, "[{\"id\":1}]", TRUE },
    { PSA_ASK_SECURITY, "{\"count\":1}", FALSE },
    { PSA_ASK_SECURITY_VERSIONED, "[]", TRUE },
    { PSA_ASK_COUNT_TICKETS, "{\"count\":123}", TRUE },
    { PSA_ASK_COUNT_TICKETS, "{\"count\":0}", TRUE },
    { PSA_ASK_COUNT_TICKETS, "{\"count\":1e400}", FALSE },
    { PSA_ASK_COUNT_TICKETS, "{\"count\":null}", FALSE },
    { PSA_ASK_COUNT_TICKETS, "{\"count\":\"1\"}", FALSE },
    { PSA_ASK_COUNT_TICKETS, "{\"count\":true}", FALSE },
    { PSA_ASK_COUNT_TICKETS, "{\"count\":[1]}", FALSE },
    { PSA_ASK_COUNT_TICKETS, "{}", FALSE },
    { PSA_ASK_COUNT_TICKETS, "[]", FALSE },
    { PSA_ASK_COUNT_TICKETS, "7", FALSE },
    { PSA_ASK_PROOF_PLAIN, "[]", TRUE },
    { PSA_ASK_PROOF_PLAIN, "{\"count\":7}", TRUE },
    { PSA_ASK_PROOF_PLAIN, "null", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(PsaReply) reply = create_reply (rows[i].ask, NULL, rows[i].body, -1);

      g_test_message ("%s: %s", situation_ask_name (rows[i].ask), rows[i].body);
      g_assert_cmpint (psa_reply_proves (reply), ==, rows[i].proves);
    }
}

static void
test_words (void)
{
  static const struct
  {
    const char *body, *code, *message;
  } rows[] = {
    { "{\"code\":\"Security\",\"message\":\"No.\"}", "Security", "No." },
    { "{\r\n  \"Code\": \"Security\",\r\n  \"MESSAGE\": \"No.\"\r\n}", "Security", "No." },
    { "{\"error\":\"ConnectWiseAPI\",\"message\":\"Wait.\"}", "ConnectWiseAPI", "Wait." },
    { "{\"error\":\"b\",\"code\":\"a\"}", "a", NULL },
    { "{\"code\":7,\"error\":\"b\",\"message\":[\"x\"]}", "b", NULL },
    { "{\"code\":null,\"message\":null}", NULL, NULL },
    { "{\"message\":\"\\u0041\\u00fc\"}", NULL, "A\xc3\xbc" },
    { "[{\"code\":\"a\"}]", NULL, NULL },
    { "\"text\"", NULL, NULL },
    { "Cannot route.", NULL, "Cannot route." },
    { "a\xff", NULL, "a\xef\xbf\xbd" },
    { PAGE, NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(PsaReply) reply = create_reply (PSA_ASK_INFO, NULL, rows[i].body, -1);
      g_autofree char *code = psa_reply_dup_code (reply);
      g_autofree char *message = psa_reply_dup_message (reply);

      g_assert_cmpstr (code, ==, rows[i].code);
      g_assert_cmpstr (message, ==, rows[i].message);
    }
}

static void
test_says (void)
{
  static const char body[] = "a\0Cannot\0 CANNOT ROUTE\xff clientI";
  g_autoptr(PsaReply) reply = create_reply (PSA_ASK_INFO, NULL, body, sizeof body - 1);
  g_autoptr(PsaReply) nothing = create_reply (PSA_ASK_INFO, NULL, NULL, 0);

  g_assert_true (psa_reply_says (reply, "Cannot route"));
  g_assert_true (psa_reply_says (reply, "clienti"));
  g_assert_false (psa_reply_says (reply, "clientid")); /* not beyond the end */
  g_assert_false (psa_reply_says (nothing, "a"));
}

static void
test_excerpt (void)
{
  static const char raw[] = "\xef\xbb\xbf"
                            "a\r\n\tb\0\x1b\xff";
  g_autoptr(PsaReply) reply = create_reply (PSA_ASK_INFO, NULL, raw, sizeof raw - 1);
  g_autofree char *excerpt = psa_reply_dup_excerpt (reply);
  g_autofree char *whole = g_strnfill (4096, 'x');

  g_assert_cmpstr (excerpt, ==, "a\n\tb\xef\xbf\xbd[U+001B]\xef\xbf\xbd");

  for (gsize length = 4090; length < 4102; length++)
    {
      g_autoptr(GString) body = g_string_new (NULL);
      g_autoptr(PsaReply) longer = NULL;
      g_autofree char *cut = NULL;

      g_string_append_len (body, whole, 4000);
      while (body->len + 2 <= length)
        g_string_append (body, "ü");
      longer = create_reply (PSA_ASK_INFO, NULL, body->str, (gssize) body->len);
      cut = psa_reply_dup_excerpt (longer);
      g_assert_cmpuint (strlen (cut), <=, 4096);
      g_assert_true (g_utf8_validate (cut, -1, NULL));
      g_assert_cmpint (g_str_has_suffix (cut, "…"), ==, body->len > 4096);
    }
}

/* [N5]: the limits of what a server may send, as far as the readers are concerned. */
static void
test_bombs (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *digits = g_strnfill (200000, '9');
  g_autoptr(GString) numbers = g_string_new ("[1");
  g_autoptr(GString) members = g_string_new ("{\"a\":1");
  g_autofree char *count = g_strdup_printf ("{\"count\":%s}", digits);
  g_autofree char *name = g_strdup_printf ("{\"Codebase\":\"v1/\",\"CompanyName\":\"%s\"}", digits);
  const char *bodies[] = { deep, digits, count, NULL, NULL };
  g_autoptr(PsaReply) company = create_reply (PSA_ASK_COMPANY, NULL, name, -1);
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();

  while (numbers->len < 250000)
    g_string_append (numbers, ",1");
  g_string_append_c (numbers, ']');
  while (members->len < 250000)
    g_string_append (members, ",\"a\":1");
  g_string_append_c (members, '}');
  bodies[3] = numbers->str;
  bodies[4] = members->str;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(PsaReply) reply = create_reply (PSA_ASK_COUNT_MEMBERS, TYPE_JSON, bodies[i], -1);
      g_autofree char *excerpt = psa_reply_dup_excerpt (reply);
      g_autofree char *message = psa_reply_dup_message (reply);

      psa_reply_read_company (reply, NULL);
      psa_reply_read_info (reply, NULL);
      psa_reply_proves (reply);
      g_assert_cmpuint (strlen (excerpt), <=, 4096);
    }

  g_assert_true (psa_reply_read_company (company, tenant));
  g_assert_cmpuint (strlen (tenant->company), <=, 256);
}

/* ---- any bytes ---- */

static void
mutate (GRand *rand, GByteArray *bytes)
{
  static const guint8 interesting[] = {
    0, '"', '{', '}', '[', ']', ',', '\\', 'u', 0x80, 0xff, 0xef
  };

  for (gint n = g_rand_int_range (rand, 1, 5); n > 0; n--)
    {
      guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint) bytes->len) : 0;
      guint left = bytes->len - at;
      guint8 byte = interesting[g_rand_int_range (rand, 0, G_N_ELEMENTS (interesting))];

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          if (left > 0)
            bytes->data[at] = byte;
          break;
        case 1:
          if (left > 0)
            bytes->data[at] = (guint8) g_rand_int (rand);
          break;
        case 2:
          g_byte_array_set_size (bytes, at); /* cut */
          break;
        case 3:
          if (left > 0)
            g_byte_array_remove_range (bytes, at,
                                       (guint) g_rand_int_range (rand, 1, (gint) left + 1));
          break;
        default:
          if (left > 0 && bytes->len < 5000)
            {
              g_autofree guint8 *again = g_memdup2 (bytes->data + at, left);

              g_byte_array_append (bytes, again, left); /* twice */
            }
          break;
        }
    }
}

/* Every reader of a body and the verdict, on whatever it is. */
static void
read_all (const PsaAddress *address, GPtrArray *replies, PsaReply *reply)
{
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();
  g_autofree char *code = psa_reply_dup_code (reply);
  g_autofree char *message = psa_reply_dup_message (reply);
  g_autofree char *excerpt = psa_reply_dup_excerpt (reply);
  PsaVerdict verdict;

  g_assert_cmpuint (strlen (excerpt), <=, 4096);
  g_assert_true (g_utf8_validate (excerpt, -1, NULL));
  g_assert_true (message == NULL || g_utf8_validate (message, -1, NULL));
  g_assert_true (code == NULL || g_utf8_validate (code, -1, NULL));
  psa_reply_is_html (reply);
  psa_reply_is_null (reply);
  psa_reply_proves (reply);
  psa_reply_says (reply, "cannot route");
  if (psa_reply_read_company (reply, tenant) || psa_reply_read_info (reply, tenant))
    g_assert_true (psa_reply_is_json (reply));

  g_ptr_array_add (replies, reply);
  verdict = psa_verdict_reach (address, 0, replies);
  if (verdict.next == PSA_ASK_NOTHING)
    g_assert_cmpuint (verdict.cause, <, PSA_CAUSE_KEYRING_LOCKED);
  else
    g_assert_cmpuint (verdict.next, <=, PSA_ASK_PROOF_PLAIN);
  g_ptr_array_set_size (replies, (gint) replies->len - 1);
}

static void
test_any_bytes (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20250101);
  g_autoptr(PsaAddress) address = psa_address_new (CLOUD, PSA_ADDRESS_DEFAULT_PORT);
  g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);
  static const guint statuses[] = { 200, 302, 400, 401, 403, 404, 500 };
  guint done = 0;

  for (guint round = 0; round < 12; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (chapters); i++)
      for (gsize j = 0; j < chapters[i]->n_situations; j++)
        for (guint ask = PSA_ASK_COMPANY; ask <= PSA_ASK_COUNT_COMPANIES; ask += 2)
          {
            g_autoptr(PsaReply) seed = situation_reply (&chapters[i]->situations[j], ask);
            g_autoptr(GByteArray) bytes = g_byte_array_new ();
            PsaReply *reply = psa_reply_new (ask);
            gsize length = 0;
            const guint8 *data = seed->body != NULL ? g_bytes_get_data (seed->body, &length) : NULL;

            if (length > 0)
              g_byte_array_append (bytes, data, (guint) length);
            mutate (rand, bytes);
            reply->status = statuses[g_rand_int_range (rand, 0, G_N_ELEMENTS (statuses))];
            reply->location = g_strndup ((const char *) bytes->data, MIN (bytes->len, 200));
            psa_reply_take_body (reply, g_bytes_new (bytes->data, bytes->len));
            read_all (address, replies, reply);
            done++;
          }
  g_assert_cmpuint (done, >, 5000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reply/new", test_new);
  g_test_add_func ("/reply/kind", test_kind);
  g_test_add_func ("/reply/nul", test_nul);
  g_test_add_func ("/reply/company", test_company);
  g_test_add_func ("/reply/cloud-flag", test_cloud_flag);
  g_test_add_func ("/reply/info", test_info);
  g_test_add_func ("/reply/proves", test_proves);
  g_test_add_func ("/reply/words", test_words);
  g_test_add_func ("/reply/says", test_says);
  g_test_add_func ("/reply/excerpt", test_excerpt);
  g_test_add_func ("/reply/N5-bombs", test_bombs);
  g_test_add_func ("/reply/any-bytes", test_any_bytes);
  return g_test_run ();
}
