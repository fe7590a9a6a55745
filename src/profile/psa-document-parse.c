/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-document-private.h"

#include "psa-error.h"
#include "psa-member.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *const known_members[] = { "schema", "integrations", "profiles", "deleted",
                                             NULL };
static const char *const known_deleted_members[] = { "id", "time", NULL };

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED, message);
  return FALSE;
}

/* json-glib cuts a text there, without a word. */
static gboolean
has_escaped_nul (const char *text, gsize length)
{
  for (const char *p = memchr (text, '\\', length); p != NULL && p + 1 < text + length;
       p = memchr (p, '\\', text + length - p))
    {
      if (text + length - p >= 6 && strncmp (p, "\\u0000", 6) == 0)
        return TRUE;
      p += 2;
    }

  return FALSE;
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;

  return TRUE;
}

static gboolean
check_text (const char *text, gsize length, GError **error)
{
  if (length > PSA_DOCUMENT_MAX_BYTES)
    return fail (error, _("The file is too long to be one of profiles."));
  if (is_blank (text, length))
    return fail (error, _("The file is empty."));
  if (!g_utf8_validate_len (text, length, NULL))
    return fail (error, _("The file is not text in UTF-8."));
  if (has_escaped_nul (text, length))
    return fail (error, _("A text in the file contains a NUL character."));

  return TRUE;
}

/* What the parser tells while it reads and has forgotten afterwards. */
typedef struct
{
  GHashTable *counts; /* JsonObject → members read so far, for those that are open */
  gboolean has_duplicates;
  guint error_line; /* from 1 on */
} Progress;

static void
on_parser_error_cb (JsonParser *parser, gpointer error, gpointer user_data)
{
  Progress *progress = user_data;

  progress->error_line = json_parser_get_current_line (parser);
}

static void
on_parser_object_member_cb (JsonParser *parser,
                            JsonObject *object,
                            const char *name,
                            gpointer    user_data)
{
  Progress *progress = user_data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (progress->counts, object));

  g_hash_table_insert (progress->counts, object, GUINT_TO_POINTER (count + 1));
}

/* Of two members of the same name json-glib keeps one, so fewer are there than were read. */
static void
on_parser_object_end_cb (JsonParser *parser, JsonObject *object, gpointer user_data)
{
  Progress *progress = user_data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (progress->counts, object));

  if (count != json_object_get_size (object))
    progress->has_duplicates = TRUE;
  g_hash_table_remove (progress->counts, object);
}

static JsonNode *
parse_json (const char *text, gsize length, gboolean *has_duplicates, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr(GError) local_error = NULL;
  Progress progress = { .counts = counts };

  json_parser_set_strict (parser, TRUE);
  g_signal_connect (parser, "error", G_CALLBACK (on_parser_error_cb), &progress);
  g_signal_connect (parser, "object-member", G_CALLBACK (on_parser_object_member_cb), &progress);
  g_signal_connect (parser, "object-end", G_CALLBACK (on_parser_object_end_cb), &progress);
  if (!json_parser_load_from_data (parser, text, length, &local_error))
    {
      /* Its own words are about tokens, and repeat pieces of the file. */
      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                   _("The file is cut short or no valid JSON, as seen in line %u."),
                   MAX (progress.error_line, 1));
      return NULL;
    }

  *has_duplicates = progress.has_duplicates;
  return json_node_ref (json_parser_get_root (parser));
}

/* json-glib reads a number that is too large as infinity or as the largest one, and would write
 * something else than it has read; infinity is not even JSON. */
static gboolean
has_lost_number (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        if (has_lost_number (member))
          return TRUE;
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (has_lost_number (json_array_get_element (array, i)))
          return TRUE;
    }
  else if (JSON_NODE_HOLDS_VALUE (node))
    {
      if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
        return !isfinite (json_node_get_double (node));
      if (json_node_get_value_type (node) == G_TYPE_INT64)
        return json_node_get_int (node) == G_MAXINT64 || json_node_get_int (node) == G_MININT64;
    }

  return FALSE;
}

static gboolean
read_integration (PsaDocument *self, JsonObject *object, GError **error)
{
  g_autoptr(PsaIntegration) integration = psa_integration_new_from_json (object, error);

  if (integration == NULL)
    return FALSE;

  return psa_document_add_integration (self, integration) ||
         fail (error, _("Two entries have the same UUID."));
}

static gboolean
read_profile (PsaDocument *self, JsonObject *object, GError **error)
{
  g_autoptr(PsaProfile) profile = psa_profile_new_from_json (object, error);

  if (profile == NULL)
    return FALSE;

  return psa_document_add_profile (self, profile) ||
         fail (error, _("Two entries have the same UUID."));
}

