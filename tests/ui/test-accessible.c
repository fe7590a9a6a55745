/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-ui"

#include "psa-connection-form.h"
#include "psa-message.h"
#include "psa-outcome.h"
#include "psa-permissions-dialog.h"
#include "psa-region-dialog.h"
#include "psa-shortcuts-dialog.h"
#include "psa-stage-bar.h"
#include "psa-stage-list.h"
#include "psa-trust-dialog.h"
#include "ui-samples.h"

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget) ||
         GTK_IS_LIST_VIEW (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_SWITCH (widget);
}

/* Where a nameless thing is to be looked for. */
static char *
dup_path (GtkWidget *widget)
{
  g_autoptr(GString) path = g_string_new (NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    g_string_append_printf (path, " < %s", G_OBJECT_TYPE_NAME (widget));
  return g_string_free_and_steal (g_steal_pointer (&path));
}

/* A button of a next step or a banner gets its label when there is one; search bars and entry rows hide some that
 * are their own. */
static gboolean
is_not_in_use (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && !gtk_widget_get_mapped (widget) &&
         (gtk_button_get_child (GTK_BUTTON (widget)) == NULL ||
          gtk_widget_get_ancestor (widget, GTK_TYPE_SEARCH_BAR) != NULL ||
          gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL);
}

/* What libadwaita's own rows are made of: the button that reveals a password has but a tooltip, and the list of a
 * combo row no name (1.7). */
static gboolean
is_part_of_row (GtkWidget *widget)
{
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW) != NULL)
    return TRUE;
  return gtk_widget_get_ancestor (widget, ADW_TYPE_PASSWORD_ENTRY_ROW) != NULL &&
         gtk_widget_get_tooltip_text (widget) != NULL && GTK_IS_BUTTON (widget) &&
         g_str_has_prefix (gtk_button_get_icon_name (GTK_BUTTON (widget)), "view-");
}

static guint
walk (GtkWidget *widget, const char *where)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));
  guint n_controls = 0;

  if (is_not_in_use (widget) || is_part_of_row (widget))
    return 0;
  if (is_control (widget))
    {
      n_controls++;
      if (role == GTK_ACCESSIBLE_ROLE_GENERIC || role == GTK_ACCESSIBLE_ROLE_NONE ||
          role == GTK_ACCESSIBLE_ROLE_WIDGET)
        g_error ("%s: a %s has no role", where, G_OBJECT_TYPE_NAME (widget));
      if (!has_name (widget))
        {
          g_autofree char *path = dup_path (widget);

          g_error ("%s: has no name:%s", where, path);
        }
      /* What a toolkit's button is made of is its own. */
      if (!GTK_IS_LIST_VIEW (widget))
        return n_controls;
    }
  if (GTK_IS_IMAGE (widget) && role == GTK_ACCESSIBLE_ROLE_IMG && !has_name (widget) &&
      gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) == NULL)
    g_test_message ("%s: an image says nothing: %s", where,
                    gtk_image_get_icon_name (GTK_IMAGE (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_controls += walk (child, where);
  return n_controls;
}

/* Every view of the window, whether it is shown or not. */
static void
test_window (void)
{
  g_autoptr(UiDriver) driver = ui_open ();

  ui_select (driver, ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                     PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2));
  g_assert_cmpuint (walk (GTK_WIDGET (driver->window), "window"), >=, 15);
}

/* The bars of the waterfall say in words what they draw. */
static void
test_waterfall (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkAccessible *bar;

  ui_select (driver, ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                     PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2));
  bar = GTK_ACCESSIBLE (
      ui_find_type (ui_find_row (driver->window, "Secure connection"), PSA_TYPE_STAGE_BAR));
  gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Began after 31 ms, took 45 ms");
}

static void
assert_dialog (AdwDialog *dialog, UiDriver *driver, guint n_controls)
{
  g_autofree char *where = g_strdup (G_OBJECT_TYPE_NAME (dialog));

  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_settle ();
  g_assert_cmpuint (walk (GTK_WIDGET (dialog), where), >=, n_controls);
  adw_dialog_force_close (dialog);
  ui_settle ();
}

static void
test_dialogs (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                        PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2);
  PsaResult *result =
      psa_status_get_result (psa_monitor_get_status (ui_get_monitor (driver), profile));

  assert_dialog (psa_connection_form_new (ui_get_monitor (driver), NULL), driver, 3);
  assert_dialog (psa_connection_form_new (ui_get_monitor (driver), profile), driver, 3);
  assert_dialog (
      psa_permissions_dialog_new (ui_get_monitor (driver),
                                  psa_monitor_get_status (ui_get_monitor (driver), profile)),
      driver, 3 + PSA_N_MODULES);
  assert_dialog (psa_trust_dialog_new (result), driver, 2);
  assert_dialog (psa_region_dialog_new (psa_monitor_get_client (ui_get_monitor (driver)), ""),
                 driver, 2);
  assert_dialog (psa_shortcuts_dialog_new (), driver, 1);
}

/* The walk itself must notice what it looks for. */
static void
test_walk_notices (void)
{
  if (g_test_subprocess ())
    {
      GtkWidget *button = g_object_ref_sink (gtk_button_new_from_icon_name ("list-add-symbolic"));

      gtk_widget_set_tooltip_text (button, "A tooltip is no name");
      walk (button, "subprocess");
      g_object_unref (button);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*has no name*");
}

/* By Tab alone: from the first control of the window round to the first again, and past all that act. */
static void
test_tab_order (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWindow *window = GTK_WINDOW (driver->window);
  const char *const actions[] = { "win.add", "profile.check", "profile.edit" };

  ui_select (driver, ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                     PSA_CAUSE_KEYS_REJECTED, 2));
  ui_settle ();
  for (guint i = 0; i < 60; i++)
    {
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      if (gtk_window_get_focus (window) != NULL)
        g_hash_table_add (seen, gtk_window_get_focus (window));
    }
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_true (g_hash_table_contains (seen, ui_find_action (window, actions[i])));
  g_assert_true (g_hash_table_contains (seen, ui_find_button (window, "Edit Connection")));
}

static void
add_tests (void)
{
  g_test_add_func ("/accessible/window", test_window);
  g_test_add_func ("/accessible/waterfall", test_waterfall);
  g_test_add_func ("/accessible/dialogs", test_dialogs);
  g_test_add_func ("/accessible/walk-notices", test_walk_notices);
  g_test_add_func ("/accessible/tab-order", test_tab_order);
}

int
main (int argc, char *argv[])
{
  return ui_run (argc, argv, add_tests);
}
