/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-preferences-dialog.h"

/**
 * PsaPreferencesDialog:
 *
 * What a user sets once: each row is bound to its key of the settings, either may change the other.
 */
struct _PsaPreferencesDialog
{
  AdwDialog parent_instance;
  GSettings *settings;
  AdwComboRow *order_row;
  AdwComboRow *grouping_row;
};

G_DEFINE_FINAL_TYPE (PsaPreferencesDialog, psa_preferences_dialog, ADW_TYPE_DIALOG)

/* The values of the keys in the order of the rows. */
static const char *const orders[] = { "name", "state", "checked", "recent", NULL };
static const char *const groupings[] = { "attention", "state", "environment", "tag", NULL };

static gboolean
read_position (GValue *value, GVariant *variant, gpointer nicks)
{
  const char *nick = g_variant_get_string (variant, NULL);

  for (guint i = 0; ((const char *const *) nicks)[i] != NULL; i++)
    if (g_str_equal (((const char *const *) nicks)[i], nick))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

/* While the row takes another model, nothing is chosen. */
static GVariant *
write_position (const GValue *value, const GVariantType *type, gpointer nicks)
{
  guint position = g_value_get_uint (value);

  return position < g_strv_length (nicks)
             ? g_variant_new_string (((const char *const *) nicks)[position])
             : NULL;
}

static void
bind_row (PsaPreferencesDialog *self, const char *key, AdwComboRow *row, const char *const *nicks)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                read_position, write_position, (gpointer) nicks, NULL);
}

static void
psa_preferences_dialog_dispose (GObject *object)
{
  PsaPreferencesDialog *self = PSA_PREFERENCES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (psa_preferences_dialog_parent_class)->dispose (object);
}

static void
psa_preferences_dialog_class_init (PsaPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_preferences_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaPreferencesDialog, order_row);
  gtk_widget_class_bind_template_child (widget_class, PsaPreferencesDialog, grouping_row);
}

static void
psa_preferences_dialog_init (PsaPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APPLICATION_ID);
  bind_row (self, "sort-order", self->order_row, orders);
  bind_row (self, "grouping", self->grouping_row, groupings);
}

/**
 * psa_preferences_dialog_new:
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_preferences_dialog_new (void)
{
  return g_object_new (PSA_TYPE_PREFERENCES_DIALOG, NULL);
}
