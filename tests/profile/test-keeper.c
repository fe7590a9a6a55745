/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "keyring-fixture.h"
#include "psa-error.h"
#include "psa-keeper-client-id.h"
#include "psa-keeper-orphans.h"

#include <glib/gstdio.h>
#include <string.h>

/* The keeper over a real file and a real keyring: what is kept, in which order, and what a failure
 * in the middle leaves. */

#define CLIENT_ID "11111111-2222-3333-4444-55555555ab12"
#define NEW_CLIENT_ID "77777777-2222-3333-4444-55555555ef56"
#define OTHER_CLIENT_ID "99999999-2222-3333-4444-55555555cd34"

typedef struct
{
  char *folder;
  char *path;
  PsaStore *store;
  PsaVault *vault;
  PsaKeeper *keeper;
} Kept;

static void
kept_load (Kept *kept)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_store_load_async (kept->store, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  psa_store_load_finish (kept->store, result, &error);
  g_assert_no_error (error);
}

static void
kept_open (Kept *kept)
{
  g_autofree char *base = keyring_dup_folder ();

  kept->folder = g_build_filename (base, "data", NULL);
  kept->path = g_build_filename (kept->folder, "profiles.json", NULL);
  kept->store = psa_store_new (kept->folder);
  kept->vault = psa_vault_new ();
  kept->keeper = psa_keeper_new (kept->store, kept->vault);
  kept_load (kept);
}

static void
kept_close (Kept *kept)
{
  keyring_assert_no_canary ();
  keyring_drop ((gpointer *) &kept->keeper);
  keyring_drop ((gpointer *) &kept->vault);
  keyring_drop ((gpointer *) &kept->store);
  g_free (kept->folder);
  g_free (kept->path);
}

static PsaProfile *
try_save (Kept        *kept,
          PsaProfile  *draft,
          const char  *client_id,
          const char  *password,
          GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_keeper_save_async (kept->keeper, draft, client_id, password, NULL, keyring_result_cb,
                         &result);
  keyring_wait (&result);
  return psa_keeper_save_finish (kept->keeper, result, error);
}

static PsaProfile *
save (Kept *kept, PsaProfile *draft, const char *client_id, const char *password)
{
  g_autoptr(GError) error = NULL;
  PsaProfile *saved = try_save (kept, draft, client_id, password, &error);

  g_assert_no_error (error);
  g_assert_nonnull (saved);
  return saved;
}

static PsaProfile *
save_new (Kept *kept, const char *name, const char *client_id)
{
  g_autoptr(PsaProfile) draft = psa_profile_new ();

  psa_profile_set_name (draft, name);
  return save (kept, draft, client_id, KEYRING_CANARY);
}

