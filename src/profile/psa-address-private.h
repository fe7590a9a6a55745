/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-address.h"

G_BEGIN_DECLS

char *psa_address_normalize_host (const char *name,
                                  GError    **error);

G_END_DECLS
