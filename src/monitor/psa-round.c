/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-round.h"

/* So many wait with the scheduler at once: enough that it finds some of another host while one host is busy, and few
 * enough that ten thousand are no load. */
#define N_STARTED 32

/**
 * PsaRound:
 *
 * One check of many profiles, because the user asked for it, in the order given and as the scheduler has room.
 * New → start → running → all done, or cancelled and the last one back → ended.
 *
 * Properties, read only: n-done, running.
 */
struct _PsaRound
{
  GObject parent_instance;
  PsaMonitor *monitor;
  GQueue waiting; /* of PsaProfile */
  GCancellable *cancellable;
  PsaVaultPrompt prompt;
  guint n_started; /* and not back yet */
  guint n_done;
  guint n_all;
  guint n_found_wrong;
  gboolean running;
};

typedef enum
{
  PROP_N_DONE = 1,
  PROP_RUNNING,
} PsaRoundProperty;

static GParamSpec *properties[PROP_RUNNING + 1];

G_DEFINE_FINAL_TYPE (PsaRound, psa_round, G_TYPE_OBJECT)

static void start_next (PsaRound *self);

static void
set_running (PsaRound *self, gboolean running)
{
  if (self->running == running)
    return;

  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
count (PsaRound *self)
{
  self->n_done++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
}

static void
checked_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(PsaRound) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) result =
      psa_monitor_check_finish (PSA_MONITOR (object), async_result, &error);

  if (result != NULL)
    {
      PsaState state = psa_cause_get_state (result->cause);

      if (state != PSA_STATE_CONNECTED)
        self->n_found_wrong++;
      /* Somebody who has said no once is not asked two hundred times. */
      if (result->cause == PSA_CAUSE_KEYRING_LOCKED)
        self->prompt = PSA_VAULT_NO_PROMPT;
    }
  self->n_started--;
  count (self);
  start_next (self);
}

/* Which of the waiting ones is still there and not under way by itself. */
static PsaProfile *
take_next (PsaRound *self)
{
  PsaStore *store = psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
  PsaProfile *profile;

  while ((profile = g_queue_pop_head (&self->waiting)) != NULL)
    {
      if (psa_store_get_profile (store, psa_profile_get_id (profile)) == profile &&
          !psa_status_get_checking (psa_monitor_get_status (self->monitor, profile)))
        return profile;
      g_object_unref (profile);
      count (self);
    }
  return NULL;
}

static void
start_next (PsaRound *self)
{
  g_autoptr(PsaRound) alive = g_object_ref (self);

  while (!g_cancellable_is_cancelled (self->cancellable) && self->n_started < N_STARTED)
    {
      g_autoptr(PsaProfile) profile = take_next (self);

      if (profile == NULL)
        break;
      self->n_started++;
      psa_monitor_check_async (self->monitor, profile, self->prompt, self->cancellable, checked_cb,
                               g_object_ref (self));
    }
  if (self->n_started == 0)
    set_running (self, FALSE);
}

static void
psa_round_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaRound *self = PSA_ROUND (object);

  switch ((PsaRoundProperty) prop_id)
    {
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_round_finalize (GObject *object)
{
  PsaRound *self = PSA_ROUND (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  g_object_unref (self->cancellable);
  g_object_unref (self->monitor);
  G_OBJECT_CLASS (psa_round_parent_class)->finalize (object);
}

static void
psa_round_class_init (PsaRoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = psa_round_get_property;
  object_class->finalize = psa_round_finalize;

  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_round_init (PsaRound *self)
{
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
  self->prompt = PSA_VAULT_MAY_PROMPT;
}

/**
 * psa_round_new:
 * @monitor: who checks
 * @profiles: (element-type PsaProfile): kept profiles, those that somebody looks at first
 *
 * Returns: (transfer full): a round that has not begun
 */
PsaRound *
psa_round_new (PsaMonitor *monitor, GPtrArray *profiles)
{
  PsaRound *self;

  g_return_val_if_fail (PSA_IS_MONITOR (monitor), NULL);
  g_return_val_if_fail (profiles != NULL, NULL);

  self = g_object_new (PSA_TYPE_ROUND, NULL);
  self->monitor = g_object_ref (monitor);
  self->n_all = profiles->len;
  for (guint i = 0; i < profiles->len; i++)
    g_queue_push_tail (&self->waiting, g_object_ref (profiles->pdata[i]));
  return self;
}

/**
 * psa_round_start:
 * @self: a round that has not begun
 *
 * Begins. A profile that is under way already is left alone, one that was deleted meanwhile is passed over. The
 * keyring may ask to be unlocked, until that was refused once. The round keeps itself until it has ended.
 */
void
psa_round_start (PsaRound *self)
{
  g_return_if_fail (PSA_IS_ROUND (self));
  g_return_if_fail (!self->running);

  set_running (self, TRUE);
  start_next (self);
}

/**
 * psa_round_cancel:
 * @self: a round
 *
 * Cancels what is under way and begins nothing more. What was found so far stays.
 */
void
psa_round_cancel (PsaRound *self)
{
  g_return_if_fail (PSA_IS_ROUND (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * psa_round_get_running:
 * @self: a round
 *
 * Returns: whether anything of it is still under way
 */
gboolean
psa_round_get_running (PsaRound *self)
{
  g_return_val_if_fail (PSA_IS_ROUND (self), FALSE);

  return self->running;
}

/**
 * psa_round_get_n_done:
 * @self: a round
 *
 * Returns: how many are through, whatever came of it
 */
guint
psa_round_get_n_done (PsaRound *self)
{
  g_return_val_if_fail (PSA_IS_ROUND (self), 0);

  return self->n_done;
}

/**
 * psa_round_get_n_all:
 * @self: a round
 *
 * Returns: how many there are
 */
guint
psa_round_get_n_all (PsaRound *self)
{
  g_return_val_if_fail (PSA_IS_ROUND (self), 0);

  return self->n_all;
}

/**
 * psa_round_get_n_found_wrong:
 * @self: a round
 *
 * Returns: how many of those that are through need attention
 */
guint
psa_round_get_n_found_wrong (PsaRound *self)
{
  g_return_val_if_fail (PSA_IS_ROUND (self), 0);

  return self->n_found_wrong;
}
