/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-connection-form-private.h"

#include "psa-paste-dialog.h"

#include <string.h>

/* What was copied elsewhere, looked at before anything is filled in. */

/* What is left to do is to connect, which also says what is missing. */
static void
on_filled_cb (PsaConnectionForm *self)
{
  gtk_widget_grab_focus (self->connect_button);
}

static void
text_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaConnectionForm) self = user_data;
  g_autoptr(GError) error = NULL;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);
  PsaPaste *paste = NULL;
  AdwDialog *dialog;

  if (text != NULL)
    {
      paste = psa_paste_new (text);
      explicit_bzero (text, strlen (text));
      g_free (text);
    }
  else if (error != NULL) /* an image, or nothing; the dialog says so */
    g_debug ("There is no text on the clipboard: %s", error->message);

  if (self->state != READY || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      psa_paste_free (paste);
      return;
    }
  dialog = psa_paste_dialog_new (paste, self->fields);
  g_signal_connect_object (dialog, "filled", G_CALLBACK (on_filled_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
paste_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  psa_connection_form_paste (PSA_CONNECTION_FORM (widget));
}

/**
 * psa_connection_form_install_paste_actions:
 * @widget_class: the class of the form
 *
 * Installs Paste Connection.
 */
void
psa_connection_form_install_paste_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "form.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "form.paste", NULL);
}

/**
 * psa_connection_form_paste:
 * @self: the form, presented
 *
 * Reads the clipboard and shows what it holds of a connection. Only what the user then chooses goes into the rows.
 */
void
psa_connection_form_paste (PsaConnectionForm *self)
{
  g_return_if_fail (PSA_IS_CONNECTION_FORM (self));

  if (self->state == READY)
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, text_cb,
                                   g_object_ref (self));
}
