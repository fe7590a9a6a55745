/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-monitor.h"

G_BEGIN_DECLS

AdwDialog *psa_about_dialog_new (PsaMonitor *monitor);

G_END_DECLS
