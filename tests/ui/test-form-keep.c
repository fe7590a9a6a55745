/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-key-age.h"
#include "ui-form.h"
#include "ui-tests.h"

#include <glib/gstdio.h>
#include <string.h>

/* What the connection form keeps, and what it gives up: editing, cancelling, closing, a keyring
 * that is not there. */

#define OTHER_CLIENT_ID "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
#define SECRET_ROWS "Client ID", "Password"

static guint
count_profiles (UiDriver *driver)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ui_get_store (driver)));
}

static PsaState
get_state (UiDriver *driver, PsaProfile *profile)
{
  return psa_status_get_state (psa_monitor_get_status (ui_get_monitor (driver), profile));
}

static PsaProfile *
keep_sample (UiDriver *driver)
{
  return ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK,
                         2);
}

static void
fill_sample (AdwDialog *form)
{
  ui_form_type (form, "Hostname", "cw.example.com");
  ui_form_type (form, "Client ID", UI_CLIENT_ID);
  ui_form_type (form, "Username", "fab+k1234567");
  ui_form_type (form, "Password", UI_PASSWORD);
}

static void
save_unchecked (UiDriver *driver, AdwDialog *form)
{
  ui_form_press (form, "Save Without Checking");
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
}

/* Secret rows are empty, and stay so: what is in the keyring stays as well. A name is no change of
 * the connection. */
static void
test_edit_name (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = keep_sample (driver);
  AdwDialog *form = ui_form_edit (driver, profile);
  const char *const empty[] = { SECRET_ROWS };

  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, "cw.contoso.com");
  g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "2025.1");
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, "contoso+k1234567");
  g_assert_cmpstr (ui_form_read (form, "Name"), ==, "Contoso IT");
  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      PsaFieldNote *note = ui_form_note (form, empty[i]);

      g_assert_cmpstr (ui_form_read (form, empty[i]), ==, "");
      g_assert_cmpint (psa_field_note_get_kind (note), ==, PSA_FIELD_NOTE_INFO);
      g_assert_nonnull (ui_form_find_text (note, "Leave this empty"));
    }

  ui_form_type (form, "Name", "Contoso");
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find_row (form, "Environment")),
                              PSA_ENVIRONMENT_STAGING);
  save_unchecked (driver, form);
  g_assert_cmpuint (count_profiles (driver), ==, 1);
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "Contoso");
  g_assert_cmpint (psa_profile_get_environment (profile), ==, PSA_ENVIRONMENT_STAGING);
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, 1);
  g_assert_cmpint (get_state (driver, profile), ==, PSA_STATE_CONNECTED);
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_id (profile), UI_PASSWORD));
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_integration (profile), UI_CLIENT_ID));
}

/* Each value of the connection raises the revision, and with it the last result is of yesterday's
 * values. */
static void
test_edit_connection (void)
{
  const char *const changes[][2] = {
    { "Hostname", "cw.contoso.example" }, { "Hostname", "cw.contoso.example:8443" },
    { "API Version", "2024.2" },          { "API Version", "" },
    { "Username", "contoso+k7654321" },   { "Password", "another-password" },
    { "Client ID", OTHER_CLIENT_ID },
  };
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = keep_sample (driver);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      AdwDialog *form = ui_form_edit (driver, profile);

      ui_form_type (form, changes[i][0], changes[i][1]);
      save_unchecked (driver, form);
      g_test_message ("%s", changes[i][0]);
      g_assert_cmpuint (psa_profile_get_revision (profile), ==, i + 2);
      g_assert_cmpint (get_state (driver, profile), ==, PSA_STATE_NOT_CHECKED);
    }
  g_assert_cmpstr (psa_profile_get_address_text (profile), ==, "cw.contoso.example:8443");
  g_assert_cmpstr (psa_profile_get_api_version (profile), ==, "");
  g_assert_cmpstr (psa_profile_get_username (profile), ==, "contoso+k7654321");
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_id (profile), "another-password"));
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_integration (profile), OTHER_CLIENT_ID));
}

