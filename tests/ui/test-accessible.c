/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-backups-dialog.h"
#include "psa-connection-form.h"
#include "psa-help-dialog.h"
#include "psa-message.h"
#include "psa-outcome.h"
#include "psa-integrations-dialog.h"
#include "psa-paste-dialog.h"
#include "psa-permissions-dialog.h"
#include "psa-preferences-dialog.h"
#include "psa-profile-row.h"
#include "psa-region-dialog.h"
#include "psa-region-row.h"
#include "psa-secrets-dialog.h"
#include "psa-shortcuts-dialog.h"
#include "psa-stage-bar.h"
#include "psa-stage-list.h"
#include "psa-trust-dialog.h"
#include "ui-form.h"

/* What the program announced, in its order: GTK's own back end for tests crashes of it (4.18). */
static GPtrArray *announced;

/* The classes with a template that the walks have met. */
static GHashTable *walked;

void
gtk_accessible_announce (GtkAccessible *self,
                         const char *message,
                         GtkAccessibleAnnouncementPriority priority)
{
  g_ptr_array_add (announced, g_strdup (message));
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Takes the focus in name only: what is in it gets it. */
static gboolean
is_frame (GtkWidget *widget)
{
  return GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_VIEWPORT (widget) ||
         ADW_IS_EXPANDER_ROW (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwGizmo") ||
         (GTK_IS_LIST_BOX (widget) &&
          gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW) != NULL);
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget) ||
         GTK_IS_LIST_VIEW (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_SWITCH (widget) || GTK_IS_PROGRESS_BAR (widget) ||
         (gtk_widget_get_focusable (widget) && !GTK_IS_LABEL (widget) && !is_frame (widget));
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

  g_hash_table_add (walked, (gpointer) G_OBJECT_TYPE_NAME (widget));
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
      if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_TEXT (widget) ||
          GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_SWITCH (widget))
        return n_controls;
    }
  if (GTK_IS_IMAGE (widget) && role == GTK_ACCESSIBLE_ROLE_IMG && !has_name (widget) &&
      gtk_image_get_storage_type (GTK_IMAGE (widget)) != GTK_IMAGE_EMPTY &&
      gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) == NULL &&
      gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) == NULL)
    g_error ("%s: an image says nothing: %s", where, gtk_image_get_icon_name (GTK_IMAGE (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_controls += walk (child, where);
  return n_controls;
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

/* A stage tells in its name how it ended, a profile its state. */
static void
test_rows (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkWidget *list;
  GtkWidget *row;

  ui_select (driver, ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                     PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (ui_find_row (driver->window, "Secure connection")),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Secure connection, Failed, 45 ms");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (ui_find_row (driver->window, "Name lookup")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Name lookup, Passed, 12 ms");
  list = ui_find_type (driver->window, GTK_TYPE_LIST_VIEW);
  ui_wait (ui_find_type (list, PSA_TYPE_PROFILE_ROW) != NULL);
  row = gtk_widget_get_next_sibling (gtk_widget_get_first_child (list)); /* below a header */
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Contoso IT, Needs correction, Production, Checked 2 minutes ago");
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

static gboolean
is_template (const char *file, char **type)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH "/", file, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GRegex) regex = g_regex_new ("<template class=\"(\\w+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  if (!g_str_has_suffix (file, ".ui"))
    return FALSE;
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_regex_match_full (regex, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), 0,
                      0, &match, NULL);
  *type = g_match_info_fetch (match, 1);
  g_assert_nonnull (*type);
  return TRUE;
}

static void
assert_all_walked (void)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) files = g_resources_enumerate_children (RESOURCE_PATH, 0, &error);
  guint n_templates = 0;

  g_assert_no_error (error);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *type = NULL;

      if (!is_template (files[i], &type))
        continue;
      n_templates++;
      if (!g_hash_table_contains (walked, type))
        g_error ("%s: no walk has met it", files[i]);
    }
  g_assert_cmpuint (n_templates, >, 15);
}

