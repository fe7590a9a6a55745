/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-ui"

#include "psa-secret-content.h"
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

static void
add_tests (void)
{
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
