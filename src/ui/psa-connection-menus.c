/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-connection-menus.h"

#include "psa-message.h"
#include "psa-site.h"

/* What the rows of the connection form offer to choose from. */

static void
add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/**
 * psa_connection_menus_dup_sites:
 *
 * Returns: (transfer full): the API hosts of the cloud, for `fields.use-site`
 */
GMenuModel *
psa_connection_menus_dup_sites (void)
{
  GMenu *menu = g_menu_new ();
  gsize n_sites = 0;
  const PsaSite *sites = psa_site_get_all (&n_sites);

  for (gsize i = 0; i < n_sites; i++)
    if (sites[i].is_api)
      add_item (menu, sites[i].host, "fields.use-site", sites[i].host);
  return G_MENU_MODEL (menu);
}

/**
 * psa_connection_menus_dup_integrations:
 * @integrations: (element-type PsaIntegration): those that are kept
 *
 * Returns: (transfer full): their names, for `fields.use-integration`
 */
GMenuModel *
psa_connection_menus_dup_integrations (GListModel *integrations)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (integrations, i);
      g_autofree char *name = psa_message_dup_clean (psa_integration_get_name (integration));
      g_auto(GStrv) parts = g_strsplit (name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts); /* an underline is no mnemonic here */

      add_item (menu, label, "fields.use-integration", psa_integration_get_id (integration));
    }
  return G_MENU_MODEL (menu);
}
