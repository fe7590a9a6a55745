/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-button.h"
#include "psa-connection-form.h"
#include "psa-help-dialog.h"
#include "psa-message.h"

#include <glib/gi18n.h>

/**
 * PsaWindow:
 *
 * The list of profiles beside the status of the chosen one. Nothing is read, asked for or looked up before the first frame was drawn.
 *
 * Loading → Empty (first run) or Profiles; Loading → Failed → Loading where the file cannot be read.
 *
 * Properties: monitor (construct only), status (nullable: the chosen one).
 */

typedef enum
{
  PROP_MONITOR = 1,
  PROP_STATUS,
} PsaWindowProperty;

static GParamSpec *properties[PROP_STATUS + 1];

G_DEFINE_FINAL_TYPE (PsaWindow, psa_window, ADW_TYPE_APPLICATION_WINDOW)

/* Nobody waits for this one to see the window. */
static void
add_status_page (PsaWindow *self)
{
  self->status_page = g_object_new (PSA_TYPE_STATUS_PAGE, "monitor", self->monitor, NULL);
  g_object_bind_property (self, "status", self->status_page, "status", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->status_page, "fix", G_CALLBACK (psa_window_fix), self,
                           G_CONNECT_SWAPPED);
  adw_navigation_split_view_set_content (self->split_view, ADW_NAVIGATION_PAGE (self->status_page));
}

/* What one does next has the focus, unless a dialog has it. */
static void
show_view (PsaWindow *self, const char *name)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;

  if (self->status_page == NULL && g_str_equal (name, "profiles"))
    add_status_page (self);
  gtk_stack_set_visible_child_name (self->stack, name);
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return;
  if (g_str_equal (name, "empty"))
    gtk_widget_grab_focus (self->first_button);
  else if (g_str_equal (name, "profiles"))
    psa_profile_list_focus (self->list);
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

static void
on_list_status_notify_cb (PsaWindow *self)
{
  PsaStatus *status = psa_profile_list_get_status (self->list);

  set_status (self, status);
  if (status == NULL)
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
}

static void
on_list_activated_cb (PsaWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  psa_status_page_focus (self->status_page);
}

static void
on_checked_cb (PsaWindow *self, PsaStatus *status, PsaResult *result)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  g_autoptr(PsaMessage) message = psa_message_new (result);
  g_autofree char *title =
      psa_message_dup_clean (psa_profile_get_title (psa_status_get_profile (status)));
  g_autofree char *text = NULL;

  if (self->round != NULL && status != self->status)
    return; /* told at the end, all in one */
  /* A form tells its result itself, or the toast does that says that it is connected. */
  if (PSA_IS_CONNECTION_FORM (dialog) &&
      psa_connection_form_is_saving (PSA_CONNECTION_FORM (dialog)))
    return;

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
  psa_profile_list_watch (self->list);
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
  psa_profile_list_start_search (self->list);
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
on_focus_widget_cb (PsaWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!self->has_dialog && focus != NULL)
    g_set_weak_pointer (&self->last_focus, focus);
}

/* A dialog gives the focus back itself, but while the button that opened it cannot be pressed yet. */
static void
on_visible_dialog_cb (PsaWindow *self)
{
  gboolean had_dialog = self->has_dialog;
  GtkWidget *focus = self->last_focus;

  self->has_dialog =
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL;
  psa_window_update_actions (self);
  if (!had_dialog || self->has_dialog)
    return;
  /* The entry of a menu has gone: its button is above it. */
  if (focus != NULL && !gtk_widget_get_mapped (focus))
    focus = gtk_widget_get_ancestor (focus, GTK_TYPE_MENU_BUTTON);
  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  else
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
psa_window_constructed (GObject *object)
{
  PsaWindow *self = PSA_WINDOW (object);
  PsaStore *store;

  G_OBJECT_CLASS (psa_window_parent_class)->constructed (object);

  store = psa_window_get_store (self);
  /* After: the list has seen the change by then. */
  g_signal_connect_object (store, "items-changed", G_CALLBACK (psa_window_update_view), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (store, "notify", G_CALLBACK (psa_window_update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (on_visible_dialog_cb), NULL);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus_widget_cb), NULL);
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
  if (self->round != NULL)
    psa_round_cancel (self->round);
  g_clear_object (&self->round);
  g_cancellable_cancel (self->unlocking);
  g_clear_object (&self->unlocking);
  g_clear_object (&self->status_signals);
  g_clear_weak_pointer (&self->last_focus);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_WINDOW);
  g_clear_pointer (&self->removals, g_ptr_array_unref);
  g_clear_object (&self->status);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (psa_window_parent_class)->dispose (object);
}

