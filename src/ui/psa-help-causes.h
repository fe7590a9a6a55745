/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-result.h"

G_BEGIN_DECLS

void       psa_help_causes_fill    (AdwPreferencesPage *page);
PsaResult *psa_help_causes_example (PsaCause            cause);

G_END_DECLS
