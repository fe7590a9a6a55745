/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-copy-as.h"
#include "psa-message.h"
#include "psa-secret-content.h"

#include <glib/gi18n.h>

#define PASSWORD_SECONDS 30

/* The page may show another profile by the time that the keyring answers. */
typedef struct
{
  PsaWindow *window;
  PsaProfile *profile;
} PasswordCopy;

static void
password_copy_free (PasswordCopy *copy)
{
  g_object_unref (copy->window);
  g_object_unref (copy->profile);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PasswordCopy, password_copy_free)

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
  g_autoptr(PasswordCopy) copy = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) password = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (password == NULL)
    {
      psa_window_say (copy->window, error->message);
      return;
    }
  psa_secret_content_copy (gtk_widget_get_clipboard (GTK_WIDGET (copy->window)), password,
                           PASSWORD_SECONDS * 1000);
  title = psa_message_dup_clean (psa_profile_get_title (copy->profile));
  text = g_strdup_printf (
      /* Translators: %1$s is the name of a profile, %2$s its environment, %3$d for how long it can be pasted */
      ngettext ("Password of “%1$s” (%2$s) copied for %3$d second",
                "Password of “%1$s” (%2$s) copied for %3$d seconds", PASSWORD_SECONDS),
      title, psa_environment_get_word (psa_profile_get_environment (copy->profile)),
      PASSWORD_SECONDS);
  psa_window_say (copy->window, text);
}

static void
copy_password_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  PasswordCopy *copy = g_new0 (PasswordCopy, 1);

  copy->window = g_object_ref (self);
  copy->profile = g_object_ref (psa_status_get_profile (self->status));
  psa_vault_lookup_async (psa_keeper_get_vault (psa_monitor_get_keeper (self->monitor)),
                          psa_profile_get_id (copy->profile), PSA_VAULT_MAY_PROMPT,
                          self->cancellable, password_cb, copy);
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
