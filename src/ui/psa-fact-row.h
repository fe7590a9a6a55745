/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_TYPE_FACT_ROW (psa_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (PsaFactRow, psa_fact_row, PSA, FACT_ROW, AdwActionRow)

void        psa_fact_row_set_value    (PsaFactRow *self,
                                       const char *value);
void        psa_fact_row_set_sentence (PsaFactRow *self,
                                       const char *sentence);
const char *psa_fact_row_get_value    (PsaFactRow *self);

G_END_DECLS
