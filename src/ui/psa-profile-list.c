/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-ui"

#include "config.h"

#include "psa-profile-list.h"

#include "psa-notices.h"
#include "psa-order.h"
#include "psa-profile-row.h"
#include "psa-search.h"
#include "psa-section-header.h"

#include <glib/gi18n.h>

/* How long changes are gathered before the list is sorted and searched anew: while many are checked it comes to
 * rest a few times a second, and not at every result. */
#define GATHER_MS 150

/**
 * PsaProfileList:
 *
 * The list of profiles, its search and its order. A pipeline: store → status → sorted in sections → searched →
 * selection → rows. What is sorted stays sorted while somebody types, so that a key costs one look at each.
 *
 * Properties: monitor, status (nullable: the one that is chosen; a search that hides it does not change it), collapsed
 * (whether a row leads to another page).
 * Signals: activated: somebody wants to see the chosen one; sorted: sections may have begun, ended or changed.
 */
struct _PsaProfileList
{
  AdwNavigationPage parent_instance;
  PsaMonitor *monitor;
  PsaStatus *status;
  guint position; /* where its row was when it was last seen */
  gboolean collapsed;
  GSettings *settings;
  PsaOrder order;
  PsaGrouping grouping;
  PsaSearch *search;
  char *search_text;
  guint gather_id;
  GtkSorter *sorter;
  GtkSorter *section_sorter;
  GtkFilter *filter;
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;

  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  PsaNotices *notices;
  GtkStack *stack;
  GtkListView *list_view;
};

typedef enum
{
  PROP_MONITOR = 1,
  PROP_STATUS,
  PROP_COLLAPSED,
} PsaProfileListProperty;

typedef enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_SORTED,
} PsaProfileListSignal;

static GParamSpec *properties[PROP_COLLAPSED + 1];
static guint signals[SIGNAL_SORTED + 1];

G_DEFINE_FINAL_TYPE (PsaProfileList, psa_profile_list, ADW_TYPE_NAVIGATION_PAGE)

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

/* Only the first is read; the others are what its name depends on. */
static char *
dup_row_name (GtkListItem *item,
              PsaStatus *status,
              PsaState state,
              gboolean checking,
              PsaResult *result,
              const char *title,
              PsaEnvironment environment,
              gint64 now)
{
  return status != NULL ? psa_profile_row_dup_name (status) : g_strdup ("");
}

static void
set_status (PsaProfileList *self, PsaStatus *status)
{
  if (g_set_object (&self->status, status))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static guint
find (PsaProfileList *self, PsaStatus *status)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(PsaStatus) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item == status)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* A row that a search hides stays on the page: only another choice changes it. */
static void
on_selected_item_notify_cb (PsaProfileList *self)
{
  PsaStatus *status = gtk_single_selection_get_selected_item (self->selection);

  if (status == NULL)
    return;
  self->position = gtk_single_selection_get_selected (self->selection);
  set_status (self, status);
}

static void
update_stack (PsaProfileList *self)
{
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_stack_set_visible_child_name (self->stack,
                                    has_rows || psa_search_is_empty (self->search) ? "list"
                                                                                   : "none-found");
}

/* What a search had hidden and shows again is still the chosen one. */
static void
on_items_changed_cb (PsaProfileList *self)
{
  guint position;

  update_stack (self);
  if (self->status == NULL || gtk_single_selection_get_selected_item (self->selection) != NULL)
    return;
  position = find (self, self->status);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position);
}

/* The chosen profile may have gone: its neighbour takes its place. */
static void
on_store_items_changed_cb (PsaProfileList *self)
{
  PsaStore *store = psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
  PsaProfile *profile = self->status != NULL ? psa_status_get_profile (self->status) : NULL;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (profile == NULL || psa_store_get_profile (store, psa_profile_get_id (profile)) == profile)
    return;
  set_status (self, NULL);
  if (n_items > 0)
    gtk_single_selection_set_selected (self->selection, MIN (self->position, n_items - 1));
}

static void
sort (PsaProfileList *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->sorted));

  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  /* The model tells of rows that move, but not of one that stays where another section begins. */
  if (n_items > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self->sorted), 0, n_items);
  g_signal_emit (self, signals[SIGNAL_SORTED], 0);
}

