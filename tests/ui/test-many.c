/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-fixture.h"
#include "ui-form.h"
#include "ui-samples.h"
#include "ui-tests.h"

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

static GtkSelectionModel *
get_rows (UiDriver *driver)
{
  GtkWidget *list = NULL;

  ui_wait ((list = ui_find_type (driver->window, GTK_TYPE_LIST_VIEW)) != NULL);
  return gtk_list_view_get_model (GTK_LIST_VIEW (list));
}

static PsaStatus *
get_shown (UiDriver *driver)
{
  g_autoptr(PsaStatus) status = NULL;

  g_object_get (driver->window, "status", &status, NULL);
  return status; /* the window holds it */
}

static void
keep_three (UiDriver *driver)
{
  ui_sample_keep (driver, "Alpha", "api-na.myconnectwise.net", "a+k1234567",
                  PSA_CAUSE_NEVER_CHECKED, 0);
  ui_sample_keep (driver, "Beta", "api-eu.myconnectwise.net", "b+k1234567",
                  PSA_CAUSE_NEVER_CHECKED, 0);
  ui_sample_keep (driver, "Gamma", "cw.gamma.com", "g+k1234567", PSA_CAUSE_NEVER_CHECKED, 0);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
}

static guint
count (UiDriver *driver, PsaEnvironment environment)
{
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (profiles, i);

      n_found += psa_profile_get_environment (profile) == environment;
    }
  return n_found;
}

static void
search (UiDriver *driver, const char *text)
{
  g_assert_true (ui_press_key (driver, "<Control>f"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find_type (driver->window, GTK_TYPE_SEARCH_ENTRY)), text);
}

static guint
count_backups (void)
{
  g_autofree char *folder = psa_store_dup_default_folder ();
  g_autofree char *path = g_build_filename (folder, "backups", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_found = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n_found += g_str_has_prefix (name, "before-change-");
  return n_found;
}

/* A second one that is chosen beside the first makes it a selection; the page stays with the first. What a search hides
 * is left alone, and is chosen again after it. One change, one backup, one undo. */
static void
test_change (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkSelectionModel *rows;
  PsaStatus *shown;

  keep_three (driver);
  rows = get_rows (driver);
  g_assert_false (ui_can (driver, "selection.tags"));
  gtk_selection_model_select_item (rows, 0, TRUE);
  shown = get_shown (driver);
  gtk_selection_model_select_item (rows, 1, FALSE);
  ui_wait (ui_find_label (driver->window, "2 Selected") != NULL);
  gtk_selection_model_select_item (rows, 2, FALSE);
  ui_wait (ui_find_label (driver->window, "3 Selected") != NULL);
  g_assert_true (get_shown (driver) == shown);

  search (driver, "host:myconnectwise");
  ui_wait (ui_find_label (driver->window, "2 Selected") != NULL);
  ui_picture (driver, "several-light");
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "selection.environment", "s", "sandbox");
  ui_wait (count (driver, PSA_ENVIRONMENT_SANDBOX) == 2);
  g_assert_cmpuint (count_backups (), ==, 1);
  search (driver, "");
  ui_wait (ui_find_label (driver->window, "3 Selected") != NULL);

  ui_wait (ui_find_label (driver->window, "2 profiles changed") != NULL);
  gtk_widget_activate (ui_find_button (driver->window, "Undo"));
  ui_wait (count (driver, PSA_ENVIRONMENT_PRODUCTION) == 3);

  g_assert_true (ui_press_key (driver, "Escape")); /* ends the search, */
  g_assert_nonnull (ui_find_label (driver->window, "3 Selected"));
  g_assert_true (ui_press_key (driver, "Escape")); /* then the selection */
  ui_wait (ui_find_label (driver->window, "3 Selected") == NULL);
  g_assert_false (ui_can (driver, "selection.tags"));
  g_assert_true (get_shown (driver) == shown);
}

static AdwDialog *
await_dialog (UiDriver *driver)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (driver->window);

  ui_wait (adw_application_window_get_visible_dialog (window) != NULL);
  return adw_application_window_get_visible_dialog (window);
}

/* The question says how many and where; what is added and what is removed is done to each. */
static void
test_tags (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkSelectionModel *rows;
  AdwDialog *dialog;

  keep_three (driver);
  rows = get_rows (driver);
  gtk_selection_model_select_all (rows);
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "selection.tags", NULL);
  dialog = await_dialog (driver);
  ui_wait (ui_find_label (dialog, "3 profiles, all in production.") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (ui_find_row (dialog, "Add These Tags")), "backup, eu");
  gtk_widget_activate (ui_find_button (dialog, "Change"));
  ui_wait (ui_find_label (driver->window, "3 profiles changed") != NULL);
  search (driver, "tag:backup tag:eu");
  ui_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 3);
}

