/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-monitor.h"

G_BEGIN_DECLS

#define PSA_TYPE_APPLICATION (psa_application_get_type ())
G_DECLARE_FINAL_TYPE (PsaApplication, psa_application, PSA, APPLICATION, AdwApplication)

PsaApplication *psa_application_new         (void);
PsaMonitor     *psa_application_get_monitor (PsaApplication *self);

G_END_DECLS
