/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-address.h"
#include "psa-reply.h"

G_BEGIN_DECLS

/* Where and how an ask of a check is sent: the one place that knows paths, codebases and versions. Pure. */
PsaStage  psa_ask_get_stage     (PsaAsk            ask);
gboolean  psa_ask_is_signed     (PsaAsk            ask); /* sent with credentials */
char     *psa_ask_dup_url       (PsaAsk            ask,
                                 const PsaAddress *address,
                                 const char       *company_id,
                                 GPtrArray        *replies); /* so far: they settle the codebase */
char     *psa_ask_dup_base_url  (const PsaAddress *address,
                                 GPtrArray        *replies);
char     *psa_ask_dup_accept    (PsaAsk            ask,
                                 const char       *asked_version);

G_END_DECLS
