/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-await.h"
#include "psa-command.h"
#include "psa-error.h"

#include <glib/gi18n.h>

/* What this removal took off the list: the profiles, and the integrations that nobody uses any more. What
 * stood in `deleted` before may be another program's, which can still be undone there. */
static GStrv
list_new (const char *const *before, const char *const *after)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; after[i] != NULL; i++)
    if (!g_strv_contains (before, after[i]))
      g_strv_builder_add (builder, after[i]);
  return g_strv_builder_end (builder);
}

/* The file first, then the keyring: what a crash leaves half done is finished from `deleted`. */
static gboolean
remove_profiles (PsaSession *session, const char *const *ids, GError **error)
{
  g_auto(PsaAwait) removed = { 0 };
  g_auto(PsaAwait) purged = { 0 };
  g_auto(PsaAwait) forgotten = { 0 };
  PsaHistory *history = psa_monitor_get_history (session->monitor);
  g_auto(GStrv) deleted_before = psa_store_dup_deleted (session->store);
  g_auto(GStrv) deleted_after = NULL;
  g_auto(GStrv) gone = NULL;

  psa_keeper_remove_async (session->keeper, ids, session->cancellable, psa_await_cb, &removed);
  if (!psa_keeper_remove_finish (session->keeper, psa_await (&removed), error))
    return FALSE;

  psa_history_remove_async (history, ids, session->cancellable, psa_await_cb, &forgotten);
  if (!psa_history_remove_finish (history, psa_await (&forgotten), error))
    return FALSE;

  deleted_after = psa_store_dup_deleted (session->store);
  gone = list_new ((const char *const *) deleted_before, (const char *const *) deleted_after);
  psa_keeper_purge_async (session->keeper, (const char *const *) gone, PSA_VAULT_MAY_PROMPT,
                          session->cancellable, psa_await_cb, &purged);
  return psa_keeper_purge_finish (session->keeper, psa_await (&purged), error);
}

/**
 * psa_command_remove:
 * @argc: the number of words
 * @argv: the words, "remove" first
 * @error: return location for what stopped it
 *
 * `psactl remove NAME…`: all of them, or none where a name is not found.
 *
 * Returns: the exit code
 */
PsaExit
psa_command_remove (int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) ids = NULL;
  g_autoptr(PsaSession) session = NULL;

  if (!psa_command_parse (entries, "NAME…",
                          _("Removes profiles, their results, and their secrets from the keyring."),
                          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc < 2)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID,
                   _("“remove” wants the names of the profiles."));
      return PSA_EXIT_USAGE;
    }

  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  for (int i = 1; i < argc; i++)
    {
      PsaProfile *profile = psa_store_find (session->store, argv[i], error);

      if (profile == NULL)
        return PSA_EXIT_NOT_FOUND;
      g_strv_builder_add (builder, psa_profile_get_id (profile));
    }

  ids = g_strv_builder_end (builder);
  return remove_profiles (session, (const char *const *) ids, error) ? PSA_EXIT_OK
                                                                      : PSA_EXIT_INTERNAL;
}
