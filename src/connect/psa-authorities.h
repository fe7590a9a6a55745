/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void psa_authorities_read_async  (GAsyncReadyCallback  callback,
                                  gpointer             user_data);
void psa_authorities_read_finish (GAsyncResult        *result);

G_END_DECLS
