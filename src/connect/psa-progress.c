/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-progress.h"

#include "psa-ask.h"

/* What requests took where there were any, else the clock's time since the stage began. */
static double
measure (PsaProgress *self, PsaStage stage)
{
  PsaStageReport *report = psa_progress_get_report (self, stage);

  if (self->spent[stage] > 0)
    return self->spent[stage];
  if (psa_stage_report_get_ms (report) >= 0)
    return psa_stage_report_get_ms (report);

  return MAX (psa_progress_get_elapsed_ms (self) - psa_stage_report_get_start_ms (report), 0);
}

static gboolean
is_running (PsaProgress *self, PsaStage stage)
{
  return psa_stage_report_get_result (psa_progress_get_report (self, stage)) == PSA_STAGE_RUNNING;
}

static void
take_timing (PsaProgress *self, PsaStage stage, double ms, const char *detail)
{
  if (ms < 0)
    return;

  self->spent[stage] = ms;
  psa_stage_report_end (psa_progress_get_report (self, stage), PSA_STAGE_PASSED, ms, detail);
}

/**
 * psa_progress_new:
 *
 * Returns: (transfer full): nine stages to come
 */
PsaProgress *
psa_progress_new (void)
{
  PsaProgress *self = g_new0 (PsaProgress, 1);

  self->stages = g_list_store_new (PSA_TYPE_STAGE_REPORT);
  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      g_autoptr(PsaStageReport) report = psa_stage_report_new (i);

      g_list_store_append (self->stages, report);
    }

  return self;
}

/**
 * psa_progress_free:
 * @self: (transfer full) (nullable): a progress
 */
void
psa_progress_free (PsaProgress *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->stages);
  g_free (self);
}

/**
 * psa_progress_begin:
 * @self: a progress
 *
 * The first stage begins, and the clock with it.
 */
void
psa_progress_begin (PsaProgress *self)
{
  g_return_if_fail (self != NULL);

  self->began = g_get_monotonic_time ();
  self->stage = PSA_STAGE_ADDRESS;
  psa_stage_report_start (psa_progress_get_report (self, PSA_STAGE_ADDRESS), 0);
}

/**
 * psa_progress_get_elapsed_ms:
 * @self: a progress
 *
 * Returns: milliseconds since the check began, without the time in which a user was asked for
 * something
 */
double
psa_progress_get_elapsed_ms (PsaProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (double) (g_get_monotonic_time () - self->began - self->waited) / 1000;
}

/**
 * psa_progress_get_report:
 * @self: a progress
 * @stage: a stage
 *
 * Returns: (transfer none): its report
 */
PsaStageReport *
psa_progress_get_report (PsaProgress *self, PsaStage stage)
{
  g_autoptr(PsaStageReport) report = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  report = g_list_model_get_item (G_LIST_MODEL (self->stages), stage);

  return report; /* the list keeps it */
}

/**
 * psa_progress_enter:
 * @self: a progress
 * @stage: the stage that is under way now
 *
 * Ends the stage before as good and begins @stage; several requests of one stage are one. Going
 * back, to try once more, judges nothing.
 */
void
psa_progress_enter (PsaProgress *self, PsaStage stage)
{
  g_return_if_fail (self != NULL);

  if (stage == self->stage && is_running (self, stage))
    return;

  if (stage > self->stage && is_running (self, self->stage))
    psa_stage_report_end (psa_progress_get_report (self, self->stage), PSA_STAGE_PASSED,
                          measure (self, self->stage), NULL);
  self->stage = stage;
  psa_stage_report_start (psa_progress_get_report (self, stage),
                          psa_progress_get_elapsed_ms (self));
}

/**
 * psa_progress_take_timings:
 * @self: a progress
 * @reply: what came
 * @first: whether the connection's own timings are wanted
 *
 * Puts the durations that were read off the real connection in the place of the clock's.
 */
void
psa_progress_take_timings (PsaProgress *self, const PsaReply *reply, gboolean first)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (reply != NULL);

  if (first)
    {
      take_timing (self, PSA_STAGE_RESOLVE, reply->resolve_ms, NULL);
      take_timing (self, PSA_STAGE_CONNECT, reply->connect_ms, NULL);
      take_timing (self, PSA_STAGE_TLS, reply->tls_ms, reply->tls_protocol);
    }
  if (reply->total_ms > 0)
    self->spent[psa_ask_get_stage (reply->ask)] += reply->total_ms;
}

/**
 * psa_progress_end:
 * @self: a progress
 * @failed: the stage that failed; %PSA_N_STAGES where none did
 * @detail: (nullable): a short text for it
 *
 * Ends every stage: what was not reached, or was not needed, is skipped.
 */
void
psa_progress_end (PsaProgress *self, PsaStage failed, const char *detail)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      PsaStageReport *report = psa_progress_get_report (self, i);
      PsaStageResult result = psa_stage_report_get_result (report);
      double ms = result == PSA_STAGE_PENDING ? -1 : measure (self, i);

      if (i == failed)
        psa_stage_report_end (report, PSA_STAGE_FAILED, ms, detail);
      else if (result == PSA_STAGE_PENDING || (result == PSA_STAGE_RUNNING && i > failed))
        psa_stage_report_end (report, PSA_STAGE_SKIPPED, -1, NULL);
      else if (result == PSA_STAGE_RUNNING)
        psa_stage_report_end (report, PSA_STAGE_PASSED, ms, NULL);
    }
}

/**
 * psa_progress_abandon:
 * @self: a progress
 *
 * Ends what was still to come as skipped: nobody wants to know any more.
 */
void
psa_progress_abandon (PsaProgress *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      PsaStageReport *report = psa_progress_get_report (self, i);
      PsaStageResult result = psa_stage_report_get_result (report);

      if (result == PSA_STAGE_PENDING || result == PSA_STAGE_RUNNING)
        psa_stage_report_end (report, PSA_STAGE_SKIPPED, -1, NULL);
    }
}
