/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-about-dialog.h"
#include "psa-backups-dialog.h"
#include "psa-change-dialog.h"
#include "psa-connection-form.h"
#include "psa-help-dialog.h"
#include "psa-integrations-dialog.h"
#include "psa-notices.h"
#include "psa-paste-dialog.h"
#include "psa-permissions-dialog.h"
#include "psa-preferences-dialog.h"
#include "psa-profile-list.h"
#include "psa-region-dialog.h"
#include "psa-secrets-dialog.h"
#include "psa-shortcuts-dialog.h"
#include "psa-status-page.h"
#include "psa-trust-dialog.h"
#include "ui-form.h"

#include <glib/gi18n.h>

/* Pictures of every screen in one look, for eyes: tests/run --pictures. That they can be drawn without a warning is all
 * that is asserted. Rows are named by what the source calls them, in whatever language. */

typedef struct
{
  const char *name; /* %NULL: the language */
  int width;
  int height;
  AdwColorScheme scheme;
  gboolean high_contrast;
  double text; /* 1 is the size of most desktops */
  gboolean main_only;
} Look;

static const Look looks[] = {
  { "light", 960, 700, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1, FALSE },
  { "dark", 960, 700, ADW_COLOR_SCHEME_FORCE_DARK, FALSE, 1, FALSE },
  { "narrow", 360, 640, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1, FALSE },
  { "large", 960, 700, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 2, FALSE },
  { "large-narrow", 360, 640, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 2, FALSE },
  { "text-125-orange", 960, 700, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1.25, FALSE },
  { "600", 600, 700, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1, TRUE },
  { "1600", 1600, 900, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1, FALSE },
  { "high-contrast", 960, 700, ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE, 1, TRUE },
  { "high-contrast-dark", 960, 700, ADW_COLOR_SCHEME_FORCE_DARK, TRUE, 1, TRUE },
  { "language", 960, 700, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1, FALSE },
  { "language-narrow", 360, 640, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1, FALSE },
  { "language-large-narrow", 360, 640, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 2, FALSE },
};

static void
take (UiDriver *driver, const Look *look, const char *screen)
{
  const char *language = g_getenv ("LANGUAGE");
  g_autofree char *name = NULL;

  if (g_str_has_prefix (look->name, "language"))
    name = g_strdup_printf ("%s%s-%s", language, look->name + strlen ("language"), screen);
  else
    name = g_strdup_printf ("%s-%s", look->name, screen);
  ui_picture (driver, name);
}

static gboolean
scroll (gpointer below, double position)
{
  GtkWidget *scroller = ui_find_type (below, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;

  if (scroller == NULL)
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, position * gtk_adjustment_get_upper (adjustment));
  ui_settle ();
  return gtk_adjustment_get_upper (adjustment) > 1.1 * gtk_adjustment_get_page_size (adjustment);
}

static void
show_page (UiDriver *driver, gboolean is_page)
{
  adw_navigation_split_view_set_show_content (
      ADW_NAVIGATION_SPLIT_VIEW (ui_find_type (driver->window, ADW_TYPE_NAVIGATION_SPLIT_VIEW)),
      is_page);
  ui_settle ();
}

static void
take_page (UiDriver *driver, const Look *look, PsaProfile *profile, const char *screen)
{
  g_autofree char *end = g_strconcat (screen, "-end", NULL);

  ui_select (driver, profile);
  show_page (driver, TRUE);
  take (driver, look, screen);
  if (scroll (ui_find_type (driver->window, PSA_TYPE_STATUS_PAGE), 1))
    take (driver, look, end);
  scroll (ui_find_type (driver->window, PSA_TYPE_STATUS_PAGE), 0);
  show_page (driver, FALSE);
}

static void
close_dialog (UiDriver *driver)
{
  while (ui_get_dialog (driver) != NULL)
    {
      AdwDialog *dialog = ui_get_dialog (driver);

      adw_dialog_force_close (dialog);
      ui_wait (ui_get_dialog (driver) != dialog);
    }
  ui_settle ();
}

