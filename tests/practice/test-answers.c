/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-practice"

#include "practice-fixture.h"

#include <string.h>

/* What the practice tenant must imitate, written down a second time: from the notes on the API, not
 * from the program's tables. */

#define JSON "application/json; charset=utf-8"
#define HTML "text/html; charset=utf-8"
#define TEXT "text/plain; charset=utf-8"
#define VERSION "Accept", "application/vnd.connectwise.com+json; version=2021.1"

/* In place of a status: the connection is closed before there is one. */
#define NOTHING 0

typedef struct
{
  const char *company;
  const char *path;
  guint status;
  const char *type; /* NULL: none */
  const char *body; /* begins with `=`: all of it, else a part */
  const char *header;
  const char *value; /* of that header in the answer; NULL: it must not be there */
} Row;

#define C(id) "/login/companyinfo/" id
#define REFUSED_VERSION "does not support the API version '2021.1'."
#define NO_RIGHT "\"message\":\"You do not have security permission to perform this action.\""
#define TOO_MANY "\"message\":\"Too many requests. Please try again in 30 seconds.\""

/* clang-format off */
static const Row rows[] = {
  { "cloud", C ("cloud"), 200, JSON, "\"Codebase\":\"v2025_1/\"" },
  { "cloud", C ("cloud"), 200, JSON, "\"IsCloud\":true,\"SiteUrl\":" },
  { "own-server", C ("own-server"), 200, JSON, "\"Codebase\":\"v4_6_release/\"" },
  { "own-server", C ("own-server"), 200, JSON, "\"IsCloud\":false}" },
  { "own-server", RELEASE "/system/info", 404, HTML, "" },
  { "old-companyinfo", C ("old-companyinfo"), 200, JSON, "\"IsCloud\":\"True\"" },
  { "unknown-company-null", C ("unknown-company-null"), 200, JSON, "=null" },
  { "unknown-company-404", C ("unknown-company-404"), 404, JSON, "=" },
  { "unknown-company-404", C ("nobody-has-this"), 404, JSON, "=" },
  { "unknown-company-404-notfound", C ("unknown-company-404-notfound"), 404, JSON,
    "={\"code\":\"NotFound\"}" },
  { "unknown-company-404-bare", C ("unknown-company-404-bare"), 404, NULL, "=" },
  { "not-psa", C ("not-psa"), 200, HTML, "<html>" },
  { "not-psa-404", C ("not-psa-404"), 404, HTML, "<html>" },
  { "not-psa-object", C ("not-psa-object"), 200, JSON, "={}" },
  { "not-psa-array", C ("not-psa-array"), 200, JSON, "[{" },
  { "company-404-text", C ("company-404-text"), 404, TEXT, "" },
  { "company-403", C ("company-403"), 403, HTML, "" },
  { "company-407", C ("company-407"), 407, HTML, "" },
  { "company-511", C ("company-511"), 511, HTML, "" },
  { "company-429", C ("company-429"), 429, JSON, "", "Retry-After", "30" },
  { "company-500", C ("company-500"), 500, JSON, "occured" },
  { "codebase-host", C ("codebase-host"), 200, JSON, "\"Codebase\":\"https://elsewhere" },
  { "codebase-user", C ("codebase-user"), 200, JSON, "\"Codebase\":\"@elsewhere" },
  { "codebase-parent", C ("codebase-parent"), 200, JSON, "/../" },
  { "codebase-query", C ("codebase-query"), 200, JSON, "?" },
  { "codebase-query", INFO, 404, NULL, "=" },
  { "codebase-empty", C ("codebase-empty"), 200, JSON, "\"Codebase\":\"\"" },
  { "codebase-number", C ("codebase-number"), 200, JSON, "\"Codebase\":2025.1" },
  { "siteurl-host", C ("siteurl-host"), 200, JSON, "\"SiteUrl\":\"elsewhere.example.com\"" },
  { "siteurl-user", C ("siteurl-user"), 200, JSON, "net@elsewhere.example.com\"" },
  { "odd/50%&co", C ("odd%2F50%25%26co"), 200, JSON, "\"Codebase\"" },
  { "odd/50%&co", INFO, 200, JSON, "\"version\"" },

  { "ok", INFO, 200, JSON, "\"version\":\"v2025.1.10001\"", "api-current-version", "2025.1" },
  { "ok", INFO, 200, JSON, "\"licenseBits\":[", "Link", NULL },
  { "ok", RELEASE "/system/info", 200, JSON, "\"cloudRegion\":\"NA\"" },
  { "ok", MATRIX, 200, JSON, "\"inquireLevel\":\"All\"", "api-current-version", "2025.1" },
  { "ok", ROUTER "/system/myMembers/info", 200, JSON, "\"licenseClass\":\"A\"" },
  { "ok", "/", 200, HTML, "<form" },
  { "ok", "/nowhere", 404, HTML, "<html>" },
  { "ok-sparse", INFO, 200, JSON, "={\"version\":\"v2025.1.10001\"}" },
  { "ok-versioned-only", INFO, 404, NULL, "=" },
  { "ok-versioned-only", RELEASE "/system/info", 200, JSON, "\"version\"" },
  { "ok-versioned-only-302", INFO, 302, NULL, "=" },
  { "ok-versioned-only-302", RELEASE "/system/info", 200, JSON, "\"version\"" },
  { "info-without-keys", INFO, 200, JSON, "\"version\"" },
  { "info-without-keys-401", INFO, 200, JSON, "\"version\"" },
  { "info-without-keys-401", MATRIX, 401, JSON, "\"Unauthorized\"" },
  { "keys-401", INFO, 401, JSON, "\"code\":\"Unauthorized\",\"message\"",
    "api-current-version", NULL },
  { "keys-401", COUNT, 401, JSON, "\"code\":\"Unauthorized\"" },
  { "keys-401-challenge", INFO, 401, JSON, "", "WWW-Authenticate", "Basic realm=\"practice\"" },
  { "keys-own-server", INFO, 401, JSON,
    "={\"code\":\"ConnectWiseApi\",\"message\":\"UserNotAuthenticated\"}" },
  { "keys-pair", INFO, 400, JSON, "Incorrect public/private key" },
  { "keys-cloud-404", INFO, 404, NULL, "=" },
  { "keys-cloud-404", RELEASE "/system/info", 401, JSON, "\"code\":\"Unauthorized\"" },
  { "keys-cloud-silent", INFO, NOTHING },
  { "keys-404-twice", INFO, 404, NULL, "=" },
  { "keys-404-twice", RELEASE "/system/info", 404, NULL, "=" },
  { "keys-404-own-server", INFO, 404, NULL, "=" },
  { "hash-expired", INFO, 401, JSON, "\"message\":" },
  { "cannot-route", INFO, 400, TEXT, "=Cannot route. Codebase/company is invalid" },
  { "cannot-route", COUNT, 400, TEXT, "=Cannot route. Codebase/company is invalid" },
  { "client-id-missing-400", INFO, 200, JSON, "" },
  { "client-id-missing-401", INFO, 200, JSON, "" },
  { "client-id-missing-403", INFO, 200, JSON, "" },
  { "client-id-lost-400", INFO, 400, JSON, "clientId" },
  { "client-id-lost-401", INFO, 401, JSON, "" },
  { "client-id-lost-403", INFO, 403, JSON, "" },
  { "client-id-refused", INFO, 400, JSON, "clientId" },
  { "client-id-refused", COUNT, 400, JSON, "clientId" },
  { "bare-403", INFO, 403, JSON, "" },
  { "bare-403", MATRIX, 403, JSON, "" },
  { "bare-403-empty", INFO, 403, NULL, "=" },
  { "ssl-required", INFO, 403, JSON,
    "={\"code\":\"Security\",\"message\":\"SSL is required.\",\"errors\":null}" },
  { "ssl-required-401", INFO, 401, JSON, "SSL is required." },
  { "login-page", INFO, 200, HTML, "type=\"password\"", "api-current-version", NULL },
  { "version-refused", INFO, 200, JSON, "\"version\"" },
  { "version-refused-one-endpoint", INFO, 200, JSON, "\"version\"" },
  { "version-bare-400", INFO, 200, JSON, "\"version\"" },
  { "version-406", INFO, 200, JSON, "\"version\"" },
  { "plain-accept", INFO, 200, JSON, "\"version\"", "api-current-version", "2025.1" },
  { "echo", INFO, 409, JSON, "Basic " },
  { "set-cookie", INFO, 200, JSON, "", "Set-Cookie", "practice=1; Path=/" },

  { "no-right", INFO, 200, JSON, "" },
  { "no-right", MATRIX, 403, JSON, "={\"code\":\"Security\"," NO_RIGHT "}" },
  { "no-right", COUNT, 403, JSON, NO_RIGHT },
  { "no-right-no-code", COUNT, 403, JSON, "={" NO_RIGHT "}" },
  { "no-right-401", COUNT, 401, JSON, "={\"code\":\"Unauthorized\"," NO_RIGHT "}" },
  { "no-right-mixed", MATRIX, 404, JSON, "The endpoint does not exist." },
  { "no-right-mixed", COUNT, 403, JSON, NO_RIGHT },
  { "no-rights-matrix", MATRIX, 403, JSON, NO_RIGHT },
  { "no-rights-matrix", COUNT, 200, JSON, "={\"count\":123}" },
  { "no-rights-matrix-404", MATRIX, 404, JSON,
    "={\"code\":\"ConnectWiseApi\",\"message\":\"The endpoint does not exist.\"}" },
  { "agreements-only", COUNT, 403, JSON, NO_RIGHT },
  { "matrix-empty", MATRIX, 200, JSON, "=[]" },
  { "agreements-only", ROUTER "/finance/agreements/count", 200, JSON, "={\"count\":123}" },
  { "rights-matrix", MATRIX "?pageSize=100", 200, JSON, "\"inquireLevel\":\"None\"" },
  { "rights-matrix", MATRIX "?pageSize=100&page=2", 200, JSON, "\"inquireLevel\":\"My\"" },
  { "counts", MATRIX, 404, JSON, "" },
  { "counts", COUNT, 200, JSON, "={\"count\":123}", "api-current-version", "2025.1" },
  { "counts-zero", COUNT, 200, JSON, "={\"count\":0}" },
  { "counts-wrong-shape", COUNT, 200, JSON, "={\"count\":\"123\"}" },
  { "matrix-wrong-shape", MATRIX, 200, JSON, "={}" },
  { "endpoint-missing", ROUTER "/system/myAccount", 404, JSON, "The endpoint does not exist." },
  { "endpoint-missing", ROUTER "/system/myCompany", 404, JSON, "\"code\":\"ConnectWiseApi\"" },
  { "proof-missing", COUNT, 404, JSON, "The endpoint does not exist." },
  { "proof-missing-own-server", MATRIX, 404, JSON, "The endpoint does not exist." },
  { "proof-versioned-only", MATRIX, 404, JSON, "" },
  { "proof-versioned-only", RELEASE "/system/mySecurity", 200, JSON, "\"moduleName\"" },
  { "proof-versioned-401", MATRIX, 404, NULL, "=" },
  { "proof-versioned-401", RELEASE "/system/mySecurity", 401, JSON, "" },
  { "proof-401", INFO, 200, JSON, "" },
  { "proof-401", COUNT, 401, JSON, "\"Unauthorized\"" },
  { "blank-references", ROUTER "/company/companies", 200, JSON, "\"name\":\"\"},\"site\":null" },
  { "paging", ROUTER "/company/companies/count", 200, JSON, "={\"count\":2345}" },

  { "rate-limited", INFO, 429, JSON, "={\"error\":\"ConnectWiseAPI\"," TOO_MANY "}",
    "Retry-After", "30" },
  { "rate-limited", MATRIX, 429, JSON, TOO_MANY, "Retry-After", "30" },
  { "rate-limited-date", INFO, 429, JSON, TOO_MANY },
  { "rate-limited-nonsense", INFO, 429, JSON, TOO_MANY, "Retry-After", "soon" },
  { "rate-limited-none", INFO, 429, JSON, TOO_MANY, "Retry-After", NULL },
  { "rate-limited-proof", INFO, 200, JSON, "" },
  { "rate-limited-proof", COUNT, 429, JSON, "" },
  { "rate-limited-later", COUNT, 200, JSON, "={\"count\":123}" },
  { "rate-limited-later", ROUTER "/finance/agreements/count", 429, JSON, TOO_MANY, "Retry-After", "30" },
  { "busy-then-ok", INFO, 500, JSON,
    "\r\n  \"message\": \"A timeout has occured. Please try again.\",\r\n" },
  { "busy-then-ok", INFO, 200, JSON, "\"version\"" },
  { "busy-then-ok", MATRIX, 500, JSON, "occured" },
  { "busy-then-ok", MATRIX, 200, JSON, "\"moduleName\"" },
  { "busy-then-ok", INFO, 500, JSON, "occured" },
  { "busy-then-ok-pool", INFO, 500, JSON, "Timeout expired. " },
  { "busy-then-ok-pool", INFO, 200, JSON, "\"version\"" },
  { "busy-stays", INFO, 500, JSON, "occured" },
  { "busy-stays", INFO, 500, JSON, "occured" },
  { "bad-input", COUNT, 500, JSON, "Error converting value" },
  { "validation", COUNT, 400, JSON, "\"errors\":[{\"code\":\"MissingRequiredField\"" },
  { "down", C ("down"), 502, HTML, "maintenance" },
  { "down", INFO, 502, HTML, "maintenance" },
  { "down-503", INFO, 503, HTML, "maintenance", "Retry-After", "120" },
  { "down-text", INFO, 503, TEXT, "Unavailable" },
  { "down-info", C ("down-info"), 200, JSON, "" },
  { "down-info", INFO, 503, HTML, "" },
  { "redirect", C ("redirect"), 302, NULL, "=" },
  { "redirect-301", C ("redirect-301"), 301, NULL, "=" },
  { "redirect-302", C ("redirect-302"), 302, NULL, "=", "Location",
    "https://elsewhere.example.com/login/companyinfo/redirect-302" },
  { "redirect-307", C ("redirect-307"), 307, NULL, "=" },
  { "redirect-308", C ("redirect-308"), 308, NULL, "=", "Location",
    "https://elsewhere.example.com/login/companyinfo/redirect-308" },
  { "redirect-info-301", INFO, 301, NULL, "=" },
  { "redirect-info-302", INFO, 302, NULL, "=", "Location",
    "https://elsewhere.example.com" INFO },
  { "redirect-info-307", INFO, 307, NULL, "=" },
  { "redirect-info-308", INFO, 308, NULL, "=", "Location",
    "https://elsewhere.example.com" INFO },
  { "redirect-proof", INFO, 200, JSON, "" },
  { "redirect-proof", MATRIX, 302, NULL, "=" },
  { "plain-http", INFO, 200, JSON, "" },
  { "vendor-status", "/1.0/status/619cf82551fec9053d612f09", 200, JSON, "\"status_code\":100" },

  { "closed", INFO, NOTHING },
  { "reset", INFO, NOTHING },
  { "reset-info", C ("reset-info"), 200, JSON, "" },
  { "reset-info", INFO, NOTHING },
  { "reset-proof", INFO, 200, JSON, "" },
  { "reset-proof", MATRIX, NOTHING },
  { "reset-once", C ("reset-once"), NOTHING },
  { "reset-once", C ("reset-once"), 200, JSON, "" },
  { "cut-short-headers", INFO, NOTHING },
  { "garbage", INFO, NOTHING },
  { "compressed", C ("compressed"), 200, JSON, "\037\213", "Content-Encoding", "gzip" },
  { "compressed-info", INFO, 200, JSON, "\037\213", "Content-Encoding", "gzip" },
  { "compressed-bomb", INFO, 200, JSON, "\037\213", "Content-Encoding", "gzip" },
  { "interim-few", INFO, 200, JSON, "={\"version\":\"v2025.1.10001\"}" },

  { "info-deep", INFO, 200, JSON, "{\"version\":[[[[[" },
  { "info-bom", INFO, 200, JSON, "\357\273\277{\"version\"" },
  { "info-empty", INFO, 200, JSON, "=" },
  { "info-null", INFO, 200, JSON, "=null" },
  { "info-array", INFO, 200, JSON, "[{\"version\"" },
  { "info-object", INFO, 200, JSON, "={}" },
  { "info-two-values", INFO, 200, JSON, "} {}" },
  { "info-cut-json", INFO, 200, JSON, "\"isCloud\":tr" },
  { "info-not-utf8", INFO, 200, JSON, "\377\376" },
  { "info-version-null", INFO, 200, JSON, "\"version\":null" },
  { "info-version-number", INFO, 200, JSON, "\"version\":2025.1" },
  { "status-201", INFO, 201, JSON, "\"version\"", "api-current-version", NULL },
  { "status-418", INFO, 418, JSON, "" },
  { "status-600", INFO, 600, JSON, "" },
};

