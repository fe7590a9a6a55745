/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-keeper-client-id.h"

#include "psa-client-id.h"
#include "psa-error.h"

#include <glib/gi18n-lib.h>

/*
 * The Client ID of an integration, changed once for all profiles that use it: read those of all integrations, its own
 * last → store the new one → raise the revisions of its profiles. When the last step fails, the former one is put back.
 */

/* Task data of a change. */
typedef struct
{
  PsaIntegration *integration; /* a copy, as it shall be */
  PsaSecret *client_id;
  PsaSecret *former; /* (nullable) */
  GPtrArray *others; /* (element-type PsaIntegration): still to be compared */
  gboolean opened;   /* the keyring has given something: it need not prompt any more */
  GError *failure;   /* what went wrong, while the former one is put back */
} Change;

static void read_next (GTask *task);

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->integration);
  g_clear_pointer (&change->client_id, psa_secret_free);
  g_clear_pointer (&change->former, psa_secret_free);
  g_ptr_array_unref (change->others);
  g_clear_error (&change->failure);
  g_free (change);
}

static char *
dup_label (const PsaSecret *client_id)
{
  g_autofree char *hint = psa_client_id_dup_hint (client_id);

  /* Translators: the label of a Client ID in the keyring; %s is "…" and its last four characters */
  return g_strdup_printf (_("PSA Connections: Client ID %s"), hint);
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (psa_vault_store_finish (PSA_VAULT (object), result, &error))
    g_task_return_error (task, g_steal_pointer (&change->failure));
  else
    g_task_return_new_error (task, change->failure->domain, change->failure->code,
                             _("%s The earlier Client ID could not be put back either: %s"),
                             change->failure->message, error->message);
}

/* A store that failed or was cancelled may have been carried out all the same. */
static void
put_back (GTask *task, GError *error)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autofree char *label = NULL;

  if (change->former == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  change->failure = error;
  label = dup_label (change->former);
  psa_vault_store_async (psa_keeper_get_vault (self), psa_integration_get_id (change->integration),
                         label, change->former, NULL, restored_cb, g_object_ref (task));
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_store_apply_finish (PSA_STORE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    put_back (task, g_steal_pointer (&error));
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaKeeper *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  PsaBatch *batch;
  g_autoptr(GError) error = NULL;

  if (!psa_vault_store_finish (PSA_VAULT (object), result, &error))
    {
      put_back (task, g_steal_pointer (&error));
      return;
    }
  batch = psa_batch_new ();
  g_ptr_array_add (batch->integrations, g_object_ref (change->integration));
  g_ptr_array_add (batch->client_id_changed,
                   g_strdup (psa_integration_get_id (change->integration)));
  psa_store_apply_async (psa_keeper_get_store (self), batch, g_task_get_cancellable (task),
                         applied_cb, g_object_ref (task));
}

static void
store (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autofree char *label = dup_label (change->client_id);
  g_autofree char *former_hint = NULL;
  g_autofree char *hint = NULL;

  /* The one that is kept already, typed again, is no change and raises no revision. */
  if (psa_secret_equal (change->client_id, change->former))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* One that the user did not name is called by its Client ID. */
  former_hint = change->former != NULL ? psa_client_id_dup_hint (change->former) : NULL;
  if (g_strcmp0 (psa_integration_get_name (change->integration), former_hint) == 0)
    {
      hint = psa_client_id_dup_hint (change->client_id);
      g_object_set (change->integration, "name", hint, NULL);
    }
  psa_vault_store_async (psa_keeper_get_vault (self), psa_integration_get_id (change->integration),
                         label, change->client_id, g_task_get_cancellable (task), stored_cb,
                         g_object_ref (task));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) kept = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_autoptr(PsaIntegration) other = g_ptr_array_steal_index (change->others, 0);

  if (kept == NULL && !g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  change->opened |= kept != NULL;
  if (change->others->len == 0) /* its own */
    {
      change->former = g_steal_pointer (&kept);
      store (task);
    }
  else if (psa_secret_equal (change->client_id, kept))
    g_task_return_new_error (task, PSA_ERROR, PSA_ERROR_INVALID,
                             _("The integration “%s” has this Client ID already."),
                             psa_integration_get_name (other));
  else
    read_next (task);
}

static void
read_next (GTask *task)
{
  PsaKeeper *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);

  psa_vault_lookup_async (psa_keeper_get_vault (self),
                          psa_integration_get_id (change->others->pdata[0]),
                          change->opened ? PSA_VAULT_NO_PROMPT : PSA_VAULT_MAY_PROMPT,
                          g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * psa_keeper_change_client_id_async:
 * @integration: one that is kept
 * @client_id: as psa_client_id_parse() gives it; copied
 * @cancellable: (nullable): until the file is being written
 *
 * Gives an integration another Client ID, for all the profiles that use it: their revisions are raised. One that was
 * called by its Client ID is called by the new one. Prompts at most once.
 */
void
psa_keeper_change_client_id_async (PsaKeeper *self,
                                   PsaIntegration *integration,
                                   const PsaSecret *client_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  GListModel *kept;
  Change *change;

  g_return_if_fail (PSA_IS_KEEPER (self));
  g_return_if_fail (PSA_IS_INTEGRATION (integration));
  g_return_if_fail (client_id != NULL);

  change = g_new0 (Change, 1);
  change->integration = psa_integration_copy (integration);
  change->client_id = psa_secret_new (client_id);
  change->others = g_ptr_array_new_with_free_func (g_object_unref);
  kept = psa_store_get_integrations (psa_keeper_get_store (self));
  for (guint i = 0; i < g_list_model_get_n_items (kept); i++)
    {
      g_autoptr(PsaIntegration) other = g_list_model_get_item (kept, i);

      if (other != integration)
        g_ptr_array_add (change->others, g_steal_pointer (&other));
    }
  g_ptr_array_add (change->others, g_object_ref (integration));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_keeper_change_client_id_async);
  g_task_set_check_cancellable (task, FALSE); /* each step looks at it */
  g_task_set_task_data (task, change, change_free);
  read_next (task);
}

/**
 * psa_keeper_change_client_id_finish:
 * @error: INVALID: another integration has it; KEYRING_LOCKED, KEYRING_UNAVAILABLE, NEWER, DAMAGED, STORAGE or
 *   G_IO_ERROR_CANCELLED; the Client ID is then as it was, or the message says so
 *
 * Returns: TRUE if the integration has the new one
 */
gboolean
psa_keeper_change_client_id_finish (PsaKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_keeper_change_client_id_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
