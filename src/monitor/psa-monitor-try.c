/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-monitor"

#include "config.h"

#include "psa-monitor-private.h"

#include <glib/gi18n-lib.h>

/* One try under way; the data of its task. */
typedef struct
{
  PsaCheck *check;
  char *host;
  PsaSecret *client_id;
  PsaSecret *password;
} Try;

static void
try_free (gpointer data)
{
  Try *self = data;

  g_clear_object (&self->check);
  g_clear_pointer (&self->client_id, psa_secret_free);
  g_clear_pointer (&self->password, psa_secret_free);
  g_free (self->host);
  g_free (self);
}

static void
run_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  PsaMonitor *monitor = g_task_get_source_object (task);
  Try *self = g_task_get_task_data (task);
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
enter_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Try *self = g_task_get_task_data (task);

  if (!psa_scheduler_enter_finish (PSA_SCHEDULER (object), async_result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  psa_check_run_async (self->check, self->client_id, self->password, PSA_VAULT_MAY_PROMPT,
                       cancellable, run_cb, g_steal_pointer (&task));
}

/**
 * psa_monitor_try_async:
 * @self: a monitor
 * @draft: what is typed; it need not be kept
 * @check: a check of @draft
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
  Try *try;

  g_return_if_fail (PSA_IS_MONITOR (self));
  g_return_if_fail (PSA_IS_PROFILE (draft));
  g_return_if_fail (PSA_IS_CHECK (check));

  try = g_new0 (Try, 1);
  try->check = g_object_ref (check);
  try->host = g_strdup (psa_monitor_get_text (psa_profile_get_host (draft)));
  try->client_id = client_id != NULL ? psa_secret_new (client_id) : NULL;
  try->password = password != NULL ? psa_secret_new (password) : NULL;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_monitor_try_async);
  g_task_set_check_cancellable (task, FALSE); /* the check itself tells that it was cancelled */
  g_task_set_task_data (task, try, try_free);

  psa_check_set_waiting (check, _("Waiting for its turn"));
  psa_scheduler_enter_async (self->scheduler, try->host,
                             psa_monitor_get_text (psa_profile_get_company_id (draft)),
                             PSA_ASKER_USER, cancellable, enter_cb, task);
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
