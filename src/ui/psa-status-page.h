/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-monitor.h"

G_BEGIN_DECLS

#define PSA_TYPE_STATUS_PAGE (psa_status_page_get_type ())
G_DECLARE_FINAL_TYPE (PsaStatusPage, psa_status_page, PSA, STATUS_PAGE, AdwNavigationPage)

void psa_status_page_focus (PsaStatusPage *self);

G_END_DECLS
