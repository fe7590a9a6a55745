/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-fixture.h"
#include "psa-connection-form.h"
#include "psa-error.h"
#include "psa-status-page.h"
#include "psa-vault-private.h"
#include "ui-samples.h"
#include "ui-tests.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
has_focus (UiDriver *driver, GType type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (driver->window));

  return focus != NULL && gtk_widget_get_mapped (focus) &&
         gtk_widget_get_ancestor (focus, type) != NULL;
}

static AdwDialog *
get_dialog (UiDriver *driver)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (driver->window));
}

static char *
dup_profiles_file (void)
{
  g_autofree char *folder = psa_store_dup_default_folder ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return g_build_filename (folder, "profiles.json", NULL);
}

static void
write_profiles_file (const char *text)
{
  g_autofree char *file = dup_profiles_file ();
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

static AdwBanner *
find_banner (UiDriver *driver)
{
  GtkWidget *banner = ui_find_type (driver->window, ADW_TYPE_BANNER);

  return banner != NULL && adw_banner_get_revealed (ADW_BANNER (banner)) ? ADW_BANNER (banner)
                                                                         : NULL;
}

static void
on_before_paint_cb (GdkFrameClock *frame_clock, UiDriver *driver)
{
  g_autofree char *history = psa_history_dup_default_folder ();

  g_assert_false (psa_store_get_loaded (ui_get_store (driver)));
  g_assert_false (g_file_test (history, G_FILE_TEST_EXISTS));
  g_object_set_data (G_OBJECT (driver->window), "painted", GINT_TO_POINTER (1));
  g_signal_handlers_disconnect_by_func (frame_clock, on_before_paint_cb, driver);
}

/* What would be read, were it read too early, is there to be read. */
static void
test_nothing_before_the_first_frame (void)
{
  UiDriver *driver;

  write_profiles_file ("{\"schema\":1,\"integrations\":[],\"profiles\":[],\"deleted\":[]}");
  driver = ui_start ();
  g_assert_false (psa_store_get_loaded (ui_get_store (driver)));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (driver->window)), "paint",
                    G_CALLBACK (on_before_paint_cb), driver);
  ui_wait (psa_store_get_loaded (ui_get_store (driver)));
  g_assert_nonnull (g_object_get_data (G_OBJECT (driver->window), "painted"));
  ui_close (driver);
}

static void
test_first_run (void)
{
  g_autoptr(UiDriver) driver = ui_open ();

  g_assert_cmpstr (ui_get_view (driver), ==, "empty");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) ==
                 ui_find_button (driver->window, "Add Profile"));
  g_assert_false (ui_can (driver, "profile.check"));
  g_assert_true (ui_can (driver, "win.add"));
  gtk_widget_activate (ui_find_button (driver->window, "Add Profile"));
  ui_wait (PSA_IS_CONNECTION_FORM (get_dialog (driver)));
  g_assert_false (ui_can (driver, "win.add")); /* not a second one behind the first */
  adw_dialog_force_close (get_dialog (driver));
  ui_wait (get_dialog (driver) == NULL);
  ui_wait (gtk_window_get_focus (GTK_WINDOW (driver->window)) ==
           ui_find_button (driver->window, "Add Profile"));
  g_assert_true (ui_press_key (driver, "<Control>n"));
  ui_wait (PSA_IS_CONNECTION_FORM (get_dialog (driver)));
  adw_dialog_force_close (get_dialog (driver));
  ui_wait (get_dialog (driver) == NULL);
}

