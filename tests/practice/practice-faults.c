/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-faults.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "practice-answers.h"
#include "practice-bodies.h"

/* All of these are stand-ins: what a broken network or server may do, and a client must survive. */

#define HTTP_JSON "HTTP/1.1 200 OK\r\nContent-Type: " PRACTICE_JSON "\r\n"
#define INFO "{" PRACTICE_INFO_FIELDS "}"
#define BLANKS_4096 BLANKS_1024 BLANKS_1024 BLANKS_1024 BLANKS_1024
#define BLANKS_1024 BLANKS_256 BLANKS_256 BLANKS_256 BLANKS_256
#define BLANKS_256 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64
#define BLANKS_64 "                                                                "
#define HTTP2_LENGTH (128 * 1024 * 1024) /* in the place of what has no end */
#define LETTERS_64 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"

#define FAULT(name, words, at, ...)                                                                \
  const PracticeAnswer practice_##name = { .what = words,                                          \
                                           .step = at,                                             \
                                           .fault = &(const PracticeFault) { __VA_ARGS__ } }

FAULT (silent, "never answers", PRACTICE_STEP_ROUTE, .end = PRACTICE_END_HOLD);
FAULT (closed, "closed without an answer", PRACTICE_STEP_ROUTE, .end = PRACTICE_END_CLOSE);

/* Keys that are wrong may get no response at all: Developer Guide, "PSA Specific" [documented] */
FAULT (keys_closed, "closed without an answer", PRACTICE_STEP_KEYS, .end = PRACTICE_END_CLOSE);

FAULT (reset, "reset", PRACTICE_STEP_ROUTE, .end = PRACTICE_END_RESET);
const PracticeAnswer practice_reset_once_company = {
  .what = "reset",
  .step = PRACTICE_STEP_ROUTE,
  .fault = &(const PracticeFault) { .end = PRACTICE_END_RESET },
  .once = &practice_company_cloud,
};
const PracticeAnswer practice_reset_once_info = {
  .what = "reset",
  .step = PRACTICE_STEP_RIGHT,
  .fault = &(const PracticeFault) { .end = PRACTICE_END_RESET },
  .once = &practice_info_ok,
};

FAULT (slow,
       "a byte each half second",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Content-Length: 100000\r\n\r\n{",
       .repeat = " ",
       .interval_ms = 500,
       .end = PRACTICE_END_HOLD);
FAULT (slow_headers,
       "a header each half second",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON,
       .repeat = "X-Practice: slow\r\n",
       .interval_ms = 500,
       .end = PRACTICE_END_HOLD);
FAULT (endless,
       "never ends",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
       .repeat = "1000\r\n" BLANKS_4096 "\r\n",
       .http2_length = HTTP2_LENGTH,
       .end = PRACTICE_END_CLOSE);

FAULT (huge,
       "a gibibyte",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Content-Length: 1073741824\r\n\r\n",
       .repeat = BLANKS_4096,
       .repeats = 262144,
       .http2_length = HTTP2_LENGTH,
       .end = PRACTICE_END_CLOSE);

FAULT (cut_short,
       "shorter than its length",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Content-Length: 1000\r\n\r\n" INFO,
       .end = PRACTICE_END_CLOSE);
FAULT (cut_short_chunked,
       "no last chunk",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON
       "Transfer-Encoding: chunked\r\n\r\n19\r\n{\"version\":\"v2025.1.1000\"\r\n",
       .end = PRACTICE_END_CLOSE);
FAULT (cut_short_headers,
       "ends in the headers",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Content-Len",
       .end = PRACTICE_END_CLOSE);
FAULT (cut_short_tls,
       "no length, TLS not ended",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Connection: close\r\n\r\n{\"version\":\"v2025.1.10001\",\"isCloud\":tr",
       .end = PRACTICE_END_DROP);
FAULT (cut_short_reset,
       "reset in the body",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Content-Length: 1000\r\n\r\n{\"version\":",
       .end = PRACTICE_END_RESET);
FAULT (length_too_small,
       "longer than its length",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON "Content-Length: 10\r\nConnection: close\r\n\r\n" INFO,
       .end = PRACTICE_END_CLOSE);

/* 64 KiB would still be taken; this is more than a client need read. */
FAULT (big_headers,
       "512 KiB of headers",
       PRACTICE_STEP_ROUTE,
       .head = HTTP_JSON,
       .repeat = "X-Practice: " LETTERS_64 LETTERS_64 LETTERS_64 LETTERS_64 "\r\n",
       .repeats = 2048,
       .tail = "Content-Length: 2\r\n\r\n{}",
       .end = PRACTICE_END_CLOSE);

#define INTERIM "HTTP/1.1 103 Early Hints\r\n\r\n"
#define WHOLE_INFO HTTP_JSON "api-current-version: 2025.1\r\nConnection: close\r\n"
FAULT (interim_few,
       "info, after 3 interim answers",
       PRACTICE_STEP_RIGHT,
       .head = INTERIM INTERIM INTERIM WHOLE_INFO "Content-Length: 27\r\n\r\n"
                                                  "{\"version\":\"v2025.1.10001\"}",
       .end = PRACTICE_END_CLOSE);
FAULT (interim_flood,
       "interim answers without end",
       PRACTICE_STEP_ROUTE,
       .head = INTERIM,
       .repeat = INTERIM,
       .end = PRACTICE_END_CLOSE);
FAULT (garbage,
       "no HTTP",
       PRACTICE_STEP_ROUTE,
       .head = "220 practice.example.com ESMTP ready\r\n",
       .end = PRACTICE_END_CLOSE);

/* A connection taken away from the server, while it is written to and until it is gone. */
typedef struct
{
  const PracticeFault *fault;
  SoupServerMessage *message; /* until the connection is taken */
  GIOStream *stream;
  GSocket *socket;
  guint written; /* pieces after the head */
  gboolean at_tail;
  char rest[256]; /* what the client still says; nobody looks at it */
} Sending;

static void write_next (Sending *sending);

static void
sending_free (Sending *sending)
{
  g_clear_object (&sending->message);
  g_clear_object (&sending->stream);
  g_clear_object (&sending->socket);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static void
closed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Sending) sending = user_data;

  /* The client may be gone already: nobody is left who would want to know. */
  g_io_stream_close_finish (sending->stream, result, NULL);
}

static void
rest_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Sending) sending = user_data;

  if (g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL) > 0)
    {
      g_input_stream_read_async (G_INPUT_STREAM (object), sending->rest, sizeof sending->rest,
                                 G_PRIORITY_DEFAULT, NULL, rest_read_cb, sending);
      g_steal_pointer (&sending);
    }
}

