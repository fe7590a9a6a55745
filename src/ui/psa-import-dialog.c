/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-import-dialog.h"

#include "psa-banner.h"
#include "psa-import-read.h"
#include "psa-message.h"

#include <glib/gi18n.h>

/* GtkListView makes two hundred rows at once, whose texts take longer than a frame may: it gets them by so many. */
#define ROWS_A_FRAME 25
#define ROWS_AT_ONCE 200

/* What a file would change, row by row, before anything is changed. */

/* A row of the import, for the list. */
#define PSA_TYPE_IMPORT_ITEM (psa_import_item_get_type ())
G_DECLARE_FINAL_TYPE (PsaImportItem, psa_import_item, PSA, IMPORT_ITEM, GObject)

struct _PsaImportItem
{
  GObject parent_instance;

  PsaImportRow *row; /* the dialog's */
};

G_DEFINE_FINAL_TYPE (PsaImportItem, psa_import_item, G_TYPE_OBJECT)

static void
psa_import_item_class_init (PsaImportItemClass *klass)
{
}

static void
psa_import_item_init (PsaImportItem *self)
{
}

struct _PsaImportDialog
{
  AdwDialog parent_instance;

  PsaKeeper *keeper;
  GBytes *bytes;
  PsaImport *import;
  GCancellable *cancellable; /* of the import */
  GCancellable *reading;     /* (nullable): the file is being read with other columns */
  guint n_chosen;
  gboolean saving;
  gboolean filling; /* the rows of the columns are being made */

  AdwBanner *secrets_banner;
  GtkLabel *summary_label;
  GtkWidget *columns_group;
  AdwExpanderRow *columns_row;
  GtkListView *list_view;
  GtkNoSelection *selection;
  GtkProgressBar *progress_bar;
  AdwComboRow *combo_rows[PSA_IMPORT_N_FIELDS];
};

G_DEFINE_FINAL_TYPE (PsaImportDialog, psa_import_dialog, ADW_TYPE_DIALOG)

enum
{
  IMPORTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static const char *
get_kind_word (PsaImportKind kind)
{
  switch (kind)
    {
    case PSA_IMPORT_NEW:
      /* Translators: of a row of a file: no profile is like it */
      return _("New");
    case PSA_IMPORT_SAME:
      /* Translators: of a row of a file: a profile says the same already */
      return _("Already there");
    case PSA_IMPORT_CONFLICT:
      /* Translators: of a row of a file: it would change a profile */
      return _("Changes a profile");
    case PSA_IMPORT_INVALID:
    default:
      /* Translators: of a row of a file: it cannot be a profile */
      return _("Not usable");
    }
}

static char *
dup_subtitle (const PsaImportRow *row)
{
  g_autofree char *clean = NULL;

  if (row->reason != NULL)
    /* Translators: what a row of a file would do, and where its tenant is or what is wrong with it */
    return g_strdup_printf (_("%s – %s"), get_kind_word (row->kind), row->reason);
  clean = psa_message_dup_clean (psa_profile_get_address_text (row->draft));
  return g_strdup_printf (_("%s – %s"), get_kind_word (row->kind), clean);
}

static void
update_actions (PsaImportDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.save",
                                 !self->saving && self->reading == NULL && self->n_chosen > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list_view), !self->saving);
  gtk_widget_set_sensitive (self->columns_group, !self->saving);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), self->saving);
  adw_dialog_set_can_close (ADW_DIALOG (self), !self->saving); /* Esc cancels the import first */
}

