/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-fixture.h"
#include "psa-connection-form.h"
#include "psa-message.h"
#include "psa-module-row.h"
#include "psa-outcome.h"
#include "psa-permissions-dialog.h"
#include "psa-permissions-text.h"
#include "ui-samples.h"
#include "ui-tests.h"

#include <string.h>

/* The permissions of a key, from the row of the status page to the kept needs, at the practice tenant. */

static AdwDialog *
get_dialog (UiDriver *driver)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (driver->window));
}

static PsaProfile *
keep_profile (UiDriver *driver, PracticeFixture *tenant, const char *company)
{
  g_autofree char *username = g_strconcat (company, "+", tenant->public_key, NULL);
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Contoso IT", tenant->host, tenant->port, username);
  PsaProfile *profile;

  psa_profile_set_api_version (draft, "");
  psa_profile_trust (draft, tenant->sha256);
  profile = ui_keep (driver, draft, tenant->client_id, tenant->private_key);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, profile);
  return profile;
}

static AdwDialog *
open_dialog (UiDriver *driver)
{
  GtkWidget *row = ui_find_action (driver->window, "profile.permissions");

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate (row));
  ui_wait (get_dialog (driver) != NULL);
  ui_settle ();
  g_assert_true (PSA_IS_PERMISSIONS_DIALOG (get_dialog (driver)));
  return get_dialog (driver);
}

/* Dialog and window: nothing of them may stay behind. */
static void
close_all (UiDriver *driver, AdwDialog *dialog)
{
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  adw_dialog_force_close (dialog);
  ui_wait (dialog == NULL);
  ui_close (driver);
}

static gboolean
can (AdwDialog *dialog, const char *action)
{
  GtkWidget *probe = gtk_button_new ();
  GtkWidget *overlay = ui_find_type (dialog, ADW_TYPE_TOAST_OVERLAY);
  gboolean sensitive;

  gtk_widget_set_parent (probe, overlay);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), action);
  sensitive = gtk_widget_get_sensitive (probe);
  gtk_widget_unparent (probe);
  return sensitive;
}

static void
check (AdwDialog *dialog)
{
  ui_wait (ui_find_button (dialog, "Check Permissions") != NULL);
  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Check Permissions")));
}

static void
check_and_wait (AdwDialog *dialog)
{
  check (dialog);
  ui_wait (ui_find_row (dialog, "Finance") != NULL);
  ui_settle ();
}

static const char *
get_subtitle (AdwDialog *dialog, const char *title)
{
  ui_wait (ui_find_row (dialog, title) != NULL);
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (ui_find_row (dialog, title)));
}

static void
assert_begins (const char *text, const char *start)
{
  g_autofree char *begin = g_strndup (text, strlen (start));

  g_assert_cmpstr (begin, ==, start);
}

static GtkSwitch *
get_switch (AdwDialog *dialog, const char *title)
{
  ui_wait (ui_find_row (dialog, title) != NULL);
  return GTK_SWITCH (ui_find_type (ui_find_row (dialog, title), GTK_TYPE_SWITCH));
}

static GtkWidget *
find_note (AdwDialog *dialog)
{
  return ui_find_label (
      dialog,
      "Note: records can be read, but what they refer to, such as status and site, is left "
      "blank. The security role is too narrow for it: ask an administrator of the tenant to "
      "allow Inquire there too.");
}

static gboolean
needs (PsaProfile *profile, const char *words)
{
  g_autofree char *text = g_strjoinv (",", (GStrv) psa_profile_get_needs (profile));

  return g_str_equal (text, words);
}

static char *
dup_clipboard (AdwDialog *dialog)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (dialog));
  g_auto(GValue) value = G_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, &error);
  g_assert_no_error (error);
  return g_value_dup_string (&value);
}

