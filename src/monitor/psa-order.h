/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-status.h"

G_BEGIN_DECLS

/**
 * PsaOrder:
 * @PSA_ORDER_NAME: by name, as the user's language sorts
 * @PSA_ORDER_STATE: what needs a hand first
 * @PSA_ORDER_CHECKED: what was not checked for longest first
 * @PSA_ORDER_RECENT: what was added last first
 *
 * How profiles follow each other within a section. Favourites go first in each of them.
 */
typedef enum
{
  PSA_ORDER_NAME,
  PSA_ORDER_STATE,
  PSA_ORDER_CHECKED,
  PSA_ORDER_RECENT,
} PsaOrder;

/**
 * PsaGrouping:
 * @PSA_GROUPING_ATTENTION: what needs attention, favourites, all others
 * @PSA_GROUPING_STATE: one section a state
 * @PSA_GROUPING_ENVIRONMENT: one section an environment
 * @PSA_GROUPING_TAG: one section a first tag, those without one last
 *
 * The sections of the list.
 */
typedef enum
{
  PSA_GROUPING_ATTENTION,
  PSA_GROUPING_STATE,
  PSA_GROUPING_ENVIRONMENT,
  PSA_GROUPING_TAG,
} PsaGrouping;

int         psa_order_compare         (PsaOrder     order,
                                       PsaStatus   *a,
                                       PsaStatus   *b);
int         psa_grouping_compare      (PsaGrouping  grouping,
                                       PsaStatus   *a,
                                       PsaStatus   *b);
const char *psa_grouping_get_title    (PsaGrouping  grouping,
                                       PsaStatus   *status);
gboolean    psa_status_needs_attention (PsaStatus   *status);

G_END_DECLS
