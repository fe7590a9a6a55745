/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-backups-dialog.h"

#include <glib/gi18n.h>

/* Going back to a backup, and forth again. */

/* What brings back what was there before, as long as its toast is there. */
typedef struct
{
  PsaWindow *window; /* (nullable): weak, as the toast belongs to it */
  char *former;
} Restored;

static void
restored_free (Restored *restored)
{
  g_clear_weak_pointer (&restored->window);
  g_free (restored->former);
  g_free (restored);
}

/* Takes in how going back ended and tells why it failed; whether it did not, in a window that is still there. */
static gboolean
take_in (PsaWindow *self, GObject *store, GAsyncResult *result, char **former)
{
  g_autoptr(GError) error = NULL;
  gboolean restored = psa_store_restore_finish (PSA_STORE (store), result, former, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  if (!restored)
    psa_window_say (self, error->message);
  psa_window_update_view (self);
  return restored;
}

static void
undone_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autofree char *former = NULL;

  take_in (self, object, result, &former);
}

static void
on_undo_cb (AdwToast *toast, gpointer user_data)
{
  Restored *restored = user_data;
  PsaWindow *self = restored->window;

  if (self != NULL)
    psa_store_restore_async (psa_window_get_store (self), restored->former, self->cancellable,
                             undone_cb, g_object_ref (self));
}

/* Tells that a backup was restored, and offers to undo that. */
static void
say_restored (PsaWindow *self, const char *former)
{
  AdwToast *toast = adw_toast_new (_("The backup was restored"));
  Restored *restored;

  if (former != NULL)
    {
      restored = g_new0 (Restored, 1);
      g_set_weak_pointer (&restored->window, self);
      restored->former = g_strdup (former);
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_timeout (toast, 20);
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb), restored,
                             (GClosureNotify) (void (*) (void)) restored_free, G_CONNECT_DEFAULT);
    }
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  psa_window_update_view (self);
}

static void
offered_restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autofree char *former = NULL;

  if (take_in (self, object, result, &former))
    say_restored (self, former);
}

/* The one that is offered where the file was damaged. */
static void
restore_backup_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  psa_store_restore_async (psa_window_get_store (self), NULL, self->cancellable,
                           offered_restored_cb, g_object_ref (self));
}

static void
show_backups_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  AdwDialog *dialog = psa_backups_dialog_new (psa_window_get_store (self));

  g_signal_connect_object (dialog, "restored", G_CALLBACK (say_restored), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/**
 * psa_window_install_backup_actions:
 * @widget_class: the class of the window
 *
 * Installs the list of backups, and what the banner offers where the file was damaged.
 */
void
psa_window_install_backup_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.restore-backup", NULL,
                                   restore_backup_action);
  gtk_widget_class_install_action (widget_class, "win.show-backups", NULL, show_backups_action);
}