/* Those that another test asks, since they need more than one look. */
static const char *const elsewhere[] = {
  "silent", "silent-info", "silent-proof", "slow", "slow-info", "slow-headers", "late-info",
  "endless", "endless-info", "huge", "huge-info", "cut-short", "cut-short-info", "cut-short-chunked", "cut-short-tls",
  "cut-short-reset", "wrong-length", "big-headers", "big-headers-info", "interim-flood",
  "interim-flood-info", "info-full", "info-too-long", "info-nul", "wrong-verb", NULL,
};
/* clang-format on */

static void
assert_row (const Row *row, PracticeReply *reply)
{
  g_test_message ("%s %s", row->company, row->path);

  g_assert_cmpuint (reply->status, ==, row->status);
  if (row->status == NOTHING)
    {
      g_assert_nonnull (reply->error);
      return;
    }

  g_assert_no_error (reply->error);
  g_assert_cmpstr (practice_reply_header (reply, "Content-Type"), ==, row->type);
  if (row->body[0] == '=')
    g_assert_cmpstr (reply->body, ==, row->body + 1);
  else
    g_assert_nonnull (g_strstr_len (reply->body, (gssize) reply->length, row->body));
  if (row->header != NULL)
    g_assert_cmpstr (practice_reply_header (reply, row->header), ==, row->value);
}

