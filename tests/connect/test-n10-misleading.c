/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

/* What companyinfo says of itself may be made to mislead: no request follows it. */

static const RawAnswer nothing = { .head = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" };

/* {E} is another server of this machine, which records. */
typedef struct
{
  const char *name;
  const char *company;
} Case;

#define CODEBASE(text) "{\"CompanyName\":\"Raw\",\"Codebase\":\"" text "\",\"IsCloud\":true}"
#define SITE(text)                                                                                 \
  "{\"CompanyName\":\"Raw\",\"Codebase\":\"v4_6_release/\",\"IsCloud\":true,\"SiteUrl\":\"" text   \
  "\",\"AllowedOrigins\":[\"{E}\"]}"

static const Case cases[] = {
  { "codebase-another-host", CODEBASE ("{E}/v2025_1/") },
  { "codebase-full-url", CODEBASE ("https://{E}/v2025_1/") },
  { "codebase-two-slashes", CODEBASE ("//{E}/v2025_1/") },
  { "codebase-user-at-host", CODEBASE ("@{E}/v2025_1/") },
  { "codebase-parent", CODEBASE ("v2025_1/../../trap/") },
  { "codebase-parent-encoded", CODEBASE ("v2025_1/%2e%2e/trap/") },
  { "codebase-query", CODEBASE ("v2025_1/?to=https://{E}/") },
  { "codebase-fragment", CODEBASE ("v2025_1/#https://{E}/") },
  { "codebase-line-end", CODEBASE ("v2025_1/\\r\\nHost: {E}\\r\\n/") },
  { "codebase-backslash", CODEBASE ("\\\\\\\\{E}\\\\v2025_1/") },
  { "siteurl-another-host", SITE ("{E}") },
  { "siteurl-full-url", SITE ("https://{E}/v2025_1/") },
  { "siteurl-user-at-host", SITE ("127.0.0.1@{E}") },
  { "siteurl-parent", SITE ("127.0.0.1/../../{E}") },
  { "siteurl-query", SITE ("127.0.0.1?to={E}") },
};

static char *
dup_company (const Case *one, RawTenant *elsewhere)
{
  g_autoptr(GString) text = g_string_new (one->company);
  g_autofree char *origin =
      g_strdup_printf ("127.0.0.1:%u", raw_server_get_port (elsewhere->server));

  g_string_replace (text, "{E}", origin, 0);

  return raw_answer_dup ("200 OK", "", text->str);
}

/* Sign-in is a 404, after which on cloud the codebase would be tried; without one the check ends. */
static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(RawTenant) elsewhere = raw_tenant_new (&nothing);
  g_autofree char *company = dup_company (one, elsewhere);
  g_autofree char *missing = raw_answer_dup ("404 Not Found", "", "");
  RawAnswer second = { .head = missing };
  RawAnswer first = { .head = company, .then = &second };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&first);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = raw_tenant_check (tenant, client);
  g_autofree char *lines = raw_server_dup_lines (tenant->server);

  check_run_assert (run, one->name, PSA_CAUSE_NOT_ROUTABLE);
  g_assert_cmpstr (lines, ==,
                   "GET /login/companyinfo/contoso HTTP/1.1\n"
                   "GET /v4_6_release/apis/3.0/system/info HTTP/1.1\n");
  g_assert_cmpuint (raw_server_get_n_connections (elsewhere->server), ==, 0);
}

/* One that does not mislead is tried, and who comes elsewhere is counted: the cases above can fail. */
static void
test_honest (void)
{
  static const Case honest = { "honest", CODEBASE ("v2025_1/") };
  g_autoptr(RawTenant) elsewhere = raw_tenant_new (&nothing);
  g_autofree char *company = dup_company (&honest, elsewhere);
  g_autofree char *missing = raw_answer_dup ("404 Not Found", "", "");
  RawAnswer second = { .head = missing };
  RawAnswer first = { .head = company, .then = &second };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&first);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = raw_tenant_check (tenant, client);
  g_autofree char *lines = raw_server_dup_lines (tenant->server);

  check_run_assert (run, "honest", PSA_CAUSE_NOT_ROUTABLE);
  g_assert_true (g_str_has_suffix (lines, "GET /v2025_1/apis/3.0/system/info HTTP/1.1\n"));
  check_run_free (raw_tenant_check (elsewhere, client));
  g_assert_cmpuint (raw_server_get_n_connections (elsewhere->server), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/n10-misleading/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/n10-misleading/honest", test_honest);

  return g_test_run ();
}
