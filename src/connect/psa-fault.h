/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-reply.h"

G_BEGIN_DECLS

void psa_fault_explain (PsaReply     *reply,
                        const GError *error,
                        PsaStage      stage,
                        gboolean      via_proxy);

G_END_DECLS
