/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-store-backup.h"
#include "psa-store.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* The store: a list that tells the truth about its changes, over a file that others write too. */

#define DEADLINE_SECONDS 30

static gboolean
on_deadline_cb (gpointer user_data)
{
  g_error ("Waited for %d seconds in vain", DEADLINE_SECONDS);
  return G_SOURCE_REMOVE;
}

#define WAIT_UNTIL(condition) \
  do \
    { \
      guint deadline = g_timeout_add_seconds (DEADLINE_SECONDS, on_deadline_cb, NULL); \
      while (!(condition)) \
        g_main_context_iteration (NULL, TRUE); \
      g_source_remove (deadline); \
    } \
  while (FALSE)

static void
result_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

/* A copy of the list, kept by nothing but its items-changed. */
typedef struct
{
  GListModel *model;
  GPtrArray *items;
  guint n_signals;
  guint n_rows; /* removed and added in all */
} Replay;

static void
assert_replay (Replay *replay)
{
  g_assert_cmpuint (g_list_model_get_n_items (replay->model), ==, replay->items->len);
  for (guint i = 0; i < replay->items->len; i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (replay->model, i);

      g_assert_true (item == replay->items->pdata[i]);
    }
  g_assert_null (g_list_model_get_item (replay->model, replay->items->len));
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, Replay *replay)
{
  replay->n_signals++;
  replay->n_rows += removed + added;
  g_assert_cmpuint (position + removed, <=, replay->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (replay->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (replay->items, position + i, g_list_model_get_item (model, position + i));
  assert_replay (replay); /* already now: the data is in place before the signal */
}

static void
replay_start (Replay *replay, gpointer model)
{
  replay->model = model;
  replay->items = g_ptr_array_new_with_free_func (g_object_unref);
  replay->n_signals = replay->n_rows = 0;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed_cb), replay);
}

static void
replay_end (Replay *replay)
{
  assert_replay (replay);
  g_signal_handlers_disconnect_by_data (replay->model, replay);
  g_ptr_array_unref (replay->items);
}

/* The last reference but for a call that is still under way, such as a look at what we wrote. */
static void
drop (PsaStore **store)
{
  PsaStore *dropped = *store;

  g_object_add_weak_pointer (G_OBJECT (dropped), (gpointer *) store);
  g_object_unref (dropped);
  WAIT_UNTIL (*store == NULL);
}

