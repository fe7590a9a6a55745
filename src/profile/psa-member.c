/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-member.h"

#include "psa-error.h"

#include <glib/gi18n-lib.h>

/*
 * Readers for one member of a JSON object. json-glib's own readers answer a member of another type
 * with NULL, 0 or a critical, so each of these looks at the type first. All have this in common: a
 * member that is not there leaves *value as it was and is no error; one of the wrong type or range
 * is a PSA_ERROR_DAMAGED that names the member.
 */

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * psa_member_read_text:
 * @object: a JSON object
 * @name: which member
 * @value: (inout) (transfer none): its text, which lives as long as @object
 * @error: return location for a `PSA_ERROR_DAMAGED`
 *
 * Returns: whether the member is text or not there
 */
gboolean
psa_member_read_text (JsonObject *object, const char *name, const char **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_STRING))
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("“%s” must be text."), name);
      return FALSE;
    }

  *value = json_node_get_string (node);
  return TRUE;
}

/**
 * psa_member_read_uuid:
 * @object: a JSON object
 * @name: which member
 * @value: (out) (transfer none): its UUID, which lives as long as @object
 * @error: return location for a `PSA_ERROR_DAMAGED`
 *
 * The one reader that wants its member to be there.
 *
 * Returns: whether the member is a UUID
 */
gboolean
psa_member_read_uuid (JsonObject *object, const char *name, const char **value, GError **error)
{
  const char *text = "";

  if (!psa_member_read_text (object, name, &text, error))
    return FALSE;
  if (!g_uuid_string_is_valid (text))
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("“%s” must be a UUID."), name);
      return FALSE;
    }

  *value = text;
  return TRUE;
}

/**
 * psa_member_read_boolean:
 * @object: a JSON object
 * @name: which member
 * @value: (inout): its value
 * @error: return location for a `PSA_ERROR_DAMAGED`
 *
 * Returns: whether the member is true, false or not there
 */
gboolean
psa_member_read_boolean (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_BOOLEAN))
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("“%s” must be true or false."), name);
      return FALSE;
    }

  *value = json_node_get_boolean (node);
  return TRUE;
}

/**
 * psa_member_read_number:
 * @object: a JSON object
 * @name: which member
 * @least: the smallest good value
 * @most: the largest
 * @value: (inout): its value
 * @error: return location for a `PSA_ERROR_DAMAGED`
 *
 * Returns: whether the member is a whole number in that range or not there
 */
gboolean
psa_member_read_number (JsonObject *object,
                        const char *name,
                        int         least,
                        int         most,
                        int        *value,
                        GError    **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_INT64) || json_node_get_int (node) < least ||
      json_node_get_int (node) > most)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                   /* Translators: the name of a member of a file, and the least and the most that it may be */
                   _("“%s” must be a whole number from %d to %d."), name, least, most);
      return FALSE;
    }

  *value = (int) json_node_get_int (node);
  return TRUE;
}

/**
 * psa_member_read_words:
 * @object: a JSON object
 * @name: which member
 * @value: (inout) (transfer full): its texts; what it held before is freed
 * @error: return location for a `PSA_ERROR_DAMAGED`
 *
 * Returns: whether the member is a list of texts or not there
 */
gboolean
psa_member_read_words (JsonObject *object, const char *name, GStrv *value, GError **error)
{
  g_autoptr(GStrvBuilder) words = NULL;
  JsonArray *array = NULL;

  if (!psa_member_read_array (object, name, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  words = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!holds (element, G_TYPE_STRING))
        {
          g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("“%s” must be a list of texts."),
                       name);
          return FALSE;
        }
      g_strv_builder_add (words, json_node_get_string (element));
    }

  g_strfreev (*value);
  *value = g_strv_builder_end (words);
  return TRUE;
}

/**
 * psa_member_read_object:
 * @object: a JSON object
 * @name: which member
 * @value: (inout) (transfer none): its value, which lives as long as @object
 * @error: return location for a `PSA_ERROR_DAMAGED`
 *
 * Returns: whether the member is an object or not there
 */
gboolean
psa_member_read_object (JsonObject *object, const char *name, JsonObject **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("“%s” must be an object."), name);
      return FALSE;
    }

  *value = json_node_get_object (node);
  return TRUE;
}

/**
 * psa_member_read_array:
 * @object: a JSON object
 * @name: which member
 * @value: (inout) (transfer none): its value, which lives as long as @object
 * @error: return location for a `PSA_ERROR_DAMAGED`
 *
 * Returns: whether the member is a list or not there
 */
gboolean
psa_member_read_array (JsonObject *object, const char *name, JsonArray **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED, _("“%s” must be a list."), name);
      return FALSE;
    }

  *value = json_node_get_array (node);
  return TRUE;
}

/**
 * psa_member_write_words:
 * @object: a JSON object
 * @name: which member
 * @words: (array zero-terminated=1): its texts
 */
void
psa_member_write_words (JsonObject *object, const char *name, const char *const *words)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  json_object_set_array_member (object, name, array);
}

/**
 * psa_member_dup_unknown:
 * @object: a JSON object as it was read
 * @known: (array zero-terminated=1): the members that this version of the program knows
 *
 * Collects the rest, so that a file of a later version of the same schema keeps what it says. It is
 * kept as text: json-glib counts the references to an object without regard to threads, and what is
 * read on a worker is shown on the main thread.
 *
 * Returns: (transfer full) (nullable): the rest as a JSON object, in its order; %NULL where there is
 *   none
 */
char *
psa_member_dup_unknown (JsonObject *object, const char *const *known)
{
  g_autoptr(JsonObject) unknown = json_object_new ();
  g_autoptr(JsonNode) root = json_node_init_object (json_node_alloc (), unknown);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!g_strv_contains (known, name))
      json_object_set_member (unknown, name, json_node_copy (node));

  return json_object_get_size (unknown) > 0 ? json_to_string (root, FALSE) : NULL;
}

/**
 * psa_member_add_unknown:
 * @object: a JSON object that is being made
 * @unknown: (nullable): what psa_member_dup_unknown() gave
 *
 * Appends what is not known.
 */
void
psa_member_add_unknown (JsonObject *object, const char *unknown)
{
  g_autoptr(JsonNode) root = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (unknown == NULL)
    return;

  root = json_from_string (unknown, NULL); /* cannot fail: json-glib wrote it */
  g_return_if_fail (root != NULL);
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (object, name, json_node_copy (node));
}
