/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-paste-dialog.h"
#include "psa-secret-content.h"
#include "psa-window-private.h"
#include "ui-form.h"
#include "ui-tests.h"

#include <glib/gstdio.h>
#include <string.h>

/* What goes out of the window and comes in: the clipboard, export and import. */

static UiDriver *
open_with_sample (void)
{
  UiDriver *driver = ui_open ();
  PsaProfile *contoso =
      ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);

  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, contoso);
  return driver;
}

static GdkClipboard *
get_clipboard (UiDriver *driver)
{
  return gtk_widget_get_clipboard (GTK_WIDGET (driver->window));
}

typedef struct
{
  gboolean done;
  char *text; /* (nullable) */
} Pasted;

static void
pasted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Pasted *pasted = user_data;

  /* No text is an answer as well. */
  pasted->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
  pasted->done = TRUE;
}

static char *
paste (UiDriver *driver)
{
  Pasted pasted = { FALSE, NULL };

  gdk_clipboard_read_text_async (get_clipboard (driver), NULL, pasted_cb, &pasted);
  ui_wait (pasted.done);
  return pasted.text;
}

static void
test_copy_as (void)
{
  static const struct
  {
    const char *form;
    const char *piece;
  } forms[] = { { "curl", "curl --user 'contoso+k1234567:'\"${PSA_PRIVATE_KEY:?}\"" },
                { "powershell", "Connect-CWM @Connection" },
                { "nango", "\"password\" : \"$PSA_PRIVATE_KEY\"" },
                { "env", "PSA_HOSTNAME=cw.contoso.com\n" } };
  g_autoptr(UiDriver) driver = open_with_sample ();

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (driver->window), "profile.copy-as",
                                                 "s", forms[i].form));
      text = paste (driver);
      g_assert_nonnull (strstr (text, forms[i].piece));
      g_assert_null (strstr (text, UI_PASSWORD));
      g_assert_null (strstr (text, UI_CLIENT_ID));
    }
}

/* The password is marked as one, so that managers of the clipboard do not keep it. What is said names its tenant, whichever
 * is shown by then. */
static void
test_copy_password (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  PsaProfile *fabrikam =
      ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567", PSA_CAUSE_OK, 3);
  GdkContentFormats *formats;
  g_autofree char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (driver->window), "profile.copy-password", NULL);
  ui_select (driver, fabrikam);
  ui_wait (ui_find_label (driver->window,
                          "Password of “Contoso IT” (Production) copied for 30 seconds"));
  formats = gdk_clipboard_get_formats (get_clipboard (driver));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "x-kde-passwordManagerHint"));
  text = paste (driver);
  g_assert_cmpstr (text, ==, UI_PASSWORD);
}

static void
test_copied_secret_ends (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  GdkClipboard *clipboard = get_clipboard (driver);
  g_autoptr(GdkContentProvider) content = NULL;
  g_autoptr(GdkContentFormats) storable = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  psa_secret_content_copy (clipboard, UI_PASSWORD, 200);
  content = g_object_ref (gdk_clipboard_get_content (clipboard));
  before = paste (driver);
  g_assert_cmpstr (before, ==, UI_PASSWORD);
  storable = gdk_content_provider_ref_storable_formats (content);
  g_assert_null (gdk_content_formats_get_mime_types (storable, NULL));

  ui_wait (gdk_clipboard_get_content (clipboard) == NULL);
  after = paste (driver);
  g_assert_cmpstr (after, ==, NULL);
  /* Whoever still holds the content is served no more. */
  gdk_clipboard_set_content (clipboard, content);
  g_free (after);
  after = paste (driver);
  g_assert_true (after == NULL || *after == '\0');
}

/* What was copied since stays. */
static void
test_copied_secret_leaves_others (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  GdkContentProvider *content;
  g_autofree char *text = NULL;

  psa_secret_content_copy (get_clipboard (driver), UI_PASSWORD, 50);
  content = gdk_clipboard_get_content (get_clipboard (driver));
  g_object_add_weak_pointer (G_OBJECT (content), (gpointer *) &content);
  gdk_clipboard_set_text (get_clipboard (driver), "something else");
  ui_wait (content == NULL);
  text = paste (driver);
  g_assert_cmpstr (text, ==, "something else");
}

