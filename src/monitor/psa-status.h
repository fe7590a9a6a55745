/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-check.h"
#include "psa-permissions.h"
#include "psa-profile.h"
#include "psa-result.h"

G_BEGIN_DECLS

#define PSA_TYPE_STATUS (psa_status_get_type ())
G_DECLARE_FINAL_TYPE (PsaStatus, psa_status, PSA, STATUS, GObject)

/*
 * A profile beside what is known of it: what a row of the list and the tenant status page show.
 * Made by the monitor, one a profile, the same object as long as the profile lives.
 *
 * Properties, read only, all with notify: profile, result (boxed PsaResult, nullable: the last one of any revision), current
 * (the result belongs to the profile's present revision), state (PsaState; not-checked where not current),
 * cause (PsaCause, likewise never-checked), permissions (boxed PsaPermissions, nullable: those of the present
 * revision, since the program began), check (PsaCheck while one runs, else NULL), checking.
 */
PsaProfile *psa_status_get_profile  (PsaStatus *self);
PsaResult  *psa_status_get_result   (PsaStatus *self);
gboolean    psa_status_get_current  (PsaStatus *self);
PsaState    psa_status_get_state    (PsaStatus *self);
PsaCause    psa_status_get_cause    (PsaStatus *self);
PsaCheck   *psa_status_get_check    (PsaStatus *self);
PsaPermissions *psa_status_get_permissions (PsaStatus      *self);
gboolean    psa_status_set_permissions (PsaStatus      *self,
                                        PsaPermissions *permissions); /* FALSE and unchanged: another profile's, or of another revision */
gboolean    psa_status_get_checking (PsaStatus *self);

/* What the list is sorted and searched by: cached, and none of them allocates twice. */
#define PSA_STATUS_TAG_MARK "\002" /* before each tag of the search text: no text that is typed holds it */
guint       psa_status_get_serial      (PsaStatus *self);
const char *psa_status_get_search_text (PsaStatus *self);
const char *psa_status_get_sort_key    (PsaStatus *self);

G_END_DECLS
