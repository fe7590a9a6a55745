/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-connection-form-private.h"

#include "psa-banner.h"
#include "psa-button.h"
#include "psa-help-dialog.h"
#include "psa-message.h"
#include "psa-save-question.h"

#include <glib/gi18n.h>

typedef enum
{
  SIGNAL_SAVED,
} PsaConnectionFormSignal;

static guint signals[SIGNAL_SAVED + 1];

G_DEFINE_FINAL_TYPE (PsaConnectionForm, psa_connection_form, ADW_TYPE_DIALOG)

static void
update_can_close (PsaConnectionForm *self)
{
  adw_dialog_set_can_close (ADW_DIALOG (self),
                            self->state == READY &&
                                !psa_connection_fields_get_touched (self->fields) &&
                                !psa_list_fields_get_touched (self->list_fields));
}

/* Whether what stands in the rows now has passed its check. */
static gboolean
is_connected (PsaConnectionForm *self)
{
  PsaState state =
      self->result != NULL ? psa_cause_get_state (self->result->cause) : PSA_STATE_NOT_CHECKED;

  return state == PSA_STATE_CONNECTED || state == PSA_STATE_WARNING;
}

/**
 * psa_connection_form_update_actions:
 * @self: the form
 *
 * Shows what can be done now. A new key is never saved without a check, the old one would be lost for it; and nothing
 * is pasted into rows that are not shown.
 */
void
psa_connection_form_update_actions (PsaConnectionForm *self)
{
  const gboolean ready = self->state == READY;

  gtk_widget_set_visible (self->save_button, ready && !self->key_only);
  gtk_widget_set_visible (self->connect_button, ready);
  gtk_widget_set_visible (self->cancel_button, !ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.connect", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", ready && !self->key_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.paste", ready && !self->key_only);
  gtk_widget_set_visible (self->paste_button, !self->key_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.cancel", !ready);
}

static void
set_state (PsaConnectionForm *self, FormState state)
{
  const gboolean ready = state == READY;
  const gboolean has_stages = state == CHECKING || is_connected (self);

  if (self->state == READY && !ready)
    g_set_weak_pointer (&self->came_from, adw_dialog_get_focus (ADW_DIALOG (self)));
  self->state = state;
  gtk_stack_set_visible_child_name (self->stack, ready ? "fields" : "progress");
  gtk_label_set_label (self->progress_label,
                       state == SAVING ? _("Saving to the keyring…") : _("Connecting…"));
  gtk_widget_set_visible (self->saving_spinner, !has_stages);
  gtk_widget_set_visible (GTK_WIDGET (self->stage_list), has_stages);
  psa_connection_form_update_actions (self);
  if (!ready)
    gtk_widget_grab_focus (self->cancel_button);
  update_can_close (self);
}

/* Each run has a cancellable of its own: it tells the answer that is waited for from one that comes late. */
static GCancellable *
renew_cancellable (PsaConnectionForm *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

/* Cancelling comes too late for a check that has ended, and for a profile that is being written. */
static gboolean
is_awaited (PsaConnectionForm *self, GAsyncResult *async_result)
{
  return self->cancellable != NULL &&
         g_task_get_cancellable (G_TASK (async_result)) == self->cancellable &&
         !g_cancellable_is_cancelled (self->cancellable);
}

static void
set_result (PsaConnectionForm *self, PsaResult *result)
{
  g_clear_pointer (&self->result, psa_result_unref);
  if (result != NULL)
    self->result = psa_result_ref (result);

  psa_outcome_set_result (self->outcome, is_connected (self) ? NULL : result);
  psa_stage_list_set_stages (self->failed_stage_list,
                             result != NULL ? psa_result_get_stages (result) : NULL);
  gtk_label_set_label (self->raw_label, result != NULL && result->raw != NULL ? result->raw : "");
}

/* Another program may have changed the rest of it meanwhile. */
static gboolean
is_what_was_tried (PsaConnectionForm *self, PsaProfile *saved)
{
  psa_profile_set_integration (self->draft, psa_profile_get_integration (saved));
  return psa_profile_is_same_connection (self->draft, saved);
}

static void
saved_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(PsaConnectionForm) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) profile =
      psa_keeper_save_finish (PSA_KEEPER (object), async_result, &error);

  if (!is_awaited (self, async_result))
    return;

  if (profile == NULL)
    {
      set_state (self, READY);
      gtk_widget_grab_focus (self->connect_button);
      adw_banner_set_title (self->problem_banner, error->message);
      adw_banner_set_revealed (self->problem_banner, TRUE);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
      return;
    }

  if (self->result != NULL && is_what_was_tried (self, profile))
    psa_monitor_record (self->monitor, profile, self->result);
  psa_connection_fields_wipe (self->fields);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, profile, is_connected (self));
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
save (PsaConnectionForm *self)
{
  g_autoptr(PsaSecret) client_id = psa_connection_fields_dup_client_id (self->fields);
  g_autoptr(PsaSecret) password = psa_connection_fields_dup_password (self->fields);

  adw_banner_set_revealed (self->problem_banner, FALSE);
  set_state (self, SAVING);
  psa_keeper_save_async (psa_monitor_get_keeper (self->monitor), self->draft, client_id, password,
                         renew_cancellable (self), saved_cb, g_object_ref (self));
}

static void
fail (PsaConnectionForm *self)
{
  g_autoptr(PsaMessage) message = psa_message_new (self->result);

  psa_connection_fields_suggest_version (self->fields, self->result->tenant->version);
  set_state (self, READY);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->fields_scroller), 0);
  if (!psa_outcome_focus_fix (self->outcome))
    gtk_widget_grab_focus (self->connect_button);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message->what,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
