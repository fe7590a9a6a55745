/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-server.h"

#include <string.h>

#include "practice-answers.h"
#include "practice-faults.h"

/* The release in `api-current-version`. CWM reads the header [documented in code]; the form of its
 * value is open, so this one is a stand-in. */
#define CURRENT_VERSION "2025.1"

struct _PracticeServer
{
  GObject parent_instance;

  SoupServer *soup;
  const PracticeKeys *keys; /* shared with main, which may revoke them */
  const PracticePlaces *places;
  PracticeRecord *record;
  GHashTable *turns; /* (element-type utf8 guint): how often a company asked for a path */
};

G_DEFINE_FINAL_TYPE (PracticeServer, practice_server, G_TYPE_OBJECT)

static gboolean
is_below_api (const PracticeRequest *request)
{
  return request->resource != NULL;
}

static void
add_headers (PracticeServer *self,
             SoupMessageHeaders *headers,
             const PracticeRequest *request,
             const PracticeAnswer *answer)
{
  for (guint i = 0; i < G_N_ELEMENTS (answer->headers) && answer->headers[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (answer->headers[i], ": ", 2);
      g_autofree char *value = practice_answer_expand (parts[1], request, self->places);

      soup_message_headers_append (headers, parts[0], value);
    }

  if (answer->type != NULL)
    soup_message_headers_replace (headers, "Content-Type", answer->type);
  if (answer->status == 200 && is_below_api (request) &&
      g_strcmp0 (answer->type, PRACTICE_JSON) == 0)
    soup_message_headers_append (headers, "api-current-version", CURRENT_VERSION);
}

static gboolean
send_late_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

/* A connection of HTTP/2 carries several requests: none of them may have it to itself. */
static void
send_fault (const PracticeFault *fault, SoupServerMessage *message)
{
  if (soup_server_message_get_http_version (message) != SOUP_HTTP_2_0)
    practice_fault_send (fault, message);
  else if (fault->http2_length > 0)
    {
      soup_server_message_set_response (message, PRACTICE_JSON, SOUP_MEMORY_TAKE,
                                        g_strnfill (fault->http2_length, ' '), fault->http2_length);
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    }
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_IMPLEMENTED, NULL);
}

static void
send_answer (PracticeServer *self,
             SoupServerMessage *message,
             const PracticeRequest *request,
             const PracticeAnswer *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  PracticeBody made = { NULL, NULL };

  if (answer->fault != NULL)
    {
      send_fault (answer->fault, message);
      return;
    }

  add_headers (self, headers, request, answer);
  if (answer->make != NULL)
    answer->make (request, &made);
  else if (answer->body != NULL)
    {
      char *text = practice_answer_expand (answer->body, request, self->places);

      made.bytes = g_bytes_new_take (text, strlen (text));
    }

  if (made.link != NULL)
    soup_message_headers_append (headers, "Link", made.link);
  if (made.bytes != NULL && g_bytes_get_size (made.bytes) > 0)
    soup_message_body_append_bytes (body, made.bytes);
  soup_message_body_complete (body);
  soup_server_message_set_status (message, answer->status, answer->reason);

  if (answer->delay_ms > 0)
    {
      soup_server_message_pause (message);
      g_timeout_add_full (G_PRIORITY_DEFAULT, answer->delay_ms, send_late_cb,
                          g_object_ref (message), g_object_unref);
    }

  g_clear_pointer (&made.bytes, g_bytes_unref);
  g_clear_pointer (&made.link, g_free);
}

/* An answer that only meets every other request: counted for each company and path on its own, so
 * that every check of such a tenant meets the same. */
static const PracticeAnswer *
take_turn (PracticeServer *self, const PracticeRequest *request, const PracticeAnswer *answer)
{
  g_autofree char *key = NULL;
  guint turn;

  if (answer->once == NULL)
    return answer;

  key = g_strconcat (request->company, "\n", request->path, NULL);
  turn = GPOINTER_TO_UINT (g_hash_table_lookup (self->turns, key));
  g_hash_table_insert (self->turns, g_steal_pointer (&key), GUINT_TO_POINTER (turn + 1));
  return turn % 2 == 0 ? answer : answer->once;
}

static void
request_cb (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  PracticeServer *self = user_data;
  g_autoptr(PracticeRequest) request = practice_request_new (message);
  GUri *uri = soup_server_message_get_uri (message);
  const PracticeAnswer *answer;

  /* Without TLS nothing is looked at. That it is refused is [documented], the form [inferred]. */
  if (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0)
    answer = &practice_ssl_403;
  else
    answer = take_turn (self, request, practice_judge (request, self->keys));

  if (self->record != NULL)
    practice_record_add_request (self->record, message, request, answer);
  send_answer (self, message, request, answer);
}

static void
practice_server_dispose (GObject *object)
{
  PracticeServer *self = PRACTICE_SERVER (object);

  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_object (&self->record);
  g_clear_pointer (&self->turns, g_hash_table_unref);

  G_OBJECT_CLASS (practice_server_parent_class)->dispose (object);
}

static void
practice_server_class_init (PracticeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = practice_server_dispose;
}

static void
practice_server_init (PracticeServer *self)
{
  self->turns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * practice_server_new:
 * @certificate: the certificate with its key
 * @keys: what every scenario takes; must outlive the server, and may change under it
 * @places: what placeholders stand for; must outlive the server
 * @record: (nullable): where requests are recorded
 *
 * Makes a server that does not listen yet. It lives in the main context of this thread.
 *
 * Returns: (transfer full): the server
 */
PracticeServer *
practice_server_new (GTlsCertificate *certificate,
                     const PracticeKeys *keys,
                     const PracticePlaces *places,
                     PracticeRecord *record)
{
  PracticeServer *self = g_object_new (PRACTICE_TYPE_SERVER, NULL);

  self->keys = keys;
  self->places = places;
  g_set_object (&self->record, record);

  /* Paths stay as they were sent, so that a company ID with a slash in it is one segment. */
  self->soup = soup_server_new ("tls-certificate", certificate, "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  return self;
}

/**
 * practice_server_listen:
 * @self: a server
 * @address: a loopback address
 * @port: a port, or 0 for any that is free
 * @is_plain: without TLS: such a listener refuses all
 * @error: return location for an error
 *
 * Begins to listen. May be called once for each kind.
 *
 * Returns: the port, or 0 with a `G_IO_ERROR` where it cannot be had
 */
guint
practice_server_listen (
    PracticeServer *self, GInetAddress *address, guint port, gboolean is_plain, GError **error)
{
  g_autoptr(GSocketAddress) socket_address = g_inet_socket_address_new (address, (guint16) port);
  GSList *uris;
  guint found = 0;

  g_assert (g_inet_address_get_is_loopback (address));

  if (!soup_server_listen (self->soup, socket_address, is_plain ? 0 : SOUP_SERVER_LISTEN_HTTPS,
                           error))
    return 0;

  uris = soup_server_get_uris (self->soup);
  for (GSList *l = uris; l != NULL; l = l->next)
    {
      if (g_str_equal (g_uri_get_scheme (l->data), is_plain ? "http" : "https"))
        found =
            g_uri_get_port (l->data) > 0 ? (guint) g_uri_get_port (l->data) : (is_plain ? 80 : 443);
    }
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return found;
}
