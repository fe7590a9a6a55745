/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-body.h"

#define READ_AT_ONCE (16 * 1024) /* bytes; an answer is a few hundred as a rule */

/* Task data. */
typedef struct
{
  GByteArray *bytes;
  gsize max_bytes;
} Body;

static void
body_free (gpointer data)
{
  Body *body = data;

  g_clear_pointer (&body->bytes, g_byte_array_unref);
  g_free (body);
}

static void read_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
read_on (GTask *task)
{
  Body *body = g_task_get_task_data (task);
  guint length = body->bytes->len;

  g_byte_array_set_size (body->bytes, length + READ_AT_ONCE);
  g_input_stream_read_all_async (g_task_get_source_object (task), body->bytes->data + length,
                                 READ_AT_ONCE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                 read_cb, g_object_ref (task));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  Body *body = g_task_get_task_data (task);
  gsize n_read = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &n_read, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_byte_array_set_size (body->bytes, body->bytes->len - READ_AT_ONCE + (guint) n_read);
  if (n_read == READ_AT_ONCE && body->bytes->len <= body->max_bytes)
    read_on (task);
  else
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&body->bytes)),
                           (GDestroyNotify) g_bytes_unref);
}

/**
 * psa_body_read_async:
 * @stream: the body of an answer
 * @max_bytes: how much is wanted at most
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads a body to its end, or until it is longer than is wanted, in as much memory as it needs.
 */
void
psa_body_read_async (GInputStream *stream,
                     gsize max_bytes,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  Body *body = g_new0 (Body, 1);

  g_return_if_fail (G_IS_INPUT_STREAM (stream));

  body->bytes = g_byte_array_new ();
  body->max_bytes = max_bytes;
  task = g_task_new (stream, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_body_read_async);
  g_task_set_check_cancellable (task, FALSE); /* what is read is given */
  g_task_set_task_data (task, body, body_free);
  read_on (task);
}

/**
 * psa_body_read_finish:
 * @stream: the body
 * @result: what the callback was given
 * @error: return location for the stream's error
 *
 * Returns: (transfer full) (nullable): the body; where it has more bytes than were wanted, there was more of it
 */
GBytes *
psa_body_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_body_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
