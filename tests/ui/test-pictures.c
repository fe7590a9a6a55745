/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-ui"

#include "practice-fixture.h"
#include "ui-samples.h"

/* Pictures of each screen, for eyes. That they can be drawn without a warning is all that is asserted. */

static void
resize (UiDriver *driver, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), width, height);
  ui_settle ();
  ui_settle ();
}

static PsaProfile *
fill (UiDriver *driver)
{
  g_autoptr(PsaProfile) staging =
      ui_sample_draft ("Contoso IT staging", "api-staging.connectwisedev.com", 443, "contoso+k1");
  PsaProfile *contoso = ui_sample_keep (driver, "Contoso IT", "api-na.myconnectwise.net",
                                        "contoso+publickey1234", PSA_CAUSE_OK, 2);

  psa_profile_set_environment (staging, PSA_ENVIRONMENT_STAGING);
  ui_keep (driver, staging, UI_CLIENT_ID, UI_PASSWORD);
  ui_sample_keep (driver, "Fabrikam", "api-na.myconnectwise.net", "fab+k1234567",
                  PSA_CAUSE_KEYS_REJECTED, 3);
  ui_sample_keep (driver, "Adatum Corporation", "cw.adatum.com", "adt+k1234567",
                  PSA_CAUSE_CERTIFICATE_UNTRUSTED, 64);
  ui_sample_keep (driver, "Tailspin Toys", "api-eu.myconnectwise.net", "tsp+k1234567", PSA_CAUSE_OK,
                  5 * 24 * 60);
  ui_sample_keep (driver, "Wingtip", "api-au.myconnectwise.net", "wt+k1234567",
                  PSA_CAUSE_TIMED_OUT, 12);
  ui_sample_keep (driver, "Northwind Traders and Sons International", "psa.northwind.example",
                  "nw+k1234567", PSA_CAUSE_SLOW, 9);
  ui_sample_keep (driver, "Litware", "api-na.myconnectwise.net", "lit+k1234567",
                  PSA_CAUSE_KEYRING_LOCKED, 30);
  ui_sample_keep (driver, "Proseware", "api-na.myconnectwise.net", "pro+k1234567",
                  PSA_CAUSE_NOT_PERMITTED, 45);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  return contoso;
}

static void
take (UiDriver *driver, const char *screen, const char *look)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", screen, look);

  ui_picture (driver, name);
}

static void
type (UiDriver *driver, const char *title, const char *text)
{
  GtkWidget *row = NULL;

  ui_wait ((row = ui_find_row (driver->window, title)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
take_form (UiDriver *driver, const char *look)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (driver->window);

  g_assert_true (ui_press_key (driver, "<Control>n"));
  ui_wait (adw_application_window_get_visible_dialog (window) != NULL);
  take (driver, "form-empty", look);
  type (driver, "Hostname", "na.myconnectwise.net");
  type (driver, "API Version", "2025.1");
  type (driver, "Client ID", "not a GUID");
  type (driver, "Username", "contoso");
  gtk_widget_activate (ui_find_button (window, "Connect"));
  take (driver, "form-errors", look);
  adw_dialog_force_close (adw_application_window_get_visible_dialog (window));
  ui_settle ();
}

static void
take_all (const char *look, int width, int height)
{
  UiDriver *driver = ui_open ();
  PsaProfile *contoso;
  gboolean is_narrow = width < 500;
  AdwNavigationSplitView *split_view;

  resize (driver, width, height);
  take (driver, "first-run", look);
  contoso = fill (driver);
  split_view =
      ADW_NAVIGATION_SPLIT_VIEW (ui_find_type (driver->window, ADW_TYPE_NAVIGATION_SPLIT_VIEW));
  if (is_narrow)
    take (driver, "list", look);
  ui_select (driver, contoso);
  adw_navigation_split_view_set_show_content (split_view, TRUE);
  take (driver, "connected", look);
  adw_navigation_split_view_set_show_content (split_view, FALSE);
  ui_settle ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (ui_get_store (driver))); i++)
    {
      g_autoptr(PsaProfile) profile =
          g_list_model_get_item (G_LIST_MODEL (ui_get_store (driver)), i);

      if (!g_str_equal (psa_profile_get_name (profile), "Adatum Corporation"))
        continue;
      ui_select (driver, profile);
      adw_navigation_split_view_set_show_content (split_view, TRUE);
      take (driver, "untrusted", look);
      break;
    }
  adw_navigation_split_view_set_show_content (split_view, FALSE);
  take_form (driver, look);
  ui_close (driver);
}

static void
test_light (void)
{
  take_all ("light", 960, 680);
}

static void
test_dark (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  take_all ("dark", 960, 680);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_narrow (void)
{
  take_all ("narrow", 360, 680);
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  take_all ("rtl", 960, 680);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
take_large (const char *look, int width)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  take_all (look, width, 680);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_large_text (void)
{
  take_large ("large", 960);
}

static void
test_large_text_narrow (void)
{
  take_large ("large-narrow", 360);
}

static void
test_other_states (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--handshake", "silent"));
  UiDriver *driver = ui_open ();
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Contoso IT", tenant->host, tenant->port, "own-server+k1234567");
  PsaProfile *contoso = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  g_autoptr(PsaResult) result = ui_sample_result (contoso, PSA_CAUSE_OK, 20);
  g_autoptr(PsaProfile) edit = NULL;

  resize (driver, 960, 680);
  ui_select (driver, contoso);
  take (driver, "never-checked", "light");
  g_assert_true (ui_press_key (driver, "<Control>r"));
  take (driver, "first-check", "light");
  g_assert_true (ui_press_key (driver, "Escape"));
  ui_record (driver, contoso, result);
  g_assert_true (ui_press_key (driver, "<Control>r"));
  take (driver, "checking", "light");
  g_assert_true (ui_press_key (driver, "Escape"));
  edit = psa_profile_copy (contoso);
  psa_profile_set_username (edit, "own-server+another");
  ui_keep (driver, edit, UI_CLIENT_ID, UI_PASSWORD);
  take (driver, "changed", "light");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_find_row (driver->window, "Details")), TRUE);
  resize (driver, 960, 1900);
  take (driver, "details", "light");
  resize (driver, 960, 680);
  g_action_group_activate_action (G_ACTION_GROUP (driver->application), "shortcuts", NULL);
  ui_settle ();
  take (driver, "shortcuts", "light");
  adw_dialog_force_close (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (driver->window)));
  ui_settle ();
  g_assert_true (ui_press_key (driver, "<Control>f"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find_type (driver->window, GTK_TYPE_SEARCH_ENTRY)),
                         "nobody");
  take (driver, "none-found", "light");
  ui_close (driver);
}

static void
add_tests (void)
{
  g_test_add_func ("/pictures/light", test_light);
  g_test_add_func ("/pictures/dark", test_dark);
  g_test_add_func ("/pictures/narrow", test_narrow);
  g_test_add_func ("/pictures/right-to-left", test_right_to_left);
  g_test_add_func ("/pictures/large-text", test_large_text);
  g_test_add_func ("/pictures/large-text-narrow", test_large_text_narrow);
  g_test_add_func ("/pictures/other-states", test_other_states);
}

int
main (int argc, char *argv[])
{
  return ui_run (argc, argv, add_tests);
}
