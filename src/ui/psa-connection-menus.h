/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-store.h"

G_BEGIN_DECLS

GMenuModel *psa_connection_menus_dup_sites        (void);
GMenuModel *psa_connection_menus_dup_integrations (GListModel *integrations);

G_END_DECLS
