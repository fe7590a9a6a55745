/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PSA_TYPE_STAGE_BAR (psa_stage_bar_get_type ())
G_DECLARE_FINAL_TYPE (PsaStageBar, psa_stage_bar, PSA, STAGE_BAR, GtkWidget)

gboolean psa_stage_bar_get_span (PsaStageBar *self,
                                 float        width,
                                 float       *x,
                                 float       *length);

G_END_DECLS
