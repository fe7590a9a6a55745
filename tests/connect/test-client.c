/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"
#include "practice-certificate.h"
#include "raw-server.h"

#include <string.h>

static GTlsCertificate *
make_certificate (void)
{
  static const char *const names[] = { "127.0.0.1", NULL };
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate =
      practice_certificate_new (PRACTICE_CERTIFICATE_GOOD, names, NULL, &error);

  g_assert_no_error (error);

  return certificate;
}

static void
start (RawServer *server,
       GTlsCertificate *certificate,
       PsaClient *client,
       PsaClientPhase phase,
       gpointer phase_data,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autofree char *sha256 = practice_certificate_dup_sha256 (certificate);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", raw_server_get_port (server));
  g_autoptr(PsaAddress) address = psa_address_new ("127.0.0.1", raw_server_get_port (server));
  PsaRequest request = {
    .ask = PSA_ASK_INFO,
    .address = address,
    .url = url,
    .authorization = "Basic eDp5",
    .client_id = "11111111-2222-3333-4444-555555555555",
    .accept = "application/json",
    .trusted_sha256 = sha256,
    .new_connection = TRUE,
  };

  psa_client_send_async (client, &request, phase, phase_data, cancellable, callback, user_data);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PsaReply **reply = user_data;
  g_autoptr(GError) error = NULL;

  *reply = psa_client_send_finish (PSA_CLIENT (object), result, &error);
  g_assert_no_error (error);
}

static PsaReply *
send_to (RawServer *server, GTlsCertificate *certificate, PsaClient *client)
{
  PsaReply *reply = NULL;

  start (server, certificate, client, NULL, NULL, NULL, sent_cb, &reply);
  check_run_until (reply != NULL, 60);

  return reply;
}

#define CHUNK                                                                                      \
  "40\r\n"                                                                                         \
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"                               \
  "\r\n"

/* What has no end is given up as soon as it is too much, and not only when the time is. */
static void
test_endless (void)
{
  static const struct
  {
    const char *name;
    RawAnswer answer;
    PsaFault fault;
    guint status;
  } cases[] = {
    { "body",
      { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK },
      PSA_FAULT_TOO_LARGE,
      200 },
    { "body of a 401",
      { "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
        "Transfer-Encoding: chunked\r\n\r\n",
        CHUNK },
      PSA_FAULT_TOO_LARGE,
      401 },
    { "body of a 407",
      { "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
        "Transfer-Encoding: chunked\r\n\r\n",
        CHUNK },
      PSA_FAULT_TOO_LARGE,
      407 },
    { "body of a 421",
      { "HTTP/1.1 421 Misdirected Request\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK },
      PSA_FAULT_NONE,
      421 },
    { "body of a redirect",
      { "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example.com/\r\n"
        "Transfer-Encoding: chunked\r\n\r\n",
        CHUNK },
      PSA_FAULT_TOO_LARGE,
      302 },
    { "headers",
      { "HTTP/1.1 200 OK\r\n", "X-Long: 0123456789abcdef\r\n" },
      PSA_FAULT_TOO_LARGE,
      0 },
    { "interim answers",
      { "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n" },
      PSA_FAULT_TOO_LARGE,
      0 },
  };
  g_autoptr(GTlsCertificate) certificate = make_certificate ();
  g_autoptr(PsaClient) client = psa_client_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RawServer) server = raw_server_new (certificate, &cases[i].answer);
      gint64 began = g_get_monotonic_time ();
      g_autoptr(PsaReply) reply = send_to (server, certificate, client);

      g_test_message ("%s: fault %d, status %u, %s", cases[i].name, reply->fault, reply->status,
                      reply->detail);
      g_assert_cmpint (reply->fault, ==, cases[i].fault);
      g_assert_cmpint (reply->fault == PSA_FAULT_NONE ? PSA_STAGE_SIGN_IN : reply->fault_stage, ==,
                       PSA_STAGE_SIGN_IN);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
      g_assert_cmpuint (raw_server_get_n_requests (server), ==, 1); /* nothing is asked again */
    }
}

/* What follows a chunked body has no cap in libsoup. 3.6.5 looks at its first line alone; whatever
 * another one makes of it, it ends. */
