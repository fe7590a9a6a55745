/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-ui"

#include "practice-fixture.h"
#include "ui-samples.h"

/* What is done with many profiles at once. */

static guint
count_state (UiDriver *driver, PsaState state)
{
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (profiles, i);
      PsaStatus *status = psa_monitor_get_status (ui_get_monitor (driver), profile);

      n_found += psa_status_get_state (status) == state;
    }
  return n_found;
}

/* All of them with one key, told in one sentence; those that are left when it is cancelled stay as they were. */
static void
test_check_all (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  const char *const companies[] = { "own-server", "own-server", "keys-own-server" };
  g_autoptr(PracticeFixture) silent = practice_fixture_new (WORDS ("--handshake", "silent"));
  g_autoptr(PsaProfile) draft = NULL;
  PsaProfile *slow;

  for (guint i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      g_autofree char *username = g_strdup_printf ("%s+%s", companies[i], tenant->public_key);
      g_autoptr(PsaProfile) each =
          ui_sample_draft (companies[i], tenant->host, tenant->port, username);

      psa_profile_trust (each, tenant->sha256);
      ui_keep (driver, each, tenant->client_id, tenant->private_key);
    }
  ui_wait (ui_can (driver, "win.check-all"));
  g_assert_true (ui_press_key (driver, "<Shift><Control>r"));
  g_assert_false (ui_can (driver, "win.check-all")); /* not a second one beside it */
  ui_wait (ui_find_label (driver->window, "3 profiles checked, 1 needs attention") != NULL);
  g_assert_cmpuint (count_state (driver, PSA_STATE_CONNECTED), ==, 2);
  g_assert_cmpuint (count_state (driver, PSA_STATE_REJECTED), ==, 1);
  g_assert_true (ui_can (driver, "win.check-all"));

  draft = ui_sample_draft ("Silent", silent->host, silent->port, "own-server+k1234567");
  slow = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  ui_wait (ui_can (driver, "win.check-all"));
  gtk_widget_activate (ui_find_button (driver->window, "Check All"));
  ui_wait (ui_find_label (driver->window, "3 of 4") != NULL);
  gtk_widget_activate (ui_find_action (driver->window, "win.cancel-all"));
  ui_wait (ui_can (driver, "win.check-all"));
  g_assert_cmpint (psa_status_get_state (psa_monitor_get_status (ui_get_monitor (driver), slow)),
                   ==, PSA_STATE_NOT_CHECKED);
}

static void
add_tests (void)
{
  g_test_add_func ("/many/check-all", test_check_all);
}

int
main (int argc, char *argv[])
{
  return ui_run (argc, argv, add_tests);
}
