/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-address.h"
#include "psa-reply.h"

G_BEGIN_DECLS

#define PSA_WARNINGS_CERTIFICATE_DAYS 21
#define PSA_WARNINGS_SLOW_MS 5000

GArray *psa_verdict_find_warnings (const PsaAddress *address,
                                   const char       *asked_version,
                                   const PsaTenant  *tenant,
                                   guint             refused,
                                   GPtrArray        *replies,
                                   gint64            now);

G_END_DECLS
