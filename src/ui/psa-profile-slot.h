/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PSA_TYPE_PROFILE_SLOT (psa_profile_slot_get_type ())
G_DECLARE_FINAL_TYPE (PsaProfileSlot, psa_profile_slot, PSA, PROFILE_SLOT, GtkWidget)

G_END_DECLS
