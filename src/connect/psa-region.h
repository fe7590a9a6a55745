/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-cause.h"
#include "psa-reply.h"
#include "psa-site.h"

G_BEGIN_DECLS

/**
 * PsaRegionAnswer:
 * @PSA_REGION_ASKING: nothing is known yet
 * @PSA_REGION_FOUND: it has the company
 * @PSA_REGION_UNKNOWN: it answered, and has no such company
 * @PSA_REGION_UNASKED: it could not be asked; psa_region_get_cause() says why
 *
 * What a site said of a company ID.
 */
typedef enum
{
  PSA_REGION_ASKING,
  PSA_REGION_FOUND,
  PSA_REGION_UNKNOWN,
  PSA_REGION_UNASKED,
} PsaRegionAnswer;

/*
 * One site that is asked for a company, as a row shows it. Properties: answer (uint, a PsaRegionAnswer),
 * text (what it said, translated, one line).
 */
#define PSA_TYPE_REGION (psa_region_get_type ())
G_DECLARE_FINAL_TYPE (PsaRegion, psa_region, PSA, REGION, GObject)

PsaRegion      *psa_region_new         (const PsaSite  *site);
const PsaSite  *psa_region_get_site    (PsaRegion      *self);
PsaRegionAnswer psa_region_get_answer  (PsaRegion      *self);
PsaCause        psa_region_get_cause   (PsaRegion      *self);
const char     *psa_region_get_host    (PsaRegion      *self);
const char     *psa_region_get_company (PsaRegion      *self);
const char     *psa_region_get_version (PsaRegion      *self);
const char     *psa_region_get_text    (PsaRegion      *self);
void            psa_region_settle      (PsaRegion      *self,
                                        const PsaReply *reply,
                                        const char     *company_id);

G_END_DECLS
