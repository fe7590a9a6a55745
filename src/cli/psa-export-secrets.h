/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-session.h"

G_BEGIN_DECLS

gboolean psa_export_secrets_confirm (GError **error);
PsaExit  psa_export_secrets_write   (PsaSession *session, GPtrArray *profiles, GError **error);

G_END_DECLS
