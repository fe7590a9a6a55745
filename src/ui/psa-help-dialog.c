/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-help-dialog.h"

#include "psa-fact-row.h"
#include "psa-help-causes.h"
#include "psa-history.h"
#include "psa-store.h"

/**
 * PsaHelpDialog:
 *
 * The help, which needs no network: pages of data/help/, each of them a navigation page with links to
 * the others. What the program knows better than a page – its causes, its folders – is filled in.
 */
struct _PsaHelpDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *view;
};

G_DEFINE_FINAL_TYPE (PsaHelpDialog, psa_help_dialog, ADW_TYPE_DIALOG)

static const char *const pages[] = { PSA_HELP_START, PSA_HELP_FORM, "causes", "stored",
                                     "terminal" };

static void
tell (GtkBuilder *builder, const char *name, const char *text)
{
  GObject *row = gtk_builder_get_object (builder, name);

  if (row != NULL)
    psa_fact_row_set_value (PSA_FACT_ROW (row), text);
}

static void
fill (GtkBuilder *builder)
{
  GObject *groups = gtk_builder_get_object (builder, "groups");
  g_autofree char *data_folder = psa_store_dup_default_folder ();
  g_autofree char *state_folder = psa_history_dup_default_folder ();
  g_autofree char *profiles = g_build_filename (data_folder, "profiles.json", NULL);
  g_autofree char *history = g_build_filename (state_folder, "history.sqlite", NULL);

  tell (builder, "profiles_row", profiles);
  tell (builder, "history_row", history);
  tell (builder, "flatpak_row", "flatpak run --command=psactl " APPLICATION_ID " list");
  if (groups != NULL)
    psa_help_causes_fill (ADW_PREFERENCES_PAGE (groups));
}

static void
add_page (PsaHelpDialog *self, const char *name)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_PATH "/help/%s.ui", name);
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource (path);

  fill (builder);
  adw_navigation_view_add (self->view,
                           ADW_NAVIGATION_PAGE (gtk_builder_get_object (builder, "page")));
}

static GtkWidget *
find_group (GtkWidget *below, const char *title)
{
  if (ADW_IS_PREFERENCES_GROUP (below) &&
      g_str_equal (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (below)), title))
    return below;
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_group (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Once it has its place: at the top, and read from there on. */
static gboolean
show_group_cb (GtkWidget *group, GdkFrameClock *clock, gpointer user_data)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (group, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  if (gtk_widget_get_height (group) == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_child_focus (group, GTK_DIR_TAB_FORWARD);
  if (viewport != NULL &&
      gtk_widget_compute_bounds (group, gtk_widget_get_first_child (viewport), &bounds))
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)),
                              bounds.origin.y);
  return G_SOURCE_REMOVE;
}

static void
psa_help_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_HELP_DIALOG);
  G_OBJECT_CLASS (psa_help_dialog_parent_class)->dispose (object);
}

static void
psa_help_dialog_class_init (PsaHelpDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_help_dialog_dispose;

  g_type_ensure (PSA_TYPE_FACT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-help-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaHelpDialog, view);
}

static void
psa_help_dialog_init (PsaHelpDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    add_page (self, pages[i]);
}

/**
 * psa_help_dialog_new:
 *
 * Returns: (transfer floating): the dialog, at its first page
 */
AdwDialog *
psa_help_dialog_new (void)
{
  return g_object_new (PSA_TYPE_HELP_DIALOG, NULL);
}

/**
 * psa_help_dialog_open:
 * @self: the help
 * @place: the tag of a page, such as %PSA_HELP_FORM, or with `#` and the title of a part of it; an unknown one is
 *   passed over
 *
 * Goes to a page; from there Back leads to the first one.
 */
void
psa_help_dialog_open (PsaHelpDialog *self, const char *place)
{
  g_auto(GStrv) parts = NULL;
  AdwNavigationPage *page;
  GtkWidget *group;

  g_return_if_fail (PSA_IS_HELP_DIALOG (self));
  g_return_if_fail (place != NULL);

  parts = g_strsplit (place, "#", 2);
  page = parts[0] != NULL ? adw_navigation_view_find_page (self->view, parts[0]) : NULL;
  if (page == NULL)
    return;
  adw_navigation_view_replace_with_tags (
      self->view, (const char *const[]) { PSA_HELP_START, parts[0] },
      g_str_equal (parts[0], PSA_HELP_START) ? 1 : 2);
  group = parts[1] != NULL ? find_group (GTK_WIDGET (page), parts[1]) : NULL;
  if (group != NULL)
    gtk_widget_add_tick_callback (group, show_group_cb, NULL, NULL);
}