/* What goes into a bug report tells the developers enough, and nothing of a tenant. */
static void
test_debug_info (void)
{
  const char *const told[] = { "Profiles: 1\n", "Keyring: encrypted file, open\n",
                               "Sandbox: ",     "Desktop: ",
                               "GTK: 4.",       "libadwaita: 1.",
                               "libsoup: 3.",   "libsecret: 0.",
                               "SQLite: 3." };
  const char *const kept_back[] = { UI_PASSWORD,       UI_CLIENT_ID,
                                    "Contoso",         "contoso",
                                    "canary",          "k1234567",
                                    g_get_home_dir (), g_get_user_data_dir () };
  g_autoptr(UiDriver) driver = ui_open ();
  const char *text;

  ui_sample_keep (driver, "Contoso IT", "cw.canary.example", "contoso+k1234567", PSA_CAUSE_OK, 2);
  g_action_group_activate_action (G_ACTION_GROUP (driver->application), "about", NULL);
  ui_wait (ADW_IS_ABOUT_DIALOG (get_dialog (driver)));
  text = adw_about_dialog_get_debug_info (ADW_ABOUT_DIALOG (get_dialog (driver)));
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (strstr (text, told[i]) == NULL)
      g_error ("“%s” is not told in:\n%s", told[i], text);
  for (gsize i = 0; i < G_N_ELEMENTS (kept_back); i++)
    if (strstr (text, kept_back[i]) != NULL)
      g_error ("“%s” is told in:\n%s", kept_back[i], text);
  adw_dialog_force_close (get_dialog (driver));
  ui_wait (get_dialog (driver) == NULL);
}

/* An entry of the desktop's menu opens a window of its own where there is none, and waits for the profiles. */
static void
test_new_profile_from_outside (void)
{
  g_autoptr(UiDriver) driver = ui_start ();

  g_assert_false (psa_store_get_loaded (ui_get_store (driver)));
  g_action_group_activate_action (G_ACTION_GROUP (driver->application), "new-profile", NULL);
  g_assert_null (get_dialog (driver));
  ui_wait (PSA_IS_CONNECTION_FORM (get_dialog (driver)));
  g_assert_true (psa_store_get_loaded (ui_get_store (driver)));
  g_assert_cmpuint (
      g_list_length (gtk_application_get_windows (GTK_APPLICATION (driver->application))), ==, 1);
  adw_dialog_force_close (get_dialog (driver));
  ui_wait (get_dialog (driver) == NULL);
}

/* What was in sight is in sight again: the size, and the profile that was chosen last. */
static void
test_comes_back (void)
{
  UiDriver *driver = ui_open ();
  PsaProfile *fabrikam;
  g_autofree char *id = NULL;
  PsaStatus *status = NULL;
  int width = 0;
  int height = 0;

  ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);
  fabrikam = ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567",
                             PSA_CAUSE_NEVER_CHECKED, 0);
  id = g_strdup (psa_profile_get_id (fabrikam));
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, fabrikam);
  gtk_window_set_default_size (GTK_WINDOW (driver->window), 801, 653);
  ui_settle ();
  ui_close (driver);

  driver = ui_open ();
  gtk_window_get_default_size (GTK_WINDOW (driver->window), &width, &height);
  g_assert_cmpint (width, ==, 801);
  g_assert_cmpint (height, ==, 653);
  g_assert_false (gtk_window_is_maximized (GTK_WINDOW (driver->window)));
  g_object_get (driver->window, "status", &status, NULL);
  g_assert_nonnull (status);
  g_assert_cmpstr (psa_profile_get_id (psa_status_get_profile (status)), ==, id);
  g_clear_object (&status);

  /* On the other display there is nobody who could make it fill the screen. */
  if (g_str_equal (G_OBJECT_TYPE_NAME (gdk_display_get_default ()), "GdkWaylandDisplay"))
    {
      gtk_window_maximize (GTK_WINDOW (driver->window));
      ui_wait (gtk_window_is_maximized (GTK_WINDOW (driver->window)));
      ui_close (driver);
      driver = ui_open ();
      ui_wait (gtk_window_is_maximized (GTK_WINDOW (driver->window)));
    }
  ui_close (driver);
}

typedef struct
{
  gboolean done;
  PsaSecret *secret;
} Found;

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Found *found = user_data;
  g_autoptr(GError) error = NULL;

  found->secret = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_assert_true (found->secret != NULL ||
                 g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING));
  found->done = TRUE;
}

