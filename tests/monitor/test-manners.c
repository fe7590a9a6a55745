/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-monitor"

#include "monitor-place.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a server saw: the requests of a record that are about a company. */
static guint
count_requests (const char *record, const char *company)
{
  g_autofree char *text = NULL;
  g_autofree char *path = g_strconcat ("/login/companyinfo/", company, "\"", NULL);
  guint n = 0;

  if (!g_file_get_contents (record, &text, NULL, NULL))
    return 0;
  for (const char *at = text; (at = strstr (at, path)) != NULL; at++)
    n++;
  return n;
}

static char *
make_record (const char *name, char **option)
{
  g_autofree char *file = g_strconcat (name, ".jsonl", NULL);
  char *record = g_build_filename (g_get_user_runtime_dir (), file, NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  *option = g_strconcat ("--record=", record, NULL);
  return record;
}

/* A profile of a tenant that is not the place's own. */
static PsaProfile *
add_at (MonitorPlace *self, PracticeFixture *tenant, const char *company)
{
  g_autoptr(PsaProfile) draft = check_run_make_profile (tenant, company);

  return monitor_place_save (self, draft, tenant->private_key);
}

static void
start (MonitorPlace *self, PsaProfile *profile, GAsyncResult **result)
{
  psa_monitor_check_async (self->monitor, profile, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                           result);
}

static void
cancel (MonitorPlace *self, PsaProfile *profile, GAsyncResult **result)
{
  g_autoptr(GError) error = NULL;

  psa_monitor_cancel (self->monitor, profile);
  g_assert_null (monitor_place_finish (self, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Sees that whatever was due has been sent: a check past the scheduler, to the same server, has come back. */
static void
let_pass (PracticeFixture *tenant)
{
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, "ok");
  g_autoptr(CheckRun) run = check_run_do (client, profile, tenant);

  check_run_assert (run, "past the scheduler", PSA_CAUSE_OK);
}

/* The server never sees more than four checks of one host at once, nor all servers more than eight; who waits says so. */
static void
test_in_flight (void)
{
  g_autofree char *options[3] = { NULL };
  g_autofree char *first_record = make_record ("first", &options[0]);
  g_autofree char *second_record = make_record ("second", &options[1]);
  g_autofree char *third_record = make_record ("third", &options[2]);
  g_autoptr(MonitorPlace) self = monitor_place_new (WORDS (options[0]));
  g_autoptr(PracticeFixture) second =
      practice_fixture_new (WORDS ("--address", "127.0.0.2", options[1]));
  g_autoptr(PracticeFixture) third =
      practice_fixture_new (WORDS ("--address", "127.0.0.3", options[2]));
  PsaProfile *profiles[10];
  GAsyncResult *results[10] = { NULL };
  PsaProfile *last = add_at (self, third, "silent");
  g_autoptr(GAsyncResult) last_result = NULL;
  PsaCheck *waiting;

  for (guint i = 0; i < 5; i++)
    {
      profiles[i] = monitor_place_add (self, "silent");
      profiles[5 + i] = add_at (self, second, "silent");
    }
  for (guint i = 0; i < 5; i++)
    start (self, profiles[i], &results[i]);
  check_run_until (count_requests (first_record, "silent") == 4, 10);
  let_pass (self->tenant);
  g_assert_cmpuint (count_requests (first_record, "silent"), ==, 4);
  waiting = psa_status_get_check (psa_monitor_get_status (self->monitor, profiles[4]));
  g_assert_cmpstr (psa_check_get_waiting (waiting), ==, "Waiting for its turn");
  waiting = psa_status_get_check (psa_monitor_get_status (self->monitor, profiles[0]));
  g_assert_cmpstr (psa_check_get_waiting (waiting), ==, "");

  for (guint i = 5; i < 10; i++)
    start (self, profiles[i], &results[i]);
  start (self, last, &last_result);
  check_run_until (count_requests (second_record, "silent") == 4, 10);
  let_pass (third);
  g_assert_cmpuint (count_requests (third_record, "silent"), ==, 0);
  g_assert_cmpuint (count_requests (first_record, "silent"), ==, 4);

  cancel (self, profiles[1],
          &results[1]); /* the fifth of the first host came before the third host */
  check_run_until (count_requests (first_record, "silent") == 5, 10);
  let_pass (third);
  g_assert_cmpuint (count_requests (third_record, "silent"), ==, 0);
  cancel (self, profiles[2], &results[2]);
  check_run_until (count_requests (third_record, "silent") == 1 ||
                       count_requests (second_record, "silent") == 5,
                   10);
  g_assert_cmpuint (count_requests (second_record, "silent"), ==, 4); /* that host is still full */

  for (guint i = 0; i < 10; i++)
    {
      if (i != 1 && i != 2)
        cancel (self, profiles[i], &results[i]);
      g_clear_object (&results[i]);
    }
  cancel (self, last, &last_result);
}

/* What a form holds, or what a key may do: asked for here, and cancelled in the end. */
typedef struct
{
  PsaCheck *check;
  PsaPermissionsRun *run;
  GCancellable *cancellable;
  GAsyncResult *result;
} Asked;

static void
asked_free (Asked *self)
{
  g_clear_object (&self->check);
  g_clear_object (&self->run);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->result);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static Asked *
try_draft (MonitorPlace *self, PracticeFixture *tenant)
{
  Asked *asked = g_new0 (Asked, 1);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaProfile) draft = check_run_make_profile (tenant, "silent");
  g_autoptr(PsaSecret) client_id = psa_secret_new (tenant->client_id);
  g_autoptr(PsaSecret) password = psa_secret_new (tenant->private_key);

  asked->check = psa_check_new (client, self->vault, draft);
  asked->cancellable = g_cancellable_new ();
  psa_monitor_try_async (self->monitor, draft, asked->check, client_id, password,
                         asked->cancellable, keyring_result_cb, &asked->result);
  return asked;
}

static Asked *
read_permissions (MonitorPlace *self, PsaProfile *profile)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->run = psa_monitor_dup_permissions_run (self->monitor, profile);
  asked->cancellable = g_cancellable_new ();
  psa_monitor_permissions_async (self->monitor, profile, asked->run, asked->cancellable,
                                 keyring_result_cb, &asked->result);
  return asked;
}

static PsaPermissions *
finish_permissions (MonitorPlace *self, Asked *asked, PsaResult **failure, GError **error)
{
  check_run_until (asked->result != NULL, 40);
  return psa_monitor_permissions_finish (self->monitor, asked->result, failure, error);
}

static void
give_up (MonitorPlace *self, Asked *asked)
{
  g_autoptr(PsaResult) failure = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (asked->cancellable);
  check_run_until (asked->result != NULL, 10);
  if (asked->check != NULL)
    g_assert_null (psa_monitor_try_finish (self->monitor, asked->result, &error));
  else
    g_assert_null (finish_permissions (self, asked, &failure, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (failure);
}

/* A form and the reading of permissions take the place of a check, and wait like one. */
static void
test_all_that_sign_in (void)
{
  g_autofree char *options[3] = { NULL };
  g_autofree char *first_record = make_record ("first", &options[0]);
  g_autofree char *second_record = make_record ("second", &options[1]);
  g_autofree char *third_record = make_record ("third", &options[2]);
  g_autoptr(MonitorPlace) self = monitor_place_new (WORDS (options[0]));
  g_autoptr(PracticeFixture) second =
      practice_fixture_new (WORDS ("--address", "127.0.0.2", options[1]));
  g_autoptr(PracticeFixture) third =
      practice_fixture_new (WORDS ("--address", "127.0.0.3", options[2]));
  PsaProfile *checked[2] = { monitor_place_add (self, "silent"),
                             monitor_place_add (self, "silent") };
  PsaProfile *read_here = monitor_place_add (self, "silent");
  PsaProfile *read_there = add_at (self, second, "silent");
  GAsyncResult *results[2] = { NULL };
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) asked_free);
  Asked *form;
  Asked *reading;
  CheckRun *past[4];
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(PsaProfile) silent = check_run_make_profile (third, "silent");

  for (guint i = 0; i < 2; i++)
    start (self, checked[i], &results[i]);
  g_ptr_array_add (all, try_draft (self, self->tenant));
  g_ptr_array_add (all, read_permissions (self, read_here));
  check_run_until (count_requests (first_record, "silent") == 4, 10);
  g_ptr_array_add (all, form = try_draft (self, self->tenant));
  g_ptr_array_add (all, reading = read_permissions (self, read_here));
  let_pass (self->tenant);
  g_assert_cmpuint (count_requests (first_record, "silent"), ==, 4); /* at one host */
  g_assert_cmpstr (psa_check_get_waiting (form->check), ==, "Waiting for its turn");
  g_assert_cmpstr (psa_permissions_run_get_waiting (reading->run), ==, "Waiting for its turn");

  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (all,
                     i % 2 == 0 ? try_draft (self, second) : read_permissions (self, read_there));
  check_run_until (count_requests (second_record, "silent") == 4, 10);
  g_ptr_array_add (all, try_draft (self, third));
  let_pass (third);
  g_assert_cmpuint (count_requests (third_record, "silent"), ==, 0); /* and in all */

  /* Who need not sign in, such as a search for the region, finds a connection all the same. */
  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    past[i] = check_run_start (client, NULL, silent, third->client_id, third->private_key,
                               cancellable);
  check_run_until (count_requests (third_record, "silent") == G_N_ELEMENTS (past), 10);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    {
      check_run_wait (past[i]);
      check_run_free (past[i]);
    }

  for (guint i = 0; i < 2; i++)
    {
      cancel (self, checked[i], &results[i]);
      g_clear_object (&results[i]);
    }
  check_run_until (count_requests (first_record, "silent") == 6, 10);
  g_assert_cmpstr (psa_check_get_waiting (form->check), ==, "");
  g_assert_cmpstr (psa_permissions_run_get_waiting (reading->run), ==, "");
  for (guint i = 0; i < all->len; i++)
    give_up (self, g_ptr_array_index (all, i));
}

/* A pause that the tenant asks for while permissions are read is heeded, and ends when it answers. */
static void
test_permissions_limited (void)
{
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  PsaScheduler *scheduler = psa_monitor_get_scheduler (self->monitor);
  const char *host = self->tenant->host;
  g_autoptr(Asked) limited =
      read_permissions (self, monitor_place_add (self, "rate-limited-later"));
  g_autoptr(Asked) good = NULL;
  g_autoptr(PsaResult) failure = NULL;
  g_autoptr(PsaResult) none = NULL;
  g_autoptr(PsaPermissions) permissions = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (finish_permissions (self, limited, &failure, &error));
  g_assert_no_error (error);
  g_assert_cmpint (failure->cause, ==, PSA_CAUSE_RATE_LIMITED);
  g_assert_cmpint (failure->retry_at, >, g_get_real_time () / G_USEC_PER_SEC);
  g_assert_cmpint (psa_scheduler_get_next_try (scheduler, host, "rate-limited-later"), ==,
                   failure->retry_at);

  psa_scheduler_hold (scheduler, host, "ok", 0);
  good = read_permissions (self, monitor_place_add (self, "ok"));
  permissions = finish_permissions (self, good, &none, &error);
  g_assert_no_error (error);
  g_assert_nonnull (permissions);
  g_assert_null (none);
  g_assert_cmpint (psa_scheduler_get_next_try (scheduler, host, "ok"), ==, 0);
}

/* After a 429 what is automatic leaves that tenant alone, and no other of its host; whoever asks is served at once. */
static void
test_rate_limited (void)
{
  g_autofree char *option = NULL;
  g_autofree char *record = make_record ("limited", &option);
  g_autoptr(MonitorPlace) self = monitor_place_new (WORDS (option));
  PsaProfile *limited = monitor_place_add (self, "rate-limited");
  PsaProfile *other = monitor_place_add (self, "ok");
  PsaScheduler *scheduler = psa_monitor_get_scheduler (self->monitor);
  g_autoptr(PsaResult) first = monitor_place_check (self, limited);
  g_autoptr(PsaResult) asked = NULL;
  g_autoptr(PsaResult) unasked = NULL;
  g_autoptr(GAsyncResult) held_result = NULL;
  g_autoptr(GAsyncResult) other_result = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (first->cause, ==, PSA_CAUSE_RATE_LIMITED);
  g_assert_cmpint (psa_scheduler_get_next_try (scheduler, self->tenant->host, "rate-limited"), ==,
                   first->retry_at);
  psa_monitor_check_unasked_async (self->monitor, limited, NULL, keyring_result_cb, &held_result);
  psa_monitor_check_unasked_async (self->monitor, other, NULL, keyring_result_cb, &other_result);
  unasked = monitor_place_finish (self, &other_result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (unasked->cause, ==, PSA_CAUSE_OK);
  g_assert_cmpuint (count_requests (record, "rate-limited"), ==, 1);
  g_assert_null (held_result);

  asked = monitor_place_check (self, limited); /* and takes the place of the one that waits */
  g_assert_cmpint (asked->cause, ==, PSA_CAUSE_RATE_LIMITED);
  g_assert_cmpuint (count_requests (record, "rate-limited"), ==, 2);
  g_assert_null (monitor_place_finish (self, &held_result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* In whatever form the server says how long, the result tells when the next try is possible; also after a restart. */
static void
test_retry_after (void)
{
  static const char *const companies[] = { "rate-limited", "rate-limited-date",
                                           "rate-limited-nonsense", "rate-limited-none" };
  g_autoptr(MonitorPlace) self = monitor_place_new (NULL);
  gint64 retry_at[G_N_ELEMENTS (companies)];

  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      gint64 before = g_get_real_time () / G_USEC_PER_SEC;
      g_autoptr(PsaResult) found =
          monitor_place_check (self, monitor_place_add (self, companies[i]));

      g_test_message ("%s: in %" G_GINT64_FORMAT " s", companies[i], found->retry_at - before);
      g_assert_cmpint (found->cause, ==, PSA_CAUSE_RATE_LIMITED);
      g_assert_cmpint (found->retry_at, >=, before + 28); /* a date has whole seconds */
      g_assert_cmpint (found->retry_at, <=, g_get_real_time () / G_USEC_PER_SEC + 30);
      retry_at[i] = found->retry_at;
    }

  monitor_place_close (self);
  monitor_place_open (self);
  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    g_assert_cmpint (psa_scheduler_get_next_try (psa_monitor_get_scheduler (self->monitor),
                                                 self->tenant->host, companies[i]),
                     ==, retry_at[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  keyring_add_case ("/manners/in-flight", KEYRING_FILE, test_in_flight);
  keyring_add_case ("/manners/all-that-sign-in", KEYRING_FILE, test_all_that_sign_in);
  keyring_add_case ("/manners/permissions-limited", KEYRING_FILE, test_permissions_limited);
  keyring_add_case ("/manners/rate-limited", KEYRING_FILE, test_rate_limited);
  keyring_add_case ("/manners/retry-after", KEYRING_FILE, test_retry_after);

  return g_test_run ();
}
