/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-server.h"

#include <string.h>

struct _RawServer
{
  gatomicrefcount ref_count; /* its threads outlive raw_server_free() by a moment */
  GSocketService *service;
  GTlsCertificate *certificate;
  const RawAnswer *answer;
  GCancellable *cancellable;
  guint16 port;
  int n_requests;
  GMutex mutex;
  char *request;
};

static void
raw_server_unref (RawServer *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->certificate);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->mutex);
  g_free (self->request);
  g_free (self);
}

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
  g_mutex_unlock (&self->mutex);
  g_atomic_int_inc (&self->n_requests);

  return TRUE;
}

/* In a thread of its own: the client's main loop may have no time left for us. */
static gboolean
on_service_run_cb (GThreadedSocketService *service,
                   GSocketConnection *connection,
                   GObject *source,
                   gpointer user_data)
{
  RawServer *self = user_data;
  g_autoptr(GIOStream) stream
    = self->certificate == NULL
        ? g_object_ref (G_IO_STREAM (connection))
        : g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  g_autoptr(GString) block = g_string_new (NULL);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  if (!read_request (self, stream)
      || !g_output_stream_write_all (output, self->answer->head, strlen (self->answer->head), NULL,
                                     self->cancellable, NULL))
    return TRUE;

  while (self->answer->repeat != NULL && block->len < 12 * 1024)
    g_string_append (block, self->answer->repeat);
  while (block->len > 0
         && g_output_stream_write_all (output, block->str, block->len, NULL, self->cancellable, NULL))
    ;
  g_io_stream_close (stream, self->cancellable, NULL); /* the client may be gone: that is its right */

  return TRUE;
}

static void
release_cb (gpointer user_data, GClosure *closure)
{
  raw_server_unref (user_data);
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

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->answer = answer;
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->certificate, certificate);
  self->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_atomic_ref_count_inc (&self->ref_count);
  g_signal_connect_data (self->service, "run", G_CALLBACK (on_service_run_cb), self,
                         release_cb, 0);

  return self;
}

guint16
raw_server_get_port (RawServer *self)
{
  return self->port;
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
 * raw_server_free:
 * @self: (transfer full): a server
 *
 * Ends what is under way.
 */
void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service); /* each thread holds it, and it holds us */
  raw_server_unref (self);
}
