/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-list-private.h"

/* The pipeline of the list: store → status → sorted in sections → searched. What follows is the selection. */

/* How long changes are gathered before the list is sorted and searched anew: while many are checked it comes to
 * rest a few times a second, and not at every result. */
#define GATHER_MS 150

static gpointer
map_to_status (gpointer profile, gpointer monitor)
{
  gpointer status = g_object_ref (psa_monitor_get_status (monitor, profile));

  g_object_unref (profile);
  return status;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  PsaProfileList *self = user_data;

  return psa_order_compare (self->order, PSA_STATUS ((gpointer) a), PSA_STATUS ((gpointer) b));
}

static int
compare_sections (gconstpointer a, gconstpointer b, gpointer user_data)
{
  PsaProfileList *self = user_data;

  return psa_grouping_compare (self->grouping, PSA_STATUS ((gpointer) a),
                               PSA_STATUS ((gpointer) b));
}

static gboolean
match (gpointer status, gpointer user_data)
{
  PsaProfileList *self = user_data;

  return psa_search_matches (self->search, status);
}

static void
sort (PsaProfileList *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->sorted));

  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  /* The model tells of rows that move, but not of one that stays where another section begins. */
  if (n_items > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self->sorted), 0, n_items);
  g_signal_emit_by_name (self, "sorted");
}

/* Sorts and searches at once what would else be gathered for a moment. */
void
psa_profile_list_sort_anew (PsaProfileList *self)
{
  g_clear_handle_id (&self->gather_id, g_source_remove);
  sort (self);
  if (!psa_search_is_empty (self->search))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_gathered_cb (gpointer self)
{
  PSA_PROFILE_LIST (self)->gather_id = 0;
  psa_profile_list_sort_anew (self);
}

static void
on_changed_cb (PsaProfileList *self)
{
  if (self->gather_id == 0)
    self->gather_id = g_timeout_add_once (GATHER_MS, on_gathered_cb, self);
}

/* Shows what @text asks for. */
void
psa_profile_list_search_for (PsaProfileList *self, const char *text)
{
  g_autofree char *before = g_steal_pointer (&self->search_text);

  self->search_text = g_strdup (text);
  g_clear_pointer (&self->search, psa_search_free);
  self->search = psa_search_new (text);
  gtk_filter_changed (self->filter, psa_search_narrows (text, before)
                                        ? GTK_FILTER_CHANGE_MORE_STRICT
                                        : GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_settings_changed_cb (PsaProfileList *self)
{
  self->order = (PsaOrder) g_settings_get_enum (self->settings, "sort-order");
  self->grouping = (PsaGrouping) g_settings_get_enum (self->settings, "grouping");
  if (self->sorted != NULL)
    sort (self);
}

/* (transfer full): the models, once the monitor is there */
GListModel *
psa_profile_list_build_pipeline (PsaProfileList *self)
{
  PsaStore *store = psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
  GListModel *statuses =
      G_LIST_MODEL (gtk_map_list_model_new (g_object_ref (G_LIST_MODEL (store)), map_to_status,
                                            g_object_ref (self->monitor), g_object_unref));

  self->sorted = gtk_sort_list_model_new (statuses, g_object_ref (self->sorter));
  gtk_sort_list_model_set_section_sorter (self->sorted, self->section_sorter);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)),
                                                  g_object_ref (self->filter)));
}

/* What the pipeline asks, and the actions that change it. */
void
psa_profile_list_init_order (PsaProfileList *self)
{
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GAction) order = NULL;
  g_autoptr(GAction) grouping = NULL;

  self->settings = g_settings_new (APPLICATION_ID);
  self->search_text = g_strdup ("");
  self->search = psa_search_new (self->search_text);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  self->section_sorter = GTK_SORTER (gtk_custom_sorter_new (compare_sections, self, NULL));
  self->filter = GTK_FILTER (gtk_custom_filter_new (match, self, NULL));
  on_settings_changed_cb (self);
  g_signal_connect_object (self->settings, "changed::sort-order",
                           G_CALLBACK (on_settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::grouping", G_CALLBACK (on_settings_changed_cb),
                           self, G_CONNECT_SWAPPED);

  order = g_settings_create_action (self->settings, "sort-order");
  grouping = g_settings_create_action (self->settings, "grouping");
  g_action_map_add_action (G_ACTION_MAP (actions), order);
  g_action_map_add_action (G_ACTION_MAP (actions), grouping);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (actions));
}