/* Every view of the window, whether it is shown or not, every dialog, and with them each template that there is. */
static void
test_every_template (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                        PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2);
  g_autoptr(PsaRegion) region = psa_region_new (psa_site_find ("api-na.myconnectwise.net"));
  g_autoptr(GtkWidget) row = g_object_ref_sink (psa_region_row_new (region));
  PsaResult *result =
      psa_status_get_result (psa_monitor_get_status (ui_get_monitor (driver), profile));
  static const char rows[] = "name,hostname,username\nFabrikam,cw.fabrikam.com,fab+key\n";
  g_autoptr(GBytes) table = g_bytes_new_static (rows, strlen (rows));
  g_autoptr(PsaConnectionFields) fields =
      g_object_ref_sink (g_object_new (PSA_TYPE_CONNECTION_FIELDS, NULL));

  ui_select (driver, profile);
  ui_wait (ui_find_type (driver->window, PSA_TYPE_PROFILE_ROW) != NULL); /* made once it is in sight */
  g_assert_cmpuint (walk (GTK_WIDGET (driver->window), "window"), >=, 15);
  walk (row, "region row");
  assert_dialog (psa_connection_form_new (ui_get_monitor (driver), NULL), driver, 3);
  assert_dialog (psa_connection_form_new (ui_get_monitor (driver), profile), driver, 3);
  assert_dialog (psa_connection_form_new_key (ui_get_monitor (driver), profile), driver, 3);
  assert_dialog (
      psa_permissions_dialog_new (ui_get_monitor (driver),
                                  psa_monitor_get_status (ui_get_monitor (driver), profile)),
      driver, 3 + PSA_N_MODULES);
  assert_dialog (psa_trust_dialog_new (result, profile), driver, 2);
  assert_dialog (psa_region_dialog_new (""), driver, 2);
  assert_dialog (psa_paste_dialog_new (psa_paste_new ("contoso+k1234567:" UI_PASSWORD), fields),
                 driver, 3);
  assert_dialog (psa_preferences_dialog_new (), driver, 2);
  assert_dialog (psa_shortcuts_dialog_new (), driver, 1);
  assert_dialog (psa_help_dialog_new (), driver, 1);
  assert_dialog (psa_secrets_dialog_new (psa_monitor_get_keeper (ui_get_monitor (driver))), driver,
                 1);
  assert_dialog (psa_backups_dialog_new (ui_get_store (driver)), driver, 1);
  assert_dialog (psa_integrations_dialog_new (psa_monitor_get_keeper (ui_get_monitor (driver))),
                 driver, 4);
  assert_dialog (ui_sample_import_dialog (driver, table), driver, 2);
  assert_all_walked ();
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

static void
assert_announced (const char *text)
{
  if (announced->len != 1 || !g_pattern_match_simple (text, announced->pdata[0]))
    {
      for (guint i = 0; i < announced->len; i++)
        g_test_message ("“%s”", (char *) announced->pdata[i]);
      g_error ("%u announcements, not once “%s”", announced->len, text);
    }
  g_ptr_array_set_size (announced, 0);
}

/* Each result is announced, and but once: of a check, of a form that fails and of one that ends well, of a search
 * that cannot begin. */
static void
test_announced_once (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = ui_keep_tenant (driver, tenant, "keys-own-server");
  AdwDialog *form;

  g_ptr_array_set_size (announced, 0);
  ui_select (driver, profile);
  g_assert_true (ui_press_key (driver, "<Control>r"));
  ui_wait (announced->len > 0);
  ui_settle ();
  assert_announced ("Contoso IT: Keys rejected. 127.0.0.1:* does not accept these keys.");

  form = ui_form_edit (driver, profile);
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Keys rejected");
  assert_announced ("127.0.0.1:* does not accept these keys.");
  ui_form_fill (form, tenant, "own-server");
  ui_form_press (form, "Connect");
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
  assert_announced ("*You are now connected to Contoso IT");

  form = psa_region_dialog_new ("");
  adw_dialog_present (form, GTK_WIDGET (driver->window));
  ui_settle ();
  ui_form_press (form, "Find");
  g_assert_cmpuint (announced->len, ==, 1);
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* What acts and can be reached, in the order of the screen; of a list its one row that has the focus does. */
static void
collect (GtkWidget *widget, GPtrArray *places)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_sensitive (widget) ||
      !gtk_widget_get_can_focus (widget))
    return;
  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || ADW_IS_ENTRY_ROW (widget) ||
      GTK_IS_SWITCH (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_LIST_VIEW (widget) ||
      ADW_IS_COMBO_ROW (widget) || ADW_IS_BUTTON_ROW (widget) ||
      (ADW_IS_ACTION_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget))))
    {
      g_ptr_array_add (places, widget);
      if (!ADW_IS_ENTRY_ROW (widget))
        return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, places);
}

/* What is read from a file or the keyring comes a moment later. */
static gboolean
has_places (GtkWidget *root)
{
  g_autoptr(GPtrArray) places = g_ptr_array_new ();

  collect (root, places);
  return places->len > 0;
}

/* Once round by Tab: every place that acts is reached, none twice before all have been, and it comes round. */
static void
assert_round (UiDriver *driver, GtkWidget *root, guint n_least)
{
  GtkWindow *window = GTK_WINDOW (driver->window);
  g_autoptr(GPtrArray) places = g_ptr_array_new ();
  g_autoptr(GHashTable) focused = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) reached = g_hash_table_new (NULL, NULL); /* those above them as well */
  GtkWidget *first;

  collect (root, places);
  g_assert_cmpuint (places->len, >=, n_least);
  gtk_widget_child_focus (root, GTK_DIR_TAB_FORWARD);
  first = gtk_window_get_focus (window);
  g_assert_nonnull (first);
  do
    {
      GtkWidget *focus = gtk_window_get_focus (window);

      g_assert_true (gtk_widget_get_mapped (focus));
      g_assert_true (g_hash_table_add (focused, focus)); /* else it is a trap */
      for (GtkWidget *at = focus; at != NULL; at = gtk_widget_get_parent (at))
        g_hash_table_add (reached, at);
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
    }
  while (gtk_window_get_focus (window) != first);

  for (guint i = 0; i < places->len; i++)
    if (!g_hash_table_contains (reached, places->pdata[i]))
      {
        g_autofree char *path = dup_path (places->pdata[i]);

        g_error ("Tab never comes to%s", path);
      }
}

