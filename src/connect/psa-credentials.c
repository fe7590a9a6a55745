/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-credentials.h"

#include <glib/gi18n-lib.h>

#include "psa-client-id.h"
#include "psa-error.h"
#include "psa-username.h"

/* One look-up of both secrets. What comes is kept here until it is whole: whoever gave up waiting
 * may have freed the credentials it was meant for. */
typedef struct
{
  PsaCredentials *target; /* only touched in the finish */
  PsaCredentials *found;
  PsaVault *vault;
  PsaProfile *profile;
  PsaClientIds *shared; /* (nullable) */
  guint shared_stamp;
  PsaVaultPrompt prompt;
} Load;

static void
load_free (Load *self)
{
  g_clear_pointer (&self->found, psa_credentials_free);
  g_clear_object (&self->vault);
  g_clear_object (&self->profile);
  g_clear_object (&self->shared);
  g_free (self);
}

/* Copies into memory that is wiped, and wipes the text itself. */
static PsaSecret *
take_secret (char *text)
{
  PsaSecret *secret = psa_secret_new (text);

  explicit_bzero (text, strlen (text));
  g_free (text);

  return secret;
}

/* The `+` between company and key goes out as it is, not as the blank that a form would make of it.
 */
static PsaSecret *
build_authorization (const char *username, const PsaSecret *password, GError **error)
{
  g_autofree char *company = NULL;
  g_autofree char *key = NULL;
  g_autoptr(PsaSecret) pair = NULL;
  g_autoptr(PsaSecret) encoded = NULL;

  if (!psa_username_split (username, &company, &key, error))
    return NULL;
  pair = take_secret (g_strconcat (company, "+", key, ":", password, NULL));
  encoded = take_secret (g_base64_encode ((const guchar *) pair, strlen (pair)));

  return take_secret (g_strconcat ("Basic ", encoded, NULL));
}

static PsaSecret *
dup_secret (const PsaSecret *secret)
{
  return secret == NULL ? NULL : psa_secret_new (secret);
}

static void load_next (GTask *task);

static void
lookup_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  Load *load = g_task_get_task_data (task);
  PsaCredentials *found = load->found;

  if (secret == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (found->client_id != NULL)
    found->password = g_steal_pointer (&secret);
  else
    {
      if (load->shared != NULL)
        psa_client_ids_put (load->shared, psa_profile_get_integration (load->profile), secret,
                            load->shared_stamp);
      found->client_id = g_steal_pointer (&secret);
    }
  if (!psa_credentials_check (found, &error))
    g_task_return_new_error_literal (task, PSA_ERROR, PSA_ERROR_SECRET_MISSING, error->message);
  else
    load_next (task);
}

