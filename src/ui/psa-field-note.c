/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-field-note.h"

#include "psa-button.h"

/**
 * PsaFieldNote:
 *
 * What stands under a row of the connection form: where to find the value and the link to it, and
 * above these what was understood of it or what is wrong with it, with a button where one click
 * mends it.
 */
struct _PsaFieldNote
{
  GtkBox parent_instance;

  char *help;
  char *link_label;
  char *link_uri;
  GtkEditable *row;
  PsaFieldNoteKind kind;

  GtkWidget *message_box;
  GtkImage *message_icon;
  GtkLabel *message_label;
  GtkButton *offer_button;
  GtkWidget *help_label;
  GtkWidget *link_button;
};

typedef enum
{
  PROP_HELP = 1,
  PROP_LINK_LABEL,
  PROP_LINK_URI,
  PROP_ROW,
} PsaFieldNoteProperty;

typedef enum
{
  SIGNAL_ACCEPTED,
} PsaFieldNoteSignal;

static GParamSpec *properties[PROP_ROW + 1];
static guint signals[SIGNAL_ACCEPTED + 1];

G_DEFINE_FINAL_TYPE (PsaFieldNote, psa_field_note, GTK_TYPE_BOX)

static gboolean
is_set (PsaFieldNote *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
on_offer_button_clicked_cb (PsaFieldNote *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
}

/* A screen reader reads the note with its row, and the message as the row's error. The focus is on
 * the text inside the row, so it is the text that they are told of. */
static void
set_row (PsaFieldNote *self, GtkEditable *row)
{
  if (!g_set_weak_pointer (&self->row, row))
    return;

  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_editable_get_delegate (row)),
                                    GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->message_label,
                                    self->help_label, NULL, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                    self->message_label, NULL, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}

static void
set_style (PsaFieldNote *self, const char *old_style, const char *style)
{
  GtkWidget *widgets[] = { self->message_box, GTK_WIDGET (self->row) };

  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      if (widgets[i] != NULL && old_style != NULL)
        gtk_widget_remove_css_class (widgets[i], old_style);
      if (widgets[i] != NULL && style != NULL)
        gtk_widget_add_css_class (widgets[i], style);
    }
}

