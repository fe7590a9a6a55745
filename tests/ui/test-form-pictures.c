/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-ui"

#include "ui-form.h"

/* Pictures of the connection form, for eyes. That they can be drawn without a warning is all that
 * is asserted. */

static void
resize (UiDriver *driver, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), width, height);
  ui_settle ();
  ui_settle ();
}

static void
take (UiDriver *driver, const char *screen, const char *look)
{
  g_autofree char *name = g_strdup_printf ("form-%s-%s", screen, look);

  ui_picture (driver, name);
}

static void
scroll (AdwDialog *form, double position)
{
  GtkWidget *scroller = ui_find_type (form, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (adjustment, position * gtk_adjustment_get_upper (adjustment));
  ui_settle ();
}

static void
type_sample (AdwDialog *form)
{
  ui_form_type (form, "Hostname", "https://api-na.myconnectwise.net/v4_6_release/");
  ui_form_type (form, "API Version", "2025.1");
  ui_form_type (form, "Client ID", UI_CLIENT_ID);
  ui_form_type (form, "Username", "contoso+publickey1234");
  ui_form_type (form, "Password", "made-up-for-a-picture");
}

static void
type_mistakes (AdwDialog *form)
{
  ui_form_type (form, "Hostname", "na.myconnectwise.net");
  ui_form_type (form, "API Version", "version 2025");
  ui_form_type (form, "Client ID", "1234");
  ui_form_type (form, "Username", "contoso");
  ui_form_type (form, "Password", "made-up-for-a-picture\n");
  ui_form_press (form, "Connect");
}

static void
take_typed (UiDriver *driver, const char *look, gboolean is_full)
{
  AdwDialog *form = ui_form_add (driver);

  take (driver, "empty", look);
  if (is_full)
    {
      scroll (form, 1);
      take (driver, "empty-end", look);
      type_sample (form);
      scroll (form, 0);
      take (driver, "filled", look);
    }
  type_mistakes (form);
  take (driver, "mistakes", look);
  scroll (form, 1);
  take (driver, "mistakes-end", look);
  adw_dialog_close (form);
  ui_wait (ui_get_dialog (driver) != form);
  ui_settle ();
  if (is_full)
    take (driver, "save-or-discard", look);
  ui_answer (driver, "Discard");
  ui_wait (ui_get_dialog (driver) == NULL);
}

static void
take_tried (UiDriver *driver, const char *look)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  AdwDialog *form = ui_form_add (driver);

  ui_form_fill (form, tenant, "silent-info");
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  take (driver, "untrusted", look);
  ui_form_press (form, "Trust This Certificate…");
  ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)));
  take (driver, "trust", look);
  ui_answer (driver, "Trust");
  ui_wait (ui_find_button (form, "Cancel") != NULL && ui_find_label (form, "TLS 1.3") != NULL);
  take (driver, "checking", look);
  ui_form_press (form, "Cancel");
  ui_form_fill (form, tenant, "keys-own-server");
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Keys rejected");
  take (driver, "rejected", look);
  ui_form_press (form, "Details");
  take (driver, "details", look);
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

static void
take_edited (UiDriver *driver, const char *look)
{
  PsaProfile *contoso = ui_sample_keep (driver, "Contoso IT", "api-na.myconnectwise.net",
                                        "contoso+publickey1234", PSA_CAUSE_OK, 2);
  AdwDialog *form = ui_form_edit (driver, contoso);

  take (driver, "edit", look);
  scroll (form, 1);
  take (driver, "edit-end", look);
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

static void
take_all (const char *look, int width, int height, gboolean is_full)
{
  g_autoptr(UiDriver) driver = ui_open ();

  resize (driver, width, height);
  take_typed (driver, look, is_full);
  take_tried (driver, look);
  if (is_full)
    take_edited (driver, look);
}

static void
test_light (void)
{
  take_all ("light", 960, 860, TRUE);
}

static void
test_dark (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  take_all ("dark", 960, 860, FALSE);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_narrow (void)
{
  take_all ("narrow", 360, 680, TRUE);
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  take_all ("rtl", 960, 860, FALSE);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GLogLevelFlags fatal;
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  /* An AdwAlertDialog measures its heading unwrapped, though it shows it wrapped, and GTK warns of
   * it. */
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  take_all ("large", 960, 860, FALSE);
  take_all ("large-narrow", 360, 680, TRUE);
  g_log_set_always_fatal (fatal);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
add_tests (void)
{
  g_test_add_func ("/form-pictures/light", test_light);
  g_test_add_func ("/form-pictures/dark", test_dark);
  g_test_add_func ("/form-pictures/narrow", test_narrow);
  g_test_add_func ("/form-pictures/right-to-left", test_right_to_left);
  g_test_add_func ("/form-pictures/large-text", test_large_text);
}

int
main (int argc, char *argv[])
{
  return ui_run (argc, argv, add_tests);
}
