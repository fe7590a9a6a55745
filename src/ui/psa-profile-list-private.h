/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-profile-list.h"

#include "psa-list-foot.h"
#include "psa-notices.h"
#include "psa-order.h"
#include "psa-profile-row.h"
#include "psa-search.h"

G_BEGIN_DECLS

struct _PsaProfileList
{
  AdwNavigationPage parent_instance;
  PsaMonitor *monitor;
  PsaStatus *status;
  guint position; /* where its row was when it was last seen */
  gboolean collapsed;
  gboolean selecting; /* several at once */
  gboolean restoring; /* what is selected now was not by the user */
  GHashTable *chosen; /* PsaStatus, while several are selected; those that a search hides stay in it */
  GSettings *settings;
  PsaOrder order;
  PsaGrouping grouping;
  PsaSearch *search;
  char *search_text;
  guint gather_id; /* of psa-profile-list-order.c */
  GPtrArray *spare_rows; /* of PsaProfileRow, for slots that come into sight */
  GtkSorter *sorter;
  GtkSorter *section_sorter;
  GtkFilter *filter;
  GtkSortListModel *sorted;
  GtkMultiSelection *selection;

  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  PsaNotices *notices;
  GtkStack *stack;
  GtkListView *list_view;
  PsaListFoot *foot;
};

/* psa-profile-list-order.c: the pipeline of models */
GListModel *psa_profile_list_build_pipeline (PsaProfileList *self);
void        psa_profile_list_init_order     (PsaProfileList *self);
void        psa_profile_list_sort_anew      (PsaProfileList *self);
void        psa_profile_list_search_for     (PsaProfileList *self,
                                             const char     *text);

/* psa-profile-list-sight.c: rows for those that somebody looks at */
PsaProfileRow *psa_profile_list_take_row (PsaProfileList *self);
void           psa_profile_list_give_row (PsaProfileList *self,
                                          PsaProfileRow  *row);

/* psa-profile-list-selection.c: which are chosen */
void  psa_profile_list_set_status              (PsaProfileList *self,
                                                PsaStatus      *status);
guint psa_profile_list_find                    (PsaProfileList *self,
                                                PsaStatus      *status);
guint psa_profile_list_count_selected          (PsaProfileList *self);
void  psa_profile_list_on_selection_changed_cb (PsaProfileList *self,
                                                guint           position,
                                                guint           n_items);
void  psa_profile_list_on_items_changed_cb     (PsaProfileList *self,
                                                guint           position,
                                                guint           n_removed,
                                                guint           n_added);
void  psa_profile_list_update_stack            (PsaProfileList *self);

G_END_DECLS