static void
psa_field_note_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaFieldNote *self = PSA_FIELD_NOTE (object);

  switch ((PsaFieldNoteProperty) prop_id)
    {
    case PROP_HELP:
      g_value_set_string (value, self->help);
      break;
    case PROP_LINK_LABEL:
      g_value_set_string (value, self->link_label);
      break;
    case PROP_LINK_URI:
      g_value_set_string (value, self->link_uri);
      break;
    case PROP_ROW:
      g_value_set_object (value, self->row);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_field_note_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaFieldNote *self = PSA_FIELD_NOTE (object);

  switch ((PsaFieldNoteProperty) prop_id)
    {
    case PROP_HELP:
      if (g_set_str (&self->help, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LINK_LABEL:
      if (g_set_str (&self->link_label, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LINK_URI:
      if (g_set_str (&self->link_uri, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ROW:
      set_row (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_field_note_dispose (GObject *object)
{
  PsaFieldNote *self = PSA_FIELD_NOTE (object);

  g_clear_weak_pointer (&self->row);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_FIELD_NOTE);
  G_OBJECT_CLASS (psa_field_note_parent_class)->dispose (object);
}

static void
psa_field_note_finalize (GObject *object)
{
  PsaFieldNote *self = PSA_FIELD_NOTE (object);

  g_free (self->help);
  g_free (self->link_label);
  g_free (self->link_uri);
  G_OBJECT_CLASS (psa_field_note_parent_class)->finalize (object);
}

static void
psa_field_note_class_init (PsaFieldNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = psa_field_note_get_property;
  object_class->set_property = psa_field_note_set_property;
  object_class->dispose = psa_field_note_dispose;
  object_class->finalize = psa_field_note_finalize;

  properties[PROP_HELP] = g_param_spec_string ("help", NULL, NULL, NULL, flags);
  properties[PROP_LINK_LABEL] = g_param_spec_string ("link-label", NULL, NULL, NULL, flags);
  properties[PROP_LINK_URI] = g_param_spec_string ("link-uri", NULL, NULL, NULL, flags);
  properties[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, GTK_TYPE_EDITABLE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * PsaFieldNote::accepted:
   *
   * The user took what psa_field_note_offer() offered.
   */
  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-field-note.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaFieldNote, message_box);
  gtk_widget_class_bind_template_child (widget_class, PsaFieldNote, message_icon);
  gtk_widget_class_bind_template_child (widget_class, PsaFieldNote, message_label);
  gtk_widget_class_bind_template_child (widget_class, PsaFieldNote, offer_button);
  gtk_widget_class_bind_template_child (widget_class, PsaFieldNote, help_label);
  gtk_widget_class_bind_template_child (widget_class, PsaFieldNote, link_button);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
  gtk_widget_class_bind_template_callback (widget_class, on_offer_button_clicked_cb);
}

/* It comes after the note is made, from the template that the note is part of. */
static void
on_link_label_notify_cb (GtkButton *link)
{
  if (gtk_button_get_label (link) == NULL)
    return;
  psa_button_wrap_label (link);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (link)), GTK_JUSTIFY_LEFT);
}

static void
psa_field_note_init (PsaFieldNote *self)
{
  self->link_uri = g_strdup (""); /* a link button takes no NULL */
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->link_button, "notify::label", G_CALLBACK (on_link_label_notify_cb), NULL);
}

/**
 * psa_field_note_say:
 * @self: the note
 * @kind: what sort of message it is
 * @text: (nullable): one plain sentence, or %NULL for none
 *
 * Shows @text above the help, with a sign that tells its kind, and marks the row accordingly. What
 * was offered before is withdrawn.
 */
void
psa_field_note_say (PsaFieldNote *self, PsaFieldNoteKind kind, const char *text)
{
  static const struct
  {
    const char *icon;
    const char *style;
  } looks[] = {
    [PSA_FIELD_NOTE_HELP] = { NULL, NULL },
    [PSA_FIELD_NOTE_INFO] = { NULL, NULL },
    [PSA_FIELD_NOTE_WARNING] = { "psa-state-warning-symbolic", "warning" },
    [PSA_FIELD_NOTE_ERROR] = { "psa-state-rejected-symbolic", "error" },
  };

  g_return_if_fail (PSA_IS_FIELD_NOTE (self));
  g_return_if_fail ((gsize) kind < G_N_ELEMENTS (looks));

  if (text == NULL)
    kind = PSA_FIELD_NOTE_HELP;
  set_style (self, looks[self->kind].style, looks[kind].style);
  self->kind = kind;

  gtk_label_set_label (self->message_label, text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->message_icon, looks[kind].icon);
  gtk_widget_set_visible (GTK_WIDGET (self->message_icon), looks[kind].icon != NULL);
  gtk_widget_set_visible (self->message_box, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->offer_button), FALSE);

  if (self->row != NULL)
    gtk_accessible_update_state (
        GTK_ACCESSIBLE (gtk_editable_get_delegate (self->row)), GTK_ACCESSIBLE_STATE_INVALID,
        kind == PSA_FIELD_NOTE_ERROR ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
        -1);
}

/**
 * psa_field_note_offer:
 * @self: the note
 * @label: what the button does, such as “Use api-na.myconnectwise.net”
 *
 * Offers to mend what was last said with one click, until the next psa_field_note_say().
 */
void
psa_field_note_offer (PsaFieldNote *self, const char *label)
{
  g_return_if_fail (PSA_IS_FIELD_NOTE (self));
  g_return_if_fail (label != NULL);

  gtk_button_set_label (self->offer_button, label);
  psa_button_wrap_label (self->offer_button);
  gtk_widget_set_visible (GTK_WIDGET (self->offer_button), TRUE);
}

/**
 * psa_field_note_get_kind:
 * @self: the note
 *
 * Returns: the kind of what was last said
 */
PsaFieldNoteKind
psa_field_note_get_kind (PsaFieldNote *self)
{
  g_return_val_if_fail (PSA_IS_FIELD_NOTE (self), PSA_FIELD_NOTE_HELP);

  return self->kind;
}

/**
 * psa_field_note_get_text:
 * @self: the note
 *
 * Returns: (transfer none): what was last said, "" for nothing
 */
const char *
psa_field_note_get_text (PsaFieldNote *self)
{
  g_return_val_if_fail (PSA_IS_FIELD_NOTE (self), NULL);

  return gtk_label_get_label (self->message_label);
}
