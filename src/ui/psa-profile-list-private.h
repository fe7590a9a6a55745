/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-profile-list.h"

#include "psa-list-foot.h"
#include "psa-notices.h"
#include "psa-order.h"
#include "psa-search.h"

G_BEGIN_DECLS

struct _PsaProfileList
{
  AdwNavigationPage parent_instance;
  PsaMonitor *monitor;
  PsaStatus *status;
  guint position; /* where its row was when it was last seen */
  gboolean collapsed;
  GSettings *settings;
  PsaOrder order;
  PsaGrouping grouping;
  PsaSearch *search;
  char *search_text;
  guint gather_id; /* of psa-profile-list-order.c */
  GtkSorter *sorter;
  GtkSorter *section_sorter;
  GtkFilter *filter;
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;

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

G_END_DECLS
