/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-countdown.h"

#include <glib/gi18n.h>

/**
 * PsaCountdown:
 *
 * How long a tenant still wants to be left alone, second by second. It ticks only while it is on screen and
 * there is something left to count.
 */
struct _PsaCountdown
{
  AdwBin parent_instance;
  GtkLabel *label;
  gint64 retry_at; /* seconds since 1970, UTC; 0 where nothing is counted */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (PsaCountdown, psa_countdown, ADW_TYPE_BIN)

static char *
dup_text (gint64 left)
{
  g_autofree char *left_text = NULL;

  if (left <= 0)
    return g_strdup (_("The next try is possible now"));

  /* Translators: minutes and seconds that are left, as in “0:25” */
  left_text = g_strdup_printf (_("%d:%02d"), (int) (left / 60), (int) (left % 60));
  /* Translators: %s is the minutes and seconds that are left */
  return g_strdup_printf (_("Next try possible in %s"), left_text);
}

static gint64
get_left (PsaCountdown *self)
{
  gint64 left = self->retry_at * G_USEC_PER_SEC - g_get_real_time ();

  return left > 0 ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}

static void
show_left (PsaCountdown *self)
{
  g_autofree char *text = dup_text (get_left (self));

  gtk_label_set_label (self->label, text);
}

static gboolean
tick_cb (gpointer user_data)
{
  PsaCountdown *self = user_data;

  show_left (self);
  if (get_left (self) > 0)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
update (PsaCountdown *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->retry_at == 0)
    return;
  show_left (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && get_left (self) > 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
psa_countdown_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (psa_countdown_parent_class)->map (widget);
  update (PSA_COUNTDOWN (widget));
}

static void
psa_countdown_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (psa_countdown_parent_class)->unmap (widget);
  update (PSA_COUNTDOWN (widget));
}

static void
psa_countdown_dispose (GObject *object)
{
  g_clear_handle_id (&PSA_COUNTDOWN (object)->tick_id, g_source_remove);
  G_OBJECT_CLASS (psa_countdown_parent_class)->dispose (object);
}

static void
psa_countdown_class_init (PsaCountdownClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_countdown_dispose;
  widget_class->map = psa_countdown_map;
  widget_class->unmap = psa_countdown_unmap;
}

static void
psa_countdown_init (PsaCountdown *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric"); /* so that it does not dance */
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * psa_countdown_set_retry_at:
 * @self: the countdown
 * @retry_at: when the next try is possible, in seconds since 1970, UTC; 0 hides it
 */
void
psa_countdown_set_retry_at (PsaCountdown *self, gint64 retry_at)
{
  g_return_if_fail (PSA_IS_COUNTDOWN (self));

  self->retry_at = retry_at;
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self), retry_at > 0);
}
