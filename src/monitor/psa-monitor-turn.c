/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-monitor-private.h"

#include <glib/gi18n-lib.h>

/*
 * Whatever signs in to a tenant: a check, of a profile or of what a form holds, and the reading of permissions. It waits
 * its turn → runs → gives its place to the next, and a pause that the tenant asked for is heeded.
 */

/* One turn; the data of its task. */
typedef struct
{
  PsaCheck *check; /* one of the two is run */
  PsaPermissionsRun *run;
  char *host;
  char *company_id;
  PsaSecret *client_id; /* (nullable): typed */
  PsaSecret *password;
  PsaVaultPrompt prompt;
  PsaResult *failure; /* of a reading of permissions that has ended */
} Turn;

static void
turn_free (gpointer data)
{
  Turn *self = data;

  g_clear_object (&self->check);
  g_clear_object (&self->run);
  g_clear_pointer (&self->client_id, psa_secret_free);
  g_clear_pointer (&self->password, psa_secret_free);
  g_clear_pointer (&self->failure, psa_result_unref);
  g_free (self->host);
  g_free (self->company_id);
  g_free (self);
}

static void
checked_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  PsaMonitor *monitor = g_task_get_source_object (task);
  Turn *self = g_task_get_task_data (task);
  PsaResult *result = psa_check_run_finish (PSA_CHECK (object), async_result, &error);

  psa_scheduler_leave (monitor->scheduler, self->host);
  if (result == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  psa_monitor_heed (monitor, result);
  g_task_return_pointer (task, result, (GDestroyNotify) psa_result_unref);
}

static void
read_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  PsaMonitor *monitor = g_task_get_source_object (task);
  Turn *self = g_task_get_task_data (task);
  PsaPermissions *permissions = psa_permissions_run_finish (PSA_PERMISSIONS_RUN (object),
                                                            async_result, &self->failure, &error);

  psa_scheduler_leave (monitor->scheduler, self->host);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (self->failure != NULL)
    psa_monitor_heed (monitor, self->failure);
  else
    psa_scheduler_release (monitor->scheduler, self->host, self->company_id);
  g_task_return_pointer (task, permissions, (GDestroyNotify) psa_permissions_unref);
}

static void
enter_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Turn *self = g_task_get_task_data (task);

  if (!psa_scheduler_enter_finish (PSA_SCHEDULER (object), async_result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self->check != NULL)
    psa_check_run_async (self->check, self->client_id, self->password, self->prompt, cancellable,
                         checked_cb, g_steal_pointer (&task));
  else
    psa_permissions_run_async (self->run, NULL, NULL, self->prompt, cancellable, read_cb,
                               g_steal_pointer (&task));
}

/* @turn: (transfer full); @task: (transfer full) */
static void
wait_for_turn (PsaMonitor *self, GTask *task, Turn *turn, PsaProfile *profile, PsaAsker asker)
{
  turn->host = g_strdup (psa_monitor_get_text (psa_profile_get_host (profile)));
  turn->company_id = g_strdup (psa_monitor_get_text (psa_profile_get_company_id (profile)));
  g_task_set_check_cancellable (task, FALSE); /* what runs itself tells that it was cancelled */
  g_task_set_task_data (task, turn, turn_free);
  if (turn->check != NULL)
    psa_check_set_waiting (turn->check, _("Waiting for its turn"));
  else
    psa_permissions_run_set_waiting (turn->run, _("Waiting for its turn"));
  psa_scheduler_enter_async (self->scheduler, turn->host, turn->company_id, asker,
                             g_task_get_cancellable (task), enter_cb, task);
}

/**
 * psa_monitor_run_check_async:
 * @self: a monitor
 * @profile: what is checked
 * @check: a check of @profile that has not begun
 * @prompt: whether the keyring may ask to be unlocked
 * @asker: on whose account
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called with the outcome; psa_monitor_try_finish() takes it
 * @user_data: for @callback
 *
 * Runs a check with the secrets that are kept, as soon as it is its turn. Nothing is shown or recorded of it.
 */
