/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-practice"

#include "practice-fixture.h"

#include <string.h>

/* What is wrong below HTTP: the connection, its bytes, its certificate. */

#define ANY(scenario) scenario, "/login/companyinfo/" scenario
#define SIGNED(scenario) scenario, INFO

static GInputStream *
open_answer (PracticeFixture *tenant, const char *company, const char *path, SoupMessage **message)
{
  g_autoptr(GError) error = NULL;
  GInputStream *stream;

  *message = practice_fixture_make (tenant, company, path);
  stream = soup_session_send (tenant->session, *message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (*message), ==, 200);
  return stream;
}

static void
assert_fails (PracticeFixture *tenant, const char *company, const char *path, int code)
{
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, company, path, NULL);

  g_test_message ("%s %s", company, path);
  g_assert_error (reply->error, G_IO_ERROR, code);
}

static gboolean
accept_cb (GTlsConnection *connection,
           GTlsCertificate *certificate,
           GTlsCertificateFlags errors,
           gpointer user_data)
{
  return TRUE;
}

/* A reset is told apart from an orderly end by the bytes on the wire: look at the socket itself. */
static void
assert_end (PracticeFixture *tenant, const char *scenario, GQuark domain, int code)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GIOStream) tls = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *pair =
      g_strdup_printf ("%s+%s:%s", scenario, tenant->public_key, tenant->private_key);
  g_autofree char *base64 = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *request = g_strdup_printf ("GET " INFO " HTTP/1.1\r\nHost: localhost\r\n"
                                              "Authorization: Basic %s\r\nclientId: %s\r\n\r\n",
                                              base64, tenant->client_id);
  char buffer[4096];
  gssize got;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection =
      g_socket_client_connect_to_host (client, tenant->host, (guint16) tenant->port, NULL, &error);
  g_assert_no_error (error);
  tls = g_tls_client_connection_new (G_IO_STREAM (connection), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (tls), request,
                                            strlen (request), NULL, NULL, &error));
  g_assert_no_error (error);

  do
    got = g_input_stream_read (g_io_stream_get_input_stream (tls), buffer, sizeof buffer, NULL,
                               &error);
  while (got > 0);

  g_test_message ("%s", scenario);
  if (domain == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, domain, code);
}

static void
test_ends (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  assert_end (tenant, "closed", 0, 0);
  assert_end (tenant, "cut-short", 0, 0);
  assert_end (tenant, "garbage", 0, 0);
  assert_end (tenant, "keys-cloud-silent", 0, 0);
  assert_end (tenant, "reset", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  assert_end (tenant, "cut-short-reset", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  assert_end (tenant, "cut-short-tls", G_TLS_ERROR, G_TLS_ERROR_EOF);
}

/* None of these is whole, and most say so. */
static void
test_cut_short (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeReply) wrong = practice_fixture_get (tenant, SIGNED ("wrong-length"), NULL);
  g_autoptr(PracticeReply) good = practice_fixture_get (tenant, ANY ("cut-short-info"), NULL);
  g_autoptr(PracticeReply) tls = practice_fixture_get (tenant, SIGNED ("cut-short-tls"), NULL);
  const char *scenarios[] = { "cut-short", "cut-short-info", "cut-short-chunked",
                              "cut-short-reset" };

  g_assert_no_error (good->error);
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, scenarios[i], INFO, NULL);

      g_test_message ("%s", scenarios[i]);
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_nonnull (reply->error);
    }

  g_assert_no_error (wrong->error);
  g_assert_cmpuint (wrong->length, ==, 10);

  /* Without a length only TLS could tell, and libsoup does not ask it: the JSON must. */
  g_assert_no_error (tls->error);
  g_assert_true (g_str_has_suffix (tls->body, "\"isCloud\":tr"));
}

/* Bytes come, but not the end: as many as the client has patience for. */
static void
test_slow (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GInputStream) stream = open_answer (tenant, SIGNED ("slow"), &message);
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  char bytes[3];
  gsize got = 0;

  g_assert_true (g_input_stream_read_all (stream, bytes, sizeof bytes, &got, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (bytes, got, "{  ", 3);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 800 * 1000);
}

