/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"
#include "raw-server.h"

#include <string.h>

/* The proxy comes from the environment. What it says, and where it is; set before anything asks for a proxy. */
static RawAnswer answer;
static RawServer *proxy;

static void
assert_proxy_failed (CheckRun *run, const char *name)
{
  static const PsaStage skipped[] = { PSA_STAGE_RESOLVE, PSA_STAGE_CONNECT, PSA_STAGE_TLS,
                                      PSA_STAGE_COMPANY };

  check_run_assert (run, name, PSA_CAUSE_PROXY_FAILED);
  g_assert_cmpint (
      psa_stage_report_get_result (psa_result_get_stage (run->result, PSA_STAGE_PROXY)), ==,
      PSA_STAGE_FAILED);
  for (gsize i = 0; i < G_N_ELEMENTS (skipped); i++)
    g_assert_cmpint (psa_stage_report_get_result (psa_result_get_stage (run->result, skipped[i])),
                     ==, PSA_STAGE_SKIPPED);
}

typedef struct
{
  const char *name;
  RawAnswer answer;
} Refusal;

#define PAGE_9 "Content-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>No</p>"
#define NO_BODY "Content-Length: 0\r\n\r\n"

static const Refusal refusals[] = {
  { "407-basic",
    { "HTTP/1.1 407 Proxy Authentication Required\r\n"
      "Proxy-Authenticate: Basic realm=\"x\"\r\n" NO_BODY } },
  { "407-digest",
    { "HTTP/1.1 407 Proxy Authentication Required\r\n"
      "Proxy-Authenticate: Digest realm=\"x\", nonce=\"dcd98b71\"\r\n" NO_BODY } },
  { "407-negotiate",
    { "HTTP/1.1 407 Proxy Authentication Required\r\n"
      "Proxy-Authenticate: Negotiate\r\n" NO_BODY } },
  { "407-ntlm",
    { "HTTP/1.1 407 Proxy Authentication Required\r\n"
      "Proxy-Authenticate: NTLM\r\n" NO_BODY } },
  { "failing-connect-403", { "HTTP/1.1 403 Forbidden\r\n" PAGE_9 } },
  { "failing-connect-502", { "HTTP/1.1 502 Bad Gateway\r\n" PAGE_9 } },
  { "failing-connect-302",
    { "HTTP/1.1 302 Found\r\nLocation: http://login.example.com/\r\n" NO_BODY } },
  { "html", { "<html>this is no proxy</html>\r\n\r\n" } },
  { "closes", { "" } }, /* without a word */
};

/* A proxy that does not let us through is the proxy's trouble, never the tenant's, and it learns
 * nothing but the name. Whatever login it wants, none is asked for or sent. */
static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *request = NULL;
  guint n_before = raw_server_get_n_requests (proxy);
  g_autoptr(CheckRun) run = NULL;

  answer = refusal->answer;
  run = check_run_do_host ("tenant.invalid", 443);
  assert_proxy_failed (run, refusal->name);
  g_assert_cmpuint (raw_server_get_n_requests (proxy), >, n_before);
  request = raw_server_dup_request (proxy);
  g_assert_true (g_str_has_prefix (request, "CONNECT tenant.invalid:443 HTTP/1.1\r\n"));
  g_assert_null (strstr (request, "Authorization"));
  g_assert_null (strstr (request, "clientId"));
}

/* Through one that does: the tenant's own name and connection are not ours to see, its certificate
 * is. */
static void
test_tunnel (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "ok");
  g_autoptr(PsaProfile) wary = psa_profile_copy (profile);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = NULL;
  g_autoptr(CheckRun) refused = NULL;
  g_autofree char *request = NULL;
  guint n_before = raw_server_get_n_requests (proxy);

  answer.head = NULL;
  run = check_run_do (client, profile, tenant);
  check_run_assert (run, "through", PSA_CAUSE_OK);
  g_assert_cmpuint (raw_server_get_n_requests (proxy), ==,
                    n_before + 1); /* one tunnel for all of it */
  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      PsaStageReport *report = psa_result_get_stage (run->result, i);
      gboolean is_skipped = i == PSA_STAGE_RESOLVE || i == PSA_STAGE_CONNECT;

      g_test_message ("%s: %.2f ms", psa_stage_get_token (i), psa_stage_report_get_ms (report));
      g_assert_cmpint (psa_stage_report_get_result (report), ==,
                       is_skipped ? PSA_STAGE_SKIPPED : PSA_STAGE_PASSED);
    }
  request = raw_server_dup_request (proxy);
  g_assert_null (strstr (request, "Authorization"));
  g_assert_null (strstr (request, "clientId"));

  psa_profile_trust (wary, NULL);
  refused = check_run_do (client, wary, tenant);
  check_run_assert (refused, "through, not trusted", PSA_CAUSE_CERTIFICATE_UNTRUSTED);
}

static void
test_absent (void)
{
  g_autoptr(CheckRun) run = NULL;

  g_clear_pointer (&proxy, raw_server_free);
  run = check_run_do_host ("tenant.invalid", 443);
  assert_proxy_failed (run, "nobody listens");
}

/* The environment names none: nothing of a proxy is told. */
static void
test_none (void)
{
  g_autoptr(PracticeFixture) tenant = NULL;
  g_autoptr(PsaProfile) profile = NULL;
  g_autoptr(PsaClient) client = NULL;
  g_autoptr(CheckRun) run = NULL;

  g_setenv ("no_proxy", "127.0.0.1", TRUE);
  tenant = practice_fixture_new (NULL);
  profile = check_run_make_profile (tenant, "ok");
  client = psa_client_new ();
  run = check_run_do (client, profile, tenant);
  check_run_assert (run, "none", PSA_CAUSE_OK);
  g_assert_cmpint (
      psa_stage_report_get_result (psa_result_get_stage (run->result, PSA_STAGE_PROXY)), ==,
      PSA_STAGE_SKIPPED);
}

int
main (int argc, char **argv)
{
  g_autofree char *url = NULL;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  proxy = raw_server_new (NULL, &answer);
  url = g_strdup_printf ("http://127.0.0.1:%u", raw_server_get_port (proxy));
  g_setenv ("https_proxy", url, TRUE);
  g_setenv ("HTTPS_PROXY", url, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/n3-proxy/", refusals[i].name, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  g_test_add_func ("/n3-proxy/works", test_tunnel);
  g_test_add_func ("/n3-proxy/nobody-listens", test_absent);
  g_test_add_func ("/n3-proxy/none", test_none);

  return g_test_run ();
}