static void
test_matrix (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  UiDriver *driver = ui_open ();
  PsaProfile *profile = keep_profile (driver, tenant, "rights-matrix");
  AdwDialog *dialog = open_dialog (driver);
  guint revision = psa_profile_get_revision (profile);
  g_autofree char *first = NULL;
  g_autofree char *copied = NULL;

  /* nothing is asked before the user says so */
  ui_wait (ui_find_label (dialog, "Permissions Not Asked Yet") != NULL);
  g_assert_null (ui_find_row (dialog, "Finance"));
  g_assert_false (can (dialog, "permissions.export-csv"));

  check_and_wait (dialog);
  assert_begins (get_subtitle (dialog, "Finance"),
                 "Not readable · 0 of 16 rights\n"
                 "May not add, edit or delete\n"
                 "Missing: Agreements, Invoicing, Billing View and 13 more. Ask");
  g_assert_nonnull (
      strstr (get_subtitle (dialog, "Finance"), "System › Security Roles › Finance."));
  assert_begins (get_subtitle (dialog, "Company"), "All records · 16 of 16 rights\n");
  g_assert_null (strstr (get_subtitle (dialog, "Company"), "Missing"));
  g_assert_nonnull (ui_find_label (dialog, "Inquire only: nothing is ever written to the tenant."));
  g_assert_true (can (dialog, "permissions.export-csv"));
  g_assert_true (can (dialog, "permissions.export-markdown"));

  /* the whole of it goes to the clipboard, for whoever has to mend the role */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "permissions.copy", NULL);
  copied = dup_clipboard (dialog);
  g_assert_true (g_str_has_prefix (copied, "# PSA permissions\n"));
  g_assert_nonnull (strstr (copied, "| Finance | no | None | None | None | None | 0 of 16 |"));
  g_assert_null (strstr (copied, tenant->private_key));
  g_assert_null (strstr (copied, tenant->public_key));

  /* what was found is there again, without asking */
  first = g_strdup (get_subtitle (dialog, "Sales"));
  adw_dialog_close (dialog);
  ui_settle ();
  dialog = open_dialog (driver);
  g_assert_cmpstr (get_subtitle (dialog, "Sales"), ==, first);
  /* a switch is kept at once; no value that signs in has changed */
  g_assert_true (needs (profile, ""));
  gtk_switch_set_active (get_switch (dialog, "Finance"), TRUE);
  gtk_switch_set_active (get_switch (dialog, "Time & Expense"), TRUE);
  ui_wait (needs (profile, "Time & Expense,Finance"));
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, revision);
  g_assert_true (gtk_switch_get_active (get_switch (dialog, "Finance")));
  g_assert_false (gtk_switch_get_active (get_switch (dialog, "Sales")));
  adw_dialog_close (dialog);
  ui_settle ();
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "profile.check", NULL);
  ui_wait (psa_status_get_cause (psa_monitor_get_status (ui_get_monitor (driver), profile)) ==
           PSA_CAUSE_ROLE_NARROW);

  /* and undone by switching back */
  dialog = open_dialog (driver);
  gtk_switch_set_active (get_switch (dialog, "Finance"), FALSE);
  gtk_switch_set_active (get_switch (dialog, "Time & Expense"), FALSE);
  ui_wait (needs (profile, ""));
  close_all (driver, dialog);
}

/* A word that is no module of ours is kept, what is changed elsewhere is shown, and what was asked for other values
 * reaches nobody. */
static void
test_changes (void)
{
  static const char *const words[] = { "Marketing", "sales", NULL };
  static const char *const none[] = { NULL };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  UiDriver *driver = ui_open ();
  PsaProfile *profile = keep_profile (driver, tenant, "ok");
  PsaStatus *status = psa_monitor_get_status (ui_get_monitor (driver), profile);
  g_autoptr(PsaProfile) draft = psa_profile_copy (profile);
  g_autoptr(PsaPermissions) late = psa_permissions_new (profile);
  AdwDialog *dialog = open_dialog (driver);

  check_and_wait (dialog);
  psa_profile_set_needs (draft, words);
  ui_keep (driver, draft, tenant->client_id, tenant->private_key);
  ui_wait (gtk_switch_get_active (get_switch (dialog, "Sales")));
  gtk_switch_set_active (get_switch (dialog, "Company"), TRUE);
  ui_wait (needs (profile, "Marketing,Company,Sales"));
  psa_profile_set_needs (draft, none);
  ui_keep (driver, draft, tenant->client_id, tenant->private_key);
  ui_wait (!gtk_switch_get_active (get_switch (dialog, "Company")));

  g_assert_nonnull (psa_status_get_permissions (status));
  psa_profile_set_username (draft, "keys-401+another");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "permissions.check", NULL);
  ui_keep (driver, draft, tenant->client_id, tenant->private_key);
  ui_wait (ui_find_label (dialog, "Permissions Not Asked Yet") != NULL);
  g_assert_null (psa_status_get_permissions (status));
  g_assert_false (psa_status_set_permissions (status, late));
  ui_settle ();
  g_assert_nonnull (ui_find_label (dialog, "Permissions Not Asked Yet"));
  close_all (driver, dialog);
}

