/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define PSA_TYPE_CLOCK (psa_clock_get_type ())
G_DECLARE_FINAL_TYPE (PsaClock, psa_clock, PSA, CLOCK, GObject)

PsaClock *psa_clock_dup_default (void);
gint64    psa_clock_get_now     (PsaClock *self);

G_END_DECLS
