/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-monitor.h"

G_BEGIN_DECLS

#define PSA_TYPE_CONNECTION_FORM (psa_connection_form_get_type ())
G_DECLARE_FINAL_TYPE (PsaConnectionForm, psa_connection_form, PSA, CONNECTION_FORM, AdwDialog)

AdwDialog *psa_connection_form_new         (PsaMonitor        *monitor,
                                            PsaProfile        *profile);
AdwDialog *psa_connection_form_new_key     (PsaMonitor        *monitor,
                                            PsaProfile        *profile);
void       psa_connection_form_focus_field (PsaConnectionForm *self,
                                            PsaField           field);
void       psa_connection_form_apply_fix   (PsaConnectionForm *self,
                                            PsaResult         *result);
void       psa_connection_form_paste       (PsaConnectionForm *self);
/* Whether it is about to keep what was typed, and the result of its check with it. */
gboolean   psa_connection_form_is_saving   (PsaConnectionForm *self);

G_END_DECLS
