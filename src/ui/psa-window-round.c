/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include <glib/gi18n.h>

/* Said once at the end, aloud as well: two hundred results in a row are nobody's news. */
static void
on_running_notify_cb (PsaWindow *self, GParamSpec *pspec, PsaRound *round)
{
  guint n_done = psa_round_get_n_done (round);
  guint n_wrong = psa_round_get_n_found_wrong (round);
  g_autofree char *checked = NULL;
  g_autofree char *text = NULL;

  if (psa_round_get_running (round) || round != self->round)
    return;

  g_clear_object (&self->round);
  psa_window_update_actions (self);
  checked =
      g_strdup_printf (ngettext ("%u profile checked", "%u profiles checked", n_done), n_done);
  if (n_wrong == 0)
    text = g_steal_pointer (&checked);
  else
    /* Translators: %s is “%u profiles checked”, the number is that of those among them */
    text = g_strdup_printf (ngettext ("%s, %u needs attention", "%s, %u need attention", n_wrong),
                            checked, n_wrong);
  psa_window_say (self, text);
}

/**
 * psa_window_check_many:
 * @self: the window
 * @statuses: (element-type PsaStatus): in the order in which to check
 *
 * Checks profiles, with the progress at the foot of the list. Nothing is begun while others are under way.
 */
void
psa_window_check_many (PsaWindow *self, GPtrArray *statuses)
{
  g_autoptr(GPtrArray) profiles = g_ptr_array_new ();

  if (self->round != NULL)
    return;

  for (guint i = 0; i < statuses->len; i++)
    g_ptr_array_add (profiles, psa_status_get_profile (statuses->pdata[i]));
  self->round = psa_round_new (self->monitor, profiles);
  g_signal_connect_object (self->round, "notify::running", G_CALLBACK (on_running_notify_cb), self,
                           G_CONNECT_SWAPPED);
  psa_profile_list_show_round (self->list, self->round);
  psa_round_start (self->round);
  psa_window_update_actions (self);
}

static void
check_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GPtrArray) statuses = psa_profile_list_list_by_sight (self->list);

  psa_window_check_many (self, statuses);
}

static void
cancel_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  if (self->round != NULL)
    psa_round_cancel (self->round);
}

/**
 * psa_window_install_round_actions:
 * @widget_class: the class of the window
 *
 * Installs checking all and its cancelling, and the key.
 */
void
psa_window_install_round_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.check-all", NULL, check_all_action);
  gtk_widget_class_install_action (widget_class, "win.cancel-all", NULL, cancel_all_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.check-all", NULL);
}
