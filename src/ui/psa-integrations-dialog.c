/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-integrations-dialog.h"

#include "psa-integration-group.h"

/**
 * PsaIntegrationsDialog:
 *
 * All integrations, in the order of the file. It follows the store: what psactl changes meanwhile is seen.
 */
struct _PsaIntegrationsDialog
{
  AdwDialog parent_instance;

  PsaKeeper *keeper;

  GtkStack *stack;
  GtkWidget *groups;
};

G_DEFINE_FINAL_TYPE (PsaIntegrationsDialog, psa_integrations_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
find_group (PsaIntegrationsDialog *self, guint position)
{
  GtkWidget *group = gtk_widget_get_first_child (self->groups);

  for (guint i = 0; i < position && group != NULL; i++)
    group = gtk_widget_get_next_sibling (group);
  return group;
}

/* The groups of the others stay, with what is typed in them. */
static void
on_items_changed_cb (
    GListModel *model, guint position, guint removed, guint added, PsaIntegrationsDialog *self)
{
  GtkWidget *before = position > 0 ? find_group (self, position - 1) : NULL;

  for (guint i = 0; i < removed; i++)
    gtk_box_remove (GTK_BOX (self->groups), find_group (self, position));
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (model, position + i);
      GtkWidget *group = psa_integration_group_new (self->keeper, integration);

      gtk_box_insert_child_after (GTK_BOX (self->groups), group, before);
      before = group;
    }
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (model) > 0 ? "list" : "none");
}

static void
psa_integrations_dialog_closed (AdwDialog *dialog)
{
  PsaIntegrationsDialog *self = PSA_INTEGRATIONS_DIALOG (dialog);

  for (GtkWidget *group = gtk_widget_get_first_child (self->groups); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    psa_integration_group_cancel (PSA_INTEGRATION_GROUP (group));
}

static void
psa_integrations_dialog_dispose (GObject *object)
{
  PsaIntegrationsDialog *self = PSA_INTEGRATIONS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_INTEGRATIONS_DIALOG);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (psa_integrations_dialog_parent_class)->dispose (object);
}

static void
psa_integrations_dialog_class_init (PsaIntegrationsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_integrations_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = psa_integrations_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-integrations-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaIntegrationsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaIntegrationsDialog, groups);
}

static void
psa_integrations_dialog_init (PsaIntegrationsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_integrations_dialog_new:
 * @keeper: the profiles and the keyring
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_integrations_dialog_new (PsaKeeper *keeper)
{
  PsaIntegrationsDialog *self;
  GListModel *model;

  g_return_val_if_fail (PSA_IS_KEEPER (keeper), NULL);

  self = g_object_new (PSA_TYPE_INTEGRATIONS_DIALOG, NULL);
  self->keeper = g_object_ref (keeper);
  model = psa_store_get_integrations (psa_keeper_get_store (keeper));
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                           G_CONNECT_DEFAULT);
  on_items_changed_cb (model, 0, 0, g_list_model_get_n_items (model), self);
  return ADW_DIALOG (self);
}
