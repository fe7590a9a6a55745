/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "keyring-fixture.h"
#include "psa-error.h"
#include "psa-keeper-import.h"
#include "psa-keeper-orphans.h"

#include <signal.h>
#include <string.h>

/* Many profiles at once, over a real file and a real keyring: what an import that comes to nothing leaves. */

#define CLIENT_ID "11111111-2222-3333-4444-55555555ab12"
#define FORMER_CLIENT_ID "99999999-2222-3333-4444-55555555cd34"
#define LOST_ID "5f0c6c1e-8f6b-4f0e-9a6d-0c9f1d2e3a4b"
#define FILE_ID "0b7f2a90-16b3-4d4c-8c2b-7d5e6f708192"

typedef struct
{
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
  g_autofree char *folder = g_build_filename (base, "data", NULL);

  kept->path = g_build_filename (folder, "profiles.json", NULL);
  kept->store = psa_store_new (folder);
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
  g_free (kept->path);
}

static void
assert_secret (Kept *kept, const char *id, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = keyring_lookup (kept->vault, id, PSA_VAULT_NO_PROMPT, &error);

  g_assert_true (error == NULL || g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING));
  g_assert_cmpstr (secret, ==, expected);
}

static guint
count_orphans (Kept *kept)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaOrphans) orphans = NULL;

  psa_keeper_list_orphans_async (kept->keeper, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb,
                                 &result);
  keyring_wait (&result);
  orphans = psa_keeper_list_orphans_finish (kept->keeper, result, &error);
  g_assert_no_error (error);
  return orphans->items->len;
}

static guint
count_deleted (Kept *kept)
{
  g_auto(GStrv) deleted = psa_store_dup_deleted (kept->store);

  return g_strv_length (deleted);
}

static guint
count_profiles (Kept *kept)
{
  return g_list_model_get_n_items (G_LIST_MODEL (kept->store));
}

static guint
count_integrations (Kept *kept)
{
  return g_list_model_get_n_items (psa_store_get_integrations (kept->store));
}

static GPtrArray *
create_entries (guint n)
{
  GPtrArray *entries = psa_keeper_entries_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(PsaProfile) draft = psa_profile_new ();

      psa_profile_set_name (draft, "new");
      psa_keeper_entries_add (entries, draft, CLIENT_ID, KEYRING_CANARY, TRUE);
    }
  return entries;
}

static const char *
get_id (GPtrArray *entries, guint position)
{
  return psa_profile_get_id (((PsaKeeperEntry *) entries->pdata[position])->draft);
}

/* What happens once so many entries are stored. */
typedef struct
{
  guint after;
  GCancellable *cancellable;
  GPid daemon;
} Disturbance;

static void
progress_cb (goffset current, goffset total, gpointer user_data)
{
  Disturbance *disturbance = user_data;

  if (disturbance == NULL || current != disturbance->after)
    return;
  if (disturbance->cancellable != NULL)
    g_cancellable_cancel (disturbance->cancellable);
  else
    g_assert_cmpint (kill (disturbance->daemon, SIGKILL), ==, 0);
}

static gboolean
import (Kept *kept,
        GPtrArray *entries,
        PsaIntegration *integration,
        Disturbance *disturbance,
        GError **error)
{
  g_autoptr(GPtrArray) integrations = g_ptr_array_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(PsaKeeperUndo) undo = NULL;

  if (integration != NULL)
    g_ptr_array_add (integrations, integration);
  psa_keeper_import_async (kept->keeper, entries, integrations, progress_cb, disturbance,
                           disturbance != NULL ? disturbance->cancellable : NULL, keyring_result_cb,
                           &result);
  keyring_wait (&result);
  undo = psa_keeper_import_finish (kept->keeper, result, error);
  return undo != NULL;
}

