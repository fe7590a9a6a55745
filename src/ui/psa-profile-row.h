/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-status.h"

G_BEGIN_DECLS

#define PSA_TYPE_PROFILE_ROW (psa_profile_row_get_type ())
G_DECLARE_FINAL_TYPE (PsaProfileRow, psa_profile_row, PSA, PROFILE_ROW, GtkBox)

PsaStatus *psa_profile_row_get_status (PsaProfileRow *self);
char      *psa_profile_row_dup_name   (PsaStatus     *status);

G_END_DECLS
