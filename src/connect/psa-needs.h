/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-module.h"
#include "psa-reply.h"

G_BEGIN_DECLS

/* Row 5b of section 5: may a connection that is good read the modules that it is said to need? Pure. */
gboolean psa_needs_are_due      (GPtrArray *replies);
PsaAsk   psa_needs_get_next     (guint      needs,
                                 GPtrArray *replies);
guint    psa_needs_find_refused (guint      needs,
                                 GPtrArray *replies);

G_END_DECLS
