/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-shortcut-row.h"

/**
 * PsaShortcutRow:
 *
 * What a key does, beside the key as it is labelled on this system.
 *
 * Properties: accelerator (as `<Control>n`), target (the detailed action it stands for).
 */
struct _PsaShortcutRow
{
  AdwActionRow parent_instance;
  char *accelerator;
  char *target;
};

typedef enum
{
  PROP_ACCELERATOR = 1,
  PROP_TARGET,
} PsaShortcutRowProperty;

static GParamSpec *properties[PROP_TARGET + 1];

G_DEFINE_FINAL_TYPE (PsaShortcutRow, psa_shortcut_row, ADW_TYPE_ACTION_ROW)

static char *
dup_label (PsaShortcutRow *self, const char *accelerator)
{
  GdkModifierType modifiers;
  guint key;

  if (accelerator == NULL || !gtk_accelerator_parse (accelerator, &key, &modifiers))
    return g_strdup ("");
  return gtk_accelerator_get_label (key, modifiers);
}

static void
psa_shortcut_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaShortcutRow *self = PSA_SHORTCUT_ROW (object);

  switch ((PsaShortcutRowProperty) prop_id)
    {
    case PROP_ACCELERATOR:
      g_value_set_string (value, self->accelerator);
      break;
    case PROP_TARGET:
      g_value_set_string (value, self->target);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_shortcut_row_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  PsaShortcutRow *self = PSA_SHORTCUT_ROW (object);

  switch ((PsaShortcutRowProperty) prop_id)
    {
    case PROP_ACCELERATOR:
      g_set_str (&self->accelerator, g_value_get_string (value));
      break;
    case PROP_TARGET:
      g_set_str (&self->target, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_shortcut_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_SHORTCUT_ROW);
  G_OBJECT_CLASS (psa_shortcut_row_parent_class)->dispose (object);
}

static void
psa_shortcut_row_finalize (GObject *object)
{
  PsaShortcutRow *self = PSA_SHORTCUT_ROW (object);

  g_free (self->accelerator);
  g_free (self->target);
  G_OBJECT_CLASS (psa_shortcut_row_parent_class)->finalize (object);
}

static void
psa_shortcut_row_class_init (PsaShortcutRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = psa_shortcut_row_get_property;
  object_class->set_property = psa_shortcut_row_set_property;
  object_class->dispose = psa_shortcut_row_dispose;
  object_class->finalize = psa_shortcut_row_finalize;

  properties[PROP_ACCELERATOR] = g_param_spec_string ("accelerator", NULL, NULL, NULL, flags);
  properties[PROP_TARGET] = g_param_spec_string ("target", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-shortcut-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, dup_label);
}

static void
psa_shortcut_row_init (PsaShortcutRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
