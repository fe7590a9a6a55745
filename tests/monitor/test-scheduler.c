/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-monitor"

#include "psa-scheduler.h"

/* A check that is not one: it enters, and leaves when the test says so. */
typedef struct
{
  PsaScheduler *scheduler;
  GPtrArray *order; /* those that may go, in the order in which they were told */
  const char *host;
  GCancellable *cancellable;
  gboolean ended;
  gboolean is_in;
} Walker;

static void
enter_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Walker *self = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_false (self->ended); /* once */
  self->ended = TRUE;
  self->is_in = psa_scheduler_enter_finish (PSA_SCHEDULER (object), result, &error);
  if (self->is_in)
    g_ptr_array_add (self->order, self);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
enter (Walker *self,
       PsaScheduler *scheduler,
       GPtrArray *order,
       const char *host,
       const char *company,
       PsaAsker asker)
{
  *self = (Walker) { .scheduler = scheduler, .order = order, .host = host };
  self->cancellable = g_cancellable_new ();
  psa_scheduler_enter_async (scheduler, host, company, asker, self->cancellable, enter_cb, self);
  g_assert_false (self->ended); /* never before the call returns */
}

static void
leave (Walker *self)
{
  g_assert_true (self->is_in);
  psa_scheduler_leave (self->scheduler, self->host);
  self->is_in = FALSE;
}

/* Whatever is due has come once nothing more is. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
finish (Walker *walkers, gsize n_walkers)
{
  for (gsize i = 0; i < n_walkers; i++)
    {
      g_cancellable_cancel (walkers[i].cancellable);
      settle ();
      g_assert_true (walkers[i].ended);
      if (walkers[i].is_in)
        leave (&walkers[i]);
      g_clear_object (&walkers[i].cancellable);
    }
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Four at one host, and the next in line is the one that came first; another host need not wait for it. */
static void
test_one_host (void)
{
  g_autoptr(PsaScheduler) scheduler = psa_scheduler_new ();
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Walker walkers[8];

  for (gsize i = 0; i < 7; i++)
    enter (&walkers[i], scheduler, order, "full.example", "contoso", PSA_ASKER_USER);
  enter (&walkers[7], scheduler, order, "other.example", "contoso", PSA_ASKER_USER);
  settle ();
  g_assert_cmpuint (order->len, ==, 5);
  for (guint i = 0; i < 4; i++)
    g_assert_true (order->pdata[i] == &walkers[i]);
  g_assert_true (order->pdata[4] == &walkers[7]);

  leave (&walkers[2]);
  settle ();
  g_assert_cmpuint (order->len, ==, 6);
  g_assert_true (order->pdata[5] == &walkers[4]);
  leave (&walkers[7]); /* makes no room at the full host */
  settle ();
  g_assert_cmpuint (order->len, ==, 6);
  leave (&walkers[0]);
  leave (&walkers[1]);
  settle ();
  g_assert_true (order->pdata[6] == &walkers[5]);
  g_assert_true (order->pdata[7] == &walkers[6]);
  finish (walkers, G_N_ELEMENTS (walkers));
}

static void
test_all_hosts (void)
{
  static const char *const hosts[] = { "a.example", "b.example", "c.example", "d.example" };
  g_autoptr(PsaScheduler) scheduler = psa_scheduler_new ();
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Walker walkers[12];

  for (gsize i = 0; i < G_N_ELEMENTS (walkers); i++)
    enter (&walkers[i], scheduler, order, hosts[i % 4], "contoso", PSA_ASKER_USER);
  settle ();
  g_assert_cmpuint (order->len, ==, PSA_SCHEDULER_MAX_CHECKS);
  leave (&walkers[5]);
  settle ();
  g_assert_cmpuint (order->len, ==, PSA_SCHEDULER_MAX_CHECKS + 1);
  g_assert_true (order->pdata[PSA_SCHEDULER_MAX_CHECKS] == &walkers[8]);
  finish (walkers, G_N_ELEMENTS (walkers));
}

static void
test_max_checks (void)
{
  static const char *const hosts[] = { "a.example", "b.example", "c.example" };
  g_autoptr(PsaScheduler) scheduler = psa_scheduler_new ();
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Walker walkers[3];

  psa_scheduler_set_max_checks (scheduler, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (walkers); i++)
    enter (&walkers[i], scheduler, order, hosts[i], "contoso", PSA_ASKER_USER);
  settle ();
  g_assert_cmpuint (order->len, ==, 1);
  psa_scheduler_set_max_checks (scheduler, 3);
  settle ();
  g_assert_cmpuint (order->len, ==, 3);
  finish (walkers, G_N_ELEMENTS (walkers));
}

