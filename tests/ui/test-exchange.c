/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-ui"

#include "psa-secret-content.h"
#include "psa-window-private.h"
#include "ui-samples.h"

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

/* The password is marked as one, so that managers of the clipboard do not keep it. */
static void
test_copy_password (void)
{
  g_autoptr(UiDriver) driver = open_with_sample ();
  GdkContentFormats *formats;
  g_autofree char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (driver->window), "profile.copy-password", NULL);
  ui_wait (ui_find_label (driver->window, "Password copied; it can be pasted for 30 seconds"));
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

/* A table whose headings say nothing: the columns are chosen by hand. */
static void
test_import_columns (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *dialog = open_import (driver, "Mandant,Rechner,Login\nContoso,cw.contoso.com,c+key\n");

  g_assert_false (gtk_widget_get_sensitive (ui_find_button (dialog, "Import")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find_row (dialog, "Hostname")), 2);
  g_assert_true (gtk_widget_get_sensitive (ui_find_button (dialog, "Import")));
  g_assert_true (gtk_widget_activate (ui_find_button (dialog, "Import")));
  ui_wait (count_profiles (driver) == 1);
}

static void
add_tests (void)
{
  g_test_add_func ("/ui-exchange/i4-import/undo", test_import);
  g_test_add_func ("/ui-exchange/i4-import/columns", test_import_columns);

  g_test_add_func ("/ui-exchange/copy-as", test_copy_as);
  g_test_add_func ("/ui-exchange/l4-clipboard/password", test_copy_password);
  g_test_add_func ("/ui-exchange/l4-clipboard/ends", test_copied_secret_ends);
  g_test_add_func ("/ui-exchange/l4-clipboard/leaves-others", test_copied_secret_leaves_others);
}

int
main (int argc, char *argv[])
{
  return ui_run (argc, argv, add_tests);
}
