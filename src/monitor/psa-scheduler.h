/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PSA_SCHEDULER_MAX_CHECKS 8  /* in flight */
#define PSA_SCHEDULER_MAX_A_HOST 4  /* of them, at one host */
#define PSA_SCHEDULER_MAX_HOLD 600  /* seconds; a server may ask for more, but not get it */

/**
 * PsaAsker:
 * @PSA_ASKER_USER: somebody waits for it: it goes as soon as there is room
 * @PSA_ASKER_AUTOMATIC: nobody does: it also waits as long as the tenant has asked for a pause
 *
 * On whose account a check is made.
 */
typedef enum
{
  PSA_ASKER_USER,
  PSA_ASKER_AUTOMATIC,
} PsaAsker;

#define PSA_TYPE_SCHEDULER (psa_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (PsaScheduler, psa_scheduler, PSA, SCHEDULER, GObject)

PsaScheduler *psa_scheduler_new            (void);
void          psa_scheduler_set_max_checks (PsaScheduler        *self,
                                            guint                max_checks);

void          psa_scheduler_enter_async    (PsaScheduler        *self,
                                            const char          *host,
                                            const char          *company_id,
                                            PsaAsker             asker,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean      psa_scheduler_enter_finish   (PsaScheduler        *self,
                                            GAsyncResult        *result,
                                            GError             **error); /* CANCELLED; else psa_scheduler_leave() is due */
void          psa_scheduler_leave          (PsaScheduler        *self,
                                            const char          *host);

gint64        psa_scheduler_hold           (PsaScheduler        *self,
                                            const char          *host,
                                            const char          *company_id,
                                            gint64               retry_at);
void          psa_scheduler_release        (PsaScheduler        *self,
                                            const char          *host,
                                            const char          *company_id);
gint64        psa_scheduler_get_next_try   (PsaScheduler        *self,
                                            const char          *host,
                                            const char          *company_id);

G_END_DECLS
