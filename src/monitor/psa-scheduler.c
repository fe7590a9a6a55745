/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-scheduler.h"

#include <glib/gi18n-lib.h>

/**
 * PsaScheduler:
 *
 * Who may check now. At most %PSA_SCHEDULER_MAX_CHECKS are in flight and %PSA_SCHEDULER_MAX_A_HOST of them at one
 * host; the others wait, first come first served within a host, while a host that is full holds up no other. A tenant
 * that answered 429 is left alone by what is automatic until it may be asked again, and the other tenants of its host
 * are not.
 *
 * Enter → in flight → leave; or Enter → cancelled, which takes no place.
 *
 * Source of the pauses: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide: a 429 obeys
 * `Retry-After`, else it waits 30, 60, 120 seconds.
 */
struct _PsaScheduler
{
  GObject parent_instance;
  guint max_checks;
  guint n_running;
  GHashTable *hosts; /* host → how many are in flight there */
  GHashTable *holds; /* tenant → Hold */
  GQueue waiting;    /* of Turn, each its task's, the oldest first */
  guint wake_id;
};

G_DEFINE_FINAL_TYPE (PsaScheduler, psa_scheduler, G_TYPE_OBJECT)

/* A tenant that asked for a pause. */
typedef struct
{
  gint64 until;         /* seconds since 1970, UTC */
  guint n_told_nothing; /* answers in a row that did not say how long */
} Hold;

/* A check that waits; the data of its task, which the queue holds. */
typedef struct
{
  GTask *task; /* (unowned): while it is in the queue it is the queue's */
  char *host;
  char *tenant;
  PsaAsker asker;
  GSource *cancelled;
} Turn;

static const guint pauses[] = { 30, 60, 120 };

static void
turn_free (Turn *turn)
{
  if (turn->cancelled != NULL)
    g_source_destroy (turn->cancelled);
  g_clear_pointer (&turn->cancelled, g_source_unref);
  g_free (turn->host);
  g_free (turn->tenant);
  g_free (turn);
}

/* A company of one host; the sign between them stands in no host name. */
static char *
dup_tenant (const char *host, const char *company_id)
{
  return g_strconcat (host, "\n", company_id, NULL);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A clock that was set back must not make a pause longer than the longest. */
static gint64
get_left (const Hold *hold)
{
  return CLAMP (hold->until - get_now (), 0, PSA_SCHEDULER_MAX_HOLD);
}

static guint
count_at (PsaScheduler *self, const char *host)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->hosts, host));
}

static void
set_count_at (PsaScheduler *self, const char *host, guint count)
{
  if (count > 0)
    g_hash_table_replace (self->hosts, g_strdup (host), GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (self->hosts, host);
}

/* Takes it out of the queue; the caller has what the queue had. */
static GTask *
take (PsaScheduler *self, GList *link)
{
  Turn *turn = link->data;

  g_queue_delete_link (&self->waiting, link);
  if (turn->cancelled != NULL)
    g_source_destroy (turn->cancelled);

  return g_steal_pointer (&turn->task);
}

static gint64
get_hold_of (PsaScheduler *self, const Turn *turn)
{
  const Hold *hold = g_hash_table_lookup (self->holds, turn->tenant);

  return turn->asker == PSA_ASKER_AUTOMATIC && hold != NULL ? get_left (hold) : 0;
}

static void advance (PsaScheduler *self);

static gboolean
wake_cb (gpointer user_data)
{
  PsaScheduler *self = user_data;

  self->wake_id = 0;
  advance (self);

  return G_SOURCE_REMOVE;
}

static void
wake_in (PsaScheduler *self, gint64 seconds)
{
  g_clear_handle_id (&self->wake_id, g_source_remove);
  if (seconds > 0)
    self->wake_id = g_timeout_add_seconds ((guint) seconds, wake_cb, self);
}

/* Lets go whoever may go, the oldest first. A callback comes in a later turn of the main loop. */
static void
advance (PsaScheduler *self)
{
  gint64 soonest = 0;
  GList *next;

  for (GList *link = self->waiting.head; link != NULL && self->n_running < self->max_checks;
       link = next)
    {
      Turn *turn = link->data;
      gint64 left = get_hold_of (self, turn);
      g_autoptr(GTask) task = NULL;

      next = link->next;
      if (left > 0)
        soonest = soonest == 0 ? left : MIN (soonest, left);
      if (left > 0 || count_at (self, turn->host) >= PSA_SCHEDULER_MAX_A_HOST)
        continue;

      self->n_running++;
      set_count_at (self, turn->host, count_at (self, turn->host) + 1);
      task = take (self, link);
      g_task_return_boolean (task, TRUE);
    }
  wake_in (self, soonest);
}

static gboolean
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Turn *turn = user_data;
  PsaScheduler *self = g_task_get_source_object (turn->task);
  g_autoptr(GTask) task = take (self, g_queue_find (&self->waiting, turn));

  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));

  return G_SOURCE_REMOVE;
}

