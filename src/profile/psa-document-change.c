/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-document-private.h"

#include "psa-profile-private.h"

/* What changes a document: adding, replacing and removing, and what goes to `deleted` by it. */

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

static guint
get_next_revision (PsaProfile *kept)
{
  guint revision = psa_profile_get_revision (kept);

  return revision < PSA_PROFILE_MAX_REVISION ? revision + 1 : 1;
}

/* The members of later versions are the file's, which may have been written since the draft was
 * made. */
static void
update (PsaProfile *kept, PsaProfile *profile, gboolean secret_changed)
{
  g_autoptr(PsaProfile) draft = psa_profile_copy (profile);
  g_autofree char *unknown = g_strdup (kept->unknown);
  guint revision = psa_profile_get_revision (kept);

  psa_profile_merge (draft, kept);
  if (secret_changed || !psa_profile_is_same_connection (kept, draft))
    revision = get_next_revision (kept);

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

      g_clear_object (&copy->base); /* gone meanwhile: all of it is said */
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

/* All that was found with the former Client ID is about another connection. */
static void
raise_revisions (PsaDocument *self, const char *integration)
{
  for (guint i = 0; i < self->profiles->len; i++)
    {
      PsaProfile *profile = self->profiles->pdata[i];

      if (g_strcmp0 (psa_profile_get_integration (profile), integration) == 0)
        psa_profile_set_revision (profile, get_next_revision (profile));
    }
}

/**
 * psa_document_apply:
 * @self: a document that is not newer
 * @batch: what is to be changed
 * @now: when profiles are removed
 *
 * Does all of a batch, each put as psa_document_put() and each removal as psa_document_remove() would. An integration
 * of the batch that is there already gets its name. A draft whose UUID is an integration's is passed over. Strays go to
 * `deleted`, but for those that are something by now.
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
  for (guint i = 0; i < batch->client_id_changed->len; i++)
    raise_revisions (self, batch->client_id_changed->pdata[i]);
  if (batch->removals->len > 0)
    psa_document_remove (self, (const char *const *) batch->removals->pdata, now);

  for (guint i = 0; i < batch->strays->len; i++)
    {
      const char *id = batch->strays->pdata[i];

      if (!g_hash_table_contains (self->profile_ids, id) &&
          !g_hash_table_contains (self->integration_ids, id))
        delete_id (self, id, now);
    }

  delete_unused_integrations (self, now);
  undelete (self, alive);
}

static gboolean
is_same (PsaProfile *a, PsaProfile *b)
{
  g_autoptr(JsonNode) left = json_node_init_object (json_node_alloc (), psa_profile_to_json (a));
  g_autoptr(JsonNode) right = json_node_init_object (json_node_alloc (), psa_profile_to_json (b));

  json_object_remove_member (json_node_get_object (left), "revision");
  json_object_remove_member (json_node_get_object (right), "revision");
  return json_node_equal (left, right);
}

/**
 * psa_document_compare:
 * @self: a backup
 * @present: what the file says now
 * @n_added: (out): how many profiles of @self are not in @present
 * @n_changed: (out): how many are another there
 * @n_removed: (out): how many are there alone
 *
 * Returns: how many profiles @self has
 */
guint
psa_document_compare (PsaDocument *self,
                      PsaDocument *present,
                      guint *n_added,
                      guint *n_changed,
                      guint *n_removed)
{
  guint n_common = 0;

  g_return_val_if_fail (self != NULL && present != NULL, 0);

  *n_changed = 0;
  for (guint i = 0; i < self->profiles->len; i++)
    {
      PsaProfile *profile = self->profiles->pdata[i];
      PsaProfile *kept = g_hash_table_lookup (present->profile_ids, psa_profile_get_id (profile));

      if (kept == NULL)
        continue;
      n_common++;
      *n_changed += !is_same (profile, kept);
    }
  *n_added = self->profiles->len - n_common;
  *n_removed = present->profiles->len - n_common;
  return self->profiles->len;
}

/**
 * psa_document_keep_secrets:
 * @self: a backup
 * @present: the document whose place it takes
 *
 * Profiles that are in both keep the address that their secret was entered for, as psa_profile_keep_secret() says. Their
 * revisions go on from those of @present, so that no result of another connection is ever taken for theirs.
 */
void
psa_document_keep_secrets (PsaDocument *self, PsaDocument *present)
{
  g_return_if_fail (self != NULL && present != NULL);

  for (guint i = 0; i < self->profiles->len; i++)
    {
      PsaProfile *profile = self->profiles->pdata[i];
      PsaProfile *kept = g_hash_table_lookup (present->profile_ids, psa_profile_get_id (profile));

      if (kept == NULL)
        continue;
      psa_profile_keep_secret (profile, kept);
      psa_profile_set_revision (profile, psa_profile_is_same_connection (profile, kept)
                                             ? psa_profile_get_revision (kept)
                                             : get_next_revision (kept));
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
