/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-form.h"
#include "ui-tests.h"

/* The connection form by keyboard alone. */

static GtkWidget *
get_focus (UiDriver *driver)
{
  return gtk_window_get_focus (GTK_WINDOW (driver->window));
}

static void
press_tab (UiDriver *driver)
{
  gtk_widget_child_focus (GTK_WIDGET (driver->window), GTK_DIR_TAB_FORWARD);
}

/* Enter in the text of the row that has the focus. */
static void
press_enter (UiDriver *driver)
{
  g_assert_true (GTK_IS_TEXT (get_focus (driver)));
  g_signal_emit_by_name (get_focus (driver), "activate");
}

/* Types into the text that has the focus. */
static void
type_here (UiDriver *driver, const char *text)
{
  g_assert_true (GTK_IS_TEXT (get_focus (driver)));
  gtk_editable_set_text (GTK_EDITABLE (get_focus (driver)), text);
}

/* Tab, until the focus is in the row. */
static void
tab_to (UiDriver *driver, const char *title)
{
  for (guint i = 0; i < 40 && !ui_form_has_focus (driver, title); i++)
    press_tab (driver);
  g_assert_true (ui_form_has_focus (driver, title));
}

/* What has the focus, by the name that a user knows it by. */
static const char *
name_focus (UiDriver *driver)
{
  static const char *const rows[] = {
    "Hostname",    "API Version", "Client ID", "Username", "Password",         "Name",
    "Environment", "Favourite",   "Tags",      "Notes",    "Find My _Region…",
  };
  GtkWidget *focus = get_focus (driver);

  if (GTK_IS_LINK_BUTTON (focus) ||
      (GTK_IS_BUTTON (focus) && gtk_button_get_label (GTK_BUTTON (focus)) != NULL))
    return gtk_button_get_label (GTK_BUTTON (focus));
  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_MENU_BUTTON) != NULL)
    return "Cloud Hosts";
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = ui_find_row (ui_get_dialog (driver), rows[i]);

      if (row != NULL && (focus == row || gtk_widget_is_ancestor (focus, row)))
        return rows[i];
    }
  return G_OBJECT_TYPE_NAME (focus);
}

/* From the first row on, in the order in which it is read, and round to it again. */
static void
test_tab_order (void)
{
  static const char *const order[] = {
    "Hostname",
    "Cloud Hosts",
    "Find My _Region…",
    "API Version",
    "About API versions",
    "Client ID",
    "Get a Client ID",
    "Username",
    "Password",
    "How to obtain your keys",
    "Name",
    "Environment",
    "Favourite",
    "Tags",
    "Notes",
    "_Save Without Checking",
    "_Connect",
  };
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  const char *last = "";
  gsize n_seen = 0;

  g_assert_true (ui_form_has_focus (driver, "Hostname")); /* where typing begins */
  for (guint i = 0; i < 40 && n_seen < G_N_ELEMENTS (order); i++)
    {
      const char *name = name_focus (driver);

      /* A row may have buttons of its own, as the one that shows a password. */
      if (!g_str_equal (name, last))
        {
          g_assert_cmpstr (name, ==, order[n_seen]);
          n_seen++;
        }
      last = name;
      press_tab (driver);
    }
  g_assert_cmpuint (n_seen, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < 5 && !ui_form_has_focus (driver, "Hostname"); i++)
    press_tab (driver);
  g_assert_true (ui_form_has_focus (driver, "Hostname"));
  adw_dialog_force_close (form);
}

/* Every offer and the outcome can be reached as well. */
static void
test_tab_reaches (void)
{
  static const char *const labels[] = { "Correct Password", "Use api-na.myconnectwise.net",
                                        "Remove Line Ends" };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "keys-own-server");
  AdwDialog *form = ui_form_edit (driver, kept);
  guint n_seen = 0;

  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Keys rejected");
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < 60; i++)
        {
          press_tab (driver);
          if (n_seen < G_N_ELEMENTS (labels) && g_str_equal (name_focus (driver), labels[n_seen]))
            n_seen++;
        }
      ui_form_type (form, "Hostname", "na.myconnectwise.net");
      ui_form_type (form, "Password", "canary\n");
    }
  g_assert_cmpuint (n_seen, ==, G_N_ELEMENTS (labels));
  adw_dialog_force_close (form);
}

static guint
get_mnemonic (AdwDialog *form, const char *label)
{
  GtkWidget *button = ui_find_button (form, label);

  g_assert_nonnull (button);
  return gdk_keyval_to_lower (
      gtk_label_get_mnemonic_keyval (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)))));
}

static void
test_mnemonics (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  g_assert_cmpuint (get_mnemonic (form, "Connect"), ==, GDK_KEY_c);
  g_assert_cmpuint (get_mnemonic (form, "Save Without Checking"), ==, GDK_KEY_s);
  adw_dialog_force_close (form);
}

/* Added, corrected, connected, edited; the focus is back each time. No pointer, and no widget
 * reached past the focus. */
