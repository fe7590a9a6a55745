/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-stage-row.h"

#include "psa-stage-bar.h"

#include <glib/gi18n.h>

/**
 * PsaStageRow:
 *
 * One stage of a check as it fills in: a mark, its name, what was found, and when it began and how long it took. Shape
 * and word tell how it ended, never colour alone.
 *
 * Properties: report, stages (all of the check), bar-width.
 */
struct _PsaStageRow
{
  AdwActionRow parent_instance;
  PsaStageReport *report;
  GListModel *stages;
  int bar_width;
};

typedef enum
{
  PROP_REPORT = 1,
  PROP_STAGES,
  PROP_BAR_WIDTH,
} PsaStageRowProperty;

static GParamSpec *properties[PROP_BAR_WIDTH + 1];

G_DEFINE_FINAL_TYPE (PsaStageRow, psa_stage_row, ADW_TYPE_ACTION_ROW)

static char *
get_word (PsaStageRow *self, PsaStage stage)
{
  return g_strdup (psa_stage_get_word (stage));
}

static char *
get_result_word (PsaStageRow *self, PsaStageResult result)
{
  return g_strdup (psa_stage_result_get_word (result));
}

static char *
get_mark (PsaStageRow *self, PsaStageResult result)
{
  return g_strdup (result == PSA_STAGE_RUNNING ? "running" : "mark");
}

static char *
get_icon (PsaStageRow *self, PsaStageResult result)
{
  switch (result)
    {
    case PSA_STAGE_PASSED:
      return g_strdup ("psa-state-connected-symbolic");
    case PSA_STAGE_WARNED:
      return g_strdup ("psa-state-warning-symbolic");
    case PSA_STAGE_FAILED:
      return g_strdup ("psa-state-rejected-symbolic");
    case PSA_STAGE_PENDING:
    case PSA_STAGE_RUNNING:
    case PSA_STAGE_SKIPPED:
    default:
      return g_strdup ("psa-state-not-checked-symbolic");
    }
}

static char *
get_time (PsaStageRow *self, double ms)
{
  /* Translators: a duration in milliseconds, beside a stage such as “Sign-in” */
  return g_strdup_printf (_("%.0f ms"), ms);
}

/* What took no time at all is not worth a figure. */
static gboolean
is_measured (PsaStageRow *self, double ms)
{
  return ms >= 0.5;
}

/* Where there is no room for a bar the figure has to do. */
static gboolean
is_drawn (PsaStageRow *self, double ms, int bar_width)
{
  return bar_width > 0 && is_measured (self, ms);
}

/* A good stage says so by its mark and time; the others need the word. */
static gboolean
is_worded (PsaStageRow *self, PsaStageResult result)
{
  return result == PSA_STAGE_WARNED || result == PSA_STAGE_FAILED || result == PSA_STAGE_SKIPPED;
}

/* Most connections have no proxy: its stage shows only where there is one. */
static gboolean
is_shown (PsaStageRow *self, PsaStage stage, PsaStageResult result)
{
  return stage != PSA_STAGE_PROXY || (result != PSA_STAGE_PENDING && result != PSA_STAGE_SKIPPED);
}

/* What a mark and figures say to the eye: “Sign-in, passed, 118 ms”. */
static void
update_name (PsaStageRow *self)
{
  const char *word = psa_stage_get_word (psa_stage_report_get_stage (self->report));
  const char *result = psa_stage_result_get_word (psa_stage_report_get_result (self->report));
  double ms = psa_stage_report_get_ms (self->report);
  g_autofree char *name = NULL;

  if (is_measured (self, ms))
    {
      g_autofree char *time = get_time (self, ms);

      /* Translators: a stage of a check for a screen reader: its name, how it ended, how long it took */
      name = g_strdup_printf (_("%s, %s, %s"), word, result, time);
    }
  else
    /* Translators: a stage of a check for a screen reader: its name, how it stands */
    name = g_strdup_printf (_("%s, %s"), word, result);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_report (PsaStageRow *self, PsaStageReport *report)
{
  if (!g_set_object (&self->report, report))
    return;
  if (report != NULL)
    {
      g_signal_connect_object (report, "notify", G_CALLBACK (update_name), self, G_CONNECT_SWAPPED);
      update_name (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPORT]);
}

static void
psa_stage_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStageRow *self = PSA_STAGE_ROW (object);

  switch ((PsaStageRowProperty) prop_id)
    {
    case PROP_REPORT:
      g_value_set_object (value, self->report);
      break;
    case PROP_STAGES:
      g_value_set_object (value, self->stages);
      break;
    case PROP_BAR_WIDTH:
      g_value_set_int (value, self->bar_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_stage_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaStageRow *self = PSA_STAGE_ROW (object);

  switch ((PsaStageRowProperty) prop_id)
    {
    case PROP_REPORT:
      set_report (self, g_value_get_object (value));
      break;
    case PROP_STAGES:
      if (g_set_object (&self->stages, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_BAR_WIDTH:
      self->bar_width = g_value_get_int (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_stage_row_dispose (GObject *object)
{
  PsaStageRow *self = PSA_STAGE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_STAGE_ROW);
  g_clear_object (&self->report);
  g_clear_object (&self->stages);
  G_OBJECT_CLASS (psa_stage_row_parent_class)->dispose (object);
}

static void
psa_stage_row_class_init (PsaStageRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = psa_stage_row_get_property;
  object_class->set_property = psa_stage_row_set_property;
  object_class->dispose = psa_stage_row_dispose;

  properties[PROP_REPORT] =
      g_param_spec_object ("report", NULL, NULL, PSA_TYPE_STAGE_REPORT,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_STAGES] =
      g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_BAR_WIDTH] =
      g_param_spec_int ("bar-width", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-stage-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_word);
  gtk_widget_class_bind_template_callback (widget_class, get_result_word);
  gtk_widget_class_bind_template_callback (widget_class, get_mark);
  gtk_widget_class_bind_template_callback (widget_class, get_icon);
  gtk_widget_class_bind_template_callback (widget_class, get_time);
  gtk_widget_class_bind_template_callback (widget_class, is_drawn);
  gtk_widget_class_bind_template_callback (widget_class, is_measured);
  gtk_widget_class_bind_template_callback (widget_class, is_worded);
  gtk_widget_class_bind_template_callback (widget_class, is_shown);
}

static void
psa_stage_row_init (PsaStageRow *self)
{
  g_type_ensure (PSA_TYPE_STAGE_BAR);
  g_type_ensure (PSA_TYPE_STAGE_REPORT);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_stage_row_new:
 * @report: the stage to show
 * @stages: the stages of the whole check
 *
 * Returns: (transfer floating): a row that follows @report
 */
GtkWidget *
psa_stage_row_new (PsaStageReport *report, GListModel *stages)
{
  g_return_val_if_fail (PSA_IS_STAGE_REPORT (report), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (stages), NULL);

  return g_object_new (PSA_TYPE_STAGE_ROW, "report", report, "stages", stages, NULL);
}
