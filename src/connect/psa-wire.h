/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "psa-client.h"

G_BEGIN_DECLS

#define PSA_WIRE_MAX_HEADERS (64 * 1024)

SoupMessage *psa_wire_create_message (const PsaRequest  *request,
                                      GError           **error);
gboolean     psa_wire_has_old_tls    (SoupMessage       *message,
                                      char             **version);
void         psa_wire_forget_secrets (SoupMessage       *message);
void         psa_wire_read_head      (PsaReply          *reply,
                                      SoupMessage       *message);
void         psa_wire_read_timings   (PsaReply          *reply,
                                      SoupMessage       *message,
                                      gboolean           via_proxy);
gboolean     psa_wire_is_cut_short   (SoupMessage       *message,
                                      gsize              length);
gboolean     psa_wire_has_long_head  (SoupMessage       *message);

G_END_DECLS
