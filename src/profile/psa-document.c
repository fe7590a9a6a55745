/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-document-private.h"

#include "psa-member.h"

/**
 * PsaDocument:
 *
 * What profiles.json says, as a value: parsed, changed and written without touching any file, so
 * that it can be worked on in any thread, by one at a time. Members that this version does not know
 * are kept on every level.
 *
 * `{"schema":1,"integrations":[{id,name}],"profiles":[…],"deleted":[{id,time}]}`
 *
 * What stands in `deleted` has its secret cleared from the keyring, and nothing else has. So an id
 * is there only while neither a profile nor an integration has it and no profile refers to it.
 */

static void
psa_deleted_free (gpointer data)
{
  PsaDeleted *deleted = data;

  g_free (deleted->id);
  g_free (deleted->time);
  g_free (deleted->unknown);
  g_free (deleted);
}

gboolean
psa_document_add_profile (PsaDocument *self, PsaProfile *profile)
{
  const char *id = psa_profile_get_id (profile);

  if (g_hash_table_contains (self->profile_ids, id) ||
      g_hash_table_contains (self->integration_ids, id))
    return FALSE;

  g_ptr_array_add (self->profiles, g_object_ref (profile));
  g_hash_table_insert (self->profile_ids, (char *) id, profile);
  return TRUE;
}

gboolean
psa_document_add_integration (PsaDocument *self, PsaIntegration *integration)
{
  const char *id = psa_integration_get_id (integration);

  if (g_hash_table_contains (self->profile_ids, id) ||
      g_hash_table_contains (self->integration_ids, id))
    return FALSE;

  g_ptr_array_add (self->integrations, g_object_ref (integration));
  g_hash_table_insert (self->integration_ids, (char *) id, integration);
  return TRUE;
}

gboolean
psa_document_add_deleted (PsaDocument *self, const char *id, const char *time, const char *unknown)
{
  PsaDeleted *deleted;

  if (g_hash_table_contains (self->deleted_ids, id))
    return FALSE;

  deleted = g_new0 (PsaDeleted, 1);
  deleted->id = g_strdup (id);
  deleted->time = g_strdup (time);
  deleted->unknown = g_strdup (unknown);
  g_ptr_array_add (self->deleted, deleted);
  g_hash_table_insert (self->deleted_ids, deleted->id, deleted);
  return TRUE;
}

/**
 * psa_document_new:
 *
 * Returns: (transfer full): an empty document of the present schema
 */
PsaDocument *
psa_document_new (void)
{
  PsaDocument *self = g_new0 (PsaDocument, 1);

  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->integrations = g_ptr_array_new_with_free_func (g_object_unref);
  self->deleted = g_ptr_array_new_with_free_func (psa_deleted_free);
  self->profile_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->integration_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->deleted_ids = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * psa_document_free:
 * @self: (transfer full) (nullable): a document
 */
void
psa_document_free (PsaDocument *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->profile_ids, g_hash_table_unref);
  g_clear_pointer (&self->integration_ids, g_hash_table_unref);
  g_clear_pointer (&self->deleted_ids, g_hash_table_unref);
  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  g_clear_pointer (&self->integrations, g_ptr_array_unref);
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  g_clear_pointer (&self->unknown, g_free);
  g_clear_pointer (&self->newer, json_node_unref);
  g_free (self);
}

static JsonObject *
deleted_to_json (const PsaDeleted *deleted)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", deleted->id);
  json_object_set_string_member (object, "time", deleted->time);
  psa_member_add_unknown (object, deleted->unknown);
  return object;
}

/**
 * psa_document_serialize:
 * @self: a document
 *
 * Writes a document, indented, its parts always in the same order and the profiles in the order of
 * the file, so that two versions can be compared by eye.
 *
 * Returns: (transfer full): UTF-8 with a line end; the caller must not write more than
 *   %PSA_DOCUMENT_MAX_BYTES to a file
 */
