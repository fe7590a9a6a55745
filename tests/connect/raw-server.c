/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-server.h"

#include <string.h>

struct _RawServer
{
  GSocketService *service;
  GTlsCertificate *certificate;
  const RawAnswer *answer;
  GCancellable *cancellable;
  guint16 port;
  int n_connections;
  int n_requests;
  GMutex mutex;
  GCond cond;
  gboolean is_early; /* an early answer is on its way */
  gboolean is_ended;
  char *request;
  GString *lines;
};

static gboolean
read_request (RawServer *self, GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  char buffer[16 * 1024] = "";
  gsize length = 0;

  while (strstr (buffer, "\r\n\r\n") == NULL)
    {
      gssize n;

      g_assert_cmpuint (length, <, sizeof buffer - 1);
      n = g_input_stream_read (input, buffer + length, sizeof buffer - 1 - length,
                               self->cancellable, NULL);
      if (n <= 0)
        return FALSE;
      length += (gsize) n;
      buffer[length] = '\0';
    }

  g_mutex_lock (&self->mutex);
  g_set_str (&self->request, buffer);
  g_string_append_len (self->lines, buffer, strstr (buffer, "\r\n") - buffer);
  g_string_append_c (self->lines, '\n');
  g_mutex_unlock (&self->mutex);
  g_atomic_int_inc (&self->n_requests);

  return TRUE;
}

/* Slow on purpose, but not slow to end. */
static void
delay (RawServer *self, guint ms)
{
  GPollFD poll = { 0 };

  if (ms == 0 || !g_cancellable_make_pollfd (self->cancellable, &poll))
    return;
  g_poll (&poll, 1, (int) ms);
  g_cancellable_release_fd (self->cancellable);
}

static gpointer
splice_back (gpointer user_data)
{
  GIOStream **ends = user_data;

  g_output_stream_splice (g_io_stream_get_output_stream (ends[0]),
                          g_io_stream_get_input_stream (ends[1]), G_OUTPUT_STREAM_SPLICE_NONE, NULL,
                          NULL);

  return NULL;
}

/* What an honest proxy does: it connects, says so, and looks at nothing more. */
static void
serve_tunnel (RawServer *self, GIOStream *stream)
{
  static const char ready[] = "HTTP/1.1 200 Connection established\r\n\r\n";
  g_autofree char *request = raw_server_dup_request (self);
  g_auto(GStrv) words = g_strsplit (request, " ", 3);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) target = NULL;
  GIOStream *ends[2];
  GThread *back;

  g_assert_cmpstr (words[0], ==, "CONNECT");
  g_socket_client_set_enable_proxy (client, FALSE);
  target = g_socket_client_connect_to_host (client, words[1], 443, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), ready, strlen (ready), NULL,
                             NULL, &error);
  g_assert_no_error (error);

  ends[0] = stream;
  ends[1] = G_IO_STREAM (target);
  back = g_thread_new ("back", splice_back, ends);
  g_output_stream_splice (g_io_stream_get_output_stream (ends[1]),
                          g_io_stream_get_input_stream (ends[0]), G_OUTPUT_STREAM_SPLICE_NONE,
                          self->cancellable, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (target), TRUE, TRUE, NULL);
  g_thread_join (back);
}

