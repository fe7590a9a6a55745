/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-connection-form-private.h"

#include "psa-region-dialog.h"
#include "psa-region.h"
#include "psa-trust-dialog.h"

/* What fills the rows of a form besides the user: a chosen region, and the next step of a result. */

static void
on_trust_response_cb (PsaConnectionForm *self, const char *response)
{
  if (g_str_equal (response, PSA_TRUST_DIALOG_TRUST) && self->result != NULL)
    {
      psa_profile_trust (self->draft, self->result->certificate->sha256);
      psa_connection_form_start_check (self);
    }
}

static void
on_region_chosen_cb (PsaConnectionForm *self, PsaRegion *region)
{
  psa_connection_fields_use (self->fields, psa_region_get_host (region),
                             psa_region_get_version (region));
  psa_connection_fields_focus (self->fields, PSA_FIELD_HOSTNAME);
}

static void
find_region_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PsaConnectionForm *self = PSA_CONNECTION_FORM (widget);
  g_autofree char *company = psa_connection_fields_dup_company (self->fields);
  AdwDialog *dialog = psa_region_dialog_new (company);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_region_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* Fills the form only. What is left to do is to connect. */
static void
use (PsaConnectionForm *self, const char *hostname, const char *version)
{
  psa_connection_fields_use (self->fields, hostname, version);
  gtk_widget_grab_focus (self->connect_button);
}

static void
use_api_host (PsaConnectionForm *self, PsaResult *result)
{
  g_autoptr(PsaAddress) web = psa_result_dup_address (result);
  g_autoptr(PsaAddress) api = psa_address_dup_api_address (web);
  g_autofree char *hostname = psa_address_dup_text (api);

  use (self, hostname, NULL);
}

/* Whether the next step is in a row that is not there while no more is asked for than a new key. */
static gboolean
leads_away_from_key (PsaResult *result)
{
  PsaField field = psa_cause_get_field (result->cause);

  switch (psa_result_get_fix (result))
    {
    case PSA_FIX_TRUST_CERTIFICATE:
    case PSA_FIX_CHECK_AGAIN:
    case PSA_FIX_UNLOCK:
    case PSA_FIX_OPEN_PORTAL:
      return FALSE;
    case PSA_FIX_EDIT:
    case PSA_FIX_ENTER_SECRET:
    case PSA_FIX_NONE:
      return field != PSA_FIELD_USERNAME && field != PSA_FIELD_PASSWORD;
    case PSA_FIX_USE_API_HOST:
    case PSA_FIX_USE_NAMED_HOST:
    case PSA_FIX_USE_VERSION:
    case PSA_FIX_FIND_REGION:
    default:
      return TRUE;
    }
}

/**
 * psa_connection_form_install_fix_actions:
 * @widget_class: the class of the form
 *
 * Installs Find My Region.
 */
void
psa_connection_form_install_fix_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "form.find-region", NULL, find_region_action);
}

/**
 * psa_connection_form_apply_fix:
 * @self: the form
 * @result: a result of this profile
 *
 * Does what psa_result_get_fix() of @result names, as far as a form can: it fills rows, moves the
 * focus or asks about a certificate. Nothing with credentials is sent until the user presses Connect.
 */
void
psa_connection_form_apply_fix (PsaConnectionForm *self, PsaResult *result)
{
  g_autofree char *hostname = NULL;

  g_return_if_fail (PSA_IS_CONNECTION_FORM (self));
  g_return_if_fail (result != NULL);

  if (self->key_only && leads_away_from_key (result))
    psa_connection_form_set_key_only (self, FALSE);
  switch (psa_result_get_fix (result))
    {
    case PSA_FIX_TRUST_CERTIFICATE:
      {
        AdwDialog *question = psa_trust_dialog_new (result, self->draft);

        g_signal_connect_object (question, "response", G_CALLBACK (on_trust_response_cb), self,
                                 G_CONNECT_SWAPPED);
        adw_dialog_present (question, GTK_WIDGET (self));
        break;
      }
    case PSA_FIX_CHECK_AGAIN:
    case PSA_FIX_UNLOCK:
      gtk_widget_activate_action (GTK_WIDGET (self), "form.connect", NULL);
      break;
    case PSA_FIX_USE_API_HOST:
      use_api_host (self, result);
      break;
    case PSA_FIX_USE_NAMED_HOST:
      hostname = psa_result_dup_named_host (result);
      use (self, hostname, NULL);
      break;
    case PSA_FIX_USE_VERSION:
      use (self, NULL, result->tenant->version);
      break;
    case PSA_FIX_FIND_REGION:
      gtk_widget_activate_action (GTK_WIDGET (self), "form.find-region", NULL);
      break;
    case PSA_FIX_OPEN_PORTAL:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-portal", NULL);
      break;
    case PSA_FIX_EDIT:
    case PSA_FIX_ENTER_SECRET:
    case PSA_FIX_NONE:
    default:
      psa_connection_fields_focus (self->fields, psa_cause_get_field (result->cause));
      break;
    }
}
