/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-wire.h"

/* A header of the answer is the server's text: any bytes may stand there. */
static char *
dup_header (SoupMessage *message, const char *name)
{
  const char *value =
      soup_message_headers_get_one (soup_message_get_response_headers (message), name);

  return value == NULL ? NULL : g_utf8_make_valid (value, -1);
}

/* Seconds, or a date (RFC 9110, 10.2.3); −1 for anything else, the past included. */
static int
parse_retry_after (const char *text)
{
  guint64 seconds = 0;
  g_autoptr(GDateTime) date = NULL;
  gint64 ahead;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &seconds, NULL))
    return (int) seconds;

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return -1;
  ahead = g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;

  return ahead < 0 || ahead > G_MAXINT ? -1 : (int) ahead;
}

static char *
dup_tls_protocol (SoupMessage *message)
{
  switch (soup_message_get_tls_protocol_version (message))
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return g_strdup ("TLS 1.0");
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return g_strdup ("TLS 1.1");
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return g_strdup ("TLS 1.2");
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return g_strdup ("TLS 1.3");
    case G_TLS_PROTOCOL_VERSION_UNKNOWN:
    case G_TLS_PROTOCOL_VERSION_SSL_3_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_2:
    default:
      return NULL;
    }
}

static char *
dup_http_protocol (SoupMessage *message)
{
  switch (soup_message_get_http_version (message))
    {
    case SOUP_HTTP_1_0:
      return g_strdup ("HTTP/1.0");
    case SOUP_HTTP_1_1:
      return g_strdup ("HTTP/1.1");
    case SOUP_HTTP_2_0:
      return g_strdup ("HTTP/2");
    default:
      return NULL;
    }
}

/* In milliseconds; −1 unless both ends were seen. */
static double
measure (guint64 start, guint64 end)
{
  return start == 0 || end < start ? -1 : (double) (end - start) / 1000;
}

/* A value with a line end in it would be two headers. */
static gboolean
is_header_value (const char *value)
{
  return value == NULL || (strpbrk (value, "\r\n") == NULL && g_utf8_validate (value, -1, NULL));
}

/* Below the address's own origin, and nowhere else. */
static GUri *
parse_url (const PsaRequest *request)
{
  g_autofree char *origin = psa_address_dup_origin (request->address);
  g_autoptr(GUri) home = g_uri_parse (origin, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GUri) uri = g_uri_parse (request->url, SOUP_HTTP_URI_FLAGS, NULL);

  if (home == NULL || uri == NULL || g_uri_get_userinfo (uri) != NULL ||
      !g_str_equal (g_uri_get_scheme (uri), "https") ||
      g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (home)) != 0 ||
      g_uri_get_port (uri) != g_uri_get_port (home))
    return NULL;

  return g_steal_pointer (&uri);
}

/**
 * psa_wire_create_message:
 * @request: what to send
 * @error: return location for a %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Makes the message with the headers that every request has, and those that this one has. No
 * redirect is followed, nothing remembered of a sign-in is used, no challenge is answered. HTTP/1.1 is
 * spoken, whatever else is offered.
 *
 * Returns: (transfer full) (nullable): the message; %NULL where the URL leads away from the address
 * or a header would be two
 */
SoupMessage *
psa_wire_create_message (const PsaRequest *request, GError **error)
{
  g_autoptr(GUri) uri = parse_url (request);
  g_autoptr(SoupMessage) message = NULL;
  SoupMessageHeaders *headers;

  g_return_val_if_fail (request != NULL, NULL);

  if (uri == NULL || !is_header_value (request->authorization) ||
      !is_header_value (request->client_id) || !is_header_value (request->accept))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "A request outside its origin, or a header of several lines");
      return NULL;
    }

  message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE |
                                       SOUP_MESSAGE_COLLECT_METRICS);
  if (request->new_connection)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  /* Up to 3.6.5 libsoup takes a body of HTTP/2 into memory as fast as it comes, and widens the window for more,
   * before it returns to the main loop: no cap of ours would hold. */
  soup_message_set_force_http1 (message, TRUE);
  /* No challenge is answered. The feature itself must stay in the session: without any, libsoup
   * gathers the whole body of each 401 and 407 in memory before we see it, however long it is. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);

  headers = soup_message_get_request_headers (message);
  if (request->accept != NULL)
    soup_message_headers_replace (headers, "Accept", request->accept);
  if (request->client_id != NULL)
    soup_message_headers_replace (headers, "clientId", request->client_id);
  if (request->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", request->authorization);

  return g_steal_pointer (&message);
}

/**
 * psa_wire_has_old_tls:
 * @message: a message whose connection stands
 * @version: (inout) (nullable): set to what the connection speaks, such as "TLS 1.0", if it is old
 *
 * TLS 1.0 and 1.1 are not to be spoken any more (RFC 8996), least of all with keys.
 *
 * Returns: whether the connection speaks less than TLS 1.2
 */
