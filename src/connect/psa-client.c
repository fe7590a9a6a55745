/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-client.h"

#include <libsoup/soup.h>

#include "psa-ask.h"
#include "psa-authorities.h"
#include "psa-body.h"
#include "psa-fault.h"
#include "psa-wire.h"

#define MAX_INTERIM 16
#define MAX_CONNECTIONS 64

struct _PsaClient
{
  GObject parent_instance;
  SoupSession *session;
  GTlsCertificate *peer; /* (nullable): whose facts were read last; it is asked about at each request */
  PsaCertificate *peer_facts;
};

G_DEFINE_FINAL_TYPE (PsaClient, psa_client, G_TYPE_OBJECT)

/* One request under way. The caller has its answer as soon as @task is returned; libsoup may take a
 * while longer to let go of a message that was cancelled, and holds a reference until then. */
typedef struct
{
  grefcount ref_count;
  GTask *task; /* NULL once returned */
  SoupMessage *message;
  GInputStream *stream;
  GCancellable *cancellable; /* ours, not the caller's: a limit cancels as well */
  GSource *cancelled;
  GSource *limit;
  PsaClientPhase phase;
  gpointer phase_data;
  PsaReply *reply;
  PsaStage own_stage;
  PsaStage stage;
  char *trusted_sha256;
  guint n_interim;
  gboolean via_proxy;
  gboolean started;  /* the connection stands and the request goes out */
  gboolean answered; /* the head is read, and libsoup is about to say so */
  gboolean refused;  /* the certificate is not one that we go on with */
  gboolean old_tls;  /* nor is the protocol */
  gboolean too_large;
  gboolean misdirected; /* 421, which libsoup would ask again on its own */
} Exchange;

static Exchange *
exchange_ref (Exchange *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
exchange_unref (Exchange *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_assert (self->task == NULL);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->reply, psa_reply_free);
  g_clear_pointer (&self->trusted_sha256, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_unref)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Returns the task, once. Whatever libsoup still does with the message reaches nobody. */
static void
exchange_end (Exchange *self, GError *error)
{
  g_autoptr(Exchange) guard = exchange_ref (self);
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  g_assert (task != NULL);
  clear_source (&self->cancelled);
  clear_source (&self->limit);
  g_signal_handlers_disconnect_by_data (self->message, self);
  psa_wire_forget_secrets (self->message);
  psa_wire_read_timings (self->reply, self->message, self->via_proxy);
  /* Up to 3.6.5 libsoup ends a message twice, and frees it under its own task, that is cancelled
   * between the head and send_cb(). It comes at once, so that nothing is lost by waiting for it. */
  if (!self->answered)
    g_cancellable_cancel (self->cancellable);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->reply), (GDestroyNotify) psa_reply_free);
}

static void
exchange_end_fault (Exchange *self, PsaFault fault, PsaStage stage)
{
  self->reply->fault = fault;
  self->reply->fault_stage = stage;
  exchange_end (self, NULL);
}

static void
exchange_end_error (Exchange *self, const GError *error)
{
  if (self->refused)
    exchange_end_fault (self, PSA_FAULT_CERTIFICATE, PSA_STAGE_TLS);
  else if (self->old_tls)
    exchange_end_fault (self, PSA_FAULT_TLS, PSA_STAGE_TLS);
  else if (self->too_large || psa_wire_has_long_head (self->message))
    exchange_end_fault (self, PSA_FAULT_TOO_LARGE, self->own_stage);
  else if (self->misdirected)
    exchange_end (self, NULL);
  else
    {
      psa_fault_explain (self->reply, error, self->stage, self->via_proxy);
      exchange_end (self, NULL);
    }
}

static gboolean
on_limit_cb (gpointer user_data)
{
  Exchange *self = user_data;

  exchange_end_fault (self, PSA_FAULT_TIMED_OUT, self->stage);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Exchange *self = user_data;

  exchange_end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));

  return G_SOURCE_REMOVE;
}

static GSource *
attach (Exchange *self, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, exchange_ref (self), (GDestroyNotify) exchange_unref);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

/* A stage has ten seconds of its own, however often it is tried at another address. */
static void
exchange_enter (Exchange *self, PsaStage stage, gboolean tell)
{
  if (self->limit != NULL && self->stage == stage)
    return;

  self->stage = stage;
  clear_source (&self->limit);
  self->limit = attach (self, g_timeout_source_new (PSA_CLIENT_STAGE_SECONDS * 1000), on_limit_cb);
  if (tell && self->phase != NULL)
    self->phase (stage, self->phase_data);
}

