/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-history.h"

#include "psa-error.h"
#include "psa-history-file.h"

/*
 * A call becomes a job; the jobs run in their order on the one thread that ever sees the file.
 */

typedef enum
{
  JOB_LOAD,
  JOB_ADD,
  JOB_REMOVE,
} JobKind;

/* Task data of a call. */
typedef struct
{
  JobKind kind;
  PsaHistoryPart part;
  PsaResult *result;
  GStrv ids;
  GPtrArray *results; /* (element-type PsaResult): what was loaded */
  char *problem;
} Job;

struct _PsaHistory
{
  GObject parent_instance;

  PsaHistoryFile *file; /* once there is a pool, its thread's alone */
  GThreadPool *pool;    /* one thread, from the first call on */
  char *problem;
};

typedef enum
{
  PROP_PROBLEM = 1,
} PsaHistoryProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

G_DEFINE_FINAL_TYPE (PsaHistory, psa_history, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->result, psa_result_unref);
  g_strfreev (job->ids);
  g_clear_pointer (&job->results, g_ptr_array_unref);
  g_free (job->problem);
  g_free (job);
}

static gboolean
run_job (PsaHistoryFile *file, Job *job, GError **error)
{
  switch (job->kind)
    {
    case JOB_LOAD:
      job->results = psa_history_file_load (
          file,
          job->part == PSA_HISTORY_PAUSES ? psa_cause_get_token (PSA_CAUSE_RATE_LIMITED) : NULL,
          error);
      return job->results != NULL;

    case JOB_ADD:
      return psa_history_file_add (file, job->result, error);

    case JOB_REMOVE:
      return psa_history_file_remove (file, job->ids, error);

    default:
      g_assert_not_reached ();
    }
}

/* @data: a task without a source object, whose data is the task that waits; or the base itself,
 * which asks for the end. */
static void
pool_thread (gpointer data, gpointer user_data)
{
  PsaHistoryFile *file = user_data;
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  GTask *waiting;
  Job *job;

  if (data == file)
    {
      psa_history_file_free (file);
      return;
    }

  task = data;
  waiting = g_task_get_task_data (task);
  job = g_task_get_task_data (waiting);
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (waiting), &error)
      || !run_job (file, job, &error))
    {
      job->problem = g_strdup (error->domain == PSA_ERROR ? error->message
                                                          : psa_history_file_get_problem (file));
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  job->problem = g_strdup (psa_history_file_get_problem (file));
  g_task_return_boolean (task, TRUE);
}

