/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-keeper-import-private.h"

#include "psa-error.h"

#include <glib/gi18n-lib.h>

/*
 * What undoes an import, after it or in the middle. Secrets that it replaced are put back. Those that it stored for
 * profiles which did not come to be go the way of all that is removed: into `deleted` first, so that a crash leaves
 * them to the next start, and then from the keyring.
 */

/* Task data of a revert, and of taking back what an import left that failed. */
typedef struct
{
  PsaKeeperUndo *undo;
  PsaKeeperStored *stored; /* (nullable): of an import that failed */
  GError *failure;         /* likewise: why */
  guint n_left;            /* secrets that are still there */
} Revert;

static void put_next_back (GTask *task);

static void
former_free (gpointer data)
{
  PsaKeeperFormer *former = data;

  g_free (former->id);
  g_free (former->label);
  psa_secret_free (former->secret);
  g_free (former);
}

static void
revert_free (gpointer data)
{
  Revert *revert = data;

  g_clear_pointer (&revert->undo, psa_keeper_undo_free);
  g_clear_pointer (&revert->stored, psa_keeper_stored_free);
  g_clear_error (&revert->failure);
  g_free (revert);
}

static char *
dup_outcome (const Revert *revert)
{
  guint n_left = MIN (revert->n_left, revert->stored->n_stored);

  if (n_left > 0)
    return g_strdup_printf (ngettext ("Nothing was imported; %u secret that was stored for it is "
                                      "still in the keyring.",
                                      "Nothing was imported; %u secrets that were stored for it are "
                                      "still in the keyring.",
                                      n_left),
                            n_left);
  if (revert->stored->n_stored > 0)
    return g_strdup_printf (ngettext ("Nothing was imported; %u secret that was stored for it is "
                                      "out of the keyring again.",
                                      "Nothing was imported; %u secrets that were stored for it are "
                                      "out of the keyring again.",
                                      revert->stored->n_stored),
                            revert->stored->n_stored);
  return g_strdup (_("Nothing was imported."));
}

static void
end_failed (GTask *task)
{
  Revert *revert = g_task_get_task_data (task);
  g_autofree char *outcome = dup_outcome (revert);

  if (g_error_matches (revert->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, outcome);
  else
    g_task_return_new_error (task, revert->failure->domain, revert->failure->code, "%s %s",
                             revert->failure->message, outcome);
}

static void
purged_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaKeeper *self = PSA_KEEPER (object);
  Revert *revert = g_task_get_task_data (task);
  g_auto(GStrv) deleted = psa_store_dup_deleted (psa_keeper_get_store (self));

  psa_keeper_purge_finish (self, result, NULL); /* what it could not clear is still in `deleted` */
  for (guint i = 0; i < revert->stored->strays->len; i++)
    revert->n_left +=
        g_strv_contains ((const char *const *) deleted, revert->stored->strays->pdata[i]);
  end_failed (task);
}

static void
discarded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaKeeper *self = g_task_get_source_object (task);
  Revert *revert = g_task_get_task_data (task);
  g_autoptr(GPtrArray) ids = NULL;

  /* A keyring that does not answer would not answer for each of them. */
  if (!psa_store_apply_finish (PSA_STORE (object), result, NULL) ||
      g_error_matches (revert->failure, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE))
    {
      revert->n_left += revert->stored->strays->len;
      end_failed (task);
      return;
    }
  ids = g_ptr_array_new_null_terminated (0, NULL, TRUE);
  g_ptr_array_extend (ids, revert->stored->strays, NULL, NULL);
  psa_keeper_purge_async (self, (const char *const *) ids->pdata, PSA_VAULT_NO_PROMPT, NULL,
                          purged_cb, g_object_ref (task));
}

static void
discard_strays (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Revert *revert = g_task_get_task_data (task);
  PsaBatch *batch;

  if (revert->stored->strays->len == 0)
    {
      end_failed (task);
      return;
    }
  batch = psa_batch_new ();
  for (guint i = 0; i < revert->stored->strays->len; i++)
    g_ptr_array_add (batch->strays, g_strdup (revert->stored->strays->pdata[i]));
  psa_store_apply_async (psa_keeper_get_store (self), batch, NULL, discarded_cb,
                         g_object_ref (task));
}

static void
put_back_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Revert *revert = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) failure = NULL;

  if (psa_vault_store_finish (PSA_VAULT (object), result, &error))
    {
      put_next_back (task);
      return;
    }
  failure = g_error_new (PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE,
                         /* Translators: the first %s is a sentence, why a password could not be stored */
                         _("%s The earlier password could not be put back either: %s"),
                         revert->failure != NULL ? revert->failure->message : "", error->message);
  if (revert->failure == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&failure));
      return;
    }
  g_clear_error (&revert->failure);
  revert->failure = g_steal_pointer (&failure);
  revert->n_left += 1 + revert->undo->formers->len;
  discard_strays (task);
}

