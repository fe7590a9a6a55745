/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-region-dialog.h"

#include "psa-find-region.h"
#include "psa-input.h"
#include "psa-region-row.h"

#include <glib/gi18n.h>

/**
 * PsaRegionDialog:
 *
 * Asks which site of the cloud has a company. With a company ID to begin with it searches at once. One
 * that is found is chosen by itself, several are for the user to choose from, none is explained. Closing
 * it ends the search.
 */
struct _PsaRegionDialog
{
  AdwDialog parent_instance;

  PsaFindRegion *finder; /* the search that runs, or ran last */
  GCancellable *cancellable;

  GtkEditable *company_row;
  GtkWidget *said_box;
  GtkLabel *what_label;
  GtkLabel *next_label;
  GtkListBox *list;
  GtkWidget *find_button;
  GtkWidget *stop_button;
};

typedef enum
{
  SIGNAL_CHOSEN,
} PsaRegionDialogSignal;

static guint signals[SIGNAL_CHOSEN + 1];

G_DEFINE_FINAL_TYPE (PsaRegionDialog, psa_region_dialog, ADW_TYPE_DIALOG)

static void
say (PsaRegionDialog *self, const char *what, const char *next)
{
  gtk_label_set_label (self->what_label, what);
  gtk_label_set_label (self->next_label, next != NULL ? next : "");
  gtk_widget_set_visible (GTK_WIDGET (self->next_label), next != NULL);
  gtk_widget_set_visible (self->said_box, TRUE);
}

static void
set_searching (PsaRegionDialog *self, gboolean searching)
{
  gtk_editable_set_editable (self->company_row, !searching);
  gtk_widget_set_visible (self->find_button, !searching);
  gtk_widget_set_visible (self->stop_button, searching);
  gtk_widget_grab_focus (searching ? self->stop_button : self->find_button);
}

/* Closing gives the focus back, so whoever listens may move it afterwards. */
static void
choose (PsaRegionDialog *self, PsaRegion *region)
{
  g_autoptr(PsaRegionDialog) guard = g_object_ref (self);
  g_autoptr(PsaRegion) chosen = g_object_ref (region);

  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, chosen);
}

static void
on_row_chosen_cb (PsaRegionDialog *self, PsaRegionRow *row)
{
  choose (self, psa_region_row_get_region (row));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  PsaRegionDialog *self = user_data;
  GtkWidget *row = psa_region_row_new (PSA_REGION (item));

  g_signal_connect_object (row, "chosen", G_CALLBACK (on_row_chosen_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_regions (PsaRegionDialog *self, GListModel *regions)
{
  gtk_list_box_bind_model (self->list, regions, create_row, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), regions != NULL);
}

static void
on_settled_cb (PsaRegionDialog *self)
{
  guint n_sites = g_list_model_get_n_items (psa_find_region_get_regions (self->finder));
  guint n_settled = psa_find_region_get_n_settled (self->finder);
  g_autofree char *progress =
      /* Translators: how many sites of the cloud were asked so far, of how many */
      g_strdup_printf (ngettext ("Asked %u of %u site…", "Asked %u of %u sites…", n_sites), n_settled,
                       n_sites);

  say (self, progress, NULL);
}

/* Several that are found stand at the top, without those that only name one of them. */
static void
conclude (PsaRegionDialog *self)
{
  PsaRegion *hit = psa_find_region_get_hit (self->finder);
  g_autoptr(GListModel) hits = psa_find_region_dup_hits (self->finder);
  g_autofree char *what = psa_find_region_dup_what (self->finder);
  g_autofree char *next = psa_find_region_dup_next (self->finder);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), what,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (hit != NULL)
    {
      choose (self, hit);
      return;
    }

  say (self, what, next);
  if (g_list_model_get_n_items (hits) > 0)
    {
      show_regions (self, hits);
      gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
    }
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaRegionDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ended = psa_find_region_run_finish (PSA_FIND_REGION (object), result, &error);

  /* Only stopping and closing cancel, and they say so themselves. */
  if (!ended || PSA_FIND_REGION (object) != self->finder)
    return;

  set_searching (self, FALSE);
  conclude (self);
}

static void
stop (PsaRegionDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->finder);
}

static void
search (PsaRegionDialog *self)
{
  g_autofree char *company_id = psa_input_dup_trimmed (gtk_editable_get_text (self->company_row));
  g_autoptr(PsaClient) client = NULL;
  g_autoptr(GError) error = NULL;

  stop (self);
  if (!psa_find_region_check (company_id, &error))
    {
      show_regions (self, NULL);
      say (self, error->message, NULL);
      gtk_widget_add_css_class (GTK_WIDGET (self->company_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->company_row));
      gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }

  client = psa_client_new ();
  self->finder = psa_find_region_new (client, company_id);
  self->cancellable = g_cancellable_new ();
  show_regions (self, psa_find_region_get_regions (self->finder));
  g_signal_connect_object (self->finder, "notify::n-settled", G_CALLBACK (on_settled_cb), self,
                           G_CONNECT_SWAPPED);
  on_settled_cb (self);
  set_searching (self, TRUE);
  psa_find_region_run_async (self->finder, self->cancellable, found_cb, g_object_ref (self));
}

static void
on_company_row_changed_cb (PsaRegionDialog *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->company_row), "error");
}

static void
on_find_button_clicked_cb (PsaRegionDialog *self)
{
  search (self);
}

static void
on_stop_button_clicked_cb (PsaRegionDialog *self)
{
  stop (self);
  show_regions (self, NULL);
  say (self, _("The search was stopped."), NULL);
  set_searching (self, FALSE);
}

/* What runs holds a reference, so that it is not disposed of before that has ended. */
static void
psa_region_dialog_unroot (GtkWidget *widget)
{
  stop (PSA_REGION_DIALOG (widget));
  GTK_WIDGET_CLASS (psa_region_dialog_parent_class)->unroot (widget);
}

static void
psa_region_dialog_dispose (GObject *object)
{
  PsaRegionDialog *self = PSA_REGION_DIALOG (object);

  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_REGION_DIALOG);
  G_OBJECT_CLASS (psa_region_dialog_parent_class)->dispose (object);
}

static void
psa_region_dialog_class_init (PsaRegionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psa_region_dialog_dispose;
  widget_class->unroot = psa_region_dialog_unroot;

  /**
   * PsaRegionDialog::chosen:
   * @self: the dialog
   * @region: a #PsaRegion that has the company
   *
   * One was found, or the user chose it; the dialog has closed.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, PSA_TYPE_REGION);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-region-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaRegionDialog, company_row);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionDialog, said_box);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionDialog, what_label);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionDialog, next_label);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionDialog, list);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionDialog, find_button);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionDialog, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_company_row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_find_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_button_clicked_cb);
}

static void
psa_region_dialog_init (PsaRegionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_region_dialog_new:
 * @company_id: what to begin with; "" waits for the user to type it
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_region_dialog_new (const char *company_id)
{
  PsaRegionDialog *self;

  g_return_val_if_fail (company_id != NULL, NULL);

  self = g_object_new (PSA_TYPE_REGION_DIALOG, NULL);
  gtk_editable_set_text (self->company_row, company_id);
  if (*company_id != '\0')
    search (self);
  return ADW_DIALOG (self);
}
