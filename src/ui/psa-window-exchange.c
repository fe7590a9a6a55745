/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-export.h"
#include "psa-import-dialog.h"
#include "psa-import-read.h"

#include <glib/gi18n.h>
#include <string.h>

/* Profiles that go to a file and come from one. */

/* What is exported, while the user chooses where. */
typedef struct
{
  PsaWindow *window;
  GPtrArray *profiles; /* (element-type PsaProfile) */
} Export;

/* An import that can be undone, as long as its toast is there. */
typedef struct
{
  PsaWindow *window; /* (nullable): weak, as the toast belongs to it */
  PsaKeeperUndo *undo;
  GStrv added;
} Imported;

static void
export_free (Export *self)
{
  g_object_unref (self->window);
  g_ptr_array_unref (self->profiles);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
imported_free (Imported *self)
{
  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->undo, psa_keeper_undo_free);
  g_strfreev (self->added);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Imported, imported_free)

static gboolean
is_dismissed (const GError *error)
{
  return g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) ||
         g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GListModel *
create_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("JSON and CSV"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_filter_add_suffix (filter, "csv");
  g_list_store_append (filters, filter);
  return G_LIST_MODEL (filters);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    psa_window_say (self, _("Exported without the secrets"));
  else if (!is_dismissed (error))
    psa_window_say (self, error->message);
}

static void
export_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Export) export = user_data;
  PsaWindow *self = export->window;
  GListModel *integrations = psa_store_get_integrations (psa_window_get_store (self));
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *text;

  if (file == NULL)
    {
      if (!is_dismissed (error))
        psa_window_say (self, error->message);
      return;
    }
  text = g_str_has_suffix (name, ".csv") ? psa_export_to_csv (export->profiles, integrations)
                                         : psa_export_to_json (export->profiles, integrations);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       self->cancellable, written_cb, g_object_ref (self));
}

/**
 * psa_window_export:
 * @self: the window
 * @profiles: (element-type PsaProfile): which
 * @suffix: "json" or "csv"
 *
 * Asks where to and writes them there, without secrets.
 */
void
psa_window_export (PsaWindow *self, GPtrArray *profiles, const char *suffix)
{
  g_autoptr(GtkFileDialog) chooser = gtk_file_dialog_new ();
  g_autoptr(GListModel) filters = create_filters ();
  g_autofree char *name = g_strconcat ("psa-profiles.", suffix, NULL);
  Export *export = g_new0 (Export, 1);

  export->window = g_object_ref (self);
  export->profiles = g_ptr_array_ref (profiles);
  gtk_file_dialog_set_title (chooser, _("Export Profiles"));
  gtk_file_dialog_set_initial_name (chooser, name);
  gtk_file_dialog_set_filters (chooser, filters);
  gtk_file_dialog_save (chooser, GTK_WINDOW (self), self->cancellable, export_chosen_cb, export);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  GListModel *store = G_LIST_MODEL (psa_window_get_store (self));
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (store, i));
  psa_window_export (self, profiles, g_variant_get_string (parameter, NULL));
}

static void
export_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GPtrArray) statuses = psa_profile_list_list_selected (self->list);
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < statuses->len; i++)
    g_ptr_array_add (profiles, g_object_ref (psa_status_get_profile (statuses->pdata[i])));
  if (profiles->len > 0)
    psa_window_export (self, profiles, g_variant_get_string (parameter, NULL));
}

static void
purged_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;

  /* What stays stands in `deleted`, and goes another time. */
  if (!psa_keeper_purge_finish (PSA_KEEPER (object), result, &error))
    g_info ("Secrets of an undone import are still kept: %s", error->message);
}

static void
reverted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Imported) imported = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_keeper_revert_finish (PSA_KEEPER (object), result, &error))
    psa_keeper_purge_async (PSA_KEEPER (object), (const char *const *) imported->added,
                            PSA_VAULT_NO_PROMPT, NULL, purged_cb, NULL);
  else if (imported->window != NULL)
    psa_window_say (imported->window, error->message);
}

static void
on_undo_cb (AdwToast *toast, gpointer user_data)
{
  Imported *imported = user_data;
  Imported *reverted;

  if (imported->undo == NULL || imported->window == NULL)
    return;
  reverted = g_new0 (Imported, 1);
  g_set_weak_pointer (&reverted->window, imported->window);
  reverted->added = psa_keeper_undo_dup_added (imported->undo);
  psa_keeper_revert_async (psa_monitor_get_keeper (imported->window->monitor),
                           g_steal_pointer (&imported->undo), NULL, reverted_cb, reverted);
}

static void
on_imported_cb (
    AdwDialog *dialog, PsaKeeperUndo *undo, guint n_profiles, gboolean had_secrets, PsaWindow *self)
{
  Imported *imported = g_new0 (Imported, 1);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u profile imported", "%u profiles imported", n_profiles), n_profiles);
  AdwToast *toast = adw_toast_new (text);

  g_set_weak_pointer (&imported->window, self);
  imported->undo = undo;
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, 20);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb), imported,
                         (GClosureNotify) (void (*) (void)) imported_free, G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  if (had_secrets)
    psa_window_say (self, _("The passwords are in the keyring; delete the imported file"));
}

/* What waits for a file to be read. */
typedef struct
{
  PsaWindow *window;
  GBytes *bytes;
} Reading;

static void
reading_free (Reading *self)
{
  g_object_unref (self->window);
  g_bytes_unref (self->bytes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
compared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Reading) reading = user_data;
  PsaWindow *self = reading->window;
  g_autoptr(GError) error = NULL;
  PsaImport *import = psa_import_read_finish (result, &error);
  AdwDialog *dialog;

  if (import == NULL)
    {
      if (!is_dismissed (error))
        psa_window_say (self, error->message);
      return;
    }
  dialog = psa_import_dialog_new (psa_monitor_get_keeper (self->monitor), reading->bytes, import);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (on_imported_cb), self,
                           G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/**
 * psa_window_import:
 * @self: the window
 * @bytes: a file
 *
 * Shows what it would change once it is read, and imports what the user chooses of it.
 */
void
psa_window_import (PsaWindow *self, GBytes *bytes)
{
  PsaStore *store = psa_window_get_store (self);
  Reading *reading = g_new0 (Reading, 1);

  reading->window = g_object_ref (self);
  reading->bytes = g_bytes_ref (bytes);
  psa_import_read_async (bytes, NULL, G_LIST_MODEL (store), psa_store_get_integrations (store),
                         self->cancellable, compared_cb, reading);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);

  if (bytes != NULL)
    psa_window_import (self, bytes);
  else if (!is_dismissed (error))
    psa_window_say (self, error->message);
}

static void
import_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, &error);

  if (file != NULL)
    g_file_load_bytes_async (file, self->cancellable, read_cb, g_object_ref (self));
  else if (!is_dismissed (error))
    psa_window_say (self, error->message);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GtkFileDialog) chooser = gtk_file_dialog_new ();
  g_autoptr(GListModel) filters = create_filters ();

  gtk_file_dialog_set_title (chooser, _("Import Profiles"));
  gtk_file_dialog_set_filters (chooser, filters);
  gtk_file_dialog_open (chooser, GTK_WINDOW (self), self->cancellable, import_chosen_cb,
                        g_object_ref (self));
}

/**
 * psa_window_install_exchange_actions:
 * @widget_class: the class of the window
 *
 * Installs export and import.
 */
void
psa_window_install_exchange_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "selection.export", "s", export_selection_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
}