static void
on_check_toggled_cb (GtkCheckButton *check, GtkListItem *item)
{
  PsaImportItem *import_item = gtk_list_item_get_item (item);
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (check), PSA_TYPE_IMPORT_DIALOG);
  gboolean chosen = gtk_check_button_get_active (check);

  if (import_item == NULL || dialog == NULL || import_item->row->chosen == chosen)
    return;
  import_item->row->chosen = chosen;
  PSA_IMPORT_DIALOG (dialog)->n_chosen += chosen ? 1 : -1;
  update_actions (PSA_IMPORT_DIALOG (dialog));
}

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dimmed");
    }
  return label;
}

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), create_label (NULL));
  gtk_box_append (GTK_BOX (box), create_label ("caption"));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_margin_start (box, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_widget_add_css_class (check, "explained");
  gtk_widget_set_margin_start (check, 12);
  gtk_widget_set_margin_end (check, 12);
  gtk_widget_set_margin_top (check, 6);
  gtk_widget_set_margin_bottom (check, 6);
  gtk_list_item_set_child (item, check);
  gtk_list_item_set_focusable (item, FALSE); /* the check button is */
  g_signal_connect (check, "toggled", G_CALLBACK (on_check_toggled_cb), item);
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkCheckButton *check = GTK_CHECK_BUTTON (gtk_list_item_get_child (item));
  GtkWidget *title = gtk_widget_get_first_child (gtk_check_button_get_child (check));
  PsaImportRow *row = PSA_IMPORT_ITEM (gtk_list_item_get_item (item))->row;
  g_autofree char *subtitle = dup_subtitle (row);
  g_autofree char *name = NULL;

  gtk_label_set_label (GTK_LABEL (title), row->title);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), subtitle);
  gtk_check_button_set_active (check, row->chosen);
  gtk_widget_set_sensitive (GTK_WIDGET (check),
                            row->kind == PSA_IMPORT_NEW || row->kind == PSA_IMPORT_CONFLICT);
  /* Translators: a row of a file for a screen reader: its name, and what it would do */
  name = g_strdup_printf (_("%s, %s"), row->title, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
show_more_cb (GtkWidget *list_view, GdkFrameClock *clock, gpointer user_data)
{
  GtkSliceListModel *rows = user_data;
  guint n = gtk_slice_list_model_get_size (rows) + ROWS_A_FRAME;

  gtk_slice_list_model_set_size (rows, n < ROWS_AT_ONCE ? n : G_MAXUINT);
  return n < ROWS_AT_ONCE ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
show_import (PsaImportDialog *self)
{
  g_autoptr(GListStore) items = g_list_store_new (PSA_TYPE_IMPORT_ITEM);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GtkSliceListModel) rows = NULL;
  g_autofree char *summary = NULL;
  const guint *n = self->import->n_rows;

  self->n_chosen = 0;
  for (guint i = 0; i < self->import->rows->len; i++)
    {
      PsaImportItem *item = g_object_new (PSA_TYPE_IMPORT_ITEM, NULL);

      item->row = self->import->rows->pdata[i];
      self->n_chosen += item->row->chosen;
      g_ptr_array_add (all, item);
    }
  g_list_store_splice (items, 0, 0, all->pdata, all->len);
  rows = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (items)), 0, ROWS_A_FRAME);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (rows));
  gtk_widget_add_tick_callback (GTK_WIDGET (self->list_view), show_more_cb, g_object_ref (rows),
                                g_object_unref);

  summary = g_strdup_printf (
      /* Translators: counts of the rows of a file, by what they would do */
      _("New: %u. Already there: %u. Change a profile: %u. Not usable: %u."), n[PSA_IMPORT_NEW],
      n[PSA_IMPORT_SAME], n[PSA_IMPORT_CONFLICT], n[PSA_IMPORT_INVALID]);
  gtk_label_set_label (self->summary_label, summary);
  adw_banner_set_revealed (self->secrets_banner, self->import->has_secrets);
  gtk_widget_set_visible (self->columns_group, self->import->headers != NULL);
  update_actions (self);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaImportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  PsaImport *import = psa_import_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* closed, or other columns since */
  g_clear_object (&self->reading);
  if (import == NULL)
    {
      gtk_label_set_label (self->summary_label, error->message);
      update_actions (self);
      return;
    }
  gtk_no_selection_set_model (self->selection, NULL);
  psa_import_free (self->import);
  self->import = import;
  show_import (self);
}

static void
stop_reading (PsaImportDialog *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
on_column_notify_cb (PsaImportDialog *self)
{
  PsaStore *store = psa_keeper_get_store (self->keeper);
  PsaImportColumns columns;

  if (self->filling)
    return;
  for (guint i = 0; i < PSA_IMPORT_N_FIELDS; i++)
    columns.of[i] = (int) adw_combo_row_get_selected (self->combo_rows[i]) - 1;
  stop_reading (self);
  self->reading = g_cancellable_new ();
  update_actions (self);
  psa_import_read_async (self->bytes, &columns, G_LIST_MODEL (store),
                         psa_store_get_integrations (store), self->reading, read_cb,
                         g_object_ref (self));
}

static const char *
get_field_title (PsaImportField field)
{
  const char *const titles[] = {
    N_("Name"),        N_("Environment"), N_("Hostname"), N_("Port"),
    N_("API version"), N_("Integration"), N_("Username"), N_("Company ID"),
    N_("Public key"),  N_("Needs"),       N_("Tags"),     N_("Favourite"),
    N_("Notes"),       N_("UUID"),        N_("Password"), N_("Client ID"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (titles) == PSA_IMPORT_N_FIELDS);
  return _ (titles[field]);
}

static void
fill_columns (PsaImportDialog *self)
{
  g_autoptr(GtkStringList) headings = gtk_string_list_new (NULL);

  if (self->import->headers == NULL)
    return;
  /* Translators: in a choice of columns */
  gtk_string_list_append (headings, _("None"));
  for (guint i = 0; self->import->headers[i] != NULL; i++)
    {
      g_autofree char *clean = psa_message_dup_clean (self->import->headers[i]);

      gtk_string_list_append (headings, clean);
    }
  self->filling = TRUE;
  for (guint i = 0; i < PSA_IMPORT_N_FIELDS; i++)
    {
      GtkWidget *row = adw_combo_row_new ();

      self->combo_rows[i] = ADW_COMBO_ROW (row);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     get_field_title ((PsaImportField) i));
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (headings));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), self->import->columns.of[i] + 1);
      adw_expander_row_add_row (self->columns_row, row);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_column_notify_cb), self,
                               G_CONNECT_SWAPPED);
    }
  self->filling = FALSE;
}

