/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean own_network_enter    (char       **why);
void     own_network_set_up   (gboolean     is_up);
void     own_network_swallow  (const char  *prefix);
void     own_network_put_file (const char  *path,
                               const char  *text);

G_END_DECLS