static void
end_connection (Sending *sending)
{
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  switch (sending->fault->end)
    {
    case PRACTICE_END_CLOSE:
      g_io_stream_close_async (sending->stream, G_PRIORITY_DEFAULT, NULL, closed_cb, sending);
      return;

    case PRACTICE_END_HOLD:
      g_input_stream_read_async (g_io_stream_get_input_stream (sending->stream), sending->rest,
                                 sizeof sending->rest, G_PRIORITY_DEFAULT, NULL, rest_read_cb,
                                 sending);
      return;

    case PRACTICE_END_RESET:
      /* With nothing to linger for, closing sends RST. */
      if (setsockopt (g_socket_get_fd (sending->socket), SOL_SOCKET, SO_LINGER, &at_once,
                      sizeof at_once) != 0)
        g_warning ("No reset: %s", g_strerror (errno));
      break;

    case PRACTICE_END_DROP:
    default:
      break;
    }

  g_socket_close (sending->socket, NULL);
  sending_free (sending);
}

static gboolean
write_next_cb (gpointer user_data)
{
  write_next (user_data);
  return G_SOURCE_REMOVE;
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Sending) sending = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL))
    return; /* the client had enough, as it should */

  if (sending->fault->interval_ms > 0)
    g_timeout_add (sending->fault->interval_ms, write_next_cb, sending);
  else
    write_next (sending);
  g_steal_pointer (&sending);
}

static void
write_text (Sending *sending, const char *text)
{
  g_output_stream_write_all_async (g_io_stream_get_output_stream (sending->stream), text,
                                   strlen (text), G_PRIORITY_LOW, NULL, written_cb, sending);
}

static void
write_next (Sending *sending)
{
  const PracticeFault *fault = sending->fault;

  if (fault->repeat != NULL && (fault->repeats == 0 || sending->written < fault->repeats))
    {
      sending->written++;
      write_text (sending, fault->repeat);
    }
  else if (fault->tail != NULL && !sending->at_tail)
    {
      sending->at_tail = TRUE;
      write_text (sending, fault->tail);
    }
  else
    end_connection (sending);
}

static gboolean
take_connection_cb (gpointer user_data)
{
  Sending *sending = user_data;

  sending->socket = g_object_ref (soup_server_message_get_socket (sending->message));
  sending->stream = soup_server_message_steal_connection (sending->message);
  g_clear_object (&sending->message);

  if (sending->stream == NULL)
    sending_free (sending); /* the client left in between */
  else if (sending->fault->head != NULL)
    write_text (sending, sending->fault->head);
  else
    end_connection (sending);
  return G_SOURCE_REMOVE;
}

/**
 * practice_fault_send:
 * @fault: what to do
 * @message: a request without an answer yet
 *
 * Takes the connection away from the server and does on it what HTTP would not. Returns at once;
 * the rest goes on in the main context.
 */
void
practice_fault_send (const PracticeFault *fault, SoupServerMessage *message)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->fault = fault;
  sending->message = g_object_ref (message);

  /* Not from here: the server is still busy with the request and would go on with it. */
  soup_server_message_pause (message);
  g_idle_add (take_connection_cb, sending);
}
