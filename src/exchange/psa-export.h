/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-integration.h"
#include "psa-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

char *psa_export_to_json (GPtrArray *profiles, GListModel *integrations);
char *psa_export_to_csv (GPtrArray *profiles, GListModel *integrations);

G_END_DECLS
