/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-import-raw.h"

G_BEGIN_DECLS

/**
 * PsaPasteValues:
 * @rows: (element-type PsaImportRaw): the one row below
 * @raw: what was found so far; the first value of a field counts
 * @names: of each field, the name that its value stood behind
 * @problems: of each field, what is wrong with a value of it that was not taken
 * @path_version: (nullable): the API version that the path of an address names
 * @more: whether a second connection has begun; nothing is taken from then on
 *
 * Collects values by the names that they have in texts of any form. For the readers of psa-paste.c.
 */
typedef struct
{
  GPtrArray *rows;
  PsaImportRaw *raw;
  char *names[PSA_IMPORT_N_FIELDS];
  char *problems[PSA_IMPORT_N_FIELDS];
  char *path_version;
  gboolean more;
} PsaPasteValues;

void psa_paste_values_init (PsaPasteValues *self);
void psa_paste_values_clear (PsaPasteValues *self);
gboolean psa_paste_values_knows (const char *name);
void psa_paste_values_take (PsaPasteValues *self, const char *name, const char *value);
void psa_paste_values_take_header (PsaPasteValues *self, const char *header);
void psa_paste_values_take_pair (PsaPasteValues *self, const char *name, const char *pair);
gboolean psa_paste_values_take_bare (PsaPasteValues *self, const char *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PsaPasteValues, psa_paste_values_clear)

G_END_DECLS
