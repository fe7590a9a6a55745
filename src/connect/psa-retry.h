/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-reply.h"

G_BEGIN_DECLS

/* What is worth another try, and when: for a check and for a search alike. */
gboolean psa_retry_is_due       (const PsaReply *reply,
                                 guint           tries);
guint    psa_retry_get_pause_ms (guint           tries);

G_END_DECLS