static void
progress_cb (goffset current, goffset total, gpointer user_data)
{
  PsaImportDialog *self = user_data;

  gtk_progress_bar_set_fraction (self->progress_bar, total > 0 ? (double) current / total : 0);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaImportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaKeeperUndo) undo = psa_keeper_import_finish (PSA_KEEPER (object), result, &error);

  self->saving = FALSE;
  update_actions (self);
  if (undo == NULL)
    {
      /* A cancelled one says as well what became of what it had stored. */
      gtk_label_set_label (self->summary_label, error->message);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }
  g_signal_emit (self, signals[IMPORTED], 0, g_steal_pointer (&undo), self->n_chosen,
                 self->import->has_secrets);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaImportDialog *self = PSA_IMPORT_DIALOG (widget);
  g_autoptr(GPtrArray) entries = psa_keeper_entries_new ();

  for (guint i = 0; i < self->import->rows->len; i++)
    {
      PsaImportRow *row = self->import->rows->pdata[i];

      if (row->chosen)
        psa_keeper_entries_add (entries, row->draft, row->client_id, row->password,
                                row->is_fresh);
    }
  self->saving = TRUE;
  update_actions (self);
  gtk_progress_bar_set_text (self->progress_bar, _("Storing passwords in the keyring…"));
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  psa_keeper_import_async (self->keeper, entries, self->import->integrations, progress_cb, self,
                           self->cancellable, saved_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaImportDialog *self = PSA_IMPORT_DIALOG (widget);

  if (self->saving)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
psa_import_dialog_close_attempt (AdwDialog *dialog)
{
  cancel_action (GTK_WIDGET (dialog), NULL, NULL);
}

static void
psa_import_dialog_dispose (GObject *object)
{
  PsaImportDialog *self = PSA_IMPORT_DIALOG (object);

  if (self->selection != NULL)
    gtk_no_selection_set_model (self->selection, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_IMPORT_DIALOG);
  stop_reading (self);
  g_clear_object (&self->keeper);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->import, psa_import_free);

  G_OBJECT_CLASS (psa_import_dialog_parent_class)->dispose (object);
}

static void
psa_import_dialog_class_init (PsaImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_import_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = psa_import_dialog_close_attempt;

  /**
   * PsaImportDialog::imported:
   * @undo: (transfer full): a #PsaKeeperUndo
   * @n_profiles: how many were imported
   * @had_secrets: whether the file should be deleted now
   */
  signals[IMPORTED] =
      g_signal_new ("imported", PSA_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_UINT, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaImportDialog, secrets_banner);
  gtk_widget_class_bind_template_child (widget_class, PsaImportDialog, summary_label);
  gtk_widget_class_bind_template_child (widget_class, PsaImportDialog, columns_group);
  gtk_widget_class_bind_template_child (widget_class, PsaImportDialog, columns_row);
  gtk_widget_class_bind_template_child (widget_class, PsaImportDialog, list_view);
  gtk_widget_class_bind_template_child (widget_class, PsaImportDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, PsaImportDialog, progress_bar);
  gtk_widget_class_install_action (widget_class, "import.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
}

static void
psa_import_dialog_init (PsaImportDialog *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  psa_banner_show_whole (self->secrets_banner);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
}

/**
 * psa_import_dialog_new:
 * @keeper: what the profiles are kept by
 * @bytes: the file
 * @import: (transfer full): what is in it
 *
 * Returns: (transfer floating): a dialog that shows what the file would change
 */
AdwDialog *
psa_import_dialog_new (PsaKeeper *keeper, GBytes *bytes, PsaImport *import)
{
  PsaImportDialog *self = g_object_new (PSA_TYPE_IMPORT_DIALOG, NULL);

  self->keeper = g_object_ref (keeper);
  self->bytes = g_bytes_ref (bytes);
  self->import = import;
  fill_columns (self);
  show_import (self);
  if (import->problem != NULL) /* the columns can be chosen */
    {
      gtk_label_set_label (self->summary_label, import->problem);
      adw_expander_row_set_expanded (self->columns_row, TRUE);
    }
  return ADW_DIALOG (self);
}
