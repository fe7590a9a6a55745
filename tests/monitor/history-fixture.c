/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"

static gboolean
on_deadline_cb (gpointer user_data)
{
  g_error ("Waited for %d seconds in vain", HISTORY_FIXTURE_DEADLINE);
  return G_SOURCE_REMOVE;
}

void
history_fixture_result_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

void
history_fixture_wait (GAsyncResult **result)
{
  guint deadline = g_timeout_add_seconds (HISTORY_FIXTURE_DEADLINE, on_deadline_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

void
history_fixture_set_up (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  fixture->outside = g_dir_make_tmp ("psa-history-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->outside, "state", NULL);
  fixture->path = g_build_filename (fixture->folder, "history.sqlite", NULL);
  fixture->victim = g_build_filename (fixture->outside, "victim", NULL);
  g_file_set_contents (fixture->victim, HISTORY_FIXTURE_VICTIM, -1, &error);
  g_assert_no_error (error);
}

void
history_fixture_tear_down (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->outside);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->outside);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->victim);
}

static gboolean
is_open (HistoryFixture *fixture)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *descriptor = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (descriptor, NULL);

      if (target != NULL && g_str_has_prefix (target, fixture->path))
        return TRUE;
    }
  return FALSE;
}

/* Until every connection of ours is closed, which is done in the background. */
void
history_fixture_settle (HistoryFixture *fixture)
{
  guint deadline = g_timeout_add_seconds (HISTORY_FIXTURE_DEADLINE, on_deadline_cb, NULL);

  while (is_open (fixture))
    g_main_context_iteration (NULL, FALSE);
  g_source_remove (deadline);
}

PsaResult *
history_fixture_make_result (PsaProfile *profile, PsaCause cause)
{
  PsaResult *result = psa_result_new (profile);

  result->cause = cause;
  result->checked_at = g_get_real_time ();
  result->duration_ms = 212;
  return result;
}

gboolean
history_fixture_try_add (PsaHistory *history, PsaResult *check_result, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_history_add_async (history, check_result, NULL, history_fixture_result_cb, &result);
  history_fixture_wait (&result);
  return psa_history_add_finish (history, result, error);
}

void
history_fixture_add (PsaHistory *history, PsaProfile *profile, PsaCause cause)
{
  g_autoptr(PsaResult) check_result = history_fixture_make_result (profile, cause);
  g_autoptr(GError) error = NULL;

  history_fixture_try_add (history, check_result, &error);
  g_assert_no_error (error);
}

GPtrArray *
history_fixture_load (PsaHistory *history)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *results;

  psa_history_load_async (history, PSA_HISTORY_ALL, NULL, history_fixture_result_cb, &result);
  history_fixture_wait (&result);
  results = psa_history_load_finish (history, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (results);
  return results;
}

PsaResult *
history_fixture_find (GPtrArray *results, PsaProfile *profile)
{
  PsaResult *found = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      PsaResult *result = results->pdata[i];

      if (g_str_equal (result->profile_id, psa_profile_get_id (profile)))
        {
          g_assert_null (found);
          found = result;
        }
    }
  return found;
}

void
history_fixture_assert_last (HistoryFixture *fixture, PsaProfile *profile, PsaCause cause)
{
  g_autoptr(PsaHistory) history = psa_history_new (fixture->folder);
  g_autoptr(GPtrArray) results = history_fixture_load (history);
  PsaResult *found = history_fixture_find (results, profile);

  g_assert_nonnull (found);
  g_assert_cmpint (found->cause, ==, cause);
  g_assert_null (psa_history_get_problem (history));
}
