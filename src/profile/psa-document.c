/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-profile"

#include "config.h"

#include "psa-document-private.h"

#include "psa-member.h"
#include "psa-profile-private.h"

#include <string.h>

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

static void
delete_id (PsaDocument *self, const char *id, GDateTime *now)
{
  g_autoptr(GDateTime) utc = g_date_time_to_utc (now);
  g_autofree char *time = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");

  psa_document_add_deleted (self, id, time, NULL);
}

/* In one pass however many there are. */
static void
undelete (PsaDocument *self, GHashTable *ids)
{
  guint kept = 0;

  for (guint i = 0; i < self->deleted->len; i++)
    {
      PsaDeleted *deleted = g_ptr_array_index (self->deleted, i);

      if (!g_hash_table_contains (ids, deleted->id))
        {
          self->deleted->pdata[i] = self->deleted->pdata[kept];
          self->deleted->pdata[kept++] = deleted;
        }
      else
        {
          g_hash_table_remove (self->deleted_ids, deleted->id);
        }
    }

  g_ptr_array_set_size (self->deleted, kept); /* frees the rest */
}

static GHashTable *
dup_used_integrations (PsaDocument *self)
{
  GHashTable *used = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->profiles->len; i++)
    {
      const char *id = psa_profile_get_integration (g_ptr_array_index (self->profiles, i));

      if (id != NULL)
        g_hash_table_add (used, (char *) id);
    }

  return used;
}

static void
delete_unused_integrations (PsaDocument *self, GDateTime *now)
{
  g_autoptr(GHashTable) used = dup_used_integrations (self);
  guint kept = 0;

  for (guint i = 0; i < self->integrations->len; i++)
    {
      PsaIntegration *integration = g_ptr_array_index (self->integrations, i);
      const char *id = psa_integration_get_id (integration);

      if (g_hash_table_contains (used, id))
        {
          self->integrations->pdata[i] = self->integrations->pdata[kept];
          self->integrations->pdata[kept++] = integration;
        }
      else
        {
          delete_id (self, id, now);
          g_hash_table_remove (self->integration_ids, id);
        }
    }

  g_ptr_array_set_size (self->integrations, kept);
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
        {
          PsaDeleted *entry = g_ptr_array_index (self->deleted, i);
          JsonObject *member = json_object_new ();

          json_object_set_string_member (member, "id", entry->id);
          json_object_set_string_member (member, "time", entry->time);
          psa_member_add_unknown (member, entry->unknown);
          json_array_add_object_element (deleted, member);
        }

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

static void
add_copy (PsaDocument *self, PsaIntegration *integration)
{
  g_autoptr(PsaIntegration) copy = psa_integration_copy (integration);

  psa_document_add_integration (self, copy);
}

/* The integration that @profile refers to is there afterwards: a Client ID in use must not end as
 * one that is cleared, even where another program removed its last profile a moment ago. */
static void
ensure_integration (PsaDocument *self, PsaProfile *profile, PsaIntegration *integration)
{
  const char *id = psa_profile_get_integration (profile);

  if (integration != NULL &&
      !g_hash_table_contains (self->integration_ids, psa_integration_get_id (integration)))
    add_copy (self, integration);

  if (id != NULL && !g_hash_table_contains (self->integration_ids, id))
    {
      g_autoptr(PsaIntegration) unnamed = g_object_new (PSA_TYPE_INTEGRATION, "id", id, NULL);

      psa_document_add_integration (self, unnamed);
    }
}

/* The members of later versions are the file's, which may have been written since the draft was
 * made. */
static void
update (PsaProfile *kept, PsaProfile *draft, gboolean secret_changed)
{
  g_autofree char *unknown = g_strdup (kept->unknown);
  guint revision = psa_profile_get_revision (kept);

  if (secret_changed || !psa_profile_is_same_connection (kept, draft))
    revision = revision < PSA_PROFILE_MAX_REVISION ? revision + 1 : 1;

  psa_profile_assign (kept, draft);
  psa_profile_set_unknown (kept, unknown);
  psa_profile_set_revision (kept, revision);
}

/* Returns: (nullable): the document's own; NULL where an integration has that UUID. @alive gets the
 * ids that must not stand in `deleted` then. */
static PsaProfile *
put_profile (PsaDocument    *self,
             PsaProfile     *profile,
             PsaIntegration *integration,
             gboolean        secret_changed,
             GHashTable     *alive)
{
  PsaProfile *kept = g_hash_table_lookup (self->profile_ids, psa_profile_get_id (profile));

  if (kept != NULL)
    {
      update (kept, profile, secret_changed);
    }
  else
    {
      g_autoptr(PsaProfile) copy = psa_profile_copy (profile);

      if (!psa_document_add_profile (self, copy))
        return NULL;
      kept = copy; /* the document holds it */
    }

  ensure_integration (self, kept, integration);
  g_hash_table_add (alive, (char *) psa_profile_get_id (kept));
  if (psa_profile_get_integration (kept) != NULL)
    g_hash_table_add (alive, (char *) psa_profile_get_integration (kept));
  return kept;
}

/**
 * psa_document_put:
 * @self: a document that is not newer
 * @profile: a draft; it is copied
 * @integration: (nullable): the integration that @profile refers to, where it may be new; it is
 *   copied
 * @secret_changed: whether the password or the Client ID was changed along with it
 *
 * Adds or replaces a profile. One that is there gets its revision raised where the connection or a
 * secret changed, counted from the file's revision and not from the draft's; a new one keeps its
 * own, which is 1 unless it was removed before. Its UUID and its integration's leave `deleted`,
 * @integration is added where it is new, and integrations that no profile uses any more go to
 * `deleted`.
 *
 * Returns: (transfer full): a copy of the profile as it now stands
 */
PsaProfile *
psa_document_put (PsaDocument    *self,
                  PsaProfile     *profile,
                  PsaIntegration *integration,
                  gboolean        secret_changed)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GHashTable) alive = g_hash_table_new (g_str_hash, g_str_equal);
  PsaProfile *kept;

  g_return_val_if_fail (self != NULL && self->newer == NULL, NULL);
  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (integration == NULL || PSA_IS_INTEGRATION (integration), NULL);

  kept = put_profile (self, profile, integration, secret_changed, alive);
  g_return_val_if_fail (kept != NULL, NULL); /* an integration has that UUID */

  delete_unused_integrations (self, now);
  undelete (self, alive);
  return psa_profile_copy (kept);
}