static void
assert_secret (Kept *kept, const char *id, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = keyring_lookup (kept->vault, id, PSA_VAULT_NO_PROMPT, &error);

  if (expected == NULL)
    g_assert_error (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING);
  else
    g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static void
remove_profile (Kept *kept, PsaProfile *profile)
{
  const char *ids[] = { psa_profile_get_id (profile), NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  psa_keeper_remove_async (kept->keeper, ids, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  g_assert_true (psa_keeper_remove_finish (kept->keeper, result, &error));
  g_assert_no_error (error);
}

static gboolean
purge (Kept *kept, const char *const *ids, PsaVaultPrompt prompt, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_keeper_purge_async (kept->keeper, ids, prompt, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  return psa_keeper_purge_finish (kept->keeper, result, error);
}

static guint
count_deleted (Kept *kept)
{
  g_auto(GStrv) deleted = psa_store_dup_deleted (kept->store);

  return g_strv_length (deleted);
}

static guint
count_integrations (Kept *kept)
{
  return g_list_model_get_n_items (psa_store_get_integrations (kept->store));
}

static char *
read_profiles (Kept *kept)
{
  char *text = NULL;

  g_file_get_contents (kept->path, &text, NULL, NULL);
  return text;
}

static void
test_save (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL, two = NULL, three = NULL;
  const char *integration;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  integration = psa_profile_get_integration (one);
  g_assert_nonnull (integration);
  g_assert_true (psa_store_get_profile (kept.store, psa_profile_get_id (one)) == one);
  assert_secret (&kept, psa_profile_get_id (one), KEYRING_CANARY);
  assert_secret (&kept, integration, CLIENT_ID);
  g_assert_nonnull (strstr (psa_integration_get_name (
                        psa_store_get_integration (kept.store, integration)), "ab12"));

  /* The same Client ID joins, another one makes an integration of its own. */
  two = save_new (&kept, "two", CLIENT_ID);
  three = save_new (&kept, "three", OTHER_CLIENT_ID);
  g_assert_cmpstr (psa_profile_get_integration (two), ==, integration);
  g_assert_cmpstr (psa_profile_get_integration (three), !=, integration);
  assert_secret (&kept, psa_profile_get_integration (three), OTHER_CLIENT_ID);
  g_assert_cmpuint (count_integrations (&kept), ==, 2);

  g_clear_object (&one);
  g_clear_object (&two);
  g_clear_object (&three);
  kept_close (&kept);
}

/* [K3]: what is not given stays; what is typed again is no change; the rest raises the revision. */
static void
test_save_again (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL, again = NULL, draft = NULL;
  guint revision;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  revision = psa_profile_get_revision (one);
  draft = psa_profile_copy (one);
  psa_profile_set_name (draft, "renamed");

  again = save (&kept, draft, NULL, NULL);
  g_assert_true (again == one);
  g_assert_cmpstr (psa_profile_get_name (one), ==, "renamed");
  assert_secret (&kept, psa_profile_get_id (one), KEYRING_CANARY);
  g_clear_object (&again);
  again = save (&kept, draft, CLIENT_ID, KEYRING_CANARY);
  g_assert_cmpuint (psa_profile_get_revision (one), ==, revision);
  g_assert_cmpuint (count_integrations (&kept), ==, 1);
  g_clear_object (&again);

  again = save (&kept, draft, NULL, "another");
  g_assert_cmpuint (psa_profile_get_revision (one), ==, revision + 1);
  assert_secret (&kept, psa_profile_get_id (one), "another");
  g_clear_object (&again);

  /* The integration that nobody uses any more waits to be purged, its secret with it. */
  again = save (&kept, draft, OTHER_CLIENT_ID, NULL);
  g_assert_cmpuint (psa_profile_get_revision (one), ==, revision + 2);
  g_assert_cmpuint (count_integrations (&kept), ==, 1);
  g_assert_cmpuint (count_deleted (&kept), ==, 1);
  assert_secret (&kept, psa_profile_get_id (one), "another");

  g_clear_object (&one);
  g_clear_object (&again);
  kept_close (&kept);
}

/* [K3]: the file cannot be written: the password is what it was, and the error is the file's. */
static void
test_file_fails (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL, draft = NULL, fresh = psa_profile_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *newer = NULL, *after = NULL;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  draft = psa_profile_copy (one);
  newer = g_strdup ("{\"schema\":2,\"integrations\":[],\"profiles\":[],\"deleted\":[]}");
  g_assert_true (g_file_set_contents (kept.path, newer, -1, NULL));
  kept_load (&kept); /* the list does not know the profile any more */

  g_assert_null (try_save (&kept, draft, OTHER_CLIENT_ID, "another", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NEWER);
  g_clear_error (&error);
  assert_secret (&kept, psa_profile_get_id (draft), KEYRING_CANARY);
  after = read_profiles (&kept);
  g_assert_cmpstr (after, ==, newer);

  /* A new profile's secret stays: nothing is removed but what stands in `deleted`. */
  g_assert_null (try_save (&kept, fresh, NULL, "fresh", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NEWER);
  assert_secret (&kept, psa_profile_get_id (fresh), "fresh");

  g_clear_object (&one);
  kept_close (&kept);
}

/* The keyring fails: nothing reaches the file. The order is the keyring first. */
static void
test_keyring_fails (void)
{
  Kept kept;
  g_autoptr(PsaProfile) draft = psa_profile_new ();
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  psa_profile_set_name (draft, "never");
  g_assert_null (try_save (&kept, draft, CLIENT_ID, KEYRING_CANARY, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_null (try_save (&kept, draft, NULL, KEYRING_CANARY, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_null (try_save (&kept, draft, CLIENT_ID, NULL, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE);
  g_assert_false (g_file_test (kept.path, G_FILE_TEST_EXISTS));

  /* Without a secret there is nothing to ask of it. */
  g_object_unref (save (&kept, draft, NULL, NULL));
  kept_close (&kept);
}

/* [K5]: refused once, it is not asked again, and all stays as it was. */
static void
test_locked (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL, two = NULL, draft = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  guint *n_prompts;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  two = save_new (&kept, "two", OTHER_CLIENT_ID);
  before = read_profiles (&kept);
  keyring_restart_daemon (FALSE);
  n_prompts = keyring_offer_prompter (KEYRING_PROMPT_DECLINED);
  draft = psa_profile_copy (one);
  g_assert_null (try_save (&kept, draft, CLIENT_ID, "another", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (*n_prompts, ==, 1);
  g_clear_error (&error);
  g_assert_null (try_save (&kept, draft, NULL, "another", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (*n_prompts, ==, 2);
  after = read_profiles (&kept);
  g_assert_cmpstr (after, ==, before);

  remove_profile (&kept, one);
  remove_profile (&kept, two);
  g_clear_error (&error);
  g_assert_false (purge (&kept, NULL, PSA_VAULT_MAY_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (*n_prompts, ==, 3);
  g_assert_cmpuint (count_deleted (&kept), ==, 4);

  g_clear_object (&one);
  g_clear_object (&two);
  kept_close (&kept);
}

static void
test_cancel (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL, draft = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  before = read_profiles (&kept);
  draft = psa_profile_copy (one);
  psa_keeper_save_async (kept.keeper, draft, NULL, "another", cancellable, keyring_result_cb,
                         &result);
  g_cancellable_cancel (cancellable);
  keyring_wait (&result);
  g_assert_null (psa_keeper_save_finish (kept.keeper, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_secret (&kept, psa_profile_get_id (draft), KEYRING_CANARY);
  after = read_profiles (&kept);
  g_assert_cmpstr (after, ==, before);

  g_clear_object (&one);
  g_clear_object (&result);
  kept_close (&kept);
}

/* [K3] [K4] */
static void
test_remove (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL, two = NULL;
  g_autoptr(PsaIntegration) integration = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL, *integration_id = NULL;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  two = save_new (&kept, "two", OTHER_CLIENT_ID);
  id = g_strdup (psa_profile_get_id (one));
  integration_id = g_strdup (psa_profile_get_integration (one));
  integration = g_object_ref (psa_store_get_integration (kept.store, integration_id));

  remove_profile (&kept, one);
  g_assert_null (psa_store_get_profile (kept.store, id));
  g_assert_cmpuint (count_deleted (&kept), ==, 2);
  assert_secret (&kept, id, KEYRING_CANARY); /* until the toast goes */

  psa_keeper_undo_async (kept.keeper, one, integration, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  g_assert_true (psa_keeper_undo_finish (kept.keeper, result, &error));
  g_assert_nonnull (psa_store_get_profile (kept.store, id));
  g_assert_nonnull (psa_store_get_integration (kept.store, integration_id));
  g_assert_cmpuint (count_deleted (&kept), ==, 0);

  /* What is kept is not purged, whatever is asked. */
  {
    const char *ids[] = { id, integration_id, psa_profile_get_id (two), NULL };

    g_assert_true (purge (&kept, ids, PSA_VAULT_MAY_PROMPT, &error));
    assert_secret (&kept, id, KEYRING_CANARY);
    assert_secret (&kept, integration_id, CLIENT_ID);
  }

  remove_profile (&kept, psa_store_get_profile (kept.store, id));
  remove_profile (&kept, two);
  g_assert_true (purge (&kept, NULL, PSA_VAULT_NO_PROMPT, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_deleted (&kept), ==, 0);
  g_assert_cmpuint (keyring_count_items (id), ==, 0);
  g_assert_cmpuint (keyring_count_items (integration_id), ==, 0);
  g_assert_cmpuint (keyring_count_items (psa_profile_get_id (two)), ==, 0);

  g_clear_object (&one);
  g_clear_object (&two);
  g_clear_object (&result);
  kept_close (&kept);
}

/* [K3]: the program ended between the removal and the purge; the next start goes by `deleted`. */
static void
test_purge_at_start (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  id = g_strdup (psa_profile_get_id (one));
  remove_profile (&kept, one);
  g_clear_object (&one);
  kept_close (&kept);

  kept_open (&kept);
  g_assert_cmpuint (count_deleted (&kept), ==, 2);
  g_assert_true (purge (&kept, NULL, PSA_VAULT_NO_PROMPT, &error));
  g_assert_cmpuint (count_deleted (&kept), ==, 0);
  assert_secret (&kept, id, NULL);
  kept_close (&kept);
}

/* The profiles file set aside, another data folder: every secret is still there. */
static void
test_purge_nothing (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  id = g_strdup (psa_profile_get_id (one));
  g_clear_object (&one);
  g_assert_true (g_file_set_contents (kept.path, "{", -1, NULL));
  kept_load (&kept);
  g_assert_true (purge (&kept, NULL, PSA_VAULT_MAY_PROMPT, &error));
  assert_secret (&kept, id, KEYRING_CANARY);
  kept_close (&kept);
}

/* One that cannot be removed does not keep the others, and is not forgotten. */
static void
test_purge_partly (void)
{
  Kept kept;
  g_autoptr(PsaProfile) stuck = NULL, one = NULL, two = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) deleted = NULL;

  kept_open (&kept);
  stuck = psa_profile_new ();
  psa_profile_set_name (stuck, "stuck");
  g_object_unref (save (&kept, stuck, NULL, NULL));
  one = save_new (&kept, "one", NULL);
  two = save_new (&kept, "two", NULL);
  g_free (keyring_make_collection ("Second", "pw"));
  keyring_add_item (psa_profile_get_id (stuck), "shut", "Second");
  keyring_restart_daemon (TRUE);
  remove_profile (&kept, one);
  remove_profile (&kept, stuck);
  remove_profile (&kept, two);
  g_assert_false (purge (&kept, NULL, PSA_VAULT_NO_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  deleted = psa_store_dup_deleted (kept.store);
  g_assert_cmpuint (g_strv_length (deleted), ==, 1);
  g_assert_cmpstr (deleted[0], ==, psa_profile_get_id (stuck));
  g_assert_cmpuint (keyring_count_items (psa_profile_get_id (one)), ==, 0);
  g_assert_cmpuint (keyring_count_items (psa_profile_get_id (two)), ==, 0);

  g_clear_object (&one);
  g_clear_object (&two);
  kept_close (&kept);
}

#define LOST_ID "5f0c6c1e-8f6b-4f0e-9a6d-0c9f1d2e3a4b"
#define LOST_CLIENT_ID_ID "0b7f2a90-16b3-4d4c-8c2b-7d5e6f708192"

static void
assert_orphans (Kept *kept, guint n_items, guint n_profiles)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaOrphans) orphans = NULL;

  psa_keeper_list_orphans_async (kept->keeper, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                                 &result);
  keyring_wait (&result);
  orphans = psa_keeper_list_orphans_finish (kept->keeper, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (orphans->items->len, ==, n_items);
  g_assert_cmpuint (orphans->profiles->len, ==, n_profiles);
}

static void
join (Kept *kept, const char *id, PsaProfile *profile, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_keeper_join_orphan_async (kept->keeper, id, profile, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  psa_keeper_orphan_finish (kept->keeper, result, error);
}

static void
remove_orphan (Kept *kept, const char *id, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_keeper_remove_orphan_async (kept->keeper, id, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  psa_keeper_orphan_finish (kept->keeper, result, error);
}

/* A secret without a profile finds one that lacks it, or goes; nothing else is touched. */
static void
test_orphans (void)
{
  Kept kept;
  g_autoptr(PsaProfile) whole = NULL;
  g_autoptr(PsaProfile) draft = psa_profile_new ();
  g_autoptr(PsaProfile) bare = NULL;
  g_autoptr(PsaProfile) removed = NULL;
  g_autoptr(GError) error = NULL;
  guint revision;

  kept_open (&kept);
  whole = save_new (&kept, "whole", CLIENT_ID);
  removed = save_new (&kept, "removed", CLIENT_ID);
  remove_profile (&kept, removed); /* stands in `deleted`: not lost, but on its way out */
  psa_profile_set_name (draft, "bare");
  bare = save (&kept, draft, NULL, NULL);
  assert_orphans (&kept, 0, 1);

  g_assert_true (keyring_store (kept.vault, LOST_ID, KEYRING_CANARY " lost", &error));
  g_assert_true (keyring_store (kept.vault, LOST_CLIENT_ID_ID, OTHER_CLIENT_ID, &error));
  assert_orphans (&kept, 2, 1);

  /* What has a secret keeps it, and what belongs to a profile cannot be taken from it. */
  join (&kept, LOST_ID, whole, &error);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
  g_clear_error (&error);
  join (&kept, psa_profile_get_id (whole), bare, &error);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  remove_orphan (&kept, psa_profile_get_id (whole), &error);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  remove_orphan (&kept, psa_profile_get_id (removed), &error);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_secret (&kept, psa_profile_get_id (whole), KEYRING_CANARY);

  revision = psa_profile_get_revision (bare);
  join (&kept, LOST_ID, bare, &error);
  g_assert_no_error (error);
  assert_secret (&kept, psa_profile_get_id (bare), KEYRING_CANARY " lost");
  assert_secret (&kept, LOST_ID, NULL);
  g_assert_cmpuint (psa_profile_get_revision (bare), >, revision);
  assert_orphans (&kept, 1, 1); /* it still lacks a Client ID */
  join (&kept, LOST_CLIENT_ID_ID, bare, &error);
  g_assert_no_error (error);
  assert_secret (&kept, psa_profile_get_integration (bare), OTHER_CLIENT_ID);
  assert_orphans (&kept, 0, 0);

  g_assert_true (keyring_store (kept.vault, LOST_ID, "of no use", &error));
  remove_orphan (&kept, LOST_ID, &error);
  g_assert_no_error (error);
  assert_secret (&kept, LOST_ID, NULL);
  assert_secret (&kept, psa_profile_get_id (whole), KEYRING_CANARY);

  g_clear_object (&whole);
  g_clear_object (&bare);
  kept_close (&kept);
}

static gboolean
change_client_id (Kept *kept, const char *integration, const char *client_id, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_keeper_change_client_id_async (kept->keeper,
                                     psa_store_get_integration (kept->store, integration),
                                     client_id, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  return psa_keeper_change_client_id_finish (kept->keeper, result, error);
}

/* Once for all that use it, and for nobody else; what is refused or cannot be written changes nothing. */
static void
test_change_client_id (void)
{
  Kept kept;
  g_autoptr(PsaProfile) one = NULL, two = NULL, other = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;

  kept_open (&kept);
  one = save_new (&kept, "one", CLIENT_ID);
  two = save_new (&kept, "two", CLIENT_ID);
  other = save_new (&kept, "other", OTHER_CLIENT_ID);
  id = g_strdup (psa_profile_get_integration (one));

  g_assert_false (change_client_id (&kept, id, OTHER_CLIENT_ID, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
  g_assert_null (strstr (error->message, OTHER_CLIENT_ID));
  g_clear_error (&error);
  g_assert_true (change_client_id (&kept, id, CLIENT_ID, &error));
  g_assert_cmpuint (psa_profile_get_revision (one), ==, 1);

  g_assert_true (change_client_id (&kept, id, NEW_CLIENT_ID, &error));
  g_assert_no_error (error);
  assert_secret (&kept, id, NEW_CLIENT_ID);
  g_assert_cmpuint (psa_profile_get_revision (one), ==, 2);
  g_assert_cmpuint (psa_profile_get_revision (two), ==, 2);
  g_assert_cmpuint (psa_profile_get_revision (other), ==, 1);
  g_assert_nonnull (strstr (psa_integration_get_name (
                        psa_store_get_integration (kept.store, id)), "ef56"));

  g_assert_true (g_file_set_contents (
      kept.path, "{\"schema\":2,\"integrations\":[],\"profiles\":[],\"deleted\":[]}", -1, NULL));
  g_assert_false (change_client_id (&kept, id, CLIENT_ID, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NEWER);
  assert_secret (&kept, id, NEW_CLIENT_ID);

  g_clear_object (&one);
  g_clear_object (&two);
  g_clear_object (&other);
  kept_close (&kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  keyring_add_case ("/k3-secrets/save/service", KEYRING_UNLOCKED, test_save);
  keyring_add_case ("/k3-secrets/save/file", KEYRING_FILE, test_save);
  keyring_add_case ("/k3-secrets/save-again", KEYRING_FILE, test_save_again);
  keyring_add_case ("/k3-secrets/file-fails", KEYRING_FILE, test_file_fails);
  keyring_add_case ("/k3-secrets/keyring-fails", KEYRING_NONE, test_keyring_fails);
  keyring_add_case ("/k5-prompts/refused-once", KEYRING_UNLOCKED, test_locked);
  keyring_add_case ("/keeper/cancel", KEYRING_FILE, test_cancel);
  keyring_add_case ("/k4-all-removed/service", KEYRING_UNLOCKED, test_remove);
  keyring_add_case ("/k4-all-removed/file", KEYRING_FILE, test_remove);
  keyring_add_case ("/k3-secrets/orphans/service", KEYRING_UNLOCKED, test_orphans);
  keyring_add_case ("/k3-secrets/orphans/file", KEYRING_FILE, test_orphans);
  keyring_add_case ("/k3-secrets/change-client-id", KEYRING_FILE, test_change_client_id);
  keyring_add_case ("/k3-secrets/purge/at-start", KEYRING_FILE, test_purge_at_start);
  keyring_add_case ("/k3-secrets/purge/nothing", KEYRING_FILE, test_purge_nothing);
  keyring_add_case ("/k3-secrets/purge/partly", KEYRING_UNLOCKED, test_purge_partly);

  return g_test_run ();
}