/* One after the other, so that there is one prompt at most. */
static void
load_next (GTask *task)
{
  Load *load = g_task_get_task_data (task);
  PsaCredentials *found = load->found;
  const char *integration = psa_profile_get_integration (load->profile);
  g_autoptr(GError) error = NULL;

  if (found->client_id == NULL && integration != NULL && load->shared != NULL)
    {
      found->client_id = dup_secret (psa_client_ids_get (load->shared, integration));
      load->shared_stamp = psa_client_ids_get_stamp (load->shared);
    }
  if (found->client_id == NULL && integration == NULL)
    g_task_return_new_error_literal (task, PSA_ERROR, PSA_ERROR_SECRET_MISSING,
                                     _("No Client ID was saved"));
  else if (found->password == NULL && psa_profile_get_secret_for (load->profile) != NULL)
    g_task_return_new_error_literal (task, PSA_ERROR, PSA_ERROR_SECRET_MISSING,
                                     /* Translators: an import or a restored backup changed where it would go */
                                     _("The password was entered for another address"));
  else if (found->client_id == NULL || found->password == NULL)
    psa_vault_lookup_async (
        load->vault, found->client_id == NULL ? integration : psa_profile_get_id (load->profile),
        load->prompt, g_task_get_cancellable (task), lookup_cb, g_object_ref (task));
  else
    {
      found->authorization =
          build_authorization (psa_profile_get_username (load->profile), found->password, &error);
      if (found->authorization == NULL)
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/**
 * psa_credentials_new:
 * @client_id: (nullable): typed, not saved
 * @password: (nullable): likewise
 *
 * Returns: (transfer full): credentials, as far as they are known
 */
PsaCredentials *
psa_credentials_new (const PsaSecret *client_id, const PsaSecret *password)
{
  PsaCredentials *self = g_new0 (PsaCredentials, 1);

  self->client_id = dup_secret (client_id);
  self->password = dup_secret (password);

  return self;
}

/**
 * psa_credentials_free:
 * @self: (transfer full) (nullable): credentials, which are wiped
 */
void
psa_credentials_free (PsaCredentials *self)
{
  if (self == NULL)
    return;

  psa_secret_free (self->client_id);
  psa_secret_free (self->password);
  psa_secret_free (self->authorization);
  g_free (self);
}

/**
 * psa_credentials_check:
 * @self: credentials, as far as they are known
 * @error: return location for a %PSA_ERROR_INVALID
 *
 * A Client ID is a GUID in one form; anything else must not become a header.
 *
 * Returns: whether what is known may be sent
 */
gboolean
psa_credentials_check (PsaCredentials *self, GError **error)
{
  PsaSecret *parsed;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->client_id == NULL)
    return TRUE;

  parsed = psa_client_id_parse (self->client_id, error);
  if (parsed == NULL)
    return FALSE;
  psa_secret_free (self->client_id);
  self->client_id = parsed;

  return TRUE;
}

/**
 * psa_credentials_list:
 * @secrets: (out) (array zero-terminated=1): those that are known, lent
 *
 * For psa_redact(): what must not stand in a result.
 */
void
psa_credentials_list (const PsaCredentials *self, const PsaSecret *secrets[4])
{
  guint n = 0;

  g_return_if_fail (self != NULL && secrets != NULL);

  if (self->client_id != NULL)
    secrets[n++] = self->client_id;
  if (self->password != NULL)
    secrets[n++] = self->password;
  if (self->authorization != NULL)
    secrets[n++] = self->authorization;
  secrets[n] = NULL;
}

/**
 * psa_credentials_load_async:
 * @self: credentials; not touched before psa_credentials_load_finish()
 * @vault: the keyring
 * @profile: whose they are
 * @shared: (nullable): where a Client ID is taken from, and put for others once it was looked up
 * @prompt: whether the keyring may ask to be unlocked
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Looks up what is not there yet, the Client ID first, and builds the value of the `Authorization`
 * header.
 */
void
psa_credentials_load_async (PsaCredentials *self,
                            PsaVault *vault,
                            PsaProfile *profile,
                            PsaClientIds *shared,
                            PsaVaultPrompt prompt,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  Load *load;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PSA_IS_VAULT (vault));
  g_return_if_fail (PSA_IS_PROFILE (profile));

  load = g_new0 (Load, 1);
  load->target = self;
  load->found = psa_credentials_new (self->client_id, self->password);
  load->vault = g_object_ref (vault);
  load->profile = g_object_ref (profile);
  g_set_object (&load->shared, shared);
  load->prompt = prompt;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, psa_credentials_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  load_next (task);
}

/**
 * psa_credentials_load_finish:
 * @result: what the callback was given
 * @error: return location for the vault's error
 *
 * Fills the credentials. Not to be called once they are gone: after cancelling, the result is
 * dropped as it is.
 *
 * Returns: whether they are whole
 */
gboolean
psa_credentials_load_finish (GAsyncResult *result, GError **error)
{
  Load *load;
  PsaCredentials found;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_credentials_load_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  load = g_task_get_task_data (G_TASK (result));
  found = *load->found;
  *load->found = *load->target;
  *load->target = found;

  return TRUE;
}

/**
 * psa_credentials_judge:
 * @error: why they could not be looked up
 *
 * Returns: the cause of a check that ends for it
 */
PsaCause
psa_credentials_judge (const GError *error)
{
  if (g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING))
    return PSA_CAUSE_SECRET_MISSING;
  if (g_error_matches (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED))
    return PSA_CAUSE_KEYRING_LOCKED;

  return PSA_CAUSE_KEYRING_UNAVAILABLE;
}
