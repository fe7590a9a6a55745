/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-handshake.h"

#include <string.h>

/* A listener that takes connections and never gets as far as TLS. Stand-ins. */

static const char *const kinds[] = { "closed", "garbage", "silent", NULL };

static const char garbage[] = "220 practice.example.com ESMTP ready\r\n";

static void
said_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GSocketConnection) connection = user_data;

  /* That is all; who is not there any more misses nothing. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
}

static void
heard_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GSocketConnection) connection = user_data;
  g_autoptr(GBytes) hello =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  const char *kind = g_object_get_data (G_OBJECT (connection), "kind");

  if (hello == NULL || g_bytes_get_size (hello) == 0)
    return;

  if (g_str_equal (kind, "garbage"))
    g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                     garbage, strlen (garbage), G_PRIORITY_DEFAULT, NULL, said_cb,
                                     g_object_ref (connection));
  else if (g_str_equal (kind, "silent"))
    g_input_stream_read_bytes_async (G_INPUT_STREAM (object), 4096, G_PRIORITY_DEFAULT, NULL,
                                     heard_cb, g_object_ref (connection));
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  const char *kind = user_data;

  /* The client speaks first. Only then: a close before its hello could look like a refusal. */
  g_object_set_data (G_OBJECT (connection), "kind", (gpointer) kind);
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), 4096,
                                   G_PRIORITY_DEFAULT, NULL, heard_cb, g_object_ref (connection));
  return TRUE;
}

/**
 * practice_handshake_get_kinds:
 *
 * Returns: (array zero-terminated=1): how a handshake may fail
 */
const char *const *
practice_handshake_get_kinds (void)
{
  return kinds;
}

/**
 * practice_handshake_listen:
 * @kind: one of practice_handshake_get_kinds()
 * @address: a loopback address
 * @port: (inout): a port, or 0 for any that is free
 * @error: return location for an error
 *
 * Begins to listen; no handshake will ever end well.
 *
 * Returns: (transfer full) (nullable): the listener; a `G_IO_ERROR` where the port cannot be had
 */
GSocketService *
practice_handshake_listen (const char *kind, GInetAddress *address, guint *port, GError **error)
{
  g_autoptr(GSocketService) service = g_socket_service_new ();
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (address, (guint16) *port);
  g_autoptr(GSocketAddress) found = NULL;

  g_assert (g_inet_address_get_is_loopback (address));

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      if (g_str_equal (kinds[i], kind))
        kind = kinds[i];
    }

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &found, error))
    return NULL;

  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), (gpointer) kind);
  g_socket_service_start (service);
  return g_steal_pointer (&service);
}
