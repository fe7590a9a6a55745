/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-monitor.h"

G_BEGIN_DECLS

#define PSA_TYPE_NOTICES (psa_notices_get_type ())
G_DECLARE_FINAL_TYPE (PsaNotices, psa_notices, PSA, NOTICES, GtkBox)

void psa_notices_watch         (PsaNotices *self,
                                PsaMonitor *monitor);
void psa_notices_set_unlocking (PsaNotices *self,
                                gboolean    unlocking);

G_END_DECLS