static void
psa_window_finalize (GObject *object)
{
  PsaWindow *self = PSA_WINDOW (object);

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
  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, PSA_TYPE_STATUS,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (PSA_TYPE_NOTICES);
  g_type_ensure (PSA_TYPE_PROFILE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, first_button);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, list);
  gtk_widget_class_bind_template_child (widget_class, PsaWindow, empty_notices);
  gtk_widget_class_bind_template_child_full (widget_class, "failed_menu_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "empty_menu_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "main_menu", FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, on_list_status_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, psa_window_update_actions);
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
  psa_window_install_backup_actions (widget_class);
  psa_window_install_copy_actions (widget_class);
  psa_window_install_exchange_actions (widget_class);
  psa_window_install_load_actions (widget_class);
  psa_window_install_profile_actions (widget_class);
  psa_window_install_removal_actions (widget_class);
  psa_window_install_report_actions (widget_class);
  psa_window_install_round_actions (widget_class);
  psa_window_install_keyring_actions (widget_class);
  psa_window_install_change_actions (widget_class);
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
  psa_button_set_menu (GTK_WIDGET (self), "failed_menu_button", "main_menu");
  psa_button_set_menu (GTK_WIDGET (self), "empty_menu_button", "main_menu");
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
 * Chooses a profile and brings its row into sight; an unknown one is passed over.
 */
void
psa_window_select (PsaWindow *self, const char *id)
{
  PsaProfile *profile = psa_store_get_profile (psa_window_get_store (self), id);

  if (profile != NULL)
    psa_profile_list_select (self->list, psa_monitor_get_status (self->monitor, profile));
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
  gboolean has_several = can_write && psa_profile_list_get_selecting (self->list);

  psa_profile_list_capture_keys (self->list, is_free);
  gtk_widget_action_set_enabled (widget, "win.add", can_write);
  gtk_widget_action_set_enabled (widget, "win.show-backups", can_write);
  gtk_widget_action_set_enabled (widget, "win.show-integrations", can_write);
  gtk_widget_action_set_enabled (widget, "win.paste", can_write);
  gtk_widget_action_set_enabled (widget, "win.show-secrets", can_write);
  gtk_widget_action_set_enabled (widget, "win.search",
                                 is_loaded && g_list_model_get_n_items (G_LIST_MODEL (store)) > 0);
  gtk_widget_action_set_enabled (
      widget, "win.check-all",
      is_loaded && self->round == NULL && g_list_model_get_n_items (G_LIST_MODEL (store)) > 0);
  gtk_widget_action_set_enabled (widget, "win.import", can_write);
  gtk_widget_action_set_enabled (
      widget, "win.export", is_loaded && g_list_model_get_n_items (G_LIST_MODEL (store)) > 0);
  gtk_widget_action_set_enabled (widget, "win.undo", can_write && psa_window_can_undo (self));
  gtk_widget_action_set_enabled (widget, "profile.check", has_profile);
  gtk_widget_action_set_enabled (widget, "profile.permissions", has_profile);
  gtk_widget_action_set_enabled (widget, "profile.cancel",
                                 has_profile && psa_status_get_checking (self->status));
  gtk_widget_action_set_enabled (widget, "profile.edit", has_profile && can_write);
  /* What was found before the last change is not about the values that would stand in the report. */
  gtk_widget_action_set_enabled (widget, "profile.copy-report",
                                 has_profile && psa_status_get_current (self->status));
  gtk_widget_action_set_enabled (widget, "profile.copy-as", has_profile);
  gtk_widget_action_set_enabled (widget, "profile.copy-password", has_profile);
  gtk_widget_action_set_enabled (widget, "profile.forget-trust", has_profile && can_write);
  gtk_widget_action_set_enabled (widget, "profile.delete",
                                 has_several || (has_profile && can_write));
  gtk_widget_action_set_enabled (widget, "profile.open-in-browser", has_profile);
  gtk_widget_action_set_enabled (widget, "profile.rename", has_profile && can_write);
  gtk_widget_action_set_enabled (widget, "profile.replace-key", has_profile && can_write);
  gtk_widget_action_set_enabled (widget, "profile.duplicate", has_profile && can_write);
  gtk_widget_action_set_enabled (
      widget, "selection.check",
      is_loaded && psa_profile_list_get_selecting (self->list) && self->round == NULL);
  gtk_widget_action_set_enabled (widget, "selection.export",
                                 is_loaded && psa_profile_list_get_selecting (self->list));
  gtk_widget_action_set_enabled (widget, "selection.tags", has_several);
  gtk_widget_action_set_enabled (widget, "selection.api-version", has_several);
  gtk_widget_action_set_enabled (widget, "selection.integration", has_several);
  gtk_widget_action_set_enabled (widget, "selection.environment", has_several);
  gtk_widget_action_set_enabled (widget, "selection.favourite", has_several);
  gtk_widget_action_set_enabled (widget, "selection.delete", has_several);
}
