/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-list-fields.h"

#include "psa-field-note.h"
#include "psa-input.h"
#include "psa-tags.h"

#include <glib/gi18n.h>

/**
 * PsaListFields:
 *
 * The rows of the connection form that say how a profile stands in the list: name, environment, favourite, tags and
 * notes. None of them is a value of the connection, and none can be wrong.
 */
struct _PsaListFields
{
  AdwBin parent_instance;
  gboolean loading; /* what changes now was not typed */
  gboolean touched;

  GtkEditable *name_row;
  AdwComboRow *environment_row;
  AdwSwitchRow *favourite_row;
  GtkEditable *tags_row;
  GtkTextBuffer *notes_buffer;
  PsaFieldNote *notes_note;
};

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
} PsaListFieldsSignal;

static guint signals[SIGNAL_ACTIVATED + 1];

G_DEFINE_FINAL_TYPE (PsaListFields, psa_list_fields, ADW_TYPE_BIN)

static void
on_changed_cb (PsaListFields *self)
{
  if (self->loading)
    return;

  self->touched = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_notify_cb (PsaListFields *self)
{
  on_changed_cb (self);
}

static void
on_activated_cb (PsaListFields *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static char *
dup_notes (PsaListFields *self)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (self->notes_buffer, &start, &end);
  return gtk_text_buffer_get_text (self->notes_buffer, &start, &end, FALSE);
}

static void
on_notes_changed_cb (PsaListFields *self)
{
  g_autofree char *notes = dup_notes (self);

  if (psa_notes_look_secret (notes))
    psa_field_note_say (self->notes_note, PSA_FIELD_NOTE_WARNING,
                        _("This looks like a key. Notes are kept in a file that anybody with your "
                           "backups can read; only the password row goes to the keyring."));
  else
    psa_field_note_say (self->notes_note, PSA_FIELD_NOTE_HELP, NULL);
  on_changed_cb (self);
}

static void
fill_environments (PsaListFields *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  for (PsaEnvironment i = PSA_ENVIRONMENT_PRODUCTION; i <= PSA_ENVIRONMENT_OTHER; i++)
    gtk_string_list_append (words, psa_environment_get_word (i));
  adw_combo_row_set_model (self->environment_row, G_LIST_MODEL (words));
}

static void
psa_list_fields_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_LIST_FIELDS);
  G_OBJECT_CLASS (psa_list_fields_parent_class)->dispose (object);
}

static void
psa_list_fields_class_init (PsaListFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_list_fields_dispose;

  /**
   * PsaListFields::changed:
   *
   * The user changed a value.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PsaListFields::activated:
   *
   * Enter was pressed in a row.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PSA_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-list-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaListFields, name_row);
  gtk_widget_class_bind_template_child (widget_class, PsaListFields, environment_row);
  gtk_widget_class_bind_template_child (widget_class, PsaListFields, favourite_row);
  gtk_widget_class_bind_template_child (widget_class, PsaListFields, tags_row);
  gtk_widget_class_bind_template_child (widget_class, PsaListFields, notes_buffer);
  gtk_widget_class_bind_template_child (widget_class, PsaListFields, notes_note);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_notes_changed_cb);
}

static void
psa_list_fields_init (PsaListFields *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_environments (self);
  self->loading = FALSE;
}

/**
 * psa_list_fields_load:
 * @self: the fields
 * @profile: a profile
 *
 * Shows the values of @profile.
 */
void
psa_list_fields_load (PsaListFields *self, PsaProfile *profile)
{
  g_autofree char *tags = NULL;

  g_return_if_fail (PSA_IS_LIST_FIELDS (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));

  self->loading = TRUE;
  tags = psa_tags_dup_text (psa_profile_get_tags (profile));
  gtk_editable_set_text (self->name_row, psa_profile_get_name (profile));
  adw_combo_row_set_selected (self->environment_row, psa_profile_get_environment (profile));
  adw_switch_row_set_active (self->favourite_row, psa_profile_get_favourite (profile));
  gtk_editable_set_text (self->tags_row, tags);
  gtk_text_buffer_set_text (self->notes_buffer, psa_profile_get_notes (profile), -1);
  self->loading = FALSE;
}

/**
 * psa_list_fields_fill:
 * @self: the fields
 * @draft: where the values go
 */
void
psa_list_fields_fill (PsaListFields *self, PsaProfile *draft)
{
  g_autofree char *name = NULL;
  g_autofree char *notes = NULL;
  g_auto(GStrv) tags = NULL;

  g_return_if_fail (PSA_IS_LIST_FIELDS (self));
  g_return_if_fail (PSA_IS_PROFILE (draft));

  name = psa_input_dup_trimmed (gtk_editable_get_text (self->name_row));
  notes = dup_notes (self);
  tags = psa_tags_parse (gtk_editable_get_text (self->tags_row));
  psa_profile_set_name (draft, name);
  psa_profile_set_environment (draft, adw_combo_row_get_selected (self->environment_row));
  psa_profile_set_favourite (draft, adw_switch_row_get_active (self->favourite_row));
  psa_profile_set_tags (draft, (const char *const *) tags);
  psa_profile_set_notes (draft, notes);
}

/**
 * psa_list_fields_get_touched:
 * @self: the fields
 *
 * Returns: whether the user has changed anything
 */
gboolean
psa_list_fields_get_touched (PsaListFields *self)
{
  g_return_val_if_fail (PSA_IS_LIST_FIELDS (self), FALSE);

  return self->touched;
}
