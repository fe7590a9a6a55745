/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-monitor"

#include "monitor-place.h"
#include "psa-keeper-client-id.h"
#include "psa-status-private.h"

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_check_and_restart (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  g_autofree char *id = g_strdup (psa_profile_get_id (monitor_place_add (self, "ok")));
  PsaProfile *profile = psa_store_get_profile (self->store, id);
  PsaProfile *rejected = monitor_place_add (self, "keys-401");
  g_autofree char *rejected_id = g_strdup (psa_profile_get_id (rejected));
  PsaStatus *status = psa_monitor_get_status (self->monitor, profile);
  g_autoptr(PsaResult) first = NULL;
  g_autoptr(PsaResult) second = NULL;

  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_NOT_CHECKED);
  g_assert_cmpint (psa_status_get_cause (status), ==, PSA_CAUSE_NEVER_CHECKED);
  first = monitor_place_check (self, profile);
  second = monitor_place_check (self, rejected);
  g_assert_cmpuint (self->n_checked, ==, 2);
  g_assert_true (psa_monitor_get_status (self->monitor, profile) ==
                 status); /* one object, always */
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_CONNECTED);
  g_assert_true (psa_status_get_current (status));
  g_assert_cmpint (psa_status_get_cause (psa_monitor_get_status (self->monitor, rejected)), ==,
                   PSA_CAUSE_KEYS_REJECTED);

  /* Seen again after a restart, with its own time. */
  monitor_place_close (self);
  monitor_place_open (self);
  status = psa_monitor_get_status (self->monitor, psa_store_get_profile (self->store, id));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_CONNECTED);
  g_assert_cmpint (psa_status_get_result (status)->checked_at, ==, first->checked_at);
  status = psa_monitor_get_status (self->monitor, psa_store_get_profile (self->store, rejected_id));
  g_assert_cmpint (psa_status_get_cause (status), ==, PSA_CAUSE_KEYS_REJECTED);
  g_assert_cmpuint (self->n_checked, ==, 2); /* what is remembered is no news */
}

/* The profile was edited while a check was under way: what comes of it is nobody's any more. */
static void
test_late_after_edit (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  PsaProfile *profile = monitor_place_add (self, "late-info");
  PsaStatus *status = psa_monitor_get_status (self->monitor, profile);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) draft = psa_profile_copy (profile);
  g_autofree char *username = g_strconcat ("keys-401+", self->tenant->public_key, NULL);
  g_autoptr(PsaResult) late = NULL;
  g_autoptr(GPtrArray) kept = NULL;
  guint n_states = 0;

  psa_monitor_check_async (self->monitor, profile, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                           &result);
  psa_profile_set_username (draft, username);
  g_assert_true (monitor_place_save (self, draft, NULL) == profile);
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, 2);
  g_assert_null (result); /* it takes six seconds */
  g_signal_connect (status, "notify::state", G_CALLBACK (count_cb), &n_states);
  g_signal_connect (status, "notify::result", G_CALLBACK (count_cb), &n_states);

  late = monitor_place_finish (self, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (late->cause, ==, PSA_CAUSE_SLOW);
  g_assert_cmpuint (late->revision, ==, 1);
  g_assert_null (psa_status_get_result (status));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_NOT_CHECKED);
  g_assert_cmpuint (n_states, ==, 0);
  g_assert_cmpuint (self->n_checked, ==, 0);
  g_assert_false (psa_status_get_checking (status));

  /* Only the history knows, and under the revision it was made for. */
  kept = monitor_place_read_history (self);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpuint (((PsaResult *) g_ptr_array_index (kept, 0))->revision, ==, 1);
}

static void
test_late_after_removal (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  g_autoptr(PsaProfile) profile = g_object_ref (monitor_place_add (self, "late-info"));
  PsaProfile *other = monitor_place_add (self, "ok");
  PsaStatus *status = psa_monitor_get_status (self->monitor, profile);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) late = NULL;
  g_autoptr(GPtrArray) kept = NULL;

  psa_monitor_check_async (self->monitor, profile, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                           &result);
  g_object_add_weak_pointer (G_OBJECT (status), (gpointer *) &status);
  monitor_place_remove (self, profile);
  late = monitor_place_finish (self, &result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (late);
  g_clear_object (&result);
  check_run_until (status == NULL, 10); /* the status went with the profile */
  g_assert_cmpint (psa_status_get_state (psa_monitor_get_status (self->monitor, other)), ==,
                   PSA_STATE_NOT_CHECKED);
  kept = monitor_place_read_history (self);
  g_assert_cmpuint (kept->len, ==, 0);
}