static void
psa_scheduler_dispose (GObject *object)
{
  PsaScheduler *self = PSA_SCHEDULER (object);

  g_assert (g_queue_is_empty (&self->waiting)); /* who waits holds us */
  wake_in (self, 0);

  G_OBJECT_CLASS (psa_scheduler_parent_class)->dispose (object);
}

static void
psa_scheduler_finalize (GObject *object)
{
  PsaScheduler *self = PSA_SCHEDULER (object);

  g_hash_table_unref (self->hosts);
  g_hash_table_unref (self->holds);

  G_OBJECT_CLASS (psa_scheduler_parent_class)->finalize (object);
}

static void
psa_scheduler_class_init (PsaSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psa_scheduler_dispose;
  G_OBJECT_CLASS (klass)->finalize = psa_scheduler_finalize;
}

static void
psa_scheduler_init (PsaScheduler *self)
{
  self->max_checks = PSA_SCHEDULER_MAX_CHECKS;
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->holds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->waiting);
}

/**
 * psa_scheduler_new:
 *
 * Returns: (transfer full): a scheduler; nothing is in flight
 */
PsaScheduler *
psa_scheduler_new (void)
{
  return g_object_new (PSA_TYPE_SCHEDULER, NULL);
}

/**
 * psa_scheduler_set_max_checks:
 * @self: a scheduler
 * @max_checks: how many may be in flight, from 1 to %PSA_SCHEDULER_MAX_CHECKS
 */
void
psa_scheduler_set_max_checks (PsaScheduler *self, guint max_checks)
{
  g_return_if_fail (PSA_IS_SCHEDULER (self));
  g_return_if_fail (max_checks >= 1 && max_checks <= PSA_SCHEDULER_MAX_CHECKS);

  self->max_checks = max_checks;
  advance (self);
}

/**
 * psa_scheduler_enter_async:
 * @self: a scheduler
 * @host: whom the check will ask, lower-cased
 * @company_id: the company that signs in
 * @asker: on whose account
 * @cancellable: (nullable): cancelling takes effect in the next turn of the main loop
 * @callback: (scope async): called once, when it is this check's turn
 * @user_data: for @callback
 *
 * Waits until there is room for one more check.
 */
void
psa_scheduler_enter_async (PsaScheduler *self,
                           const char *host,
                           const char *company_id,
                           PsaAsker asker,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Turn *turn;

  g_return_if_fail (PSA_IS_SCHEDULER (self));
  g_return_if_fail (host != NULL && company_id != NULL);

  turn = g_new0 (Turn, 1);
  turn->host = g_strdup (host);
  turn->tenant = dup_tenant (host, company_id);
  turn->asker = asker;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_scheduler_enter_async);
  g_task_set_check_cancellable (task, FALSE); /* a place that was given has to be given back */
  g_task_set_task_data (task, turn, (GDestroyNotify) turn_free);
  turn->task = task;
  if (cancellable != NULL)
    {
      turn->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (turn->cancelled, G_SOURCE_FUNC (on_cancelled_cb), turn, NULL);
      g_source_attach (turn->cancelled, g_main_context_get_thread_default ());
    }
  g_queue_push_tail (&self->waiting, turn);
  advance (self);
}

