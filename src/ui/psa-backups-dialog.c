/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-backups-dialog.h"

#include "psa-banner.h"
#include "psa-store-backup.h"

#include <glib/gi18n.h>

/**
 * PsaBackupsDialog:
 *
 * The backups of the profiles: when each was made and why, and what it would change. Waiting → List or None; List →
 * Restore → Waiting → restored, closed, or List with a banner.
 */
struct _PsaBackupsDialog
{
  AdwDialog parent_instance;

  PsaStore *store;
  GCancellable *cancellable;

  AdwBanner *problem_banner;
  GtkStack *stack;
  AdwPreferencesGroup *group;
};

typedef enum
{
  SIGNAL_RESTORED,
} PsaBackupsDialogSignal;

static guint signals[SIGNAL_RESTORED + 1];

G_DEFINE_FINAL_TYPE (PsaBackupsDialog, psa_backups_dialog, ADW_TYPE_DIALOG)

static const char *
get_reason (PsaBackupKind kind)
{
  switch (kind)
    {
    case PSA_BACKUP_IMPORT:
      return _("Before an import");
    case PSA_BACKUP_CHANGE:
      return _("Before a change of several");
    case PSA_BACKUP_RESTORE:
      return _("Before a backup was restored");
    case PSA_BACKUP_DAY:
    default:
      return _("Before the first change of a day");
    }
}

static char *
dup_effect (const PsaBackup *backup)
{
  g_autofree char *profiles = g_strdup_printf (
      /* Translators: how many profiles a backup holds */
      ngettext ("%u profile", "%u profiles", backup->n_profiles), backup->n_profiles);

  /* Translators: %1$s is why a backup was made, as in “Before an import”, %2$s is “12 profiles”; then how many profiles it
   * would bring back, change, and take away */
  return g_strdup_printf (_("%1$s, %2$s. Brings back: %3$u. Changes: %4$u. Takes away: %5$u."),
                          get_reason (backup->kind), profiles, backup->n_added, backup->n_changed,
                          backup->n_removed);
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaBackupsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *former = NULL;
  gboolean restored = psa_store_restore_finish (PSA_STORE (object), result, &former, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (restored)
    {
      g_signal_emit (self, signals[SIGNAL_RESTORED], 0, former);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "list");
  adw_banner_set_title (self->problem_banner, error->message);
  adw_banner_set_revealed (self->problem_banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaBackupsDialog *self = PSA_BACKUPS_DIALOG (widget);

  gtk_stack_set_visible_child_name (self->stack, "waiting");
  adw_banner_set_revealed (self->problem_banner, FALSE);
  psa_store_restore_async (self->store, g_variant_get_string (parameter, NULL), self->cancellable,
                           restored_cb, g_object_ref (self));
}

static void
add_row (PsaBackupsDialog *self, const PsaBackup *backup)
{
  GtkWidget *row = adw_action_row_new ();
  /* With a word in it, large text in a narrow window would be a thin column. */
  GtkWidget *button = gtk_button_new_from_icon_name ("document-revert-symbolic");
  /* Translators: when a backup was made, as in “Tuesday, 3 March 2027, 14:02”, in the form of g_date_time_format() */
  g_autofree char *date = g_date_time_format (backup->time, _("%A, %-d %B %Y, %H:%M"));
  g_autofree char *effect = dup_effect (backup);
  g_autofree char *label = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), date);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), effect);
  /* Translators: what a screen reader says of a button; %s is when a backup was made */
  label = g_strdup_printf (_("Restore the backup of %s"), date);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_tooltip_text (button, _("Restore"));
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "backups.restore");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", backup->path);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->group, row);
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaBackupsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) backups =
      psa_store_list_backups_finish (PSA_STORE (object), result, &error);

  if (self->stack == NULL || backups == NULL) /* closed meanwhile */
    return;

  for (guint i = 0; i < backups->len; i++)
    add_row (self, backups->pdata[i]);
  gtk_stack_set_visible_child_name (self->stack, backups->len > 0 ? "list" : "none");
}

static void
psa_backups_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (PSA_BACKUPS_DIALOG (dialog)->cancellable);
}

static void
psa_backups_dialog_dispose (GObject *object)
{
  PsaBackupsDialog *self = PSA_BACKUPS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_BACKUPS_DIALOG);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (psa_backups_dialog_parent_class)->dispose (object);
}

static void
psa_backups_dialog_class_init (PsaBackupsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_backups_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = psa_backups_dialog_closed;

  /**
   * PsaBackupsDialog::restored:
   * @self: the dialog
   * @former: (nullable): path of the backup that undoes it
   *
   * The profiles say what a backup said; the dialog closes.
   */
  signals[SIGNAL_RESTORED] =
      g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "backups.restore", "s", restore_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-backups-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaBackupsDialog, problem_banner);
  gtk_widget_class_bind_template_child (widget_class, PsaBackupsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaBackupsDialog, group);
}

static void
psa_backups_dialog_init (PsaBackupsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  psa_banner_show_whole (self->problem_banner);
}

/**
 * psa_backups_dialog_new:
 * @store: the profiles
 *
 * Returns: (transfer floating): the dialog, which reads the backups at once
 */
AdwDialog *
psa_backups_dialog_new (PsaStore *store)
{
  PsaBackupsDialog *self;

  g_return_val_if_fail (PSA_IS_STORE (store), NULL);

  self = g_object_new (PSA_TYPE_BACKUPS_DIALOG, NULL);
  self->store = g_object_ref (store);
  psa_store_list_backups_async (store, self->cancellable, listed_cb, g_object_ref (self));
  return ADW_DIALOG (self);
}
