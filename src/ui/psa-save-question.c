/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-save-question.h"

#include <glib/gi18n.h>

/**
 * psa_save_question_new:
 *
 * Asks what is to become of what was typed in a form that is about to close.
 *
 * Returns: (transfer floating): the dialog, whose response is %PSA_SAVE_QUESTION_DISCARD,
 *   %PSA_SAVE_QUESTION_SAVE, or anything else to go on typing
 */
AdwDialog *
psa_save_question_new (void)
{
  AdwDialog *self = adw_alert_dialog_new (
      _("Save What You Typed?"), _("It can be saved without checking and corrected later."));
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (self);

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Keep Editing"), PSA_SAVE_QUESTION_DISCARD,
                                  _("_Discard"), PSA_SAVE_QUESTION_SAVE, _("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, PSA_SAVE_QUESTION_DISCARD,
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (dialog, PSA_SAVE_QUESTION_SAVE, ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  return self;
}
