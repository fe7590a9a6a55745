/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-import.h"

G_BEGIN_DECLS

void psa_import_read_async (GBytes *bytes,
                            const PsaImportColumns *columns,
                            GListModel *profiles,
                            GListModel *integrations,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
PsaImport *psa_import_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
