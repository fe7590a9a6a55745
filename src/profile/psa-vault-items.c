/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-vault-items.h"

#include "psa-vault-private.h"

#include <libsecret/secret.h>

/* What this program keeps in the keyring, by names and without the secrets. */

static PsaVaultItem *
create_item (SecretRetrievable *found)
{
  g_autoptr(GHashTable) attributes = secret_retrievable_get_attributes (found);
  const char *id = g_hash_table_lookup (attributes, "id");
  PsaVaultItem *item;

  if (id == NULL || *id == '\0') /* of no use to us, and none of ours */
    return NULL;

  item = g_new0 (PsaVaultItem, 1);
  item->id = g_strdup (id);
  item->label = secret_retrievable_get_label (found);
  item->modified = (gint64) secret_retrievable_get_modified (found);
  return item;
}

/* Several under one id are one to us: the newest. */
static void
add_item (GPtrArray *items, PsaVaultItem *item)
{
  for (guint i = 0; i < items->len; i++)
    {
      PsaVaultItem *other = items->pdata[i];

      if (!g_str_equal (other->id, item->id))
        continue;
      if (other->modified < item->modified)
        {
          psa_vault_item_free (other);
          items->pdata[i] = item;
        }
      else
        psa_vault_item_free (item);
      return;
    }
  g_ptr_array_add (items, item);
}

/*
 * psa_vault_items_new:
 * @found: (element-type SecretRetrievable): what a search gave
 *
 * Returns: (transfer full) (element-type PsaVaultItem): the same, as ours
 */
GPtrArray *
psa_vault_items_new (GList *found)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_vault_item_free);

  for (GList *link = found; link != NULL; link = link->next)
    {
      PsaVaultItem *item = create_item (SECRET_RETRIEVABLE (link->data));

      if (item != NULL)
        add_item (items, item);
    }
  return items;
}

/**
 * psa_vault_item_copy:
 * @item: an item
 *
 * Returns: (transfer full): a copy
 */
PsaVaultItem *
psa_vault_item_copy (const PsaVaultItem *item)
{
  PsaVaultItem *copy = g_new0 (PsaVaultItem, 1);

  copy->id = g_strdup (item->id);
  copy->label = g_strdup (item->label);
  copy->modified = item->modified;
  return copy;
}

void
psa_vault_item_free (PsaVaultItem *item)
{
  if (item == NULL)
    return;

  g_free (item->id);
  g_free (item->label);
  g_free (item);
}

/**
 * psa_vault_list_async:
 * @prompt: whether the keyring may ask to be unlocked; where it is locked and may not, this ends as
 *   KEYRING_LOCKED, since a locked keyring may hide what it holds
 * @cancellable: (nullable): takes effect in the next turn of the main loop
 *
 * Lists what this program keeps. No secret is read. With %PSA_VAULT_MAY_PROMPT it is also the way to
 * have the keyring unlocked.
 */
void
psa_vault_list_async (PsaVault            *self,
                      PsaVaultPrompt       prompt,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (PSA_IS_VAULT (self));

  psa_vault_call_start (psa_vault_call_new (&self->queue, PSA_VAULT_CALL_LIST, NULL, prompt), self,
                        psa_vault_list_async, cancellable, callback, user_data);
}

/**
 * psa_vault_find_async:
 * @id: the UUID of a profile or an integration
 * @cancellable: (nullable): takes effect in the next turn of the main loop
 *
 * Looks for the item of one id, without a prompt and without its secret; psa_vault_list_finish() tells: of none, an empty
 * list.
 */
void
psa_vault_find_async (PsaVault            *self,
                      const char          *id,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (PSA_IS_VAULT (self));
  g_return_if_fail (id != NULL);

  psa_vault_call_start (psa_vault_call_new (&self->queue, PSA_VAULT_CALL_LIST, id,
                                            PSA_VAULT_NO_PROMPT),
                        self, psa_vault_list_async, cancellable, callback, user_data);
}

/**
 * psa_vault_list_finish:
 * @error: KEYRING_LOCKED, KEYRING_UNAVAILABLE or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type PsaVaultItem): the items, one for each id
 */
GPtrArray *
psa_vault_list_finish (PsaVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_vault_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