/* Two MiB, and no end in sight. */
static void
test_endless (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  const char *scenarios[] = { "endless", "endless-info", "huge", "huge-info" };

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr(SoupMessage) message = NULL;
      g_autoptr(GInputStream) stream = open_answer (tenant, scenarios[i], INFO, &message);
      g_autoptr(GError) error = NULL;
      gsize size = 2 * 1024 * 1024;
      g_autofree char *bytes = g_malloc (size);
      gsize got = 0;

      g_assert_true (g_input_stream_read_all (stream, bytes, size, &got, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (got, ==, size);
    }

  /* Who goes away is let go, and others are served. */
  {
    g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, SIGNED ("ok"), NULL);

    g_assert_cmpuint (reply->status, ==, 200);
  }
}

/* libsoup has a limit of its own for headers, and none for interim answers. */
static void
test_big_headers (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  assert_fails (tenant, SIGNED ("big-headers"), G_IO_ERROR_PARTIAL_INPUT);
  assert_fails (tenant, SIGNED ("big-headers-info"), G_IO_ERROR_PARTIAL_INPUT);
}

static void
count_interim_cb (SoupMessage *message, gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
}

static void
on_interim_cb (SoupMessage *message, gpointer user_data)
{
  GCancellable *cancellable = user_data;
  guint count = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), "count")) + 1;

  g_object_set_data (G_OBJECT (message), "count", GUINT_TO_POINTER (count));
  if (count == 1000)
    g_cancellable_cancel (cancellable);
}

static void
test_interim (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(SoupMessage) few = practice_fixture_make (tenant, SIGNED ("interim-few"));
  g_autoptr(SoupMessage) flood = practice_fixture_make (tenant, SIGNED ("interim-flood-info"));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(PracticeReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  guint count = 0;

  g_signal_connect (few, "got-informational", G_CALLBACK (count_interim_cb), &count);
  reply = practice_fixture_send (tenant, few);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (count, ==, 3);

  g_signal_connect (flood, "got-informational", G_CALLBACK (on_interim_cb), cancellable);
  bytes = soup_session_send_and_read (tenant->session, flood, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_sizes (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeReply) full = practice_fixture_get (tenant, SIGNED ("info-full"), NULL);
  g_autoptr(PracticeReply) more = practice_fixture_get (tenant, SIGNED ("info-too-long"), NULL);
  g_autoptr(PracticeReply) nul = practice_fixture_get (tenant, SIGNED ("info-nul"), NULL);
  g_autoptr(PracticeReply) bomb = practice_fixture_get (tenant, SIGNED ("compressed-bomb"), NULL);

  g_assert_cmpuint (full->length, ==, 256 * 1024);
  g_assert_cmpuint (more->length, ==, 256 * 1024 + 1);
  g_assert_cmpuint (strlen (nul->body), <, nul->length);
  g_assert_cmpuint (bomb->length, <, 256 * 1024);
}

/* What is wrong with a certificate, seen by a client that has the authority in its trust store (or
 * not) and asks for the name given. */
static void
assert_certificate (const char *kind, gboolean has_authority, GTlsCertificateFlags errors)
{
  g_autofree char *file = practice_test_dup_file ("authority.pem");
  g_autoptr(PracticeFixture) tenant =
      practice_fixture_new (has_authority ? WORDS ("--certificate", kind, "--authority", file)
                                          : WORDS ("--certificate", kind));
  g_autoptr(PracticeReply) reply = NULL;

  g_test_message ("%s, %s authority", kind, has_authority ? "with" : "without");
  if (has_authority)
    {
      g_autofree char *pem = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GTlsDatabase) database = g_tls_file_database_new (file, &error);

      g_assert_no_error (error);
      soup_session_set_tls_database (tenant->session, database);
      g_assert_true (g_file_get_contents (file, &pem, NULL, NULL));
      g_assert_nonnull (strstr (pem, "BEGIN CERTIFICATE"));
      g_assert_null (strstr (pem, "PRIVATE"));
    }

  /* The client takes none but the one whose SHA-256 the first line names: so that is right too. */
  reply = practice_fixture_get (tenant, SIGNED ("ok"), NULL);
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (tenant->certificate_errors, ==, errors);
}

static void
test_certificates (void)
{
  assert_certificate ("good", TRUE, 0);
  assert_certificate ("good", FALSE, G_TLS_CERTIFICATE_UNKNOWN_CA);
  assert_certificate ("expiring", TRUE, 0);
  assert_certificate ("expired", TRUE, G_TLS_CERTIFICATE_EXPIRED);
  assert_certificate ("expired", FALSE, G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_UNKNOWN_CA);
  assert_certificate ("not-yet-valid", TRUE, G_TLS_CERTIFICATE_NOT_ACTIVATED);
  assert_certificate ("wrong-host", TRUE, G_TLS_CERTIFICATE_BAD_IDENTITY);
}

/* For a name of the vendor, as a test's own /etc/hosts would have it. */
static void
test_names (void)
{
  g_autoptr(PracticeFixture) tenant =
      practice_fixture_new (WORDS ("--names", "na.practice.example.com,127.0.0.1"));
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, SIGNED ("ok"), NULL);
  g_autoptr(GSocketConnectable) vendor = g_network_address_new ("na.practice.example.com", 443);
  g_autoptr(GSocketConnectable) other = g_network_address_new ("localhost", 443);
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (reply->message);

  g_assert_cmpuint (g_tls_certificate_verify (certificate, vendor, NULL), ==, 0);
  g_assert_cmpuint (g_tls_certificate_verify (certificate, other, NULL), ==,
                    G_TLS_CERTIFICATE_BAD_IDENTITY);
}

