/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PsaStage:
 *
 * The stages of a check in their order. Tokens: `address proxy resolve connect tls company sign-in
 * proof version`.
 */
typedef enum
{
  PSA_STAGE_ADDRESS,
  PSA_STAGE_PROXY,
  PSA_STAGE_RESOLVE,
  PSA_STAGE_CONNECT,
  PSA_STAGE_TLS,
  PSA_STAGE_COMPANY,
  PSA_STAGE_SIGN_IN,
  PSA_STAGE_PROOF,
  PSA_STAGE_VERSION,
} PsaStage;

#define PSA_N_STAGES (PSA_STAGE_VERSION + 1)

/**
 * PsaStageResult:
 *
 * Tokens: `pending running passed warned failed skipped`; a finished check has the last four only.
 */
typedef enum
{
  PSA_STAGE_PENDING,
  PSA_STAGE_RUNNING,
  PSA_STAGE_PASSED,
  PSA_STAGE_WARNED,
  PSA_STAGE_FAILED,
  PSA_STAGE_SKIPPED,
} PsaStageResult;

#define PSA_TYPE_STAGE (psa_stage_get_type ())
#define PSA_TYPE_STAGE_RESULT (psa_stage_result_get_type ())
GType       psa_stage_get_type         (void);
GType       psa_stage_result_get_type  (void);
const char *psa_stage_get_token        (PsaStage        stage);
const char *psa_stage_get_word         (PsaStage        stage); /* translated: "Name lookup", "Secure connection" … */
gboolean    psa_stage_from_token       (const char     *token,
                                        PsaStage       *stage);
const char *psa_stage_result_get_token (PsaStageResult  result);
const char *psa_stage_result_get_word  (PsaStageResult  result); /* translated */
gboolean    psa_stage_result_from_token (const char    *token,
                                         PsaStageResult *result);

/**
 * PsaStageReport:
 *
 * One stage of one check, as it fills in. Properties: stage (construct only), result, ms (double, −1 while
 * not measured), start-ms (since the check began, −1 unknown), detail (translated short text, may be ""), tries.
 */
#define PSA_TYPE_STAGE_REPORT (psa_stage_report_get_type ())
G_DECLARE_FINAL_TYPE (PsaStageReport, psa_stage_report, PSA, STAGE_REPORT, GObject)

PsaStageReport *psa_stage_report_new        (PsaStage        stage);
PsaStage        psa_stage_report_get_stage  (PsaStageReport *self);
PsaStageResult  psa_stage_report_get_result (PsaStageReport *self);
double          psa_stage_report_get_ms     (PsaStageReport *self);
double          psa_stage_report_get_start_ms (PsaStageReport *self);
const char     *psa_stage_report_get_detail (PsaStageReport *self);
guint           psa_stage_report_get_tries  (PsaStageReport *self);
void            psa_stage_report_start      (PsaStageReport *self,
                                             double          start_ms);
void            psa_stage_report_end        (PsaStageReport *self,
                                             PsaStageResult  result,
                                             double          ms,
                                             const char     *detail);
void            psa_stage_report_add_try    (PsaStageReport *self);

G_END_DECLS