static AdwDialog *
get_dialog (UiDriver *driver)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (driver->window));
}

static AdwDialog *
open_import (UiDriver *driver, const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  psa_window_import (driver->window, bytes);
  ui_wait (get_dialog (driver) != NULL);
  ui_settle ();
  return get_dialog (driver);
}

static guint
count_profiles (UiDriver *driver)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ui_get_store (driver)));
}

/* Looked at, imported, and undone in one go. */
static void
test_import (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  AdwDialog *dialog = open_import (driver, "customer;server;username;password\r\n"
                                           "Contoso IT;cw.contoso.com;contoso+k1234567;\r\n"
                                           "Fabrikam;cw.fabrikam.com;fab+key;" UI_PASSWORD "\r\n"
                                           "Tailspin;cw.tailspin.com;tsp+key;\r\n"
                                           "Wingtip;nowhere at all;wt+key;\r\n");

  g_assert_nonnull (
      ui_find_label (dialog, "New: 2. Already there: 1. Change a profile: 0. Not usable: 1."));
  g_assert_null (ui_find_label (dialog, UI_PASSWORD));
  ui_picture (driver, "import-light");
  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Import")));
  ui_wait (get_dialog (driver) == NULL);
  ui_wait (count_profiles (driver) == 3);
  ui_wait (ui_find_label (driver->window, "2 profiles imported") != NULL);

  g_assert_true (gtk_widget_activate (ui_find_button (driver->window, "Undo")));
  ui_wait (count_profiles (driver) == 1);
}

/* Cancelled while it stores passwords: it says what became of them, no profile is there, and it can be begun again. */
static void
test_import_cancelled (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(GString) table = g_string_new ("name,server,username,password\n");
  GtkProgressBar *progress_bar;
  AdwDialog *dialog;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (table, "Tenant %u,cw%u.example.com,t%u+key," UI_PASSWORD "\n", i, i, i);
  dialog = open_import (driver, table->str);
  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Import")));
  ui_wait (ui_find_type (dialog, GTK_TYPE_PROGRESS_BAR) != NULL);
  progress_bar = GTK_PROGRESS_BAR (ui_find_type (dialog, GTK_TYPE_PROGRESS_BAR));
  ui_wait (gtk_progress_bar_get_fraction (progress_bar) > 0.05);
  ui_form_press (dialog, "Cancel");
  ui_wait (ui_form_find_text (dialog, "out of the keyring again.") != NULL);
  g_assert_nonnull (ui_form_find_text (dialog, "Nothing was imported; "));
  g_assert_cmpuint (count_profiles (driver), ==, 0);
  ui_picture (driver, "import-cancelled-light");

  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Import")));
  ui_wait (get_dialog (driver) == NULL);
  g_assert_cmpuint (count_profiles (driver), ==, 100);
}

/* A table whose headings say nothing: the columns are chosen by hand. */
static void
test_import_columns (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *dialog = open_import (driver, "Mandant,Rechner,Login\nContoso,cw.contoso.com,c+key\n");

  g_assert_nonnull (
      ui_find_label (dialog, "No column is named “hostname”. Say which one holds it."));
  g_assert_false (gtk_widget_get_sensitive (ui_find_button (dialog, "Import")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find_row (dialog, "Hostname")), 2);
  ui_wait (gtk_widget_get_sensitive (ui_find_button (dialog, "Import")));
  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Import")));
  ui_wait (count_profiles (driver) == 1);
}

/* What cannot be read is said, and nothing else opens. */
static void
test_import_unreadable (void)
{
  static const char text[] = "{\"profiles\":[{\"id\":";
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));

  psa_window_import (driver->window, bytes);
  ui_wait (ui_form_find_text (GTK_WIDGET (driver->window), "The file is no whole JSON") != NULL);
  g_assert_null (get_dialog (driver));
}

