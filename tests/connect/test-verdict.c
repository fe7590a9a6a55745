/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "situation.h"

static const Chapter *const chapters[] = { &situations_company, &situations_sign_in,
                                           &situations_proof, &situations_needs };

static void
test_situation (gconstpointer data)
{
  const Situation *situation = data;
  g_autoptr(GString) asks = g_string_new (NULL);
  g_autoptr(PsaResult) result = situation_run (situation, asks);

  g_assert_cmpstr (asks->str, ==, situation->asks);
  g_assert_cmpstr (psa_cause_get_token (result->cause), ==, psa_cause_get_token (situation->cause));
}

/* Nothing about transport is ever called a key problem. */
static void
test_transport (void)
{
  static const PsaAsk asked[] = { PSA_ASK_COMPANY, PSA_ASK_INFO, PSA_ASK_SECURITY };

  for (guint fault = PSA_FAULT_NAME; fault <= PSA_FAULT_TOO_LARGE; fault++)
    for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
      {
        Situation situation = { .host = CLOUD };
        g_autoptr(GString) asks = g_string_new (NULL);
        g_autoptr(PsaResult) result = NULL;
        PsaState state;

        situation.answers[0].ask = asked[i];
        situation.answers[0].fault = fault;
        situation.answers[0].fault_stage = psa_ask_get_stage (asked[i]);
        /* left over from an answer that broke off */
        situation.answers[0].status = 401;
        situation.answers[0].body = UNAUTHORIZED;
        result = situation_run (&situation, asks);
        state = psa_cause_get_state (result->cause);
        g_assert_true (state == PSA_STATE_UNREACHABLE || state == PSA_STATE_NEEDS_CORRECTION);
        g_assert_cmpint (result->cause, !=, PSA_CAUSE_CLIENT_ID_REFUSED);
      }
}

static char *
dup_as_it_is (const char *text, gssize length)
{
  return g_strdup (text);
}

/* Rows 6 to 11 in each wording, form and status: members in another case or order, indented, after a byte
 * order mark, plain text, and whatever Content-Type is claimed. */
static void
test_wordings (void)
{
  static const struct
  {
    const char *text;
    PsaCause cause;
    gboolean only_4xx;
  } texts[] = {
    { "SSL is required.", PSA_CAUSE_WEB_ADDRESS, FALSE },
    { "Cannot route. Codebase/company is invalid", PSA_CAUSE_NOT_ROUTABLE, FALSE },
    { "The HTTP resource does not support the API version '2021.1'.", PSA_CAUSE_VERSION_UNSUPPORTED,
      FALSE },
    { "The clientId header is required.", PSA_CAUSE_CLIENT_ID_REFUSED, TRUE },
    { "You do not have security permission to perform this action.", PSA_CAUSE_NOT_PERMITTED,
      TRUE },
    { "UserNotAuthenticated", PSA_CAUSE_KEYS_REJECTED, FALSE },
    { "Incorrect public/private key", PSA_CAUSE_KEYS_REJECTED, FALSE },
  };
  static const char *const forms[] = {
    "{}",
    "{\"code\":\"ConnectWiseApi\",\"message\":\"{}\",\"errors\":null}",
    "{\"error\":\"ConnectWiseAPI\",\"message\":\"{}\"}",
    "{\r\n  \"message\": \"{}\",\r\n  \"code\": \"Whatever\",\r\n  \"errors\": []\r\n}\r\n",
    "{\"CODE\":\"connectwiseapi\",\"MESSAGE\":\"{}\"}",
    "\357\273\277{\"message\":\"{}\"}",
  };
  static const char *const types[] = { TYPE_JSON, TYPE_TEXT, NULL };
  static const guint statuses[] = { 400, 401, 403, 404, 409, 500, 503 };
  char *(*const cases[]) (const char *, gssize) = { dup_as_it_is, g_ascii_strup, g_ascii_strdown };

  for (gsize i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (forms) * G_N_ELEMENTS (types); j++)
      for (gsize k = 0; k < G_N_ELEMENTS (statuses); k++)
        {
          gsize row = i / G_N_ELEMENTS (cases);
          g_autofree char *text = cases[i % G_N_ELEMENTS (cases)](texts[row].text, -1);
          g_autoptr(GString) body = g_string_new (forms[j / G_N_ELEMENTS (types)]);
          Situation situation = { .host = OWN };
          g_autoptr(GString) asks = g_string_new (NULL);
          g_autoptr(PsaResult) result = NULL;
          PsaCause cause =
              statuses[k] >= 500 && texts[row].only_4xx ? PSA_CAUSE_SERVER_ERROR : texts[row].cause;

          g_string_replace (body, "{}", text, 1);
          situation.answers[0].ask = PSA_ASK_INFO;
          situation.answers[0].status = statuses[k];
          situation.answers[0].type = types[j % G_N_ELEMENTS (types)];
          situation.answers[0].body = body->str;
          result = situation_run (&situation, asks);
          if (result->cause != cause)
            g_test_message ("%u %s: %s", statuses[k], situation.answers[0].type, body->str);
          g_assert_cmpstr (psa_cause_get_token (result->cause), ==, psa_cause_get_token (cause));
          g_assert_cmpstr (asks->str, ==, "company info");
        }
}

