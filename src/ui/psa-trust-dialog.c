/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-ui"

#include "config.h"

#include "psa-trust-dialog.h"

#include "psa-fingerprint.h"
#include "psa-message.h"

#include <glib/gi18n.h>

static char *
format_date (gint64 seconds)
{
  g_autoptr(GDateTime) date = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  if (date == NULL)
    return g_strdup (_("not told"));
  return g_date_time_format (date, "%x");
}

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *text, gboolean monospace)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *clean = psa_message_dup_clean (text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), monospace ? text : clean);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  if (monospace)
    gtk_widget_add_css_class (row, "monospace");
  adw_preferences_group_add (group, row);
}

/**
 * psa_trust_dialog_new:
 * @result: a check that ended at the certificate of an own server
 *
 * Asks whether to accept the very certificate that @result met, for this profile alone. It says who
 * issued it, for whom, until when, and its SHA-256, to be compared with the server's own. The safe answer is the default.
 *
 * Returns: (transfer floating): the dialog; the response %PSA_TRUST_DIALOG_TRUST accepts
 */
AdwDialog *
psa_trust_dialog_new (PsaResult *result)
{
  const PsaCertificate *certificate;
  AdwDialog *dialog;
  GtkWidget *group;
  g_autofree char *digits = NULL;
  g_autofree char *expires = NULL;

  g_return_val_if_fail (result != NULL && result->certificate != NULL, NULL);

  certificate = result->certificate;
  digits = psa_fingerprint_group (certificate->sha256);
  expires = format_date (certificate->not_after);
  group = adw_preferences_group_new ();
  add_row (ADW_PREFERENCES_GROUP (group), _("Issued For"), certificate->subject, FALSE);
  add_row (ADW_PREFERENCES_GROUP (group), _("Issued By"), certificate->issuer, FALSE);
  add_row (ADW_PREFERENCES_GROUP (group), _("Valid Until"), expires, FALSE);
  add_row (ADW_PREFERENCES_GROUP (group), _("SHA-256"), digits, TRUE);

  dialog = adw_alert_dialog_new (_("Trust This Certificate?"), NULL);
  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (dialog),
      /* Translators: %s is a host name */
      _("Nobody this computer knows vouches for %s. Trust the certificate only if its SHA-256 is "
         "the one that the server’s administrator gives you. It is trusted for this profile "
         "alone, until it changes."),
      result->host);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), group);
  adw_alert_dialog_set_prefer_wide_layout (ADW_ALERT_DIALOG (dialog), TRUE);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"),
                                  PSA_TRUST_DIALOG_TRUST, _("_Trust Certificate"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), PSA_TRUST_DIALOG_TRUST,
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  return dialog;
}