/**
 * psa_document_apply:
 * @self: a document that is not newer
 * @batch: what is to be changed
 * @now: when profiles are removed
 *
 * Does all of a batch, each put as psa_document_put() and each removal as psa_document_remove() would. An integration
 * of the batch that is there already gets its name. A draft whose UUID is an integration's is passed over.
 */
void
psa_document_apply (PsaDocument *self, const PsaBatch *batch, GDateTime *now)
{
  g_autoptr(GHashTable) alive = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) secret_changed = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (self != NULL && self->newer == NULL);
  g_return_if_fail (batch != NULL);

  for (guint i = 0; i < batch->integrations->len; i++)
    {
      PsaIntegration *integration = batch->integrations->pdata[i];
      PsaIntegration *kept =
          g_hash_table_lookup (self->integration_ids, psa_integration_get_id (integration));

      if (kept != NULL)
        psa_integration_assign (kept, integration);
      else
        add_copy (self, integration);
    }
  for (guint i = 0; i < batch->secret_changed->len; i++)
    g_hash_table_add (secret_changed, batch->secret_changed->pdata[i]);
  for (guint i = 0; i < batch->puts->len; i++)
    {
      PsaProfile *profile = batch->puts->pdata[i];

      put_profile (self, profile, NULL,
                   g_hash_table_contains (secret_changed, psa_profile_get_id (profile)), alive);
    }
  if (batch->removals->len > 0)
    psa_document_remove (self, (const char *const *) batch->removals->pdata, now);

  delete_unused_integrations (self, now);
  undelete (self, alive);
}

/**
 * psa_document_keep_secrets:
 * @self: a backup
 * @present: the document whose place it takes
 *
 * Profiles that are in both keep the address that their secret was entered for, as psa_profile_keep_secret() says.
 */
void
psa_document_keep_secrets (PsaDocument *self, PsaDocument *present)
{
  g_return_if_fail (self != NULL && present != NULL);

  for (guint i = 0; i < self->profiles->len; i++)
    {
      PsaProfile *profile = self->profiles->pdata[i];
      PsaProfile *kept = g_hash_table_lookup (present->profile_ids, psa_profile_get_id (profile));

      if (kept != NULL)
        psa_profile_keep_secret (profile, kept);
    }
}

/**
 * psa_document_remove:
 * @self: a document that is not newer
 * @ids: (array zero-terminated=1): UUIDs of profiles; others do not count
 * @now: when they are removed
 *
 * Removes profiles, and the integrations that no profile uses any more. The UUIDs of all of them go
 * to `deleted`.
 *
 * Returns: how many profiles were removed
 */
guint
psa_document_remove (PsaDocument *self, const char *const *ids, GDateTime *now)
{
  guint kept = 0;
  guint removed;

  g_return_val_if_fail (self != NULL && self->newer == NULL, 0);
  g_return_val_if_fail (ids != NULL, 0);
  g_return_val_if_fail (now != NULL, 0);

  for (gsize i = 0; ids[i] != NULL; i++)
    if (g_hash_table_remove (self->profile_ids, ids[i]))
      delete_id (self, ids[i], now);

  for (guint i = 0; i < self->profiles->len; i++)
    {
      PsaProfile *profile = g_ptr_array_index (self->profiles, i);

      if (g_hash_table_contains (self->profile_ids, psa_profile_get_id (profile)))
        {
          self->profiles->pdata[i] = self->profiles->pdata[kept];
          self->profiles->pdata[kept++] = profile;
        }
    }

  removed = self->profiles->len - kept;
  g_ptr_array_set_size (self->profiles, kept);
  if (removed > 0)
    delete_unused_integrations (self, now);

  return removed;
}

/**
 * psa_document_forget:
 * @self: a document that is not newer
 * @ids: (array zero-terminated=1): UUIDs whose secrets are no longer in the keyring
 *
 * Takes them out of `deleted`.
 */
void
psa_document_forget (PsaDocument *self, const char *const *ids)
{
  g_autoptr(GHashTable) forgotten = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (self != NULL && self->newer == NULL);
  g_return_if_fail (ids != NULL);

  for (gsize i = 0; ids[i] != NULL; i++)
    g_hash_table_add (forgotten, (char *) ids[i]);
  undelete (self, forgotten);
}
