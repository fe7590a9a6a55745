/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-clock.h"

#define TICK_SECONDS 60

/**
 * PsaClock:
 *
 * The minute that every age on screen is told by: one timer for all rows. It runs as long as
 * somebody holds the clock.
 *
 * Property: now (microseconds since 1970, UTC), notified once a minute.
 */
struct _PsaClock
{
  GObject parent_instance;
  guint tick_id;
};

typedef enum
{
  PROP_NOW = 1,
} PsaClockProperty;

static GParamSpec *properties[PROP_NOW + 1];

G_DEFINE_FINAL_TYPE (PsaClock, psa_clock, G_TYPE_OBJECT)

static gboolean
tick_cb (gpointer user_data)
{
  g_object_notify_by_pspec (G_OBJECT (user_data), properties[PROP_NOW]);
  return G_SOURCE_CONTINUE;
}

static void
psa_clock_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((PsaClockProperty) prop_id)
    {
    case PROP_NOW:
      g_value_set_int64 (value, psa_clock_get_now (PSA_CLOCK (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_clock_dispose (GObject *object)
{
  g_clear_handle_id (&PSA_CLOCK (object)->tick_id, g_source_remove);
  G_OBJECT_CLASS (psa_clock_parent_class)->dispose (object);
}

static void
psa_clock_class_init (PsaClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = psa_clock_get_property;
  object_class->dispose = psa_clock_dispose;

  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_clock_init (PsaClock *self)
{
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
}

/**
 * psa_clock_dup_default:
 *
 * The clock that all of the window shares. Main thread only.
 *
 * Returns: (transfer full): the clock; it stops when the last holder lets go of it
 */
PsaClock *
psa_clock_dup_default (void)
{
  static PsaClock *shared;

  if (shared != NULL)
    return g_object_ref (shared);
  g_set_weak_pointer (&shared, g_object_new (PSA_TYPE_CLOCK, NULL));
  return shared;
}

/**
 * psa_clock_get_now:
 * @self: the clock
 *
 * Returns: the present, in microseconds since 1970, UTC
 */
gint64
psa_clock_get_now (PsaClock *self)
{
  g_return_val_if_fail (PSA_IS_CLOCK (self), 0);

  return g_get_real_time ();
}