/* All of them with one press, and all of them back with another. */
static void
test_delete (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));

  keep_three (driver);
  gtk_selection_model_select_all (get_rows (driver));
  ui_wait (ui_can (driver, "selection.delete"));
  g_assert_true (ui_press_key (driver, "Delete"));
  ui_wait (ui_find_label (driver->window, "3 profiles deleted") != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (profiles), ==, 0);
  g_assert_cmpuint (count_backups (), ==, 1);
  g_assert_true (ui_press_key (driver, "<Control>z"));
  ui_wait (g_list_model_get_n_items (profiles) == 3);
}

/* F2 and Ctrl+D. A duplicate asks for its own password, and cannot be saved without. */
static void
test_rename_and_duplicate (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));
  PsaProfile *alpha = ui_sample_keep (driver, "Alpha", "api-na.myconnectwise.net", "a+k1234567",
                                      PSA_CAUSE_OK, 1);
  g_autoptr(PsaProfile) second = NULL;
  AdwDialog *dialog;

  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, alpha);
  g_assert_true (ui_press_key (driver, "F2"));
  dialog = await_dialog (driver);
  ui_wait (ui_find_label (dialog, "Alpha, Production") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (ui_find_row (dialog, "Name")), " Omega ");
  gtk_widget_activate (ui_find_button (dialog, "Rename"));
  ui_wait (g_str_equal (psa_profile_get_name (alpha), "Omega"));
  g_assert_cmpuint (psa_profile_get_revision (alpha), ==, 1); /* what was found still holds */
  g_assert_cmpuint (count_backups (), ==, 0);
  ui_wait (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (driver->window)) ==
           NULL);

  g_assert_true (ui_press_key (driver, "<Control>d"));
  dialog = ui_form_await (driver);
  g_assert_cmpstr (ui_form_read (dialog, "Name"), ==, "Copy of Omega");
  ui_form_press (dialog, "Save Without Checking");
  ui_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (profiles), ==, 1);
  ui_form_type (dialog, "Password", UI_PASSWORD);
  ui_form_press (dialog, "Save Without Checking");
  ui_wait (g_list_model_get_n_items (profiles) == 2);
  second = g_list_model_get_item (profiles, 1);
  g_assert_cmpstr (psa_profile_get_integration (second), ==, psa_profile_get_integration (alpha));
  g_assert_cmpstr (psa_profile_get_name (alpha), ==, "Omega");
}

#define OTHER_CLIENT_ID "77777777-5a6d-4e7f-9b0c-1d2e3f4aef56"

/* A new name, and a new Client ID for all that use it: it is asked about, with the environments, and shown by its end
 * alone. */