static void
test_by_keyboard_alone (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  g_autofree char *hostname = g_strdup_printf ("%s:%u", tenant->host, tenant->port);
  g_autofree char *username = g_strdup_printf ("own-server+%s", tenant->public_key);
  g_autoptr(PsaProfile) profile = NULL;
  GtkWidget *edit = NULL;

  ui_form_add (driver);
  type_here (driver, hostname);
  tab_to (driver, "Client ID");
  type_here (driver, tenant->client_id);
  tab_to (driver, "Username");
  type_here (driver, "own-server");
  press_enter (driver); /* too early: no password yet, and no key in the user name */
  g_assert_nonnull (ui_find_button (ui_get_dialog (driver), "Connect"));
  g_assert_true (ui_form_has_focus (driver, "Username"));
  type_here (driver, username);
  tab_to (driver, "Password");
  type_here (driver, tenant->private_key);
  press_enter (driver);

  /* The next step has the focus: trust the certificate. The answer that has it is the safe one. */
  ui_form_await_failed (ui_get_dialog (driver), "Needs correction");
  g_assert_cmpstr (name_focus (driver), ==, "Trust This Certificate…");
  g_signal_emit_by_name (get_focus (driver), "clicked");
  ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)) &&
           ui_find_button (ui_get_dialog (driver), "Cancel") != NULL);
  g_assert_true (adw_dialog_get_default_widget (ui_get_dialog (driver)) ==
                 ui_find_button (ui_get_dialog (driver), "Cancel"));
  for (guint i = 0; i < 20 && !g_str_equal (name_focus (driver), "_Trust"); i++)
    press_tab (driver);
  g_assert_cmpstr (name_focus (driver), ==, "_Trust");
  g_signal_emit_by_name (get_focus (driver), "clicked");
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
  profile = g_list_model_get_item (G_LIST_MODEL (ui_get_store (driver)), 0);
  g_assert_nonnull (profile);

  /* Opened from its button and closed again: the focus is back on the button. */
  edit = ui_find_action (driver->window, "profile.edit");
  gtk_widget_grab_focus (edit);
  g_assert_true (ui_press_key (driver, "<Control>e"));
  ui_form_await (driver);
  g_assert_true (ui_form_has_focus (driver, "Hostname"));
  g_assert_true (ui_press_key (driver, "Escape"));
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
  g_assert_true (get_focus (driver) == edit);

  /* The same when what was typed is given up, and when it is saved. */
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (ui_press_key (driver, "<Control>e"));
      ui_form_await (driver);
      tab_to (driver, "Name");
      type_here (driver, "Contoso");
      if (i == 0)
        {
          g_assert_true (ui_press_key (driver, "Escape"));
          ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)));
          ui_answer (driver, "Discard");
        }
      else
        press_enter (driver);
      ui_wait (ui_get_dialog (driver) == NULL);
      ui_settle ();
      g_assert_true (get_focus (driver) == edit);
    }
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "Contoso");
}

/* The page's next step opens the form at the row that is wrong. */
static void
test_opened_at_row (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *fabrikam = ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567",
                                         PSA_CAUSE_KEYS_REJECTED, 2);
  AdwDialog *form;

  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, fabrikam);
  ui_wait (ui_find_button (driver->window, "Edit Connection") != NULL);
  ui_form_press (driver->window, "Edit Connection");
  form = ui_form_await (driver);
  g_assert_true (ui_form_has_focus (driver, "Password"));
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* Typing begins in the first row in each direction of writing. */
static void
test_right_to_left (void)
{
  UiDriver *driver;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  driver = ui_open ();
  ui_form_add (driver);
  g_assert_true (ui_form_has_focus (driver, "Hostname"));
  g_assert_true (GTK_IS_TEXT (get_focus (driver)));
  adw_dialog_force_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_close (driver);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Half of a phone's screen is left beside a keyboard on it: the row that has the focus is in sight all the same, as
 * Tab and Shift+Tab come to it. */
static void
test_half_a_screen (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkDirectionType directions[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };
  guint n_rows = 0;
  AdwDialog *form;
  GtkWidget *scroller;

  gtk_window_set_default_size (GTK_WINDOW (driver->window), 360, 400);
  ui_settle ();
  form = ui_form_add (driver);
  scroller = ui_find_type (form, GTK_TYPE_SCROLLED_WINDOW);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (driver->window)), <=, 400);
  for (guint i = 0; i < 2 * 25; i++)
    {
      GtkWidget *row;
      graphene_rect_t bounds;

      gtk_widget_child_focus (GTK_WIDGET (driver->window), directions[i / 25]);
      ui_settle ();
      row = gtk_widget_get_ancestor (get_focus (driver), ADW_TYPE_PREFERENCES_ROW);
      if (row == NULL || !gtk_widget_is_ancestor (row, scroller))
        continue;
      n_rows++;
      g_assert_true (gtk_widget_compute_bounds (get_focus (driver), scroller, &bounds));
      g_test_message ("%s: %f to %f", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                      bounds.origin.y, bounds.origin.y + bounds.size.height);
      g_assert_cmpfloat (bounds.origin.y, >=, 0);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                         gtk_widget_get_height (scroller));
    }
  g_assert_cmpuint (n_rows, >, 20);
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

void
add_form_keyboard_tests (void)
{
  g_test_add_func ("/form-keyboard/tab-order", test_tab_order);
  g_test_add_func ("/form-keyboard/tab-reaches", test_tab_reaches);
  g_test_add_func ("/form-keyboard/right-to-left", test_right_to_left);
  g_test_add_func ("/form-keyboard/mnemonics", test_mnemonics);
  g_test_add_func ("/form-keyboard/by-keyboard-alone", test_by_keyboard_alone);
  g_test_add_func ("/form-keyboard/opened-at-row", test_opened_at_row);
  g_test_add_func ("/form-keyboard/half-a-screen", test_half_a_screen);
}
