/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-monitor-private.h"
#include "psa-status-private.h"

/* One check under way; the data of its task. */
typedef struct
{
  char *id;
  PsaCheck *check;
  PsaStatus *status;
  GCancellable *cancellable; /* ours: a second check, or the end of the profile, cancels too */
  GCancellable *outer;       /* the caller's */
  gulong outer_id;
  PsaResult *result;
} Run;

static void
run_free (Run *self)
{
  g_free (self->id);
  g_clear_object (&self->check);
  g_clear_object (&self->status);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->outer);
  g_clear_pointer (&self->result, psa_result_unref);
  g_free (self);
}

/* Not under way any more. The check that took its place, if one did, stays. */
static void
end_run (PsaMonitor *self, Run *run)
{
  g_cancellable_disconnect (run->outer, run->outer_id);
  run->outer_id = 0;
  if (g_hash_table_lookup (self->runs, run->id) == run)
    g_hash_table_remove (self->runs, run->id);
  if (g_hash_table_size (self->runs) == 0)
    psa_client_ids_forget (self->client_ids);
  if (psa_status_get_check (run->status) == run->check)
    psa_status_set_check (run->status, NULL);
}

static void
add_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  Run *run = g_task_get_task_data (task);

  /* The history tells its own trouble; the result is none the less for it. */
  if (!psa_history_add_finish (PSA_HISTORY (object), async_result, &error))
    g_warning ("A result was not recorded: %s", error->message);
  g_task_return_pointer (task, psa_result_ref (run->result), (GDestroyNotify) psa_result_unref);
}

static void
check_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  PsaMonitor *self = PSA_MONITOR (object);
  Run *run = g_task_get_task_data (task);

  run->result = psa_monitor_try_finish (self, async_result, &error);
  end_run (self, run);
  if (run->result == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  psa_monitor_take (self, run->result);
  if (psa_monitor_is_worth_recording (self, run->result))
    psa_history_add_async (self->history, run->result, NULL, add_cb, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, psa_result_ref (run->result), (GDestroyNotify) psa_result_unref);
}

static void
on_outer_cancelled_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
start (PsaMonitor *self, GTask *task, PsaProfile *profile, PsaVaultPrompt prompt, PsaAsker asker)
{
  GCancellable *outer = g_task_get_cancellable (task);
  g_autoptr(PsaClient) client = psa_client_new ();
  Run *run = g_new0 (Run, 1);

  psa_monitor_cancel (self, profile);

  run->id = g_strdup (psa_profile_get_id (profile));
  run->status = g_object_ref (psa_monitor_get_status (self, profile));
  run->check = psa_check_new (client, psa_keeper_get_vault (self->keeper), profile);
  psa_check_share (run->check, self->client_ids);
  run->cancellable = g_cancellable_new ();
  g_set_object (&run->outer, outer);

  g_task_set_source_tag (task, psa_monitor_check_async);
  g_task_set_check_cancellable (task, FALSE); /* what was taken and recorded is given */
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);

  if (outer != NULL)
    run->outer_id = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled_cb),
                                           g_object_ref (run->cancellable), g_object_unref);
  g_hash_table_replace (self->runs, run->id, run);
  psa_status_set_check (run->status, run->check);
  psa_monitor_run_check_async (self, profile, run->check, prompt, asker, run->cancellable, check_cb,
                               task);
}

/**
 * psa_monitor_check_async:
 * @self: a monitor
 * @profile: a kept profile
 * @prompt: whether the keyring may ask to be unlocked
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once the result is recorded, or there is none
 * @user_data: for @callback
 *
 * Checks a profile because the user asked for it, as soon as there is room for one more check. Its status shows the
 * check at once and the result as soon as it is there, unless the profile is gone or its revision moved on. A second
 * check of the same profile cancels the first.
 */
void
psa_monitor_check_async (PsaMonitor *self,
                         PsaProfile *profile,
                         PsaVaultPrompt prompt,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (PSA_IS_MONITOR (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));

  start (self, g_task_new (self, cancellable, callback, user_data), profile, prompt,
         PSA_ASKER_USER);
}

/**
 * psa_monitor_check_unasked_async:
 * @self: a monitor
 * @profile: a kept profile
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once the result is recorded, or there is none
 * @user_data: for @callback
 *
 * Checks a profile on the program's own account: it raises no prompt, and waits as long as the tenant has asked for a
 * pause. Else as psa_monitor_check_async(), whose finish it shares.
 */
void
psa_monitor_check_unasked_async (PsaMonitor *self,
                                 PsaProfile *profile,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (PSA_IS_MONITOR (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));

  start (self, g_task_new (self, cancellable, callback, user_data), profile, PSA_VAULT_NO_PROMPT,
         PSA_ASKER_AUTOMATIC);
}

/**
 * psa_monitor_check_finish:
 * @self: a monitor
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found, shown or not
 */
PsaResult *
psa_monitor_check_finish (PsaMonitor *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_monitor_check_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_monitor_cancel_id:
 * @self: a monitor
 * @id: (nullable): the UUID of a profile
 *
 * Cancels its check, or all of them. It takes effect in the next turn of the main loop: the table does not change
 * under us.
 */
void
psa_monitor_cancel_id (PsaMonitor *self, const char *id)
{
  GHashTableIter iter;
  gpointer run;

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &run))
    if (id == NULL || g_str_equal (((Run *) run)->id, id))
      g_cancellable_cancel (((Run *) run)->cancellable);
}

/**
 * psa_monitor_cancel:
 * @self: a monitor
 * @profile: (nullable): whose check to cancel; %NULL cancels all
 */
void
psa_monitor_cancel (PsaMonitor *self, PsaProfile *profile)
{
  g_return_if_fail (PSA_IS_MONITOR (self));
  g_return_if_fail (profile == NULL || PSA_IS_PROFILE (profile));

  psa_monitor_cancel_id (self, profile != NULL ? psa_profile_get_id (profile) : NULL);
}