/* Each scenario gives what the notes say. */
static void
test_rows (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* companyinfo is asked as it should be: without any sign-in. */
      gboolean is_company = g_str_has_prefix (rows[i].path, "/login/");
      g_autoptr(PracticeReply) reply =
          practice_fixture_get (tenant, is_company ? NULL : rows[i].company, rows[i].path, NULL);

      assert_row (&rows[i], reply);
    }
}

static gboolean
is_in_rows (const char *company)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_str_equal (rows[i].company, company))
        return TRUE;
    }
  return g_strv_contains (elsewhere, company);
}

/* The program has no scenario that nothing here asks, and lacks none. */
static void
test_complete (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  JsonArray *companies = json_object_get_array_member (tenant->ready, "companies");
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (companies); i++)
    {
      const char *name = json_array_get_string_element (companies, i);

      g_test_message ("%s", name);
      g_assert_true (is_in_rows (name));
      g_assert_true (g_hash_table_add (names, (gpointer) name));
    }

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].company);
      g_assert_true (g_hash_table_contains (names, rows[i].company));
    }
  for (guint i = 0; elsewhere[i] != NULL; i++)
    g_assert_true (g_hash_table_contains (names, elsewhere[i]));
}

static void
assert_get (PracticeFixture *tenant,
            const char *company,
            const char *path,
            guint status,
            const char *part,
            const char *header,
            const char *value)
{
  g_autoptr(PracticeReply) reply =
      practice_fixture_get (tenant, company, path, header != NULL ? WORDS (header, value) : NULL);

  g_test_message ("%s %s %s: %s", company, path, header, value);
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_nonnull (strstr (reply->body, part));
}

