/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"

#include "psa-permissions-run-private.h"
#include "psa-probe.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a key may do, asked of the practice tenant. */

typedef struct
{
  PsaPermissionsRun *run;
  PsaPermissions *permissions;
  PsaResult *failure;
  GError *error;
  guint n_calls;
  guint n_steps;     /* how often progress was told */
  guint most_flying; /* requests under way at once */
} Asked;

static void
asked_free (Asked *self)
{
  g_clear_object (&self->run);
  g_clear_pointer (&self->permissions, psa_permissions_unref);
  g_clear_pointer (&self->failure, psa_result_unref);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Asked *self = user_data;

  self->n_calls++;
  self->permissions = psa_permissions_run_finish (PSA_PERMISSIONS_RUN (object), result,
                                                  &self->failure, &self->error);
}

static void
on_progress_cb (PsaPermissionsRun *run, GParamSpec *pspec, gpointer user_data)
{
  Asked *self = user_data;

  self->n_steps++;
  self->most_flying = MAX (self->most_flying, run->n_flying);
  if (psa_permissions_run_get_total (run) > 0)
    g_assert_cmpuint (psa_permissions_run_get_done (run), <=, psa_permissions_run_get_total (run));
}

static Asked *
start (PracticeFixture *tenant, const char *company, GCancellable *cancellable)
{
  Asked *self = g_new0 (Asked, 1);
  g_autoptr(PsaProfile) profile = check_run_make_profile (tenant, company);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(PsaSecret) client_id = psa_secret_new (tenant->client_id);
  g_autoptr(PsaSecret) password = psa_secret_new (tenant->private_key);

  self->run = psa_permissions_run_new (client, vault, profile);
  g_signal_connect (self->run, "notify::done", G_CALLBACK (on_progress_cb), self);
  psa_permissions_run_async (self->run, client_id, password, PSA_VAULT_NO_PROMPT, cancellable,
                             run_cb, self);
  return self;
}

static Asked *
ask (PracticeFixture *tenant, const char *company)
{
  Asked *self = start (tenant, company, NULL);

  check_run_until (self->n_calls > 0, 30);
  g_assert_cmpuint (self->n_calls, ==, 1);
  g_assert_no_error (self->error);
  g_assert_true ((self->permissions == NULL) != (self->failure == NULL));
  return self;
}

static PsaRights
sum (Asked *self, PsaModule module)
{
  g_assert_nonnull (self->permissions);
  return psa_permissions_sum (self->permissions, module);
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

/* Levels mixed, over two pages; and never anything but GET. */
static void
test_matrix (void)
{
  g_autofree char *record = g_build_filename (g_get_user_runtime_dir (), "rights.jsonl", NULL);
  g_autofree char *option = g_strconcat ("--record=", record, NULL);
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (option));
  g_autoptr(Asked) asked = ask (tenant, "rights-matrix");
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (asked->permissions->from_matrix);
  g_assert_false (asked->permissions->blank_references);
  g_assert_cmpint (asked->permissions->asked_at, >, 0);
  g_assert_cmpint (sum (asked, PSA_MODULE_FINANCE).inquire, ==, PSA_LEVEL_NONE);
  g_assert_cmpint (sum (asked, PSA_MODULE_COMPANY).inquire, ==, PSA_LEVEL_ALL);
  g_assert_cmpint (sum (asked, PSA_MODULE_SALES).inquire, ==, PSA_LEVEL_ALL);
  g_assert_cmpuint (sum (asked, PSA_MODULE_SALES).n_refused, >, 0); /* on the first page */
  g_assert_cmpint (sum (asked, PSA_MODULE_SALES).add, ==, PSA_LEVEL_NONE);
  g_assert_cmpuint (psa_permissions_run_get_done (asked->run), ==, 3);

  g_file_get_contents (record, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (text, "\"method\":"), ==, count (text, "\"method\":\"GET\""));
  g_assert_cmpuint (count (text, "pageSize=100&page=1\""), ==, 1);
  g_assert_cmpuint (count (text, "pageSize=100&page=2\""), ==, 1);
  g_assert_cmpuint (count (text, "pageSize=100"), ==, 2);
  g_assert_cmpuint (count (text, "/company/companies\""), ==, 1);
}

