/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-connection-fields-private.h"

#include "psa-connection-menus.h"
#include "psa-message.h"

/* The Client IDs that are kept, to choose from by their names. */

static void
show_integration (PsaConnectionFields *self, PsaIntegration *integration)
{
  g_clear_pointer (&self->integration_name, g_free);
  g_set_str (&self->integration, NULL);
  if (integration != NULL)
    {
      g_set_str (&self->integration, psa_integration_get_id (integration));
      self->integration_name = psa_message_dup_clean (psa_integration_get_name (integration));
      self->has_client_id = TRUE;
    }
  psa_connection_fields_judge (self, PSA_FIELD_CLIENT_ID);
}

/* What is kept of it stays in the keyring: an empty row stands for it. */
static void
use_integration (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PsaConnectionFields *self = PSA_CONNECTION_FIELDS (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->integrations); i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (self->integrations, i);

      if (!g_str_equal (psa_integration_get_id (integration), id))
        continue;
      gtk_editable_set_text (self->client_id_row, "");
      show_integration (self, integration);
      psa_connection_fields_mark_touched (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->client_id_row));
}

/**
 * psa_connection_fields_install_integration_actions:
 * @widget_class: the class of the fields
 *
 * Installs the choice of an integration.
 */
void
psa_connection_fields_install_integration_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "fields.use-integration", "s", use_integration);
}

/**
 * psa_connection_fields_set_integrations:
 * @self: the fields, loaded
 * @integrations: (element-type PsaIntegration): those that are kept
 * @chosen: (nullable): the one that an empty Client ID stands for
 *
 * Offers the Client IDs that are kept, by their names.
 */
void
psa_connection_fields_set_integrations (PsaConnectionFields *self,
                                        GListModel *integrations,
                                        PsaIntegration *chosen)
{
  g_autoptr(GMenuModel) menu = NULL;

  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));
  g_return_if_fail (G_IS_LIST_MODEL (integrations));

  g_set_object (&self->integrations, integrations);
  menu = psa_connection_menus_dup_integrations (integrations);
  gtk_menu_button_set_menu_model (self->integrations_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->integrations_button),
                          g_list_model_get_n_items (integrations) > 0);
  if (chosen != NULL)
    show_integration (self, chosen);
}
