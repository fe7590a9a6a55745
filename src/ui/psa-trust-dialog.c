/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-ui"

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
  return g_date_time_format (date, "%x");
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

/* Four groups a line, so that a narrow dialog breaks no line elsewhere. */
static void
add_fingerprint (GtkWidget *group, const char *title, const char *sha256)
{
  g_autofree char *digits = psa_fingerprint_group (sha256);
  const gsize line = strlen ("0123 4567 89AB CDEF ");

  for (gsize i = line; i < strlen (digits); i += line)
    digits[i - 1] = '\n';
  gtk_widget_add_css_class (add_row (group, title, digits), "monospace");
}

/**
 * psa_trust_dialog_new:
 * @result: a check that ended at the certificate of an own server
 *
 * Asks whether to accept the very certificate that @result met, for this profile alone. It says who
 * issued it, for whom, until when, and its SHA-256, to be compared with the server's own, beside
 * the one that was trusted until now, if there was one. The safe answer is the default.
 *
 * Returns: (transfer floating): the dialog; the response %PSA_TRUST_DIALOG_TRUST accepts
 */
AdwDialog *
psa_trust_dialog_new (PsaResult *result)
{
  const PsaCertificate *certificate;
  AdwDialog *dialog;
  GtkWidget *group;
  g_autoptr(PsaAddress) address = NULL;
  g_autofree char *server = NULL;
  g_autofree char *expires = NULL;

  g_return_val_if_fail (result != NULL && result->certificate != NULL, NULL);

  address = psa_result_dup_address (result);
  g_return_val_if_fail (address != NULL, NULL);

  certificate = result->certificate;
  server = psa_address_dup_text (address);
  expires = format_date (certificate->not_after);
  group = adw_preferences_group_new ();
  add_claim (group, _("Issued For"), certificate->subject);
  add_claim (group, _("Issued By"), certificate->issuer);
  add_claim (group, _("Valid Until"), expires);
  add_fingerprint (group, _("SHA-256"), certificate->sha256);
  if (result->trusted_sha256 != NULL)
    add_fingerprint (group, _("SHA-256 Trusted Until Now"), result->trusted_sha256);

  dialog = adw_alert_dialog_new (_("Trust This Certificate?"), NULL);
  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (dialog),
      /* Translators: %s is a host name */
      _("This computer cannot tell whether the certificate really is that of %s. Trust it only if "
         "its SHA-256 is the one that whoever runs the server gives you. It is then trusted for "
         "this profile alone."),
      server);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), group);
  adw_alert_dialog_set_prefer_wide_layout (ADW_ALERT_DIALOG (dialog), TRUE);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"),
                                  PSA_TRUST_DIALOG_TRUST, _("_Trust"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), PSA_TRUST_DIALOG_TRUST,
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  return dialog;
}
