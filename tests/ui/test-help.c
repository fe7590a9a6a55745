/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-help-causes.h"
#include "psa-help-dialog.h"
#include "psa-message.h"
#include "ui-form.h"
#include "ui-tests.h"

#include <string.h>

/* The help: everything that one can meet on screen has its place there. */

typedef gboolean (*Found) (GtkWidget *widget, gpointer data);

/* Unlike the driver's, goes through what is folded up as well. */
static GtkWidget *
walk (GtkWidget *widget, Found found, gpointer data)
{
  if (found (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *result = walk (child, found, data);

      if (result != NULL)
        return result;
    }
  return NULL;
}

static AdwNavigationPage *
get_page (UiDriver *driver)
{
  AdwDialog *dialog = ui_get_dialog (driver);
  GtkWidget *view = dialog != NULL && PSA_IS_HELP_DIALOG (dialog)
                        ? ui_find_type (dialog, ADW_TYPE_NAVIGATION_VIEW)
                        : NULL;

  return view != NULL ? adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) : NULL;
}

static gboolean
shows_page (UiDriver *driver, const char *tag)
{
  AdwNavigationPage *page = get_page (driver);

  return page != NULL && g_str_equal (adw_navigation_page_get_tag (page), tag);
}

static gboolean
is_group (GtkWidget *widget, gpointer title)
{
  return ADW_IS_PREFERENCES_GROUP (widget) &&
         g_strcmp0 (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)), title) == 0;
}

static gboolean
collect_fields (GtkWidget *widget, gpointer titles)
{
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW) == NULL &&
      (ADW_IS_ENTRY_ROW (widget) || ADW_IS_COMBO_ROW (widget) || ADW_IS_SWITCH_ROW (widget)))
    g_ptr_array_add (titles,
                     g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget))));
  return FALSE;
}

/* Whether the page shows that group first, and the focus is in it. */
static gboolean
is_at_top (UiDriver *driver, const char *title)
{
  GtkWidget *group = walk (GTK_WIDGET (get_page (driver)), is_group, (gpointer) title);
  GtkWidget *viewport = gtk_widget_get_ancestor (group, GTK_TYPE_VIEWPORT);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (driver->window));
  graphene_rect_t bounds;

  return focus != NULL && gtk_widget_is_ancestor (focus, group) &&
         gtk_widget_compute_bounds (group, viewport, &bounds) && fabsf (bounds.origin.y) < 1;
}

/* F1 in a row of the form opens the part on that row. */
static void
test_focused_field (void)
{
  const char *const titles[] = { "API Version", "Client ID", "Username", "Password" };
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      gtk_widget_grab_focus (GTK_WIDGET (ui_form_row (form, titles[i])));
      g_assert_true (ui_press_key (driver, "F1"));
      ui_wait (shows_page (driver, PSA_HELP_FORM));
      ui_wait (is_at_top (driver, titles[i]));
      adw_dialog_close (ui_get_dialog (driver));
      ui_wait (ui_get_dialog (driver) == form);
    }
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* F1 in the form tells of its fields, of each of them, and leaves alone what was typed. */
static void
test_fields (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  ui_form_type (form, "Hostname", "cw.contoso.com");
  walk (GTK_WIDGET (form), collect_fields, titles);
  g_assert_cmpuint (titles->len, >=, 7);
  g_assert_true (ui_press_key (driver, "F1"));
  ui_wait (shows_page (driver, PSA_HELP_FORM));
  ui_wait (is_at_top (driver, "Hostname"));
  for (guint i = 0; i < titles->len; i++)
    if (walk (GTK_WIDGET (get_page (driver)), is_group, titles->pdata[i]) == NULL)
      g_error ("The help does not tell of “%s”", (char *) titles->pdata[i]);

  adw_dialog_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == form);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, "cw.contoso.com");
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

static gboolean
is_link (GtkWidget *widget, gpointer data)
{
  const char *action =
      GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;
  AdwNavigationView *view = data;
  GVariant *target;

  if (g_strcmp0 (action, "navigation.push") != 0)
    return FALSE;
  target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget));
  g_test_message ("to %s", g_variant_get_string (target, NULL));
  g_assert_nonnull (adw_navigation_view_find_page (view, g_variant_get_string (target, NULL)));
  return FALSE;
}

static gboolean
is_named (GtkWidget *widget, gpointer name)
{
  return g_str_equal (gtk_widget_get_name (widget), name);
}

static gboolean
says (GtkWidget *widget, gpointer text)
{
  return ADW_IS_ACTION_ROW (widget) &&
         g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), text) == 0;
}

static void
assert_cause (GtkWidget *page, PsaCause cause)
{
  g_autoptr(PsaResult) example = psa_help_causes_example (cause);
  g_autoptr(PsaMessage) message = psa_message_new (example);
  GtkWidget *row = walk (page, is_named, (gpointer) psa_cause_get_token (cause));

  g_test_message ("%s", psa_cause_get_token (cause));
  g_assert_nonnull (row);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, message->what);
  g_assert_nonnull (walk (row, says, message->why));
  g_assert_nonnull (walk (row, says, message->next));
  g_assert_nonnull (
      walk (page, is_group, (gpointer) psa_state_get_word (psa_cause_get_state (cause))));
  /* What a made-up tenant has not got is said of none. */
  g_assert_null (strstr (message->what, "(not known)"));
  g_assert_null (strstr (message->why, "(not known)"));
  g_assert_null (strstr (message->next, "(not known)"));
}

/* F1 in the window begins at the beginning; from there each page is reached, and each result is told of. */
static void
test_causes (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkWidget *view;

  g_assert_true (ui_press_key (driver, "F1"));
  ui_wait (shows_page (driver, PSA_HELP_START));
  view = ui_find_type (ui_get_dialog (driver), ADW_TYPE_NAVIGATION_VIEW);
  walk (GTK_WIDGET (get_page (driver)), is_link, view);
  g_assert_true (gtk_widget_activate (ui_find_row (get_page (driver), "Results of a Check")));
  ui_wait (shows_page (driver, "causes"));
  for (PsaCause cause = 0; cause < PSA_N_CAUSES; cause++)
    assert_cause (GTK_WIDGET (get_page (driver)), cause);

  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
  ui_wait (shows_page (driver, PSA_HELP_START));
  adw_dialog_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == NULL);
}

void
add_help_tests (void)
{
  g_test_add_func ("/help/fields", test_fields);
  g_test_add_func ("/help/focused-field", test_focused_field);
  g_test_add_func ("/help/causes", test_causes);
}
