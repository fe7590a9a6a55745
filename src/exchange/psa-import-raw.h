/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-import.h"

G_BEGIN_DECLS

/**
 * PsaImportRaw:
 * @number: of the row in the file, from 1
 * @values: (nullable): of each field, as it stands in the file; %NULL where the file says nothing of it
 * @tags: (nullable): likewise
 * @needs: (nullable): likewise
 * @reason: (nullable): why the row cannot be read
 *
 * One row of a file before anybody has looked at its values. For psa-import.c and psa-paste.c.
 */
typedef struct
{
  guint number;
  char *values[PSA_IMPORT_N_FIELDS];
  GStrv tags;
  GStrv needs;
  char *reason;
} PsaImportRaw;

PsaImportRaw *psa_import_raw_new (GPtrArray *rows);
void psa_import_raw_take (PsaImportRaw *self, PsaImportField field, char *value);
int psa_import_find_field (const char *name);
char *psa_import_dup_text (GBytes *bytes, GError **error);
gboolean
psa_import_read_json (const char *text, GPtrArray *rows, GPtrArray *integrations, GError **error);
gboolean psa_import_read_csv (const char *text,
                              PsaImportColumns *columns,
                              gboolean guess,
                              GStrv *headers,
                              GPtrArray *rows,
                              GError **error);
GPtrArray *psa_import_raw_new_list (void);

G_END_DECLS