static void
worked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PsaHistory *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (g_set_str (&self->problem, job->problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (job->results != NULL)
    g_task_return_pointer (task, g_steal_pointer (&job->results),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_boolean (task, TRUE);
}

static void
start_job (PsaHistory          *self,
           Job                 *job,
           gpointer             source_tag,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GTask *thread_task;

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, job_free);
  g_task_set_check_cancellable (task, FALSE); /* what has been written is told, cancelled or not */

  if (self->pool == NULL)
    self->pool = g_thread_pool_new (pool_thread, self->file, 1, FALSE, NULL);

  /* Without a source object and with borrowed data, so that nothing of ours ends on that thread. */
  thread_task = g_task_new (NULL, NULL, worked_cb, task);
  g_task_set_source_tag (thread_task, start_job);
  g_task_set_task_data (thread_task, task, NULL);
  g_thread_pool_push (self->pool, thread_task, NULL);
}

static void
psa_history_finalize (GObject *object)
{
  PsaHistory *self = PSA_HISTORY (object);

  /* Closing writes to disk, so that too is done over there; nobody waits for it. */
  if (self->pool != NULL)
    {
      g_thread_pool_push (self->pool, self->file, NULL);
      g_thread_pool_free (self->pool, FALSE, FALSE);
    }
  else
    psa_history_file_free (self->file);
  g_free (self->problem);

  G_OBJECT_CLASS (psa_history_parent_class)->finalize (object);
}

static void
psa_history_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaHistory *self = PSA_HISTORY (object);

  switch ((PsaHistoryProperty) prop_id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_history_class_init (PsaHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psa_history_finalize;
  object_class->get_property = psa_history_get_property;

  /**
   * PsaHistory:problem:
   *
   * What is the matter with the file, in a translated sentence or two for a banner: it was damaged
   * and has been set aside, is of a newer version, or could not be used by the last call.
   */
  properties[PROP_PROBLEM] =
      g_param_spec_string ("problem", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_history_init (PsaHistory *self)
{
}

/**
 * psa_history_new:
 * @folder: the state folder; made where it is missing
 *
 * Returns: (transfer full): a history; no file is touched before the first call
 */
PsaHistory *
psa_history_new (const char *folder)
{
  PsaHistory *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (PSA_TYPE_HISTORY, NULL);
  self->file = psa_history_file_new (folder);
  return self;
}

/**
 * psa_history_dup_default_folder:
 *
 * Returns: (transfer full): where the user's history lies, `~/.local/state/psa-connections` as a
 * rule
 */
char *
psa_history_dup_default_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "psa-connections", NULL);
}

/**
 * psa_history_get_problem:
 *
 * Returns: (transfer none) (nullable): #PsaHistory:problem
 */
const char *
psa_history_get_problem (PsaHistory *self)
{
  g_return_val_if_fail (PSA_IS_HISTORY (self), NULL);

  return self->problem;
}

/**
 * psa_history_load_async:
 * @part: what is wanted
 * @cancellable: (nullable): until the file is being read
 *
 * Reads the last results of profiles, by order of arrival.
 */
void
psa_history_load_async (PsaHistory          *self,
                        PsaHistoryPart       part,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *job;

  g_return_if_fail (PSA_IS_HISTORY (self));

  job = g_new0 (Job, 1);
  job->kind = JOB_LOAD;
  job->part = part;
  start_job (self, job, psa_history_load_async, cancellable, callback, user_data);
}

/**
 * psa_history_load_finish:
 * @error: STORAGE or G_IO_ERROR_CANCELLED; a damaged or a newer file gives an empty array and a
 *   problem
 *
 * Returns: (transfer full) (nullable) (element-type PsaResult): one result a profile at most, in no order
 */
GPtrArray *
psa_history_load_finish (PsaHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_history_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psa_history_add_async:
 * @check_result: read before this returns
 * @cancellable: (nullable): until it is being written
 *
 * Adds a result, which becomes the last one of its profile.
 */
void
psa_history_add_async (PsaHistory          *self,
                       PsaResult           *check_result,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Job *job;

  g_return_if_fail (PSA_IS_HISTORY (self));
  g_return_if_fail (check_result != NULL);

  job = g_new0 (Job, 1);
  job->kind = JOB_ADD;
  job->result = psa_result_copy_apart (check_result); /* to be written out on the thread */
  start_job (self, job, psa_history_add_async, cancellable, callback, user_data);
}

/**
 * psa_history_add_finish:
 * @error: NEWER, STORAGE or G_IO_ERROR_CANCELLED; nothing was written then
 *
 * Returns: TRUE if the result is kept
 */
gboolean
psa_history_add_finish (PsaHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_history_add_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_history_remove_async:
 * @ids: UUIDs of profiles that are gone for good
 * @cancellable: (nullable): until it is being written
 *
 * Removes every result of these profiles.
 */
void
psa_history_remove_async (PsaHistory          *self,
                          const char *const   *ids,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Job *job;

  g_return_if_fail (PSA_IS_HISTORY (self));
  g_return_if_fail (ids != NULL);

  job = g_new0 (Job, 1);
  job->kind = JOB_REMOVE;
  job->ids = g_strdupv ((GStrv) ids);
  start_job (self, job, psa_history_remove_async, cancellable, callback, user_data);
}

/**
 * psa_history_remove_finish:
 * @error: NEWER, STORAGE or G_IO_ERROR_CANCELLED; nothing was removed then
 *
 * Returns: TRUE if none is kept
 */
gboolean
psa_history_remove_finish (PsaHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_history_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