static void
test_integrations (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaIntegration *integration;
  PsaProfile *alpha;
  AdwDialog *dialog;

  keep_three (driver);
  alpha = psa_store_find (ui_get_store (driver), "Alpha", NULL);
  integration =
      psa_store_get_integration (ui_get_store (driver), psa_profile_get_integration (alpha));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.show-integrations", NULL);
  dialog = await_dialog (driver);
  ui_wait (ui_form_find_text (dialog, "The Client ID in the keyring is …5b6c.") != NULL);
  g_assert_nonnull (ui_find_row (dialog, "Used by 3 Profiles"));
  g_assert_nonnull (ui_form_find_text (dialog, "One in use cannot be removed"));
  ui_picture (driver, "integrations-light");

  ui_form_type (dialog, "Name", " Sync ");
  g_signal_emit_by_name (ui_form_row (dialog, "Name"), "apply");
  ui_wait (g_str_equal (psa_integration_get_name (integration), "Sync"));
  g_assert_cmpuint (psa_profile_get_revision (alpha), ==, 1);

  ui_form_type (dialog, "New Client ID", "no GUID");
  g_signal_emit_by_name (ui_form_row (dialog, "New Client ID"), "apply");
  g_assert_nonnull (ui_form_find_text (dialog, "The Client ID must be a GUID"));
  ui_form_type (dialog, "New Client ID", OTHER_CLIENT_ID);
  g_assert_null (ui_form_find_text (dialog, OTHER_CLIENT_ID));
  g_signal_emit_by_name (ui_form_row (dialog, "New Client ID"), "apply");
  ui_wait (ui_find_label (driver->window, "3 profiles, all in production.") != NULL);
  ui_answer (driver, "Change");
  ui_wait (psa_profile_get_revision (alpha) == 2);
  ui_wait (ui_form_find_text (dialog, "The Client ID in the keyring is …ef56.") != NULL);
  g_assert_true (ui_keyring_holds (driver, psa_integration_get_id (integration), OTHER_CLIENT_ID));
  g_assert_cmpstr (ui_form_read (dialog, "New Client ID"), ==, "");
  g_assert_cmpstr (psa_integration_get_name (integration), ==, "Sync"); /* the user's own */
  adw_dialog_force_close (dialog);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* A new profile takes the integration that was used last, unless another is chosen or typed. */
static void
test_last_integration (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(PsaProfile) draft = ui_sample_draft ("Alpha", "cw.alpha.com", 443, "a+k1234567");
  PsaProfile *first = ui_keep (driver, draft, OTHER_CLIENT_ID, UI_PASSWORD);
  PsaProfile *second = ui_sample_keep (driver, "Beta", "cw.beta.com", "b+k1234567",
                                       PSA_CAUSE_NEVER_CHECKED, 0);
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));

  for (guint i = 2; i < 4; i++)
    {
      AdwDialog *form = ui_form_add (driver);
      g_autoptr(PsaProfile) added = NULL;

      g_assert_nonnull (
          ui_form_find_text (form, "Leave this empty to use the integration “…5b6c”."));
      ui_form_type (form, "Hostname", "cw.gamma.com");
      ui_form_type (form, "Username", "g+k1234567");
      ui_form_type (form, "Password", UI_PASSWORD);
      if (i == 3)
        {
          gtk_widget_activate_action (ui_find_type (form, PSA_TYPE_FIELD_NOTE),
                                      "fields.use-integration", "s",
                                      psa_profile_get_integration (first));
          g_assert_nonnull (
              ui_form_find_text (form, "Leave this empty to use the integration “…ef56”."));
        }
      ui_form_press (form, "Save Without Checking");
      ui_wait (g_list_model_get_n_items (profiles) == i + 1);
      added = g_list_model_get_item (profiles, i);
      g_assert_cmpstr (psa_profile_get_integration (added), ==,
                       psa_profile_get_integration (i == 2 ? second : first));
      ui_wait (ui_get_dialog (driver) == NULL);
    }
}

/* [K3]: back to a backup with one press and forth again with another; where it changed an address the form says why the
 * password is not used. */
static void
test_backups (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));
  g_autoptr(PsaAddress) address = psa_address_parse ("cw.new.com", NULL);
  g_autoptr(PsaProfile) draft = NULL;
  PsaProfile *alpha;
  AdwDialog *dialog;

  keep_three (driver); /* the first of them is the backup of the day */
  alpha = psa_store_find (ui_get_store (driver), "Alpha", NULL);
  draft = psa_profile_draft (alpha);
  psa_profile_set_address (draft, address);
  ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.show-backups", NULL);
  dialog = await_dialog (driver);
  ui_wait (ui_form_find_text (dialog, "Before the first change of a day, 1 profile. Brings back: 0. "
                                      "Changes: 1. Takes away: 2.") != NULL);
  ui_picture (driver, "backups-light");
  gtk_widget_activate (ui_find_action (dialog, "backups.restore"));
  ui_wait (ui_find_label (driver->window, "The backup was restored") != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (profiles), ==, 1);
  ui_wait (ui_get_dialog (driver) == NULL);

  dialog = ui_form_edit (driver, alpha);
  g_assert_nonnull (
      ui_form_find_text (dialog, "The password in the keyring was entered for cw.new.com:443/a."));
  ui_picture (driver, "form-moved-light");
  adw_dialog_force_close (dialog);
  ui_wait (ui_get_dialog (driver) == NULL);

  gtk_widget_activate (ui_find_button (driver->window, "Undo"));
  ui_wait (g_list_model_get_n_items (profiles) == 3);
  g_assert_cmpstr (psa_profile_get_host (alpha), ==, "cw.new.com");
  g_assert_null (psa_profile_get_secret_for (alpha));
}

void
add_many_tests (void)
{
  g_test_add_func ("/many/check-all", test_check_all);
  g_test_add_func ("/many/change", test_change);
  g_test_add_func ("/many/tags", test_tags);
  g_test_add_func ("/many/delete", test_delete);
  g_test_add_func ("/k3-secrets/backups", test_backups);
  g_test_add_func ("/many/integrations", test_integrations);
  g_test_add_func ("/many/last-integration", test_last_integration);
  g_test_add_func ("/many/rename-and-duplicate", test_rename_and_duplicate);
}
