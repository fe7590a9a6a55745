/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "psa-reply.h"
#include "psa-stage.h"

G_BEGIN_DECLS

/**
 * PsaProgress:
 * @stages: (element-type PsaStageReport): the nine
 * @stage: the one under way
 * @began: monotonic microseconds
 * @waited: microseconds spent on a user, which are not the tenant's
 * @spent: milliseconds that requests took, for each stage
 *
 * The stages of one check as it goes on.
 */
typedef struct
{
  GListStore *stages;
  PsaStage    stage;
  gint64      began;
  gint64      waited;
  double      spent[PSA_N_STAGES];
} PsaProgress;

PsaProgress    *psa_progress_new            (void);
void            psa_progress_free           (PsaProgress    *self);
void            psa_progress_begin          (PsaProgress    *self);
double          psa_progress_get_elapsed_ms (PsaProgress    *self);
PsaStageReport *psa_progress_get_report     (PsaProgress    *self,
                                             PsaStage        stage);
void            psa_progress_enter          (PsaProgress    *self,
                                             PsaStage        stage);
void            psa_progress_take_timings   (PsaProgress    *self,
                                             const PsaReply *reply,
                                             gboolean        first);
void            psa_progress_end            (PsaProgress    *self,
                                             PsaStage        failed,
                                             const char     *detail);
void            psa_progress_abandon        (PsaProgress    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaProgress, psa_progress_free)

G_END_DECLS
