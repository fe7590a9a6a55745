/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean psa_username_split       (const char *text,
                                   char      **company_id,
                                   char      **key,
                                   GError    **error);
char    *psa_username_dup_company (const char *text);

G_END_DECLS