static void
take_dialog (UiDriver *driver, const Look *look, AdwDialog *dialog, const char *screen)
{
  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_wait (ui_get_dialog (driver) == dialog);
  ui_settle ();
  take (driver, look, screen);
  if (scroll (dialog, 1))
    {
      g_autofree char *end = g_strconcat (screen, "-end", NULL);

      take (driver, look, end);
    }
  close_dialog (driver);
}

static void
type (AdwDialog *form, const char *title, const char *text)
{
  GtkWidget *row = ui_find_row (form, gettext (title));

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static AdwDialog *
open_form (UiDriver *driver)
{
  g_assert_true (ui_press_key (driver, "<Control>n"));
  ui_wait (PSA_IS_CONNECTION_FORM (ui_get_dialog (driver)));
  ui_settle ();
  return ui_get_dialog (driver);
}

static void
press (AdwDialog *dialog, const char *action)
{
  GtkWidget *button = NULL;

  ui_wait ((button = ui_find_action (dialog, action)) != NULL);
  ui_wait (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
fill_form (AdwDialog *form, PracticeFixture *tenant, const char *company)
{
  g_autofree char *hostname = g_strdup_printf ("%s:%u", tenant->host, tenant->port);
  g_autofree char *username = g_strdup_printf ("%s+%s", company, tenant->public_key);

  type (form, "Hostname", hostname);
  type (form, "API Version", "2025.1");
  type (form, "Client ID", tenant->client_id);
  type (form, "Username", username);
  type (form, "Password", tenant->private_key);
}

static void
take_form (UiDriver *driver, const Look *look)
{
  AdwDialog *form = open_form (driver);

  take (driver, look, "form-empty");
  type (form, "Hostname", "api-na.myconnectwise.net");
  type (form, "API Version", "2025.1");
  type (form, "Client ID", UI_CLIENT_ID);
  type (form, "Username", "contoso+publickey1234");
  type (form, "Password", "made-up-for-a-picture");
  take (driver, look, "form-filled");
  type (form, "Hostname", "na.myconnectwise.net");
  type (form, "API Version", "version 2025");
  type (form, "Client ID", "1234");
  type (form, "Username", "contoso");
  type (form, "Password", "made-up-for-a-picture\n");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.connect", NULL);
  take (driver, look, "form-wrong");
  scroll (form, 1);
  take (driver, look, "form-wrong-end");
  adw_dialog_close (form);
  ui_wait (ui_get_dialog (driver) != form);
  take (driver, look, "form-save-or-discard");
  close_dialog (driver);
}

static void
take_form_tried (UiDriver *driver, const Look *look)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeFixture) silent = practice_fixture_new (WORDS ("--handshake", "silent"));
  AdwDialog *form = open_form (driver);

  fill_form (form, tenant, "own-server");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.connect", NULL);
  ui_wait (ui_find_label (form, _("Needs correction")) != NULL);
  take (driver, look, "form-untrusted");
  fill_form (form, silent, "own-server");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.connect", NULL);
  ui_settle ();
  take (driver, look, "form-checking");
  close_dialog (driver);
}

static void
take_permissions (UiDriver *driver, const Look *look)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  PsaProfile *profile = ui_keep_tenant (driver, tenant, "rights-matrix");
  g_autoptr(PsaProfile) name = psa_profile_copy (profile);
  PsaMonitor *monitor = ui_get_monitor (driver);
  AdwDialog *dialog;

  psa_profile_set_name (name, "Woodgrove Bank");
  ui_keep (driver, name, tenant->client_id, tenant->private_key);
  dialog = psa_permissions_dialog_new (monitor, psa_monitor_get_status (monitor, profile));
  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_settle ();
  take (driver, look, "permissions-not-asked");
  press (dialog, "permissions.check");
  ui_wait (ui_find_row (dialog, _("Finance")) != NULL);
  take (driver, look, "permissions");
  scroll (dialog, 1);
  take (driver, look, "permissions-end");
  close_dialog (driver);
}