static void
sort_and_search (PsaProfileList *self)
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
  sort_and_search (self);
}

static void
on_changed_cb (PsaProfileList *self)
{
  if (self->gather_id == 0)
    self->gather_id = g_timeout_add_once (GATHER_MS, on_gathered_cb, self);
}

static void
on_search_changed_cb (PsaProfileList *self)
{
  g_autofree char *before = g_steal_pointer (&self->search_text);

  self->search_text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  g_clear_pointer (&self->search, psa_search_free);
  self->search = psa_search_new (self->search_text);
  gtk_filter_changed (self->filter, psa_search_narrows (self->search_text, before)
                                        ? GTK_FILTER_CHANGE_MORE_STRICT
                                        : GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static void
on_list_activate_cb (PsaProfileList *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
on_settings_changed_cb (PsaProfileList *self)
{
  self->order = (PsaOrder) g_settings_get_enum (self->settings, "sort-order");
  self->grouping = (PsaGrouping) g_settings_get_enum (self->settings, "grouping");
  if (self->sorted != NULL)
    sort (self);
}

static void
clear_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaProfileList *self = PSA_PROFILE_LIST (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  psa_profile_list_focus (self);
}

static void
build_pipeline (PsaProfileList *self)
{
  PsaStore *store = psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
  GListModel *statuses = G_LIST_MODEL (
      gtk_map_list_model_new (g_object_ref (G_LIST_MODEL (store)), map_to_status,
                              g_object_ref (self->monitor), g_object_unref));
  GtkFilterListModel *found;

  self->sorted = gtk_sort_list_model_new (statuses, g_object_ref (self->sorter));
  gtk_sort_list_model_set_section_sorter (self->sorted, self->section_sorter);
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)),
                                     g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (found));
  g_object_unref (found);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (on_selected_item_notify_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_items_changed_cb),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  /* After: the models of the pipeline have seen the change by then. */
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_store_items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
psa_profile_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaProfileList *self = PSA_PROFILE_LIST (object);

  switch ((PsaProfileListProperty) prop_id)
    {
    case PROP_MONITOR:
      g_value_set_object (value, self->monitor);
      break;
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, self->collapsed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_profile_list_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  PsaProfileList *self = PSA_PROFILE_LIST (object);

  switch ((PsaProfileListProperty) prop_id)
    {
    case PROP_MONITOR:
      if (self->monitor == NULL && g_set_object (&self->monitor, g_value_get_object (value)))
        build_pipeline (self);
      break;
    case PROP_COLLAPSED:
      self->collapsed = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_STATUS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_profile_list_dispose (GObject *object)
{
  PsaProfileList *self = PSA_PROFILE_LIST (object);

  g_clear_handle_id (&self->gather_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_PROFILE_LIST);
  g_clear_object (&self->status);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (psa_profile_list_parent_class)->dispose (object);
}

static void
psa_profile_list_finalize (GObject *object)
{
  PsaProfileList *self = PSA_PROFILE_LIST (object);

  /* Not in dispose: the pipeline asks until the very end. */
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->sorter);
  g_clear_object (&self->section_sorter);
  g_clear_object (&self->filter);
  g_clear_object (&self->monitor);
  psa_search_free (self->search);
  g_free (self->search_text);
  G_OBJECT_CLASS (psa_profile_list_parent_class)->finalize (object);
}

static void
psa_profile_list_class_init (PsaProfileListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = psa_profile_list_get_property;
  object_class->set_property = psa_profile_list_set_property;
  object_class->dispose = psa_profile_list_dispose;
  object_class->finalize = psa_profile_list_finalize;

  properties[PROP_MONITOR] =
      g_param_spec_object ("monitor", NULL, NULL, PSA_TYPE_MONITOR, flags | G_PARAM_READWRITE);
  properties[PROP_STATUS] =
      g_param_spec_object ("status", NULL, NULL, PSA_TYPE_STATUS, flags | G_PARAM_READABLE);
  properties[PROP_COLLAPSED] =
      g_param_spec_boolean ("collapsed", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * PsaProfileList::activated:
   * @self: the list
   *
   * A row was activated: its profile is chosen already.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PsaProfileList::sorted:
   * @self: the list
   *
   * Profiles were sorted anew: what stands above a section may not be true any more.
   */
  signals[SIGNAL_SORTED] = g_signal_new ("sorted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "profiles.clear-search", NULL,
                                   clear_search_action);

  g_type_ensure (PSA_TYPE_NOTICES);
  g_type_ensure (PSA_TYPE_PROFILE_ROW);
  g_type_ensure (PSA_TYPE_SECTION_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-profile-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, notices);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, list_view);
  gtk_widget_class_bind_template_callback (widget_class, dup_row_name);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
}

static void
psa_profile_list_init (PsaProfileList *self)
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
  g_signal_connect_object (self->settings, "changed::grouping",
                           G_CALLBACK (on_settings_changed_cb), self, G_CONNECT_SWAPPED);

  order = g_settings_create_action (self->settings, "sort-order");
  grouping = g_settings_create_action (self->settings, "grouping");
  g_action_map_add_action (G_ACTION_MAP (actions), order);
  g_action_map_add_action (G_ACTION_MAP (actions), grouping);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (actions));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_profile_list_watch:
 * @self: the list
 *
 * Shows what there is to be told above the list. To be called once the first frame was drawn.
 */
void
psa_profile_list_watch (PsaProfileList *self)
{
  g_return_if_fail (PSA_IS_PROFILE_LIST (self));

  psa_notices_watch (self->notices, self->monitor);
}

/**
 * psa_profile_list_get_status:
 * @self: the list
 *
 * Returns: (transfer none) (nullable): the status that is chosen, whether its row is to be seen or not
 */
PsaStatus *
psa_profile_list_get_status (PsaProfileList *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE_LIST (self), NULL);

  return self->status;
}

