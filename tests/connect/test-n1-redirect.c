/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

#include <string.h>

/* Wherever a tenant points, in whatever header: nothing arrives there. */

/* Two that record, one without TLS and one with; what they would say leads nowhere. */
typedef struct
{
  RawServer *plain;
  RawTenant *secure;
} Elsewhere;

static const RawAnswer nothing = { .head = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" };

static void
elsewhere_start (Elsewhere *self)
{
  self->plain = raw_server_new (NULL, &nothing);
  self->secure = raw_tenant_new (&nothing);
}

static void
elsewhere_clear (Elsewhere *self)
{
  g_clear_pointer (&self->plain, raw_server_free);
  g_clear_pointer (&self->secure, raw_tenant_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Elsewhere, elsewhere_clear)

/* Nobody came; who comes is counted. */
static void
elsewhere_assert_untouched (Elsewhere *self)
{
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(GSocketClient) sockets = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (raw_server_get_n_connections (self->plain), ==, 0);
  g_assert_cmpuint (raw_server_get_n_connections (self->secure->server), ==, 0);

  check_run_free (raw_tenant_check (self->secure, client));
  g_assert_cmpuint (raw_server_get_n_connections (self->secure->server), >, 0);
  g_socket_client_set_enable_proxy (sockets, FALSE);
  connection = g_socket_client_connect_to_host (sockets, "127.0.0.1",
                                                raw_server_get_port (self->plain), NULL, &error);
  g_assert_no_error (error);
  check_run_until (raw_server_get_n_connections (self->plain) > 0, 5);
}

/* @form names the ports: P of the server without TLS, S of the one with, O of the tenant itself. */
static char *
dup_location (const char *form, Elsewhere *elsewhere, RawTenant *tenant)
{
  g_autoptr(GString) text = g_string_new (form);
  g_autofree char *plain = g_strdup_printf ("%u", raw_server_get_port (elsewhere->plain));
  g_autofree char *secure = g_strdup_printf ("%u", raw_server_get_port (elsewhere->secure->server));
  g_autofree char *own = g_strdup_printf ("%u", raw_server_get_port (tenant->server));

  g_string_replace (text, "{P}", plain, 0);
  g_string_replace (text, "{S}", secure, 0);
  g_string_replace (text, "{O}", own, 0);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

typedef struct
{
  const char *name;
  const char *form;
} Target;

static const Target targets[] = {
  { "scheme", "http://127.0.0.1:{P}/v2025_1/apis/3.0/system/info" },
  { "host", "https://localhost:{S}/v2025_1/apis/3.0/system/info" },
  { "port", "https://127.0.0.1:{S}/v2025_1/apis/3.0/system/info" },
  { "two-slashes", "//127.0.0.1:{S}/v2025_1/apis/3.0/system/info" },
  { "user-at-host", "https://127.0.0.1:{O}@127.0.0.1:{S}/v2025_1/" },
};

static void
test_target (gconstpointer data)
{
  static const char *const statuses[] = { "301 Moved Permanently", "302 Found", "303 See Other",
                                          "307 Temporary Redirect", "308 Permanent Redirect" };
  static const PsaStage stages[] = { PSA_STAGE_COMPANY, PSA_STAGE_SIGN_IN, PSA_STAGE_PROOF };
  const Target *target = data;
  g_auto(Elsewhere) elsewhere = { 0 };
  g_autofree char *company = raw_answer_dup ("200 OK", "", RAW_COMPANY);
  g_autofree char *info = raw_answer_dup ("200 OK", "", RAW_INFO);
  g_autoptr(PsaClient) client = psa_client_new ();

  elsewhere_start (&elsewhere);
  for (guint i = 0; i < G_N_ELEMENTS (stages) * G_N_ELEMENTS (statuses); i++)
    {
      guint n_before = i % G_N_ELEMENTS (stages);
      const char *status = statuses[i / G_N_ELEMENTS (stages)];
      RawAnswer redirect = { 0 };
      RawAnswer signed_in = { .head = info, .then = &redirect };
      RawAnswer known = { .head = company, .then = n_before == 1 ? &redirect : &signed_in };
      g_autoptr(RawTenant) tenant = raw_tenant_new (n_before == 0 ? &redirect : &known);
      g_autofree char *location = dup_location (target->form, &elsewhere, tenant);
      g_autofree char *header = g_strdup_printf ("Location: %s\r\n", location);
      g_autofree char *head = raw_answer_dup (status, header, "");
      g_autoptr(CheckRun) run = NULL;

      redirect.head = head;
      run = raw_tenant_check (tenant, client);
      check_run_assert (run, status, PSA_CAUSE_REDIRECTED);
      g_assert_cmpint (
          psa_stage_report_get_result (psa_result_get_stage (run->result, stages[n_before])), ==,
          PSA_STAGE_FAILED);
      g_assert_cmpuint (raw_server_get_n_requests (tenant->server), ==, n_before + 1);
      g_assert_nonnull (run->result->location); /* told, as text */
    }
  elsewhere_assert_untouched (&elsewhere);
}

/* To the same scheme, host and port it is the codebase that is tried, never the target. */
static void
test_same_origin (void)
{
  g_autofree char *company = raw_answer_dup ("200 OK", "", RAW_COMPANY);
  g_autofree char *redirect = raw_answer_dup ("302 Found", "Location: /trap?key=\r\n", "");
  g_autofree char *info = raw_answer_dup ("200 OK", "", RAW_INFO);
  g_autofree char *security = raw_answer_dup ("200 OK", "", RAW_SECURITY);
  RawAnswer fourth = { .head = security };
  RawAnswer third = { .head = info, .then = &fourth };
  RawAnswer second = { .head = redirect, .then = &third };
  RawAnswer first = { .head = company, .then = &second };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&first);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = raw_tenant_check (tenant, client);
  g_autofree char *lines = raw_server_dup_lines (tenant->server);

  check_run_assert (run, "same origin", PSA_CAUSE_OK);
  g_assert_cmpstr (lines, ==,
                   "GET /login/companyinfo/contoso HTTP/1.1\n"
                   "GET /v4_6_release/apis/3.0/system/info HTTP/1.1\n"
                   "GET /v2025_1/apis/3.0/system/info HTTP/1.1\n"
                   "GET /v2025_1/apis/3.0/system/mySecurity?pageSize=1 HTTP/1.1\n");
}

/* Addresses in other headers, and in answers that are no redirects. */
static void
test_other_headers (void)
{
  static const struct
  {
    const char *status;
    PsaCause cause;
  } cases[] = {
    { "200 OK", PSA_CAUSE_OK },
    { "201 Created", PSA_CAUSE_BAD_ANSWER },
    { "401 Unauthorized", PSA_CAUSE_KEYS_REJECTED },
    { "503 Service Unavailable", PSA_CAUSE_SERVER_ERROR },
  };
  static const char form[] = "Location: https://127.0.0.1:{S}/l\r\n"
                             "Content-Location: https://127.0.0.1:{S}/c\r\n"
                             "Refresh: 0; url=https://127.0.0.1:{S}/r\r\n"
                             "Link: <https://127.0.0.1:{S}/n>; rel=\"next\"\r\n"
                             "Alt-Svc: h2=\"127.0.0.1:{S}\"; ma=60\r\n";
  g_auto(Elsewhere) elsewhere = { 0 };
  g_autoptr(PsaClient) client = psa_client_new ();

  elsewhere_start (&elsewhere);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RawAnswer third = { 0 };
      RawAnswer second = { .then = &third };
      RawAnswer first = { .then = &second };
      g_autoptr(RawTenant) tenant = raw_tenant_new (&first);
      g_autofree char *headers = dup_location (form, &elsewhere, tenant);
      g_autofree char *company = raw_answer_dup ("200 OK", headers, RAW_COMPANY);
      g_autofree char *info = raw_answer_dup (cases[i].status, headers, RAW_INFO);
      g_autofree char *security = raw_answer_dup ("200 OK", headers, RAW_SECURITY);
      g_autoptr(CheckRun) run = NULL;

      first.head = company;
      second.head = info;
      third.head = cases[i].cause == PSA_CAUSE_SERVER_ERROR ? info : security;
      run = raw_tenant_check (tenant, client);
      check_run_assert (run, cases[i].status, cases[i].cause);
    }
  elsewhere_assert_untouched (&elsewhere);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_strconcat ("/n1-redirect/", targets[i].name, NULL);

      g_test_add_data_func (path, &targets[i], test_target);
    }
  g_test_add_func ("/n1-redirect/same-origin", test_same_origin);
  g_test_add_func ("/n1-redirect/other-headers", test_other_headers);

  return g_test_run ();
}
