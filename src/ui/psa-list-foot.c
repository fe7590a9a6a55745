/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-list-foot.h"

#include <glib/gi18n.h>

/**
 * PsaListFoot:
 *
 * The foot of the list: the button that checks all, or how far that is.
 */
struct _PsaListFoot
{
  GtkBox parent_instance;
  GSignalGroup *round_signals;

  GtkWidget *check_all_button;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *cancel_button;
};

G_DEFINE_FINAL_TYPE (PsaListFoot, psa_list_foot, GTK_TYPE_BOX)

static void
update (PsaListFoot *self)
{
  g_autoptr(PsaRound) round = g_signal_group_dup_target (self->round_signals);
  gboolean is_running = round != NULL && psa_round_get_running (round);
  gboolean had_focus =
      gtk_widget_has_focus (is_running ? self->check_all_button : self->cancel_button);

  if (is_running)
    {
      guint n_done = psa_round_get_n_done (round);
      guint n_all = psa_round_get_n_all (round);
      g_autofree char *text = NULL;

      /* Translators: how many profiles of all were checked so far */
      text = g_strdup_printf (_("%u of %u"), n_done, n_all);
      gtk_label_set_label (self->progress_label, text);
      gtk_progress_bar_set_fraction (self->progress_bar, n_all > 0 ? (double) n_done / n_all : 0);
    }
  gtk_widget_set_visible (self->cancel_button, is_running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_label), is_running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), is_running);
  gtk_widget_set_visible (self->check_all_button, !is_running);
  if (had_focus)
    gtk_widget_grab_focus (is_running ? self->cancel_button : self->check_all_button);
}

static void
psa_list_foot_dispose (GObject *object)
{
  PsaListFoot *self = PSA_LIST_FOOT (object);

  g_clear_object (&self->round_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_LIST_FOOT);
  G_OBJECT_CLASS (psa_list_foot_parent_class)->dispose (object);
}

static void
psa_list_foot_class_init (PsaListFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_list_foot_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-list-foot.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaListFoot, check_all_button);
  gtk_widget_class_bind_template_child (widget_class, PsaListFoot, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PsaListFoot, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PsaListFoot, cancel_button);
}

static void
psa_list_foot_init (PsaListFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->round_signals = g_signal_group_new (PSA_TYPE_ROUND);
  g_signal_group_connect_swapped (self->round_signals, "notify", G_CALLBACK (update), self);
}

/**
 * psa_list_foot_show_round:
 * @self: the foot
 * @round: what is under way
 *
 * Shows how far @round is until it has ended.
 */
void
psa_list_foot_show_round (PsaListFoot *self, PsaRound *round)
{
  g_return_if_fail (PSA_IS_LIST_FOOT (self));
  g_return_if_fail (PSA_IS_ROUND (round));

  g_signal_group_set_target (self->round_signals, round);
  update (self);
}
