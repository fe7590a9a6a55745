/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "keyring-fixture.h"
#include "psa-error.h"
#include "psa-vault-items.h"
#include "psa-vault-private.h"

#include <errno.h> /* program_invocation_name: there may be no /proc */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The vault against a real keyring daemon and libsecret's encrypted file. The portal is played in
 * test-vault-portal.c. */

#define ID "5f0c6c1e-8f6b-4f0e-9a6d-0c9f1d2e3a4b"
#define OTHER_ID "0b7f2a90-16b3-4d4c-8c2b-7d5e6f708192"
#define N_WRITERS 4
#define N_WRITTEN 12

static void
assert_lookup (PsaVault *vault, PsaVaultPrompt prompt, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = keyring_lookup (vault, ID, prompt, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static void
assert_lookup_fails (PsaVault *vault, PsaVaultPrompt prompt, PsaError code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = keyring_lookup (vault, ID, prompt, &error);

  g_assert_error (error, PSA_ERROR, (int) code);
  g_assert_null (secret);
  g_assert_true (g_str_has_suffix (error->message, ".") || strchr (error->message, ':') != NULL);
}

static void
assert_store (PsaVault *vault, const char *id, const char *secret)
{
  g_autoptr(GError) error = NULL;

  keyring_store (vault, id, secret, &error);
  g_assert_no_error (error);
}

static void
assert_clear (PsaVault *vault, const char *id)
{
  g_autoptr(GError) error = NULL;

  keyring_clear (vault, id, PSA_VAULT_NO_PROMPT, &error);
  g_assert_no_error (error);
}

/* What is kept, by id and label; the newest of two stands for both. */
static guint
count_listed (PsaVault *vault, PsaVaultPrompt prompt, const char *id, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) items = NULL;
  guint n_found = 0;

  psa_vault_list_async (vault, prompt, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  items = psa_vault_list_finish (vault, result, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      PsaVaultItem *item = items->pdata[i];

      g_assert_cmpstr (item->label, !=, KEYRING_CANARY);
      g_assert_nonnull (item->label);
      g_assert_cmpint (item->modified, >, 1600000000);
      n_found += g_str_equal (item->id, id);
    }
  return items != NULL ? n_found : G_MAXUINT;
}

static void
assert_list_fails (PsaVault *vault, PsaVaultPrompt prompt, PsaError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (count_listed (vault, prompt, ID, &error), ==, G_MAXUINT);
  g_assert_error (error, PSA_ERROR, (int) code);
}

/* The same for both kinds of keyring. */
static void
test_round_trip (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_cmpint (psa_vault_get_state (vault), ==, PSA_VAULT_STATE_UNKNOWN);
  g_assert_cmpuint (count_listed (vault, PSA_VAULT_NO_PROMPT, ID, NULL), ==, 0);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_SECRET_MISSING);
  g_assert_cmpint (psa_vault_get_state (vault), ==, PSA_VAULT_STATE_OPEN);
  assert_store (vault, ID, KEYRING_CANARY);
  assert_store (vault, OTHER_ID, "another");
  g_assert_cmpuint (count_listed (vault, PSA_VAULT_NO_PROMPT, ID, NULL), ==, 1);
  g_assert_cmpuint (count_listed (vault, PSA_VAULT_MAY_PROMPT, OTHER_ID, NULL), ==, 1);
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, KEYRING_CANARY);
  assert_store (vault, ID, "replaced");
  assert_lookup (vault, PSA_VAULT_MAY_PROMPT, "replaced");
  g_assert_cmpuint (keyring_count_items (ID), ==, 1);

  assert_store (vault, ID, KEYRING_CANARY " ünï");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, KEYRING_CANARY " ünï");
  keyring_assert_no_canary ();

  assert_clear (vault, ID);
  assert_clear (vault, ID); /* nothing there is success */
  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_SECRET_MISSING);
  g_assert_cmpuint (keyring_count_items (OTHER_ID), ==, 1);

  /* A cancellable that lives on holds nothing. */
  psa_vault_clear_async (vault, ID, PSA_VAULT_NO_PROMPT, cancellable, keyring_result_cb, &result);
  keyring_wait (&result);
  g_assert_true (psa_vault_clear_finish (vault, result, NULL));
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&vault));
}

