/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-stage-bar.h"

#include "psa-stage.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define TRACK_HEIGHT 2
#define BAR_HEIGHT 8
#define MIN_LENGTH 3 /* what is drawn of a stage that took next to no time */

/**
 * PsaStageBar:
 *
 * When one stage began and how long it took, drawn against the whole check: the bars of all stages, one under the
 * other, are its waterfall. It runs with the direction of the text, and takes its colours from the style. Who cannot see
 * it hears the same in words.
 *
 * Properties: report (nullable), stages (nullable: all of the check), width.
 */
struct _PsaStageBar
{
  GtkWidget parent_instance;
  PsaStageReport *report;
  GListModel *stages;
  int width;
};

typedef enum
{
  PROP_REPORT = 1,
  PROP_STAGES,
  PROP_WIDTH,
} PsaStageBarProperty;

static GParamSpec *properties[PROP_WIDTH + 1];

G_DEFINE_FINAL_TYPE (PsaStageBar, psa_stage_bar, GTK_TYPE_WIDGET)

/* A stage that never began stands at the start; one that was not measured has no length. */
static double
get_start (PsaStageReport *report)
{
  return MAX (psa_stage_report_get_start_ms (report), 0);
}

static double
get_whole (PsaStageBar *self)
{
  double whole = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self->stages); i++)
    {
      g_autoptr(PsaStageReport) report = g_list_model_get_item (self->stages, i);

      if (psa_stage_report_get_ms (report) >= 0)
        whole = MAX (whole, get_start (report) + psa_stage_report_get_ms (report));
    }
  return whole;
}

static const char *
get_style (PsaStageResult result)
{
  switch (result)
    {
    case PSA_STAGE_FAILED:
      return "error";
    case PSA_STAGE_WARNED:
      return "warning";
    case PSA_STAGE_PENDING:
    case PSA_STAGE_RUNNING:
    case PSA_STAGE_PASSED:
    case PSA_STAGE_SKIPPED:
    default:
      return NULL;
    }
}

static void
update (PsaStageBar *self)
{
  const char *classes[] = { NULL, NULL };
  g_autofree char *text = NULL;

  if (self->report == NULL)
    return;
  classes[0] = get_style (psa_stage_report_get_result (self->report));
  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  /* Translators: how a bar of a diagram is read out: when a stage of a check began, and how long it took */
  text = g_strdup_printf (_("Began after %.0f ms, took %.0f ms"), get_start (self->report),
                          MAX (psa_stage_report_get_ms (self->report), 0));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
watch (PsaStageBar *self, gpointer report, const char *signal, GCallback callback)
{
  g_signal_connect_object (report, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
set_report (PsaStageBar *self, PsaStageReport *report)
{
  if (!g_set_object (&self->report, report))
    return;
  if (report != NULL)
    watch (self, report, "notify", G_CALLBACK (update));
  update (self);
}

/* Each stage that ends makes the whole longer, and every bar shorter. */
static void
set_stages (PsaStageBar *self, GListModel *stages)
{
  if (!g_set_object (&self->stages, stages))
    return;
  for (guint i = 0; stages != NULL && i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(GObject) report = g_list_model_get_item (stages, i);

      watch (self, report, "notify::ms", G_CALLBACK (gtk_widget_queue_draw));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
append_bar (
    GtkSnapshot *snapshot, const GdkRGBA *color, float x, float length, float middle, float height)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT (x, middle - height / 2, length, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
psa_stage_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PsaStageBar *self = PSA_STAGE_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float middle = (float) gtk_widget_get_height (widget) / 2;
  GdkRGBA color;
  GdkRGBA faint;
  float x = 0;
  float length = 0;

  gtk_widget_get_color (widget, &color);
  faint = color;
  faint.alpha *=
      adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 0.6f : 0.2f;
  append_bar (snapshot, &faint, 0, width, middle, TRACK_HEIGHT);
  if (psa_stage_bar_get_span (self, width, &x, &length))
    append_bar (snapshot, &color, x, length, middle, BAR_HEIGHT);
}

static void
psa_stage_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  /* All bars are as wide as each other, or they could not be compared. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? PSA_STAGE_BAR (widget)->width : BAR_HEIGHT;
  *natural = *minimum;
}

static void
psa_stage_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStageBar *self = PSA_STAGE_BAR (object);

  switch ((PsaStageBarProperty) prop_id)
    {
    case PROP_REPORT:
      g_value_set_object (value, self->report);
      break;
    case PROP_STAGES:
      g_value_set_object (value, self->stages);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_stage_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaStageBar *self = PSA_STAGE_BAR (object);

  switch ((PsaStageBarProperty) prop_id)
    {
    case PROP_REPORT:
      set_report (self, g_value_get_object (value));
      break;
    case PROP_STAGES:
      set_stages (self, g_value_get_object (value));
      break;
    case PROP_WIDTH:
      self->width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_stage_bar_dispose (GObject *object)
{
  PsaStageBar *self = PSA_STAGE_BAR (object);

  g_clear_object (&self->report);
  g_clear_object (&self->stages);
  G_OBJECT_CLASS (psa_stage_bar_parent_class)->dispose (object);
}

static void
psa_stage_bar_class_init (PsaStageBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = psa_stage_bar_get_property;
  object_class->set_property = psa_stage_bar_set_property;
  object_class->dispose = psa_stage_bar_dispose;
  widget_class->snapshot = psa_stage_bar_snapshot;
  widget_class->measure = psa_stage_bar_measure;

  properties[PROP_REPORT] =
      g_param_spec_object ("report", NULL, NULL, PSA_TYPE_STAGE_REPORT, flags);
  properties[PROP_STAGES] = g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "stagebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
psa_stage_bar_init (PsaStageBar *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * psa_stage_bar_get_span:
 * @self: the bar
 * @width: what the whole check is drawn in
 * @x: (out): where the stage begins, from the left
 * @length: (out): how long it is
 *
 * Returns: whether there is anything to draw
 */
gboolean
psa_stage_bar_get_span (PsaStageBar *self, float width, float *x, float *length)
{
  double whole;
  double ms;

  g_return_val_if_fail (PSA_IS_STAGE_BAR (self), FALSE);
  g_return_val_if_fail (x != NULL && length != NULL, FALSE);

  if (self->report == NULL || self->stages == NULL)
    return FALSE;
  ms = psa_stage_report_get_ms (self->report);
  whole = get_whole (self);
  if (ms < 0 || whole <= 0)
    return FALSE;

  *length = MAX ((float) (ms / whole) * width, MIN_LENGTH);
  *x = MIN ((float) (get_start (self->report) / whole) * width, width - *length);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    *x = width - *x - *length;
  return TRUE;
}