GBytes *
psa_document_serialize (PsaDocument *self)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->newer != NULL)
    {
      root = json_node_ref (self->newer);
    }
  else
    {
      JsonObject *object = json_object_new ();
      JsonArray *integrations = json_array_new ();
      JsonArray *profiles = json_array_new ();
      JsonArray *deleted = json_array_new ();

      for (guint i = 0; i < self->integrations->len; i++)
        json_array_add_object_element (
          integrations, psa_integration_to_json (g_ptr_array_index (self->integrations, i)));

      for (guint i = 0; i < self->profiles->len; i++)
        json_array_add_object_element (
          profiles, psa_profile_to_json (g_ptr_array_index (self->profiles, i)));

      for (guint i = 0; i < self->deleted->len; i++)
        json_array_add_object_element (deleted,
                                       deleted_to_json (g_ptr_array_index (self->deleted, i)));

      json_object_set_int_member (object, "schema", PSA_DOCUMENT_SCHEMA);
      json_object_set_array_member (object, "integrations", integrations);
      json_object_set_array_member (object, "profiles", profiles);
      json_object_set_array_member (object, "deleted", deleted);
      psa_member_add_unknown (object, self->unknown);
      root = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (root, object);
    }

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  json_generator_to_gstring (generator, text);
  g_string_append_c (text, '\n');
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* @object: (transfer full): freed here */
static void
add_to_digest (GChecksum *digest, JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  g_checksum_update (digest, (const guchar *) text, -1);
}

/**
 * psa_document_dup_digest:
 * @self: a document
 *
 * What tells two documents apart, made of one object at a time: a whole tree for a moment costs a large file more
 * memory than all that is kept of it.
 *
 * Returns: (transfer full): a hexadecimal text, the same for documents that are written alike
 */
char *
psa_document_dup_digest (PsaDocument *self)
{
  g_autoptr(GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *rest = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->newer != NULL)
    {
      rest = json_to_string (self->newer, FALSE);
    }
  else
    {
      for (guint i = 0; i < self->integrations->len; i++)
        add_to_digest (digest, psa_integration_to_json (g_ptr_array_index (self->integrations, i)));
      g_checksum_update (digest, (const guchar *) "\n", 1);
      for (guint i = 0; i < self->profiles->len; i++)
        add_to_digest (digest, psa_profile_to_json (g_ptr_array_index (self->profiles, i)));
      g_checksum_update (digest, (const guchar *) "\n", 1);
      for (guint i = 0; i < self->deleted->len; i++)
        add_to_digest (digest, deleted_to_json (g_ptr_array_index (self->deleted, i)));
      rest = g_strconcat ("\n", self->unknown, NULL);
    }

  g_checksum_update (digest, (const guchar *) rest, -1);
  return g_strdup (g_checksum_get_string (digest));
}

/**
 * psa_document_is_newer:
 * @self: a document
 *
 * Whether the file has a newer schema. Then the document is only to be read: it holds the profiles
 * and integrations that this version understands, and is written as it was read.
 *
 * Returns: whether it has
 */
gboolean
psa_document_is_newer (PsaDocument *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->newer != NULL;
}

/**
 * psa_document_dup_profiles:
 * @self: a document
 *
 * Returns: (transfer full) (element-type PsaProfile): copies of the profiles, in the order of the
 *   file
 */
GPtrArray *
psa_document_dup_profiles (PsaDocument *self)
{
  GPtrArray *profiles;

  g_return_val_if_fail (self != NULL, NULL);

  profiles = g_ptr_array_new_full (self->profiles->len, g_object_unref);
  for (guint i = 0; i < self->profiles->len; i++)
    g_ptr_array_add (profiles, psa_profile_copy (g_ptr_array_index (self->profiles, i)));

  return profiles;
}

/**
 * psa_document_take_profiles:
 * @self: a document that will not be written any more
 *
 * Returns: (transfer full) (element-type PsaProfile): the profiles themselves, in the order of the file; @self has
 *   none from then on
 */
GPtrArray *
psa_document_take_profiles (PsaDocument *self)
{
  GPtrArray *profiles;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_remove_all (self->profile_ids);
  profiles = g_steal_pointer (&self->profiles);
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  return profiles;
}

/**
 * psa_document_dup_integrations:
 * @self: a document
 *
 * Returns: (transfer full) (element-type PsaIntegration): copies of the integrations
 */
GPtrArray *
psa_document_dup_integrations (PsaDocument *self)
{
  GPtrArray *integrations;

  g_return_val_if_fail (self != NULL, NULL);

  integrations = g_ptr_array_new_full (self->integrations->len, g_object_unref);
  for (guint i = 0; i < self->integrations->len; i++)
    g_ptr_array_add (integrations,
                     psa_integration_copy (g_ptr_array_index (self->integrations, i)));

  return integrations;
}

/**
 * psa_document_dup_deleted:
 * @self: a document
 *
 * Returns: (transfer full): the UUIDs whose secrets are still to be cleared; none of them is in use
 */
GStrv
psa_document_dup_deleted (PsaDocument *self)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->deleted->len; i++)
    g_strv_builder_add (ids, ((PsaDeleted *) g_ptr_array_index (self->deleted, i))->id);

  return g_strv_builder_end (ids);
}