static gboolean
keyring_holds (UiDriver *driver, const char *id, const char *text)
{
  Found found = { FALSE, NULL };
  g_autoptr(PsaSecret) secret = NULL;

  psa_vault_lookup_async (psa_keeper_get_vault (psa_monitor_get_keeper (ui_get_monitor (driver))),
                          id, PSA_VAULT_MAY_PROMPT, NULL, found_cb, &found);
  ui_wait (found.done);
  secret = found.secret;
  return g_strcmp0 (secret, text) == 0;
}

/* A secret whose profile is gone is shown by its label, and goes or is joined by the user alone. */
static void
test_stored_secrets (void)
{
  const char *lost = "7d1f6a52-0c3b-4e58-9a41-2b6c8d9e0f13";
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(PsaProfile) draft = ui_sample_draft ("Bare", "cw.bare.example", 443, "bare+k1234567");
  PsaProfile *bare;
  GtkWidget *row = NULL;

  /* Its password is taken from under it, and lies elsewhere. */
  bare = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  ui_sample_clear (driver, psa_profile_get_id (bare));
  ui_sample_store (driver, lost, "Lost & found");

  ui_wait (ui_can (driver, "win.show-secrets"));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.show-secrets", NULL);
  ui_wait (get_dialog (driver) != NULL);
  ui_wait (ui_find_row (get_dialog (driver), "Lost & found") != NULL);
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (ui_find_row (get_dialog (driver), "Lost & found")), TRUE);
  ui_wait ((row = ui_find_row (get_dialog (driver), "Join to “Bare” (cw.bare.example)")) != NULL);
  gtk_widget_activate (row);
  ui_wait (!keyring_holds (driver, lost, UI_PASSWORD));
  g_assert_true (keyring_holds (driver, psa_profile_get_id (bare), UI_PASSWORD));
  ui_wait (ui_find_label (get_dialog (driver), "Without a Profile") != NULL ||
           ui_find_label (get_dialog (driver), "No Secret Is Lost") != NULL);
  g_assert_null (ui_find_row (get_dialog (driver), "Lost & found"));

  adw_dialog_force_close (get_dialog (driver));
  ui_wait (get_dialog (driver) == NULL);
}

static void
locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Found *found = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_null (psa_vault_lookup_finish (PSA_VAULT (object), result, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  found->done = TRUE;
}

/* A window of the same program, over a keyring in the sandbox: nothing may prompt there before the user has. */
static void
test_unlock (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autofree char *data = psa_store_dup_default_folder ();
  g_autofree char *state = psa_history_dup_default_folder ();
  g_autoptr(PsaVault) vault = psa_vault_new_for (TRUE);
  g_autoptr(PsaStore) store = psa_store_new (data);
  g_autoptr(PsaKeeper) keeper = psa_keeper_new (store, vault);
  g_autoptr(PsaHistory) history = psa_history_new (state);
  g_autoptr(PsaMonitor) monitor = psa_monitor_new (keeper, history);
  PsaWindow *first = driver->window;
  GtkWidget *banner = NULL;
  Found found = { FALSE, NULL };

  ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);
  driver->window = psa_window_new (GTK_APPLICATION (driver->application), monitor);
  gtk_window_present (GTK_WINDOW (driver->window));
  ui_wait (psa_store_get_loaded (store) && g_str_equal (ui_get_view (driver), "profiles"));
  g_assert_null (ui_find_action (driver->window, "win.unlock"));

  /* What asks on its own account finds it shut; the list stays, and the banner offers the one thing to do. */
  psa_vault_lookup_async (vault, "5f0c6c1e-8f6b-4f0e-9a6d-0c9f1d2e3a4b", PSA_VAULT_NO_PROMPT, NULL,
                          locked_cb, &found);
  ui_wait (found.done);
  ui_wait ((banner = ui_find_action (driver->window, "win.unlock")) != NULL);
  g_assert_true (adw_banner_get_revealed (ADW_BANNER (banner)));
  g_assert_cmpstr (adw_banner_get_button_label (ADW_BANNER (banner)), ==, "_Unlock");
  g_assert_true (ui_can (driver, "win.add"));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.unlock", NULL);
  g_assert_cmpstr (adw_banner_get_button_label (ADW_BANNER (banner)), ==, "_Cancel");
  ui_wait (psa_vault_get_state (vault) == PSA_VAULT_STATE_OPEN);
  ui_wait (!adw_banner_get_revealed (ADW_BANNER (banner)));
  ui_wait (ui_find_label (driver->window, "The keyring is unlocked") != NULL);
  gtk_window_close (GTK_WINDOW (driver->window));
  driver->window = first;
}

