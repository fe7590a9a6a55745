/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-keyring-words.h"

#include <glib/gi18n.h>

/* Where the secrets are, in plain words. */

/**
 * psa_keyring_words_dup_place:
 * @vault: the keyring, as it was found last
 *
 * Returns: (transfer full): sentences that name who keeps the secrets and where
 */
char *
psa_keyring_words_dup_place (PsaVault *vault)
{
  g_autofree char *file = NULL;

  g_return_val_if_fail (PSA_IS_VAULT (vault), NULL);

  if (psa_vault_get_state (vault) == PSA_VAULT_STATE_UNAVAILABLE)
    return g_strdup (_("In the keyring, which does not answer now. They are nowhere else."));

  file = psa_vault_dup_file (vault);
  if (file == NULL)
    return g_strdup (_("In the keyring of the desktop (Secret Service), and nowhere else"));
  /* Translators: %s is the path of a file */
  return g_strdup_printf (_("In the encrypted file %s, whose key the Secret portal keeps in the "
                             "keyring of the desktop, and nowhere else"),
                          file);
}

/**
 * psa_keyring_words_dup_password_help:
 *
 * Returns: (transfer full): what stands under the password in the form
 */
char *
psa_keyring_words_dup_password_help (void)
{
  if (psa_vault_get_usual_backend () == PSA_VAULT_BACKEND_SERVICE)
    return g_strdup (_("The private key, integrator password or member hash. It is stored in the "
                        "keyring of the desktop and nowhere else."));
  return g_strdup (_("The private key, integrator password or member hash. It is stored in an "
                      "encrypted file, whose key is in the keyring of the desktop, and nowhere "
                      "else."));
}
