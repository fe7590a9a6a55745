/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-state-mark.h"

/**
 * PsaStateMark:
 *
 * The shape of a state, or a spinner while a check runs. It only decorates: the word stands in the
 * name of what carries it.
 *
 * Properties: state (PsaState), checking, old (the shape is dimmed).
 */
struct _PsaStateMark
{
  AdwBin parent_instance;
  PsaState state;
  gboolean checking;
  gboolean old;

  GtkStack *stack;
  GtkImage *image;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_CHECKING,
  PROP_OLD,
} PsaStateMarkProperty;

static GParamSpec *properties[PROP_OLD + 1];

G_DEFINE_FINAL_TYPE (PsaStateMark, psa_state_mark, ADW_TYPE_BIN)

static void
update (PsaStateMark *self)
{
  /* Dimmed, a colour would be too pale to read. */
  const char *classes[] = { self->old ? "dimmed" : psa_state_mark_get_style (self->state), NULL };

  gtk_image_set_from_icon_name (self->image, psa_state_get_icon (self->state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->image), classes);
  gtk_stack_set_visible_child_name (self->stack, self->checking ? "spinner" : "shape");
}

static void
psa_state_mark_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStateMark *self = PSA_STATE_MARK (object);

  switch ((PsaStateMarkProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_CHECKING:
      g_value_set_boolean (value, self->checking);
      break;
    case PROP_OLD:
      g_value_set_boolean (value, self->old);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_state_mark_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaStateMark *self = PSA_STATE_MARK (object);

  switch ((PsaStateMarkProperty) prop_id)
    {
    case PROP_STATE:
      self->state = g_value_get_enum (value);
      break;
    case PROP_CHECKING:
      self->checking = g_value_get_boolean (value);
      break;
    case PROP_OLD:
      self->old = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  update (self);
}

static void
psa_state_mark_dispose (GObject *object)
{
  /* First, or the bin would unparent once more what the template has let go of. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_STATE_MARK);
  G_OBJECT_CLASS (psa_state_mark_parent_class)->dispose (object);
}

static void
psa_state_mark_class_init (PsaStateMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = psa_state_mark_get_property;
  object_class->set_property = psa_state_mark_set_property;
  object_class->dispose = psa_state_mark_dispose;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, PSA_TYPE_STATE,
                                              PSA_STATE_NOT_CHECKED, flags);
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, flags);
  properties[PROP_OLD] = g_param_spec_boolean ("old", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-state-mark.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaStateMark, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaStateMark, image);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
psa_state_mark_init (PsaStateMark *self)
{
  self->state = PSA_STATE_NOT_CHECKED;
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * psa_state_mark_get_style:
 * @state: a state
 *
 * Returns: (transfer none): the style class that colours the shape of @state; the shape and its word tell the
 *   state without it
 */
const char *
psa_state_mark_get_style (PsaState state)
{
  switch (state)
    {
    case PSA_STATE_CONNECTED:
      return "success";
    case PSA_STATE_WARNING:
    case PSA_STATE_NEEDS_CORRECTION:
    case PSA_STATE_SECRET_UNAVAILABLE:
      return "warning";
    case PSA_STATE_REJECTED:
    case PSA_STATE_NOT_PERMITTED:
    case PSA_STATE_UNREACHABLE:
      return "error";
    case PSA_STATE_NOT_CHECKED:
    default:
      return "dimmed";
    }
}