/* All rows are there in the end, however many. */
static void
test_import_many (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(GString) table = g_string_new ("name,server,username\n");
  GListModel *rows;
  AdwDialog *dialog;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (table, "Tenant %u,cw%u.example.com,t%u+key\n", i, i, i);
  dialog = open_import (driver, table->str);
  rows = G_LIST_MODEL (
      gtk_list_view_get_model (GTK_LIST_VIEW (ui_find_type (dialog, GTK_TYPE_LIST_VIEW))));
  ui_wait (g_list_model_get_n_items (rows) == 1000);
  adw_dialog_force_close (dialog);
  ui_wait (get_dialog (driver) == NULL);
}

static AdwDialog *
await_preview (UiDriver *driver)
{
  ui_wait (PSA_IS_PASTE_DIALOG (get_dialog (driver)));
  ui_settle ();
  return get_dialog (driver);
}

static GtkCheckButton *
get_check (AdwDialog *preview, const char *title)
{
  return GTK_CHECK_BUTTON (ui_find_type (ui_find_row (preview, title), GTK_TYPE_CHECK_BUTTON));
}

/* What was found is shown before any of it goes into the form, and its secrets are not. */
static void
test_paste (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  AdwDialog *preview;
  AdwDialog *form;

  gdk_clipboard_set_text (get_clipboard (driver),
                          "PSA_HOSTNAME=https://cw.fabrikam.com:8443/v2025_1/apis/3.0\n"
                          "PSA_USERNAME=fab+key\nPSA_PRIVATE_KEY=" UI_PASSWORD
                          "\nPSA_CLIENT_ID=" UI_CLIENT_ID "\n");
  g_assert_true (ui_press_key (driver, "<Control>v"));
  preview = await_preview (driver);
  g_assert_nonnull (ui_find_label (preview, "cw.fabrikam.com:8443"));
  g_assert_nonnull (ui_find_label (preview, "2025.1"));
  g_assert_nonnull (ui_find_label (preview, "fab+key"));
  g_assert_null (ui_form_find_text (preview, UI_PASSWORD));
  g_assert_null (ui_form_find_text (preview, UI_CLIENT_ID));
  ui_picture (driver, "paste-light");

  ui_form_press (preview, "Fill In");
  form = ui_form_await (driver);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, "cw.fabrikam.com:8443");
  g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "2025.1");
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, "fab+key");
  g_assert_cmpstr (ui_form_read (form, "Password"), ==, UI_PASSWORD);
  g_assert_cmpstr (ui_form_read (form, "Client ID"), ==, UI_CLIENT_ID);
  adw_dialog_force_close (form);
  ui_wait (get_dialog (driver) == NULL);
}

/* What was typed stays unless the user says otherwise. */
static void
test_paste_over (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  AdwDialog *form = ui_form_add (driver);
  AdwDialog *preview;

  ui_form_type (form, "Hostname", "typed.example.com");
  ui_form_type (form, "Username", "typed+key");
  gdk_clipboard_set_text (get_clipboard (driver),
                          "curl -u fab+key:" UI_PASSWORD " https://cw.fabrikam.com/ "
                          "-H 'clientId: 1234'\ncurl https://second.example.com");
  g_assert_true (ui_press_key (driver, "<Shift><Control>v"));
  preview = await_preview (driver);
  g_assert_nonnull (ui_form_find_text (preview, "In place of “typed.example.com”"));
  g_assert_nonnull (ui_form_find_text (preview, "more than one connection"));
  g_assert_nonnull (ui_form_find_text (preview, "The Client ID must be a GUID"));
  g_assert_false (gtk_check_button_get_active (get_check (preview, "Hostname")));
  g_assert_true (gtk_check_button_get_active (get_check (preview, "Password")));
  gtk_widget_activate (ui_find_row (preview, "Username"));
  ui_picture (driver, "paste-over-light");
  ui_form_press (preview, "Fill In");
  ui_wait (get_dialog (driver) == form);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, "typed.example.com");
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, "fab+key");
  g_assert_cmpstr (ui_form_read (form, "Password"), ==, UI_PASSWORD);

  gdk_clipboard_set_text (get_clipboard (driver), "see you at noon");
  gtk_widget_activate (ui_find_action (form, "form.paste"));
  preview = await_preview (driver);
  g_assert_nonnull (ui_find_label (preview, "No Connection Found"));
  g_assert_nonnull (ui_form_find_text (preview, "company+public:private"));
  g_assert_null (ui_find_button (preview, "Fill In"));
  ui_picture (driver, "paste-nothing-light");
  adw_dialog_close (preview);
  ui_wait (get_dialog (driver) == form);
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, "fab+key");
  adw_dialog_force_close (form);
  ui_wait (get_dialog (driver) == NULL);
}