/* Where the matrix does not answer each module is counted, a few at a time. */
static void
test_counts (void)
{
  static const char *const companies[] = { "no-rights-matrix", "matrix-empty", "counts", "counts-zero",
                                           "matrix-wrong-shape" };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      g_autoptr(Asked) asked = ask (tenant, companies[i]);

      g_test_message ("%s", companies[i]);
      if (g_str_equal (companies[i], "matrix-wrong-shape"))
        {
          g_assert_cmpint (asked->failure->cause, ==, PSA_CAUSE_BAD_ANSWER);
          continue;
        }
      g_assert_false (asked->permissions->from_matrix);
      g_assert_cmpuint (asked->permissions->rights->len, ==, psa_probe_get_n ());
      for (guint j = 0; j < PSA_N_MODULES; j++)
        g_assert_cmpint (sum (asked, j).inquire, ==, PSA_LEVEL_READABLE);
      g_assert_cmpuint (psa_permissions_run_get_total (asked->run), ==, psa_probe_get_n () + 1);
      g_assert_cmpuint (psa_permissions_run_get_done (asked->run), ==, psa_probe_get_n () + 1);
      g_assert_cmpuint (asked->n_steps, >=, psa_probe_get_n ());
      g_assert_cmpuint (asked->most_flying, >=, 2);
      g_assert_cmpuint (asked->most_flying, <=, 4);
    }
}

static void
test_narrow (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(Asked) one = ask (tenant, "agreements-only");
  g_autoptr(Asked) none = ask (tenant, "no-right");

  g_assert_cmpint (sum (one, PSA_MODULE_FINANCE).inquire, ==, PSA_LEVEL_READABLE);
  g_assert_cmpuint (sum (one, PSA_MODULE_FINANCE).n_refused, ==, 1);
  g_assert_cmpint (sum (one, PSA_MODULE_COMPANY).inquire, ==, PSA_LEVEL_NONE);
  for (guint i = 0; i < PSA_N_MODULES; i++)
    g_assert_cmpint (sum (none, i).inquire, ==, PSA_LEVEL_NONE);
}

/* The base that answered is asked on. */
static void
test_bases (void)
{
  static const char *const companies[] = { "ok-versioned-only", "proof-versioned-only",
                                           "own-server" };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      g_autoptr(Asked) asked = ask (tenant, companies[i]);

      g_test_message ("%s", companies[i]);
      g_assert_true (asked->permissions->from_matrix);
      g_assert_cmpint (sum (asked, PSA_MODULE_FINANCE).inquire, ==, PSA_LEVEL_ALL);
    }
}

static void
test_blank_references (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(Asked) blank = ask (tenant, "blank-references");
  g_autoptr(Asked) whole = ask (tenant, "ok");

  g_assert_true (blank->permissions->blank_references);
  g_assert_false (whole->permissions->blank_references);
}

static void
test_failures (void)
{
  static const struct
  {
    const char *company, *cause;
  } rows[] = {
    { "keys-401", "keys-rejected" },     { "unknown-company-404", "unknown-company" },
    { "bare-403", "client-id-refused" }, { "rate-limited", "rate-limited" },
    { "reset", "bad-answer" },
  };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(Asked) asked = ask (tenant, rows[i].company);

      g_assert_nonnull (asked->failure);
      g_assert_cmpstr (psa_cause_get_token (asked->failure->cause), ==, rows[i].cause);
    }
}

/* A 429 in the middle ends it at once, with the time of the next try. */
static void
test_rate_limited (void)
{
  g_autofree char *record = g_build_filename (g_get_user_runtime_dir (), "limited.jsonl", NULL);
  g_autofree char *option = g_strconcat ("--record=", record, NULL);
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS (option));
  g_autoptr(Asked) asked = ask (tenant, "rate-limited-later");
  g_autofree char *text = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_nonnull (asked->failure);
  g_assert_cmpint (asked->failure->cause, ==, PSA_CAUSE_RATE_LIMITED);
  g_assert_cmpuint (asked->failure->http_status, ==, 429);
  g_assert_cmpint (asked->failure->retry_at, >, now + 20);
  g_assert_cmpint (asked->failure->retry_at, <=, now + 30);
  g_file_get_contents (record, &text, NULL, NULL);
  g_assert_nonnull (strstr (text, "/finance/agreements/count"));
  g_assert_null (strstr (text, "/system/securityroles/count"));
}

static void
test_cancel (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);

  /* before the sign-in, and after the first right */
  for (guint steps = 0; steps < 2; steps++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(Asked) asked = start (tenant, "counts", cancellable);

      if (steps > 0)
        check_run_until (psa_permissions_run_get_done (asked->run) > 0, 30);
      g_cancellable_cancel (cancellable);
      while (asked->n_calls == 0)
        g_assert_true (g_main_context_iteration (NULL, FALSE));
      g_assert_error (asked->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (asked->permissions);
      g_assert_null (asked->failure);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (asked->n_calls, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/permissions-run/matrix", test_matrix);
  g_test_add_func ("/permissions-run/counts", test_counts);
  g_test_add_func ("/permissions-run/narrow", test_narrow);
  g_test_add_func ("/permissions-run/bases", test_bases);
  g_test_add_func ("/permissions-run/blank-references", test_blank_references);
  g_test_add_func ("/permissions-run/failures", test_failures);
  g_test_add_func ("/permissions-run/rate-limited", test_rate_limited);
  g_test_add_func ("/permissions-run/cancel", test_cancel);

  return g_test_run ();
}
