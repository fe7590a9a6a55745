/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "ui-tests.h"

#include "psa-preferences-dialog.h"
#include "psa-profile-list.h"
#include "psa-shortcut-row.h"
#include "psa-shortcuts-dialog.h"
#include "ui-form.h"
#include "ui-samples.h"

/* What the main menu and the keys of the window lead to. */

static gboolean
names_shortcut (UiDriver *driver, const char *accelerator, const char *action)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (driver->window));
  const char *const *keys;
  g_auto(GStrv) application_keys = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        j < g_list_model_get_n_items (G_LIST_MODEL (controller));
           j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutAction *does = gtk_shortcut_get_action (shortcut);
          g_autofree char *trigger =
              gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, accelerator) && GTK_IS_NAMED_ACTION (does) &&
              g_str_equal (gtk_named_action_get_action_name (GTK_NAMED_ACTION (does)), action))
            return TRUE;
        }
    }

  application_keys =
      gtk_application_get_accels_for_action (GTK_APPLICATION (driver->application), action);
  keys = (const char *const *) application_keys;
  return g_strv_contains (keys, accelerator);
}

static guint
assert_shortcut_rows (UiDriver *driver, GtkWidget *widget)
{
  guint n_rows = 0;

  if (PSA_IS_SHORTCUT_ROW (widget))
    {
      g_autofree char *accelerator = NULL;
      g_autofree char *target = NULL;

      g_object_get (widget, "accelerator", &accelerator, "target", &target, NULL);
      g_test_message ("%s: %s", accelerator, target);
      /* F10 is the toolkit's own, for the button that is marked as primary. */
      if (!g_str_equal (target, "menu.popup"))
        g_assert_true (names_shortcut (driver, accelerator, target));
      return 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_rows += assert_shortcut_rows (driver, child);
  return n_rows;
}

static void
test_shortcuts (void)
{
  g_autoptr(UiDriver) driver = ui_open ();

  g_action_group_activate_action (G_ACTION_GROUP (driver->application), "shortcuts", NULL);
  ui_wait (PSA_IS_SHORTCUTS_DIALOG (ui_get_dialog (driver)));
  g_assert_cmpuint (assert_shortcut_rows (driver, GTK_WIDGET (ui_get_dialog (driver))), ==, 18);
  adw_dialog_force_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == NULL);
}

static gboolean
has_shortcut_row (GtkWidget *widget, const char *action)
{
  g_autofree char *target = NULL;

  if (PSA_IS_SHORTCUT_ROW (widget))
    {
      g_object_get (widget, "target", &target, NULL);
      return g_str_equal (target, action);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_shortcut_row (child, action))
      return TRUE;
  return FALSE;
}

static gboolean
has_key_row (GtkWidget *widget, const char *accelerator)
{
  g_autofree char *key = NULL;

  if (PSA_IS_SHORTCUT_ROW (widget))
    {
      g_object_get (widget, "accelerator", &key, NULL);
      return g_str_equal (key, accelerator);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_key_row (child, accelerator))
      return TRUE;
  return FALSE;
}

/* What users of other programs press without looking. */
static void
test_shortcuts_as_elsewhere (void)
{
  const char *const keys[] = { "<Control>n", "<Control>f",     "<Control>r", "<Shift><Control>r",
                               "F2",         "<Control>e",     "<Control>d", "Delete",
                               "<Control>z", "<Control>comma", "F1",         "<Control>question",
                               "F10",        "Escape" };
  g_autoptr(UiDriver) driver = ui_open ();

  g_action_group_activate_action (G_ACTION_GROUP (driver->application), "shortcuts", NULL);
  ui_wait (PSA_IS_SHORTCUTS_DIALOG (ui_get_dialog (driver)));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!has_key_row (GTK_WIDGET (ui_get_dialog (driver)), keys[i]))
      g_error ("%s is not told of", keys[i]);
  adw_dialog_force_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* No key of the window is kept from the user. */
static void
test_shortcuts_complete (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (driver->window));
  guint n_seen = 0;

  g_action_group_activate_action (G_ACTION_GROUP (driver->application), "shortcuts", NULL);
  ui_wait (PSA_IS_SHORTCUTS_DIALOG (ui_get_dialog (driver)));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GListModel) keys = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (keys) && j < g_list_model_get_n_items (keys);
           j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (keys, j);
          GtkShortcutAction *does = gtk_shortcut_get_action (shortcut);
          const char *action = GTK_IS_NAMED_ACTION (does)
                                   ? gtk_named_action_get_action_name (GTK_NAMED_ACTION (does))
                                   : "";

          if (!g_str_has_prefix (action, "win.") && !g_str_has_prefix (action, "profile.") &&
              !g_str_has_prefix (action, "app."))
            continue; /* the toolkit's own */
          n_seen++;
          if (!has_shortcut_row (GTK_WIDGET (ui_get_dialog (driver)), action))
            g_error ("The key of %s is not told of", action);
        }
    }
  g_assert_cmpuint (n_seen, >=, 10);
  adw_dialog_force_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* A key pressed again does not open the same dialog above itself. */
static void
test_opened_once (void)
{
  const char *const names[] = { "preferences", "shortcuts" };
  g_autoptr(UiDriver) driver = ui_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      AdwDialog *dialog;

      g_action_group_activate_action (G_ACTION_GROUP (driver->application), names[i], NULL);
      dialog = ui_get_dialog (driver);
      g_assert_nonnull (dialog);
      g_action_group_activate_action (G_ACTION_GROUP (driver->application), names[i], NULL);
      g_assert_true (ui_get_dialog (driver) == dialog);
      adw_dialog_force_close (dialog);
      ui_wait (ui_get_dialog (driver) == NULL);
    }
}

