/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-integration.h"
#include "psa-profile.h"
#include "psa-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define PSA_IMPORT_MAX_BYTES (64 * 1024 * 1024)

/**
 * PsaImportField:
 *
 * What a column can hold; the order of psa_import_field_get_name().
 */
typedef enum
{
  PSA_IMPORT_NAME,
  PSA_IMPORT_ENVIRONMENT,
  PSA_IMPORT_HOSTNAME,
  PSA_IMPORT_PORT,
  PSA_IMPORT_API_VERSION,
  PSA_IMPORT_INTEGRATION,
  PSA_IMPORT_USERNAME,
  PSA_IMPORT_COMPANY, /* with the next, in place of a username */
  PSA_IMPORT_KEY,
  PSA_IMPORT_NEEDS,
  PSA_IMPORT_TAGS,
  PSA_IMPORT_FAVOURITE,
  PSA_IMPORT_NOTES,
  PSA_IMPORT_ID,
  PSA_IMPORT_PASSWORD,
  PSA_IMPORT_CLIENT_ID,
} PsaImportField;
#define PSA_IMPORT_N_FIELDS (PSA_IMPORT_CLIENT_ID + 1)

/**
 * PsaImportColumns:
 * @of: for each field, the column that holds it, from 0; -1 for none
 */
typedef struct
{
  int of[PSA_IMPORT_N_FIELDS];
} PsaImportColumns;

/**
 * PsaImportKind:
 * @PSA_IMPORT_NEW: no profile is like it
 * @PSA_IMPORT_SAME: a profile says the same already
 * @PSA_IMPORT_CONFLICT: a profile of that UUID, or of that host and username, says something else
 * @PSA_IMPORT_INVALID: cannot be a profile; the row says why
 */
typedef enum
{
  PSA_IMPORT_NEW,
  PSA_IMPORT_SAME,
  PSA_IMPORT_CONFLICT,
  PSA_IMPORT_INVALID,
} PsaImportKind;

/**
 * PsaImportRow:
 * @number: of the row in the file, from 1, headings not counted
 * @kind: what it would do
 * @draft: (nullable): what would be saved; %NULL where it is invalid
 * @kept: (nullable): the profile that it would change
 * @password: (nullable): its password
 * @client_id: (nullable): its Client ID
 * @reason: (nullable): a sentence on what is wrong with it
 * @title: what the row is called in a preview
 * @is_fresh: whether the draft's UUID was made for it, and is not that of the file or of a profile
 * @chosen: whether it is to be imported: at first all that are new
 */
typedef struct
{
  guint number;
  PsaImportKind kind;
  PsaProfile *draft;
  PsaProfile *kept;
  PsaSecret *password;
  PsaSecret *client_id;
  char *reason;
  char *title;
  gboolean is_fresh;
  gboolean chosen;
} PsaImportRow;

/**
 * PsaImport:
 * @rows: (element-type PsaImportRow): in the order of the file
 * @integrations: (element-type PsaIntegration): those that the drafts name and nobody has yet
 * @headers: (nullable): of the columns; %NULL where the file is no table
 * @columns: which column was taken for what
 * @n_rows: how many there are of each kind
 * @problem: (nullable): a sentence, why a table has no rows
 * @has_secrets: whether a password or a Client ID stands in the file
 *
 * What a file would change. Nothing is changed by making one.
 */
typedef struct
{
  GPtrArray *rows;
  GPtrArray *integrations;
  GStrv headers;
  PsaImportColumns columns;
  guint n_rows[PSA_IMPORT_INVALID + 1];
  char *problem;
  gboolean has_secrets;
} PsaImport;

PsaImport *psa_import_new (GBytes *bytes,
                           const PsaImportColumns *columns,
                           GListModel *profiles,
                           GListModel *integrations,
                           GError **error);
PsaImport *psa_import_new_table (GBytes *bytes, GError **error);
void psa_import_free (PsaImport *self);
const char *psa_import_kind_get_token (PsaImportKind kind);
const char *psa_import_field_get_name (PsaImportField field);
gboolean psa_import_is_placeholder (const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaImport, psa_import_free)

G_END_DECLS
