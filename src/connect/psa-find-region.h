/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-client.h"
#include "psa-region.h"

G_BEGIN_DECLS

/**
 * PsaFindRegionOutcome:
 * @PSA_FIND_REGION_ONE: one host has the company
 * @PSA_FIND_REGION_SEVERAL: more than one has it: the user chooses
 * @PSA_FIND_REGION_NONE: every site said that it does not have it
 * @PSA_FIND_REGION_UNSURE: none has it, but some could not be asked
 *
 * How a search ended.
 */
typedef enum
{
  PSA_FIND_REGION_ONE,
  PSA_FIND_REGION_SEVERAL,
  PSA_FIND_REGION_NONE,
  PSA_FIND_REGION_UNSURE,
} PsaFindRegionOutcome;

/*
 * Find My Region: all API hosts of the vendor's cloud that are known are asked at once for a company ID.
 * No credentials are sent, and nothing else is.
 *
 * Properties: n-settled (guint, how many have answered or could not be asked).
 */
#define PSA_TYPE_FIND_REGION (psa_find_region_get_type ())
G_DECLARE_FINAL_TYPE (PsaFindRegion, psa_find_region, PSA, FIND_REGION, GObject)

gboolean             psa_find_region_check         (const char           *company_id,
                                                    GError              **error);
PsaFindRegion       *psa_find_region_new           (PsaClient            *client,
                                                    const char           *company_id);
const char          *psa_find_region_get_company   (PsaFindRegion        *self);
GListModel          *psa_find_region_get_regions   (PsaFindRegion        *self);
guint                psa_find_region_get_n_settled (PsaFindRegion        *self);
void                 psa_find_region_run_async     (PsaFindRegion        *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean             psa_find_region_run_finish    (PsaFindRegion        *self,
                                                    GAsyncResult         *result,
                                                    GError              **error); /* CANCELLED */

/* Of a search that has ended. */
PsaFindRegionOutcome psa_find_region_get_outcome   (PsaFindRegion        *self);
PsaRegion           *psa_find_region_get_hit       (PsaFindRegion        *self);
GListModel          *psa_find_region_dup_hits      (PsaFindRegion        *self);
char                *psa_find_region_dup_what      (PsaFindRegion        *self);
char                *psa_find_region_dup_next      (PsaFindRegion        *self);

G_END_DECLS
