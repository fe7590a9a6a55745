/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-backups-dialog.h"
#include "psa-help-dialog.h"
#include "psa-integrations-dialog.h"
#include "psa-paste-dialog.h"
#include "psa-permissions-dialog.h"
#include "psa-preferences-dialog.h"
#include "psa-region-dialog.h"
#include "psa-secrets-dialog.h"
#include "psa-shortcuts-dialog.h"
#include "psa-trust-dialog.h"
#include "ui-form.h"

#include <glib/gi18n.h>

/* In a language that puts brackets around each text, what has none was forgotten: it would stay English. A translation
 * may have signs that cannot be seen, which are to be shown in text from outside alone. */

/* What is not the program's to translate, as the samples have it and as the world writes it. */
static const char known[] =
    "^(psactl|flatpak run)( [A-Za-z.=-]+)+(\\npsactl check "
    "--all)?$|^/\\S+$|^\\{[^⟦]*\\}$|\\+[A-Z]$|"
    "^(name|hostname|username)$|" /* the headings of a table */
    "^[0-9a-f]{64}$|[0-9A-F]{4}([ \\n][0-9A-F]{4})+|…[0-9a-f]{4}|"
    "Contoso( IT)?|Fabrikam|Adatum( Internal CA)?|Tailspin|[a-z0-9-]+(\\.[a-z0-9-]+)+|"
    "Eastern Standard Time|ServiceBoard|Project|Finance|TLS 1\\.3|HTTP/2|SHA-256|CN=|O=|"
    "https?://\\S+|[0-9a-f]{8}(-[0-9a-f]{4})+[0-9a-f]*|(con|fab|adt|tsp)(\\+k[0-9]+)?|k[0-9]+";

static GRegex *translated, *data, *letters;
static guint n_translated;

static void
assert_translated (GtkWidget *widget, const char *text, const char *where)
{
  g_autofree char *left = g_strdup (text);
  g_autofree char *foreign = NULL;

  /* One within the other, where a translated text is filled into another. */
  while (g_regex_match (translated, left, 0, NULL))
    {
      g_autofree char *less = g_regex_replace_literal (translated, left, -1, 0, "", 0, NULL);

      n_translated++;
      g_set_str (&left, less);
    }
  if (strstr (text, "[U+200F]") != NULL)
    {
      g_test_message ("%s: “%s” is taken for text from outside", where, text);
      g_test_fail ();
    }
  foreign = g_regex_replace_literal (data, left, -1, 0, "", 0, NULL);
  if (!g_regex_match (letters, foreign, 0, NULL))
    return;
  g_test_message ("%s: “%s” of a %s in a %s is not translated", where, text,
                  G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  g_test_fail ();
}

static void
walk (GtkWidget *widget, const char *where)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (tooltip != NULL)
    assert_translated (widget, tooltip, where);
  if (GTK_IS_LABEL (widget))
    assert_translated (widget, gtk_label_get_text (GTK_LABEL (widget)), where);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, where);
}

static void
walk_dialog (UiDriver *driver, AdwDialog *dialog)
{
  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_wait (ui_get_dialog (driver) == dialog);
  ui_settle ();
  walk (GTK_WIDGET (dialog), G_OBJECT_TYPE_NAME (dialog));
  adw_dialog_force_close (dialog);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* Every view, whether it is to be seen or not, and every dialog. */
static void
test_nothing_forgotten (void)
{
  static const char rows[] =
      "name,hostname,username\nFabrikam,cw.fabrikam.com,fab+k1\nTailspin,,\n";
  g_autoptr(GBytes) table = g_bytes_new_static (rows, strlen (rows));
  g_autoptr(UiDriver) driver = ui_open ();
  PsaMonitor *monitor = ui_get_monitor (driver);
  PsaKeeper *keeper = psa_monitor_get_keeper (monitor);
  PsaProfile *profile;
  PsaStatus *status;
  GtkWidget *details;
  g_autoptr(PsaConnectionFields) fields =
      g_object_ref_sink (g_object_new (PSA_TYPE_CONNECTION_FIELDS, NULL));

  walk (GTK_WIDGET (driver->window), "first run");
  ui_sample_keep (driver, "Contoso", "api-na.myconnectwise.net", "con+k1", PSA_CAUSE_OK, 2);
  ui_sample_keep (driver, "Fabrikam", "api-na.myconnectwise.net", "fab+k1", PSA_CAUSE_SLOW, 90);
  ui_sample_keep (driver, "Tailspin", "api-eu.myconnectwise.net", "tsp+k1", PSA_CAUSE_TIMED_OUT,
                  5 * 24 * 60);
  profile = ui_sample_keep (driver, "Adatum", "cw.adatum.com", "adt+k1",
                            PSA_CAUSE_CERTIFICATE_UNTRUSTED, 64);
  ui_select (driver, profile);
  ui_settle ();
  details = ui_find_row (driver->window, _("Details"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (details), TRUE);
  ui_wait (ui_find_row (driver->window, _("Age of the Password")) != NULL);
  walk (GTK_WIDGET (driver->window), "window");

  status = psa_monitor_get_status (monitor, profile);
  walk_dialog (driver, psa_connection_form_new (monitor, NULL));
  walk_dialog (driver, psa_connection_form_new (monitor, profile));
  walk_dialog (driver, psa_permissions_dialog_new (monitor, status));
  walk_dialog (driver, psa_trust_dialog_new (psa_status_get_result (status), profile));
  walk_dialog (driver, psa_region_dialog_new ("con"));
  walk_dialog (driver, psa_shortcuts_dialog_new ());
  walk_dialog (driver, psa_help_dialog_new ());
  walk_dialog (driver, psa_secrets_dialog_new (keeper));
  walk_dialog (driver, ui_sample_import_dialog (driver, table));
  walk_dialog (driver, psa_connection_form_new_key (monitor, profile));
  walk_dialog (driver, psa_preferences_dialog_new ());
  walk_dialog (driver, psa_backups_dialog_new (ui_get_store (driver)));
  walk_dialog (driver, psa_integrations_dialog_new (keeper));
  walk_dialog (driver, psa_paste_dialog_new (psa_paste_new ("con+k1:" UI_PASSWORD "\nx"), fields));
  g_assert_cmpuint (n_translated, >, 300);
}

static void
add_tests (void)
{
  g_test_add_func ("/pseudo-locale/nothing-forgotten", test_nothing_forgotten);
}

int
main (int argc, char *argv[])
{
  translated = g_regex_new ("⟦[^⟦⟧]*⟧", 0, 0, NULL);
  data = g_regex_new (known, 0, 0, NULL);
  letters = g_regex_new ("\\pL", 0, 0, NULL);
  return ui_run (argc, argv, add_tests);
}
