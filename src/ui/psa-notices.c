/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-notices.h"

#include "psa-banner.h"
#include "psa-vault-state.h"

#include <glib/gi18n.h>

/**
 * PsaNotices:
 *
 * What concerns all profiles at once, as banners: the profiles file was damaged, is of a newer version or
 * cannot be written; the keyring is locked or does not answer; the history has a problem; this computer is
 * offline.
 */
struct _PsaNotices
{
  GtkBox parent_instance;
  PsaMonitor *monitor;
  gboolean unlocking;

  AdwBanner *store_banner;
  AdwBanner *keyring_banner;
  AdwBanner *history_banner;
  AdwBanner *offline_banner;
};

G_DEFINE_FINAL_TYPE (PsaNotices, psa_notices, GTK_TYPE_BOX)

static void
show_problem (AdwBanner *banner, const char *problem)
{
  /* The sentence stays while the banner folds up. */
  if (problem != NULL)
    adw_banner_set_title (banner, problem);
  adw_banner_set_revealed (banner, problem != NULL);
}

static void
update_store (PsaNotices *self)
{
  PsaStore *store = psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
  const char *label = NULL;
  const char *action = NULL;

  if (psa_store_get_backup (store) != NULL)
    {
      label = _("_Restore Backup");
      action = "win.restore-backup";
    }
  else if (psa_store_get_set_aside (store) != NULL)
    {
      label = _("_Show File");
      action = "win.show-set-aside";
    }
  adw_banner_set_button_label (self->store_banner, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->store_banner), action);
  show_problem (self->store_banner, psa_store_get_problem (store));
}

/* The list is of use without it, and one call opens it for all profiles. */
static void
update_keyring (PsaNotices *self)
{
  PsaVault *vault = psa_keeper_get_vault (psa_monitor_get_keeper (self->monitor));
  PsaVaultState state = psa_vault_get_state (vault);
  const char *problem = NULL;
  const char *label = _("_Unlock");
  const char *action = "win.unlock";

  if (self->unlocking)
    {
      problem = _("Waiting for the keyring to be unlocked…");
      label = _("_Cancel");
      action = "win.cancel-unlock";
    }
  else if (state == PSA_VAULT_STATE_LOCKED)
    problem = _("The keyring is locked, so no profile can be checked or saved.");
  else if (state == PSA_VAULT_STATE_UNAVAILABLE)
    {
      problem = _("No keyring answers, so no profile can be checked or saved.");
      label = _("_Try Again");
    }
  if (problem != NULL)
    {
      adw_banner_set_button_label (self->keyring_banner, label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->keyring_banner), action);
    }
  show_problem (self->keyring_banner, problem);
}

static void
update_history (PsaNotices *self)
{
  show_problem (self->history_banner,
                psa_history_get_problem (psa_monitor_get_history (self->monitor)));
}

static void
psa_notices_dispose (GObject *object)
{
  PsaNotices *self = PSA_NOTICES (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_NOTICES);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (psa_notices_parent_class)->dispose (object);
}

static void
psa_notices_class_init (PsaNoticesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_notices_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-notices.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaNotices, store_banner);
  gtk_widget_class_bind_template_child (widget_class, PsaNotices, keyring_banner);
  gtk_widget_class_bind_template_child (widget_class, PsaNotices, history_banner);
  gtk_widget_class_bind_template_child (widget_class, PsaNotices, offline_banner);
}

static void
psa_notices_init (PsaNotices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  psa_banner_show_whole (self->store_banner);
  psa_banner_show_whole (self->keyring_banner);
  psa_banner_show_whole (self->history_banner);
  psa_banner_show_whole (self->offline_banner);
}

/**
 * psa_notices_watch:
 * @self: the notices
 * @monitor: what they speak of
 *
 * Begins to follow @monitor and the network; to be called once, when the first frame was drawn:
 * asking for the network may reach out to the system.
 */
void
psa_notices_watch (PsaNotices *self, PsaMonitor *monitor)
{
  PsaStore *store;

  g_return_if_fail (PSA_IS_NOTICES (self));
  g_return_if_fail (PSA_IS_MONITOR (monitor));
  g_return_if_fail (self->monitor == NULL);

  self->monitor = g_object_ref (monitor);
  store = psa_keeper_get_store (psa_monitor_get_keeper (monitor));
  g_signal_connect_object (store, "notify", G_CALLBACK (update_store), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (psa_monitor_get_history (monitor), "notify::problem",
                           G_CALLBACK (update_history), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (psa_keeper_get_vault (psa_monitor_get_keeper (monitor)),
                           "notify::state", G_CALLBACK (update_keyring), self, G_CONNECT_SWAPPED);
  g_object_bind_property (g_network_monitor_get_default (), "network-available",
                          self->offline_banner, "revealed",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  update_store (self);
  update_keyring (self);
  update_history (self);
}

/**
 * psa_notices_set_unlocking:
 * @self: the notices, following a monitor
 * @unlocking: whether the keyring is being asked to open
 *
 * Says that an answer is waited for, and offers to call it off.
 */
void
psa_notices_set_unlocking (PsaNotices *self, gboolean unlocking)
{
  g_return_if_fail (PSA_IS_NOTICES (self));
  g_return_if_fail (self->monitor != NULL);

  self->unlocking = unlocking;
  update_keyring (self);
}
