/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-profile.h"

G_BEGIN_DECLS

#define PSA_TYPE_LIST_FIELDS (psa_list_fields_get_type ())
G_DECLARE_FINAL_TYPE (PsaListFields, psa_list_fields, PSA, LIST_FIELDS, AdwBin)

void     psa_list_fields_load        (PsaListFields *self,
                                      PsaProfile    *profile);
void     psa_list_fields_fill        (PsaListFields *self,
                                      PsaProfile    *draft);
gboolean psa_list_fields_get_touched (PsaListFields *self);

G_END_DECLS