static PsaCertificate *
dup_facts (PsaClient *client, GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  if (g_set_object (&client->peer, certificate) || client->peer_facts->errors != errors)
    {
      g_clear_pointer (&client->peer_facts, psa_certificate_free);
      client->peer_facts = psa_certificate_new (certificate, errors);
    }
  return psa_certificate_copy (client->peer_facts);
}

/* Whether the connection may be used. What is told of a refusal is @reply's certificate. */
static gboolean
exchange_judge (Exchange *self, GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  PsaReply *reply = self->reply;
  gboolean known;

  g_clear_pointer (&reply->certificate, psa_certificate_free);
  reply->certificate = dup_facts (g_task_get_source_object (self->task), certificate, errors);
  if (errors == 0)
    return TRUE; /* the system vouches for it, whatever was trusted before */

  known = self->trusted_sha256 != NULL &&
          g_ascii_strcasecmp (self->trusted_sha256, reply->certificate->sha256) == 0;
  reply->certificate_changed = self->trusted_sha256 != NULL && !known;
  if (known && (errors & ~PSA_CERTIFICATE_TRUSTABLE) == 0)
    return TRUE;

  self->refused = TRUE;
  return FALSE;
}

static gboolean
on_message_accept_certificate_cb (SoupMessage *message,
                                  GTlsCertificate *certificate,
                                  GTlsCertificateFlags errors,
                                  Exchange *self)
{
  return exchange_judge (self, certificate, errors);
}

static void
on_message_network_event_cb (SoupMessage *message,
                             GSocketClientEvent event,
                             GIOStream *connection,
                             Exchange *self)
{
  switch (event)
    {
    case G_SOCKET_CLIENT_RESOLVING:
      exchange_enter (self, self->via_proxy ? PSA_STAGE_PROXY : PSA_STAGE_RESOLVE, TRUE);
      break;
    case G_SOCKET_CLIENT_RESOLVED:
    case G_SOCKET_CLIENT_CONNECTING:
      exchange_enter (self, self->via_proxy ? PSA_STAGE_PROXY : PSA_STAGE_CONNECT, TRUE);
      break;
    case G_SOCKET_CLIENT_PROXY_NEGOTIATING:
      self->via_proxy = TRUE;
      exchange_enter (self, PSA_STAGE_PROXY, TRUE);
      break;
    case G_SOCKET_CLIENT_TLS_HANDSHAKING:
      exchange_enter (self, PSA_STAGE_TLS, TRUE);
      break;
    case G_SOCKET_CLIENT_CONNECTED:
    case G_SOCKET_CLIENT_PROXY_NEGOTIATED:
    case G_SOCKET_CLIENT_TLS_HANDSHAKED:
    case G_SOCKET_CLIENT_COMPLETE:
    default:
      break;
    }
}

/* The last moment before anything is sent. A connection from the pool was accepted for somebody
 * else, perhaps: libsoup does not ask again, so we look again. */
static void
on_message_starting_cb (SoupMessage *message, Exchange *self)
{
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (message);

  if (certificate == NULL ||
      !exchange_judge (self, certificate, soup_message_get_tls_peer_certificate_errors (message)))
    {
      self->refused = TRUE;
      g_cancellable_cancel (self->cancellable);
      return;
    }
  /* GIO's TLS library lets any version pass that it knows. */
  self->old_tls = psa_wire_has_old_tls (message, &self->reply->detail);
  if (self->old_tls)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }

  self->started = TRUE;
  exchange_enter (self, self->own_stage, TRUE);
}

/* A flood of interim answers keeps the main loop from any other source: no timer would end it. */
static void
on_message_got_informational_cb (SoupMessage *message, Exchange *self)
{
  if (++self->n_interim <= MAX_INTERIM)
    return;

  self->too_large = TRUE;
  g_cancellable_cancel (self->cancellable);
}