static void
reverted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_store_apply_finish (PSA_STORE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Nothing cancels this: half of it would be worse than either. */
static void
put_next_back (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Revert *revert = g_task_get_task_data (task);
  GPtrArray *formers = revert->undo->formers;

  if (formers->len > 0)
    {
      PsaKeeperFormer *former = formers->pdata[formers->len - 1];

      psa_vault_store_async (psa_keeper_get_vault (self), former->id, former->label, former->secret,
                             NULL, put_back_cb, g_object_ref (task));
      g_ptr_array_remove_index (formers, formers->len - 1);
    }
  else if (revert->failure != NULL)
    discard_strays (task);
  else
    psa_store_apply_async (psa_keeper_get_store (self), g_steal_pointer (&revert->undo->batch),
                           NULL, reverted_cb, g_object_ref (task));
}

/*
 * psa_keeper_take_back_async:
 * @undo: (transfer full): what the import replaced
 * @stored: (transfer full): what it added
 * @failure: (transfer full): why it came to nothing
 *
 * Makes the keyring what it was before an import that saved no profile.
 */
void
psa_keeper_take_back_async (PsaKeeper *self,
                            PsaKeeperUndo *undo,
                            PsaKeeperStored *stored,
                            GError *failure,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  Revert *revert = g_new0 (Revert, 1);

  revert->undo = undo;
  revert->stored = stored;
  revert->failure = failure;
  revert->n_left = stored->n_staying;
  g_task_set_source_tag (task, psa_keeper_take_back_async);
  g_task_set_task_data (task, revert, revert_free);
  put_next_back (task);
}

/*
 * psa_keeper_take_back_finish:
 *
 * Returns: (transfer full): the failure, whose message says what became of the secrets as well
 */
GError *
psa_keeper_take_back_finish (PsaKeeper *self, GAsyncResult *result)
{
  GError *error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  g_task_propagate_boolean (G_TASK (result), &error);
  return error;
}

/**
 * psa_keeper_revert_async:
 * @undo: (transfer full): what an import gave
 *
 * Makes profiles and passwords what they were before an import. What it had added stands in `deleted` then: purge it.
 */
void
psa_keeper_revert_async (PsaKeeper *self,
                         PsaKeeperUndo *undo,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  Revert *revert;

  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (undo != NULL);

  revert = g_new0 (Revert, 1);
  revert->undo = undo;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_revert_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, revert, revert_free);
  put_next_back (task);
}

/**
 * psa_keeper_revert_finish:
 * @error: KEYRING_UNAVAILABLE, NEWER, DAMAGED or STORAGE
 *
 * Returns: TRUE if all is as it was
 */
gboolean
psa_keeper_revert_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_revert_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_keeper_undo_dup_added:
 * @self: what an import gave
 *
 * Returns: (transfer full): UUIDs of the profiles that it added
 */
GStrv
psa_keeper_undo_dup_added (PsaKeeperUndo *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdupv ((GStrv) self->batch->removals->pdata);
}

/**
 * psa_keeper_undo_free:
 * @self: (transfer full) (nullable): what is not wanted back; its passwords are wiped
 */
void
psa_keeper_undo_free (PsaKeeperUndo *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->batch, psa_batch_free);
  g_ptr_array_unref (self->formers);
  g_free (self);
}

/*
 * psa_keeper_undo_new:
 *
 * Returns: (transfer full): what undoes nothing yet
 */
PsaKeeperUndo *
psa_keeper_undo_new (void)
{
  PsaKeeperUndo *self = g_new0 (PsaKeeperUndo, 1);

  self->batch = psa_batch_new ();
  self->formers = g_ptr_array_new_with_free_func (former_free);
  return self;
}

/*
 * psa_keeper_undo_add_former:
 * @label: of what takes its place; a profile that is kept has its own
 * @secret: copied
 */
void
psa_keeper_undo_add_former (PsaKeeperUndo *self,
                            PsaStore *store,
                            const char *id,
                            const char *label,
                            const PsaSecret *secret)
{
  PsaKeeperFormer *former = g_new0 (PsaKeeperFormer, 1);
  PsaProfile *profile = psa_store_get_profile (store, id);

  former->id = g_strdup (id);
  former->label = profile != NULL ? g_strdup_printf (_("PSA Connections: %s"),
                                                     psa_profile_get_title (profile))
                                  : g_strdup (label);
  former->secret = psa_secret_new (secret);
  g_ptr_array_add (self->formers, former);
}

PsaKeeperStored *
psa_keeper_stored_new (void)
{
  PsaKeeperStored *self = g_new0 (PsaKeeperStored, 1);

  self->strays = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
psa_keeper_stored_free (PsaKeeperStored *self)
{
  g_ptr_array_unref (self->strays);
  g_free (self);
}