/**
 * psa_profile_list_select:
 * @self: the list
 * @status: one of the list
 *
 * Chooses a profile and brings its row into sight; a search that hides it ends.
 */
void
psa_profile_list_select (PsaProfileList *self, PsaStatus *status)
{
  guint position;

  g_return_if_fail (PSA_IS_PROFILE_LIST (self));
  g_return_if_fail (PSA_IS_STATUS (status));

  sort_and_search (self);
  if (!psa_search_matches (self->search, status))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
      gtk_search_bar_set_search_mode (self->search_bar, FALSE);
    }
  position = find (self, status);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->list_view, position, GTK_LIST_SCROLL_SELECT, NULL);
}

/**
 * psa_profile_list_focus:
 * @self: the list
 *
 * Moves the keyboard focus to the rows.
 */
void
psa_profile_list_focus (PsaProfileList *self)
{
  g_return_if_fail (PSA_IS_PROFILE_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

/**
 * psa_profile_list_start_search:
 * @self: the list
 *
 * Shows the search and moves the keyboard focus there.
 */
void
psa_profile_list_start_search (PsaProfileList *self)
{
  g_return_if_fail (PSA_IS_PROFILE_LIST (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * psa_profile_list_capture_keys:
 * @self: the list, in a window
 * @capture: whether what is typed anywhere in the window starts a search
 */
void
psa_profile_list_capture_keys (PsaProfileList *self, gboolean capture)
{
  GtkWidget *root;

  g_return_if_fail (PSA_IS_PROFILE_LIST (self));

  root = capture ? GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))) : NULL;
  if (gtk_search_bar_get_key_capture_widget (self->search_bar) != root)
    gtk_search_bar_set_key_capture_widget (self->search_bar, root);
}

/**
 * psa_profile_list_get_section_title:
 * @self: the list
 * @status: one of a section
 *
 * Returns: (transfer none): what the section is called
 */
const char *
psa_profile_list_get_section_title (PsaProfileList *self, PsaStatus *status)
{
  g_return_val_if_fail (PSA_IS_PROFILE_LIST (self), "");
  g_return_val_if_fail (PSA_IS_STATUS (status), "");

  return psa_grouping_get_title (self->grouping, status);
}
