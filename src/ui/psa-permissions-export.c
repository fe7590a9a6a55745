/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-permissions-dialog-private.h"

#include "psa-permissions-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is saved, while the user chooses where. */
typedef struct
{
  PsaPermissionsDialog *dialog;
  GBytes *text;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->dialog);
  g_bytes_unref (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    psa_permissions_dialog_say (export->dialog, _("Exported"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_permissions_dialog_say (export->dialog, error->message);
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  GCancellable *cancellable = export->dialog->closing;
  GBytes *text = export->text;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, text, NULL, FALSE, G_FILE_CREATE_NONE, cancellable,
                                         written_cb, g_steal_pointer (&export));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
           !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_permissions_dialog_say (export->dialog, error->message);
}

/* The company ID is typed text: of it only what is safe in any file system's name. */
static char *
dup_file_name (PsaProfile *profile, const char *suffix)
{
  g_autofree char *company = g_strdup (psa_profile_get_company_id (profile));

  g_strcanon (company, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_", '-');
  return g_strdup_printf ("psa-permissions-%.40s%s", company, suffix);
}

static void
save (PsaPermissionsDialog *self, char *text, const char *suffix)
{
  g_autoptr(GtkFileDialog) chooser = gtk_file_dialog_new ();
  g_autofree char *name = dup_file_name (psa_status_get_profile (self->status), suffix);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Export *export = g_new0 (Export, 1);

  export->dialog = g_object_ref (self);
  export->text = g_bytes_new_take (text, strlen (text));
  gtk_file_dialog_set_title (chooser, _("Export Permissions"));
  gtk_file_dialog_set_initial_name (chooser, name);
  gtk_file_dialog_save (chooser, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->closing,
                        chosen_cb, export);
}

static void
export_markdown_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaPermissionsDialog *self = PSA_PERMISSIONS_DIALOG (widget);
  PsaPermissions *permissions = psa_status_get_permissions (self->status);

  if (permissions != NULL)
    save (self,
          psa_permissions_text_new_markdown (psa_status_get_profile (self->status), permissions),
          ".md");
}

static void
export_csv_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaPermissionsDialog *self = PSA_PERMISSIONS_DIALOG (widget);
  PsaPermissions *permissions = psa_status_get_permissions (self->status);

  if (permissions != NULL)
    save (self, psa_permissions_text_new_csv (psa_status_get_profile (self->status), permissions),
          ".csv");
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaPermissionsDialog *self = PSA_PERMISSIONS_DIALOG (widget);
  PsaPermissions *permissions = psa_status_get_permissions (self->status);
  g_autofree char *text = NULL;

  if (permissions == NULL)
    return;
  text = psa_permissions_text_new_markdown (psa_status_get_profile (self->status), permissions);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  psa_permissions_dialog_say (self, _("Copied"));
}

/**
 * psa_permissions_dialog_install_exports:
 * @widget_class: the class of the dialog
 *
 * Installs the actions that take the permissions elsewhere.
 */
void
psa_permissions_dialog_install_exports (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "permissions.export-markdown", NULL,
                                   export_markdown_action);
  gtk_widget_class_install_action (widget_class, "permissions.export-csv", NULL, export_csv_action);
  gtk_widget_class_install_action (widget_class, "permissions.copy", NULL, copy_action);
}