static gboolean
stands_in_file (const char *id)
{
  g_autofree char *file = dup_profiles_file ();
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  return strstr (text, id) != NULL;
}

/* Deleted, brought back with its secret and its result, deleted for good. */
static void
test_delete_and_undo (void)
{
  UiDriver *driver = ui_open ();
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));
  PsaProfile *contoso =
      ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);
  g_autofree char *id = g_strdup (psa_profile_get_id (contoso));
  g_auto(GStrv) deleted = NULL;

  ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567", PSA_CAUSE_NEVER_CHECKED,
                  0);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, contoso);
  g_assert_true (ui_can (driver, "profile.delete"));
  g_assert_false (ui_can (driver, "win.undo"));
  g_assert_true (ui_press_key (driver, "Delete"));
  ui_wait (g_list_model_get_n_items (profiles) == 1 && ui_can (driver, "win.undo"));
  ui_wait (has_focus (driver, GTK_TYPE_LIST_VIEW));
  ui_wait (ui_find_label (driver->window, "“Contoso IT” (Production) deleted") != NULL);
  g_assert_true (keyring_holds (driver, id, UI_PASSWORD));

  g_assert_true (ui_press_key (driver, "<Control>z"));
  ui_wait (g_list_model_get_n_items (profiles) == 2);
  g_assert_true (keyring_holds (driver, id, UI_PASSWORD));
  contoso = psa_store_get_profile (ui_get_store (driver), id);
  g_assert_nonnull (contoso);
  ui_wait (!ui_can (driver, "win.undo"));
  g_assert_cmpint (psa_status_get_state (psa_monitor_get_status (ui_get_monitor (driver), contoso)),
                   ==, PSA_STATE_CONNECTED);

  ui_select (driver, contoso);
  g_assert_true (ui_press_key (driver, "Delete"));
  ui_wait (g_list_model_get_n_items (profiles) == 1 && ui_can (driver, "win.undo"));
  ui_close (driver); /* the toast goes with the window, and the secret with the toast */
  ui_wait (!stands_in_file (id));

  driver = ui_open ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ui_get_store (driver))), ==, 1);
  ui_wait (!keyring_holds (driver, id, UI_PASSWORD));
  deleted = psa_store_dup_deleted (ui_get_store (driver));
  g_assert_false (g_strv_contains ((const char *const *) deleted, id));
  ui_close (driver);
}

/* What a crash left between the deletion and the keyring is finished at the next start, and only that. */
static void
test_former_removal (void)
{
  UiDriver *driver = ui_open ();
  PsaProfile *contoso =
      ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);
  PsaProfile *fabrikam = ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567",
                                         PSA_CAUSE_NEVER_CHECKED, 0);
  g_autofree char *deleted = g_strdup (psa_profile_get_id (contoso));
  g_autofree char *unknown = g_strdup (psa_profile_get_id (fabrikam));
  g_autofree char *text = NULL;

  ui_close (driver);
  text = g_strdup_printf ("{\"schema\":1,\"integrations\":[],\"profiles\":[],"
                          "\"deleted\":[{\"id\":\"%s\",\"time\":\"2026-11-01T00:00:00Z\"}]}",
                          deleted);
  write_profiles_file (text);

  driver = ui_open ();
  ui_wait (!stands_in_file (deleted));
  g_assert_false (keyring_holds (driver, deleted, UI_PASSWORD));
  g_assert_true (keyring_holds (driver, unknown, UI_PASSWORD));
  ui_close (driver);
}

