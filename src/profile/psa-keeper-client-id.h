/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-keeper.h"

G_BEGIN_DECLS

void     psa_keeper_change_client_id_async  (PsaKeeper           *self,
                                             PsaIntegration      *integration,
                                             const PsaSecret     *client_id,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean psa_keeper_change_client_id_finish (PsaKeeper           *self,
                                             GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
