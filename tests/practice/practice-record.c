/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-record.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The record of what was asked: one JSON object a line, written before the answer is sent, so that
 * who has an answer finds its request here. Of headers it has the names alone. */
struct _PracticeRecord
{
  GObject parent_instance;

  GOutputStream *stream;
};

G_DEFINE_FINAL_TYPE (PracticeRecord, practice_record, G_TYPE_OBJECT)

static void
practice_record_finalize (GObject *object)
{
  PracticeRecord *self = PRACTICE_RECORD (object);

  g_clear_object (&self->stream);
  G_OBJECT_CLASS (practice_record_parent_class)->finalize (object);
}

static void
practice_record_class_init (PracticeRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = practice_record_finalize;
}

static void
practice_record_init (PracticeRecord *self)
{
}

static void
write_line (PracticeRecord *self, JsonBuilder *builder)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;

  json_generator_set_root (generator, root);
  json = json_generator_to_data (generator, NULL);
  line = g_strconcat (json, "\n", NULL);
  if (!g_output_stream_write_all (self->stream, line, strlen (line), NULL, NULL, &error))
    g_warning ("The record is not complete: %s", error->message);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

/* A secret in a URL is a fault of the client. It is told, but not kept. */
static gboolean
has_secret (const PracticeRequest *request, const char *uri)
{
  return request->private_key != NULL && *request->private_key != '\0' &&
         strstr (uri, request->private_key) != NULL;
}

/**
 * practice_record_new:
 * @path: a file; what it holds is kept
 * @error: return location for an error
 *
 * Starts a record. A file that is not there yet is made, for the user alone.
 *
 * Returns: (transfer full) (nullable): the record; a `G_IO_ERROR` where the file cannot be written
 */
PracticeRecord *
practice_record_new (const char *path, GError **error)
{
  g_autoptr(PracticeRecord) self = g_object_new (PRACTICE_TYPE_RECORD, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  self->stream = G_OUTPUT_STREAM (g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, error));
  return self->stream != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * practice_record_add_event:
 * @self: a record
 * @event: what happened
 *
 * Writes `{"event":…}`.
 */
void
practice_record_add_event (PracticeRecord *self, const char *event)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_text (builder, "event", event);
  json_builder_end_object (builder);
  write_line (self, builder);
}

/**
 * practice_record_add_request:
 * @self: a record
 * @message: a request
 * @request: the same, taken apart
 * @answer: the answer it will get
 *
 * Writes `{"method","path","query","host","headers":[name…],"company","version","status",
 * "answer"}`;
 * `status` is 0 where none is sent, `path` is null where a secret stood in it.
 */
void
practice_record_add_request (PracticeRecord *self,
                             SoupServerMessage *message,
                             const PracticeRequest *request,
                             const PracticeAnswer *answer)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  g_autofree char *uri = g_strconcat (request->path, "?", request->query, NULL);
  gboolean hide = has_secret (request, uri);

  json_builder_begin_object (builder);
  add_text (builder, "method", request->method);
  add_text (builder, "path", hide ? NULL : request->path);
  add_text (builder, "query", hide ? NULL : request->query);
  add_text (builder, "host", request->host);
  json_builder_set_member_name (builder, "headers");
  json_builder_begin_array (builder);
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    json_builder_add_string_value (builder, name);
  json_builder_end_array (builder);
  add_text (builder, "company", request->company);
  add_text (builder, "version", request->version);
  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, answer->status);
  add_text (builder, "answer", answer->what);
  json_builder_end_object (builder);
  write_line (self, builder);
}