static char *
dup_basic (const char *user, const char *password)
{
  g_autofree char *pair = g_strconcat (user, ":", password, NULL);
  g_autofree char *base64 = g_base64_encode ((const guchar *) pair, strlen (pair));

  return g_strconcat ("Basic ", base64, NULL);
}

static void
assert_basic (PracticeFixture *tenant,
              const char *path,
              const char *user,
              const char *password,
              guint status,
              const char *part)
{
  g_autofree char *basic = dup_basic (user, password);

  assert_get (tenant, "ok", path, status, part, "Authorization", basic);
}

/* It refuses what the real one refuses. */
static void
test_refuses (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const char *key = tenant->public_key;
  const char *secret = tenant->private_key;
  g_autofree char *good = g_strconcat ("ok+", key, NULL);
  g_autofree char *stranger = g_strconcat ("nobody-has-this+", key, NULL);
  g_autofree char *other_case = g_strconcat ("OK+", key, NULL);
  g_autofree char *other_id = g_uuid_string_random ();

  assert_basic (tenant, INFO, good, secret, 200, "version");
  assert_basic (tenant, INFO, key, secret, 401, "Unauthorized");
  assert_basic (tenant, INFO, "ok", secret, 401, "Unauthorized");
  assert_basic (tenant, INFO, stranger, secret, 401, "Unauthorized");
  assert_basic (tenant, INFO, other_case, secret, 401, "Unauthorized");
  assert_basic (tenant, INFO, good, "wrong", 401, "Unauthorized");
  assert_basic (tenant, INFO, good, "", 401, "Unauthorized");
  assert_basic (tenant, INFO, "ok+wrong", secret, 401, "Unauthorized");
  assert_basic (tenant, COUNT, good, "wrong", 401, "Unauthorized");

  assert_get (tenant, "ok", INFO, 401, "Unauthorized", "Authorization", "");
  assert_get (tenant, "ok", INFO, 401, "Unauthorized", "Authorization", "Bearer x");
  assert_get (tenant, "ok", INFO, 401, "Unauthorized", "Authorization", "Basic !");
  assert_get (tenant, "ok", INFO, 400, "clientId", "clientId", "");
  assert_get (tenant, "ok", INFO, 400, "clientId", "clientId", "no-guid");
  assert_get (tenant, "ok", COUNT, 400, "clientId", "clientId", "");
  assert_get (tenant, "ok", INFO, 401, "Unauthorized", "clientId", other_id);
  assert_get (tenant, "ok", "/v2019_1/apis/3.0/system/info", 400, "Cannot route", NULL, NULL);
  assert_get (tenant, "ok", ROUTER "/apis/3.0/system/info", 400, "Cannot route", NULL, NULL);

  assert_get (tenant, "client-id-missing-400", INFO, 400, "clientId", "clientId", "");
  assert_get (tenant, "client-id-missing-401", INFO, 401, "message", "clientId", "");
  assert_get (tenant, "client-id-missing-401", COUNT, 401, "message", "clientId", "");
  assert_get (tenant, "client-id-missing-403", INFO, 403, "message", "clientId", "");
  assert_get (tenant, "client-id-refused", INFO, 400, "clientId", "clientId", other_id);
}

