/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-handshake.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* A listener that takes connections and never gets as far as TLS. Stand-ins. */

static const char *const kinds[] = { "closed", "garbage", "halfway", "reset", "silent", NULL };

static const char garbage[] = "220 practice.example.com ESMTP ready\r\n";

/* A ServerHello of TLS 1.2 (RFC 5246, 7.4.1.3) that breaks off in its random: 77 bytes are announced, 21
 * come. */
static const guint8 half_hello[] = { 0x16, 0x03, 0x03, 0x00, 0x4d, 0x02, 0x00, 0x00, 0x49,
                                     0x03, 0x03, 0x50, 0x72, 0x61, 0x63, 0x74, 0x69, 0x63,
                                     0x65, 0x20, 0x74, 0x65, 0x6e, 0x61, 0x6e, 0x74 };

static void
said_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GSocketConnection) connection = user_data;

  /* That is all; who is not there any more misses nothing. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
}

static void
say (GSocketConnection *connection, gconstpointer text, gsize length)
{
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                   length, G_PRIORITY_DEFAULT, NULL, said_cb,
                                   g_object_ref (connection));
}

/* With nothing to linger for, closing sends RST. */
static void
reset (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  if (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) != 0)
    g_warning ("No reset: %s", g_strerror (errno));
  g_socket_close (socket, NULL);
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
    say (connection, garbage, strlen (garbage));
  else if (g_str_equal (kind, "halfway"))
    say (connection, half_hello, sizeof half_hello);
  else if (g_str_equal (kind, "reset"))
    reset (connection);
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
