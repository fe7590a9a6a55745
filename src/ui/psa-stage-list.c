/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-stage-list.h"

#include "psa-stage-row.h"

/**
 * PsaStageList:
 *
 * The stages of a check, one row each, bound to a model of #PsaStageReport: live while it runs, and the
 * same once it is over. Their bars, one under the other, are the waterfall of the check.
 *
 * Properties: stages (nullable), bar-width (of each bar; 0 draws none).
 */
struct _PsaStageList
{
  AdwBin parent_instance;

  GListModel *stages;
  int bar_width;

  GtkListBox *list;
};

typedef enum
{
  PROP_STAGES = 1,
  PROP_BAR_WIDTH,
} PsaStageListProperty;

static GParamSpec *properties[PROP_BAR_WIDTH + 1];

G_DEFINE_FINAL_TYPE (PsaStageList, psa_stage_list, ADW_TYPE_BIN)

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  PsaStageList *self = user_data;
  GtkWidget *row = psa_stage_row_new (PSA_STAGE_REPORT (item), self->stages);

  g_object_bind_property (self, "bar-width", row, "bar-width", G_BINDING_SYNC_CREATE);
  return row;
}

static void
psa_stage_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStageList *self = PSA_STAGE_LIST (object);

  switch ((PsaStageListProperty) prop_id)
    {
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
psa_stage_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaStageList *self = PSA_STAGE_LIST (object);

  switch ((PsaStageListProperty) prop_id)
    {
    case PROP_STAGES:
      psa_stage_list_set_stages (self, g_value_get_object (value));
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
psa_stage_list_dispose (GObject *object)
{
  PsaStageList *self = PSA_STAGE_LIST (object);

  /* First, or the bin would unparent once more what the template has let go of. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_STAGE_LIST);
  g_clear_object (&self->stages);
  G_OBJECT_CLASS (psa_stage_list_parent_class)->dispose (object);
}

static void
psa_stage_list_class_init (PsaStageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = psa_stage_list_get_property;
  object_class->set_property = psa_stage_list_set_property;
  object_class->dispose = psa_stage_list_dispose;

  properties[PROP_STAGES] =
      g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_BAR_WIDTH] =
      g_param_spec_int ("bar-width", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-stage-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaStageList, list);
}

static void
psa_stage_list_init (PsaStageList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_stage_list_set_stages:
 * @self: the list
 * @stages: (nullable): a model of #PsaStageReport
 *
 * Shows @stages from now on.
 */
void
psa_stage_list_set_stages (PsaStageList *self, GListModel *stages)
{
  g_return_if_fail (PSA_IS_STAGE_LIST (self));
  g_return_if_fail (stages == NULL || G_IS_LIST_MODEL (stages));

  if (!g_set_object (&self->stages, stages))
    return;

  gtk_list_box_bind_model (self->list, stages, create_row, self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGES]);
}