/* Many at once, in one process: each ends once and well. */
static void
test_many (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  GAsyncResult *results[30] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *id = g_strdup_printf ("id-%u", i);

      psa_vault_store_async (vault, id, "Test", id, NULL, keyring_result_cb, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *id = g_strdup_printf ("id-%u", i);
      g_autoptr(PsaSecret) secret = NULL;

      keyring_wait (&results[i]);
      psa_vault_store_finish (vault, results[i], &error);
      g_assert_no_error (error);
      g_object_unref (results[i]);
      secret = keyring_lookup (vault, id, PSA_VAULT_NO_PROMPT, &error);
      g_assert_cmpstr (secret, ==, id);
    }
}

/* [K2] */
static void
test_deleted_outside (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();

  assert_store (vault, ID, "here");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "here");
  keyring_delete_items (ID);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_SECRET_MISSING);
  assert_clear (vault, ID);
}

/* [K2]: what was stored last is what is read, and nothing stays behind. */
/* [K2]: an item that another program has pointed to another profile: this one has none, and takes none with it. */
static void
test_points_elsewhere (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) found = NULL;

  g_assert_true (keyring_store (vault, ID, KEYRING_CANARY " one", &error));
  g_assert_true (keyring_store (vault, OTHER_ID, KEYRING_CANARY " two", &error));
  keyring_point_items (ID, OTHER_ID);
  g_assert_null (keyring_lookup (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING);
  g_clear_error (&error);

  g_assert_true (keyring_clear (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_cmpuint (keyring_count_items (OTHER_ID), ==, 2);
  g_assert_true (keyring_store (vault, ID, KEYRING_CANARY " new", &error));
  found = keyring_lookup (vault, ID, PSA_VAULT_NO_PROMPT, &error);
  g_assert_cmpstr (found, ==, KEYRING_CANARY " new");
  g_assert_cmpuint (keyring_count_items (OTHER_ID), ==, 2);
  g_assert_true (keyring_clear (vault, OTHER_ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (keyring_count_items (OTHER_ID), ==, 0);
  g_assert_cmpuint (keyring_count_items (ID), ==, 1);
}

static void
test_two_items (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();

  keyring_add_item (ID, "one", "Login");
  keyring_add_item (ID, "two", "Login");
  g_assert_cmpuint (keyring_count_items (ID), ==, 2);
  g_assert_cmpuint (count_listed (vault, PSA_VAULT_NO_PROMPT, ID, NULL), ==, 1);
  assert_store (vault, ID, "last");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "last");
  assert_clear (vault, ID);
  g_assert_cmpuint (keyring_count_items (ID), ==, 0);
}

/* [K1] [K5]: without a prompt nothing is asked; with one, the daemon finds nobody who could answer.
 * */
static void
test_locked (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GError) error = NULL;

  assert_store (vault, ID, "here");
  keyring_restart_daemon (FALSE);
  assert_list_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpint (psa_vault_get_state (vault), ==, PSA_VAULT_STATE_LOCKED);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_LOCKED);

  g_assert_false (keyring_store (vault, ID, "new", &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (keyring_clear (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (keyring_clear (vault, ID, PSA_VAULT_MAY_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
}

/* The daemon crashed or was updated: the next call finds its successor. */
static void
test_restarted (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();

  assert_store (vault, ID, "here");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "here");
  keyring_restart_daemon (TRUE);
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "here");
  assert_store (vault, ID, "new");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "new");
}

static void
test_restarted_store (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();

  assert_store (vault, ID, "here");
  keyring_restart_daemon (TRUE);
  assert_store (vault, ID, "new");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "new");
}

/* What cannot be seen in a locked keyring is not called missing, and a removal not done. */
static void
test_locked_absent (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GError) error = NULL;
  guint *n_prompts;

  keyring_restart_daemon (FALSE);
  n_prompts = keyring_offer_prompter (KEYRING_PROMPT_DECLINED);
  assert_list_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_false (keyring_clear (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (*n_prompts, ==, 0);
  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (*n_prompts, ==, 1);
  assert_list_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (*n_prompts, ==, 2);
}

/* Where the newest lies in a locked keyring, one that is open is read without a word. */
static void
test_half_locked (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();

  g_free (keyring_make_collection ("Second", "pw"));
  keyring_add_item (ID, "open", "Login");
  keyring_add_item (ID, "shut", "Second");
  keyring_restart_daemon (TRUE);
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "open");
}

static void
test_no_service (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GError) error = NULL;

  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_UNAVAILABLE);
  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_UNAVAILABLE);
  assert_list_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_UNAVAILABLE);
  g_assert_cmpint (psa_vault_get_state (vault), ==, PSA_VAULT_STATE_UNAVAILABLE);
  g_assert_false (keyring_store (vault, ID, KEYRING_CANARY, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_false (keyring_clear (vault, ID, PSA_VAULT_MAY_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE);
  keyring_assert_no_canary (); /* no fallback */
}

/* [K1]: the daemon is stopped, so the call hangs, and then it dies. */
static void
test_dies (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(PsaSecret) secret = NULL;
  g_autoptr(GError) error = NULL;

  assert_store (vault, ID, "here");
  g_assert_cmpint (kill (keyring_get_daemon (), SIGSTOP), ==, 0);
  psa_vault_lookup_async (vault, ID, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb, &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  g_assert_cmpint (kill (keyring_get_daemon (), SIGKILL), ==, 0);
  keyring_wait (&result);
  secret = psa_vault_lookup_finish (vault, result, &error);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE);
  g_assert_null (secret);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_UNAVAILABLE);
}

/* [K1] [K5]: a prompt that nobody answers keeps its call open, and no other; it can be cancelled.
 * */
static void
test_open_prompt (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint *n_prompts;

  assert_store (vault, ID, "here");
  keyring_restart_daemon (FALSE);
  n_prompts = keyring_offer_prompter (KEYRING_PROMPT_STAYS_OPEN);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_false (keyring_clear (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpuint (*n_prompts, ==, 0);

  psa_vault_lookup_async (vault, ID, PSA_VAULT_MAY_PROMPT, cancellable, keyring_result_cb,
                          &result);
  while (*n_prompts == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (result);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_null (result);

  g_cancellable_cancel (cancellable);
  g_main_context_iteration (NULL, FALSE);
  g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (result); /* at once, whatever the daemon does with its prompt */
  g_assert_null (psa_vault_lookup_finish (vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (*n_prompts, ==, 1);
}

/* Cancelling does not wait for a daemon that does not answer, and does not hold up what comes
 * after. */
static void
test_cancel (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) read = NULL, written = NULL, waiting = NULL, late = NULL;
  g_autoptr(GError) error = NULL;

  assert_store (vault, ID, "here");
  g_assert_cmpint (kill (keyring_get_daemon (), SIGSTOP), ==, 0);
  psa_vault_lookup_async (vault, ID, PSA_VAULT_MAY_PROMPT, cancellable, keyring_result_cb, &read);
  psa_vault_store_async (vault, ID, "Test", "new", cancellable, keyring_result_cb, &written);
  psa_vault_store_async (vault, ID, "Test", "newer", cancellable, keyring_result_cb, &waiting);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (read);

  g_cancellable_cancel (cancellable);
  keyring_wait (&read);
  keyring_wait (&written);
  keyring_wait (&waiting);
  g_assert_null (psa_vault_lookup_finish (vault, read, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (psa_vault_store_finish (vault, written, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (psa_vault_store_finish (vault, waiting, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  psa_vault_lookup_async (vault, ID, PSA_VAULT_MAY_PROMPT, cancellable, keyring_result_cb, &late);
  keyring_wait (&late);
  g_assert_null (psa_vault_lookup_finish (vault, late, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_cmpint (kill (keyring_get_daemon (), SIGCONT), ==, 0);
  assert_store (vault, ID, "after");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "after");
  g_clear_object (&read);
  g_clear_object (&written);
  g_clear_object (&waiting);
  g_clear_object (&late);
  g_assert_finalize_object (g_steal_pointer (&vault));
}

static void
test_file_mode (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  struct stat status;

  assert_store (vault, ID, KEYRING_CANARY);
  g_assert_cmpint (stat (g_getenv ("SECRET_FILE_TEST_PATH"), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  keyring_assert_no_canary ();
}

static void
test_file_damaged (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();

  g_assert_true (g_file_set_contents (g_getenv ("SECRET_FILE_TEST_PATH"), "nonsense", -1, NULL));
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_UNAVAILABLE);
}

static pid_t
start_helper (const char *path)
{
  pid_t child = fork ();

  if (child == 0)
    {
      execl (program_invocation_name, program_invocation_name, "--GTestSubprocess", "-p", path,
             (char *) NULL);
      _exit (1);
    }
  return child;
}

static void
await_helper (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

/* A change by another process within the same second, which libsecret does not notice by itself. */
static void
store_elsewhere (void)
{
  await_helper (start_helper ("/vault/helper/store-other"));
}

static void
test_file_conflict (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();

  assert_store (vault, ID, "ours");
  store_elsewhere ();
  assert_store (vault, ID, "again");
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "again");
  g_assert_cmpuint (keyring_count_items (OTHER_ID), ==, 1);

  store_elsewhere ();
  assert_clear (vault, ID);
  g_assert_cmpuint (keyring_count_items (ID), ==, 0);
  g_assert_cmpuint (keyring_count_items (OTHER_ID), ==, 1);
}

static void
test_file_stale (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new_for (TRUE);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = NULL;

  assert_store (vault, ID, "ours");
  store_elsewhere ();
  secret = keyring_lookup (vault, OTHER_ID, PSA_VAULT_MAY_PROMPT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "theirs");
}

/* [F5]: several processes write at once, and none of it is lost; nor does one that makes the file
 * meet another that reads it. */
static void
test_file_writers (void)
{
  g_autoptr(PsaVault) vault = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GError) error = NULL;
  pid_t writers[N_WRITERS];

  for (guint i = 0; i < N_WRITERS; i++)
    writers[i] = start_helper ("/vault/helper/store-many");
  for (guint i = 0; i < N_WRITERS; i++)
    await_helper (writers[i]);

  vault = psa_vault_new ();
  psa_vault_list_async (vault, PSA_VAULT_NO_PROMPT, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  items = psa_vault_list_finish (vault, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, N_WRITERS * N_WRITTEN);
}

static void
helper_store_many (void)
{
  g_autoptr(PsaVault) vault = NULL;

  if (!g_test_subprocess ())
    return; /* only of use to test_file_writers() */

  vault = psa_vault_new ();
  for (guint i = 0; i < N_WRITTEN; i++)
    {
      g_autofree char *id = g_uuid_string_random ();

      assert_store (vault, id, "theirs");
    }
}

static void
helper_store_other (void)
{
  g_autoptr(PsaVault) vault = NULL;

  if (!g_test_subprocess ())
    return; /* only of use to store_elsewhere() */

  vault = psa_vault_new ();
  assert_store (vault, OTHER_ID, "theirs");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  keyring_add_case ("/vault/service/round-trip", KEYRING_UNLOCKED, test_round_trip);
  keyring_add_case ("/vault/service/many", KEYRING_UNLOCKED, test_many);
  keyring_add_case ("/k2-items/deleted-outside", KEYRING_UNLOCKED, test_deleted_outside);
  keyring_add_case ("/k2-items/two-items", KEYRING_UNLOCKED, test_two_items);
  keyring_add_case ("/k2-items/points-elsewhere", KEYRING_UNLOCKED, test_points_elsewhere);
  keyring_add_case ("/k1-keyring/locked", KEYRING_UNLOCKED, test_locked);
  keyring_add_case ("/k1-keyring/locked-absent", KEYRING_UNLOCKED, test_locked_absent);
  keyring_add_case ("/k1-keyring/restarted", KEYRING_UNLOCKED, test_restarted);
  keyring_add_case ("/k1-keyring/restarted-store", KEYRING_UNLOCKED, test_restarted_store);
  keyring_add_case ("/k1-keyring/half-locked", KEYRING_UNLOCKED, test_half_locked);
  keyring_add_case ("/k5-prompts/left-open", KEYRING_UNLOCKED, test_open_prompt);
  keyring_add_case ("/k1-keyring/dies", KEYRING_UNLOCKED, test_dies);
  keyring_add_case ("/k1-keyring/cancel", KEYRING_UNLOCKED, test_cancel);
  keyring_add_case ("/k1-keyring/no-service", KEYRING_NONE, test_no_service);
  keyring_add_case ("/k1-keyring/no-bus", KEYRING_NO_BUS, test_no_service);
  keyring_add_case ("/vault/file/round-trip", KEYRING_FILE, test_round_trip);
  keyring_add_case ("/vault/file/many", KEYRING_FILE, test_many);
  keyring_add_case ("/vault/file/mode", KEYRING_FILE, test_file_mode);
  keyring_add_case ("/vault/file/damaged", KEYRING_FILE, test_file_damaged);
  keyring_add_case ("/vault/file/conflict", KEYRING_FILE, test_file_conflict);
  keyring_add_case ("/vault/file/stale", KEYRING_FILE, test_file_stale);
  keyring_add_case ("/vault/file/writers", KEYRING_FILE, test_file_writers);
  g_test_add_func ("/vault/helper/store-many", helper_store_many);
  g_test_add_func ("/vault/helper/store-other", helper_store_other);

  return g_test_run ();
}
