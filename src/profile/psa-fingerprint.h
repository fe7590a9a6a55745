/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *psa_fingerprint_parse (const char *text,
                             GError    **error);
char *psa_fingerprint_group (const char *sha256);

G_END_DECLS
