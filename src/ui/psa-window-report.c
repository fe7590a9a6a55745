/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-client-id.h"
#include "psa-report.h"

#include <glib/gi18n.h>

/* What the report was asked for about, whatever the page shows by the time it is made. */
typedef struct
{
  PsaWindow *window;
  PsaProfile *profile; /* a copy */
  PsaResult *result;
} Report;

static void
report_free (Report *report)
{
  g_clear_object (&report->window);
  g_clear_object (&report->profile);
  g_clear_pointer (&report->result, psa_result_unref);
  g_free (report);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static void
copy (Report *report, const char *client_id_hint)
{
  g_autofree char *text = psa_report_new (report->profile, report->result, client_id_hint);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (report->window)), text);
  psa_window_say (report->window, _("Report copied"));
}

/* The report does without the Client ID where the keyring does not give it: that is what it may be about. */
static void
client_id_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(Report) report = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) client_id =
      psa_vault_lookup_finish (PSA_VAULT (object), async_result, &error);
  g_autofree char *hint = client_id != NULL ? psa_client_id_dup_hint (client_id) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_debug ("The report goes without the Client ID: %s", error->message);
  copy (report, hint);
}

static void
copy_report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  PsaProfile *profile = psa_status_get_profile (self->status);
  const char *integration = psa_profile_get_integration (profile);
  g_autoptr(Report) report = g_new0 (Report, 1);

  report->window = g_object_ref (self);
  report->profile = psa_profile_copy (profile);
  report->result = psa_result_ref (psa_status_get_result (self->status));
  if (integration == NULL)
    {
      copy (report, NULL);
      return;
    }
  psa_vault_lookup_async (psa_keeper_get_vault (psa_monitor_get_keeper (self->monitor)),
                          integration, PSA_VAULT_NO_PROMPT, self->cancellable, client_id_cb,
                          g_steal_pointer (&report));
}

/**
 * psa_window_install_report_actions:
 * @widget_class: the class of the window
 *
 * Installs copying a report for a support ticket, the one that `psactl diagnose` prints, and its key.
 */
void
psa_window_install_report_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profile.copy-report", NULL, copy_report_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "profile.copy-report", NULL);
}