/* The same secrets typed once more are no change. */
static void
test_edit_same (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = keep_sample (driver);
  g_autofree char *integration = g_strdup (psa_profile_get_integration (profile));
  AdwDialog *form = ui_form_edit (driver, profile);

  ui_form_type (form, "Hostname", "https://cw.contoso.com/v4_6_release/");
  ui_form_type (form, "API Version", "2025.1\xc2\xa0"); /* as pasted, with a blank that is none */
  ui_form_type (form, "Username", " contoso+k1234567 ");
  ui_form_type (form, "Client ID", UI_CLIENT_ID);
  ui_form_type (form, "Password", UI_PASSWORD);
  save_unchecked (driver, form);
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, 1);
  g_assert_cmpstr (psa_profile_get_integration (profile), ==, integration);
  g_assert_cmpint (get_state (driver, profile), ==, PSA_STATE_CONNECTED);
}

/* A Client ID that another profile has joins its integration. */
static void
test_join_integration (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *contoso = keep_sample (driver);
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Fabrikam", "cw.fabrikam.com", 443, "fab+k1234567");
  PsaProfile *fabrikam = ui_keep (driver, draft, OTHER_CLIENT_ID, UI_PASSWORD);
  AdwDialog *form;

  g_assert_cmpstr (psa_profile_get_integration (contoso), !=,
                   psa_profile_get_integration (fabrikam));
  form = ui_form_edit (driver, fabrikam);
  ui_form_type (form, "Client ID", "3F2B8C1E-5A6D-4E7F-9B0C-1D2E3F4A5B6C"); /* in other letters */
  save_unchecked (driver, form);
  g_assert_cmpstr (psa_profile_get_integration (contoso), ==,
                   psa_profile_get_integration (fabrikam));
  g_assert_cmpuint (psa_profile_get_revision (fabrikam), ==, 2);
  g_assert_cmpuint (psa_profile_get_revision (contoso), ==, 1);

  form = ui_form_add (driver);
  fill_sample (form);
  save_unchecked (driver, form);
  g_assert_cmpuint (count_profiles (driver), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (psa_store_get_integrations (ui_get_store (driver))),
                    ==, 1);
}

/* What is kept in the keyring is good enough to connect again. */
static void
test_edit_and_connect (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = ui_keep_tenant (driver, tenant, "own-server");
  AdwDialog *form = ui_form_edit (driver, profile);

  ui_form_type (form, "API Version", "");
  ui_form_press (form, "Connect");
  ui_wait (ui_get_dialog (driver) == NULL);
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, 2);
  g_assert_cmpint (get_state (driver, profile), ==, PSA_STATE_CONNECTED);
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_id (profile), tenant->private_key));
}

/* Esc ends a check that would go on for long: all that was typed is back, and the focus as well. */
static void
test_cancel (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--handshake", "silent"));
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  ui_form_fill (form, tenant, "own-server");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(PsaStageReport) report = NULL;

      gtk_widget_grab_focus (GTK_WIDGET (ui_form_row (form, "Username")));
      ui_form_press (form, "Connect");
      ui_wait (ui_find_row (form, "Secure connection") != NULL);
      g_object_get (ui_find_row (form, "Secure connection"), "report", &report, NULL);
      ui_wait (psa_stage_report_get_result (report) == PSA_STAGE_RUNNING);
      g_assert_null (ui_find_button (form, "Connect"));
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) ==
                     ui_find_button (form, "Cancel"));
      if (i == 0)
        g_assert_true (ui_press_key (driver, "Escape"));
      else
        ui_form_press (form, "Cancel");
      g_assert_true (ui_get_dialog (driver) == form);
      g_assert_nonnull (ui_find_button (form, "Connect"));
      ui_settle ();
      g_assert_cmpint (psa_stage_report_get_result (report), !=, PSA_STAGE_RUNNING);
      g_assert_true (ui_form_has_focus (driver, "Username"));
      ui_form_assert_typed (form, tenant, "own-server");
      g_assert_null (ui_find_label (form, "Unreachable"));
    }
  g_assert_cmpuint (count_profiles (driver), ==, 0);
  adw_dialog_force_close (form);
}

