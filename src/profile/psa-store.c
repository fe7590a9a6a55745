/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-store.h"

#include "psa-error.h"
#include "psa-store-file.h"
#include "psa-store-work.h"

#include <glib/gi18n-lib.h>

/*
 * Every call becomes a task in one queue; the first one is at work on a thread of its own (see
 * psa-store-work.c) and comes back with what the file then says. That is compared with the objects
 * at hand by their ids: those that stay are told their new values, and one items-changed tells the
 * rest. So a write of psactl that came in between is taken over with our own, and a change that is
 * noticed from outside is one more such task.
 */

struct _PsaStore
{
  GObject parent_instance;

  char *folder;
  GPtrArray *profiles; /* (element-type PsaProfile): as in the file */
  GHashTable *by_id;   /* (element-type utf8 PsaProfile) */
  GListStore *integrations;
  GStrv deleted;
  char *digest; /* of what the file said last */
  gboolean loaded;
  gboolean read_only;
  char *problem;
  char *set_aside;
  char *backup;
  GQueue calls; /* (element-type GTask): the first one is at work */
  GFileMonitor *monitor;
};

typedef enum
{
  PROP_LOADED = 1,
  PROP_READ_ONLY,
  PROP_PROBLEM,
  PROP_SET_ASIDE,
  PROP_BACKUP,
} PsaStoreProperty;

static GParamSpec *properties[PROP_BACKUP + 1];

static void psa_store_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PsaStore, psa_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      psa_store_list_model_init))

static void begin_first_call (PsaStore *self);

static void
set_string (PsaStore *self, char **place, const char *value, PsaStoreProperty property)
{
  if (g_set_str (place, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_flag (PsaStore *self, gboolean *place, gboolean value, PsaStoreProperty property)
{
  if (*place == value)
    return;

  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* The profiles as they shall be: the objects at hand where there are any, with their new values. */
static GPtrArray *
merge_profiles (PsaStore *self, GPtrArray *read)
{
  GPtrArray *merged = g_ptr_array_new_full (read->len, g_object_unref);

  for (guint i = 0; i < read->len; i++)
    {
      PsaProfile *profile = read->pdata[i];
      PsaProfile *kept = g_hash_table_lookup (self->by_id, psa_profile_get_id (profile));

      if (kept != NULL)
        psa_profile_assign (kept, profile);
      g_ptr_array_add (merged, g_object_ref (kept != NULL ? kept : profile));
    }

  return merged;
}

static void
replace_profiles (PsaStore *self, GPtrArray *read)
{
  g_autoptr(GPtrArray) before = g_ptr_array_ref (self->profiles);
  g_autoptr(GPtrArray) after = merge_profiles (self, read);
  guint n_before = before->len, n_after = after->len;
  guint head = 0, tail = 0;

  while (head < MIN (n_before, n_after) && before->pdata[head] == after->pdata[head])
    head++;
  while (tail < MIN (n_before, n_after) - head
         && before->pdata[n_before - 1 - tail] == after->pdata[n_after - 1 - tail])
    tail++;

  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < n_after; i++)
    g_hash_table_insert (self->by_id, (char *) psa_profile_get_id (after->pdata[i]),
                         after->pdata[i]);
  g_ptr_array_unref (self->profiles);
  self->profiles = g_steal_pointer (&after);

  if (n_before != n_after || head + tail < n_after)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_before - head - tail,
                                n_after - head - tail);
}

static void
replace_integrations (PsaStore *self, GPtrArray *read)
{
  GListModel *model = G_LIST_MODEL (self->integrations);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) after = g_ptr_array_new_full (read->len, g_object_unref);
  guint n_before = g_list_model_get_n_items (model), head = 0;

  for (guint i = 0; i < n_before; i++)
    {
      g_autoptr(PsaIntegration) kept = g_list_model_get_item (model, i);

      g_hash_table_insert (by_id, (char *) psa_integration_get_id (kept), kept);
    }

  for (guint i = 0; i < read->len; i++)
    {
      PsaIntegration *integration = read->pdata[i];
      PsaIntegration *kept = g_hash_table_lookup (by_id, psa_integration_get_id (integration));

      if (kept != NULL)
        psa_integration_assign (kept, integration);
      g_ptr_array_add (after, g_object_ref (kept != NULL ? kept : integration));
    }

  for (; head < MIN (n_before, after->len); head++)
    {
      g_autoptr(PsaIntegration) kept = g_list_model_get_item (model, head);

      if (kept != after->pdata[head])
        break;
    }

  if (head < n_before || head < after->len)
    g_list_store_splice (self->integrations, head, n_before - head, after->pdata + head,
                         after->len - head);
}

/* What a banner says. The sentences stand by themselves, so they may stand side by side. */
static char *
dup_problem (PsaStoreWork *work)
{
  g_autofree char *aside = NULL;

  if (work->newer)
    return g_strdup (_("Your profiles were saved by a newer version of this program. They can be "
                       "seen, but not changed."));
  if (work->reason == NULL)
    return NULL;
  if (work->set_aside == NULL)
    return g_strdup (_("The file of your profiles is missing, but there is a backup of it."));

  aside = g_filename_display_basename (work->set_aside);
  return g_strdup_printf (work->backup == NULL
                              ? _("The file of your profiles is damaged. It is kept as “%s”; there "
                                  "is no backup. The reason: %s")
                              : _("The file of your profiles is damaged. It is kept as “%s”, and "
                                  "there is a backup. The reason: %s"),
                          aside, work->reason);
}

/* What was wrong with the file. That one was set aside stays true, and its backup on offer, until
 * it is taken; what follows is an empty file that is as good as any. */
static void
take_problem (PsaStore *self, PsaStoreWork *work)
{
  g_autofree char *problem = dup_problem (work);

  if (problem == NULL && self->set_aside != NULL && work->kind != PSA_STORE_WORK_RESTORE)
    return;
  if (work->kind != PSA_STORE_WORK_READ && work->kind != PSA_STORE_WORK_RESTORE)
    return;

  set_string (self, &self->set_aside, work->set_aside, PROP_SET_ASIDE);
  set_string (self, &self->backup, work->reason != NULL ? work->backup : NULL, PROP_BACKUP);
  set_string (self, &self->problem, problem, PROP_PROBLEM);
}

static void
on_monitor_changed_cb (GFileMonitor      *monitor,
                       GFile             *file,
                       GFile             *other_file,
                       GFileMonitorEvent  event,
                       PsaStore          *self)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *other_name = other_file != NULL ? g_file_get_basename (other_file) : NULL;
  GTask *last = g_queue_peek_tail (&self->calls);

  if (g_strcmp0 (name, PSA_STORE_FILE_NAME) != 0
      && g_strcmp0 (other_name, PSA_STORE_FILE_NAME) != 0)
    return;

  /* One that waits will see it all the same. Our own writes come by here as well: that nothing
   * has changed is found out on the worker. */
  if (self->calls.length > 1 && g_task_get_source_tag (last) == on_monitor_changed_cb)
    return;

  psa_store_start_work (self, psa_store_work_new (PSA_STORE_WORK_READ, self->folder),
                        on_monitor_changed_cb, NULL, NULL, NULL);
}

