/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-integrations-dialog.h"
#include "psa-secrets-dialog.h"
#include "psa-vault-items.h"

#include <glib/gi18n.h>

/* The one Unlock, for all profiles at once: the banner's. While the keyring asks, the banner says so
 * and can call it off. */

static void
set_unlocking (PsaWindow *self, GCancellable *unlocking)
{
  g_set_object (&self->unlocking, unlocking);
  psa_profile_list_set_unlocking (self->list, unlocking != NULL);
  psa_notices_set_unlocking (self->empty_notices, unlocking != NULL);
}

static void
unlocked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = psa_vault_list_finish (PSA_VAULT (object), result, &error);

  if (self->list == NULL || g_task_get_cancellable (G_TASK (result)) != self->unlocking)
    return; /* the window has gone, or asks anew */

  set_unlocking (self, NULL);
  if (items != NULL)
    psa_window_say (self, _("The keyring is unlocked"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_window_say (self, error->message);
}

static void
unlock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  if (self->unlocking != NULL)
    return;
  set_unlocking (self, cancellable);
  psa_vault_list_async (psa_keeper_get_vault (psa_monitor_get_keeper (self->monitor)),
                        PSA_VAULT_MAY_PROMPT, cancellable, unlocked_cb, g_object_ref (self));
}

static void
cancel_unlock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_cancellable_cancel (PSA_WINDOW (widget)->unlocking);
}

static void
show_secrets_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  adw_dialog_present (psa_secrets_dialog_new (psa_monitor_get_keeper (self->monitor)), widget);
}

static void
show_integrations_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  adw_dialog_present (psa_integrations_dialog_new (psa_monitor_get_keeper (self->monitor)), widget);
}

/**
 * psa_window_install_keyring_actions:
 * @widget_class: the class of the window
 *
 * Installs what the banner of the keyring offers, the integrations, and the look at secrets whose profile is gone.
 */
void
psa_window_install_keyring_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.unlock", NULL, unlock_action);
  gtk_widget_class_install_action (widget_class, "win.cancel-unlock", NULL, cancel_unlock_action);
  gtk_widget_class_install_action (widget_class, "win.show-integrations", NULL,
                                   show_integrations_action);
  gtk_widget_class_install_action (widget_class, "win.show-secrets", NULL, show_secrets_action);
}