static void
take_help (UiDriver *driver, const Look *look)
{
  const char *const tags[] = { "start", "form", "causes", "stored", "terminal" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      AdwDialog *dialog = psa_help_dialog_new ();
      g_autofree char *name = g_strconcat ("help-", tags[i], NULL);

      psa_help_dialog_open (PSA_HELP_DIALOG (dialog), tags[i]);
      take_dialog (driver, look, dialog, name);
    }
}

static void
take_import (UiDriver *driver, const Look *look)
{
  static const char rows[] = "name,hostname,username,password\n"
                             "Humongous Insurance,api-na.myconnectwise.net,humongous+k1234567,x\n"
                             "Contoso IT,api-na.myconnectwise.net,contoso+publickey1234,\n"
                             "Broken,https://,\n";
  g_autoptr(GBytes) table = g_bytes_new_static (rows, strlen (rows));

  take_dialog (driver, look, ui_sample_import_dialog (driver, table), "import");
}

static void
take_secret (UiDriver *driver, const Look *look, const char *screen)
{
  AdwDialog *dialog = psa_secrets_dialog_new (psa_monitor_get_keeper (ui_get_monitor (driver)));
  GtkWidget *row = NULL;

  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_wait ((row = ui_find_row (dialog, "PSA Connections: Proseware")) != NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_settle ();
  scroll (dialog, 1);
  take (driver, look, screen);
  close_dialog (driver);
}

/* One that no profile lacks, and one that can be joined to a profile whose password went. */
static void
take_secrets (UiDriver *driver, const Look *look, PsaProfile *profile)
{
  PsaKeeper *keeper = psa_monitor_get_keeper (ui_get_monitor (driver));

  take_dialog (driver, look, psa_secrets_dialog_new (keeper), "secrets-none");
  ui_sample_store (driver, "7d1f6a52-0c3b-4e58-9a41-2b6c8d9e0f13", "PSA Connections: Proseware");
  take_secret (driver, look, "secrets");
  ui_sample_clear (driver, psa_profile_get_id (profile));
  take_secret (driver, look, "secrets-join");
}

static void
take_paste (UiDriver *driver, const Look *look)
{
  g_autoptr(PsaConnectionFields) fields =
      g_object_ref_sink (g_object_new (PSA_TYPE_CONNECTION_FIELDS, NULL));

  take_dialog (driver, look,
               psa_paste_dialog_new (
                   psa_paste_new ("CW_SITE=https://na.myconnectwise.net/v4_6_release\n"
                                  "CW_COMPANY=contoso\nCW_PUBLIC_KEY=publickey1234\n"
                                  "CW_PRIVATE_KEY=" UI_PASSWORD "\nCW_CLIENT_ID=1234\n"),
                   fields),
               "paste");
  take_dialog (driver, look, psa_paste_dialog_new (psa_paste_new ("Hello"), fields), "paste-none");
}

static void
take_dialogs (UiDriver *driver, const Look *look, PsaProfile *contoso, PsaProfile *adatum)
{
  PsaMonitor *monitor = ui_get_monitor (driver);
  PsaKeeper *keeper = psa_monitor_get_keeper (monitor);
  g_autoptr(GPtrArray) two = g_ptr_array_new ();

  g_ptr_array_add (two, contoso);
  g_ptr_array_add (two, adatum);
  take_dialog (driver, look, psa_region_dialog_new ("contoso"), "region");
  take_dialog (
      driver, look,
      psa_trust_dialog_new (psa_status_get_result (psa_monitor_get_status (monitor, adatum)),
                            adatum),
      "trust");
  take_dialog (driver, look, psa_preferences_dialog_new (), "preferences");
  take_dialog (driver, look, psa_shortcuts_dialog_new (), "shortcuts");
  take_dialog (driver, look, psa_about_dialog_new (monitor), "about");
  take_secrets (driver, look, adatum);
  take_dialog (driver, look, psa_integrations_dialog_new (keeper), "integrations");
  take_dialog (driver, look, psa_change_dialog_new_name (contoso), "rename");
  take_dialog (driver, look, psa_change_dialog_new_tags (two), "change-tags");
  take_dialog (driver, look, psa_connection_form_new_key (monitor, contoso), "replace-key");
  take_dialog (driver, look, psa_backups_dialog_new (psa_keeper_get_store (keeper)), "backups");
  take_paste (driver, look);
  take_import (driver, look);
  take_help (driver, look);
}

/* As they are shown when it is so. */
static void
take_banners (UiDriver *driver, const Look *look)
{
  const char *const titles[] = {
    N_("The keyring is locked, so no profile can be checked or saved."),
    N_("This computer is offline. A check tries all the same.")
  };
  GtkWidget *notices = ui_find_type (driver->window, PSA_TYPE_NOTICES);
  guint n_shown = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (notices); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *title = adw_banner_get_title (ADW_BANNER (child));
      gboolean is_offline = g_strcmp0 (title, gettext (titles[1])) == 0;

      if (!is_offline &&
          child != gtk_widget_get_next_sibling (gtk_widget_get_first_child (notices)))
        continue;
      if (!is_offline)
        adw_banner_set_button_label (ADW_BANNER (child), _("_Unlock"));
      adw_banner_set_title (ADW_BANNER (child), gettext (titles[is_offline]));
      adw_banner_set_revealed (ADW_BANNER (child), TRUE);
      n_shown++;
    }
  g_assert_cmpuint (n_shown, ==, 2);
  take (driver, look, "banners");
}