/* The form is closed while its check runs: the answer finds nobody, and nothing stays behind. */
static void
test_late_answer (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "silent-info");

  for (guint i = 0; i < 3; i++)
    {
      AdwDialog *form = ui_form_edit (driver, kept);

      g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
      ui_form_type (form, "Name", "Late");
      if (i == 2)
        ui_form_type (form, "Username",
                      "own-server+late"); /* its check ends soon, maybe just now */
      ui_form_press (form, "Connect");
      if (i > 0)
        ui_wait (ui_find_row (form, "Sign-in") != NULL);
      adw_dialog_force_close (form);
      ui_settle (); /* long before an answer, or the end of waiting for one */
      g_assert_null (form);
      g_assert_cmpstr (psa_profile_get_name (kept), ==, "Contoso IT");
      g_assert_cmpint (get_state (driver, kept), ==, PSA_STATE_NOT_CHECKED);
    }
}

/* Closed at each turn of the main loop on the way from Connect to saved: never a crash, never a
 * form left behind. */
static void
test_closed_at_each_turn (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "own-server");
  gboolean has_closed = FALSE;

  for (guint n_turns = 0; !has_closed; n_turns += 3)
    {
      AdwDialog *form = psa_connection_form_new (ui_get_monitor (driver), kept);

      g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
      adw_dialog_present (form, GTK_WIDGET (driver->window));
      ui_wait (ui_find_button (form, "Connect") != NULL);
      ui_form_type (form, "Name", "Late");
      gtk_widget_activate_action (GTK_WIDGET (form), "form.connect", NULL);
      for (guint i = 0; i < n_turns && form != NULL; i++)
        ui_turn ();
      has_closed = form == NULL || ui_get_dialog (driver) == NULL;
      if (form != NULL)
        adw_dialog_force_close (form);
      ui_wait (form == NULL);
    }
  ui_wait (get_state (driver, kept) == PSA_STATE_CONNECTED);
  g_assert_cmpstr (psa_profile_get_name (kept), ==, "Late");
}

/* Closed while it is being saved. The profile is there or it is not, and so is its secret. */
static void
test_closed_while_saving (void)
{
  g_autoptr(UiDriver) driver = ui_open ();

  for (guint n_turns = 0; n_turns < 4; n_turns++)
    {
      AdwDialog *form = ui_form_add (driver);
      guint n_profiles = count_profiles (driver);

      g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
      fill_sample (form);
      ui_form_press (form, "Save Without Checking");
      for (guint i = 0; i < n_turns && form != NULL; i++)
        ui_turn ();
      if (form != NULL)
        adw_dialog_force_close (form);
      ui_wait (form == NULL);
      ui_settle ();
      if (count_profiles (driver) > n_profiles)
        {
          g_autoptr(PsaProfile) profile =
              g_list_model_get_item (G_LIST_MODEL (ui_get_store (driver)), n_profiles);

          g_assert_true (ui_keyring_holds (driver, psa_profile_get_id (profile), UI_PASSWORD));
        }
    }
}

static void
ask_to_close (UiDriver *driver, AdwDialog *form)
{
  g_assert_true (ui_press_key (driver, "Escape"));
  ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)));
  g_assert_true (ui_get_dialog (driver) != form);
  ui_settle ();
}

/* Nothing typed closes at once; what was typed is asked about. */
static void
test_close (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  g_assert_true (ui_press_key (driver, "Escape"));
  ui_wait (ui_get_dialog (driver) == NULL);

  form = ui_form_add (driver);
  ui_form_type (form, "Username", "fab+k1234567");
  ask_to_close (driver, form);
  ui_answer (driver, "Keep Editing");
  g_assert_true (ui_get_dialog (driver) == form);
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, "fab+k1234567");

  /* Esc answers like Keep Editing. */
  ask_to_close (driver, form);
  g_assert_true (ui_press_key (driver, "Escape"));
  ui_wait (ui_get_dialog (driver) == form);
  ui_settle ();

  /* It cannot be saved as it stands: nothing is lost. */
  ask_to_close (driver, form);
  ui_answer (driver, "Save");
  g_assert_true (ui_get_dialog (driver) == form);
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, "fab+k1234567");
  g_assert_true (ui_form_has_focus (driver, "Hostname"));
  g_assert_cmpuint (count_profiles (driver), ==, 0);

  fill_sample (form);
  ask_to_close (driver, form);
  ui_answer (driver, "Save");
  ui_wait (ui_get_dialog (driver) == NULL);
  g_assert_cmpuint (count_profiles (driver), ==, 1);

  form = ui_form_add (driver);
  fill_sample (form);
  ask_to_close (driver, form);
  ui_answer (driver, "Discard");
  ui_wait (ui_get_dialog (driver) == NULL);
  g_assert_cmpuint (count_profiles (driver), ==, 1);
}