/* In a thread of its own: the client's main loop may have no time left for us. */
static gboolean
on_service_run_cb (GThreadedSocketService *service,
                   GSocketConnection *connection,
                   GObject *source,
                   gpointer user_data)
{
  RawServer *self = user_data;
  g_autoptr(GIOStream) stream =
      self->certificate == NULL
          ? g_object_ref (G_IO_STREAM (connection))
          : g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  g_autoptr(GString) block = g_string_new (NULL);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  const RawAnswer *answer = self->answer;

  g_atomic_int_inc (&self->n_connections);
  if (answer->early)
    {
      g_output_stream_write_all (output, answer->head, strlen (answer->head), NULL,
                                 self->cancellable, NULL);
      g_mutex_lock (&self->mutex);
      self->is_early = TRUE;
      g_cond_signal (&self->cond);
      g_mutex_unlock (&self->mutex);
      read_request (self, stream);
      return TRUE;
    }
  if (!read_request (self, stream))
    return TRUE;
  for (int i = g_atomic_int_get (&self->n_requests); i > 1 && answer->then != NULL; i--)
    answer = answer->then;
  delay (self, answer->delay_ms);
  if (answer->head == NULL)
    {
      serve_tunnel (self, stream);
      return TRUE;
    }
  if (!g_output_stream_write_all (output, answer->head, strlen (answer->head), NULL,
                                  self->cancellable, NULL))
    return TRUE;

  while (answer->repeat != NULL && block->len < 12 * 1024)
    g_string_append (block, answer->repeat);
  while (block->len > 0 &&
         g_output_stream_write_all (output, block->str, block->len, NULL, self->cancellable, NULL))
    ;
  g_io_stream_close (stream, self->cancellable,
                     NULL); /* the client may be gone: that is its right */

  return TRUE;
}

/* The service is gone, and with it the last of the threads that held it. */
static void
release_cb (gpointer user_data, GClosure *closure)
{
  RawServer *self = user_data;

  g_atomic_int_set (&self->is_ended, TRUE);
  g_main_context_wakeup (NULL);
}

/**
 * raw_server_new:
 * @certificate: (nullable): what to show; %NULL speaks no TLS
 * @answer: what to say to everything
 *
 * Returns: (transfer full): a server that runs on this machine alone
 */
RawServer *
raw_server_new (GTlsCertificate *certificate, const RawAnswer *answer)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) effective = NULL;
  g_autoptr(GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->answer = answer;
  self->lines = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->certificate, certificate);
  self->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect_data (self->service, "run", G_CALLBACK (on_service_run_cb), self, release_cb, 0);

  return self;
}

guint16
raw_server_get_port (RawServer *self)
{
  return self->port;
}

/**
 * raw_server_get_n_connections:
 * @self: a server
 *
 * Returns: how often it was connected to, whatever was said then
 */
guint
raw_server_get_n_connections (RawServer *self)
{
  return (guint) g_atomic_int_get (&self->n_connections);
}

guint
raw_server_get_n_requests (RawServer *self)
{
  return (guint) g_atomic_int_get (&self->n_requests);
}

char *
raw_server_dup_request (RawServer *self)
{
  char *request;

  g_mutex_lock (&self->mutex);
  request = g_strdup (self->request);
  g_mutex_unlock (&self->mutex);

  return request;
}

/**
 * raw_server_dup_lines:
 * @self: a server
 *
 * Returns: (transfer full): the first line of each request, with a line end
 */
char *
raw_server_dup_lines (RawServer *self)
{
  char *lines;

  g_mutex_lock (&self->mutex);
  lines = g_strdup (self->lines->str);
  g_mutex_unlock (&self->mutex);

  return lines;
}

/**
 * raw_server_await_early:
 * @self: a server with an early answer
 *
 * Waits, and the main loop with it, until the answer to the next request is on its way.
 */
void
raw_server_await_early (RawServer *self)
{
  g_mutex_lock (&self->mutex);
  while (!self->is_early)
    g_cond_wait (&self->cond, &self->mutex);
  self->is_early = FALSE;
  g_mutex_unlock (&self->mutex);
}

/**
 * raw_server_free:
 * @self: (transfer full): a server
 *
 * Ends what is under way, and waits for its threads.
 */
void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);

  while (!g_atomic_int_get (&self->is_ended)) /* the main loop holds it too, while it listens */
    g_main_context_iteration (NULL, TRUE);

  g_clear_object (&self->certificate);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->request);
  g_string_free (self->lines, TRUE);
  g_free (self);
}
