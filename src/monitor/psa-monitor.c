/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-monitor.h"

#include "psa-monitor-private.h"
#include "psa-status-private.h"

enum
{
  SIGNAL_CHECKED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PsaMonitor, psa_monitor, G_TYPE_OBJECT)

PsaProfile *
psa_monitor_get_kept (PsaMonitor *self, const char *id)
{
  return psa_store_get_profile (psa_keeper_get_store (self->keeper), id);
}

static void
remember (PsaMonitor *self, PsaResult *result)
{
  g_hash_table_replace (self->results, g_strdup (result->profile_id), psa_result_ref (result));
}

const char *
psa_monitor_get_text (const char *text)
{
  return text != NULL ? text : "";
}

/* A tenant that wants a pause is left alone by what is automatic, and who reads the result is told until when. */
void
psa_monitor_heed (PsaMonitor *self, PsaResult *result)
{
  const char *host = psa_monitor_get_text (result->host);
  const char *company_id = psa_monitor_get_text (result->company_id);

  if (result->cause == PSA_CAUSE_RATE_LIMITED)
    result->retry_at = psa_scheduler_hold (self->scheduler, host, company_id, result->retry_at);
  else if (result->http_status != 0)
    psa_scheduler_release (self->scheduler, host, company_id);
}

/* Shows what was found, if it still says something of the profile as it is. */
gboolean
psa_monitor_take (PsaMonitor *self, PsaResult *result)
{
  PsaProfile *kept = psa_monitor_get_kept (self, result->profile_id);
  PsaStatus *status;

  if (kept == NULL || result->offline || result->revision != psa_profile_get_revision (kept))
    return FALSE;

  status = psa_monitor_get_status (self, kept);
  if (!psa_status_set_result (status, result))
    return FALSE;

  remember (self, result);
  g_signal_emit (self, signals[SIGNAL_CHECKED], 0, status, result);

  return TRUE;
}

/* What is found offline says nothing of the tenant, and what is gone has no history. */
gboolean
psa_monitor_is_worth_recording (PsaMonitor *self, PsaResult *result)
{
  return !result->offline && psa_monitor_get_kept (self, result->profile_id) != NULL;
}

static void
record_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(PsaMonitor) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!psa_history_add_finish (PSA_HISTORY (object), async_result, &error))
    g_warning ("A result was not recorded: %s", error->message);
}

static void
load_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  PsaMonitor *self = g_task_get_source_object (task);
  g_autoptr(GPtrArray) results =
      psa_history_load_finish (PSA_HISTORY (object), async_result, &error);

  if (results == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < results->len; i++)
    {
      PsaResult *result = g_ptr_array_index (results, i);
      PsaStatus *status = g_hash_table_lookup (self->statuses, result->profile_id);

      /* A check may have been quicker than the file. */
      if (status != NULL ? psa_status_set_result (status, result)
                         : !g_hash_table_contains (self->results, result->profile_id))
        remember (self, result);
      if (result->cause == PSA_CAUSE_RATE_LIMITED &&
          result->retry_at > g_get_real_time () / G_USEC_PER_SEC)
        psa_scheduler_hold (self->scheduler, psa_monitor_get_text (result->host),
                            psa_monitor_get_text (result->company_id), result->retry_at);
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_status_changed_cb (PsaStatus *status, gpointer user_data)
{
  PsaMonitor *self = user_data;

  /* Its revision moved on, perhaps since the Client ID of its integration is another. */
  if (!psa_status_get_current (status))
    psa_client_ids_forget (self->client_ids);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, status);
}

/* It may be kept by somebody for longer than the monitor. */
static void
forget_status (gpointer status)
{
  psa_status_set_changed (status, NULL, NULL);
  g_object_unref (status);
}

