/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-secret.h"

G_BEGIN_DECLS

PsaSecret *psa_client_id_parse    (const char      *text,
                                   GError         **error);
char      *psa_client_id_dup_hint (const PsaSecret *client_id);

G_END_DECLS