static void
test_tab_order (void)
{
  static const char rows[] = "name,hostname,username\nFabrikam,cw.fabrikam.com,fab+key\n";
  g_autoptr(GBytes) table = g_bytes_new_static (rows, strlen (rows));
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile;
  PsaMonitor *monitor = ui_get_monitor (driver);
  g_autoptr(PsaConnectionFields) fields =
      g_object_ref_sink (g_object_new (PSA_TYPE_CONNECTION_FIELDS, NULL));
  AdwDialog *dialogs[12] = { NULL };
  GtkWidget *opener;

  assert_round (driver, GTK_WIDGET (driver->window), 2); /* the first run */
  profile = ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                            PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2);
  /* The first alone is the backup of the day. */
  ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567", PSA_CAUSE_OK, 2);
  ui_select (driver, profile);
  ui_settle ();
  assert_round (driver, GTK_WIDGET (driver->window), 8);
  opener = ui_find_action (driver->window, "profile.edit");

  dialogs[0] = psa_connection_form_new (monitor, NULL);
  dialogs[1] = psa_permissions_dialog_new (monitor, psa_monitor_get_status (monitor, profile));
  dialogs[2] = psa_region_dialog_new ("");
  dialogs[3] =
      psa_trust_dialog_new (psa_status_get_result (psa_monitor_get_status (monitor, profile)),
                            profile);
  dialogs[4] = psa_secrets_dialog_new (psa_monitor_get_keeper (monitor));
  dialogs[5] = ui_sample_import_dialog (driver, table);
  dialogs[6] = psa_help_dialog_new ();
  dialogs[7] = psa_integrations_dialog_new (psa_monitor_get_keeper (monitor));
  dialogs[8] = psa_backups_dialog_new (ui_get_store (driver));
  dialogs[9] = psa_connection_form_new_key (monitor, profile);
  dialogs[10] =
      psa_paste_dialog_new (psa_paste_new ("contoso+k1234567:" UI_PASSWORD), fields);
  dialogs[11] = psa_preferences_dialog_new ();
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_assert_true (gtk_widget_grab_focus (opener));
      g_test_message ("%s", G_OBJECT_TYPE_NAME (dialogs[i]));
      adw_dialog_present (dialogs[i], GTK_WIDGET (driver->window));
      ui_wait (has_places (GTK_WIDGET (dialogs[i])));
      ui_settle ();
      /* In what was opened, and back where it was opened. */
      g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (driver->window)),
                                             GTK_WIDGET (dialogs[i])));
      assert_round (driver, GTK_WIDGET (dialogs[i]), 1);
      adw_dialog_force_close (dialogs[i]);
      ui_wait (ui_get_dialog (driver) == NULL);
      ui_settle ();
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) == opener);
    }
}

/* With reduced motion nothing moves by itself, and what would have moved in is there at once. */
static void
test_reduced_motion (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaMonitor *monitor = ui_get_monitor (driver);
  PsaProfile *profile;
  AdwDialog *dialogs[4];
  gboolean animated = TRUE;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &animated, NULL);
  g_assert_false (animated);
  g_assert_true (ui_settle ());
  profile = ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                            PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2);
  ui_select (driver, profile);
  ui_wait (ui_settle ());
  dialogs[0] = psa_connection_form_new (monitor, profile);
  dialogs[1] = psa_permissions_dialog_new (monitor, psa_monitor_get_status (monitor, profile));
  dialogs[2] = psa_help_dialog_new ();
  dialogs[3] = psa_secrets_dialog_new (psa_monitor_get_keeper (monitor));
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      GtkWidget *content = adw_dialog_get_child (dialogs[i]);
      graphene_rect_t bounds;

      adw_dialog_present (dialogs[i], GTK_WIDGET (driver->window));
      ui_turn ();
      g_test_message ("%s", G_OBJECT_TYPE_NAME (dialogs[i]));
      ui_wait (ui_settle ());
      g_assert_true (gtk_widget_get_mapped (content));
      g_assert_true (gtk_widget_compute_bounds (content, GTK_WIDGET (driver->window), &bounds));
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                         gtk_widget_get_height (GTK_WIDGET (driver->window)));
      adw_dialog_force_close (dialogs[i]);
      ui_wait (ui_get_dialog (driver) == NULL);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/accessible/waterfall", test_waterfall);
  g_test_add_func ("/accessible/rows", test_rows);
  g_test_add_func ("/accessible/every-template", test_every_template);
  g_test_add_func ("/accessible/announced-once", test_announced_once);
  g_test_add_func ("/accessible/walk-notices", test_walk_notices);
  g_test_add_func ("/accessible/tab-order", test_tab_order);
  g_test_add_func ("/accessible/reduced-motion", test_reduced_motion);
}

int
main (int argc, char *argv[])
{
  announced = g_ptr_array_new_with_free_func (g_free);
  walked = g_hash_table_new (g_str_hash, g_str_equal);
  return ui_run (argc, argv, add_tests);
}
