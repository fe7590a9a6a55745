/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-region-row.h"

#include "psa-state-mark.h"

#include <glib/gi18n.h>

/**
 * PsaRegionRow:
 *
 * A site of the cloud that is asked for a company, and what it said. One that has the company can be
 * chosen.
 */
struct _PsaRegionRow
{
  AdwActionRow parent_instance;

  PsaRegion *region;

  GtkStack *mark_stack;
  GtkImage *icon;
  GtkButton *use_button;
};

typedef enum
{
  PROP_REGION = 1,
} PsaRegionRowProperty;

typedef enum
{
  SIGNAL_CHOSEN,
} PsaRegionRowSignal;

static GParamSpec *properties[PROP_REGION + 1];
static guint signals[SIGNAL_CHOSEN + 1];

G_DEFINE_FINAL_TYPE (PsaRegionRow, psa_region_row, ADW_TYPE_ACTION_ROW)

/* Shapes of their own, as everywhere: the words stand beside them. */
static PsaState
get_state (PsaRegionAnswer answer)
{
  switch (answer)
    {
    case PSA_REGION_FOUND:
      return PSA_STATE_CONNECTED;
    case PSA_REGION_UNASKED:
      return PSA_STATE_UNREACHABLE;
    case PSA_REGION_UNKNOWN:
    case PSA_REGION_ASKING:
    default:
      return PSA_STATE_NOT_CHECKED;
    }
}

static void
update (PsaRegionRow *self)
{
  PsaRegionAnswer answer = psa_region_get_answer (self->region);
  PsaState state = get_state (answer);
  const char *styles[] = { psa_state_mark_get_style (state), NULL };

  gtk_stack_set_visible_child_name (self->mark_stack,
                                    answer == PSA_REGION_ASKING ? "asking" : "settled");
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), styles);
  gtk_image_set_from_icon_name (self->icon, psa_state_get_icon (state));
  gtk_widget_set_visible (GTK_WIDGET (self->use_button), answer == PSA_REGION_FOUND);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), psa_region_get_host (self->region));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), psa_region_get_text (self->region));
}

static void
set_region (PsaRegionRow *self, PsaRegion *region)
{
  g_autofree char *label = NULL;

  self->region = g_object_ref (region);
  /* Translators: %s is a host name; the button fills it into the connection form */
  label = g_strdup_printf (_("Use %s"), psa_region_get_site (region)->host);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->use_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_object (region, "notify::text", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
on_use_button_clicked_cb (PsaRegionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
psa_region_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaRegionRow *self = PSA_REGION_ROW (object);

  switch ((PsaRegionRowProperty) prop_id)
    {
    case PROP_REGION:
      g_value_set_object (value, self->region);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_region_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaRegionRow *self = PSA_REGION_ROW (object);

  switch ((PsaRegionRowProperty) prop_id)
    {
    case PROP_REGION:
      set_region (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_region_row_dispose (GObject *object)
{
  PsaRegionRow *self = PSA_REGION_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_REGION_ROW);
  g_clear_object (&self->region);
  G_OBJECT_CLASS (psa_region_row_parent_class)->dispose (object);
}

static void
psa_region_row_class_init (PsaRegionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = psa_region_row_get_property;
  object_class->set_property = psa_region_row_set_property;
  object_class->dispose = psa_region_row_dispose;

  properties[PROP_REGION] =
      g_param_spec_object ("region", NULL, NULL, PSA_TYPE_REGION,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * PsaRegionRow::chosen:
   *
   * The user takes the host of this row.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-region-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaRegionRow, mark_stack);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PsaRegionRow, use_button);
  gtk_widget_class_bind_template_callback (widget_class, on_use_button_clicked_cb);
}

static void
psa_region_row_init (PsaRegionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_region_row_new:
 * @region: a site that is asked
 *
 * Returns: (transfer floating): its row, which follows it
 */
GtkWidget *
psa_region_row_new (PsaRegion *region)
{
  g_return_val_if_fail (PSA_IS_REGION (region), NULL);

  return g_object_new (PSA_TYPE_REGION_ROW, "region", region, NULL);
}

PsaRegion *
psa_region_row_get_region (PsaRegionRow *self)
{
  g_return_val_if_fail (PSA_IS_REGION_ROW (self), NULL);

  return self->region;
}
