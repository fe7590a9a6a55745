/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-store.h"

G_BEGIN_DECLS

#define PSA_CHANGE_DIALOG_CHANGE "change"

AdwDialog  *psa_change_dialog_new_tags        (GPtrArray       *profiles);
AdwDialog  *psa_change_dialog_new_api_version (GPtrArray       *profiles);
AdwDialog  *psa_change_dialog_new_integration (GPtrArray       *profiles,
                                               PsaStore        *store);
AdwDialog  *psa_change_dialog_new_client_id   (GPtrArray       *profiles);
AdwDialog  *psa_change_dialog_new_name        (PsaProfile      *profile);
const char *psa_change_dialog_get_first       (AdwDialog       *dialog);
const char *psa_change_dialog_get_second      (AdwDialog       *dialog);

G_END_DECLS
