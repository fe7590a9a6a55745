/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-list-private.h"

#include "psa-button.h"
#include "psa-message.h"
#include "psa-profile-slot.h"
#include "psa-section-header.h"

#include <glib/gi18n.h>

/**
 * PsaProfileList:
 *
 * The list of profiles, its search and its order. A pipeline: store → status → sorted in sections → searched →
 * selection → rows. What is sorted stays sorted while somebody types, so that a key costs one look at each.
 *
 * Properties: monitor, status (nullable: the one that is chosen; a search that hides it does not change it), collapsed
 * (whether a row leads to another page), selecting (whether several can be chosen at once), single-click and heading
 * (both derived).
 * Signals: activated: somebody wants to see the chosen one; sorted: sections may have begun, ended or changed.
 */
typedef enum
{
  PROP_MONITOR = 1,
  PROP_STATUS,
  PROP_COLLAPSED,
  PROP_SELECTING,
  PROP_SINGLE_CLICK,
  PROP_HEADING,
} PsaProfileListProperty;

typedef enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_SORTED,
} PsaProfileListSignal;

static GParamSpec *properties[PROP_HEADING + 1];
static guint signals[SIGNAL_SORTED + 1];

G_DEFINE_FINAL_TYPE (PsaProfileList, psa_profile_list, ADW_TYPE_NAVIGATION_PAGE)

void
psa_profile_list_update_stack (PsaProfileList *self)
{
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_stack_set_visible_child_name (
      self->stack, has_rows || psa_search_is_empty (self->search) ? "list" : "none-found");
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
  psa_profile_list_set_status (self, NULL);
  if (n_items > 0 && !self->selecting)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                     MIN (self->position, n_items - 1), TRUE);
}

static void
on_search_changed_cb (PsaProfileList *self)
{
  psa_profile_list_search_for (self, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  psa_profile_list_update_stack (self);
}

/* The focus would be lost with the entry that had it. Behind a dialog it is not ours. */
static void
on_search_mode_notify_cb (PsaProfileList *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar) &&
      gtk_search_bar_get_key_capture_widget (self->search_bar) != NULL &&
      gtk_widget_get_mapped (GTK_WIDGET (self->list_view)))
    psa_profile_list_focus (self);
}

static void
on_list_activate_cb (PsaProfileList *self, guint position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  if (self->selecting)
    {
      if (gtk_selection_model_is_selected (model, position))
        gtk_selection_model_unselect_item (model, position);
      else
        gtk_selection_model_select_item (model, position, FALSE);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
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
start_selecting_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  psa_profile_list_set_selecting (PSA_PROFILE_LIST (widget), TRUE);
}

static void
stop_selecting_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  psa_profile_list_set_selecting (PSA_PROFILE_LIST (widget), FALSE);
}

static gboolean
stop_selecting_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  PsaProfileList *self = PSA_PROFILE_LIST (widget);

  if (!self->selecting)
    return FALSE; /* the key is for others */
  psa_profile_list_set_selecting (self, FALSE);
  return TRUE;
}

static char *
dup_heading (PsaProfileList *self)
{
  guint n_selected = self->selection != NULL ? psa_profile_list_count_selected (self) : 0;

  if (!self->selecting)
    return g_strdup (_("Profiles"));
  /* Translators: how many profiles are selected */
  return g_strdup_printf (ngettext ("%u Selected", "%u Selected", n_selected), n_selected);
}

