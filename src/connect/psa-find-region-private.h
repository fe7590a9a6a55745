/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-find-region.h"

G_BEGIN_DECLS

struct _PsaFindRegion
{
  GObject parent_instance;
  PsaClient *client;
  char *company_id;
  GListStore *regions;
  guint n_settled;
  gboolean ran;
  GTask *task;               /* NULL once returned */
  GCancellable *cancellable; /* ours: the limit cancels as well */
  GSource *cancelled;
  GSource *limit;
};

G_END_DECLS
