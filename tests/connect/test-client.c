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
  PsaRequest request = check_run_make_request (address, url, sha256);

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
  g_test_add_func ("/client/request", test_request);

  return g_test_run ();
}
