/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-secret.h"

G_BEGIN_DECLS

PsaSecret *psa_read_secret (int         fd,
                            const char *prompt,
                            GError    **error);

G_END_DECLS