/* Not before there is a folder: GLib looks for a missing one every few seconds. */
static void
watch_folder (PsaStore *self)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->folder);
  g_autoptr(GError) error = NULL;

  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    g_info ("Changes by other programs will not be seen: %s", error->message);
  else
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_monitor_changed_cb), self,
                             G_CONNECT_DEFAULT);
}

/* Takes over what the worker found; before the caller is told, so that it finds all in place. */
static void
take_work (PsaStore *self, PsaStoreWork *work)
{
  if (self->monitor == NULL && work->folder_exists)
    watch_folder (self);

  if (g_strcmp0 (self->digest, work->digest) != 0)
    {
      g_set_str (&self->digest, work->digest);
      g_clear_pointer (&self->deleted, g_strfreev);
      self->deleted = g_steal_pointer (&work->deleted);
      replace_integrations (self, work->integrations);
      replace_profiles (self, work->profiles);
    }

  set_flag (self, &self->read_only, work->newer, PROP_READ_ONLY);
  take_problem (self, work);
  set_flag (self, &self->loaded, TRUE, PROP_LOADED);
}

static void
worked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PsaStore *self = user_data; /* kept by the task that waits */
  /* In the queue until its caller is told, who may ask for more there: that waits as ever. */
  g_autoptr(GTask) task = g_queue_peek_head (&self->calls);
  PsaStoreWork *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      take_work (self, work);
      if (work->kind == PSA_STORE_WORK_PUT)
        {
          PsaProfile *kept = g_hash_table_lookup (self->by_id, psa_profile_get_id (work->profile));

          g_task_return_pointer (task, g_object_ref (kept), g_object_unref);
        }
      else
        g_task_return_boolean (task, TRUE);
    }
  else
    {
      if (g_task_get_source_tag (task) == on_monitor_changed_cb) /* nobody else hears of it */
        set_string (self, &self->problem, error->message, PROP_PROBLEM);
      g_task_return_error (task, g_steal_pointer (&error));
    }

  g_queue_pop_head (&self->calls);
  begin_first_call (self);
}

static void
begin_first_call (PsaStore *self)
{
  GTask *task = g_queue_peek_head (&self->calls);
  g_autoptr(GTask) thread_task = NULL;

  if (task == NULL)
    return;

  /* Without a source object and with borrowed data: the thread lets go of its task when it likes,
   * and nothing of ours shall end there. */
  thread_task = g_task_new (NULL, NULL, worked_cb, self);
  g_task_set_source_tag (thread_task, begin_first_call);
  g_task_set_task_data (thread_task, task, NULL);
  g_task_run_in_thread (thread_task, psa_store_work_thread);
}

static GType
psa_store_get_item_type (GListModel *list)
{
  return PSA_TYPE_PROFILE;
}

static guint
psa_store_get_n_items (GListModel *list)
{
  return PSA_STORE (list)->profiles->len;
}

