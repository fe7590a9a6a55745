/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-paste-dialog.h"

#include "psa-client-id.h"

#include <glib/gi18n.h>

#define N_FIELDS (PSA_FIELD_PASSWORD + 1)

/**
 * PsaPasteDialog:
 *
 * Shows what was found of a connection in pasted text, and fills the rows of a form with what the user leaves chosen.
 * What would take the place of something typed is not chosen at first. Secrets are not shown.
 */
struct _PsaPasteDialog
{
  AdwDialog parent_instance;

  PsaPaste *paste;
  PsaConnectionFields *fields;
  GtkCheckButton *checks[N_FIELDS]; /* (nullable): of each field that was found */

  GtkStack *stack;
  AdwStatusPage *nothing_page;
  GtkWidget *more_label;
  AdwPreferencesGroup *found_group;
  AdwPreferencesGroup *problems_group;
  GtkWidget *fill_button;
};

typedef enum
{
  SIGNAL_FILLED,
} PsaPasteDialogSignal;

static guint signals[SIGNAL_FILLED + 1];

G_DEFINE_FINAL_TYPE (PsaPasteDialog, psa_paste_dialog, ADW_TYPE_DIALOG)

/* Returns: (transfer full) (nullable): what goes into the row */
static PsaSecret *
dup_value (PsaPasteDialog *self, PsaField field)
{
  const PsaPaste *paste = self->paste;

  switch (field)
    {
    case PSA_FIELD_HOSTNAME:
      return paste->address != NULL ? psa_address_dup_text (paste->address) : NULL;
    case PSA_FIELD_API_VERSION:
      return g_strdup (paste->api_version);
    case PSA_FIELD_CLIENT_ID:
      return paste->client_id != NULL ? psa_secret_new (paste->client_id) : NULL;
    case PSA_FIELD_USERNAME:
      return psa_paste_dup_username (paste);
    case PSA_FIELD_PASSWORD:
      return paste->password != NULL ? psa_secret_new (paste->password) : NULL;
    case PSA_FIELD_NONE:
    default:
      return NULL;
    }
}

static const char *
get_title (PsaField field)
{
  switch (field)
    {
    case PSA_FIELD_HOSTNAME:
      return _("Hostname");
    case PSA_FIELD_API_VERSION:
      return _("API Version");
    case PSA_FIELD_CLIENT_ID:
      return _("Client ID");
    case PSA_FIELD_USERNAME:
      return _("Username");
    case PSA_FIELD_PASSWORD:
      return _("Password");
    case PSA_FIELD_NONE:
    default:
      return "";
    }
}

/* What may be seen of a value. */
static char *
dup_shown (PsaField field, const char *value)
{
  if (field == PSA_FIELD_PASSWORD)
    return g_strdup (_("Found, and not shown"));
  if (field == PSA_FIELD_CLIENT_ID)
    return psa_client_id_dup_hint (value);
  return g_strdup (value);
}

static void
add_found (PsaPasteDialog *self, PsaField field)
{
  g_autoptr(PsaSecret) value = dup_value (self, field);
  const char *typed = psa_connection_fields_get_text (self->fields, field);
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;
  GtkWidget *row;
  GtkWidget *check;
  gboolean replaces;

  if (value == NULL)
    return;

  shown = dup_shown (field, value);
  replaces = *typed != '\0' && !psa_secret_equal (value, typed);
  if (!replaces)
    text = g_strdup (shown);
  else if (field == PSA_FIELD_PASSWORD || field == PSA_FIELD_CLIENT_ID)
    /* Translators: below what was found, such as “Found, and not shown” */
    text = g_strdup_printf (_("%s\nIn place of what was typed"), shown);
  else
    /* Translators: a value that was found, and the one that was typed */
    text = g_strdup_printf (_("%s\nIn place of “%s”"), shown, typed);

  check = gtk_check_button_new ();
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !replaces);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  self->checks[field] = GTK_CHECK_BUTTON (check);

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_title (field));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_title (field), -1);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (self->found_group, row);
}

static void
add_problem (PsaPasteDialog *self, const char *problem)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem);
  adw_preferences_group_add (self->problems_group, row);
}

static void
show_found (PsaPasteDialog *self)
{
  for (PsaField field = PSA_FIELD_HOSTNAME; field < N_FIELDS; field++)
    add_found (self, field);
  for (guint i = 0; i < self->paste->problems->len; i++)
    add_problem (self, self->paste->problems->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->problems_group), self->paste->problems->len > 0);
  gtk_widget_set_visible (self->more_label, self->paste->more);
}

/* Closing gives the focus back, so whoever listens may move it afterwards. */
static void
fill_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr(PsaPasteDialog) self = g_object_ref (PSA_PASTE_DIALOG (widget));

  for (PsaField field = PSA_FIELD_HOSTNAME; field < N_FIELDS; field++)
    if (self->checks[field] != NULL && gtk_check_button_get_active (self->checks[field]))
      {
        g_autoptr(PsaSecret) value = dup_value (self, field);

        psa_connection_fields_set_text (self->fields, field, value);
      }
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_FILLED], 0);
}

static void
psa_paste_dialog_dispose (GObject *object)
{
  PsaPasteDialog *self = PSA_PASTE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_PASTE_DIALOG);
  g_clear_pointer (&self->paste, psa_paste_free);
  g_clear_object (&self->fields);
  G_OBJECT_CLASS (psa_paste_dialog_parent_class)->dispose (object);
}

static void
psa_paste_dialog_class_init (PsaPasteDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psa_paste_dialog_dispose;

  /**
   * PsaPasteDialog::filled:
   * @self: the dialog
   *
   * The rows hold what was chosen; the dialog has closed.
   */
  signals[SIGNAL_FILLED] = g_signal_new ("filled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "paste.fill", NULL, fill_action);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-paste-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaPasteDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaPasteDialog, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, PsaPasteDialog, more_label);
  gtk_widget_class_bind_template_child (widget_class, PsaPasteDialog, found_group);
  gtk_widget_class_bind_template_child (widget_class, PsaPasteDialog, problems_group);
  gtk_widget_class_bind_template_child (widget_class, PsaPasteDialog, fill_button);
}

static void
psa_paste_dialog_init (PsaPasteDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_paste_dialog_new:
 * @paste: (transfer full) (nullable): what was found; %NULL where there was no text to look at
 * @fields: the rows to fill
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_paste_dialog_new (PsaPaste *paste, PsaConnectionFields *fields)
{
  PsaPasteDialog *self;

  g_return_val_if_fail (PSA_IS_CONNECTION_FIELDS (fields), NULL);

  self = g_object_new (PSA_TYPE_PASTE_DIALOG, NULL);
  self->paste = paste;
  self->fields = g_object_ref (fields);
  if (paste == NULL)
    adw_status_page_set_title (self->nothing_page, _("The Clipboard Holds No Text"));
  else if (!psa_paste_is_empty (paste))
    {
      show_found (self);
      gtk_stack_set_visible_child_name (self->stack, "found");
      adw_dialog_set_default_widget (ADW_DIALOG (self), self->fill_button);
      adw_dialog_set_focus (ADW_DIALOG (self), self->fill_button);
      return ADW_DIALOG (self);
    }
  gtk_widget_set_visible (self->fill_button, FALSE);
  return ADW_DIALOG (self);
}
