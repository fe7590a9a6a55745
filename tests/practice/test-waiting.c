/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-practice"

#include "practice-fixture.h"

/* Answers that are waited for, all at once: one that comes after more than five seconds, and those
 * that have not come by then. */

typedef struct
{
  const char *company;
  const char *path;
  guint status; /* what is there all the same, 0: nothing */
  SoupMessage *message;
  GAsyncResult *result;
} Wait;

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  g_set_object (&wait->result, result);
}

static void
start (PracticeFixture *tenant, Wait *wait, GCancellable *cancellable)
{
  wait->message = practice_fixture_make (tenant, wait->company, wait->path);
  soup_session_send_and_read_async (tenant->session, wait->message, G_PRIORITY_DEFAULT, cancellable,
                                    done_cb, wait);
}

static GBytes *
finish (PracticeFixture *tenant, Wait *wait, GError **error)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return soup_session_send_and_read_finish (tenant->session, wait->result, error);
}

static void
clear (Wait *wait)
{
  g_clear_object (&wait->message);
  g_clear_object (&wait->result);
}

static void
test_patience (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GBytes) good = NULL;
  g_autoptr(GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  Wait late = { .company = "late-info", .path = INFO };
  Wait waits[] = {
    { "silent", "/login/companyinfo/silent", 0 },
    { "silent", INFO, 0 },
    { "silent-info", INFO, 0 },
    { "silent-proof", MATRIX, 0 },
    { "silent-proof", COUNT, 0 },
    { "slow", "/login/companyinfo/slow", 200 },
    { "slow-info", INFO, 200 },
    { "slow-headers", INFO, 0 },
  };

  g_clear_object (&tenant->session);
  tenant->session = soup_session_new_with_options ("timeout", 20, "max-conns-per-host", 20,
                                                   "proxy-resolver", NULL, NULL);
  start (tenant, &late, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    start (tenant, &waits[i], cancellable);

  good = finish (tenant, &late, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (late.message), ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 5 * G_USEC_PER_SEC);

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_test_message ("%s %s", waits[i].company, waits[i].path);
      g_assert_null (waits[i].result);
      g_assert_cmpuint (soup_message_get_status (waits[i].message), ==, waits[i].status);
    }

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr(GError) cancelled = NULL;
      g_autoptr(GBytes) bytes = finish (tenant, &waits[i], &cancelled);

      g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      clear (&waits[i]);
    }
  clear (&late);
}

/* The tenant goes on serving while others wait for it, and the stages before are answered. */
static void
test_others (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) cancelled = NULL;
  g_autoptr(PracticeReply) company =
      practice_fixture_get (tenant, NULL, "/login/companyinfo/silent-info", NULL);
  g_autoptr(PracticeReply) info = practice_fixture_get (tenant, "silent-proof", INFO, NULL);
  g_autoptr(PracticeReply) other = NULL;
  g_autoptr(GBytes) bytes = NULL;
  Wait wait = { .company = "silent", .path = INFO };

  g_assert_cmpuint (company->status, ==, 200);
  g_assert_cmpuint (info->status, ==, 200);

  start (tenant, &wait, cancellable);
  other = practice_fixture_get (tenant, "ok", INFO, NULL);
  g_assert_cmpuint (other->status, ==, 200);
  g_assert_null (wait.result);

  g_cancellable_cancel (cancellable);
  bytes = finish (tenant, &wait, &cancelled);
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  clear (&wait);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/practice/waiting/patience", test_patience);
  g_test_add_func ("/practice/waiting/others", test_others);

  return g_test_run ();
}
