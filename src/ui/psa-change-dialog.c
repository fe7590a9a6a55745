/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-change-dialog.h"

#include "psa-api-version.h"
#include "psa-message.h"

#include <glib/gi18n.h>

/* The questions before several profiles are changed at once. Each says how many, and of which environments, since a
 * change of the wrong tenant is what hurts most. */

#define FIRST "psa-first"
#define SECOND "psa-second"

static char *
dup_whom (GPtrArray *profiles)
{
  guint n_production = 0;

  for (guint i = 0; i < profiles->len; i++)
    n_production += psa_profile_get_environment (profiles->pdata[i]) == PSA_ENVIRONMENT_PRODUCTION;

  if (n_production == profiles->len)
    return g_strdup_printf (
        ngettext ("%u profile, in production.", "%u profiles, all in production.", profiles->len),
        profiles->len);
  if (n_production == 0)
    return g_strdup_printf (ngettext ("%u profile, not in production.",
                                      "%u profiles, none in production.", profiles->len),
                            profiles->len);
  /* Translators: the second number is how many of them are in production */
  return g_strdup_printf (ngettext ("%u profile, %u in production.",
                                    "%u profiles, %u of them in production.", profiles->len),
                          profiles->len, n_production);
}

static AdwDialog *
make (const char *heading, const char *body, const char *label, GtkWidget *rows)
{
  AdwDialog *self = adw_alert_dialog_new (heading, body);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (self);

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), PSA_CHANGE_DIALOG_CHANGE, label,
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, PSA_CHANGE_DIALOG_CHANGE,
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, PSA_CHANGE_DIALOG_CHANGE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_extra_child (dialog, rows);
  return self;
}

static GtkWidget *
make_rows (void)
{
  GtkWidget *rows = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  return rows;
}

static GtkWidget *
add_entry (GtkWidget *rows, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (rows), row);
  return row;
}

static void
on_api_version_changed_cb (AdwAlertDialog *dialog, GParamSpec *pspec, GtkEditable *row)
{
  const char *text = gtk_editable_get_text (row);
  g_autofree char *warning = NULL;
  g_autoptr(GError) error = NULL;
  gboolean good = psa_api_version_check (text, &warning, &error);

  adw_alert_dialog_set_response_enabled (dialog, PSA_CHANGE_DIALOG_CHANGE, good);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
}

/**
 * psa_change_dialog_new_tags:
 * @profiles: (element-type PsaProfile): those to be changed
 *
 * Returns: (transfer floating): asks for tags to add, the first, and to remove, the second
 */
AdwDialog *
psa_change_dialog_new_tags (GPtrArray *profiles)
{
  g_autofree char *whom = dup_whom (profiles);
  GtkWidget *rows = make_rows ();
  AdwDialog *self = make (_("Change Tags"), whom, _("_Change"), rows);

  g_object_set_data (G_OBJECT (self), FIRST, add_entry (rows, _("Add These Tags"), ""));
  g_object_set_data (G_OBJECT (self), SECOND, add_entry (rows, _("Remove These Tags"), ""));
  return self;
}

/**
 * psa_change_dialog_new_api_version:
 * @profiles: (element-type PsaProfile): those to be changed
 *
 * Returns: (transfer floating): asks for an API version, the first; it may be empty
 */
AdwDialog *
psa_change_dialog_new_api_version (GPtrArray *profiles)
{
  g_autofree char *whom = dup_whom (profiles);
  GtkWidget *rows = make_rows ();
  AdwDialog *self = make (_("Change API Version"), whom, _("_Change"), rows);
  GtkWidget *row =
      add_entry (rows, _("API Version"),
                 profiles->len > 0 ? psa_profile_get_api_version (profiles->pdata[0]) : "");

  g_object_set_data (G_OBJECT (self), FIRST, row);
  g_signal_connect_object (row, "notify::text", G_CALLBACK (on_api_version_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * psa_change_dialog_new_integration:
 * @profiles: (element-type PsaProfile): those to be changed
 * @store: where they are kept
 *
 * Returns: (transfer floating): asks for an integration; the first is its UUID
 */
AdwDialog *
psa_change_dialog_new_integration (GPtrArray *profiles, PsaStore *store)
{
  g_autofree char *whom = dup_whom (profiles);
  GtkWidget *rows = make_rows ();
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GtkExpression) expression =
      gtk_property_expression_new (PSA_TYPE_INTEGRATION, NULL, "name");
  AdwDialog *self = make (_("Change Integration"), whom, _("_Change"), rows);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Integration"));
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), expression);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), psa_store_get_integrations (store));
  gtk_list_box_append (GTK_LIST_BOX (rows), row);
  g_object_set_data (G_OBJECT (self), FIRST, row);
  return self;
}

/**
 * psa_change_dialog_new_client_id:
 * @profiles: (element-type PsaProfile): those that use the integration
 *
 * Returns: (transfer floating): asks whether the integration shall have another Client ID; it has no answers
 */
AdwDialog *
psa_change_dialog_new_client_id (GPtrArray *profiles)
{
  g_autofree char *whom = dup_whom (profiles);

  return make (_("Change the Client ID?"), whom, _("_Change"), NULL);
}

/**
 * psa_change_dialog_new_name:
 * @profile: a profile
 *
 * Returns: (transfer floating): asks what it shall be called, the first
 */
AdwDialog *
psa_change_dialog_new_name (PsaProfile *profile)
{
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));
  g_autofree char *body = NULL;
  GtkWidget *rows = make_rows ();
  AdwDialog *self;

  /* Translators: what is about to be renamed: the name of a profile and its environment */
  body = g_strdup_printf (_("%s, %s"), title,
                          psa_environment_get_word (psa_profile_get_environment (profile)));
  self = make (_("Rename Profile"), body, _("_Rename"), rows);
  g_object_set_data (G_OBJECT (self), FIRST,
                     add_entry (rows, _("Name"), psa_profile_get_name (profile)));
  return self;
}

static const char *
get_text (AdwDialog *dialog, const char *which)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (dialog), which);
  gpointer item;

  if (!ADW_IS_COMBO_ROW (row))
    return gtk_editable_get_text (GTK_EDITABLE (row));
  item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (row));
  return item != NULL ? psa_integration_get_id (item) : NULL;
}

/**
 * psa_change_dialog_get_first:
 * @dialog: one of these questions
 *
 * Returns: (transfer none) (nullable): the answer
 */
const char *
psa_change_dialog_get_first (AdwDialog *dialog)
{
  return get_text (dialog, FIRST);
}

/**
 * psa_change_dialog_get_second:
 * @dialog: the question for tags
 *
 * Returns: (transfer none): the second answer
 */
const char *
psa_change_dialog_get_second (AdwDialog *dialog)
{
  return get_text (dialog, SECOND);
}
