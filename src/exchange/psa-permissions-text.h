/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-permissions.h"

G_BEGIN_DECLS

char *psa_permissions_text_new_markdown (PsaProfile           *profile,
                                         const PsaPermissions *permissions);
char *psa_permissions_text_new_csv      (PsaProfile           *profile,
                                         const PsaPermissions *permissions);
JsonObject *psa_permissions_text_to_json (PsaProfile           *profile,
                                          const PsaPermissions *permissions);

G_END_DECLS