/* Comes after the profiles and integrations: what is in use is not deleted, whatever a file says. */
static gboolean
read_deleted (PsaDocument *self, JsonObject *object, GError **error)
{
  g_autofree char *unknown = NULL;
  const char *id = NULL;
  const char *time = "";

  if (!psa_member_read_uuid (object, "id", &id, error) ||
      !psa_member_read_text (object, "time", &time, error))
    {
      g_prefix_error_literal (error, _("An entry of “deleted”: "));
      return FALSE;
    }

  unknown = psa_member_dup_unknown (object, known_deleted_members);
  if (!g_hash_table_contains (self->profile_ids, id) &&
      !g_hash_table_contains (self->integration_ids, id))
    psa_document_add_deleted (self, id, time, unknown); /* twice is once */
  return TRUE;
}

typedef gboolean (*ReadEntry) (PsaDocument *self, JsonObject *object, GError **error);

static gboolean
read_entries (PsaDocument *self,
              JsonObject  *root,
              const char  *name,
              ReadEntry    read_entry,
              GError     **error)
{
  JsonArray *array = NULL;

  if (!psa_member_read_array (root, name, &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("“%s” must be a list of objects."),
                       name);
          return FALSE;
        }
      if (!read_entry (self, json_node_get_object (node), error))
        return FALSE;
    }

  return TRUE;
}

/* What of a newer schema can be shown. It is not written again, so what is odd may be left out. */
static void
read_what_is_known (PsaDocument *self, JsonObject *root, const char *name, ReadEntry read_entry)
{
  g_autoptr(GError) array_error = NULL;
  JsonArray *array = NULL;

  if (!psa_member_read_array (root, name, &array, &array_error))
    g_debug ("Left out: %s", array_error->message);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autoptr(GError) error = NULL;
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          !read_entry (self, json_node_get_object (node), &error))
        g_debug ("Left out: %s", error->message);
    }
}

/* A profile may refer to an integration that is not listed: its Client ID is in use too. */
static void
keep_what_is_used (PsaDocument *self)
{
  g_autoptr(GPtrArray) used = g_ptr_array_new ();

  for (guint i = 0; i < self->profiles->len; i++)
    {
      const char *id = psa_profile_get_integration (g_ptr_array_index (self->profiles, i));

      if (id != NULL && g_hash_table_contains (self->deleted_ids, id))
        g_ptr_array_add (used, (char *) id);
    }

  g_ptr_array_add (used, NULL);
  if (used->len > 1)
    psa_document_forget (self, (const char *const *) used->pdata);
}

/**
 * psa_document_parse:
 * @bytes: the content of profiles.json
 * @error: return location for a `PSA_ERROR_DAMAGED` that says what is wrong, where it can with the
 *   name of the profile and the member
 *
 * Reads a file strictly: UTF-8, one JSON object of at most %PSA_DOCUMENT_MAX_BYTES, no member
 * twice, no UUID twice, members of the right type. A byte order mark and CR LF between tokens lose
 * nothing and are read over. Members that are not there have their defaults; those that are not
 * known are kept.
 *
 * A whole JSON object whose `schema` is newer is never damaged: see psa_document_is_newer().
 *
 * Returns: (transfer full) (nullable): the document
 */
PsaDocument *
psa_document_parse (GBytes *bytes, GError **error)
{
  g_autoptr(PsaDocument) self = NULL;
  g_autoptr(JsonNode) node = NULL;
  gboolean has_duplicates = FALSE;
  JsonObject *root;
  const char *text;
  gsize length = 0;
  int schema = 0;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (!check_text (text, length, error))
    return NULL;

  node = parse_json (text, length, &has_duplicates, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (error, _("The file holds JSON, but not the object that is expected."));
      return NULL;
    }

  root = json_node_get_object (node);
  if (!psa_member_read_number (root, "schema", 1, G_MAXINT, &schema, error))
    return NULL;
  if (schema == 0)
    {
      fail (error, _("The file does not say of which “schema” it is."));
      return NULL;
    }

  self = psa_document_new ();
  if (schema > PSA_DOCUMENT_SCHEMA)
    {
      self->newer = json_node_ref (node);
      read_what_is_known (self, root, "integrations", read_integration);
      read_what_is_known (self, root, "profiles", read_profile);
      return g_steal_pointer (&self);
    }

  if (has_duplicates)
    {
      fail (error, _("A member stands twice in the same object of the file."));
      return NULL;
    }
  if (has_lost_number (node))
    {
      fail (error, _("A number in the file is too large to be kept."));
      return NULL;
    }
  if (!read_entries (self, root, "integrations", read_integration, error) ||
      !read_entries (self, root, "profiles", read_profile, error) ||
      !read_entries (self, root, "deleted", read_deleted, error))
    return NULL;

  keep_what_is_used (self);
  self->unknown = psa_member_dup_unknown (root, known_members);
  return g_steal_pointer (&self);
}
