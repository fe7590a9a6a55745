/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-ui"

#include "config.h"

#include "psa-window-private.h"

#include "psa-connection-form.h"
#include "psa-help-dialog.h"
#include "psa-message.h"
#include "psa-profile-row.h"

#include <glib/gi18n.h>

/**
 * PsaWindow:
 *
 * The list of profiles beside the status of the chosen one. The list is a pipeline: store → status →
 * sort → search → selection → rows. Nothing is read, asked for or looked up before the first frame was drawn.
 *
 * Loading → Empty (first run) or Profiles; Loading → Failed → Loading where the file cannot be read.
 *
 * Properties: monitor (construct only), statuses (GListModel of PsaStatus), status (nullable: the chosen one).
 */

typedef enum
{
  PROP_MONITOR = 1,
  PROP_STATUSES,
  PROP_STATUS,
} PsaWindowProperty;

static GParamSpec *properties[PROP_STATUS + 1];

G_DEFINE_FINAL_TYPE (PsaWindow, psa_window, ADW_TYPE_APPLICATION_WINDOW)

static gpointer
map_to_status (gpointer profile, gpointer user_data)
{
  PsaWindow *self = user_data;
  gpointer status = g_object_ref (psa_monitor_get_status (self->monitor, profile));

  g_object_unref (profile);
  return status;
}

static char *
dup_search_text (PsaStatus *status, PsaWindow *self)
{
  PsaProfile *profile = psa_status_get_profile (status);
  PsaResult *result = psa_status_get_result (status);
  const char *company = result != NULL && result->tenant != NULL ? result->tenant->company : NULL;
  const char *company_id = psa_profile_get_company_id (profile);
  const char *host = psa_profile_get_host (profile);

  return g_strjoin ("\n", psa_profile_get_title (profile), host != NULL ? host : "",
                    company_id != NULL ? company_id : "", company, NULL);
}