static gpointer
psa_store_get_item (GListModel *list, guint position)
{
  PsaStore *self = PSA_STORE (list);

  return position < self->profiles->len ? g_object_ref (self->profiles->pdata[position]) : NULL;
}

static void
psa_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = psa_store_get_item_type;
  iface->get_n_items = psa_store_get_n_items;
  iface->get_item = psa_store_get_item;
}

static void
psa_store_dispose (GObject *object)
{
  PsaStore *self = PSA_STORE (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (psa_store_parent_class)->dispose (object);
}

static void
psa_store_finalize (GObject *object)
{
  PsaStore *self = PSA_STORE (object);

  g_free (self->folder);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->profiles);
  g_object_unref (self->integrations);
  g_strfreev (self->deleted);
  g_free (self->digest);
  g_free (self->problem);
  g_free (self->set_aside);
  g_free (self->backup);

  G_OBJECT_CLASS (psa_store_parent_class)->finalize (object);
}

static void
psa_store_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStore *self = PSA_STORE (object);

  switch ((PsaStoreProperty) prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;

    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;

    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;

    case PROP_SET_ASIDE:
      g_value_set_string (value, self->set_aside);
      break;

    case PROP_BACKUP:
      g_value_set_string (value, self->backup);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_store_class_init (PsaStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = psa_store_dispose;
  object_class->finalize = psa_store_finalize;
  object_class->get_property = psa_store_get_property;

  /**
   * PsaStore:loaded:
   *
   * Whether the file has been read; before that an empty list says nothing.
   */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);

  /**
   * PsaStore:read-only:
   *
   * Whether a newer version wrote the file, so that every change is refused with PSA_ERROR_NEWER.
   */
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);

  /**
   * PsaStore:problem:
   *
   * What is the matter with the file, in a translated sentence or two for a banner.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);

  /**
   * PsaStore:set-aside:
   *
   * Path that a damaged file was given.
   */
  properties[PROP_SET_ASIDE] = g_param_spec_string ("set-aside", NULL, NULL, NULL, flags);

  /**
   * PsaStore:backup:
   *
   * Path of the backup that psa_store_restore_async() would take.
   */
  properties[PROP_BACKUP] = g_param_spec_string ("backup", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_store_init (PsaStore *self)
{
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->integrations = g_list_store_new (PSA_TYPE_INTEGRATION);
  self->deleted = g_new0 (char *, 1);
  g_queue_init (&self->calls);
}

/**
 * psa_store_new:
 * @folder: the data folder; need not exist
 *
 * Returns: (transfer full): a store that has not been loaded yet
 */
PsaStore *
psa_store_new (const char *folder)
{
  PsaStore *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (PSA_TYPE_STORE, NULL);
  self->folder = g_strdup (folder);
  return self;
}

/* psa-store-work.h */
const char *
psa_store_get_folder (PsaStore *self)
{
  return self->folder;
}

/* psa-store-work.h */
void
psa_store_start_work (PsaStore            *self,
                      PsaStoreWork        *work,
                      gpointer             source_tag,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, work, (GDestroyNotify) psa_store_work_free);
  /* The worker looks at it last before it writes. What is written is told, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);

  g_queue_push_tail (&self->calls, task);
  if (self->calls.length == 1)
    begin_first_call (self);
}

/**
 * psa_store_get_integrations:
 *
 * Returns: (transfer none): a list of #PsaIntegration, as in the file
 */
GListModel *
psa_store_get_integrations (PsaStore *self)
{
  g_return_val_if_fail (PSA_IS_STORE (self), NULL);

  return G_LIST_MODEL (self->integrations);
}

/**
 * psa_store_get_profile:
 * @id: (nullable): a UUID
 *
 * Returns: (transfer none) (nullable): the profile of that id
 */
PsaProfile *
psa_store_get_profile (PsaStore *self, const char *id)
{
  g_return_val_if_fail (PSA_IS_STORE (self), NULL);

  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

/**
 * psa_store_dup_deleted:
 *
 * Returns: (transfer full): the UUIDs of what was removed and whose secrets are still to go
 */
GStrv
psa_store_dup_deleted (PsaStore *self)
{
  g_return_val_if_fail (PSA_IS_STORE (self), NULL);

  return g_strdupv (self->deleted);
}

gboolean
psa_store_get_loaded (PsaStore *self)
{
  g_return_val_if_fail (PSA_IS_STORE (self), FALSE);

  return self->loaded;
}

gboolean
psa_store_get_read_only (PsaStore *self)
{
  g_return_val_if_fail (PSA_IS_STORE (self), FALSE);

  return self->read_only;
}

const char *
psa_store_get_problem (PsaStore *self)
{
  g_return_val_if_fail (PSA_IS_STORE (self), NULL);

  return self->problem;
}

const char *
psa_store_get_set_aside (PsaStore *self)
{
  g_return_val_if_fail (PSA_IS_STORE (self), NULL);

  return self->set_aside;
}

const char *
psa_store_get_backup (PsaStore *self)
{
  g_return_val_if_fail (PSA_IS_STORE (self), NULL);

  return self->backup;
}
