/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *practice_listing_dup_text     (void);
char *practice_listing_dup_markdown (void);

G_END_DECLS
