/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "psa-round.h"

G_BEGIN_DECLS

#define PSA_TYPE_PROFILE_LIST (psa_profile_list_get_type ())
G_DECLARE_FINAL_TYPE (PsaProfileList, psa_profile_list, PSA, PROFILE_LIST, AdwNavigationPage)

void        psa_profile_list_watch             (PsaProfileList *self);
void        psa_profile_list_set_unlocking     (PsaProfileList *self,
                                                gboolean        unlocking);
PsaStatus  *psa_profile_list_get_status        (PsaProfileList *self);
void        psa_profile_list_select            (PsaProfileList *self,
                                                PsaStatus      *status);
void        psa_profile_list_focus             (PsaProfileList *self);
void        psa_profile_list_start_search      (PsaProfileList *self);
void        psa_profile_list_capture_keys      (PsaProfileList *self,
                                                gboolean        capture);
void        psa_profile_list_set_selecting     (PsaProfileList *self,
                                                gboolean        selecting);
gboolean    psa_profile_list_get_selecting     (PsaProfileList *self);
GPtrArray  *psa_profile_list_list_selected     (PsaProfileList *self);
GListModel *psa_profile_list_get_all           (PsaProfileList *self);
GPtrArray  *psa_profile_list_list_by_sight     (PsaProfileList *self);
void        psa_profile_list_show_round        (PsaProfileList *self,
                                                PsaRound       *round);
char       *psa_profile_list_dup_section_title (PsaProfileList *self,
                                                PsaStatus      *status);

G_END_DECLS
