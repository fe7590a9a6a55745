/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-monitor.h"

G_BEGIN_DECLS

#define PSA_TYPE_WINDOW (psa_window_get_type ())
G_DECLARE_FINAL_TYPE (PsaWindow, psa_window, PSA, WINDOW, AdwApplicationWindow)

PsaWindow *psa_window_new (GtkApplication *application,
                           PsaMonitor     *monitor);

G_END_DECLS
