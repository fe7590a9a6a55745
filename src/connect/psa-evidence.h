/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-ask.h"
#include "psa-cause.h"

G_BEGIN_DECLS

/**
 * PsaEvidence:
 * @last: the reply that the rows speak of
 * @status: its status, 0 where there was no whole answer
 * @cloud: companyinfo says so, or it is a vendor host
 * @versioned: companyinfo named a codebase that may be tried beside the alias
 * @message: (nullable): in lower case, only from status 400 up
 * @code: (nullable): likewise, as sent
 *
 * What a row may look at: one reply, and what the ones before it have settled.
 */
typedef struct
{
  const PsaAddress *address;
  const PsaReply   *last;
  guint             status;
  gboolean          cloud;
  gboolean          versioned;
  char             *message;
  char             *code;
} PsaEvidence;

/**
 * PsaRow:
 * @number: of the row in its table of section 6
 *
 * One row: what it looks for, and what that means.
 */
typedef struct
{
  guint      number;
  gboolean (*matches) (const PsaEvidence *evidence);
  PsaCause   cause;
} PsaRow;

void          psa_evidence_init             (PsaEvidence       *self,
                                             const PsaAddress  *address,
                                             GPtrArray         *replies);
void          psa_evidence_clear            (PsaEvidence       *self);
void          psa_evidence_look_at          (PsaEvidence       *self,
                                             const PsaReply    *reply);
PsaCause      psa_evidence_judge_fault      (const PsaEvidence *self);
const PsaRow *psa_evidence_find_company_row (const PsaEvidence *self);
const PsaRow *psa_evidence_find_signed_row  (const PsaEvidence *self);
gboolean      psa_evidence_is_missing       (const PsaEvidence *self,
                                             const PsaRow      *row);
gboolean      psa_evidence_is_refused       (const PsaEvidence *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PsaEvidence, psa_evidence_clear)

G_END_DECLS
