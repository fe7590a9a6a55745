/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

const char * const *practice_handshake_get_kinds (void);
GSocketService     *practice_handshake_listen    (const char    *kind,
                                                  GInetAddress  *address,
                                                  guint         *port,
                                                  GError       **error);

G_END_DECLS