/* Days until a certificate ends, to within one. */
static void
test_expiring (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--certificate", "expiring"));
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, SIGNED ("ok"), NULL);
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (reply->message);
  g_autoptr(GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  g_assert_cmpint (g_date_time_difference (end, now) / G_TIME_SPAN_DAY, ==, 4);
}

/* TLS that never begins. */
static void
test_handshake (void)
{
  const char *kinds[] = { "closed", "garbage", "silent" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--handshake", kinds[i]));
      g_autoptr(PracticeReply) reply = NULL;

      g_test_message ("%s", kinds[i]);
      soup_session_set_timeout (tenant->session, g_str_equal (kinds[i], "silent") ? 1 : 20);
      reply = practice_fixture_get (tenant, SIGNED ("ok"), NULL);
      g_assert_cmpuint (reply->status, ==, 0);
      if (g_str_equal (kinds[i], "silent"))
        g_assert_error (reply->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      else
        g_assert_true (reply->error->domain == G_TLS_ERROR);
    }
}

/* Without TLS there is a refusal where it was asked for, and no answer elsewhere. */
static void
test_plain_http (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--plain-http"));
  guint plain_port = (guint) json_object_get_int_member (tenant->ready, "plainPort");
  guint ports[] = { plain_port, tenant->port };

  g_assert_cmpuint (plain_port, !=, tenant->port);
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u" INFO, ports[i]);
      g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr(PracticeReply) reply = practice_fixture_send (tenant, message);

      g_assert_cmpuint (reply->status, ==, ports[i] == plain_port ? 403 : 0);
      if (ports[i] == plain_port)
        g_assert_cmpstr (
            reply->body, ==,
            "{\"code\":\"Security\",\"message\":\"SSL is required.\",\"errors\":null}");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/practice/network/ends", test_ends);
  g_test_add_func ("/practice/network/cut-short", test_cut_short);
  g_test_add_func ("/practice/network/slow", test_slow);
  g_test_add_func ("/practice/network/endless", test_endless);
  g_test_add_func ("/practice/network/big-headers", test_big_headers);
  g_test_add_func ("/practice/network/interim", test_interim);
  g_test_add_func ("/practice/network/sizes", test_sizes);
  g_test_add_func ("/practice/network/certificates", test_certificates);
  g_test_add_func ("/practice/network/names", test_names);
  g_test_add_func ("/practice/network/expiring", test_expiring);
  g_test_add_func ("/practice/network/handshake", test_handshake);
  g_test_add_func ("/practice/network/plain-http", test_plain_http);

  return g_test_run ();
}
