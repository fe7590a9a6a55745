/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *psa_key_age_dup_text (gint64 stored);

G_END_DECLS
