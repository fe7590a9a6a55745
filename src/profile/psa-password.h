/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean psa_password_check      (const char *text,
                                  GError    **error); /* empty, line ends and control characters */
gboolean psa_password_has_blanks (const char *text);  /* around it: to be asked about */

G_END_DECLS
