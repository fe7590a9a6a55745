/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PsaBackup:
 * @path: the file
 * @time: when it was made, local time
 * @n_profiles: how many it has
 *
 * What profiles.json said once.
 */
typedef struct
{
  char *path;
  GDateTime *time;
  guint n_profiles;
} PsaBackup;

GPtrArray *psa_backup_list (const char *folder);
void psa_backup_free (PsaBackup *self);

/* For psa-store-file.c, which holds the lock. */
char *psa_backup_find_good (const char *folder);
gboolean psa_backup_write (const char *folder, const char *prefix, GBytes *bytes, GError **error);
gboolean psa_backup_write_day (const char *folder, GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaBackup, psa_backup_free)

G_END_DECLS