checked_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(PsaConnectionForm) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) result =
      psa_monitor_try_finish (PSA_MONITOR (object), async_result, &error);

  if (!is_awaited (self, async_result))
    return;

  set_result (self, result);
  if (!is_connected (self))
    {
      fail (self);
      return;
    }

  if (*psa_profile_get_name (self->draft) == '\0' && result->tenant->company != NULL)
    psa_profile_set_name (self->draft, result->tenant->company);
  save (self);
}

static void
on_check_waiting_cb (PsaConnectionForm *self, GParamSpec *pspec, PsaCheck *check)
{
  const char *waiting = psa_check_get_waiting (check);

  gtk_label_set_label (self->waiting_label, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_label), *waiting != '\0');
}

/**
 * psa_connection_form_start_check:
 * @self: the form, its draft filled
 *
 * Tries what was typed.
 */
void
psa_connection_form_start_check (PsaConnectionForm *self)
{
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaSecret) client_id = psa_connection_fields_dup_client_id (self->fields);
  g_autoptr(PsaSecret) password = psa_connection_fields_dup_password (self->fields);

  set_result (self, NULL);
  adw_banner_set_revealed (self->problem_banner, FALSE);
  g_clear_object (&self->check);
  self->check = psa_check_new (
      client, psa_keeper_get_vault (psa_monitor_get_keeper (self->monitor)), self->draft);
  g_signal_connect_object (self->check, "notify::waiting", G_CALLBACK (on_check_waiting_cb), self,
                           G_CONNECT_SWAPPED);
  psa_stage_list_set_stages (self->stage_list, psa_check_get_stages (self->check));
  set_state (self, CHECKING);
  psa_monitor_try_async (self->monitor, self->draft, self->check, client_id, password,
                         renew_cancellable (self), checked_cb, g_object_ref (self));
}

/* Whether the draft holds what stands in the rows; else the focus is where it must be corrected. */
static gboolean
fill_draft (PsaConnectionForm *self)
{
  if (!psa_connection_fields_fill (self->fields, self->draft))
    return FALSE;
  psa_list_fields_fill (self->list_fields, self->draft);
  return TRUE;
}