/* The window is closed with a form in it: asked as well. */
static void
test_close_window (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  ui_form_type (form, "Username", "fab+k1234567");
  gtk_window_close (GTK_WINDOW (driver->window));
  ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)));
  ui_answer (driver, "Keep Editing");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (driver->window)));
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, "fab+k1234567");
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* A keyring that cannot be written to: said in a banner, nothing typed is lost, and once it is back
 * it goes on. */
static void
test_no_keyring (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  const char *keyring = g_getenv ("SECRET_FILE_TEST_PATH");
  g_autofree char *aside = g_strconcat (keyring, ".aside", NULL);
  g_autoptr(PsaProfile) profile = NULL;
  AdwDialog *form;
  AdwBanner *banner;

  keep_sample (driver); /* the keyring is there, and then it is not */
  g_assert_cmpint (g_rename (keyring, aside), ==, 0);
  g_assert_cmpint (g_mkdir (keyring, 0700), ==, 0);

  /* It is checked, and good, and then it cannot be saved. */
  form = ui_form_add (driver);
  ui_form_fill (form, tenant, "own-server");
  ui_form_type (form, "Name", "Fabrikam");
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  ui_form_press (form, "Trust This Certificate…");
  ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)));
  ui_answer (driver, "Trust");
  ui_wait (ui_find_button (form, "Connect") != NULL &&
           ui_find_label (form, "Needs correction") == NULL);
  ui_settle ();
  g_assert_true (ui_get_dialog (driver) == form);
  banner = ADW_BANNER (ui_find_type (form, ADW_TYPE_BANNER));
  g_assert_true (adw_banner_get_revealed (banner));
  g_test_message ("%s", adw_banner_get_title (banner));
  g_assert_nonnull (strstr (adw_banner_get_title (banner), "keyring"));
  ui_form_assert_typed (form, tenant, "own-server");
  g_assert_cmpstr (ui_form_read (form, "Name"), ==, "Fabrikam");
  g_assert_cmpuint (count_profiles (driver), ==, 1);
  ask_to_close (driver, form); /* it is still unsaved */
  ui_answer (driver, "Keep Editing");

  g_assert_cmpint (g_rmdir (keyring), ==, 0);
  g_assert_cmpint (g_rename (aside, keyring), ==, 0);
  save_unchecked (driver, form);
  g_assert_cmpuint (count_profiles (driver), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_object (&profile);
      profile = g_list_model_get_item (G_LIST_MODEL (ui_get_store (driver)), i);
      if (g_str_equal (psa_profile_get_name (profile), "Fabrikam"))
        break;
    }
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "Fabrikam");
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_id (profile), tenant->private_key));
  /* The very values were checked before. */
  g_assert_cmpint (get_state (driver, profile), ==, PSA_STATE_CONNECTED);
  g_assert_nonnull (ui_find_label (driver->window, "You are now connected to Fabrikam"));
}

static AdwDialog *
open_replace_key (UiDriver *driver, PsaProfile *profile)
{
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, profile);
  ui_wait (ui_can (driver, "profile.replace-key"));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "profile.replace-key", NULL);
  return ui_form_await (driver);
}

/* [K3]: the old key stays until the new one has passed. The dialog says of which tenant, and whose turn it is to be
 * replaced; it cannot save without a check, not even where it is closed. */
