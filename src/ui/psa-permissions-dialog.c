/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-permissions-dialog-private.h"

#include "psa-age.h"
#include "psa-clock.h"
#include "psa-message.h"
#include "psa-module-row.h"

#include <glib/gi18n.h>

/**
 * PsaPermissionsDialog:
 *
 * What the key of one profile may do, module by module, asked on demand; and which modules the connection needs.
 *
 * Signal: fix (PsaResult): the button of the next step of a failure was pressed, and it is not one of the
 * dialog's own.
 */
typedef enum
{
  SIGNAL_FIX,
} PsaPermissionsDialogSignal;

static guint signals[SIGNAL_FIX + 1];

G_DEFINE_FINAL_TYPE (PsaPermissionsDialog, psa_permissions_dialog, ADW_TYPE_DIALOG)

static PsaProfile *
get_profile (PsaPermissionsDialog *self)
{
  return psa_status_get_profile (self->status);
}

static PsaStore *
get_store (PsaPermissionsDialog *self)
{
  return psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
}

static void
announce (PsaPermissionsDialog *self, const char *text)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
update_progress (PsaPermissionsDialog *self)
{
  guint done = psa_permissions_run_get_done (self->run);
  guint total = psa_permissions_run_get_total (self->run);
  const char *waiting = psa_permissions_run_get_waiting (self->run);
  g_autofree char *text = NULL;

  if (*waiting != '\0')
    text = g_strdup (waiting);
  else if (total > 0)
    /* Translators: how many tiny reads were answered, of how many */
    text = g_strdup_printf (ngettext ("%u of %u read", "%u of %u reads", total), done, total);
  else if (done > 0)
    text = g_strdup_printf (ngettext ("%u page of rights read", "%u pages of rights read", done),
                            done);
  else
    text = g_strdup (_("Signing in"));
  gtk_label_set_label (self->progress_label, text);

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress_bar, (double) done / total);
  else
    gtk_progress_bar_pulse (self->progress_bar);
}

static void
update_source (PsaPermissionsDialog *self, const PsaPermissions *permissions)
{
  g_autofree char *age =
      psa_age_dup_text (permissions->asked_at, psa_clock_get_now (self->clock), PSA_AGE_SENTENCE);
  const char *source =
      permissions->from_matrix
          ? _("The security role itself tells these rights.")
          : _("The security role could not be read, so each part was counted. That tells what can "
               "be "
               "read, but not whether own records or all, and nothing of other rights.");
  g_autofree char *text = g_strdup_printf ("%s\n%s", age, source);

  gtk_label_set_label (self->source_label, text);
  gtk_widget_set_visible (self->blank_label, permissions->blank_references);
}

static void
update_rows (PsaPermissionsDialog *self, const PsaPermissions *permissions)
{
  for (guint i = 0; i < self->rows->len; i++)
    psa_module_row_show (g_ptr_array_index (self->rows, i), permissions,
                         (self->wanted & PSA_MODULE_BIT (i)) != 0);
}

/* The one place that decides what is shown. */
static void
update (PsaPermissionsDialog *self)
{
  PsaPermissions *permissions = psa_status_get_permissions (self->status);
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (get_profile (self)));
  gboolean has_result = FALSE;
  const char *page = "empty";

  adw_window_title_set_subtitle (self->window_title, title);
  if (self->run != NULL)
    {
      page = "running";
      update_progress (self);
    }
  else if (self->failure != NULL)
    {
      page = "failed";
      psa_outcome_set_result (self->outcome, self->failure);
    }
  else if (permissions != NULL)
    {
      page = "result";
      has_result = TRUE;
      update_source (self, permissions);
      update_rows (self, permissions);
    }

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->again_button, has_result);
  gtk_widget_set_visible (self->export_button, has_result);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "permissions.check", self->run == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "permissions.cancel", self->run != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "permissions.export-markdown", has_result);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "permissions.export-csv", has_result);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "permissions.copy", has_result);
}

/* The answer of a run that was left behind finds another cancellable than its own and is dropped. */
static void
stop (PsaPermissionsDialog *self)
{
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
focus_outcome (PsaPermissionsDialog *self)
{
  if (self->failure != NULL)
    psa_outcome_focus_fix (self->outcome);
  else if (gtk_widget_get_visible (self->again_button))
    gtk_widget_grab_focus (self->again_button);
  else
    gtk_widget_grab_focus (self->check_button);
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaPermissionsDialog) self = user_data;
  g_autoptr(PsaResult) failure = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaPermissions) permissions =
      psa_monitor_permissions_finish (PSA_MONITOR (object), result, &failure, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  stop (self);
  if (permissions != NULL)
    psa_status_set_permissions (self->status, permissions);
  self->failure = g_steal_pointer (&failure);
  update (self);
  focus_outcome (self);
  if (self->failure != NULL)
    {
      g_autoptr(PsaMessage) message = psa_message_new (self->failure);

      announce (self, message->what);
    }
  else if (permissions != NULL)
    announce (self, _("The permissions are known now"));
}