static void
connect_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PsaConnectionForm *self = PSA_CONNECTION_FORM (widget);

  if (fill_draft (self))
    psa_connection_form_start_check (self);
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PsaConnectionForm *self = PSA_CONNECTION_FORM (widget);

  if (fill_draft (self))
    save (self);
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PsaConnectionForm *self = PSA_CONNECTION_FORM (widget);

  g_cancellable_cancel (self->cancellable);
  set_state (self, READY);
  gtk_widget_grab_focus (self->came_from != NULL ? self->came_from : self->connect_button);
}

static void
on_fields_changed_cb (PsaConnectionForm *self)
{
  set_result (self, NULL);
  update_can_close (self);
}

static gboolean
is_set (PsaConnectionForm *self, const char *text)
{
  return *text != '\0';
}

static void
on_fields_activated_cb (PsaConnectionForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "form.connect", NULL);
}

static void
on_close_response_cb (PsaConnectionForm *self, const char *response)
{
  if (g_str_equal (response, PSA_SAVE_QUESTION_DISCARD))
    {
      psa_connection_fields_wipe (self->fields);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
  else if (g_str_equal (response, PSA_SAVE_QUESTION_SAVE))
    gtk_widget_activate_action (GTK_WIDGET (self), "form.save", NULL);
}

static void
on_close_attempt_cb (PsaConnectionForm *self)
{
  AdwDialog *question;

  if (self->state != READY)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "form.cancel", NULL);
      return;
    }

  question = self->key_only ? psa_connection_form_ask_to_discard_key () : psa_save_question_new ();
  g_signal_connect_object (question, "response", G_CALLBACK (on_close_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (self));
}

/* Closed, or gone with its window: what runs holds a reference, so it is not disposed of before that has ended. */
static void
psa_connection_form_unroot (GtkWidget *widget)
{
  PsaConnectionForm *self = PSA_CONNECTION_FORM (widget);

  g_cancellable_cancel (self->cancellable);
  GTK_WIDGET_CLASS (psa_connection_form_parent_class)->unroot (widget);
}

static void
psa_connection_form_dispose (GObject *object)
{
  PsaConnectionForm *self = PSA_CONNECTION_FORM (object);

  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->came_from);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_CONNECTION_FORM);
  g_clear_object (&self->check);
  g_clear_object (&self->draft);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->result, psa_result_unref);
  G_OBJECT_CLASS (psa_connection_form_parent_class)->dispose (object);
}

/* The help of the row that has the focus: its part is called as the row is. */
static void
help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row =
      focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_PREFERENCES_ROW) : NULL;
  const char *title =
      row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : "";
  g_autofree char *place = g_strconcat (PSA_HELP_FORM "#", title, NULL);

  gtk_widget_activate_action (widget, "app.help", "s", place);
}

static void
psa_connection_form_class_init (PsaConnectionFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psa_connection_form_dispose;
  widget_class->unroot = psa_connection_form_unroot;

  /**
   * PsaConnectionForm::saved:
   * @self: the form
   * @profile: the kept profile
   * @connected: whether its check was good
   *
   * The profile is in the store and its secrets in the keyring; the form closes.
   */
  signals[SIGNAL_SAVED] =
      g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, PSA_TYPE_PROFILE, G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "form.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  psa_connection_form_install_fix_actions (widget_class);
  psa_connection_form_install_paste_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "form.help", NULL, help_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "form.help", NULL);

  g_type_ensure (PSA_TYPE_CONNECTION_FIELDS);
  g_type_ensure (PSA_TYPE_LIST_FIELDS);
  g_type_ensure (PSA_TYPE_OUTCOME);
  g_type_ensure (PSA_TYPE_STAGE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-connection-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, window_title);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, paste_button);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, problem_banner);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, fields_scroller);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, outcome);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, failed_stage_list);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, raw_label);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, intro_label);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, fields);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, list_fields);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, saving_spinner);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, stage_list);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, save_button);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, connect_button);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionForm, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, on_fields_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fields_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_can_close);
  gtk_widget_class_bind_template_callback (widget_class, psa_connection_form_apply_fix);
  gtk_widget_class_bind_template_callback (widget_class, on_close_attempt_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
}

