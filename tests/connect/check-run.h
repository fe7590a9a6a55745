/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-fixture.h"
#include "psa-check.h"

G_BEGIN_DECLS

#define CHECK_RUN_CLIENT_ID "11111111-2222-3333-4444-555555555555"

/**
 * CheckRun:
 * @check: the check
 * @result: (nullable): what it found
 * @error: (nullable): why there is no result
 * @n_calls: how often the callback came
 * @took: seconds from start to end
 *
 * One check of a test, under way or ended.
 */
typedef struct
{
  PsaCheck *check;
  PsaResult *result;
  GError *error;
  guint n_calls;
  double took;
  gint64 began;
} CheckRun;

PsaProfile *check_run_make_profile (PracticeFixture *tenant,
                                    const char      *company);
CheckRun   *check_run_start        (PsaClient       *client,
                                    PsaVault        *vault,
                                    PsaProfile      *profile,
                                    const char      *client_id,
                                    const char      *password,
                                    GCancellable    *cancellable);
void        check_run_wait         (CheckRun        *self);
CheckRun   *check_run_do           (PsaClient       *client,
                                    PsaProfile      *profile,
                                    PracticeFixture *tenant);
CheckRun   *check_run_do_host      (const char      *host,
                                    guint16          port);
PsaRequest  check_run_make_request (const PsaAddress *address,
                                    const char      *url,
                                    const char      *trusted_sha256);
void        check_run_free         (CheckRun        *self);
PsaReply   *check_run_send         (PsaClient        *client,
                                    const PsaRequest *request);
void        check_run_assert       (CheckRun        *self,
                                    const char      *name,
                                    PsaCause         cause);

/* Iterates the main context until @condition holds; fails the test after @seconds. */
#define check_run_until(condition, seconds)                                     \
  G_STMT_START                                                                  \
  {                                                                             \
    gint64 until_ = g_get_monotonic_time () + (gint64) (seconds) * G_USEC_PER_SEC; \
    guint tick_ = g_timeout_add (50, check_run_tick, NULL);                     \
    while (!(condition))                                                        \
      {                                                                         \
        g_main_context_iteration (NULL, TRUE);                                  \
        g_assert_cmpint (g_get_monotonic_time (), <, until_);                   \
      }                                                                         \
    g_source_remove (tick_);                                                    \
  }                                                                             \
  G_STMT_END

gboolean check_run_tick (gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CheckRun, check_run_free)

G_END_DECLS