/* Who is cancelled while it waits takes no place; who was let go keeps its own until it leaves. */
static void
test_cancel (void)
{
  g_autoptr(PsaScheduler) scheduler = psa_scheduler_new ();
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Walker walkers[6];

  for (gsize i = 0; i < G_N_ELEMENTS (walkers); i++)
    enter (&walkers[i], scheduler, order, "a.example", "contoso", PSA_ASKER_USER);
  g_cancellable_cancel (walkers[0].cancellable); /* let go already, and not told yet */
  g_cancellable_cancel (walkers[4].cancellable);
  settle ();
  g_assert_true (walkers[0].is_in);
  g_assert_true (walkers[4].ended);
  g_assert_false (walkers[4].is_in);
  g_assert_cmpuint (order->len, ==, 4);
  leave (&walkers[1]);
  settle ();
  g_assert_cmpuint (order->len, ==, 5);
  g_assert_true (order->pdata[4] == &walkers[5]);
  finish (walkers, G_N_ELEMENTS (walkers));
}

/* What is automatic waits for the tenant that asked for a pause, and for no other of its host. */
static void
test_hold (void)
{
  g_autoptr(PsaScheduler) scheduler = psa_scheduler_new ();
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Walker walkers[5];
  gint64 until = psa_scheduler_hold (scheduler, "a.example", "contoso", get_now () + 40);

  g_assert_cmpint (psa_scheduler_get_next_try (scheduler, "a.example", "contoso"), ==, until);
  g_assert_cmpint (psa_scheduler_get_next_try (scheduler, "a.example", "fabrikam"), ==, 0);
  g_assert_cmpint (psa_scheduler_get_next_try (scheduler, "b.example", "contoso"), ==, 0);
  enter (&walkers[0], scheduler, order, "a.example", "contoso", PSA_ASKER_AUTOMATIC);
  enter (&walkers[1], scheduler, order, "a.example", "contoso", PSA_ASKER_USER);
  enter (&walkers[2], scheduler, order, "a.example", "fabrikam", PSA_ASKER_AUTOMATIC);
  enter (&walkers[3], scheduler, order, "b.example", "contoso", PSA_ASKER_AUTOMATIC);
  enter (&walkers[4], scheduler, order, "a.example", "contoso", PSA_ASKER_AUTOMATIC);
  settle ();
  g_assert_cmpuint (order->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (order->pdata[i] == &walkers[i + 1]);

  psa_scheduler_release (scheduler, "a.example", "contoso");
  g_assert_cmpint (psa_scheduler_get_next_try (scheduler, "a.example", "contoso"), ==, 0);
  settle ();
  g_assert_cmpuint (order->len, ==, 5);
  finish (walkers, G_N_ELEMENTS (walkers));
}

/* It goes by itself once the pause is over. */
static void
test_wake (void)
{
  g_autoptr(PsaScheduler) scheduler = psa_scheduler_new ();
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Walker walker;
  gint64 until = psa_scheduler_hold (scheduler, "a.example", "contoso", get_now () + 2);

  enter (&walker, scheduler, order, "a.example", "contoso", PSA_ASKER_AUTOMATIC);
  while (!walker.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_now (), >=, until);
  finish (&walker, 1);
}

static void
assert_pause (PsaScheduler *scheduler, gint64 asked, gint64 seconds)
{
  gint64 before = get_now ();
  gint64 until =
      psa_scheduler_hold (scheduler, "a.example", "contoso", asked > 0 ? before + asked : 0);

  g_assert_cmpint (until, >=, before + seconds);
  g_assert_cmpint (until, <=, get_now () + seconds);
}

static void
test_pauses (void)
{
  g_autoptr(PsaScheduler) scheduler = psa_scheduler_new ();

  assert_pause (scheduler, 0, 30);
  assert_pause (scheduler, 0, 60);
  assert_pause (scheduler, 0, 120);
  assert_pause (scheduler, 0, 120);
  assert_pause (scheduler, 45, 45); /* told again */
  assert_pause (scheduler, 0, 30);
  psa_scheduler_release (scheduler, "a.example", "contoso");
  assert_pause (scheduler, 0, 30);
  assert_pause (scheduler, 86400, 600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/scheduler/one-host", test_one_host);
  g_test_add_func ("/scheduler/all-hosts", test_all_hosts);
  g_test_add_func ("/scheduler/max-checks", test_max_checks);
  g_test_add_func ("/scheduler/cancel", test_cancel);
  g_test_add_func ("/scheduler/hold", test_hold);
  g_test_add_func ("/scheduler/wake", test_wake);
  g_test_add_func ("/scheduler/pauses", test_pauses);

  return g_test_run ();
}