static void
start (PsaPermissionsDialog *self)
{
  stop (self);
  g_clear_pointer (&self->failure, psa_result_unref);
  self->cancellable = g_cancellable_new ();
  self->run = psa_monitor_dup_permissions_run (self->monitor, get_profile (self));
  g_signal_connect_object (self->run, "notify", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  psa_monitor_permissions_async (self->monitor, get_profile (self), self->run, self->cancellable,
                                 run_cb, g_object_ref (self));
  update (self);
  gtk_widget_grab_focus (self->cancel_button);
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  start (PSA_PERMISSIONS_DIALOG (widget));
}

/* Back to what was shown before. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaPermissionsDialog *self = PSA_PERMISSIONS_DIALOG (widget);

  stop (self);
  update (self);
  focus_outcome (self);
}

static void
on_outcome_fix_cb (PsaPermissionsDialog *self, PsaResult *result)
{
  PsaFix fix = psa_result_get_fix (result);
  g_autoptr(PsaPermissionsDialog) guard = g_object_ref (self);
  g_autoptr(PsaResult) kept = psa_result_ref (result);

  if (fix == PSA_FIX_CHECK_AGAIN || fix == PSA_FIX_UNLOCK)
    {
      start (self);
      return;
    }
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_FIX], 0, kept);
}

/* ---- what the connection needs ---- */

static void
read_needs (PsaPermissionsDialog *self)
{
  self->wanted = psa_modules_from_words (psa_profile_get_needs (get_profile (self)));
}

/* A word that is no module of ours is somebody else's and stays. */
static GStrv
dup_needs (PsaPermissionsDialog *self)
{
  const char *const *words = psa_profile_get_needs (get_profile (self));
  g_autoptr(GStrvBuilder) needs = g_strv_builder_new ();

  for (; *words != NULL; words++)
    if (!psa_module_from_word (*words, NULL))
      g_strv_builder_add (needs, *words);
  for (guint i = 0; i < PSA_N_MODULES; i++)
    if ((self->wanted & PSA_MODULE_BIT (i)) != 0)
      g_strv_builder_add (needs, psa_module_get_word ((PsaModule) i));
  return g_strv_builder_end (needs);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaPermissionsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) profile = psa_keeper_save_finish (PSA_KEEPER (object), result, &error);

  self->n_saving--;
  if (profile == NULL)
    psa_permissions_dialog_say (self, error->message);
  if (self->n_saving > 0 || self->status == NULL)
    return;
  read_needs (self);
  update (self);
}

/* Each save carries all the switches, so that the last one holds however fast they are turned: it is a draft of what they
 * said before this turn. The rest of the profile may have changed in the file since it was read, and stays. */
static void
on_row_needed_changed_cb (PsaPermissionsDialog *self, PsaModuleRow *row)
{
  PsaStore *store = get_store (self);
  guint bit = PSA_MODULE_BIT (psa_module_row_get_module (row));
  g_autoptr(PsaProfile) before = NULL;
  g_autoptr(PsaProfile) draft = NULL;
  g_auto(GStrv) needs_before = NULL;
  g_auto(GStrv) needs = NULL;

  if (psa_store_get_read_only (store))
    {
      psa_permissions_dialog_say (self, psa_store_get_problem (store));
      update (self);
      return;
    }

  before = psa_profile_copy (get_profile (self));
  needs_before = dup_needs (self);
  psa_profile_set_needs (before, (const char *const *) needs_before);
  self->wanted = psa_module_row_get_needed (row) ? self->wanted | bit : self->wanted & ~bit;
  draft = psa_profile_draft (before);
  needs = dup_needs (self);
  psa_profile_set_needs (draft, (const char *const *) needs);
  self->n_saving++;
  psa_keeper_save_async (psa_monitor_get_keeper (self->monitor), draft, NULL, NULL, NULL, saved_cb,
                         g_object_ref (self));
  update (self);
}