static void
psa_connection_form_init (PsaConnectionForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  psa_banner_show_whole (self->problem_banner);
  psa_button_wrap_label (GTK_BUTTON (self->save_button));
  psa_button_wrap_label (GTK_BUTTON (self->connect_button));
  psa_button_wrap_label (GTK_BUTTON (self->cancel_button));
  set_state (self, READY);
}

/* A file must not send a key where nobody typed: whoever presses a button here has read this. */
static void
tell_of_moved_address (PsaConnectionForm *self, PsaProfile *profile)
{
  const char *place = psa_profile_get_secret_for (profile);
  g_autofree char *text = NULL;

  if (place == NULL)
    return;
  if (*place == '\0')
    text = g_strdup (_("This profile came from a file, and nobody knows for which address the password in the "
                       "keyring was entered. Go on only if the hostname and the company below are right: the "
                       "password is then used for them."));
  else
    /* Translators: %s is a host, a port and a company, as in “cw.contoso.com:443/contoso” */
    text = g_strdup_printf (_("The password in the keyring was entered for %s. An import or a restored backup has "
                              "changed that. Go on only if the hostname and the company below are right: the "
                              "password is then used for them."),
                            place);
  gtk_label_set_label (self->intro_label, text);
}

/**
 * psa_connection_form_new:
 * @monitor: for the check, the keeper and the vault
 * @profile: (nullable): the kept profile to edit; one that is not kept is added, its secrets asked for; %NULL adds one
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_connection_form_new (PsaMonitor *monitor, PsaProfile *profile)
{
  PsaConnectionForm *self;
  PsaStore *store;
  gboolean kept;

  g_return_val_if_fail (PSA_IS_MONITOR (monitor), NULL);
  g_return_val_if_fail (profile == NULL || PSA_IS_PROFILE (profile), NULL);

  self = g_object_new (PSA_TYPE_CONNECTION_FORM, NULL);
  self->monitor = g_object_ref (monitor);
  store = psa_keeper_get_store (psa_monitor_get_keeper (monitor));
  kept = profile != NULL && psa_store_get_profile (store, psa_profile_get_id (profile)) != NULL;
  if (kept)
    self->draft = psa_profile_draft (profile);
  else
    self->draft = profile != NULL ? psa_profile_copy (profile) : psa_profile_new ();
  psa_profile_confirm_secret (self->draft); /* what is connected or saved from here was seen */
  if (profile != NULL)
    {
      psa_connection_fields_load (self->fields, profile, kept);
      psa_list_fields_load (self->list_fields, profile);
      if (kept)
        tell_of_moved_address (self, profile);
    }
  psa_connection_fields_set_integrations (
      self->fields, psa_store_get_integrations (store),
      profile != NULL ? psa_store_get_integration (store, psa_profile_get_integration (profile))
                      : psa_store_get_last_integration (store));
  adw_dialog_set_title (ADW_DIALOG (self), kept ? _("Edit Profile") : _("Add Profile"));
  return ADW_DIALOG (self);
}

/**
 * psa_connection_form_focus_field:
 * @self: the form
 * @field: the row to go to
 *
 * Moves the focus to the row that a cause points at.
 */
void
psa_connection_form_focus_field (PsaConnectionForm *self, PsaField field)
{
  g_return_if_fail (PSA_IS_CONNECTION_FORM (self));

  psa_connection_fields_focus (self->fields, field);
}

gboolean
psa_connection_form_is_saving (PsaConnectionForm *self)
{
  return self->state == SAVING;
}
