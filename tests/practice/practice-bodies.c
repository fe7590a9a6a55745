/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-bodies.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

static void
take_string (PracticeBody *body, GString *text)
{
  body->bytes = g_string_free_to_bytes (text);
}

/* `system/info`, filled up with one more field to so many bytes. */
static void
make_info_of_size (PracticeBody *body, gsize size)
{
  const char *tail = "\"}";
  GString *text = g_string_new ("{" PRACTICE_INFO_FIELDS ",\"practiceFiller\":\"");

  while (text->len + strlen (tail) < size)
    g_string_append_c (text, 'x');
  g_string_append (text, tail);
  take_string (body, text);
}

/**
 * practice_body_make_full_info:
 * @request: what was asked for
 * @body: filled
 *
 * `system/info` of exactly the size that a client must still take.
 */
void
practice_body_make_full_info (const PracticeRequest *request, PracticeBody *body)
{
  make_info_of_size (body, PRACTICE_BODY_CAP);
}

/**
 * practice_body_make_too_long_info:
 * @request: what was asked for
 * @body: filled
 *
 * `system/info`, one byte longer than that.
 */
void
practice_body_make_too_long_info (const PracticeRequest *request, PracticeBody *body)
{
  make_info_of_size (body, PRACTICE_BODY_CAP + 1);
}

/**
 * practice_body_make_deep:
 * @request: what was asked for
 * @body: filled
 *
 * Brackets in brackets, 100,000 deep: valid JSON that a recursive reader does not survive.
 */
void
practice_body_make_deep (const PracticeRequest *request, PracticeBody *body)
{
  GString *text = g_string_new ("{\"version\":");
  guint depth = 100000;

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  take_string (body, text);
}

/**
 * practice_body_make_nul:
 * @request: what was asked for
 * @body: filled
 *
 * A whole `system/info`, a NUL, and more.
 */
void
practice_body_make_nul (const PracticeRequest *request, PracticeBody *body)
{
  GString *text = g_string_new ("{" PRACTICE_INFO_FIELDS "}");

  g_string_append_c (text, '\0');
  g_string_append (text, "<p>and more</p>");
  take_string (body, text);
}

static void
make_gzip (PracticeBody *body, const char *piece, gsize size, guint pieces)
{
  g_autoptr(GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) gzip = g_converter_output_stream_new (memory, converter);

  for (guint i = 0; i < pieces; i++)
    g_output_stream_write_all (gzip, piece, size, NULL, NULL, NULL);
  g_output_stream_close (gzip, NULL, NULL);
  body->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/**
 * practice_body_make_gzip:
 * @request: what was asked for
 * @body: filled
 *
 * `system/info`, compressed.
 */
void
practice_body_make_gzip (const PracticeRequest *request, PracticeBody *body)
{
  const char *text = "{" PRACTICE_INFO_FIELDS "}";

  make_gzip (body, text, strlen (text), 1);
}

/**
 * practice_body_make_bomb:
 * @request: what was asked for
 * @body: filled
 *
 * 48 MiB of blanks, compressed to below 256 KiB: more memory than a client may take.
 */
void
practice_body_make_bomb (const PracticeRequest *request, PracticeBody *body)
{
  g_autofree char *blanks = g_malloc (1024 * 1024);

  memset (blanks, ' ', 1024 * 1024);
  make_gzip (body, blanks, 1024 * 1024, 48);
}

static char *
dup_hex (const char *text)
{
  GString *hex = g_string_new (NULL);

  for (; *text != '\0'; text++)
    g_string_append_printf (hex, "%02x", (guchar) *text);
  return g_string_free_and_steal (hex);
}

/**
 * practice_body_make_echo:
 * @request: what was asked for
 * @body: filled
 *
 * Sends back what was sent to sign in: the header, the private key and the Client ID, the key also
 * in Base64, with percent signs, for HTML and in hexadecimal; JSON escapes it by itself. Nothing of the sort was ever seen;
 * a client must be ready.
 */
void
practice_body_make_echo (const PracticeRequest *request, PracticeBody *body)
{
  const char *secret = request->private_key != NULL ? request->private_key : "";
  const char *id = request->client_id != NULL ? request->client_id : "";
  const char *sent = request->authorization != NULL ? request->authorization : "";
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));
  g_autofree char *escaped = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *markup = g_markup_escape_text (secret, -1);
  g_autofree char *hex = dup_hex (secret);
  const char *parts[] = { secret, base64, escaped, markup, hex, sent, id, NULL };
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  char *text;
  gsize length;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, "Conflict");
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, "You sent:");
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (parts[i], -1);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, valid);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  body->bytes = g_bytes_new_take (text, length);
}
