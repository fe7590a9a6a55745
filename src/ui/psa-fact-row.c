/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-fact-row.h"

#include "psa-printable.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * PsaFactRow:
 *
 * A name and a value that may come from outside: shown as plain text, selectable, with a button
 * that copies it where that is useful. A fact that is not known takes no room.
 *
 * Properties: value (nullable), copyable.
 */
struct _PsaFactRow
{
  AdwActionRow parent_instance;
  char *value;
  gboolean copyable;

  GtkWidget *copy_button;
};

typedef enum
{
  PROP_VALUE = 1,
  PROP_COPYABLE,
} PsaFactRowProperty;

static GParamSpec *properties[PROP_COPYABLE + 1];

G_DEFINE_FINAL_TYPE (PsaFactRow, psa_fact_row, ADW_TYPE_ACTION_ROW)

/* A hyphen at the end of a line would read as part of a host name or a SHA-256. The row keeps its labels to
 * itself, so they are looked for. */
static void
forbid_hyphens (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
      gtk_label_set_attributes (GTK_LABEL (widget), attributes);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    forbid_hyphens (child);
}

static void
on_copy_button_clicked_cb (PsaFactRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->value);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied"));
}

static void
on_title_notify_cb (PsaFactRow *self)
{
  g_autofree char *label = NULL;

  /* Translators: the name of a copy button for a screen reader; %s is what is copied, as “Host” */
  label = g_strdup_printf (_("Copy %s"),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
psa_fact_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaFactRow *self = PSA_FACT_ROW (object);

  switch ((PsaFactRowProperty) prop_id)
    {
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_COPYABLE:
      g_value_set_boolean (value, self->copyable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_fact_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaFactRow *self = PSA_FACT_ROW (object);

  switch ((PsaFactRowProperty) prop_id)
    {
    case PROP_VALUE:
      psa_fact_row_set_value (self, g_value_get_string (value));
      break;
    case PROP_COPYABLE:
      self->copyable = g_value_get_boolean (value);
      gtk_widget_set_visible (self->copy_button, self->copyable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_fact_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_FACT_ROW);
  G_OBJECT_CLASS (psa_fact_row_parent_class)->dispose (object);
}

static void
psa_fact_row_finalize (GObject *object)
{
  g_free (PSA_FACT_ROW (object)->value);
  G_OBJECT_CLASS (psa_fact_row_parent_class)->finalize (object);
}

static void
psa_fact_row_class_init (PsaFactRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = psa_fact_row_get_property;
  object_class->set_property = psa_fact_row_set_property;
  object_class->dispose = psa_fact_row_dispose;
  object_class->finalize = psa_fact_row_finalize;

  properties[PROP_VALUE] = g_param_spec_string (
      "value", NULL, NULL, NULL,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_COPYABLE] = g_param_spec_boolean ("copyable", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaFactRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_button_clicked_cb);
}

static void
psa_fact_row_init (PsaFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  forbid_hyphens (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_notify_cb), NULL);
}

static gboolean
has_letter (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static void
show (PsaFactRow *self, const char *value, const char *text)
{
  if (g_set_str (&self->value, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_widget_set_visible (GTK_WIDGET (self), *text != '\0');
}

/**
 * psa_fact_row_set_value:
 * @self: the row
 * @value: (nullable): text from anywhere; %NULL or "" hides the row
 */
void
psa_fact_row_set_value (PsaFactRow *self, const char *value)
{
  const char *outside = value != NULL ? value : "";
  g_autofree char *text = NULL;
  g_autofree char *isolated = NULL;

  g_return_if_fail (PSA_IS_FACT_ROW (self));

  text = psa_printable_dup (outside, strlen (outside), G_MAXSIZE, PSA_PRINTABLE_KEEP_LINES);
  /* The end of a key is read from left to right, even “…1234”, where no letter says so. */
  if (*text != '\0' && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL &&
      !has_letter (text))
    isolated = g_strconcat ("\u2066", text, "\u2069", NULL);
  show (self, value, isolated != NULL ? isolated : text);
}

/**
 * psa_fact_row_set_sentence:
 * @self: the row
 * @sentence: (nullable): words of our own, in which a translation may have signs for the direction of writing; %NULL
 *   hides the row
 */
void
psa_fact_row_set_sentence (PsaFactRow *self, const char *sentence)
{
  g_return_if_fail (PSA_IS_FACT_ROW (self));

  show (self, sentence, sentence != NULL ? sentence : "");
}

/**
 * psa_fact_row_get_value:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): the value as it was set
 */
const char *
psa_fact_row_get_value (PsaFactRow *self)
{
  g_return_val_if_fail (PSA_IS_FACT_ROW (self), NULL);

  return self->value;
}