static void
on_message_got_headers_cb (SoupMessage *message, Exchange *self)
{
  self->too_large = psa_wire_has_long_head (message);
  self->misdirected = soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST;
  if (self->misdirected)
    {
      psa_wire_read_head (self->reply, message);
      psa_reply_take_body (self->reply, g_bytes_new (NULL, 0));
    }
  if (self->too_large || self->misdirected)
    g_cancellable_cancel (self->cancellable);
  else
    self->answered = TRUE;
}

/* A connection from the pool was closed before it took the request, and libsoup sends it again.
 * Only on a new connection: up to 3.6.5 (mended by "fix 'heap-use-after-free' caused by 'finishing'
 * queue item twice"), a message that restarts on another idle one at once is ended twice, and the
 * session's features are freed under it. */
static void
on_message_restarted_cb (SoupMessage *message, Exchange *self)
{
  self->started = FALSE;
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
}

static void
close_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Exchange) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_input_stream_close_finish (G_INPUT_STREAM (object), result, &error))
    g_debug ("Closing an answer that was read: %s", error->message);
  if (self->task != NULL)
    exchange_end (self, NULL);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Exchange) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = psa_body_read_finish (G_INPUT_STREAM (object), result, &error);

  if (self->task == NULL)
    return;

  if (body == NULL)
    exchange_end_error (self, error);
  else if (g_bytes_get_size (body) > PSA_CLIENT_MAX_BODY)
    exchange_end_fault (self, PSA_FAULT_TOO_LARGE, self->own_stage);
  else if (psa_wire_is_cut_short (self->message, g_bytes_get_size (body)))
    exchange_end_fault (self, PSA_FAULT_CLOSED, self->own_stage);
  else
    {
      psa_reply_take_body (self->reply, g_steal_pointer (&body));
      /* Only a closed stream gives its connection back for the next request. */
      g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, self->cancellable, close_cb,
                                  exchange_ref (self));
    }
}

static void
send_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Exchange) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream =
      soup_session_send_finish (SOUP_SESSION (object), result, &error);

  self->answered = FALSE;
  if (self->task == NULL)
    return;

  if (stream == NULL)
    {
      exchange_end_error (self, error);
      return;
    }
  if (!self->started) /* the answer is that of a proxy which did not let us through */
    {
      self->reply->detail = g_strdup_printf ("HTTP %u", soup_message_get_status (self->message));
      exchange_end_fault (self, PSA_FAULT_PROXY, PSA_STAGE_PROXY);
      return;
    }

  psa_wire_read_head (self->reply, self->message);
  self->stream = g_steal_pointer (&stream);
  psa_body_read_async (self->stream, PSA_CLIENT_MAX_BODY, self->cancellable, read_cb,
                       exchange_ref (self));
}

/* The time spent waiting for another request's connection is nobody's stage: it ends with that
 * one's limits. */
static void
exchange_send (Exchange *self)
{
  PsaClient *client = g_task_get_source_object (self->task);

  clear_source (&self->limit);
  self->stage = self->own_stage;
  soup_session_send_async (client->session, self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           send_cb, exchange_ref (self));
}

static void
lookup_proxy_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Exchange) self = user_data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) proxies =
      g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, &error);

  if (self->task == NULL)
    return;

  if (error != NULL)
    {
      psa_fault_explain (self->reply, error, PSA_STAGE_PROXY, TRUE);
      exchange_end (self, NULL);
      return;
    }

  self->via_proxy = proxies != NULL && proxies[0] != NULL && !g_str_equal (proxies[0], "direct://");
  exchange_send (self);
}

static void
lookup_proxy (Exchange *self)
{
  g_autofree char *origin =
      g_uri_to_string_partial (soup_message_get_uri (self->message), G_URI_HIDE_QUERY);

  /* Whether there is a proxy decides whose trouble a failed look-up or connection is. */
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), origin, self->cancellable,
                                 lookup_proxy_cb, exchange_ref (self));
}

static void
authorities_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Exchange) self = user_data;

  psa_authorities_read_finish (result);
  if (self->task != NULL)
    lookup_proxy (self);
}

static void
connect_message (Exchange *self)
{
  g_signal_connect (self->message, "network-event", G_CALLBACK (on_message_network_event_cb), self);
  g_signal_connect (self->message, "accept-certificate",
                    G_CALLBACK (on_message_accept_certificate_cb), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (on_message_starting_cb), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (on_message_restarted_cb), self);
  g_signal_connect (self->message, "got-informational",
                    G_CALLBACK (on_message_got_informational_cb), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (on_message_got_headers_cb), self);
}

