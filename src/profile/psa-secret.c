/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-secret.h"

/* Only its memory is used here: the calls to the keyring are all in psa-vault.c. */
#include <libsecret/secret.h>
#include <string.h>

/**
 * PsaSecret:
 *
 * A NUL-terminated secret in memory of its own, which is kept out of the swap space where the
 * system allows it and wiped when it is freed. It is a local variable or task data of the one
 * request that needs it; never a property, a signal argument or a word in a log.
 */

/**
 * psa_secret_new:
 * @text: a secret, in UTF-8
 *
 * Copies a secret. Whoever owns @text still has to wipe it.
 *
 * Returns: (transfer full): the copy; free it with psa_secret_free()
 */
PsaSecret *
psa_secret_new (const char *text)
{
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  return secret_value_unref_to_password (secret_value_new (text, -1, "text/plain"), &length);
}

/**
 * psa_secret_free:
 * @secret: (transfer full) (nullable): a secret
 *
 * Wipes and frees a secret. Takes what libsecret's password calls return as well.
 */
void
psa_secret_free (PsaSecret *secret)
{
  secret_password_free (secret);
}

/**
 * psa_secret_equal:
 * @a: (nullable): a secret
 * @b: (nullable): another
 *
 * Compares two secrets in a time that depends on their lengths alone.
 *
 * Returns: whether they are the same; %NULL equals only %NULL
 */
gboolean
psa_secret_equal (const PsaSecret *a, const PsaSecret *b)
{
  gsize a_length = a != NULL ? strlen (a) : 0;
  gsize b_length = b != NULL ? strlen (b) : 0;
  guint difference = (a == NULL) != (b == NULL);

  for (gsize i = 0; i < MAX (a_length, b_length); i++)
    {
      guint left = i < a_length ? (guchar) a[i] : 0;
      guint right = i < b_length ? (guchar) b[i] : 0;

      difference |= left ^ right;
    }

  return difference == 0;
}