static void
on_profile_notify_cb (PsaPermissionsDialog *self)
{
  guint revision = psa_profile_get_revision (get_profile (self));

  if (revision != self->revision)
    {
      stop (self);
      g_clear_pointer (&self->failure, psa_result_unref);
      self->revision = revision;
    }
  if (self->n_saving == 0)
    read_needs (self);
  update (self);
}

static void
on_store_items_changed_cb (PsaPermissionsDialog *self)
{
  PsaProfile *profile = get_profile (self);

  if (psa_store_get_profile (get_store (self), psa_profile_get_id (profile)) != profile)
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_closed_cb (PsaPermissionsDialog *self)
{
  stop (self);
  g_cancellable_cancel (self->closing);
}

static void
add_rows (PsaPermissionsDialog *self)
{
  for (guint i = 0; i < PSA_N_MODULES; i++)
    {
      PsaModuleRow *row = psa_module_row_new ((PsaModule) i);

      g_signal_connect_object (row, "needed-changed", G_CALLBACK (on_row_needed_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->modules_group, GTK_WIDGET (row));
    }
}

static void
psa_permissions_dialog_dispose (GObject *object)
{
  PsaPermissionsDialog *self = PSA_PERMISSIONS_DIALOG (object);

  stop (self);
  g_cancellable_cancel (self->closing);
  /* A save that is still under way holds us, and there is nothing left to draw. */
  if (self->status != NULL)
    {
      g_signal_handlers_disconnect_by_data (get_profile (self), self);
      g_signal_handlers_disconnect_by_data (get_store (self), self);
      g_signal_handlers_disconnect_by_data (self->clock, self);
    }
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_PERMISSIONS_DIALOG);
  g_clear_pointer (&self->failure, psa_result_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->status);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (psa_permissions_dialog_parent_class)->dispose (object);
}

static void
psa_permissions_dialog_finalize (GObject *object)
{
  PsaPermissionsDialog *self = PSA_PERMISSIONS_DIALOG (object);

  g_clear_object (&self->closing);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (psa_permissions_dialog_parent_class)->finalize (object);
}

static void
psa_permissions_dialog_class_init (PsaPermissionsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psa_permissions_dialog_dispose;
  object_class->finalize = psa_permissions_dialog_finalize;

  /**
   * PsaPermissionsDialog::fix:
   * @self: the dialog, which has closed
   * @result: the failure whose next step was asked for
   */
  signals[SIGNAL_FIX] = g_signal_new ("fix", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, PSA_TYPE_RESULT);

  gtk_widget_class_install_action (widget_class, "permissions.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "permissions.cancel", NULL, cancel_action);
  psa_permissions_dialog_install_exports (widget_class);

  g_type_ensure (PSA_TYPE_OUTCOME);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-permissions-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, again_button);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, check_button);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, outcome);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, source_label);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, blank_label);
  gtk_widget_class_bind_template_child (widget_class, PsaPermissionsDialog, modules_group);
  gtk_widget_class_bind_template_callback (widget_class, on_outcome_fix_cb);
}

static void
psa_permissions_dialog_init (PsaPermissionsDialog *self)
{
  self->closing = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->clock = psa_clock_dup_default ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
  g_signal_connect (self, "closed", G_CALLBACK (on_closed_cb), NULL);
}

/**
 * psa_permissions_dialog_new:
 * @monitor: what knows the keyring and the profiles
 * @status: whose key it is about
 *
 * Asks nothing until the user says so.
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_permissions_dialog_new (PsaMonitor *monitor, PsaStatus *status)
{
  PsaPermissionsDialog *self;

  g_return_val_if_fail (PSA_IS_MONITOR (monitor), NULL);
  g_return_val_if_fail (PSA_IS_STATUS (status), NULL);

  self = g_object_new (PSA_TYPE_PERMISSIONS_DIALOG, NULL);
  self->monitor = g_object_ref (monitor);
  self->status = g_object_ref (status);
  self->revision = psa_profile_get_revision (get_profile (self));
  read_needs (self);
  g_signal_connect_object (get_profile (self), "notify", G_CALLBACK (on_profile_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_store (self), "items-changed",
                           G_CALLBACK (on_store_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clock, "notify::now", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return ADW_DIALOG (self);
}

/**
 * psa_permissions_dialog_say:
 * @self: the dialog
 * @text: (nullable): one sentence from anywhere
 *
 * Says a small piece of news.
 */
void
psa_permissions_dialog_say (PsaPermissionsDialog *self, const char *text)
{
  AdwToast *toast;

  g_return_if_fail (PSA_IS_PERMISSIONS_DIALOG (self));

  if (text == NULL || self->toast_overlay == NULL)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}
