/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-command.h"
#include "psa-error.h"
#include "psa-output.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define DEFAULT_JOBS 4
#define MAX_JOBS PSA_SCHEDULER_MAX_CHECKS

/* So many wait with the scheduler at once: enough that a slow host keeps no other waiting, and few enough that every turn
 * of the main loop does not look at thousands. */
#define N_STARTED 64

/* One run of the command: the profiles in the order of the words, and each one's result. */
typedef struct
{
  PsaSession *session;
  GPtrArray *profiles;
  GPtrArray *results; /* NULL where a check has not ended in one */
  PsaVaultPrompt prompt;
  guint n_started;
  guint n_ended;
  gboolean cancelled;
} Run;

typedef struct
{
  Run *run;
  guint index;
} Job;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->profiles, g_ptr_array_unref);
  g_clear_pointer (&run->results, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
free_result (gpointer result)
{
  if (result != NULL)
    psa_result_unref (result);
}

/* A terminal sees how far it is; a pipe sees nothing. */
static void
show_progress (Run *run)
{
  if (run->profiles->len < 2 || !isatty (STDERR_FILENO))
    return;
  g_printerr ("\r");
  /* Translators: how many profiles of how many were checked so far */
  g_printerr (_("Checked %u of %u"), run->n_ended, run->profiles->len);
  if (run->n_ended == run->profiles->len)
    g_printerr ("\n");
}

static void start_next (Run *run);

static void
checked_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autofree Job *job = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) result =
      psa_monitor_check_finish (PSA_MONITOR (object), async_result, &error);
  Run *run = job->run;

  run->n_ended++;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    run->cancelled = TRUE;
  else if (error != NULL)
    g_printerr ("\rpsactl: %s\n", error->message);
  run->results->pdata[job->index] = g_steal_pointer (&result);
  show_progress (run);
  if (run->n_started < run->profiles->len && !run->cancelled)
    start_next (run);
}

static void
start_next (Run *run)
{
  Job *job = g_new (Job, 1);

  job->run = run;
  job->index = run->n_started++;
  psa_monitor_check_async (run->session->monitor, run->profiles->pdata[job->index], run->prompt,
                           run->session->cancellable, checked_cb, job);
}

/* Who goes when is the scheduler's. */
static void
run_all (Run *run, guint n_jobs)
{
  psa_scheduler_set_max_checks (psa_monitor_get_scheduler (run->session->monitor), n_jobs);
  while (run->n_started < MIN (run->profiles->len, N_STARTED))
    start_next (run);
  while (run->n_ended < run->n_started)
    g_main_context_iteration (NULL, TRUE);
  if (g_cancellable_is_cancelled (run->session->cancellable))
    run->cancelled = TRUE;
}

static gboolean
has_tag (PsaProfile *profile, const char *tag)
{
  g_auto(GStrv) tags = NULL;

  g_object_get (profile, "tags", &tags, NULL);
  return tags != NULL && g_strv_contains ((const char *const *) tags, tag);
}

/* Returns: (transfer full) (nullable): the named profiles, or all, or those with the tag */
static GPtrArray *
pick_profiles (PsaSession *session, char **names, guint n_names, const char *tag, GError **error)
{
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_names; i++)
    {
      PsaProfile *profile = psa_store_find (session->store, names[i], error);

      if (profile == NULL)
        return NULL;
      if (!g_ptr_array_find (profiles, profile, NULL))
        g_ptr_array_add (profiles, g_object_ref (profile));
    }
  if (n_names > 0)
    return g_steal_pointer (&profiles);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (session->store)); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (G_LIST_MODEL (session->store), i);

      if (tag == NULL || has_tag (profile, tag))
        g_ptr_array_add (profiles, g_steal_pointer (&profile));
    }
  if (tag != NULL && profiles->len == 0)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_NOT_FOUND, _("No profile has the tag “%s”."), tag);
      return NULL;
    }
  return g_steal_pointer (&profiles);
}

static PsaExit
print_results (Run *run, gboolean json)
{
  g_autoptr(JsonArray) results = json_array_new ();
  PsaExit status = run->cancelled ? PSA_EXIT_CANCELLED : PSA_EXIT_OK;

  for (guint i = 0; i < run->profiles->len; i++)
    {
      PsaResult *result = run->results->pdata[i];

      if (result == NULL)
        {
          status = psa_exit_worst (status, run->cancelled ? PSA_EXIT_CANCELLED : PSA_EXIT_INTERNAL);
          continue;
        }
      status = psa_exit_worst (status, psa_exit_from_cause (result->cause));
      if (json)
        json_array_add_object_element (results,
                                       psa_output_make_result (run->profiles->pdata[i], result));
      else
        psa_output_print_result (run->profiles->pdata[i], result);
    }
  if (json)
    psa_output_print_json ("results", results);
  return status;
}

/**
 * psa_command_check:
 * @argc: the number of words
 * @argv: the words, "check" first
 * @error: return location for what stopped it
 *
 * `psactl check [NAME… | --all | --tag T] [--jobs N] [--no-prompt] [--json]`
 *
 * Returns: the exit code; with several profiles the one that most needs a hand decides
 */
PsaExit
psa_command_check (int argc, char **argv, GError **error)
{
  gboolean all = FALSE;
  gboolean json = FALSE;
  gboolean no_prompt = FALSE;
  int n_jobs = DEFAULT_JOBS;
  g_autofree char *tag = NULL;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("Check every profile"), NULL },
    { "tag", 0, 0, G_OPTION_ARG_STRING, &tag, N_("Check the profiles with this tag"), "TAG" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &n_jobs, N_("How many at once, from 1 to 8"), "N" },
    { "no-prompt", 0, 0, G_OPTION_ARG_NONE, &no_prompt,
      N_("Never let the keyring ask to be unlocked"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr(PsaSession) session = NULL;
  g_auto(Run) run = { 0 };

  if (!psa_command_parse (entries, "[NAME…]",
                          _("Tries connections, says what works and what does not, and remembers "
                             "it."),
                          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if ((argc > 1) + all + (tag != NULL) != 1)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("“check” wants the names of profiles, or --all, or --tag."));
      return PSA_EXIT_USAGE;
    }
  if (n_jobs < 1 || n_jobs > MAX_JOBS)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID, _("--jobs: It is from 1 to %d."),
                   MAX_JOBS);
      return PSA_EXIT_USAGE;
    }

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  run.session = session;
  run.prompt = no_prompt ? PSA_VAULT_NO_PROMPT : PSA_VAULT_MAY_PROMPT;
  run.profiles = pick_profiles (session, argv + 1, argc - 1, tag, error);
  if (run.profiles == NULL)
    return PSA_EXIT_NOT_FOUND;
  run.results = g_ptr_array_new_with_free_func (free_result);
  g_ptr_array_set_size (run.results, run.profiles->len);

  run_all (&run, n_jobs);
  return print_results (&run, json);
}