static void
load (PsaStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_store_load_async (store, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  psa_store_load_finish (store, result, &error);
  g_assert_no_error (error);
}

static PsaProfile *
try_put (PsaStore *store, PsaProfile *profile, PsaIntegration *integration, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_store_put_async (store, profile, integration, FALSE, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  return psa_store_put_finish (store, result, error);
}

static PsaProfile *
put (PsaStore *store, PsaProfile *profile, PsaIntegration *integration)
{
  g_autoptr(GError) error = NULL;
  PsaProfile *kept = try_put (store, profile, integration, &error);

  g_assert_no_error (error);
  g_assert_nonnull (kept);
  return kept;
}

static PsaProfile *
put_named (PsaStore *store, const char *name)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();

  psa_profile_set_name (profile, name);
  return put (store, profile, NULL);
}

static void
remove_profiles (PsaStore *store, const char *const *ids)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_store_remove_async (store, ids, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  psa_store_remove_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
forget (PsaStore *store, const char *const *ids)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_store_forget_async (store, ids, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  psa_store_forget_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_empty (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  guint n_loaded = 0;

  g_signal_connect (store, "notify::loaded", G_CALLBACK (count_notify_cb), &n_loaded);
  g_assert_false (psa_store_get_loaded (store));
  load (store);
  load (store);
  g_assert_true (psa_store_get_loaded (store));
  g_assert_cmpuint (n_loaded, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (store)) == PSA_TYPE_PROFILE);
  g_assert_false (psa_store_get_read_only (store));
  g_assert_null (psa_store_get_problem (store));
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  drop (&store);
}

static void
test_changes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(PsaIntegration) integration = psa_integration_new ("…ab12");
  g_autoptr(PsaProfile) one = NULL, two = NULL, three = NULL, again = NULL, draft = NULL;
  g_autoptr(PsaProfile) connected = psa_profile_new ();
  g_auto(GStrv) deleted = NULL, forgotten = NULL;
  Replay profiles, integrations;
  guint n_names = 0, revision;

  load (store);
  replay_start (&profiles, store);
  replay_start (&integrations, psa_store_get_integrations (store));

  one = put_named (store, "one");
  psa_profile_set_name (connected, "two");
  psa_profile_set_integration (connected, psa_integration_get_id (integration));
  two = put (store, connected, integration);
  three = put_named (store, "three");
  g_assert_cmpuint (profiles.n_signals, ==, 3);
  g_assert_cmpuint (integrations.items->len, ==, 1);
  g_assert_true (psa_store_get_profile (store, psa_profile_get_id (two)) == two);
  g_assert_cmpstr (psa_integration_get_name (psa_store_get_integration (
                       store, psa_integration_get_id (integration))), ==, "…ab12");
  g_assert_null (psa_store_get_profile (store, "unheard of"));
  g_assert_null (psa_store_get_profile (store, NULL));
  g_assert_null (psa_store_get_integration (store, NULL));

  /* A changed profile is the same object, and tells of it itself. */
  g_signal_connect (two, "notify::name", G_CALLBACK (count_notify_cb), &n_names);
  draft = psa_profile_copy (two);
  psa_profile_set_name (draft, "zwei");
  revision = psa_profile_get_revision (two);
  again = put (store, draft, NULL);
  g_assert_true (again == two);
  g_assert_cmpstr (psa_profile_get_name (two), ==, "zwei");
  g_assert_cmpuint (psa_profile_get_revision (two), ==, revision); /* a name is no connection */
  g_assert_cmpuint (n_names, ==, 1);
  g_assert_cmpuint (profiles.n_signals, ==, 3);
  g_clear_object (&again);

  psa_profile_set_api_version (draft, "2025.1");
  again = put (store, draft, NULL);
  g_assert_cmpuint (psa_profile_get_revision (two), ==, revision + 1);

  {
    const char *ids[] = { psa_profile_get_id (two), NULL };

    remove_profiles (store, ids);
    g_assert_cmpuint (profiles.items->len, ==, 2);
    g_assert_cmpuint (integrations.items->len, ==, 0);
    deleted = psa_store_dup_deleted (store);
    g_assert_cmpuint (g_strv_length (deleted), ==, 2);
    forget (store, ids);
    forgotten = psa_store_dup_deleted (store);
    g_assert_cmpuint (g_strv_length (forgotten), ==, 1);
  }

  replay_end (&profiles);
  replay_end (&integrations);
  g_clear_object (&one);
  g_clear_object (&two);
  g_clear_object (&three);
  g_clear_object (&again);
  drop (&store);
}

/* Calls that nobody waits for run one after another and all count. */
static void
test_queue (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(PsaProfile) dropped = psa_profile_new ();
  g_autoptr(GAsyncResult) cancelled = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *results[10] = { NULL };
  Replay replay;

  replay_start (&replay, store);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(PsaProfile) profile = psa_profile_new ();
      g_autofree char *name = g_strdup_printf ("%u", i);

      psa_profile_set_name (profile, name);
      psa_store_put_async (store, profile, NULL, FALSE, NULL, result_cb, &results[i]);
      psa_profile_set_name (profile, "later"); /* a copy was taken */
      if (i == 5)
        psa_store_put_async (store, dropped, NULL, FALSE, cancellable, result_cb, &cancelled);
    }
  g_cancellable_cancel (cancellable);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(PsaProfile) kept = NULL;
      g_autofree char *name = g_strdup_printf ("%u", i);

      WAIT_UNTIL (results[i] != NULL);
      kept = psa_store_put_finish (store, results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (psa_profile_get_name (kept), ==, name);
      g_object_unref (results[i]);
    }
  WAIT_UNTIL (cancelled != NULL);
  g_assert_null (psa_store_put_finish (store, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (replay.items->len, ==, 10);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_assert_cmpstr (psa_profile_get_name (replay.items->pdata[i]), ==, name);
    }
  replay_end (&replay);
}

/* [F5]: what another process wrote comes with our own change, and by itself. */
static void
test_other_process (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(PsaProfile) ours = NULL;
  Replay replay;

  load (store);
  replay_start (&replay, store);
  store_fixture_save (fixture, "theirs");
  ours = put_named (store, "ours");
  g_assert_cmpuint (replay.items->len, ==, 2);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 2);

  store_fixture_save (fixture, "theirs, again");
  WAIT_UNTIL (replay.items->len == 3);
  g_assert_true (psa_store_get_profile (store, psa_profile_get_id (ours)) == ours);
  replay_end (&replay);
}

