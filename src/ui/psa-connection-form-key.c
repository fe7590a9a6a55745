/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-connection-form-private.h"

#include "psa-key-age.h"
#include "psa-message.h"
#include "psa-save-question.h"
#include "psa-vault-items.h"

#include <glib/gi18n.h>

/*
 * Replace Key: the form with no more rows than how one signs in. It cannot save without a check, so the key in the
 * keyring stays until the new one has passed.
 */

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaConnectionForm) self = user_data;
  g_autoptr(GError) error = NULL; /* then its age is not told */
  g_autoptr(GPtrArray) items = psa_vault_list_finish (PSA_VAULT (object), result, &error);
  const PsaVaultItem *item = items != NULL && items->len > 0 ? items->pdata[0] : NULL;
  g_autofree char *age = item != NULL ? psa_key_age_dup_text (item->modified) : NULL;
  g_autofree char *text = NULL;

  if (age == NULL || self->intro_label == NULL || !self->key_only)
    return;
  text = g_strjoin ("\n", gtk_label_get_label (self->intro_label), age, NULL);
  gtk_label_set_label (self->intro_label, text);
}

/**
 * psa_connection_form_set_key_only:
 * @self: the form
 * @key_only: whether no more is asked for than a new key
 */
void
psa_connection_form_set_key_only (PsaConnectionForm *self, gboolean key_only)
{
  g_autofree char *text = NULL;

  self->key_only = key_only;
  psa_connection_fields_set_key_only (self->fields, key_only);
  gtk_widget_set_visible (GTK_WIDGET (self->list_fields), !key_only);
  if (key_only)
    /* Translators: %s is a host name */
    text =
        g_strdup_printf (_("The new key is tried with %s. The one in the keyring stays until the "
                            "new one has passed."),
                         psa_profile_get_address_text (self->draft));
  gtk_label_set_label (self->intro_label, text != NULL ? text : "");
  adw_dialog_set_title (ADW_DIALOG (self), key_only ? _("Replace Key") : _("Edit Profile"));
  psa_connection_form_update_actions (self);
}

/**
 * psa_connection_form_ask_to_discard_key:
 *
 * Returns: (transfer floating): asks whether to close with a new key that was not tried; the response is
 *   %PSA_SAVE_QUESTION_DISCARD, or anything else to go on typing
 */
AdwDialog *
psa_connection_form_ask_to_discard_key (void)
{
  AdwDialog *self = adw_alert_dialog_new (_("Discard the New Key?"),
                                          _("It has not passed yet, so the one in the keyring "
                                             "stays. PSA shows a private key only once."));
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (self);

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Keep Editing"), PSA_SAVE_QUESTION_DISCARD,
                                  _("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, PSA_SAVE_QUESTION_DISCARD,
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  return self;
}

/**
 * psa_connection_form_new_key:
 * @monitor: for the check, the keeper and the vault
 * @profile: a kept profile
 *
 * Returns: (transfer floating): the dialog that asks for another key of @profile, to be presented
 */
AdwDialog *
psa_connection_form_new_key (PsaMonitor *monitor, PsaProfile *profile)
{
  AdwDialog *dialog = psa_connection_form_new (monitor, profile);
  PsaConnectionForm *self = PSA_CONNECTION_FORM (dialog);
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));
  g_autofree char *subtitle = NULL;

  /* Translators: the name of a profile and its environment */
  subtitle = g_strdup_printf (_("%s, %s"), title,
                              psa_environment_get_word (psa_profile_get_environment (profile)));
  adw_window_title_set_subtitle (self->window_title, subtitle);
  psa_connection_form_set_key_only (self, TRUE);
  psa_vault_find_async (psa_keeper_get_vault (psa_monitor_get_keeper (monitor)),
                        psa_profile_get_id (profile), NULL, found_cb, g_object_ref (self));
  return dialog;
}
