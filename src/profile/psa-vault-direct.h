/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsecret/secret.h>

#include "psa-secret.h"

G_BEGIN_DECLS

void       psa_vault_direct_read_async  (const SecretSchema  *schema,
                                         const char          *id,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
PsaSecret *psa_vault_direct_read_finish (GAsyncResult        *result);

G_END_DECLS
