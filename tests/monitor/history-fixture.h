/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-history.h"

G_BEGIN_DECLS

#define HISTORY_FIXTURE_DEADLINE 60 /* seconds */
#define HISTORY_FIXTURE_VICTIM "precious"

/* A folder for history.sqlite on a real disk, gone with the test. */
typedef struct
{
  char *outside;
  char *folder; /* the history's, not made yet */
  char *path;
  char *victim;
} HistoryFixture;

void       history_fixture_set_up      (HistoryFixture  *fixture,
                                        gconstpointer    data);
void       history_fixture_tear_down   (HistoryFixture  *fixture,
                                        gconstpointer    data);
void       history_fixture_result_cb   (GObject         *object,
                                        GAsyncResult    *result,
                                        gpointer         user_data); /* &GAsyncResult* */
void       history_fixture_wait        (GAsyncResult   **result);
void       history_fixture_settle      (HistoryFixture  *fixture); /* until all of ours is closed */
PsaResult *history_fixture_make_result (PsaProfile      *profile,
                                        PsaCause         cause);
gboolean   history_fixture_try_add     (PsaHistory      *history,
                                        PsaResult       *check_result,
                                        GError         **error);
void       history_fixture_add         (PsaHistory      *history,
                                        PsaProfile      *profile,
                                        PsaCause         cause);
GPtrArray *history_fixture_load        (PsaHistory      *history);
PsaResult *history_fixture_find        (GPtrArray       *results,
                                        PsaProfile      *profile);
void       history_fixture_assert_last (HistoryFixture  *fixture, /* as a new start sees it */
                                        PsaProfile      *profile,
                                        PsaCause         cause);

G_END_DECLS