static void
take_search (UiDriver *driver, const Look *look)
{
  GtkWidget *entry;

  g_assert_true (ui_press_key (driver, "<Control>f"));
  entry = ui_find_type (driver->window, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "na.my");
  take (driver, look, "searched");
  gtk_editable_set_text (GTK_EDITABLE (entry), "is:rejected");
  take (driver, look, "filtered");
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody");
  take (driver, look, "none-found");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_assert_true (ui_press_key (driver, "Escape"));
}

static void
take_selected (UiDriver *driver, const Look *look)
{
  GtkWidget *list = ui_find_type (driver->window, GTK_TYPE_LIST_VIEW);

  gtk_widget_activate_action (list, "profiles.start-selecting", NULL);
  gtk_selection_model_select_range (gtk_list_view_get_model (GTK_LIST_VIEW (list)), 0, 3, TRUE);
  take (driver, look, "selected");
  gtk_widget_activate_action (list, "profiles.stop-selecting", NULL);
  ui_settle ();
}

static void
take_checks (UiDriver *driver, const Look *look)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--handshake", "silent"));
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Trey Research", tenant->host, tenant->port, "own-server+k1234567");
  PsaProfile *trey = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  g_autoptr(PsaResult) result = ui_sample_result (trey, PSA_CAUSE_OK, 20);
  g_autoptr(PsaProfile) edit = NULL;

  take_page (driver, look, trey, "never-checked");
  show_page (driver, TRUE);
  g_assert_true (ui_press_key (driver, "<Control>r"));
  take (driver, look, "first-check");
  g_assert_true (ui_press_key (driver, "Escape"));
  ui_record (driver, trey, result);
  g_assert_true (ui_press_key (driver, "<Control>r"));
  take (driver, look, "checking");
  g_assert_true (ui_press_key (driver, "Escape"));
  edit = psa_profile_copy (trey);
  psa_profile_set_username (edit, "own-server+another");
  ui_keep (driver, edit, UI_CLIENT_ID, UI_PASSWORD);
  take (driver, look, "changed");
  show_page (driver, FALSE);
}

static void
on_sorted_cb (gboolean *sorted)
{
  *sorted = TRUE;
}

static void
take_many (UiDriver *driver, const Look *look)
{
  const PsaCause causes[] = { PSA_CAUSE_OK,   PSA_CAUSE_OK,        PSA_CAUSE_KEYS_REJECTED,
                              PSA_CAUSE_SLOW, PSA_CAUSE_TIMED_OUT, PSA_CAUSE_NEVER_CHECKED };

  for (guint i = 0; i < 190; i++)
    {
      g_autofree char *name = g_strdup_printf ("Customer %03u", i + 1);
      g_autofree char *user = g_strdup_printf ("customer%u+k1234567", i + 1);

      ui_sample_keep (driver, name, "api-na.myconnectwise.net", user,
                      causes[i % G_N_ELEMENTS (causes)], i * 7 + 1);
    }
  ui_settle ();
  take (driver, look, "list-200");
}

