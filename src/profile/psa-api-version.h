/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean psa_api_version_check           (const char *text,
                                          char      **warning,
                                          GError    **error);
char    *psa_api_version_dup_from_tenant (const char *text);
gboolean psa_api_version_parse           (const char *text,
                                          guint      *year,
                                          guint      *number);

G_END_DECLS
