/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-keeper.h"

#include "psa-error.h"

/* The last step of a removal: the secrets of what stands in `deleted`, and of nothing else. */

/* Task data of a purge. */
typedef struct
{
  GStrv ids;
  guint next;
  PsaVaultPrompt prompt;
  GStrvBuilder *cleared;
  guint n_cleared;
  GError *failure; /* the first one */
} Purge;

static void clear_next_secret (GTask *task);

static void
purge_free (gpointer data)
{
  Purge *purge = data;

  g_strfreev (purge->ids);
  g_strv_builder_unref (purge->cleared);
  g_clear_error (&purge->failure);
  g_free (purge);
}

static void
end_purge (GTask *task)
{
  Purge *purge = g_task_get_task_data (task);

  if (purge->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&purge->failure));
  else
    g_task_return_boolean (task, TRUE);
}

static void
forgotten_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Purge *purge = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!psa_store_forget_finish (PSA_STORE (object), result, &error) && purge->failure == NULL)
    purge->failure = g_steal_pointer (&error);
  end_purge (task);
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Purge *purge = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (psa_vault_clear_finish (PSA_VAULT (object), result, &error))
    {
      g_strv_builder_add (purge->cleared, purge->ids[purge->next]);
      purge->n_cleared++;
    }
  else
    {
      if (g_error_matches (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED))
        purge->prompt = PSA_VAULT_NO_PROMPT; /* refused once is refused for all */
      if (purge->failure == NULL)
        purge->failure = g_steal_pointer (&error);
    }

  purge->next++;
  clear_next_secret (task);
}

/* Whether the id is still to go: it may have been brought back meanwhile. */
static gboolean
is_deleted (PsaStore *store, const char *id)
{
  g_auto(GStrv) deleted = psa_store_dup_deleted (store);

  return g_strv_contains ((const char *const *) deleted, id)
         && psa_store_get_profile (store, id) == NULL
         && psa_store_get_integration (store, id) == NULL;
}

static void
clear_next_secret (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Purge *purge = g_task_get_task_data (task);
  PsaStore *store = psa_keeper_get_store (self);
  GCancellable *cancellable = g_task_get_cancellable (task);

  while (purge->ids[purge->next] != NULL && !is_deleted (store, purge->ids[purge->next]))
    purge->next++;

  if (purge->ids[purge->next] != NULL && !g_cancellable_is_cancelled (cancellable))
    psa_vault_clear_async (psa_keeper_get_vault (self), purge->ids[purge->next], purge->prompt,
                           cancellable, cleared_cb, g_object_ref (task));
  else if (purge->n_cleared > 0)
    {
      g_auto(GStrv) cleared = g_strv_builder_end (purge->cleared);

      /* What is gone is forgotten even when the rest was cancelled. */
      psa_store_forget_async (store, (const char *const *) cleared, NULL, forgotten_cb,
                              g_object_ref (task));
    }
  else
    end_purge (task);
}

/**
 * psa_keeper_purge_async:
 * @ids: (nullable): UUIDs; those that do not stand in `deleted` are passed over. NULL: all that do
 * @prompt: whether the keyring may ask to be unlocked; it asks no second time when that was refused
 * @cancellable: (nullable): between two secrets
 *
 * Clears the secrets of what was removed, then forgets it. What could not be cleared stays in
 * `deleted` for another time, and does not keep the rest from going.
 */
void
psa_keeper_purge_async (PsaKeeper           *self,
                        const char *const   *ids,
                        PsaVaultPrompt       prompt,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Purge *purge;

  g_return_if_fail (PSA_IS_KEEPER (self));

  purge = g_new0 (Purge, 1);
  purge->ids = ids != NULL ? g_strdupv ((GStrv) ids)
                           : psa_store_dup_deleted (psa_keeper_get_store (self));
  purge->prompt = prompt;
  purge->cleared = g_strv_builder_new ();

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_purge_async);
  g_task_set_task_data (task, purge, purge_free);
  clear_next_secret (task);
}

/**
 * psa_keeper_purge_finish:
 * @error: the first of KEYRING_LOCKED, KEYRING_UNAVAILABLE, NEWER, DAMAGED, STORAGE and
 *   G_IO_ERROR_CANCELLED
 *
 * Returns: TRUE if all of it is gone
 */
gboolean
psa_keeper_purge_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_purge_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