/* What is gone from the store has no status and no check. Its last result stays for an undo. */
static void
on_store_items_changed_cb (PsaMonitor *self, guint position, guint removed, guint added)
{
  GHashTableIter iter;
  gpointer id;

  if (removed == 0)
    return;

  g_hash_table_iter_init (&iter, self->statuses);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (psa_monitor_get_kept (self, id) != NULL)
        continue;
      psa_monitor_cancel_id (self, id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
psa_monitor_dispose (GObject *object)
{
  PsaMonitor *self = PSA_MONITOR (object);

  psa_monitor_cancel (self, NULL);
  g_clear_object (&self->keeper);
  g_clear_object (&self->history);
  g_clear_object (&self->scheduler);
  g_hash_table_remove_all (self->statuses);

  G_OBJECT_CLASS (psa_monitor_parent_class)->dispose (object);
}

static void
psa_monitor_finalize (GObject *object)
{
  PsaMonitor *self = PSA_MONITOR (object);

  g_hash_table_unref (self->statuses);
  g_hash_table_unref (self->results);
  g_hash_table_unref (self->runs);
  g_object_unref (self->client_ids);

  G_OBJECT_CLASS (psa_monitor_parent_class)->finalize (object);
}

static void
psa_monitor_class_init (PsaMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psa_monitor_dispose;
  object_class->finalize = psa_monitor_finalize;

  /**
   * PsaMonitor::checked:
   * @self: the monitor
   * @status: the status, which shows the result already
   * @result: what was found
   *
   * A check has ended, and its result was taken.
   */
  signals[SIGNAL_CHECKED] =
      g_signal_new ("checked", PSA_TYPE_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, PSA_TYPE_STATUS, PSA_TYPE_RESULT);

  /**
   * PsaMonitor::changed:
   * @self: the monitor
   * @status: the status
   *
   * What a list sorts and searches by may have changed: a value of the profile, or its last result. It may come
   * many times in a row.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", PSA_TYPE_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, PSA_TYPE_STATUS);
}

static void
psa_monitor_init (PsaMonitor *self)
{
  self->scheduler = psa_scheduler_new ();
  self->client_ids = psa_client_ids_new ();
  self->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, forget_status);
  self->results =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) psa_result_unref);
  self->runs = g_hash_table_new (g_str_hash, g_str_equal); /* each is its task's */
}

/**
 * psa_monitor_new:
 * @keeper: the profiles and their secrets
 * @history: where results are kept
 *
 * Returns: (transfer full): a monitor; nothing is checked or read yet
 */
PsaMonitor *
psa_monitor_new (PsaKeeper *keeper, PsaHistory *history)
{
  PsaMonitor *self;

  g_return_val_if_fail (PSA_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (PSA_IS_HISTORY (history), NULL);

  self = g_object_new (PSA_TYPE_MONITOR, NULL);
  self->keeper = g_object_ref (keeper);
  self->history = g_object_ref (history);
  g_signal_connect_object (psa_keeper_get_store (keeper), "items-changed",
                           G_CALLBACK (on_store_items_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * psa_monitor_get_keeper:
 * @self: a monitor
 *
 * Returns: (transfer none): the profiles and their secrets
 */
PsaKeeper *
psa_monitor_get_keeper (PsaMonitor *self)
{
  g_return_val_if_fail (PSA_IS_MONITOR (self), NULL);

  return self->keeper;
}

/**
 * psa_monitor_get_history:
 * @self: a monitor
 *
 * Returns: (transfer none): where results are kept
 */
PsaHistory *
psa_monitor_get_history (PsaMonitor *self)
{
  g_return_val_if_fail (PSA_IS_MONITOR (self), NULL);

  return self->history;
}

/**
 * psa_monitor_get_scheduler:
 * @self: a monitor
 *
 * Returns: (transfer none): who may check when
 */
PsaScheduler *
psa_monitor_get_scheduler (PsaMonitor *self)
{
  g_return_val_if_fail (PSA_IS_MONITOR (self), NULL);

  return self->scheduler;
}

/**
 * psa_monitor_get_status:
 * @self: a monitor
 * @profile: a kept profile
 *
 * Returns: (transfer none): its status, the same object until the profile is removed
 */
PsaStatus *
psa_monitor_get_status (PsaMonitor *self, PsaProfile *profile)
{
  const char *id;
  PsaStatus *status;
  PsaProfile *kept;
  PsaResult *result;

  g_return_val_if_fail (PSA_IS_MONITOR (self), NULL);
  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);

  id = psa_profile_get_id (profile);
  status = g_hash_table_lookup (self->statuses, id);
  if (status != NULL)
    return status;

  kept = psa_monitor_get_kept (self, id);
  status = psa_status_new (kept != NULL ? kept : profile);
  result = g_hash_table_lookup (self->results, id);
  if (result != NULL)
    psa_status_set_result (status, result);
  psa_status_set_changed (status, on_status_changed_cb, self);
  g_hash_table_insert (self->statuses, g_strdup (id), status);

  return status;
}

/**
 * psa_monitor_load_async:
 * @self: a monitor
 * @part: how much of the past; without its pauses no tenant may be asked
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads what was last known of each profile, for every status, made already or later.
 */
void
psa_monitor_load_async (PsaMonitor *self,
                        PsaHistoryPart part,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (PSA_IS_MONITOR (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_monitor_load_async);
  psa_history_load_async (self->history, part, cancellable, load_cb, task);
}

/**
 * psa_monitor_load_finish:
 * @self: a monitor
 * @result: what the callback was given
 * @error: return location for the history's error
 *
 * Returns: whether it was read
 */
gboolean
psa_monitor_load_finish (PsaMonitor *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_monitor_load_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_monitor_record:
 * @self: a monitor
 * @profile: what was saved
 * @result: what a check found for the very values that were then saved as @profile
 *
 * Shows and records the result under the profile's own UUID and revision.
 */
void
psa_monitor_record (PsaMonitor *self, PsaProfile *profile, PsaResult *result)
{
  g_autoptr(PsaResult) own = NULL;

  g_return_if_fail (PSA_IS_MONITOR (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));
  g_return_if_fail (result != NULL);

  own = psa_result_copy_for (result, profile);
  psa_monitor_heed (self, own);
  psa_monitor_take (self, own);
  if (psa_monitor_is_worth_recording (self, own))
    psa_history_add_async (self->history, own, NULL, record_cb, g_object_ref (self));
}
