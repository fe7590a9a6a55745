/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For psa-store-file.c, which holds the lock. */
char *psa_backup_find_good (const char *folder);
gboolean psa_backup_write (const char *folder, const char *prefix, GBytes *bytes, GError **error);
gboolean psa_backup_write_day (const char *folder, GBytes *bytes, GError **error);

G_END_DECLS