/* [F5]: another program has written a name and the window has not read it yet. */
static void
test_beside_another_program (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  UiDriver *driver = ui_open ();
  PsaProfile *profile = keep_profile (driver, tenant, "ok");
  AdwDialog *dialog = open_dialog (driver);
  g_autofree char *folder = psa_store_dup_default_folder ();
  g_autofree char *file = g_build_filename (folder, "profiles.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GString) changed = NULL;
  g_autoptr(GError) error = NULL;

  check_and_wait (dialog);
  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "\"Contoso IT\"", "\"Contoso Group\"", 0), ==, 1);
  g_file_set_contents_full (file, changed->str, changed->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                            &error);
  g_assert_no_error (error);
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "Contoso IT");

  /* on and off again, and one that stays, faster than either is saved */
  gtk_switch_set_active (get_switch (dialog, "Company"), TRUE);
  gtk_switch_set_active (get_switch (dialog, "Finance"), TRUE);
  gtk_switch_set_active (get_switch (dialog, "Company"), FALSE);
  ui_wait (needs (profile, "Finance"));
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "Contoso Group");
  close_all (driver, dialog);
}

static AdwDialog *
ask_of (UiDriver *driver, PracticeFixture *tenant, const char *company)
{
  AdwDialog *dialog;

  keep_profile (driver, tenant, company);
  dialog = open_dialog (driver);
  check (dialog);
  ui_wait (!can (dialog, "permissions.check"));
  ui_wait (can (dialog, "permissions.check"));
  ui_settle ();
  return dialog;
}

static void
leave (AdwDialog *dialog)
{
  adw_dialog_force_close (dialog);
  ui_settle ();
}

static void
test_answers (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  UiDriver *driver = ui_open ();
  g_autofree char *client_id = g_strdup (tenant->client_id);
  AdwDialog *dialog = NULL;

  dialog = ask_of (driver, tenant, "agreements-only");
  g_assert_cmpstr (get_subtitle (dialog, "Finance"), ==,
                   "Readable · 1 of 2 rights\n"
                   "Missing: Invoicing. Ask an administrator of the tenant to allow Inquire under "
                   "System › Security Roles › Finance.");
  assert_begins (get_subtitle (dialog, "Service"), "Not readable · 0 of 2 rights\n");
  g_assert_null (find_note (dialog));
  leave (dialog);

  dialog = ask_of (driver, tenant, "blank-references");
  g_assert_nonnull (find_note (dialog));
  leave (dialog);

  /* a failure is told by its cause; its own next step asks again */
  dialog = ask_of (driver, tenant, "rate-limited-later");
  g_assert_nonnull (ui_find_label (dialog, "Unreachable"));
  g_assert_null (ui_find_row (dialog, "Finance"));
  g_assert_false (can (dialog, "permissions.copy"));
  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Check Again")));
  ui_wait (can (dialog, "permissions.cancel"));
  ui_wait (ui_find_type (dialog, PSA_TYPE_OUTCOME) != NULL);
  leave (dialog);

  /* a secret that is not there is told as a check tells it */
  g_set_str (&tenant->client_id, "");
  dialog = ask_of (driver, tenant, "ok");
  g_assert_nonnull (ui_find_label (dialog, "Secret unavailable"));
  g_set_str (&tenant->client_id, client_id);
  leave (dialog);

  /* a next step that is not the dialog's leaves it */
  dialog = ask_of (driver, tenant, "keys-401");
  g_assert_nonnull (ui_find_label (dialog, "Keys rejected"));
  g_assert_true (gtk_widget_activate (
      ui_find_type (ui_find_type (dialog, PSA_TYPE_OUTCOME), GTK_TYPE_BUTTON)));
  ui_wait (get_dialog (driver) != NULL && PSA_IS_CONNECTION_FORM (get_dialog (driver)));
  leave (get_dialog (driver));
  ui_close (driver);
}