static PsaBatch *
change_tags (PsaProfile *profile, const char *const *tags)
{
  PsaBatch *batch = psa_batch_new ();
  PsaProfile *draft = psa_profile_draft (profile);

  psa_profile_set_tags (draft, tags);
  g_ptr_array_add (batch->puts, draft);
  return batch;
}

/* [F5]: what psactl changed of a profile in the same instant stays; only what was changed here is written. */
static void
test_same_profile (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) ours = psa_store_new (fixture->folder);
  g_autoptr(PsaStore) theirs = psa_store_new (fixture->folder);
  g_autoptr(PsaProfile) kept = NULL;
  g_autoptr(PsaProfile) changed = NULL;
  g_autoptr(PsaProfile) draft = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  const char *const tags[] = { "backup", NULL };
  PsaBatch *batch;

  load (ours);
  kept = put_named (ours, "one");
  load (theirs);
  batch = change_tags (kept, tags); /* made before */
  draft = psa_profile_draft (psa_store_find (theirs, "one", NULL));
  psa_profile_set_api_version (draft, "2025.1");
  psa_profile_set_name (draft, "one, renamed");
  changed = try_put (theirs, draft, NULL, &error);
  g_assert_no_error (error);

  psa_store_apply_async (ours, batch, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (psa_store_apply_finish (ours, result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (psa_profile_get_name (kept), ==, "one, renamed");
  g_assert_cmpstr (psa_profile_get_api_version (kept), ==, "2025.1");
  g_assert_cmpstr (psa_profile_get_tags (kept)[0], ==, "backup");
  g_assert_cmpuint (psa_profile_get_revision (kept), ==, 2); /* theirs alone changed the connection */
}

static GPtrArray *
list_backups (PsaStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *backups;

  psa_store_list_backups_async (store, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  backups = psa_store_list_backups_finish (store, result, &error);
  g_assert_no_error (error);
  return backups;
}

static char *
restore (PsaStore *store, const char *path)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *former = NULL;

  psa_store_restore_async (store, path, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (psa_store_restore_finish (store, result, &former, &error));
  g_assert_no_error (error);
  return former;
}

/* Each backup says what it would change; there and back again. No revision is used twice for two connections. */
static void
test_backups (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(PsaProfile) one = NULL;
  g_autoptr(PsaProfile) two = NULL;
  g_autoptr(PsaProfile) moved = NULL;
  g_autoptr(PsaProfile) saved = NULL;
  g_autoptr(PsaAddress) address = psa_address_parse ("cw.new.com", NULL);
  g_autoptr(GPtrArray) backups = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *former = NULL;
  g_autofree char *again = NULL;
  PsaBackup *backup;

  load (store);
  one = put_named (store, "one");
  none = list_backups (store);
  g_assert_cmpuint (none->len, ==, 0);
  moved = psa_profile_draft (one);
  psa_profile_set_address (moved, address);
  saved = try_put (store, moved, NULL, &error);
  g_assert_no_error (error);
  two = put_named (store, "two");

  backups = list_backups (store);
  g_assert_cmpuint (backups->len, ==, 1);
  backup = backups->pdata[0];
  g_assert_cmpint (backup->kind, ==, PSA_BACKUP_DAY);
  g_assert_cmpuint (backup->n_profiles, ==, 1);
  g_assert_cmpuint (backup->n_added, ==, 0);
  g_assert_cmpuint (backup->n_changed, ==, 1);
  g_assert_cmpuint (backup->n_removed, ==, 1);

  former = restore (store, backup->path);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_cmpuint (psa_profile_get_revision (one), ==, 3);
  g_assert_true (g_str_has_prefix (psa_profile_get_secret_for (one), "cw.new.com:443")); /* [K3] */
  again = restore (store, former);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);
  g_assert_cmpstr (psa_profile_get_host (one), ==, "cw.new.com");
  g_assert_null (psa_profile_get_secret_for (one));
}

static void
test_damaged (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) kept = NULL;
  guint n_problems = 0;

  store_fixture_save (fixture, "one");
  store_fixture_save (fixture, "two");
  store_fixture_write (fixture->path, "{\"schema\":1,\"prof", 0600);
  g_signal_connect (store, "notify::problem", G_CALLBACK (count_notify_cb), &n_problems);
  load (store);
  g_assert_true (psa_store_get_loaded (store));
  g_assert_false (psa_store_get_read_only (store));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_cmpuint (n_problems, ==, 1);
  g_assert_nonnull (strstr (psa_store_get_problem (store), "profiles.json.damaged-"));
  g_assert_true (g_file_test (psa_store_get_set_aside (store), G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (psa_store_get_backup (store), G_FILE_TEST_EXISTS));

  /* It stays on offer while one goes on working, and loses nothing of that. */
  kept = put_named (store, "meanwhile");
  load (store);
  g_assert_nonnull (psa_store_get_backup (store));
  g_assert_nonnull (psa_store_get_problem (store));

  psa_store_restore_async (store, NULL, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (psa_store_restore_finish (store, result, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (psa_store_get_problem (store));
  g_assert_null (psa_store_get_set_aside (store));
  g_assert_null (psa_store_get_backup (store));
  g_assert_nonnull (psa_store_find (store, "one", NULL));
  g_assert_null (psa_store_find (store, "meanwhile", NULL)); /* kept as before-restore-… */

  g_clear_object (&result);
  psa_store_restore_async (store, NULL, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_false (psa_store_restore_finish (store, result, NULL, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NOT_FOUND);
}

static void
test_missing_with_backup (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);

  store_fixture_save (fixture, "one");
  store_fixture_save (fixture, "two");
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  load (store);
  g_assert_nonnull (psa_store_get_problem (store));
  g_assert_nonnull (psa_store_get_backup (store));
  g_assert_null (psa_store_get_set_aside (store));

  store_fixture_save (fixture, "by another");
  WAIT_UNTIL (psa_store_get_problem (store) == NULL);
  g_assert_null (psa_store_get_backup (store));
}

static void
test_newer (StoreFixture *fixture, gconstpointer data)
{
  const char *text = "{\"schema\":2,\"integrations\":[],\"profiles\":[],\"deleted\":[]}";
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *after = NULL;

  store_fixture_save (fixture, "one");
  store_fixture_write (fixture->path, text, 0600);
  load (store);
  g_assert_true (psa_store_get_read_only (store));
  g_assert_nonnull (psa_store_get_problem (store));
  g_assert_null (psa_store_get_set_aside (store));
  g_assert_null (try_put (store, profile, NULL, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NEWER);
  after = store_fixture_read (fixture->path);
  g_assert_cmpstr (after, ==, text);
}

/* A folder that is none: told as an error, and nothing is claimed to be loaded. */
static void
test_unreadable (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->victim, "data", NULL);
  g_autoptr(PsaStore) store = psa_store_new (folder);
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_store_load_async (store, NULL, result_cb, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_false (psa_store_load_finish (store, result, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "profiles.json"));
  g_clear_error (&error);
  g_assert_false (psa_store_get_loaded (store));
  g_assert_null (try_put (store, profile, NULL, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_STORAGE);
}

typedef struct
{
  PsaProfile *next;
  GAsyncResult *result; /* of the next one */
} Chain;

static void
put_next_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Chain *chain = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) kept = psa_store_put_finish (PSA_STORE (object), result, &error);

  g_assert_no_error (error);
  psa_store_put_async (PSA_STORE (object), chain->next, NULL, FALSE, NULL, result_cb,
                       &chain->result);
}

/* What is asked for by whoever is just told of another is done once, as what waited. */
static void
test_chain (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(PsaProfile) first = psa_profile_new (), next = psa_profile_new ();
  g_autoptr(PsaProfile) kept = NULL, last = NULL;
  Chain chain = { next, NULL };
  g_autoptr(GError) error = NULL;

  load (store);
  psa_store_put_async (store, first, NULL, FALSE, NULL, put_next_cb, &chain);
  WAIT_UNTIL (chain.result != NULL);
  kept = psa_store_put_finish (store, chain.result, &error);
  g_assert_no_error (error);
  g_clear_object (&chain.result);
  last = put_named (store, "last");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 3);
  g_assert_cmpuint (store_fixture_count (fixture), ==, 3);
  drop (&store);
}

static void
test_find (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(PsaProfile) contoso = NULL, lower = NULL, twin = NULL, other = NULL;
  g_autofree char *upper_id = NULL;
  g_autoptr(GError) error = NULL;

  load (store);
  contoso = put_named (store, "Contoso");
  lower = put_named (store, "contoso");
  twin = put_named (store, "Twin");
  other = put_named (store, "Twin");
  upper_id = g_ascii_strup (psa_profile_get_id (twin), -1);

  g_assert_true (psa_store_find (store, "Contoso", &error) == contoso);
  g_assert_true (psa_store_find (store, "contoso", &error) == lower);
  g_assert_true (psa_store_find (store, upper_id, &error) == twin);
  g_assert_no_error (error);
  g_assert_null (psa_store_find (store, "CONTOSO", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_AMBIGUOUS);
  g_clear_error (&error);
  g_assert_null (psa_store_find (store, "twin", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_AMBIGUOUS);
  g_assert_nonnull (strstr (error->message, psa_profile_get_id (twin)));
  g_assert_nonnull (strstr (error->message, psa_profile_get_id (other)));
  g_clear_error (&error);
  g_assert_null (psa_store_find (store, "Fabrikam", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Fabrikam"));
}

static void
write_thousands (StoreFixture *fixture)
{
  g_autoptr(GString) text = g_string_new ("{\"schema\":1,\"profiles\":[");

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_uuid_string_random ();

      g_string_append_printf (text, "%s{\"id\":\"%s\",\"name\":\"%u\"}", i > 0 ? "," : "", id, i);
    }
  g_string_append (text, "]}");
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  store_fixture_write (fixture->path, text->str, 0600);
}

/* [P1]: one row more or less among 10,000 is one signal about one row. */
static void
test_large (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr(PsaStore) store = psa_store_new (fixture->folder);
  g_autoptr(PsaProfile) middle = NULL, last = NULL;
  Replay replay;

  write_thousands (fixture);
  replay_start (&replay, store);
  load (store);
  g_assert_cmpuint (replay.n_signals, ==, 1);
  g_assert_cmpuint (replay.items->len, ==, 10000);

  middle = g_object_ref (replay.items->pdata[5000]);
  g_assert_cmpstr (psa_profile_get_name (middle), ==, "5000"); /* as in the file */
  {
    const char *ids[] = { psa_profile_get_id (middle), NULL };

    remove_profiles (store, ids);
  }
  last = put_named (store, "last");
  g_assert_cmpuint (replay.n_signals, ==, 3);
  g_assert_cmpuint (replay.n_rows, ==, 10002);
  g_assert_cmpuint (replay.items->len, ==, 10000);
  g_assert_null (psa_store_get_profile (store, psa_profile_get_id (middle)));
  replay_end (&replay);
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/store/empty", test_empty);
  ADD ("/store/changes", test_changes);
  ADD ("/store/queue", test_queue);
  ADD ("/store/queue/chain", test_chain);
  ADD ("/store/other-process", test_other_process);
  ADD ("/f5-two-programs/same-profile", test_same_profile);
  ADD ("/store/backups", test_backups);
  ADD ("/store/damaged", test_damaged);
  ADD ("/store/missing-with-backup", test_missing_with_backup);
  ADD ("/store/newer", test_newer);
  ADD ("/store/unreadable", test_unreadable);
  ADD ("/store/find", test_find);
  ADD ("/store/large", test_large);

  return g_test_run ();
}