static void
test_second_check (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  PsaProfile *profile = monitor_place_add (self, "late-info");
  PsaStatus *status = psa_monitor_get_status (self->monitor, profile);
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) found = NULL;
  PsaCheck *newer;

  psa_monitor_check_async (self->monitor, profile, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                           &first);
  psa_monitor_check_async (self->monitor, profile, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                           &second);
  newer = psa_status_get_check (status);
  g_assert_null (monitor_place_finish (self, &first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (second);
  g_assert_true (psa_status_get_check (status) ==
                 newer); /* the end of the first takes nothing away */
  found = monitor_place_finish (self, &second, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->cause, ==, PSA_CAUSE_SLOW);
  g_assert_cmpuint (self->n_checked, ==, 1);
}

/* Cancelling changes neither the state nor the last result. */
static void
test_cancel (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  PsaProfile *profile = monitor_place_add (self, "ok");
  PsaStatus *status = psa_monitor_get_status (self->monitor, profile);
  g_autoptr(PsaResult) before = monitor_place_check (self, profile);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  guint n_notified = 0;

  g_signal_connect (status, "notify::result", G_CALLBACK (count_cb), &n_notified);
  g_signal_connect (status, "notify::state", G_CALLBACK (count_cb), &n_notified);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;

      psa_monitor_check_async (self->monitor, profile, PSA_VAULT_NO_PROMPT,
                               i == 0 ? cancellable : NULL, keyring_result_cb, &result);
      if (i == 0)
        g_cancellable_cancel (cancellable);
      else
        psa_monitor_cancel (self->monitor, i == 1 ? profile : NULL);
      g_assert_null (monitor_place_finish (self, &result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (psa_status_get_checking (status));
    }

  g_assert_cmpuint (n_notified, ==, 0);
  g_assert_true (psa_status_get_result (status) == before);
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_CONNECTED);
  g_assert_cmpuint (self->n_checked, ==, 1);
}

/* The form checked a draft and then saved it: the result is the saved profile's. */
static void
test_record (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  g_autoptr(PsaProfile) draft = check_run_make_profile (self->tenant, "ok");
  PsaProfile *other = monitor_place_add (self, "ok");
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = check_run_do (client, draft, self->tenant);
  PsaProfile *saved = monitor_place_save (self, draft, self->tenant->private_key);
  PsaStatus *status = psa_monitor_get_status (self->monitor, saved);
  g_autoptr(GPtrArray) kept = NULL;

  check_run_assert (run, "draft", PSA_CAUSE_OK);
  psa_monitor_record (self->monitor, saved, run->result);
  g_assert_true (psa_status_get_current (status));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_CONNECTED);
  g_assert_cmpint (psa_status_get_state (psa_monitor_get_status (self->monitor, other)), ==,
                   PSA_STATE_NOT_CHECKED);
  g_assert_cmpuint (self->n_checked, ==, 1);
  kept = monitor_place_read_history (self);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpstr (((PsaResult *) g_ptr_array_index (kept, 0))->profile_id, ==,
                   psa_profile_get_id (saved));
}

static PsaResult *
make_result (PsaProfile *profile, guint revision, gint64 checked_at, PsaCause cause)
{
  PsaResult *result = psa_result_new (profile);

  result->revision = revision;
  result->checked_at = checked_at;
  result->cause = cause;

  return result;
}

/* Where there is no network, what fails for it is told and not remembered. */
static void
test_offline (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  g_autoptr(PsaProfile) draft = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new ("nothing.invalid", 443);
  PsaProfile *profile;
  g_autoptr(PsaResult) found = NULL;
  g_autoptr(GPtrArray) kept = NULL;
  gboolean online = g_network_monitor_get_network_available (g_network_monitor_get_default ());

  psa_profile_set_address (draft, address);
  psa_profile_set_username (draft, "contoso+key");
  profile = monitor_place_save (self, draft, "secret");
  found = monitor_place_check (self, profile);
  g_test_message ("%s", online ? "there is a network here" : "there is no network here");
  g_assert_cmpint (found->cause, ==, PSA_CAUSE_HOST_NOT_FOUND);
  g_assert_cmpint (found->offline, ==, !online);
  g_assert_cmpuint (self->n_checked, ==, online ? 1 : 0);
  kept = monitor_place_read_history (self);
  g_assert_cmpuint (kept->len, ==, online ? 1 : 0);
}

/* The same, whatever network this machine has. */
static void
test_offline_result (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  PsaProfile *profile = monitor_place_add (self, "ok");
  PsaStatus *status = psa_monitor_get_status (self->monitor, profile);
  g_autoptr(PsaResult) good = monitor_place_check (self, profile);
  g_autoptr(PsaResult) offline =
      make_result (profile, 1, g_get_real_time (), PSA_CAUSE_HOST_NOT_FOUND);
  g_autoptr(GPtrArray) kept = NULL;

  offline->offline = TRUE;
  psa_monitor_record (self->monitor, profile, offline);
  g_assert_true (psa_status_get_result (status) == good);
  g_assert_cmpuint (self->n_checked, ==, 1);
  kept = monitor_place_read_history (self);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpint (((PsaResult *) g_ptr_array_index (kept, 0))->cause, ==, PSA_CAUSE_OK);
}

