/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

#include <string.h>

/* Bodies and heads that no honest server sends: what is read of them has a cap. */

#define CHUNK                                                                                      \
  "40\r\n"                                                                                         \
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"                               \
  "\r\n"

typedef struct
{
  const char *name;
  RawAnswer answer;
  PsaFault fault;
  guint status;
} Endless;

static const Endless endless[] = {
  { "endless",
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK },
    PSA_FAULT_TOO_LARGE,
    200 },
  { "endless-401",
    { "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
      "Transfer-Encoding: chunked\r\n\r\n",
      CHUNK },
    PSA_FAULT_TOO_LARGE,
    401 },
  { "endless-407",
    { "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
      "Transfer-Encoding: chunked\r\n\r\n",
      CHUNK },
    PSA_FAULT_TOO_LARGE,
    407 },
  { "endless-421",
    { "HTTP/1.1 421 Misdirected Request\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK },
    PSA_FAULT_NONE,
    421 },
  { "endless-redirect",
    { "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example.com/\r\n"
      "Transfer-Encoding: chunked\r\n\r\n",
      CHUNK },
    PSA_FAULT_TOO_LARGE,
    302 },
  { "endless-headers",
    { "HTTP/1.1 200 OK\r\n", "X-Long: 0123456789abcdef\r\n" },
    PSA_FAULT_TOO_LARGE,
    0 },
  { "endless-interim-answers",
    { "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n" },
    PSA_FAULT_TOO_LARGE,
    0 },
  { "length-of-a-gibibyte",
    { "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", CHUNK },
    PSA_FAULT_TOO_LARGE,
    200 },
};

static PsaReply *
send_to (RawTenant *tenant, PsaClient *client)
{
  g_autoptr(PsaAddress) address = psa_profile_dup_address (tenant->profile);
  g_autofree char *origin = psa_address_dup_origin (address);
  PsaRequest request =
      check_run_make_request (address, origin, psa_profile_get_trusted_sha256 (tenant->profile));

  return check_run_send (client, &request);
}

/* What has no end is given up as soon as it is too much, and not only when the time is. */
static void
test_endless (gconstpointer data)
{
  const Endless *one = data;
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(RawTenant) tenant = raw_tenant_new (&one->answer);
  gint64 began = g_get_monotonic_time ();
  g_autoptr(PsaReply) reply = send_to (tenant, client);

  g_test_message ("fault %d, status %u, %s", reply->fault, reply->status, reply->detail);
  g_assert_cmpint (reply->fault, ==, one->fault);
  g_assert_cmpint (reply->fault == PSA_FAULT_NONE ? PSA_STAGE_SIGN_IN : reply->fault_stage, ==,
                   PSA_STAGE_SIGN_IN);
  g_assert_cmpuint (reply->status, ==, one->status);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (raw_server_get_n_requests (tenant->server), ==, 1); /* not asked again */
}

/* What follows a chunked body has no cap in libsoup. 3.6.5 looks at its first line alone; whatever
 * another one makes of it, it ends. */
static void
test_endless_trailers (void)
{
  static const RawAnswer answer = { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                                    "X-Trailer: 0123456789abcdef\r\n" };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  gint64 began = g_get_monotonic_time ();
  g_autoptr(PsaReply) reply = send_to (tenant, client);

  g_test_message ("fault %d", reply->fault);
  if (reply->fault == PSA_FAULT_NONE)
    g_assert_cmpuint (g_bytes_get_size (reply->body), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 15 * G_USEC_PER_SEC);
}

/* A shorter body than was promised is no answer, even where the connection closes in order. */
static void
test_short (void)
{
  static const RawAnswer answer = { "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n"
                                    "\r\n{\"version\":\"v1\"}",
                                    NULL };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaReply) reply = send_to (tenant, client);

  g_assert_cmpint (reply->fault, ==, PSA_FAULT_CLOSED);
  g_assert_null (reply->body);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (endless); i++)
    {
      g_autofree char *path = g_strconcat ("/n5-bodies/", endless[i].name, NULL);

      g_test_add_data_func (path, &endless[i], test_endless);
    }
  g_test_add_func ("/n5-bodies/endless-trailers", test_endless_trailers);
  g_test_add_func ("/n5-bodies/wrong-length", test_short);

  return g_test_run ();
}