static GtkWidget *
find_chooser (UiDriver *driver)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (driver->window) && gtk_widget_get_mapped (window))
        return window; /* of the toolkit, which holds it */
    }
  return NULL;
}

/* Of several that are chosen, those, and no other. */
static void
test_export_selection (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  g_autofree char *path = g_build_filename (g_get_home_dir (), "chosen.json", NULL);
  g_autofree char *text = NULL;
  GtkSelectionModel *rows;
  GtkWidget *path_bar;
  GtkWidget *entry;

  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+key", PSA_CAUSE_OK, 2);
  ui_sample_keep (driver, "Wingtip", "cw.wingtip.com", "wt+key", PSA_CAUSE_OK, 2);
  psa_profile_list_set_selecting (driver->window->list, TRUE);
  rows = gtk_list_view_get_model (
      GTK_LIST_VIEW (ui_find_type (driver->window->list, GTK_TYPE_LIST_VIEW)));
  gtk_selection_model_select_item (rows, 0, TRUE);
  gtk_selection_model_select_item (rows, 2, FALSE);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (driver->window), "selection.export", "s", "json"));
  ui_wait (find_chooser (driver) != NULL);
  /* GTK 4.18 crashes where a chooser is closed that still asks for the folders in its path. */
  path_bar = ui_find_type (find_chooser (driver), g_type_from_name ("GtkPathBar"));
  ui_wait (ui_find_type (path_bar, GTK_TYPE_LABEL) != NULL);
  entry = ui_find_type (find_chooser (driver), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), path);
  ui_form_press (find_chooser (driver), "Save");
  ui_wait (ui_find_label (driver->window, "Exported without the secrets") != NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "cw.contoso.com"));
  g_assert_null (strstr (text, "cw.fabrikam.com"));
  g_assert_nonnull (strstr (text, "cw.wingtip.com"));
  g_assert_null (strstr (text, UI_PASSWORD));
}

void
add_exchange_tests (void)
{
  g_test_add_func ("/ui-exchange/paste/filled-in", test_paste);
  g_test_add_func ("/ui-exchange/paste/over-typed", test_paste_over);
  g_test_add_func ("/ui-exchange/i4-import/undo", test_import);
  g_test_add_func ("/ui-exchange/i4-import/cancelled", test_import_cancelled);
  g_test_add_func ("/ui-exchange/i4-import/unreadable", test_import_unreadable);
  g_test_add_func ("/ui-exchange/i4-import/many", test_import_many);
  g_test_add_func ("/ui-exchange/i4-import/columns", test_import_columns);

  g_test_add_func ("/ui-exchange/copy-as", test_copy_as);
  g_test_add_func ("/ui-exchange/l4-clipboard/password", test_copy_password);
  g_test_add_func ("/ui-exchange/l4-clipboard/ends", test_copied_secret_ends);
  g_test_add_func ("/ui-exchange/l4-clipboard/leaves-others", test_copied_secret_leaves_others);
  /* The last: the toolkit notes the file in its list of recent ones, later, and by then the folder is gone. */
  g_test_add_func ("/ui-exchange/selection/export", test_export_selection);
}