/**
 * psa_scheduler_enter_finish:
 * @self: a scheduler
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the check may begin; then psa_scheduler_leave() is due at its end
 */
gboolean
psa_scheduler_enter_finish (PsaScheduler *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_scheduler_enter_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_scheduler_leave:
 * @self: a scheduler
 * @host: that of the check which has ended
 *
 * Gives the place of a check to the next.
 */
void
psa_scheduler_leave (PsaScheduler *self, const char *host)
{
  g_return_if_fail (PSA_IS_SCHEDULER (self));
  g_return_if_fail (host != NULL && count_at (self, host) > 0);

  self->n_running--;
  set_count_at (self, host, count_at (self, host) - 1);
  advance (self);
}

/**
 * psa_scheduler_hold:
 * @self: a scheduler
 * @host: who answered 429
 * @company_id: the company that had signed in
 * @retry_at: when it may be asked again by its own words, in seconds since 1970; 0 where it did not say
 *
 * Keeps what is automatic from this tenant: as long as it asked for, but no more than %PSA_SCHEDULER_MAX_HOLD
 * seconds; 30, 60 and then 120 seconds where it did not say.
 *
 * Returns: when it may be asked again, in seconds since 1970
 */
gint64
psa_scheduler_hold (PsaScheduler *self, const char *host, const char *company_id, gint64 retry_at)
{
  g_autofree char *tenant = NULL;
  Hold *hold;
  gint64 now = get_now ();

  g_return_val_if_fail (PSA_IS_SCHEDULER (self), 0);
  g_return_val_if_fail (host != NULL && company_id != NULL, 0);

  tenant = dup_tenant (host, company_id);
  hold = g_hash_table_lookup (self->holds, tenant);
  if (hold == NULL)
    {
      hold = g_new0 (Hold, 1);
      g_hash_table_insert (self->holds, g_steal_pointer (&tenant), hold);
    }
  if (retry_at > 0)
    {
      hold->n_told_nothing = 0;
      hold->until = CLAMP (retry_at, now, now + PSA_SCHEDULER_MAX_HOLD);
    }
  else
    {
      hold->until = now + pauses[MIN (hold->n_told_nothing, G_N_ELEMENTS (pauses) - 1)];
      hold->n_told_nothing++;
    }
  advance (self); /* who waits may have to wait longer, or less */

  return hold->until;
}

/**
 * psa_scheduler_release:
 * @self: a scheduler
 * @host: who answered
 * @company_id: the company that had signed in
 *
 * Forgets a pause: the tenant has answered since, and asked for none.
 */
void
psa_scheduler_release (PsaScheduler *self, const char *host, const char *company_id)
{
  g_autofree char *tenant = NULL;

  g_return_if_fail (PSA_IS_SCHEDULER (self));
  g_return_if_fail (host != NULL && company_id != NULL);

  tenant = dup_tenant (host, company_id);
  if (g_hash_table_remove (self->holds, tenant))
    advance (self);
}

/**
 * psa_scheduler_get_next_try:
 * @self: a scheduler
 * @host: whom to ask
 * @company_id: the company that would sign in
 *
 * Returns: when what is automatic may ask it, in seconds since 1970; 0 where it may at once
 */
gint64
psa_scheduler_get_next_try (PsaScheduler *self, const char *host, const char *company_id)
{
  g_autofree char *tenant = NULL;
  const Hold *hold;

  g_return_val_if_fail (PSA_IS_SCHEDULER (self), 0);
  g_return_val_if_fail (host != NULL && company_id != NULL, 0);

  tenant = dup_tenant (host, company_id);
  hold = g_hash_table_lookup (self->holds, tenant);

  return hold != NULL && get_left (hold) > 0 ? hold->until : 0;
}