static gboolean
offer (PsaStatus *status, PsaProfile *profile, guint revision, gint64 checked_at, PsaCause cause)
{
  g_autoptr(PsaResult) result = make_result (profile, revision, checked_at, cause);

  return psa_status_set_result (status, result);
}

static void
test_status (void)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaProfile) other = psa_profile_new ();
  g_autoptr(PsaStatus) status = psa_status_new (profile);
  guint n_states = 0;
  guint n_currents = 0;

  g_signal_connect (status, "notify::state", G_CALLBACK (count_cb), &n_states);
  g_signal_connect (status, "notify::current", G_CALLBACK (count_cb), &n_currents);
  psa_profile_set_revision (profile, 3);
  g_assert_cmpuint (n_states, ==, 1);

  g_assert_false (offer (status, other, 3, 10, PSA_CAUSE_OK)); /* somebody else's */
  g_assert_null (psa_status_get_result (status));
  g_assert_cmpuint (n_states, ==, 1);

  g_assert_true (offer (status, profile, 2, 10, PSA_CAUSE_OK)); /* the last known, of before */
  g_assert_false (psa_status_get_current (status));
  g_assert_cmpint (psa_status_get_cause (status), ==, PSA_CAUSE_NEVER_CHECKED);
  g_assert_false (offer (status, profile, 1, 99, PSA_CAUSE_OK)); /* older still */
  g_assert_true (offer (status, profile, 3, 20, PSA_CAUSE_KEYS_REJECTED));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_REJECTED);
  g_assert_false (offer (status, profile, 3, 19, PSA_CAUSE_OK)); /* late, of the same revision */
  g_assert_false (offer (status, profile, 2, 99, PSA_CAUSE_OK));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_REJECTED);
  g_assert_true (psa_status_get_current (status));

  n_states = n_currents = 0;
  psa_profile_set_revision (profile, 4); /* edited: what is known is of before */
  g_assert_cmpuint (n_states, ==, 1);
  g_assert_cmpuint (n_currents, ==, 1);
  g_assert_false (psa_status_get_current (status));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_NOT_CHECKED);
  g_assert_nonnull (psa_status_get_result (status)); /* still there to be shown, dimmed */

  psa_profile_set_revision (profile, 2); /* an older file was brought back */
  g_assert_true (offer (status, profile, 2, 30, PSA_CAUSE_OK));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_CONNECTED);
}

static void
change_client_id (MonitorPlace *self, PsaProfile *profile, const char *client_id)
{
  PsaIntegration *integration =
      psa_store_get_integration (self->store, psa_profile_get_integration (profile));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_keeper_change_client_id_async (self->keeper, integration, client_id, NULL, keyring_result_cb,
                                     &result);
  keyring_wait (&result);
  psa_keeper_change_client_id_finish (self->keeper, result, &error);
  g_assert_no_error (error);
}

/* Checks under way share the Client ID of their integration, but not one that was changed meanwhile. */
static void
test_changed_client_id (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  PsaProfile *slow = monitor_place_add (self, "late-info");
  PsaProfile *profile = monitor_place_add (self, "ok");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) before = NULL;
  g_autoptr(PsaResult) after = NULL;

  g_assert_cmpstr (psa_profile_get_integration (slow), ==, psa_profile_get_integration (profile));
  psa_monitor_check_async (self->monitor, slow, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                           &result);
  before = monitor_place_check (self, profile);
  g_assert_cmpint (before->cause, ==, PSA_CAUSE_OK);
  change_client_id (self, profile, "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f");
  after = monitor_place_check (self, profile);
  g_assert_cmpint (after->cause, ==, PSA_CAUSE_KEYS_REJECTED);
  g_assert_null (result); /* that one is still under way */
  psa_monitor_cancel (self->monitor, slow);
  g_assert_null (monitor_place_finish (self, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  g_test_add_func ("/monitor/status", test_status);
  keyring_add_case ("/monitor/check-and-restart", KEYRING_FILE, test_check_and_restart);
  keyring_add_case ("/n9-late-answer/after-edit", KEYRING_FILE, test_late_after_edit);
  keyring_add_case ("/n9-late-answer/after-removal", KEYRING_FILE, test_late_after_removal);
  keyring_add_case ("/monitor/second-check", KEYRING_FILE, test_second_check);
  keyring_add_case ("/monitor/changed-client-id", KEYRING_FILE, test_changed_client_id);
  keyring_add_case ("/monitor/cancel", KEYRING_FILE, test_cancel);
  keyring_add_case ("/monitor/record", KEYRING_FILE, test_record);
  keyring_add_case ("/monitor/offline", KEYRING_FILE, test_offline);
  keyring_add_case ("/monitor/offline-result", KEYRING_FILE, test_offline_result);

  return g_test_run ();
}