static Exchange *
exchange_new (const PsaRequest *request, SoupMessage *message, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Exchange *self = g_new0 (Exchange, 1);

  g_ref_count_init (&self->ref_count);
  self->task = g_object_ref (task);
  self->message = g_object_ref (message);
  self->cancellable = g_cancellable_new ();
  self->reply = psa_reply_new (request->ask);
  self->reply->plain = g_strcmp0 (request->accept, "application/json") == 0;
  self->reply->portal = g_network_monitor_get_connectivity (g_network_monitor_get_default ()) ==
                        G_NETWORK_CONNECTIVITY_PORTAL;
  self->own_stage = psa_ask_get_stage (request->ask);
  self->stage = self->own_stage;
  /* The vendor's own hosts are never trusted by hand. */
  if (!psa_address_is_vendor (request->address))
    self->trusted_sha256 = g_strdup (request->trusted_sha256);

  if (cancellable != NULL)
    self->cancelled =
        attach (self, g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled_cb));
  connect_message (self);

  return self;
}

static void
psa_client_dispose (GObject *object)
{
  PsaClient *self = PSA_CLIENT (object);

  /* Every exchange has ended by now. A session that is aborted would cancel even those whose answer
   * is a turn away; left alone it ends with the last of them. */
  g_clear_object (&self->session);
  g_clear_object (&self->peer);
  g_clear_pointer (&self->peer_facts, psa_certificate_free);

  G_OBJECT_CLASS (psa_client_parent_class)->dispose (object);
}

static void
psa_client_class_init (PsaClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psa_client_dispose;
}

static void
psa_client_init (PsaClient *self)
{
  /* More than one user of a client ever has under way. By default it is ten, and two a host: whatever came next would
   * wait behind requests that hang, and seem to have timed out. */
  self->session = soup_session_new_with_options (
      "timeout", PSA_CLIENT_STAGE_SECONDS, "max-conns", MAX_CONNECTIONS, "max-conns-per-host",
      MAX_CONNECTIONS, "user-agent", "psa-connections/" VERSION, NULL);
  /* Nothing compressed is asked for or unpacked, so nothing can be a bomb. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

/**
 * psa_client_new:
 *
 * Makes the session; to be called, like everything here, on the main thread. A check, a reading of permissions and a
 * search for a region have one each: connections are kept for its next request alone, and closed with it.
 *
 * Returns: (transfer full): a client
 */
PsaClient *
psa_client_new (void)
{
  return g_object_new (PSA_TYPE_CLIENT, NULL);
}

/**
 * psa_client_send_async:
 * @self: a client
 * @request: what to send; not needed after the call
 * @phase: (nullable) (scope async): told how far the connection is; not called once @callback was
 * @phase_data: for @phase
 * @cancellable: (nullable): cancelling takes effect in the next turn of the main loop
 * @callback: (scope async): called with the outcome
 * @user_data: for @callback
 *
 * Sends one request and reads its answer, with %PSA_CLIENT_STAGE_SECONDS for each stage and at most
 * %PSA_CLIENT_MAX_BODY of body.
 */
void
psa_client_send_async (PsaClient *self,
                       const PsaRequest *request,
                       PsaClientPhase phase,
                       gpointer phase_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(Exchange) exchange = NULL;
  GError *error = NULL;

  g_return_if_fail (PSA_IS_CLIENT (self));
  g_return_if_fail (request != NULL && request->address != NULL && request->url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_client_send_async);
  g_task_set_check_cancellable (task, FALSE); /* an answer that is in is given */

  message = psa_wire_create_message (request, &error);
  if (message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  exchange = exchange_new (request, message, task);
  exchange->phase = phase;
  exchange->phase_data = phase_data;
  if (!request->new_connection)
    {
      exchange_send (exchange);
      return;
    }

  exchange_enter (exchange, PSA_STAGE_PROXY, FALSE);
  psa_authorities_read_async (authorities_read_cb, g_steal_pointer (&exchange));
}

/**
 * psa_client_send_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED, or %G_IO_ERROR_INVALID_ARGUMENT where the
 * request was not one that may be sent
 *
 * Returns: (transfer full) (nullable): the outcome, faults of the network included
 */
PsaReply *
psa_client_send_finish (PsaClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_client_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