/* It takes what the real one takes. */
static void
test_accepts (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const char *types[] = {
    "*/*",
    "application/json",
    "application/vnd.connectwise.com+json",
    "application/vnd.connectwise.com+json; version=2019.1",
    "application/vnd.connectwise.com+json;version=\"2025.16\" , application/json",
  };
  const char *names[] = { "clientid", "ClientID", "CLIENTID" };

  assert_get (tenant, "ok", INFO, 200, "version", "Accept", "");
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    assert_get (tenant, "ok", INFO, 200, "version", "Accept", types[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(PracticeReply) reply = practice_fixture_get (
          tenant, "ok", INFO, WORDS ("clientId", "", names[i], tenant->client_id));

      g_assert_cmpuint (reply->status, ==, 200);
    }

  /* A sign-in at companyinfo is needless, not wrong. */
  assert_get (tenant, "keys-401", C ("ok"), 200, "Codebase", NULL, NULL);
  assert_get (tenant, NULL, C ("o%6B"), 200, "Codebase", NULL, NULL);
}

/* A version is refused where it is named, and nowhere else. */
static void
test_versions (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const char *list = "application/vnd.connectwise.com+json; version=2021.1, application/json";

  assert_get (tenant, "version-refused", INFO, 400, REFUSED_VERSION, VERSION);
  assert_get (tenant, "version-refused", INFO, 400, REFUSED_VERSION, "Accept", list);
  assert_get (tenant, "version-refused", COUNT, 400, REFUSED_VERSION, VERSION);
  assert_get (tenant, "version-refused", INFO, 200, "version", "Accept", "application/json");
  assert_get (tenant, "version-refused-one-endpoint", INFO, 200, "version", VERSION);
  assert_get (tenant, "version-refused-one-endpoint", MATRIX, 400, REFUSED_VERSION, VERSION);
  assert_get (tenant, "version-bare-400", INFO, 400, "invalid", VERSION);
  assert_get (tenant, "version-406", INFO, 406, "", VERSION);
}

/* Route, company, Client ID, keys, version, right. */
static void
test_order (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autofree char *bad = dup_basic ("version-refused+wrong", "wrong");
  g_autofree char *stranger = dup_basic ("nobody-has-this+wrong", "wrong");
  g_autofree char *no_right = dup_basic ("no-right+wrong", "wrong");
  g_autofree char *open = dup_basic ("info-without-keys+wrong", "wrong");

  assert_get (tenant, NULL, "/nowhere/apis/3.0/system/info", 400, "Cannot route", NULL, NULL);
  assert_get (tenant, NULL, INFO, 401, "Unauthorized", "Authorization", stranger);
  assert_get (tenant, NULL, INFO, 400, "clientId", "Authorization", bad);
  assert_get (tenant, "ok", INFO, 401, "Unauthorized", "Authorization", bad);
  assert_get (tenant, "ok", COUNT, 401, "not valid", "Authorization", no_right);
  assert_get (tenant, "ok", INFO, 200, "version", "Authorization", open);
  assert_get (tenant, "ok", MATRIX, 401, "Unauthorized", "Authorization", open);
}

/* Members may come by cookies: then the company alone counts, and only in the web context. */
static void
test_cookies (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const char *cookies = "companyName=hash-expired; memberId=jdoe; memberHash=x; memberContext=web";
  g_autoptr(PracticeReply) reply =
      practice_fixture_get (tenant, "ok", INFO, WORDS ("Authorization", "", "Cookie", cookies));
  g_autoptr(PracticeReply) refused = practice_fixture_get (
      tenant, "ok", INFO,
      WORDS ("Authorization", "", "Cookie", "companyName=hash-expired; memberId=jdoe"));

  g_assert_cmpuint (reply->status, ==, 401);
  g_assert_nonnull (strstr (reply->body, "hash has expired"));
  g_assert_cmpuint (refused->status, ==, 401);
  g_assert_null (strstr (refused->body, "hash"));
}

static void
test_verbs (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const char *verbs[] = { "POST", "PUT", "PATCH", "DELETE" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(SoupMessage) message = practice_fixture_make (tenant, "wrong-verb", INFO);
      g_autoptr(PracticeReply) reply = NULL;

      soup_message_set_method (message, verbs[i]);
      reply = practice_fixture_send (tenant, message);
      g_assert_cmpuint (reply->status, ==, 405);
      g_assert_nonnull (strstr (reply->body, "\"code\""));
    }
}

static void
test_places (void)
{
  g_autoptr(PracticeFixture) tenant =
      practice_fixture_new (WORDS ("--redirect-to", "https://127.0.0.1:1"));
  g_autoptr(PracticeReply) plain = practice_fixture_get (tenant, NULL, C ("redirect"), NULL);
  g_autoptr(PracticeReply) port = practice_fixture_get (tenant, NULL, C ("redirect-307"), NULL);
  g_autoptr(PracticeReply) host = practice_fixture_get (tenant, NULL, C ("redirect-302"), NULL);
  g_autoptr(PracticeReply) same =
      practice_fixture_get (tenant, "ok-versioned-only-302", INFO, NULL);
  g_autofree char *same_target =
      g_strdup_printf ("https://127.0.0.1:%u" RELEASE "/system/info", tenant->port);
  g_autoptr(GUri) other_port =
      g_uri_parse (practice_reply_header (port, "Location"), G_URI_FLAGS_NONE, NULL);

  g_assert_true (g_str_has_prefix (practice_reply_header (plain, "Location"), "http://127.0.0.1:"));
  g_assert_cmpstr (practice_reply_header (host, "Location"), ==,
                   "https://127.0.0.1:1" C ("redirect-302"));
  g_assert_cmpstr (practice_reply_header (same, "Location"), ==, same_target);
  g_assert_cmpstr (g_uri_get_host (other_port), ==, "127.0.0.1");
  g_assert_cmpint (g_uri_get_port (other_port), !=, (int) tenant->port);
}

static void
test_retry_date (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, "rate-limited-date", INFO, NULL);
  g_autoptr(GDateTime) date =
      soup_date_time_new_from_http_string (practice_reply_header (reply, "Retry-After"));
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  g_assert_nonnull (date);
  g_assert_cmpint (g_date_time_difference (date, now), >, 20 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_date_time_difference (date, now), <=, 30 * G_TIME_SPAN_SECOND);
}