static void
collect_actions (GMenuModel *menu, GHashTable *actions)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr(GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      char *action = NULL;

      if (section != NULL)
        collect_actions (section, actions);
      if (submenu != NULL)
        collect_actions (submenu, actions);
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_hash_table_add (actions, action);
    }
}

static void
collect_main_menus (GtkWidget *widget, GPtrArray *menus)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget)))
    {
      GHashTable *actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      gtk_menu_button_popup (GTK_MENU_BUTTON (widget)); /* it is built when it is opened */
      collect_actions (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)), actions);
      gtk_menu_button_popdown (GTK_MENU_BUTTON (widget));
      g_ptr_array_add (menus, actions);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_main_menus (child, menus);
}

/* What can be done without a profile can be done with some as well, and the last entries are those of every program. */
static void
test_main_menu (void)
{
  const char *const always[] = { "app.preferences", "app.shortcuts", "app.help", "app.about" };
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(GPtrArray) menus =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr(GPtrArray) of_list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  collect_main_menus (GTK_WIDGET (driver->window), menus);
  collect_main_menus (ui_find_type (driver->window, PSA_TYPE_PROFILE_LIST), of_list);
  g_assert_cmpuint (menus->len, ==, 3); /* nothing could be read, nothing is there yet, the list */
  g_assert_cmpuint (of_list->len, ==, 1);
  for (guint i = 0; i < menus->len; i++)
    {
      GHashTableIter iter;
      gpointer action;

      for (gsize j = 0; j < G_N_ELEMENTS (always); j++)
        g_assert_true (g_hash_table_contains (menus->pdata[i], always[j]));
      g_hash_table_iter_init (&iter, menus->pdata[i]);
      while (g_hash_table_iter_next (&iter, &action, NULL))
        if (!g_hash_table_contains (of_list->pdata[0], action))
          g_error ("%s is not in the menu of the list", (char *) action);
    }
}

static guint
get_selected (UiDriver *driver, const char *title)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (ui_find_row (ui_get_dialog (driver), title)));
}

static void
assert_setting (const char *key, const char *value)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autofree char *now = g_settings_get_string (settings, key);

  g_assert_cmpstr (now, ==, value);
}

/* What is chosen there holds for the list and its menu, and what is chosen in the menu is shown there. */
static void
test_preferences (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkWidget *list;

  ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567", PSA_CAUSE_OK, 2);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  list = ui_find_type (driver->window, PSA_TYPE_PROFILE_LIST);
  g_action_group_activate_action (G_ACTION_GROUP (driver->application), "preferences", NULL);
  ui_wait (PSA_IS_PREFERENCES_DIALOG (ui_get_dialog (driver)));
  ui_wait (ui_find_row (ui_get_dialog (driver), "_Sort By") != NULL);
  g_assert_cmpuint (get_selected (driver, "_Sort By"), ==, 0);
  g_assert_cmpuint (get_selected (driver, "_Group By"), ==, 0);

  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find_row (ui_get_dialog (driver), "_Group By")), 2);
  assert_setting ("grouping", "environment");
  ui_wait (ui_find_label (list, "Production") != NULL);
  gtk_widget_activate_action (list, "view.sort-order", "s", "recent");
  g_assert_cmpuint (get_selected (driver, "_Sort By"), ==, 3);
  assert_setting ("sort-order", "recent");

  gtk_widget_activate_action (list, "view.sort-order", "s", "name");
  gtk_widget_activate_action (list, "view.grouping", "s", "attention");
  g_assert_cmpuint (get_selected (driver, "_Group By"), ==, 0);
  adw_dialog_force_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* What a dialog held is given back once it is closed. */
static void
test_dialogs_are_freed (void)
{
  const struct
  {
    const char *action, *target;
  } openers[] = {
    { "app.preferences" },
    { "app.shortcuts" },
    { "app.help", "start" },
    { "app.about" },
    { "win.add" },
    { "win.show-backups" },
    { "win.show-integrations" },
    { "win.show-secrets" },
    { "profile.edit" },
    { "profile.rename" },
    { "profile.duplicate" },
    { "profile.replace-key" },
  };
  g_autoptr(UiDriver) driver = ui_open ();

  ui_select (driver, ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                     PSA_CAUSE_OK, 2));
  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      AdwDialog *dialog;

      g_test_message ("%s", openers[i].action);
      gtk_widget_activate_action (GTK_WIDGET (driver->window), openers[i].action,
                                  openers[i].target != NULL ? "s" : NULL, openers[i].target);
      ui_wait ((dialog = ui_get_dialog (driver)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (dialog)));
      g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
      adw_dialog_force_close (dialog);
      ui_wait (dialog == NULL);
    }
}

void
add_menus_tests (void)
{
  g_test_add_func ("/menus/shortcuts", test_shortcuts);
  g_test_add_func ("/menus/shortcuts-complete", test_shortcuts_complete);
  g_test_add_func ("/menus/shortcuts-as-elsewhere", test_shortcuts_as_elsewhere);
  g_test_add_func ("/menus/opened-once", test_opened_once);
  g_test_add_func ("/menus/dialogs-are-freed", test_dialogs_are_freed);
  g_test_add_func ("/menus/main-menu", test_main_menu);
  g_test_add_func ("/menus/preferences", test_preferences);
}