/* The page of one is never told what belongs to another, however late it comes. */
static void
test_late_reply (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  g_autofree char *username = g_strdup_printf ("own-server+%s", tenant->public_key);
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Contoso IT", tenant->host, tenant->port, username);
  g_autoptr(PsaProfile) edit = NULL;
  PsaProfile *contoso;
  PsaProfile *fabrikam;
  PsaStatus *status;

  psa_profile_trust (draft, tenant->sha256);
  contoso = ui_keep (driver, draft, tenant->client_id, tenant->private_key);
  fabrikam = ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567",
                             PSA_CAUSE_KEYS_REJECTED, 4);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, contoso);
  status = psa_monitor_get_status (ui_get_monitor (driver), contoso);

  /* Another is chosen while the check runs. */
  g_assert_true (ui_press_key (driver, "<Control>r"));
  g_assert_true (psa_status_get_checking (status));
  ui_select (driver, fabrikam);
  ui_wait (!psa_status_get_checking (status));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_CONNECTED);
  g_assert_nonnull (ui_find_label (driver->window, "Keys rejected"));
  g_assert_null (ui_find_label (driver->window, "Connected"));

  /* The profile is changed while the check runs: the result belongs to what it was. */
  ui_select (driver, contoso);
  g_assert_nonnull (ui_find_label (driver->window, "Connected"));
  g_assert_true (ui_press_key (driver, "<Control>r"));
  edit = psa_profile_copy (contoso);
  psa_profile_set_username (edit, "own-server+another");
  ui_keep (driver, edit, tenant->client_id, tenant->private_key);
  ui_wait (!psa_status_get_checking (status));
  ui_settle ();
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_NOT_CHECKED);
  g_assert_null (ui_find_label (driver->window, "Connected"));
}

/* Three are checked, and the page goes from one to the next at every turn: it never says of one what is true of another. */
static void
test_switched_rapidly (void)
{
  static const char *const names[] = { "Contoso IT", "Fabrikam", "Adatum" };
  static const char *const words[] = { "Connected", "Keys rejected", "Unreachable" };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  g_autofree char *username = g_strdup_printf ("own-server+%s", tenant->public_key);
  PsaProfile *profiles[G_N_ELEMENTS (words)];
  PsaStatus *statuses[G_N_ELEMENTS (words)];
  guint n_switched = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr(PsaProfile) draft =
          ui_sample_draft (names[i], tenant->host, i == 2 ? 1 : tenant->port, username);

      psa_profile_trust (draft, tenant->sha256);
      profiles[i] =
          ui_keep (driver, draft, tenant->client_id, i == 1 ? UI_PASSWORD : tenant->private_key);
      statuses[i] = psa_monitor_get_status (ui_get_monitor (driver), profiles[i]);
    }
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      ui_select (driver, profiles[i]);
      g_assert_true (ui_press_key (driver, "<Control>r"));
    }

  while (psa_status_get_checking (statuses[0]) || psa_status_get_checking (statuses[1]) ||
         psa_status_get_checking (statuses[2]) || n_switched < 2 * G_N_ELEMENTS (words))
    {
      guint selected = n_switched++ % G_N_ELEMENTS (words);
      GtkWidget *page;

      ui_select (driver, profiles[selected]);
      ui_turn ();
      page = ui_find_type (driver->window, PSA_TYPE_STATUS_PAGE);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        g_assert_true (i == selected || ui_find_label (page, words[i]) == NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      ui_select (driver, profiles[i]);
      ui_settle ();
      g_assert_nonnull (ui_find_label (ui_find_type (driver->window, PSA_TYPE_STATUS_PAGE), words[i]));
    }
}

