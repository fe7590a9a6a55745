/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-trust-dialog.h"

#include "psa-fingerprint.h"
#include "psa-message.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
format_date (gint64 seconds)
{
  g_autoptr(GDateTime) date = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  if (date == NULL)
    return g_strdup (_("not told"));
  /* Translators: a day as in “3 March 2027”, in the form of g_date_time_format() */
  return g_date_time_format (date, _("%-d %B %Y"));
}

static GtkWidget *
add_row (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* What the server says of itself. */
static void
add_claim (GtkWidget *group, const char *title, const char *text)
{
  g_autofree char *clean = psa_message_dup_clean (text);

  add_row (group, title, clean);
}

/* So many groups a line, that a narrow dialog breaks no line elsewhere. */
static char *
dup_lines (const char *sha256, guint n_groups)
{
  char *digits = psa_fingerprint_group (sha256);
  const gsize line = n_groups * strlen ("0123 ");

  for (gsize i = line; i < strlen (digits); i += line)
    digits[i - 1] = '\n';
  return digits;
}

static void
add_fingerprint (GtkWidget *group, const char *title, const char *sha256)
{
  g_autofree char *digits = dup_lines (sha256, 4);

  gtk_widget_add_css_class (add_row (group, title, digits), "monospace");
}

/* One of two fingerprints that are to be compared, line by line. */
static GtkWidget *
create_column (const char *title, const char *sha256)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (title);
  g_autofree char *digits = dup_lines (sha256, 2);
  GtkWidget *label = gtk_label_new (digits);

  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_label_set_justify (GTK_LABEL (heading), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  heading, NULL, -1);
  gtk_widget_add_css_class (column, "card");
  gtk_widget_add_css_class (column, "fingerprint");
  gtk_box_append (GTK_BOX (column), heading);
  gtk_box_append (GTK_BOX (column), label);
  return column;
}

static GtkWidget *
create_comparison (const char *trusted, const char *shown)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (columns), create_column (_("SHA-256 Trusted Until Now"), trusted));
  gtk_box_append (GTK_BOX (columns), create_column (_("SHA-256 Shown Now"), shown));
  return columns;
}

/* Of which of many tenants it is said. */
static void
add_profile (GtkWidget *group, PsaProfile *profile)
{
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));
  g_autofree char *text = NULL;

  /* Translators: the name of a profile and its environment */
  text = g_strdup_printf (_("%s, %s"), title,
                          psa_environment_get_word (psa_profile_get_environment (profile)));
  add_row (group, _("Profile"), text);
}

static GtkWidget *
create_facts (PsaResult *result, PsaProfile *profile)
{
  const PsaCertificate *certificate = result->certificate;
  g_autofree char *begins = format_date (certificate->not_before);
  g_autofree char *expires = format_date (certificate->not_after);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();

  if (result->trusted_sha256 != NULL)
    gtk_box_append (GTK_BOX (box), create_comparison (result->trusted_sha256, certificate->sha256));
  add_profile (group, profile);
  add_claim (group, _("Issued For"), certificate->subject);
  add_claim (group, _("Issued By"), certificate->issuer);
  add_row (group, _("Valid From"), begins);
  add_row (group, _("Valid Until"), expires);
  if (result->trusted_sha256 == NULL)
    add_fingerprint (group, _("SHA-256"), certificate->sha256);
  gtk_box_append (GTK_BOX (box), group);
  return box;
}

/**
 * psa_trust_dialog_new:
 * @result: a check that ended at the certificate of an own server
 * @profile: what was checked, kept or not
 *
 * Asks whether to accept the very certificate that @result met, for this profile alone. It says who
 * issued it, for whom, from when until when, and its SHA-256, to be compared with the server's own; where another one was
 * trusted until now, the two stand side by side. The safe answer is the default.
 *
 * Returns: (transfer floating): the dialog; the response %PSA_TRUST_DIALOG_TRUST accepts
 */
AdwDialog *
psa_trust_dialog_new (PsaResult *result, PsaProfile *profile)
{
  AdwDialog *dialog;
  g_autoptr(PsaAddress) address = NULL;
  g_autofree char *server = NULL;
  gboolean has_changed;

  g_return_val_if_fail (result != NULL && result->certificate != NULL, NULL);
  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);

  address = psa_result_dup_address (result);
  g_return_val_if_fail (address != NULL, NULL);

  server = psa_address_dup_text (address);
  has_changed = result->trusted_sha256 != NULL;
  dialog = adw_alert_dialog_new (
      has_changed ? _("Certificate Has Changed") : _("Trust This Certificate?"), NULL);
  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (dialog),
      has_changed
          /* Translators: %s is a host name */
          ? _("The certificate of %s is not the one that you trusted. Whoever runs the server may "
               "have renewed it, or something on the way answers in its place. Trust it only if "
               "its "
               "SHA-256 is the one that they give you. It is then trusted for this profile alone.")
          /* Translators: %s is a host name */
          : _("This computer cannot tell whether the certificate really is that of %s. Trust it "
               "only if "
               "its SHA-256 is the one that whoever runs the server gives you. It is then trusted "
               "for "
               "this profile alone."),
      server);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), create_facts (result, profile));
  adw_alert_dialog_set_prefer_wide_layout (ADW_ALERT_DIALOG (dialog), TRUE);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"),
                                  PSA_TRUST_DIALOG_TRUST, _("_Trust"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), PSA_TRUST_DIALOG_TRUST,
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  return dialog;
}
