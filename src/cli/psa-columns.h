/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines of cells that stand below each other on a terminal, whatever the language. */
void psa_columns_print (GPtrArray *lines);

G_END_DECLS