static void
test_replace_key (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(PsaProfile) draft = NULL;
  g_autofree char *username = g_strdup_printf ("own-server+%s", tenant->public_key);
  PsaProfile *profile;
  AdwDialog *form;
  const char *id;

  draft = ui_sample_draft ("Contoso IT", tenant->host, tenant->port, username);
  psa_profile_trust (draft, tenant->sha256);
  profile = ui_keep (driver, draft, tenant->client_id, "the old key");
  id = psa_profile_get_id (profile);
  form = open_replace_key (driver, profile);
  g_assert_nonnull (ui_find_label (form, "Contoso IT, Production"));
  g_assert_nonnull (ui_form_find_text (form, "stays until the new one has passed"));
  ui_wait (ui_form_find_text (form, "The password in the keyring was stored on") != NULL);
  g_assert_null (ui_find_row (form, "Hostname"));
  ui_picture (driver, "replace-key-light");
  ui_form_press (form, "Connect");
  g_assert_true (ui_form_has_focus (driver, "Password")); /* an empty one is no new key */

  ui_form_type (form, "Password", UI_PASSWORD);
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Keys rejected");
  g_assert_true (ui_keyring_holds (driver, id, "the old key"));
  g_assert_null (ui_find_button (form, "Save Without Checking"));
  g_assert_null (ui_find_action (form, "form.paste"));
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  adw_dialog_close (form);
  ui_wait (ui_get_dialog (driver) != form);
  ui_answer (driver, "Discard");
  ui_wait (ui_get_dialog (driver) == NULL);
  g_assert_true (ui_keyring_holds (driver, id, "the old key"));

  form = open_replace_key (driver, profile);
  ui_form_type (form, "Password", tenant->private_key);
  ui_form_press (form, "Connect");
  ui_wait (ui_get_dialog (driver) == NULL);
  g_assert_true (ui_keyring_holds (driver, id, tenant->private_key));
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, 2);
  g_assert_cmpint (get_state (driver, profile), ==, PSA_STATE_CONNECTED);
  g_assert_nonnull (ui_find_label (driver->window, "The key of “Contoso IT” was replaced"));
}

/* What keeps a new key from passing may be another row: that is shown then. */
static void
test_replace_key_elsewhere (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = ui_keep_tenant (driver, tenant, "client-id-refused");
  AdwDialog *form = open_replace_key (driver, profile);

  ui_form_type (form, "Password", tenant->private_key);
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  ui_form_press (form, "Correct Client ID");
  ui_wait (ui_form_has_focus (driver, "Client ID"));
  g_assert_cmpstr (adw_dialog_get_title (form), ==, "Edit Profile");
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* A note on a key that is older than a year, and none on one whose age nobody knows. */
static void
test_key_age (void)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *unknown = psa_key_age_dup_text (0);
  g_autofree char *fresh = psa_key_age_dup_text (now - 364 * 86400);
  g_autofree char *old = psa_key_age_dup_text (now - 366 * 86400);

  g_assert_null (unknown);
  g_assert_null (strstr (fresh, "more than a year ago"));
  g_assert_nonnull (strstr (old, "more than a year ago"));
}

void
add_form_keep_tests (void)
{
  g_test_add_func ("/form-keep/edit-name", test_edit_name);
  g_test_add_func ("/form-keep/edit-connection", test_edit_connection);
  g_test_add_func ("/form-keep/edit-same", test_edit_same);
  g_test_add_func ("/form-keep/join-integration", test_join_integration);
  g_test_add_func ("/form-keep/edit-and-connect", test_edit_and_connect);
  g_test_add_func ("/form-keep/cancel", test_cancel);
  g_test_add_func ("/n9-late-answer/form-edited", test_late_answer);
  g_test_add_func ("/form-keep/closed-at-each-turn", test_closed_at_each_turn);
  g_test_add_func ("/form-keep/closed-while-saving", test_closed_while_saving);
  g_test_add_func ("/form-keep/close", test_close);
  g_test_add_func ("/form-keep/close-window", test_close_window);
  g_test_add_func ("/form-keep/no-keyring", test_no_keyring);
  g_test_add_func ("/k3-secrets/replace-key", test_replace_key);
  g_test_add_func ("/k3-secrets/replace-key-elsewhere", test_replace_key_elsewhere);
  g_test_add_func ("/form-keep/key-age", test_key_age);
}