static char *
choose_list (PsaWindow *self, guint n_items)
{
  return g_strdup (n_items > 0 ? "list" : "none-found");
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

/* What one does next has the focus, unless a dialog has it. */
static void
show_view (PsaWindow *self, const char *name)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;

  gtk_stack_set_visible_child_name (self->stack, name);
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return;
  if (g_str_equal (name, "empty"))
    gtk_widget_grab_focus (self->first_button);
  else if (g_str_equal (name, "profiles"))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
set_status (PsaWindow *self, PsaStatus *status)
{
  if (!g_set_object (&self->status, status))
    return;
  g_settings_set_string (self->settings, "last-profile",
                         status != NULL ? psa_profile_get_id (psa_status_get_profile (status))
                                        : "");
  g_signal_group_set_target (self->status_signals, status);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  psa_window_update_actions (self);
}

/* A row that a search hides stays on the page: only another choice changes it. */
static void
on_selected_item_notify_cb (PsaWindow *self)
{
  PsaStatus *status = gtk_single_selection_get_selected_item (self->selection);

  if (status == NULL)
    return;
  self->position = gtk_single_selection_get_selected (self->selection);
  set_status (self, status);
}

static void
on_list_activate_cb (PsaWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  psa_status_page_focus (self->status_page);
}

static void
on_page_fix_cb (PsaWindow *self, PsaResult *result)
{
  psa_window_fix (self, result);
}

/* The profile on the page may have gone: its neighbour takes its place. */
static void
on_store_items_changed_cb (PsaWindow *self)
{
  PsaStore *store = psa_window_get_store (self);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  PsaProfile *profile = self->status != NULL ? psa_status_get_profile (self->status) : NULL;

  if (profile != NULL && psa_store_get_profile (store, psa_profile_get_id (profile)) != profile)
    {
      set_status (self, NULL);
      if (n_items > 0)
        gtk_single_selection_set_selected (self->selection, MIN (self->position, n_items - 1));
      if (self->status == NULL)
        adw_navigation_split_view_set_show_content (self->split_view, FALSE);
    }
  psa_window_update_view (self);
}

static void
on_checked_cb (PsaWindow *self, PsaStatus *status, PsaResult *result)
{
  g_autoptr(PsaMessage) message = psa_message_new (result);
  g_autofree char *title =
      psa_message_dup_clean (psa_profile_get_title (psa_status_get_profile (status)));
  g_autofree char *text = NULL;

  /* Translators: what a screen reader says when a check has ended: name of the profile, state, what is the matter */
  text = g_strdup_printf (_("%s: %s. %s"), title,
                          psa_state_get_word (psa_cause_get_state (result->cause)), message->what);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_first_frame_cb (GdkFrameClock *frame_clock, PsaWindow *self)
{
  g_signal_handlers_disconnect_by_func (frame_clock, on_first_frame_cb, self);
  psa_notices_watch (self->list_notices, self->monitor);
  psa_notices_watch (self->empty_notices, self->monitor);
  if (psa_store_get_loaded (psa_window_get_store (self)))
    psa_window_update_view (self);
  else
    psa_window_load (self);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  psa_window_say (PSA_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
psa_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (psa_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (on_first_frame_cb), widget, G_CONNECT_DEFAULT);
}

static gboolean
psa_window_close_request (GtkWindow *window)
{
  PsaWindow *self = PSA_WINDOW (window);
  gboolean is_maximized = gtk_window_is_maximized (window);
  int width = 0;
  int height = 0;

  psa_window_finish_removals (self);
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", is_maximized);
  if (!is_maximized && width >= 360 && height >= 294)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  return GTK_WINDOW_CLASS (psa_window_parent_class)->close_request (window);
}

static void
psa_window_constructed (GObject *object)
{
  PsaWindow *self = PSA_WINDOW (object);
  PsaStore *store;

  G_OBJECT_CLASS (psa_window_parent_class)->constructed (object);

  store = psa_window_get_store (self);
  self->statuses = G_LIST_MODEL (
      gtk_map_list_model_new (g_object_ref (G_LIST_MODEL (store)), map_to_status, self, NULL));
  g_object_notify_by_pspec (object, properties[PROP_STATUSES]);

  /* After: the models of the pipeline have seen the change by then. */
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_store_items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (store, "notify", G_CALLBACK (psa_window_update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (psa_window_update_actions), NULL);
  g_signal_connect_object (self->monitor, "checked", G_CALLBACK (on_checked_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  if (DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  psa_window_update_view (self);
}

static void
psa_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaWindow *self = PSA_WINDOW (object);

  switch ((PsaWindowProperty) prop_id)
    {
    case PROP_MONITOR:
      g_value_set_object (value, self->monitor);
      break;
    case PROP_STATUSES:
      g_value_set_object (value, self->statuses);
      break;
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaWindow *self = PSA_WINDOW (object);

  switch ((PsaWindowProperty) prop_id)
    {
    case PROP_MONITOR:
      self->monitor = g_value_dup_object (value);
      break;
    case PROP_STATUSES:
    case PROP_STATUS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_window_dispose (GObject *object)
{
  PsaWindow *self = PSA_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->status_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_WINDOW);
  g_clear_pointer (&self->removals, g_ptr_array_unref);
  g_clear_object (&self->statuses);
  g_clear_object (&self->status);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (psa_window_parent_class)->dispose (object);
}

static void
psa_window_finalize (GObject *object)
{
  PsaWindow *self = PSA_WINDOW (object);

  /* Not in dispose: the list maps profiles through it until the very end. */
  g_object_unref (self->cancellable);
  g_clear_object (&self->monitor);
  g_free (self->failure);
  G_OBJECT_CLASS (psa_window_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_MONITOR] = g_param_spec_object (
      "monitor", NULL, NULL, PSA_TYPE_MONITOR,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUSES] = g_param_spec_object ("statuses", NULL, NULL, G_TYPE_LIST_MODEL,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, PSA_TYPE_STATUS,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (PSA_TYPE_NOTICES);
  g_type_ensure (PSA_TYPE_PROFILE_ROW);
  g_type_ensure (PSA_TYPE_STATUS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, first_button);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, list_view);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, sorter);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, filter);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, status_page);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, list_notices);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, empty_notices);
  gtk_widget_class_bind_template_callback (widget_class, choose_list);
  gtk_widget_class_bind_template_callback (widget_class, dup_row_name);
  gtk_widget_class_bind_template_callback (widget_class, dup_search_text);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_item_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_page_fix_cb);
}

static void
psa_window_class_init (PsaWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = psa_window_constructed;
  object_class->get_property = psa_window_get_property;
  object_class->set_property = psa_window_set_property;
  object_class->dispose = psa_window_dispose;
  object_class->finalize = psa_window_finalize;
  widget_class->realize = psa_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = psa_window_close_request;

  install_properties (object_class);
  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "app.help", "s",
                                       PSA_HELP_START);
  psa_window_install_load_actions (widget_class);
  psa_window_install_profile_actions (widget_class);
  psa_window_install_removal_actions (widget_class);
  psa_window_install_report_actions (widget_class);
}

static void
psa_window_init (PsaWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  self->removals = psa_window_new_removals ();
  self->status_signals = g_signal_group_new (PSA_TYPE_STATUS);
  g_signal_group_connect_swapped (self->status_signals, "notify::checking",
                                  G_CALLBACK (psa_window_update_actions), self);
  g_signal_group_connect_swapped (self->status_signals, "notify::current",
                                  G_CALLBACK (psa_window_update_actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_window_new:
 * @application: what the window belongs to
 * @monitor: the profiles, not loaded yet; the window loads them
 *
 * Returns: (transfer none): a new window, owned by @application
 */
PsaWindow *
psa_window_new (GtkApplication *application, PsaMonitor *monitor)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (PSA_IS_MONITOR (monitor), NULL);

  return g_object_new (PSA_TYPE_WINDOW, "application", application, "monitor", monitor, NULL);
}

/**
 * psa_window_get_store:
 * @self: the window
 *
 * Returns: (transfer none): the store of the profiles it shows
 */
PsaStore *
psa_window_get_store (PsaWindow *self)
{
  return psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
}

/**
 * psa_window_update_view:
 * @self: the window
 *
 * Shows what there is to show: that the profiles are being read or cannot be, how to add the first, or the
 * list.
 */
void
psa_window_update_view (PsaWindow *self)
{
  PsaStore *store = psa_window_get_store (self);

  psa_window_update_actions (self); /* first: a button that cannot act takes no focus */
  if (self->failure != NULL)
    {
      adw_status_page_set_description (self->failed_page, self->failure);
      show_view (self, "failed");
    }
  else if (!psa_store_get_loaded (store))
    show_view (self, "loading");
  else if (g_list_model_get_n_items (G_LIST_MODEL (store)) == 0)
    show_view (self, "empty");
  else
    show_view (self, "profiles");
}

/**
 * psa_window_say:
 * @self: the window
 * @text: small news, plain text
 *
 * Shows @text in a toast.
 */
void
psa_window_say (PsaWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/**
 * psa_window_select:
 * @self: the window
 * @id: the UUID of a profile
 *
 * Chooses a profile and brings its row into sight; an unknown one is passed over. To be called too when a
 * profile has changed, since it sorts and searches the list anew.
 */
void
psa_window_select (PsaWindow *self, const char *id)
{
  PsaProfile *profile = psa_store_get_profile (psa_window_get_store (self), id);
  PsaStatus *status;
  guint n_items;

  if (profile == NULL)
    return;

  status = psa_monitor_get_status (self->monitor, profile);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (!gtk_filter_match (self->filter, status))
    gtk_search_bar_set_search_mode (self->search_bar, FALSE);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(PsaStatus) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item != status)
        continue;
      gtk_list_view_scroll_to (self->list_view, i, GTK_LIST_SCROLL_SELECT, NULL);
      return;
    }
}

/**
 * psa_window_update_actions:
 * @self: the window
 *
 * Shows what can be done now. Behind an open dialog nothing can: its keys would reach the window too.
 */
void
psa_window_update_actions (PsaWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PsaStore *store = psa_window_get_store (self);
  gboolean is_free = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL;
  gboolean is_loaded = is_free && psa_store_get_loaded (store) && self->failure == NULL;
  gboolean can_write = is_loaded && !psa_store_get_read_only (store);
  gboolean has_profile = is_loaded && self->status != NULL;

  gtk_widget_action_set_enabled (widget, "win.add", can_write);
  gtk_widget_action_set_enabled (widget, "win.search",
                                 is_loaded && g_list_model_get_n_items (G_LIST_MODEL (store)) > 0);
  gtk_widget_action_set_enabled (widget, "win.undo", can_write && psa_window_can_undo (self));
  gtk_widget_action_set_enabled (widget, "profile.check", has_profile);
  gtk_widget_action_set_enabled (widget, "profile.permissions", has_profile);
  gtk_widget_action_set_enabled (widget, "profile.cancel",
                                 has_profile && psa_status_get_checking (self->status));
  gtk_widget_action_set_enabled (widget, "profile.edit", has_profile && can_write);
  /* What was found before the last change is not about the values that would stand in the report. */
  gtk_widget_action_set_enabled (widget, "profile.copy-report",
                                 has_profile && psa_status_get_current (self->status));
  gtk_widget_action_set_enabled (widget, "profile.forget-trust", has_profile && can_write);
  gtk_widget_action_set_enabled (widget, "profile.delete", has_profile && can_write);
  gtk_widget_action_set_enabled (widget, "profile.open-in-browser", has_profile);
}
