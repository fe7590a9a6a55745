/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-monitor"

#include "monitor-place.h"

static void
on_checked_cb (PsaMonitor *monitor, PsaStatus *status, PsaResult *result, gpointer user_data)
{
  MonitorPlace *self = user_data;

  /* Whoever listens finds the status as the result says. */
  g_assert_true (psa_status_get_result (status) == result);
  g_assert_cmpstr (psa_profile_get_id (psa_status_get_profile (status)), ==, result->profile_id);
  self->n_checked++;
}

void
monitor_place_open (MonitorPlace *self)
{
  g_autoptr(GAsyncResult) loaded = NULL;
  g_autoptr(GAsyncResult) remembered = NULL;
  g_autoptr(GError) error = NULL;

  self->store = psa_store_new (self->folder);
  self->vault = psa_vault_new ();
  self->keeper = psa_keeper_new (self->store, self->vault);
  self->history = psa_history_new (self->folder);
  self->monitor = psa_monitor_new (self->keeper, self->history);
  g_signal_connect (self->monitor, "checked", G_CALLBACK (on_checked_cb), self);

  psa_store_load_async (self->store, NULL, keyring_result_cb, &loaded);
  keyring_wait (&loaded);
  psa_store_load_finish (self->store, loaded, &error);
  g_assert_no_error (error);
  psa_monitor_load_async (self->monitor, PSA_HISTORY_ALL, NULL, keyring_result_cb, &remembered);
  keyring_wait (&remembered);
  psa_monitor_load_finish (self->monitor, remembered, &error);
  g_assert_no_error (error);
}

void
monitor_place_close (MonitorPlace *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->monitor), (gpointer *) &self->monitor);
  g_object_unref (self->monitor);
  check_run_until (self->monitor == NULL, 10); /* nothing holds on to it */
  g_clear_object (&self->history);
  g_clear_object (&self->keeper);
  g_clear_object (&self->vault);
  g_clear_object (&self->store);
}

/**
 * monitor_place_new:
 * @options: (nullable) (array zero-terminated=1): of the practice tenant
 *
 * Returns: (transfer full): the program, its files loaded, and a tenant that runs
 */
MonitorPlace *
monitor_place_new (const char *const *options)
{
  MonitorPlace *self = g_new0 (MonitorPlace, 1);

  self->tenant = practice_fixture_new (options);
  self->folder = keyring_dup_folder ();
  monitor_place_open (self);

  return self;
}

void
monitor_place_free (MonitorPlace *self)
{
  monitor_place_close (self);
  practice_fixture_free (self->tenant);
  g_free (self->folder);
  g_free (self);
}

PsaProfile *
monitor_place_save (MonitorPlace *self, PsaProfile *draft, const char *password)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) kept = NULL;

  psa_keeper_save_async (self->keeper, draft, self->tenant->client_id, password, NULL,
                         keyring_result_cb, &result);
  keyring_wait (&result);
  kept = psa_keeper_save_finish (self->keeper, result, &error);
  g_assert_no_error (error);

  return psa_store_get_profile (self->store, psa_profile_get_id (kept)); /* the store's */
}

PsaProfile *
monitor_place_add (MonitorPlace *self, const char *company)
{
  g_autoptr(PsaProfile) draft = check_run_make_profile (self->tenant, company);

  return monitor_place_save (self, draft, self->tenant->private_key);
}

void
monitor_place_remove (MonitorPlace *self, PsaProfile *profile)
{
  const char *ids[] = { psa_profile_get_id (profile), NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_keeper_remove_async (self->keeper, ids, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  psa_keeper_remove_finish (self->keeper, result, &error);
  g_assert_no_error (error);
}

PsaResult *
monitor_place_finish (MonitorPlace *self, GAsyncResult **result, GError **error)
{
  check_run_until (*result != NULL, 40);

  return psa_monitor_check_finish (self->monitor, *result, error);
}

PsaResult *
monitor_place_check (MonitorPlace *self, PsaProfile *profile)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  PsaStatus *status = psa_monitor_get_status (self->monitor, profile);
  PsaResult *found;

  psa_monitor_check_async (self->monitor, profile, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                           &result);
  g_assert_true (psa_status_get_checking (status));
  g_assert_nonnull (psa_status_get_check (status));
  found = monitor_place_finish (self, &result, &error);
  g_assert_no_error (error);
  g_assert_false (psa_status_get_checking (status));

  return found;
}

GPtrArray *
monitor_place_read_history (MonitorPlace *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *results;

  psa_history_load_async (self->history, PSA_HISTORY_ALL, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  results = psa_history_load_finish (self->history, result, &error);
  g_assert_no_error (error);

  return results;
}