gboolean
psa_wire_has_old_tls (SoupMessage *message, char **version)
{
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), TRUE);

  if (soup_message_get_tls_protocol_version (message) >= G_TLS_PROTOCOL_VERSION_TLS_1_2)
    return FALSE;

  g_free (*version);
  *version = dup_tls_protocol (message);

  return TRUE;
}

/**
 * psa_wire_forget_secrets:
 * @message: a message that is done with
 *
 * Takes the secrets out of the request's headers: libsoup's copy cannot be wiped, so it goes as
 * soon as it may.
 */
void
psa_wire_forget_secrets (SoupMessage *message)
{
  SoupMessageHeaders *headers;

  g_return_if_fail (SOUP_IS_MESSAGE (message));

  headers = soup_message_get_request_headers (message);
  soup_message_headers_remove (headers, "Authorization");
  soup_message_headers_remove (headers, "clientId");
}

/**
 * psa_wire_read_head:
 * @reply: the reply to fill
 * @message: a message whose headers are in
 *
 * Takes the status and the headers that a verdict or a user may want to know. `api-current-version`
 * names the version that answered (https://github.com/christaylorcodes/ConnectWiseManageAPI).
 */
void
psa_wire_read_head (PsaReply *reply, SoupMessage *message)
{
  g_autofree char *retry_after = NULL;

  g_return_if_fail (reply != NULL);
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  retry_after = dup_header (message, "Retry-After");

  reply->status = soup_message_get_status (message);
  reply->content_type = dup_header (message, "Content-Type");
  reply->location = dup_header (message, "Location");
  reply->api_version = dup_header (message, "api-current-version");
  reply->link = dup_header (message, "Link");
  reply->request_id = dup_header (message, "X-Request-Id");
  reply->retry_after = parse_retry_after (retry_after);
  reply->tls_protocol = dup_tls_protocol (message);
  reply->http_protocol = dup_http_protocol (message);
}

/**
 * psa_wire_read_timings:
 * @reply: the reply to fill
 * @message: a message that collected its metrics
 * @via_proxy: whether name lookup and connection were those of a proxy
 *
 * Reads the durations off the real connection. One that was open already has zeros, one that failed
 * has half of a pair: differences are taken only where both ends are set. libsoup's end of
 * connecting comes after TLS, so the connection alone ends where TLS begins.
 */
void
psa_wire_read_timings (PsaReply *reply, SoupMessage *message, gboolean via_proxy)
{
  SoupMessageMetrics *metrics;
  guint64 tls_start;

  g_return_if_fail (reply != NULL);
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  metrics = soup_message_get_metrics (message);
  if (metrics == NULL)
    return;

  tls_start = soup_message_metrics_get_tls_start (metrics);
  if (!via_proxy)
    {
      reply->resolve_ms = measure (soup_message_metrics_get_dns_start (metrics),
                                   soup_message_metrics_get_dns_end (metrics));
      reply->connect_ms = measure (soup_message_metrics_get_connect_start (metrics), tls_start);
    }
  reply->tls_ms = measure (tls_start, soup_message_metrics_get_connect_end (metrics));
  reply->total_ms = measure (soup_message_metrics_get_request_start (metrics),
                             soup_message_metrics_get_response_end (metrics));
}

/**
 * psa_wire_is_cut_short:
 * @message: a message whose body was read to its end
 * @length: how many bytes came
 *
 * libsoup forgives a body shorter than its Content-Length where the connection closes after it; for
 * us half an answer is none.
 *
 * Returns: whether the server promised more
 */
gboolean
psa_wire_is_cut_short (SoupMessage *message, gsize length)
{
  SoupMessageHeaders *headers;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  headers = soup_message_get_response_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         (guint64) soup_message_headers_get_content_length (headers) > length;
}

/**
 * psa_wire_has_long_head:
 * @message: a message whose headers are in
 *
 * Returns: whether they are longer than any honest answer's
 */
gboolean
psa_wire_has_long_head (SoupMessage *message)
{
  SoupMessageMetrics *metrics;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  metrics = soup_message_get_metrics (message);

  return metrics != NULL &&
         soup_message_metrics_get_response_header_bytes_received (metrics) > PSA_WIRE_MAX_HEADERS;
}

/**
 * psa_client_dup_library:
 *
 * Returns: (transfer full): the version of libsoup that runs
 */
char *
psa_client_dup_library (void)
{
  return g_strdup_printf ("%u.%u.%u", soup_get_major_version (), soup_get_minor_version (),
                          soup_get_micro_version ());
}
