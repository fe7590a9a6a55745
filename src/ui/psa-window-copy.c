/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-copy-as.h"
#include "psa-secret-content.h"

#include <glib/gi18n.h>

#define PASSWORD_SECONDS 30

static void
copy_as_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  PsaCopyForm form;

  if (!psa_copy_form_from_token (g_variant_get_string (parameter, NULL), &form))
    return;
  text = psa_copy_as_new (psa_status_get_profile (self->status), form, &error);
  if (text == NULL)
    {
      psa_window_say (self, error->message);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  psa_window_say (self, _("Copied without the secrets"));
}

static void
password_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) password = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (password == NULL)
    {
      psa_window_say (self, error->message);
      return;
    }
  psa_secret_content_copy (gtk_widget_get_clipboard (GTK_WIDGET (self)), password,
                           PASSWORD_SECONDS * 1000);
  text = g_strdup_printf (ngettext ("Password copied; it can be pasted for %d second",
                                    "Password copied; it can be pasted for %d seconds",
                                    PASSWORD_SECONDS),
                          PASSWORD_SECONDS);
  psa_window_say (self, text);
}

static void
copy_password_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  psa_vault_lookup_async (psa_keeper_get_vault (psa_monitor_get_keeper (self->monitor)),
                          psa_profile_get_id (psa_status_get_profile (self->status)),
                          PSA_VAULT_MAY_PROMPT, self->cancellable, password_cb,
                          g_object_ref (self));
}

/**
 * psa_window_install_copy_actions:
 * @widget_class: the class of the window
 *
 * Installs copying the connection for other programs, and its password.
 */
void
psa_window_install_copy_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profile.copy-as", "s", copy_as_action);
  gtk_widget_class_install_action (widget_class, "profile.copy-password", NULL,
                                   copy_password_action);
}
