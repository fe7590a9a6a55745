/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-practice"

#include "practice-fixture.h"

#include <string.h>

static char *
dup_sha256 (GTlsCertificate *certificate)
{
  g_autoptr(GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  PracticeFixture *self = user_data;
  g_autofree char *sha256 = dup_sha256 (certificate);

  self->certificate_errors = errors;
  return g_str_equal (sha256, self->sha256);
}

static const char *
get_text (PracticeFixture *self, const char *member)
{
  const char *text = json_object_get_string_member_with_default (self->ready, member, NULL);

  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  return text;
}

static void
read_ready_line (PracticeFixture *self)
{
  g_autoptr(GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);

  json_parser_set_strict (parser, TRUE);
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  self->ready = json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/**
 * practice_fixture_new:
 * @options: (nullable) (array zero-terminated=1): the command line
 *
 * Starts the program named by PSA_PRACTICE and waits for its first line.
 *
 * Returns: (transfer full): the running tenant
 */
PracticeFixture *
practice_fixture_new (const char *const *options)
{
  PracticeFixture *self = g_new0 (PracticeFixture, 1);
  g_autoptr(GStrvBuilder) arguments = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) argv = NULL;

  g_strv_builder_add (arguments, g_getenv ("PSA_PRACTICE"));
  if (options != NULL)
    g_strv_builder_addv (arguments, (const char **) options);
  argv = g_strv_builder_end (arguments);

  self->process =
      g_subprocess_newv ((const char *const *) argv,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  read_ready_line (self);

  self->host = g_strdup (get_text (self, "address"));
  self->port = (guint) json_object_get_int_member (self->ready, "port");
  self->public_key = g_strdup (get_text (self, "publicKey"));
  self->private_key = g_strdup (get_text (self, "privateKey"));
  self->client_id = g_strdup (get_text (self, "clientId"));
  self->sha256 = g_strdup (get_text (self, "sha256"));
  self->session = soup_session_new_with_options ("timeout", 20, "proxy-resolver", NULL, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  return self;
}

/* It did not end by itself: it fails the test, and does not stay behind. */
static gboolean
end_by_force_cb (gpointer user_data)
{
  g_subprocess_force_exit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *has_ended = user_data;

  *has_ended = g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
}

/**
 * practice_fixture_end:
 * @self: a running tenant
 *
 * Closes its standard input and waits until it has ended.
 *
 * Returns: its exit status
 */
int
practice_fixture_end (PracticeFixture *self)
{
  g_autoptr(GError) error = NULL;
  gboolean has_ended = FALSE;
  guint limit;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, &error);
  g_assert_no_error (error);
  limit = g_timeout_add_seconds (20, end_by_force_cb, self->process);
  g_subprocess_wait_async (self->process, NULL, ended_cb, &has_ended);
  while (!has_ended)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  return g_subprocess_get_exit_status (self->process);
}

/**
 * practice_fixture_free:
 * @self: (transfer full): a tenant
 *
 * Ends it, if it still runs, and frees it. That it ends well is asserted.
 */
void
practice_fixture_free (PracticeFixture *self)
{
  if (g_subprocess_get_identifier (self->process) != NULL)
    g_assert_cmpint (practice_fixture_end (self), ==, 0);

  g_clear_object (&self->session);
  g_clear_object (&self->process);
  g_clear_pointer (&self->ready, json_object_unref);
  g_free (self->host);
  g_free (self->public_key);
  g_free (self->private_key);
  g_free (self->client_id);
  g_free (self->sha256);
  g_free (self);
}

/**
 * practice_fixture_make:
 * @self: a running tenant
 * @company: (nullable): a company ID; without one no sign-in is sent
 * @path: a path, with its query
 *
 * Returns: (transfer full): a GET with the right keys and Client ID, a new connection for itself
 */
SoupMessage *
practice_fixture_make (PracticeFixture *self, const char *company, const char *path)
{
  g_autofree char *url = g_strdup_printf ("https://%s:%u%s", self->host, self->port, path);
  SoupMessage *message = soup_message_new ("GET", url);

  g_assert_nonnull (message);
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  if (company != NULL)
    {
      g_autofree char *pair =
          g_strdup_printf ("%s+%s:%s", company, self->public_key, self->private_key);
      g_autofree char *base64 = g_base64_encode ((const guchar *) pair, strlen (pair));
      g_autofree char *basic = g_strconcat ("Basic ", base64, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    basic);
      soup_message_headers_replace (soup_message_get_request_headers (message), "clientId",
                                    self->client_id);
    }
  return message;
}

/**
 * practice_fixture_send:
 * @self: a running tenant
 * @message: a request
 *
 * Sends it and waits for the answer.
 *
 * Returns: (transfer full): the answer
 */
PracticeReply *
practice_fixture_send (PracticeFixture *self, SoupMessage *message)
{
  PracticeReply *reply = g_new0 (PracticeReply, 1);
  g_autoptr(GBytes) bytes =
      soup_session_send_and_read (self->session, message, NULL, &reply->error);

  reply->message = g_object_ref (message);
  reply->status = soup_message_get_status (message);
  reply->length = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  reply->body = g_malloc0 (reply->length + 1);
  if (reply->length > 0)
    memcpy (reply->body, g_bytes_get_data (bytes, NULL), reply->length);
  return reply;
}

/**
 * practice_fixture_get:
 * @self: a running tenant
 * @company: (nullable): a company ID; without one no sign-in is sent
 * @path: a path, with its query
 * @headers: (nullable) (array zero-terminated=1): pairs of a header's name and its value, which is
 *   empty to leave that header out
 *
 * Returns: (transfer full): the answer to practice_fixture_make(), with other headers
 */
PracticeReply *
practice_fixture_get (PracticeFixture *self,
                      const char *company,
                      const char *path,
                      const char *const *headers)
{
  g_autoptr(SoupMessage) message = practice_fixture_make (self, company, path);
  SoupMessageHeaders *sent = soup_message_get_request_headers (message);

  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    {
      soup_message_headers_remove (sent, headers[i]);
      if (*headers[i + 1] != '\0')
        soup_message_headers_append (sent, headers[i], headers[i + 1]);
    }
  return practice_fixture_send (self, message);
}

/**
 * practice_reply_free:
 * @self: (transfer full): an answer
 *
 * Frees it.
 */
void
practice_reply_free (PracticeReply *self)
{
  g_clear_object (&self->message);
  g_clear_error (&self->error);
  g_free (self->body);
  g_free (self);
}

/**
 * practice_reply_header:
 * @self: an answer
 * @name: the name of a header
 *
 * Returns: (nullable): its value
 */
const char *
practice_reply_header (PracticeReply *self, const char *name)
{
  return soup_message_headers_get_list (soup_message_get_response_headers (self->message), name);
}

/**
 * practice_test_dup_file:
 * @name: the name of a file
 *
 * Returns: (transfer full): its path in a folder of this test's own, which is there
 */
char *
practice_test_dup_file (const char *name)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  return g_build_filename (g_get_user_runtime_dir (), name, NULL);
}