static void
build_models (PsaProfileList *self)
{
  PsaStore *store = psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
  g_autoptr(GListModel) found = psa_profile_list_build_pipeline (self);

  self->selection = gtk_multi_selection_new (g_steal_pointer (&found));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (psa_profile_list_on_selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed",
                           G_CALLBACK (psa_profile_list_on_items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  /* After: the models of the pipeline have seen the change by then. */
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_store_items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
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
    case PROP_SELECTING:
      g_value_set_boolean (value, self->selecting);
      break;
    case PROP_SINGLE_CLICK:
      /* Where one click activates, the pointer selects on its way: that would undo a selection of several. */
      g_value_set_boolean (value, self->collapsed && !self->selecting);
      break;
    case PROP_HEADING:
      g_value_take_string (value, dup_heading (self));
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
        build_models (self);
      break;
    case PROP_COLLAPSED:
      self->collapsed = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      g_object_notify_by_pspec (object, properties[PROP_SINGLE_CLICK]);
      break;
    case PROP_STATUS:
    case PROP_SELECTING:
    case PROP_SINGLE_CLICK:
    case PROP_HEADING:
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
  g_hash_table_unref (self->chosen);
  g_ptr_array_unref (self->spare_rows);
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
  properties[PROP_SELECTING] =
      g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_SINGLE_CLICK] =
      g_param_spec_boolean ("single-click", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_HEADING] =
      g_param_spec_string ("heading", NULL, NULL, NULL, flags | G_PARAM_READABLE);
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
  gtk_widget_class_install_action (widget_class, "profiles.start-selecting", NULL,
                                   start_selecting_action);
  gtk_widget_class_install_action (widget_class, "profiles.stop-selecting", NULL,
                                   stop_selecting_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_selecting_cb, NULL);

  g_type_ensure (PSA_TYPE_LIST_FOOT);
  g_type_ensure (PSA_TYPE_NOTICES);
  g_type_ensure (PSA_TYPE_PROFILE_SLOT);
  g_type_ensure (PSA_TYPE_SECTION_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-profile-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, notices);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, list_view);
  gtk_widget_class_bind_template_child (widget_class, PsaProfileList, foot);
  gtk_widget_class_bind_template_child_full (widget_class, "menu_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "list_menu", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "change_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "change_menu", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "selection_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "selection_menu", FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_mode_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
}

static void
psa_profile_list_init (PsaProfileList *self)
{
  self->spare_rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->chosen = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  psa_profile_list_init_order (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  psa_button_set_menu (GTK_WIDGET (self), "menu_button", "list_menu");
  psa_button_set_menu (GTK_WIDGET (self), "change_button", "change_menu");
  psa_button_set_menu (GTK_WIDGET (self), "selection_button", "selection_menu");
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
 * psa_profile_list_set_unlocking:
 * @self: the list, watching
 * @unlocking: whether the keyring is being asked to open
 *
 * Says above the list that the keyring's answer is waited for.
 */
void
psa_profile_list_set_unlocking (PsaProfileList *self, gboolean unlocking)
{
  g_return_if_fail (PSA_IS_PROFILE_LIST (self));

  psa_notices_set_unlocking (self->notices, unlocking);
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

  psa_profile_list_set_selecting (self, FALSE);
  psa_profile_list_sort_anew (self);
  if (!psa_search_matches (self->search, status))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
      gtk_search_bar_set_search_mode (self->search_bar, FALSE);
    }
  position = psa_profile_list_find (self, status);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->list_view, position, GTK_LIST_SCROLL_SELECT, NULL);
}

/**
 * psa_profile_list_get_all:
 * @self: the list
 *
 * Returns: (transfer none): all statuses in the order of the list, those that a search hides included
 */
GListModel *
psa_profile_list_get_all (PsaProfileList *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE_LIST (self), NULL);

  return G_LIST_MODEL (self->sorted);
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
 * psa_profile_list_show_round:
 * @self: the list
 * @round: what is under way
 *
 * Shows at its foot how far @round is.
 */
void
psa_profile_list_show_round (PsaProfileList *self, PsaRound *round)
{
  g_return_if_fail (PSA_IS_PROFILE_LIST (self));

  psa_list_foot_show_round (self->foot, round);
}

/**
 * psa_profile_list_dup_section_title:
 * @self: the list
 * @status: one of a section
 *
 * Returns: (transfer full): what the section is called, fit to be shown
 */
char *
psa_profile_list_dup_section_title (PsaProfileList *self, PsaStatus *status)
{
  const char *title;

  g_return_val_if_fail (PSA_IS_PROFILE_LIST (self), NULL);
  g_return_val_if_fail (PSA_IS_STATUS (status), NULL);

  title = psa_grouping_get_title (self->grouping, status);
  /* A tag is text from outside, all other titles are our own. */
  return self->grouping == PSA_GROUPING_TAG ? psa_message_dup_clean (title) : g_strdup (title);
}