/* Esc ends a check that would go on for long; what was known stays. */
static void
test_cancel (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--handshake", "silent"));
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Contoso IT", tenant->host, tenant->port, "own-server+k1234567");
  PsaProfile *contoso = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  g_autoptr(PsaResult) result = ui_sample_result (contoso, PSA_CAUSE_KEYS_REJECTED, 60);
  PsaStatus *status = psa_monitor_get_status (ui_get_monitor (driver), contoso);

  ui_record (driver, contoso, result);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, contoso);
  g_assert_false (ui_can (driver, "profile.cancel"));
  g_assert_true (ui_press_key (driver, "<Control>r"));
  ui_wait (psa_status_get_checking (status));
  g_assert_true (ui_can (driver, "profile.cancel"));
  g_assert_nonnull (ui_find_button (driver->window, "Cancel"));
  g_assert_true (ui_press_key (driver, "Escape"));
  ui_wait (!psa_status_get_checking (status));
  g_assert_null (ui_find_button (driver->window, "Cancel"));
  g_assert_cmpint (psa_status_get_state (status), ==, PSA_STATE_REJECTED);
  g_assert_true (psa_status_get_result (status)->checked_at == result->checked_at);
}

static void
test_damaged_file (void)
{
  UiDriver *driver = ui_open ();
  g_autofree char *file = dup_profiles_file ();
  AdwBanner *banner = NULL;
  GtkWidget *label;
  int line, lines;
  gboolean has_backup;

  ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);
  ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567", PSA_CAUSE_NEVER_CHECKED,
                  0);
  ui_close (driver);

  write_profiles_file ("{\"schema\":1,\"profiles\":[{\"id\":");
  driver = ui_open ();
  g_assert_cmpstr (ui_get_view (driver), ==, "empty");
  ui_wait ((banner = find_banner (driver)) != NULL);
  g_assert_cmpstr (adw_banner_get_title (banner), ==,
                   psa_store_get_problem (ui_get_store (driver)));
  g_assert_nonnull (psa_store_get_set_aside (ui_get_store (driver)));
  g_assert_true (
      g_file_test (psa_store_get_set_aside (ui_get_store (driver)), G_FILE_TEST_IS_REGULAR));

  /* It takes the lines that it needs, where there is little room. */
  label = ui_find_label (driver->window, adw_banner_get_title (banner));
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 4000, NULL, &line, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 200, NULL, &lines, NULL, NULL);
  g_assert_cmpint (lines, >, 3 * line);

  has_backup = psa_store_get_backup (ui_get_store (driver)) != NULL;
  g_assert_true (has_backup);
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "_Restore Backup");
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.restore-backup", NULL);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ui_get_store (driver))), >=, 1);
  ui_close (driver);
}

