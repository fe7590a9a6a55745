/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-status.h"

G_BEGIN_DECLS

/* For the monitor alone: the one who changes a status. */
typedef void (*PsaStatusChanged) (PsaStatus *status,
                                  gpointer   data);

PsaStatus *psa_status_new        (PsaProfile *profile);
void       psa_status_set_changed (PsaStatus        *self,
                                   PsaStatusChanged  changed,
                                   gpointer          data);
void       psa_status_set_check  (PsaStatus  *self,
                                  PsaCheck   *check);
gboolean   psa_status_set_result (PsaStatus  *self,
                                  PsaResult  *result); /* FALSE and unchanged: another profile's, or of an older revision than is shown */

G_END_DECLS