void
psa_monitor_run_check_async (PsaMonitor *self,
                             PsaProfile *profile,
                             PsaCheck *check,
                             PsaVaultPrompt prompt,
                             PsaAsker asker,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Turn *turn = g_new0 (Turn, 1);

  turn->check = g_object_ref (check);
  turn->prompt = prompt;
  g_task_set_source_tag (task, psa_monitor_try_async);
  wait_for_turn (self, task, turn, profile, asker);
}

/**
 * psa_monitor_try_async:
 * @self: a monitor
 * @draft: what is typed; it need not be kept
 * @check: a check of @draft that has not begun
 * @client_id: (nullable): typed; copied
 * @password: (nullable): typed; copied
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called with the outcome
 * @user_data: for @callback
 *
 * Runs a check for a form, as soon as there is room for one more. Nothing is shown or recorded of it: see
 * psa_monitor_record().
 */
void
psa_monitor_try_async (PsaMonitor *self,
                       PsaProfile *draft,
                       PsaCheck *check,
                       const PsaSecret *client_id,
                       const PsaSecret *password,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;
  Turn *turn;

  g_return_if_fail (PSA_IS_MONITOR (self));
  g_return_if_fail (PSA_IS_PROFILE (draft));
  g_return_if_fail (PSA_IS_CHECK (check));

  turn = g_new0 (Turn, 1);
  turn->check = g_object_ref (check);
  turn->client_id = client_id != NULL ? psa_secret_new (client_id) : NULL;
  turn->password = password != NULL ? psa_secret_new (password) : NULL;
  turn->prompt = PSA_VAULT_MAY_PROMPT;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_monitor_try_async);
  wait_for_turn (self, task, turn, draft, PSA_ASKER_USER);
}

/**
 * psa_monitor_try_finish:
 * @self: a monitor
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found
 */
PsaResult *
psa_monitor_try_finish (PsaMonitor *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_monitor_try_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_monitor_dup_permissions_run:
 * @self: a monitor
 * @profile: whose key it is about
 *
 * Returns: (transfer full): a reading of its permissions that has not begun
 */
PsaPermissionsRun *
psa_monitor_dup_permissions_run (PsaMonitor *self, PsaProfile *profile)
{
  g_autoptr(PsaClient) client = psa_client_new ();

  g_return_val_if_fail (PSA_IS_MONITOR (self), NULL);
  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);

  return psa_permissions_run_new (client, psa_keeper_get_vault (self->keeper), profile);
}

/**
 * psa_monitor_permissions_async:
 * @self: a monitor
 * @profile: whose key it is about
 * @run: of psa_monitor_dup_permissions_run(), for @profile
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called with the outcome
 * @user_data: for @callback
 *
 * Reads what a key may do because the user asked for it, as soon as there is room: it signs in as a check does, and
 * takes the place of one.
 */
void
psa_monitor_permissions_async (PsaMonitor *self,
                               PsaProfile *profile,
                               PsaPermissionsRun *run,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  Turn *turn;

  g_return_if_fail (PSA_IS_MONITOR (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));
  g_return_if_fail (PSA_IS_PERMISSIONS_RUN (run));

  turn = g_new0 (Turn, 1);
  turn->run = g_object_ref (run);
  turn->prompt = PSA_VAULT_MAY_PROMPT;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_monitor_permissions_async);
  wait_for_turn (self, task, turn, profile, PSA_ASKER_USER);
}

/**
 * psa_monitor_permissions_finish:
 * @self: a monitor
 * @result: what the callback was given
 * @failure: (out) (nullable) (transfer full): why there is nothing to show, with its cause; %NULL where there is
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the key may do
 */
PsaPermissions *
psa_monitor_permissions_finish (PsaMonitor *self,
                                GAsyncResult *result,
                                PsaResult **failure,
                                GError **error)
{
  Turn *turn;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_monitor_permissions_async), NULL);
  g_return_val_if_fail (failure != NULL, NULL);

  turn = g_task_get_task_data (G_TASK (result));
  *failure = g_steal_pointer (&turn->failure);

  return g_task_propagate_pointer (G_TASK (result), error);
}
