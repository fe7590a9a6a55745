/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "psa-client-ids.h"

/**
 * PsaClientIds:
 *
 * The Client IDs that the checks under way share, so that a check of a thousand profiles of one integration asks the
 * keyring for it but once. Whoever has it forgets them when the last check has ended, and when a profile was changed:
 * the Client ID of its integration may be another now.
 */
struct _PsaClientIds
{
  GObject parent_instance;
  GHashTable *found; /* UUID of an integration → PsaSecret */
  guint stamp;       /* raised whenever they are forgotten */
};

G_DEFINE_FINAL_TYPE (PsaClientIds, psa_client_ids, G_TYPE_OBJECT)

static void
free_secret (gpointer secret)
{
  psa_secret_free (secret);
}

static void
psa_client_ids_finalize (GObject *object)
{
  g_hash_table_unref (PSA_CLIENT_IDS (object)->found);
  G_OBJECT_CLASS (psa_client_ids_parent_class)->finalize (object);
}

static void
psa_client_ids_class_init (PsaClientIdsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psa_client_ids_finalize;
}

static void
psa_client_ids_init (PsaClientIds *self)
{
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_secret);
}

/**
 * psa_client_ids_new:
 *
 * Returns: (transfer full): none so far
 */
PsaClientIds *
psa_client_ids_new (void)
{
  return g_object_new (PSA_TYPE_CLIENT_IDS, NULL);
}

/**
 * psa_client_ids_get:
 * @self: the Client IDs
 * @integration: the UUID of an integration
 *
 * Returns: (transfer none) (nullable): its Client ID, if a check under way has looked it up
 */
const PsaSecret *
psa_client_ids_get (PsaClientIds *self, const char *integration)
{
  g_return_val_if_fail (PSA_IS_CLIENT_IDS (self), NULL);
  g_return_val_if_fail (integration != NULL, NULL);

  return g_hash_table_lookup (self->found, integration);
}

/**
 * psa_client_ids_get_stamp:
 * @self: the Client IDs
 *
 * Returns: what a look-up that begins now gives to psa_client_ids_put()
 */
guint
psa_client_ids_get_stamp (PsaClientIds *self)
{
  g_return_val_if_fail (PSA_IS_CLIENT_IDS (self), 0);

  return self->stamp;
}

/**
 * psa_client_ids_put:
 * @self: the Client IDs
 * @integration: the UUID of an integration
 * @client_id: what the keyring holds for it; copied
 * @stamp: as it was when the keyring was asked
 *
 * Shares what was looked up, unless all were forgotten meanwhile: it may be the former one.
 */
void
psa_client_ids_put (PsaClientIds *self,
                    const char *integration,
                    const PsaSecret *client_id,
                    guint stamp)
{
  g_return_if_fail (PSA_IS_CLIENT_IDS (self));
  g_return_if_fail (integration != NULL && client_id != NULL);

  if (stamp == self->stamp)
    g_hash_table_replace (self->found, g_strdup (integration), psa_secret_new (client_id));
}

/**
 * psa_client_ids_forget:
 * @self: the Client IDs
 *
 * Wipes all of them, and shares none that is being looked up now.
 */
void
psa_client_ids_forget (PsaClientIds *self)
{
  g_return_if_fail (PSA_IS_CLIENT_IDS (self));

  self->stamp++;
  g_hash_table_remove_all (self->found);
}