/* Nothing of it is left, wherever it was cancelled; what it did not bring along is untouched. */
static void
test_cancelled (void)
{
  Kept kept;
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  g_assert_true (keyring_store (kept.vault, LOST_ID, KEYRING_CANARY " lost", &error));
  for (guint after = 0; after <= 3; after++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GPtrArray) entries = create_entries (3);
      Disturbance disturbance = { after, cancellable, 0 };
      g_autofree char *said =
          after == 0 ? g_strdup ("Nothing was imported.")
                     : g_strdup_printf ("Nothing was imported; %u secrets that were stored for it "
                                        "are out of the keyring again.",
                                        after + 1); /* and the Client ID */

      g_assert_false (import (&kept, entries, NULL, &disturbance, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpstr (error->message, ==, said);
      g_clear_error (&error);
      for (guint i = 0; i < entries->len; i++)
        g_assert_cmpuint (keyring_count_items (get_id (entries, i)), ==, 0);
      g_assert_cmpuint (count_orphans (&kept), ==, 1);
      g_assert_cmpuint (count_profiles (&kept), ==, 0);
      g_assert_cmpuint (count_deleted (&kept), ==, 0);
    }
  assert_secret (&kept, LOST_ID, KEYRING_CANARY " lost");
  kept_close (&kept);
}

/* Under UUIDs that a file names there may be secrets of former times: they are put back, not removed. */
static void
test_former (void)
{
  Kept kept;
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonObject) named = json_object_new ();
  g_autoptr(GPtrArray) entries = psa_keeper_entries_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Disturbance disturbance = { 1, cancellable, 0 };
  g_autoptr(PsaProfile) draft = NULL;
  g_autoptr(PsaIntegration) integration = NULL;
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  g_assert_true (keyring_store (kept.vault, LOST_ID, KEYRING_CANARY " lost", &error));
  g_assert_true (keyring_store (kept.vault, FILE_ID, FORMER_CLIENT_ID, &error));
  json_object_set_string_member (object, "id", LOST_ID);
  json_object_set_string_member (named, "id", FILE_ID);
  json_object_set_string_member (named, "name", "Sync");
  draft = psa_profile_new_from_json (object, &error);
  g_assert_no_error (error);
  integration = psa_integration_new_from_json (named, &error);
  g_assert_no_error (error);
  psa_profile_set_integration (draft, FILE_ID);
  psa_keeper_entries_add (entries, draft, CLIENT_ID, KEYRING_CANARY " of the file", FALSE);

  g_assert_false (import (&kept, entries, integration, &disturbance, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_secret (&kept, LOST_ID, KEYRING_CANARY " lost");
  assert_secret (&kept, FILE_ID, FORMER_CLIENT_ID);
  g_assert_cmpuint (count_deleted (&kept), ==, 0);
  kept_close (&kept);
}

/* A profile that is kept and had no password has the new one all the same: it is the user's, and it is said. */
static void
test_kept_without_password (void)
{
  Kept kept;
  g_autoptr(PsaProfile) draft = psa_profile_new ();
  g_autoptr(GPtrArray) bare = psa_keeper_entries_new ();
  g_autoptr(GPtrArray) entries = psa_keeper_entries_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Disturbance disturbance = { 1, cancellable, 0 };
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  psa_keeper_entries_add (bare, draft, NULL, NULL, FALSE);
  g_assert_true (import (&kept, bare, NULL, NULL, &error));
  psa_keeper_entries_add (entries, draft, NULL, KEYRING_CANARY, FALSE);

  g_assert_false (import (&kept, entries, NULL, &disturbance, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==,
                   "Nothing was imported; 1 secret that was stored for it is still in the keyring.");
  assert_secret (&kept, psa_profile_get_id (draft), KEYRING_CANARY);
  g_assert_cmpuint (count_profiles (&kept), ==, 1);
  kept_close (&kept);
}

/* Where `deleted` cannot be written nothing is removed: it is shown as what lost its profile, and it is said. */
static void
test_file_fails (void)
{
  static const char newer[] = "{\"schema\":2,\"integrations\":[],\"profiles\":[],\"deleted\":[]}";
  Kept kept;
  g_autoptr(GPtrArray) entries = create_entries (1);
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *after = NULL;

  kept_open (&kept);
  folder = g_path_get_dirname (kept.path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (kept.path, newer, -1, NULL));
  g_assert_false (import (&kept, entries, NULL, NULL, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_NEWER);
  g_assert_true (g_str_has_suffix (error->message,
                                   " Nothing was imported; 2 secrets that were stored for it are "
                                   "still in the keyring."));
  assert_secret (&kept, get_id (entries, 0), KEYRING_CANARY);
  g_assert_true (g_file_get_contents (kept.path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, newer);
  kept_close (&kept);
}

/* The keyring ends in the middle: what it has of the import stands in `deleted`, and the next start finishes that. */
static void
test_keyring_dies (void)
{
  Kept kept;
  g_autoptr(GPtrArray) entries = create_entries (3);
  Disturbance disturbance = { 2, NULL, keyring_get_daemon () };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  g_assert_true (keyring_store (kept.vault, LOST_ID, KEYRING_CANARY " lost", &error));
  g_assert_false (import (&kept, entries, NULL, &disturbance, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "3 secrets that were stored for it are still in the"));
  g_clear_error (&error);
  kept_close (&kept);

  keyring_restart_daemon (TRUE);
  kept_open (&kept);
  g_assert_cmpuint (count_profiles (&kept), ==, 0);
  g_assert_cmpuint (count_deleted (&kept), ==, 4); /* the one that failed may have arrived after all */
  g_assert_cmpuint (keyring_count_items (get_id (entries, 0)), ==, 1);
  psa_keeper_purge_async (kept.keeper, NULL, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  g_assert_true (psa_keeper_purge_finish (kept.keeper, result, &error));
  g_assert_cmpuint (count_deleted (&kept), ==, 0);
  g_assert_cmpuint (keyring_count_items (get_id (entries, 0)), ==, 0);
  g_assert_cmpuint (count_orphans (&kept), ==, 1);
  assert_secret (&kept, LOST_ID, KEYRING_CANARY " lost");
  g_clear_object (&result);
  kept_close (&kept);
}

/* One Client ID is one integration, in the rows of one file and of the next. */
static void
test_one_client_id (void)
{
  Kept kept;
  g_autoptr(GPtrArray) first = create_entries (2);
  g_autoptr(GPtrArray) second = create_entries (2);
  g_autoptr(GError) error = NULL;

  kept_open (&kept);
  g_assert_true (import (&kept, first, NULL, NULL, &error));
  g_assert_cmpuint (count_integrations (&kept), ==, 1);
  g_assert_true (import (&kept, second, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_profiles (&kept), ==, 4);
  g_assert_cmpuint (count_integrations (&kept), ==, 1);
  kept_close (&kept);
}

static void
start_import (Kept *kept, GPtrArray *entries, GAsyncResult **result)
{
  g_autoptr(GPtrArray) integrations = g_ptr_array_new ();

  psa_keeper_import_async (kept->keeper, entries, integrations, NULL, NULL, NULL, keyring_result_cb,
                           result);
}

static void
finish_import (Kept *kept, GAsyncResult **result)
{
  g_autoptr(PsaKeeperUndo) undo = NULL;
  g_autoptr(GError) error = NULL;

  keyring_wait (result);
  undo = psa_keeper_import_finish (kept->keeper, *result, &error);
  g_assert_no_error (error);
}

/* Likewise where the second begins before the first is done. */
static void
test_one_client_id_at_once (void)
{
  Kept kept;
  g_autoptr(GPtrArray) first = create_entries (2);
  g_autoptr(GPtrArray) second = create_entries (2);
  g_autoptr(GAsyncResult) first_result = NULL;
  g_autoptr(GAsyncResult) second_result = NULL;

  kept_open (&kept);
  start_import (&kept, first, &first_result);
  start_import (&kept, second, &second_result);
  finish_import (&kept, &first_result);
  finish_import (&kept, &second_result);
  g_assert_cmpuint (count_profiles (&kept), ==, 4);
  g_assert_cmpuint (count_integrations (&kept), ==, 1);
  g_clear_object (&first_result);
  g_clear_object (&second_result);
  kept_close (&kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  keyring_add_case ("/k3-secrets/import/cancelled/service", KEYRING_UNLOCKED, test_cancelled);
  keyring_add_case ("/k3-secrets/import/cancelled/file", KEYRING_FILE, test_cancelled);
  keyring_add_case ("/k3-secrets/import/former", KEYRING_FILE, test_former);
  keyring_add_case ("/k3-secrets/import/kept", KEYRING_FILE, test_kept_without_password);
  keyring_add_case ("/k3-secrets/import/file-fails", KEYRING_FILE, test_file_fails);
  keyring_add_case ("/k3-secrets/import/keyring-dies", KEYRING_UNLOCKED, test_keyring_dies);
  keyring_add_case ("/k3-secrets/import/one-client-id", KEYRING_FILE, test_one_client_id);
  keyring_add_case ("/k3-secrets/import/one-client-id-at-once", KEYRING_FILE,
                    test_one_client_id_at_once);

  return g_test_run ();
}
