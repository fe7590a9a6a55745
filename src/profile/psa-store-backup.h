/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PsaBackupKind:
 * @PSA_BACKUP_DAY: before the first change of a day
 * @PSA_BACKUP_IMPORT: before an import
 * @PSA_BACKUP_CHANGE: before a change of several
 * @PSA_BACKUP_RESTORE: before another backup was restored
 */
typedef enum
{
  PSA_BACKUP_DAY,
  PSA_BACKUP_IMPORT,
  PSA_BACKUP_CHANGE,
  PSA_BACKUP_RESTORE,
} PsaBackupKind;

/**
 * PsaBackup:
 * @path: the file
 * @kind: why it was made
 * @time: when, in local time
 * @n_profiles: how many it has
 * @n_added: how many of them are not there now
 * @n_changed: how many are another now
 * @n_removed: how many are there now and not in it
 *
 * What profiles.json said once, and what would change if it were restored.
 */
typedef struct
{
  char *path;
  PsaBackupKind kind;
  GDateTime *time;
  guint n_profiles;
  guint n_added;
  guint n_changed;
  guint n_removed;
} PsaBackup;

GPtrArray *psa_backup_list (const char *folder);
void psa_backup_free (PsaBackup *self);

/* For psa-store-file.c, which holds the lock. */
char *psa_backup_find_good (const char *folder);
gboolean psa_backup_write (
    const char *folder, const char *prefix, GBytes *bytes, char **path, GError **error);
gboolean psa_backup_write_day (const char *folder, GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaBackup, psa_backup_free)

G_END_DECLS
