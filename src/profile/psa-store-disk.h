/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-store-file.h"

G_BEGIN_DECLS

/* For the files of the store on disk, and the locks of the keyring's and the history's: whole files,
 * in one step, for nobody else to read. Blocks. */
gboolean psa_disk_fail (GError **error, const char *format, const char *path, int saved_errno);
gboolean psa_disk_ensure_folder (const char *path, GError **error);
gboolean psa_disk_sync_folder (const char *path, GError **error);
GBytes *psa_disk_read (const char *path, GError **error);
PsaDocument *psa_disk_read_document (const char *path, GError **error);
gboolean psa_disk_write (const char *folder, const char *name, GBytes *bytes, GError **error);
int psa_disk_lock (const char *folder, const char *name, GError **error);

G_END_DECLS
