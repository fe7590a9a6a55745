/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-profile.h"
#include "psa-result.h"

G_BEGIN_DECLS

#define PSA_REPORT_MAX_BYTES 8192

char *psa_report_new (PsaProfile *profile,
                      PsaResult  *result,
                      const char *client_id_hint);

G_END_DECLS
