/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-session.h"

#include "psa-await.h"
#include "psa-error.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

static gboolean
on_interrupt_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/* What is wrong with a file is told beside the answer; it never costs the answer where there is one. */
static gboolean
tell_problems (PsaSession *self, GError **error)
{
  const char *problem = psa_store_get_problem (self->store);
  const char *backup = psa_store_get_backup (self->store);
  const char *history_problem =
      psa_history_get_problem (psa_monitor_get_history (self->monitor));

  if (history_problem != NULL)
    g_printerr ("psactl: %s\n", history_problem);
  if (problem == NULL)
    return TRUE;

  if (psa_store_get_read_only (self->store))
    {
      g_printerr ("psactl: %s\n", problem);
      return TRUE;
    }

  if (backup != NULL)
    g_set_error (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                 /* Translators: the first %s is a sentence on a damaged file, the second a path */
                 _("%s The newest good backup is %s; the window restores it."), problem, backup);
  else
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED, problem);
  return FALSE;
}

static gboolean
load_past (PsaSession *self, PsaHistoryPart part, GError **error)
{
  g_auto(PsaAwait) loaded = { 0 };

  psa_monitor_load_async (self->monitor, part, self->cancellable, psa_await_cb, &loaded);
  return psa_monitor_load_finish (self->monitor, psa_await (&loaded), error);
}

/**
 * psa_session_open:
 * @error: return location for a `PSA_ERROR`
 *
 * Reads the profiles and which tenants are to be left alone. From now on an interrupt cancels what runs.
 *
 * Returns: (transfer full) (nullable): the session; %NULL where the profiles cannot be read
 */
PsaSession *
psa_session_open (GError **error)
{
  g_autoptr(PsaSession) self = g_new0 (PsaSession, 1);
  g_autofree char *data_folder = psa_store_dup_default_folder ();
  g_autofree char *state_folder = psa_history_dup_default_folder ();
  g_autoptr(PsaHistory) history = psa_history_new (state_folder);
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_auto(PsaAwait) store_loaded = { 0 };

  self->cancellable = g_cancellable_new ();
  self->store = psa_store_new (data_folder);
  self->keeper = psa_keeper_new (self->store, vault);
  self->monitor = psa_monitor_new (self->keeper, history);
  g_unix_signal_add (SIGINT, on_interrupt_cb, self->cancellable);
  g_unix_signal_add (SIGTERM, on_interrupt_cb, self->cancellable);

  psa_store_load_async (self->store, self->cancellable, psa_await_cb, &store_loaded);
  if (!psa_store_load_finish (self->store, psa_await (&store_loaded), error))
    return NULL;
  if (!load_past (self, PSA_HISTORY_PAUSES, error) || !tell_problems (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * psa_session_load_results:
 * @self: a session
 * @error: return location for a `PSA_ERROR`
 *
 * Reads what was last found of each profile, for the commands that show it.
 *
 * Returns: whether it was read
 */
gboolean
psa_session_load_results (PsaSession *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return load_past (self, PSA_HISTORY_ALL, error);
}

/**
 * psa_session_free:
 * @self: a session
 */
void
psa_session_free (PsaSession *self)
{
  g_clear_object (&self->monitor);
  g_clear_object (&self->keeper);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * psa_session_save:
 * @self: the session
 * @draft: what is to be kept
 * @client_id: (nullable): a new Client ID
 * @password: (nullable): a new password
 * @error: return location for a `PSA_ERROR`
 *
 * Returns: (transfer full) (nullable): the kept profile
 */
PsaProfile *
psa_session_save (PsaSession *self,
                  PsaProfile *draft,
                  const PsaSecret *client_id,
                  const PsaSecret *password,
                  GError **error)
{
  g_auto(PsaAwait) saved = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  psa_keeper_save_async (self->keeper, draft, client_id, password, self->cancellable, psa_await_cb,
                         &saved);
  return psa_keeper_save_finish (self->keeper, psa_await (&saved), error);
}