static void
test_cancel (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--handshake", "silent"));
  UiDriver *driver = ui_open ();
  AdwDialog *dialog;

  keep_profile (driver, tenant, "ok");
  dialog = open_dialog (driver);
  check (dialog);
  ui_settle ();
  ui_wait (ui_find_label (dialog, "Signing in") != NULL);
  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Cancel")));
  ui_wait (ui_find_label (dialog, "Permissions Not Asked Yet") != NULL);

  /* and closing while it runs leaves nothing behind: ui_close() asserts it */
  check (dialog);
  adw_dialog_close (dialog);
  ui_settle ();
  g_assert_null (get_dialog (driver));
  ui_close (driver);
}

static void
resize (UiDriver *driver, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), width, height);
  ui_settle ();
  ui_settle ();
}

/* For eyes: that they can be drawn without a warning is all that is asserted. */
static void
test_pictures (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  AdwStyleManager *style = adw_style_manager_get_default ();
  UiDriver *driver = ui_open ();
  AdwDialog *dialog;

  resize (driver, 960, 800);
  keep_profile (driver, tenant, "rights-matrix");
  dialog = open_dialog (driver);
  ui_picture (driver, "permissions-empty-light");
  check_and_wait (dialog);
  gtk_switch_set_active (get_switch (dialog, "Finance"), TRUE);
  ui_picture (driver, "permissions-matrix-light");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  resize (driver, 360, 800);
  ui_picture (driver, "permissions-matrix-narrow-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  leave (dialog);

  resize (driver, 960, 800);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  dialog = ask_of (driver, tenant, "agreements-only");
  ui_picture (driver, "permissions-counts-rtl");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  close_all (driver, dialog);
}

/* The window in which the user says where. */
static GtkWindow *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), "Export Permissions") == 0 &&
          gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window; /* the display holds it */
    }
  return NULL;
}

/* Opens it, and waits for the name that it proposes. Returns: the entry of the name */
static GtkEditable *
choose (AdwDialog *dialog, const char *action, const char *proposed)
{
  GtkWidget *entry;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), action, NULL));
  ui_wait (find_chooser () != NULL);
  entry = ui_find_type (find_chooser (), GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  ui_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), proposed));
  return GTK_EDITABLE (entry);
}

/* Saved as what psactl would print, where the user said; given up, nothing is written. */
static void
test_export (void)
{
  static const struct
  {
    const char *action;
    const char *suffix;
    char *(*make) (PsaProfile *profile, const PsaPermissions *permissions);
  } kinds[] = {
    { "permissions.export-csv", ".csv", psa_permissions_text_new_csv },
    { "permissions.export-markdown", ".md", psa_permissions_text_new_markdown },
  };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  UiDriver *driver = ui_open ();
  PsaProfile *profile = keep_profile (driver, tenant, "rights-matrix");
  AdwDialog *dialog = open_dialog (driver);

  check_and_wait (dialog);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *proposed =
          g_strconcat ("psa-permissions-rights-matrix", kinds[i].suffix, NULL);
      g_autofree char *path = g_build_filename (g_get_user_cache_dir (), proposed, NULL);
      PsaStatus *status = psa_monitor_get_status (ui_get_monitor (driver), profile);
      g_autofree char *expected = kinds[i].make (profile, psa_status_get_permissions (status));
      g_autofree char *written = NULL;
      GtkEditable *entry;

      choose (dialog, kinds[i].action, proposed);
      gtk_window_close (find_chooser ());
      ui_wait (find_chooser () == NULL);

      entry = choose (dialog, kinds[i].action, proposed);
      g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
      gtk_editable_set_text (entry, path);
      g_assert_true (gtk_widget_activate (ui_find_button (find_chooser (), "Save")));
      ui_wait (ui_find_label (dialog, "Exported") != NULL);
      g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
      g_assert_cmpstr (written, ==, expected);
      adw_toast_overlay_dismiss_all (
          ADW_TOAST_OVERLAY (ui_find_type (dialog, ADW_TYPE_TOAST_OVERLAY)));
      ui_wait (ui_find_label (dialog, "Exported") == NULL);
    }
  close_all (driver, dialog);
}

void
add_permissions_tests (void)
{
  g_test_add_func ("/permissions/matrix", test_matrix);
  g_test_add_func ("/permissions/changes", test_changes);
  g_test_add_func ("/permissions/f5-two-programs", test_beside_another_program);
  g_test_add_func ("/permissions/answers", test_answers);
  g_test_add_func ("/permissions/cancel", test_cancel);
  g_test_add_func ("/permissions/pictures", test_pictures);
  /* The last: GTK notes what was saved later than the folders of a test are there. */
  g_test_add_func ("/permissions/export", test_export);
}