static void
assert_url (PsaAsk ask, GPtrArray *replies, const char *expected)
{
  g_autoptr(PsaAddress) address = psa_address_new (OWN, 8443);
  g_autofree char *url = psa_ask_dup_url (ask, address, "contoso", replies);

  g_assert_cmpstr (url, ==, expected);
}

static void
add_reply (GPtrArray *replies, PsaAsk ask, const char *codebase)
{
  g_autofree char *body = g_strdup_printf ("{\"Codebase\":\"%s\"}", codebase);
  PsaReply *reply = psa_reply_new (ask);

  reply->status = 200;
  if (ask == PSA_ASK_COMPANY)
    psa_reply_take_body (reply, g_bytes_new (body, strlen (body)));
  g_ptr_array_add (replies, reply);
}

/* The base that answered sign-in is the base of everything after it. */
static void
test_url (void)
{
  g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);

  assert_url (PSA_ASK_COMPANY, replies, "https://cw.example.com:8443/login/companyinfo/contoso");
  add_reply (replies, PSA_ASK_COMPANY, "v2025_1/");
  assert_url (PSA_ASK_INFO, replies,
              "https://cw.example.com:8443/v4_6_release/apis/3.0/system/info");
  assert_url (PSA_ASK_INFO_VERSIONED, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/system/info");
  add_reply (replies, PSA_ASK_INFO, "");
  assert_url (PSA_ASK_INFO_PLAIN, replies,
              "https://cw.example.com:8443/v4_6_release/apis/3.0/system/info");
  assert_url (PSA_ASK_SECURITY, replies,
              "https://cw.example.com:8443/v4_6_release/apis/3.0/system/mySecurity?pageSize=1");
  assert_url (PSA_ASK_SECURITY_VERSIONED, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/system/mySecurity?pageSize=1");
  add_reply (replies, PSA_ASK_INFO_VERSIONED, "");
  assert_url (PSA_ASK_INFO_PLAIN, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/system/info");
  assert_url (PSA_ASK_SECURITY, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/system/mySecurity?pageSize=1");
  assert_url (PSA_ASK_COUNT_COMPANIES, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/company/companies/count");
  assert_url (PSA_ASK_COUNT_TICKETS, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/service/tickets/count");
  assert_url (PSA_ASK_COUNT_CONTACTS, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/company/contacts/count");
  assert_url (PSA_ASK_COUNT_MEMBERS, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/system/members/count");
  assert_url (PSA_ASK_COUNT_AGREEMENTS, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/finance/agreements/count");
  assert_url (PSA_ASK_COUNT_PROJECT_TICKETS, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/project/tickets/count");
  assert_url (PSA_ASK_COUNT_TIME_ENTRIES, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/time/entries/count");
  assert_url (PSA_ASK_COUNT_CATALOG, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/procurement/catalog/count");
  assert_url (PSA_ASK_COUNT_OPPORTUNITIES, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/sales/opportunities/count");
  assert_url (PSA_ASK_SECURITY_PAGE, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/system/mySecurity?pageSize=100&page=1");
  add_reply (replies, PSA_ASK_SECURITY_PAGE, "");
  assert_url (PSA_ASK_SECURITY_PAGE, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/system/mySecurity?pageSize=100&page=2");
  add_reply (replies, PSA_ASK_COUNT_TICKETS, "");
  assert_url (PSA_ASK_PROOF_PLAIN, replies,
              "https://cw.example.com:8443/v2025_1/apis/3.0/service/tickets/count");
}

/* [N10]: what a server calls its codebase goes into no request unless its form is safe. */
static void
test_url_misleading (void)
{
  static const char *const codebases[] = {
    "v4_6_release/",
    "V2025_1/",
    "v2025_1",
    "v2025_1//",
    "v2025_1/../",
    "v/",
    "vv1/",
    "https://evil.example/",
    "v1@evil.example/",
    "v1/?a=/",
    "v1#/",
    "../v1/",
    "//evil.example/",
    "v2025-1/",
    "v2025_1/\\u000a/",
    "v1%2f/",
    "v2025_1/apis/3.0/",
    "\\u0076\\u0661/",
    " v2025_1/",
    "v2025_1/ ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codebases); i++)
    {
      g_autoptr(GPtrArray) replies =
          g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);

      g_test_message ("Codebase “%s”", codebases[i]);
      add_reply (replies, PSA_ASK_COMPANY, codebases[i]);
      assert_url (PSA_ASK_INFO_VERSIONED, replies,
                  "https://cw.example.com:8443/v4_6_release/apis/3.0/system/info");
      assert_url (PSA_ASK_SECURITY_VERSIONED, replies,
                  "https://cw.example.com:8443/v4_6_release/apis/3.0/system/mySecurity?pageSize=1");
    }
}

static void
test_company_path (void)
{
  static const struct
  {
    const char *company, *path;
  } rows[] = {
    { "Contoso_1", "Contoso_1" },
    { "../..", "..%2F.." },
    { "..", "%2E%2E" },
    { ".", "%2E" },
    { "a/b?c#d", "a%2Fb%3Fc%23d" },
    { "a%2fb", "a%252fb" },
    { "contoso it", "contoso%20it" },
    { "müller", "m%C3%BCller" },
    { "a\r\nHost: evil", "a%0D%0AHost%3A%20evil" },
  };
  g_autoptr(PsaAddress) address = psa_address_new (CLOUD, PSA_ADDRESS_DEFAULT_PORT);
  g_autoptr(GPtrArray) replies = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = psa_ask_dup_url (PSA_ASK_COMPANY, address, rows[i].company, replies);
      g_autofree char *expected =
          g_strconcat ("https://" CLOUD "/login/companyinfo/", rows[i].path, NULL);

      g_assert_cmpstr (url, ==, expected);
    }
}

static void
assert_accept (PsaAsk ask, const char *version, const char *expected)
{
  g_autofree char *accept = psa_ask_dup_accept (ask, version);

  g_assert_cmpstr (accept, ==, expected);
}

static void
test_accept (void)
{
  assert_accept (PSA_ASK_COMPANY, "2025.1", "application/json");
  assert_accept (PSA_ASK_INFO, "2025.1", "application/vnd.connectwise.com+json; version=2025.1");
  assert_accept (PSA_ASK_INFO, "3.0.0", "application/vnd.connectwise.com+json; version=3.0.0");
  assert_accept (PSA_ASK_INFO, "", "application/json");
  assert_accept (PSA_ASK_INFO_PLAIN, "2025.1", "application/json");
  assert_accept (PSA_ASK_SECURITY, "2025.1",
                 "application/vnd.connectwise.com+json; version=2025.1");
  assert_accept (PSA_ASK_PROOF_PLAIN, "2025.1", "application/json");
  assert_accept (PSA_ASK_INFO, "2025.1\r\nX: y", "application/json");
  assert_accept (PSA_ASK_INFO, "2025.1\xc3\xbc", "application/json");
}

static void
test_signed (void)
{
  for (guint i = PSA_ASK_NOTHING; i <= PSA_ASK_PROOF_PLAIN; i++)
    g_assert_cmpint (psa_ask_is_signed (i), ==, i != PSA_ASK_NOTHING && i != PSA_ASK_COMPANY);
}

#define NOW 1764000000
#define DAY (24 * 60 * 60)

static char *
dup_warnings (const char *host,
              const char *asked,
              const char *version,
              int days,
              double sign_in_ms,
              double again_ms,
              guint refused)
{
  g_autoptr(PsaAddress) address = psa_address_new (host, PSA_ADDRESS_DEFAULT_PORT);
  g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();
  g_autoptr(GArray) warnings = NULL;
  GString *text = g_string_new (NULL);
  PsaReply *reply = psa_reply_new (PSA_ASK_COMPANY);
  PsaCertificate lent = { .sha256 = (char *) "00",
                          .issuer = (char *) "",
                          .subject = (char *) "",
                          .not_after = days >= 0 ? NOW + days * DAY : 0 };

  reply->certificate = psa_certificate_copy (&lent);
  reply->total_ms = 9000; /* the company may take its time */
  g_ptr_array_add (replies, reply);
  reply = psa_reply_new (PSA_ASK_INFO);
  reply->total_ms = sign_in_ms;
  g_ptr_array_add (replies, reply);
  reply = psa_reply_new (PSA_ASK_INFO_VERSIONED);
  reply->total_ms = again_ms;
  g_ptr_array_add (replies, reply);
  tenant->version = g_strdup (version);

  warnings = psa_verdict_find_warnings (address, asked, tenant, refused, replies, NOW);
  for (guint i = 0; i < warnings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            psa_cause_get_token (g_array_index (warnings, PsaCause, i)));
  return g_string_free_and_steal (text);
}

static void
test_warnings (void)
{
  static const struct
  {
    const char *host, *asked, *version;
    int days;
    double ms, again_ms;
    const char *warnings;
    guint refused;
  } rows[] = {
    { OWN, "2025.1", "2025.1", 365, 100, -1, "" },
    { OWN, "2025.1", "2025.1", 22, 100, -1, "" },
    { OWN, "2025.1", "2025.1", 21, 100, -1, "certificate-expiring" },
    { OWN, "2025.1", "2025.1", 1, 100, -1, "certificate-expiring" },
    { OWN, "2025.1", "2025.1", -1, 100, -1, "" }, /* unknown */
    { CLOUD, "2025.1", "2025.1", 1, 100, -1, "" },
    { CLOUD, "2025.2", "2025.1", 365, 100, -1, "version-drift" },
    { CLOUD, "2026.1", "2025.9", 365, 100, -1, "version-drift" },
    { CLOUD, "2024.1", "2025.1", 365, 100, -1, "" },
    { CLOUD, "2024.8", "2025.9", 365, 100, -1, "version-drift" },
    { CLOUD, "2024.9", "2025.9", 365, 100, -1, "" },
    { CLOUD, "2024.16", "2025.9", 365, 100, -1, "" },
    { CLOUD, "2023.16", "2025.1", 365, 100, -1, "version-drift" },
    { CLOUD, "2025.9", "2025.16", 365, 100, -1, "" }, /* numbers, not texts */
    { CLOUD, "", "2025.1", 365, 100, -1, "" },
    { CLOUD, "3.0.0", "2025.1", 365, 100, -1, "" },
    { CLOUD, "2025.1", NULL, 365, 100, -1, "" },
    { CLOUD, "2025.1", "2025.1", 365, 5000, -1, "" },
    { CLOUD, "2025.1", "2025.1", 365, 5001, -1, "slow" },
    { CLOUD, "2025.1", "2025.1", 365, 3000, 2500, "slow" },
    { CLOUD, "2025.1", "2025.1", 365, 100, -1, "role-narrow", 4 },
    { OWN, "2019.1", "2025.1", 3, 9000, -1, "certificate-expiring version-drift slow" },
    { OWN, "2019.1", "2025.1", 3, 9000, -1, "certificate-expiring role-narrow version-drift slow",
      1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *warnings =
          dup_warnings (rows[i].host, rows[i].asked, rows[i].version, rows[i].days, rows[i].ms,
                        rows[i].again_ms, rows[i].refused);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (warnings, ==, rows[i].warnings);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (chapters); i++)
    for (gsize j = 0; j < chapters[i]->n_situations; j++)
      {
        const Situation *situation = &chapters[i]->situations[j];
        g_autofree char *title = g_strdelimit (g_strdup (situation->title), "/", '-');
        g_autofree char *path =
            g_strdup_printf ("/verdict/%s/%02" G_GSIZE_FORMAT " %s", chapters[i]->title, j, title);

        g_test_add_data_func (path, situation, test_situation);
      }
  g_test_add_func ("/verdict/transport", test_transport);
  g_test_add_func ("/verdict/wordings", test_wordings);
  g_test_add_func ("/verdict/url", test_url);
  g_test_add_func ("/verdict/url/misleading", test_url_misleading);
  g_test_add_func ("/verdict/company-path", test_company_path);
  g_test_add_func ("/verdict/accept", test_accept);
  g_test_add_func ("/verdict/signed", test_signed);
  g_test_add_func ("/verdict/warnings", test_warnings);
  return g_test_run ();
}
