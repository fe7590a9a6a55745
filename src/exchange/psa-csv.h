/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PsaCsvRow:
 * @number: of the row, from 1; blank lines do not count
 * @fields: %NULL where the quotes of the row do not fit together
 */
typedef struct
{
  guint number;
  GStrv fields;
} PsaCsvRow;

void psa_csv_add_field (GString *text, const char *field, const char *end);
GPtrArray *psa_csv_parse (const char *text);

G_END_DECLS
