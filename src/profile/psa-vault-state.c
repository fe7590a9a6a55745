/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-vault-state.h"

#include "psa-error.h"
#include "psa-vault-private.h"

#include <libsecret/secret.h>

/*
 * The vault as an object: where it keeps secrets, and how it was found. Nothing here asks the
 * keyring; psa-vault.c does.
 *
 * Properties: state (PsaVaultState, read-only).
 */

typedef enum
{
  PROP_STATE = 1,
} PsaVaultProperty;

static GParamSpec *properties[PROP_STATE + 1];

G_DEFINE_FINAL_TYPE (PsaVault, psa_vault, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PsaVaultState, psa_vault_state,
                    G_DEFINE_ENUM_VALUE (PSA_VAULT_STATE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (PSA_VAULT_STATE_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (PSA_VAULT_STATE_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (PSA_VAULT_STATE_UNAVAILABLE, "unavailable"))

/* A cancelled call has learned nothing. */
static void
on_call_ended (PsaVault *self, const GError *error)
{
  PsaVaultState state = PSA_VAULT_STATE_OPEN;

  if (g_error_matches (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED))
    state = PSA_VAULT_STATE_LOCKED;
  else if (g_error_matches (error, PSA_ERROR, PSA_ERROR_KEYRING_UNAVAILABLE))
    state = PSA_VAULT_STATE_UNAVAILABLE;
  else if (error != NULL && !g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING))
    return;

  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
psa_vault_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((PsaVaultProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) PSA_VAULT (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_vault_class_init (PsaVaultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = psa_vault_get_property;

  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, PSA_TYPE_VAULT_STATE, PSA_VAULT_STATE_UNKNOWN,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_vault_init (PsaVault *self)
{
  g_queue_init (&self->queue.calls);
  self->queue.begin = psa_vault_begin_call;
  self->queue.ended = on_call_ended;
}

/**
 * psa_vault_new:
 *
 * The keyring of this user; one for a process. Nothing is asked of it before the first call. It is
 * in a sandbox where Flatpak's `/.flatpak-info` is; libsecret goes by the same file.
 *
 * Returns: (transfer full): a vault
 */
PsaVault *
psa_vault_new (void)
{
  return psa_vault_new_for (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
}

/* psa-vault-private.h */
PsaVault *
psa_vault_new_for (gboolean sandboxed)
{
  PsaVault *self = g_object_new (PSA_TYPE_VAULT, NULL);

  self->sandboxed = sandboxed;
  return self;
}

/* psa-vault-private.h */
gboolean
psa_vault_may_prompt (PsaVault *self)
{
  return self->sandboxed && !self->opened;
}

/**
 * psa_vault_get_state:
 * @self: the keyring
 *
 * Returns: how the last call found it
 */
PsaVaultState
psa_vault_get_state (PsaVault *self)
{
  g_return_val_if_fail (PSA_IS_VAULT (self), PSA_VAULT_STATE_UNKNOWN);

  return self->state;
}

/**
 * psa_vault_get_backend:
 * @self: the keyring
 *
 * Returns: who keeps the secrets
 */
PsaVaultBackend
psa_vault_get_backend (PsaVault *self)
{
  g_return_val_if_fail (PSA_IS_VAULT (self), PSA_VAULT_BACKEND_SERVICE);

  return self->sandboxed || g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0
             ? PSA_VAULT_BACKEND_FILE
             : PSA_VAULT_BACKEND_SERVICE;
}

/**
 * psa_vault_get_usual_backend:
 *
 * Returns: who keeps the secrets of a vault that psa_vault_new() makes
 */
PsaVaultBackend
psa_vault_get_usual_backend (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new (); /* it asks nobody */

  return psa_vault_get_backend (vault);
}

/**
 * psa_vault_dup_file:
 * @self: the keyring
 *
 * The path is the one that libsecret 0.21 chooses, read in its secret-file-backend.c.
 *
 * Returns: (transfer full) (nullable): the encrypted file; NULL where a service keeps the secrets
 */
char *
psa_vault_dup_file (PsaVault *self)
{
  const char *named = g_getenv ("SECRET_FILE_TEST_PATH");

  g_return_val_if_fail (PSA_IS_VAULT (self), NULL);

  if (psa_vault_get_backend (self) != PSA_VAULT_BACKEND_FILE)
    return NULL;
  if (named != NULL && *named != '\0')
    return g_strdup (named);
  return g_build_filename (g_get_user_data_dir (), "keyrings", SECRET_COLLECTION_DEFAULT ".keyring",
                           NULL);
}

/**
 * psa_vault_dup_library:
 *
 * Returns: (transfer full): the version of libsecret that this was built with
 */
char *
psa_vault_dup_library (void)
{
  return g_strdup_printf ("%d.%d.%d", SECRET_MAJOR_VERSION, SECRET_MINOR_VERSION,
                          SECRET_MICRO_VERSION);
}
