/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean psa_password_check      (const char *text,
                                  GError    **error);
gboolean psa_password_has_blanks (const char *text);

G_END_DECLS