static void
test_reason (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, "busy-stays", INFO, NULL);

  g_assert_cmpstr (soup_message_get_reason_phrase (reply->message), ==,
                   "A timeout has occured. Please try again.");
}

/* What is sent back has the secret in several forms; that is what it is for. */
static void
test_echo (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autofree char *basic = dup_basic ("echo+any", "ca na/ry\"");
  g_autoptr(PracticeReply) reply =
      practice_fixture_get (tenant, "ok", INFO, WORDS ("Authorization", basic));

  g_assert_cmpuint (reply->status, ==, 409);
  g_assert_nonnull (strstr (reply->body, basic));
  g_assert_nonnull (strstr (reply->body, "ca%20na%2Fry%22"));
  g_assert_nonnull (strstr (reply->body, "\\\""));
  g_assert_nonnull (strstr (reply->body, "ca na/ry&quot;"));
  g_assert_nonnull (strstr (reply->body, "6361206e612f727922"));
  g_assert_nonnull (strstr (reply->body, tenant->client_id));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/practice/answers/rows", test_rows);
  g_test_add_func ("/practice/answers/complete", test_complete);
  g_test_add_func ("/practice/answers/refuses", test_refuses);
  g_test_add_func ("/practice/answers/accepts", test_accepts);
  g_test_add_func ("/practice/answers/versions", test_versions);
  g_test_add_func ("/practice/answers/order", test_order);
  g_test_add_func ("/practice/answers/cookies", test_cookies);
  g_test_add_func ("/practice/answers/verbs", test_verbs);
  g_test_add_func ("/practice/answers/places", test_places);
  g_test_add_func ("/practice/answers/retry-date", test_retry_date);
  g_test_add_func ("/practice/answers/reason", test_reason);
  g_test_add_func ("/practice/answers/echo", test_echo);

  return g_test_run ();
}
