/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-paste-values.h"

G_BEGIN_DECLS

void psa_paste_read_lines (PsaPasteValues *values, const char *text);
void psa_paste_read_powershell (PsaPasteValues *values, const char *text);

G_END_DECLS