static void
test_endless_trailers (void)
{
  static const RawAnswer answer = { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                                    "X-Trailer: 0123456789abcdef\r\n" };
  g_autoptr(GTlsCertificate) certificate = make_certificate ();
  g_autoptr(RawServer) server = raw_server_new (certificate, &answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  gint64 began = g_get_monotonic_time ();
  g_autoptr(PsaReply) reply = send_to (server, certificate, client);

  g_test_message ("fault %d", reply->fault);
  if (reply->fault == PSA_FAULT_NONE)
    g_assert_cmpuint (g_bytes_get_size (reply->body), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 15 * G_USEC_PER_SEC);
}

/* The request as it goes out, each header once. */
static void
test_request (void)
{
  static const RawAnswer answer = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n"
                                    "X-Request-Id: abc\r\napi-current-version: 2025.1\r\n\r\n{}",
                                    NULL };
  static const char *const lines[] = { "GET / HTTP/1.1\r\n", "Authorization: Basic eDp5\r\n",
                                       "clientId: 11111111-2222-3333-4444-555555555555\r\n",
                                       "Accept: application/json\r\n",
                                       "User-Agent: psa-connections/" };
  g_autoptr(GTlsCertificate) certificate = make_certificate ();
  g_autoptr(RawServer) server = raw_server_new (certificate, &answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaReply) reply = send_to (server, certificate, client);
  g_autofree char *request = raw_server_dup_request (server);

  g_assert_cmpint (reply->fault, ==, PSA_FAULT_NONE);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), "{}", 2);
  g_assert_cmpstr (reply->request_id, ==, "abc");
  g_assert_cmpstr (reply->api_version, ==, "2025.1");
  g_assert_cmpstr (reply->http_protocol, ==, "HTTP/1.1");
  g_assert_cmpint (reply->retry_after, ==, -1);
  g_assert_cmpfloat (reply->resolve_ms, >=, 0);
  g_assert_cmpfloat (reply->connect_ms, >, 0);
  g_assert_cmpfloat (reply->tls_ms, >, 0);
  g_assert_cmpfloat (reply->total_ms, >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *at = strstr (request, lines[i]);

      g_assert_nonnull (at);
      g_assert_null (strstr (at + 1, lines[i]));
    }
  g_assert_null (strstr (request, "Cookie"));
  g_assert_null (strstr (request, "Accept-Encoding"));
}

/* A shorter body than was promised is no answer, even where the connection closes in order. */
static void
test_short_body (void)
{
  static const RawAnswer answer = { "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n"
                                    "\r\n{\"version\":\"v1\"}",
                                    NULL };
  g_autoptr(GTlsCertificate) certificate = make_certificate ();
  g_autoptr(RawServer) server = raw_server_new (certificate, &answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaReply) reply = send_to (server, certificate, client);

  g_assert_cmpint (reply->fault, ==, PSA_FAULT_CLOSED);
  g_assert_null (reply->body);
}

typedef struct
{
  RawServer *server;
  gboolean is_sent;
  gboolean is_ended;
  gboolean is_answered;
} Turns;

static void
await_early_cb (PsaStage stage, gpointer user_data)
{
  Turns *turns = user_data;

  if (stage != PSA_STAGE_SIGN_IN)
    return;
  raw_server_await_early (turns->server);
  turns->is_sent = TRUE;
}

static void
cancelled_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Turns *turns = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaReply) reply = psa_client_send_finish (PSA_CLIENT (object), result, &error);

  turns->is_ended = TRUE;
  turns->is_answered = reply != NULL;
  if (!turns->is_answered)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Cancelled at each turn of the main loop after the request, with the answer there before it is
 * waited for: libsoup reads the head at once then, and says so a turn later. */
static void
test_cancelled_at_each_turn (void)
{
  static const RawAnswer answer = {
    .head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    .early = TRUE,
  };
  g_autoptr(GTlsCertificate) certificate = make_certificate ();
  g_autoptr(RawServer) server = raw_server_new (certificate, &answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  Turns turns = { server, FALSE, FALSE, FALSE };
  guint n_turns;

  for (n_turns = 0; !turns.is_answered; n_turns++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();

      turns.is_sent = turns.is_ended = FALSE;
      start (server, certificate, client, await_early_cb, &turns, cancellable, cancelled_cb,
             &turns);
      check_run_until (turns.is_sent, 10);
      for (guint i = 0; i < n_turns && !turns.is_ended; i++)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      check_run_until (turns.is_ended, 10);
    }
  g_test_message ("answered after %u turns", n_turns);
  g_assert_cmpuint (n_turns, >, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/client/cancelled-at-each-turn", test_cancelled_at_each_turn);
  g_test_add_func ("/client/endless", test_endless);
  g_test_add_func ("/client/endless-trailers", test_endless_trailers);
  g_test_add_func ("/client/request", test_request);
  g_test_add_func ("/client/short-body", test_short_body);

  return g_test_run ();
}