/* The list gathers changes for a moment before it sorts anew. */
static void
await_sorted (UiDriver *driver)
{
  gboolean sorted = FALSE;
  GtkWidget *list = ui_find_type (driver->window, PSA_TYPE_PROFILE_LIST);
  gulong id = g_signal_connect_swapped (list, "sorted", G_CALLBACK (on_sorted_cb), &sorted);

  ui_wait (sorted);
  g_signal_handler_disconnect (list, id);
}

static void
take_all (const Look *look)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *contoso, *adatum, *tailspin, *fabrikam;
  GtkWidget *details;

  gtk_window_set_default_size (GTK_WINDOW (driver->window), look->width, look->height);
  ui_settle ();
  take (driver, look, "first-run");
  contoso = ui_sample_keep (driver, "Contoso IT", "api-na.myconnectwise.net",
                            "contoso+publickey1234", PSA_CAUSE_OK, 2);
  fabrikam = ui_sample_keep (driver, "Fabrikam", "api-na.myconnectwise.net", "fab+k1234567",
                             PSA_CAUSE_KEYS_REJECTED, 3);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  adatum = ui_sample_keep (driver, "Adatum Corporation", "cw.adatum.com", "adt+k1234567",
                           PSA_CAUSE_CERTIFICATE_UNTRUSTED, 64);
  await_sorted (driver);
  take (driver, look, "list-3");
  tailspin = ui_sample_keep (driver, "Tailspin Toys", "api-eu.myconnectwise.net", "tsp+k1234567",
                             PSA_CAUSE_OK, 5 * 24 * 60);
  ui_sample_keep (driver, "Northwind Traders and Sons International", "psa.northwind.example",
                  "nw+k1234567", PSA_CAUSE_SLOW, 9);
  ui_sample_keep (driver, "Litware", "api-na.myconnectwise.net", "lit+k1234567",
                  PSA_CAUSE_KEYRING_LOCKED, 30);
  take_page (driver, look, contoso, "connected");
  take_page (driver, look, fabrikam, "rejected");
  take_page (driver, look, adatum, "untrusted");
  take_page (driver, look, tailspin, "old");
  take_form (driver, look);
  if (look->main_only)
    return;
  take_form_tried (driver, look);
  take_checks (driver, look);
  take_permissions (driver, look);
  take_dialogs (driver, look, contoso, adatum);
  take_search (driver, look);
  take_selected (driver, look);
  ui_select (driver, contoso);
  show_page (driver, TRUE);
  details = ui_find_row (driver->window, _("Details"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (details), TRUE);
  ui_settle ();
  scroll (ui_find_type (driver->window, PSA_TYPE_STATUS_PAGE), 1);
  take (driver, look, "where");
  show_page (driver, FALSE);
  take_banners (driver, look);
  take_many (driver, look);
}

static void
test_look (gconstpointer data)
{
  const Look *look = data;
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr(GSettings) desktop = g_settings_new ("org.gnome.desktop.interface");
  g_autoptr(GSettings) contrast = g_settings_new ("org.gnome.desktop.a11y.interface");
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", (int) (look->text * dpi), NULL);
  g_settings_set_boolean (contrast, "high-contrast", look->high_contrast);
  g_settings_set_string (desktop, "accent-color",
                         g_str_has_suffix (look->name, "orange") ? "orange" : "blue");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), look->scheme);
  /* An AdwAlertDialog measures its heading unwrapped, though it shows it wrapped, and GTK warns of it. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  take_all (look);
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *path = g_strconcat ("/pictures/", looks[i].name, NULL);

      g_test_add_data_func (path, &looks[i], test_look);
    }
}

int
main (int argc, char *argv[])
{
  return ui_run (argc, argv, add_tests);
}
