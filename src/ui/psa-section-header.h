/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-order.h"

G_BEGIN_DECLS

#define PSA_TYPE_SECTION_HEADER (psa_section_header_get_type ())
G_DECLARE_FINAL_TYPE (PsaSectionHeader, psa_section_header, PSA, SECTION_HEADER, GtkBox)

G_END_DECLS
