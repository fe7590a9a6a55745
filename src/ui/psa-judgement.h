/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-field-note.h"

G_BEGIN_DECLS

/**
 * PsaJudgement:
 * @good: whether the value can be used as it is
 * @urgent: it is told at once, even while the user is still typing
 * @kind: how @text is meant
 * @text: (nullable): what to say under the row
 * @offer: (nullable): the label of a button that mends the value
 *
 * What is to be said of a typed value.
 */
typedef struct
{
  gboolean         good;
  gboolean         urgent;
  PsaFieldNoteKind kind;
  char            *text;
  char            *offer;
} PsaJudgement;

PsaJudgement *psa_judgement_of_hostname  (const char   *text);
PsaJudgement *psa_judgement_of_version   (const char   *text,
                                          const char   *suggested);
PsaJudgement *psa_judgement_of_client_id (const char   *text,
                                          gboolean      kept,
                                          const char   *integration);
PsaJudgement *psa_judgement_of_username  (const char   *text);
PsaJudgement *psa_judgement_of_password  (const char   *text,
                                          gboolean      kept);
void          psa_judgement_free         (PsaJudgement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaJudgement, psa_judgement_free)

G_END_DECLS