static void
test_newer_file (void)
{
  g_autoptr(UiDriver) driver = NULL;
  AdwBanner *banner = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *file = dup_profiles_file ();

  write_profiles_file ("{\"schema\":99,\"integrations\":[],\"profiles\":[],\"deleted\":[]}");
  g_assert_true (g_file_get_contents (file, &before, NULL, NULL));
  driver = ui_open ();
  ui_wait ((banner = find_banner (driver)) != NULL);
  g_assert_cmpstr (adw_banner_get_title (banner), ==,
                   psa_store_get_problem (ui_get_store (driver)));
  g_assert_false (ui_can (driver, "win.add"));
  g_assert_true (g_file_get_contents (file, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
}

static void
type (UiDriver *driver, const char *title, const char *text)
{
  GtkWidget *row = NULL;

  ui_wait ((row = ui_find_row (get_dialog (driver), title)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
assert_nowhere (const char *path, const char *text)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    {
      g_autofree char *contents = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &contents, &length, NULL) &&
          memmem (contents, length, text, strlen (text)) != NULL)
        g_error ("The secret is in %s", path);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      assert_nowhere (child, text);
    }
}

/* The main job: typed, connected, seen, closed, and still there the next time. */
static void
test_add_connect_restart (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  UiDriver *driver = ui_open ();
  g_autofree char *hostname = g_strdup_printf ("https://%s:%u/", tenant->host, tenant->port);
  g_autofree char *username = g_strdup_printf ("own-server+%s", tenant->public_key);
  g_autofree char *id = NULL;
  g_autoptr(PsaProfile) profile = NULL;
  GtkWidget *button = NULL;

  g_assert_true (ui_press_key (driver, "<Control>n"));
  ui_wait (PSA_IS_CONNECTION_FORM (get_dialog (driver)));
  ui_settle ();
  type (driver, "Hostname", hostname);
  type (driver, "API Version", "2025.1");
  type (driver, "Client ID", tenant->client_id);
  type (driver, "Username", username);
  type (driver, "Password", tenant->private_key);
  gtk_widget_activate (ui_find_button (get_dialog (driver), "Connect"));

  /* Nobody vouches for this tenant's certificate: it is shown and asked about. */
  ui_wait ((button = ui_find_button (driver->window, "Trust This Certificate…")) != NULL);
  gtk_widget_activate (button);
  ui_wait (ADW_IS_ALERT_DIALOG (get_dialog (driver)));
  ui_settle ();
  g_signal_emit_by_name (get_dialog (driver), "response", "trust");
  adw_dialog_force_close (get_dialog (driver));

  ui_wait (get_dialog (driver) == NULL || ui_find_button (get_dialog (driver), "Connect") != NULL);
  if (get_dialog (driver) != NULL)
    gtk_widget_activate (ui_find_button (get_dialog (driver), "Connect"));
  ui_wait (get_dialog (driver) == NULL && g_str_equal (ui_get_view (driver), "profiles"));
  ui_wait (has_focus (driver, GTK_TYPE_LIST_VIEW));
  ui_wait (ui_find_label (driver->window, "Connected") != NULL);

  profile = g_list_model_get_item (G_LIST_MODEL (ui_get_store (driver)), 0);
  id = g_strdup (psa_profile_get_id (profile));
  g_assert_true (keyring_holds (driver, id, tenant->private_key));
  g_clear_object (&profile);
  ui_close (driver);

  assert_nowhere (g_get_user_data_dir (), tenant->private_key);
  assert_nowhere (g_get_user_config_dir (), tenant->private_key);
  assert_nowhere (g_get_user_cache_dir (), tenant->private_key);
  assert_nowhere (g_get_user_state_dir (), tenant->private_key);

  driver = ui_open ();
  ui_wait (ui_find_label (driver->window, "Connected") != NULL);
  g_assert_nonnull (psa_store_get_profile (ui_get_store (driver), id));
  g_assert_true (ui_press_key (driver, "<Control>r"));
  ui_wait (ui_find_button (driver->window, "Cancel") == NULL);
  g_assert_nonnull (ui_find_label (driver->window, "Connected"));
  ui_close (driver);
}

void
add_window_tests (void)
{
  g_test_add_func ("/window/nothing-before-the-first-frame", test_nothing_before_the_first_frame);
  g_test_add_func ("/window/first-run", test_first_run);
  g_test_add_func ("/window/debug-info", test_debug_info);
  g_test_add_func ("/window/new-profile-from-outside", test_new_profile_from_outside);
  g_test_add_func ("/window/comes-back", test_comes_back);
  g_test_add_func ("/window/unlock", test_unlock);
  g_test_add_func ("/window/stored-secrets", test_stored_secrets);
  g_test_add_func ("/window/delete-and-undo", test_delete_and_undo);
  g_test_add_func ("/window/former-removal", test_former_removal);
  g_test_add_func ("/n9-late-answer/page-of-another", test_late_reply);
  g_test_add_func ("/n9-late-answer/switched-rapidly", test_switched_rapidly);
  g_test_add_func ("/window/cancel", test_cancel);
  g_test_add_func ("/window/damaged-file", test_damaged_file);
  g_test_add_func ("/window/newer-file", test_newer_file);
  g_test_add_func ("/window/add-connect-restart", test_add_connect_restart);
}
