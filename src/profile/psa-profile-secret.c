/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-private.h"

/*
 * For which host, port and company the secret in the keyring was entered: those of the profile, unless an import or
 * a restored backup changed them. Then the secret is not read for a check until the user has confirmed the new ones,
 * so that no file can send a key to a host that nobody typed.
 */

static char *
dup_place (PsaProfile *self)
{
  return g_strdup_printf ("%s:%u/%s", self->host, self->port,
                          self->company_id != NULL ? self->company_id : "");
}

/**
 * psa_profile_get_secret_for:
 * @self: a profile
 *
 * Returns: (nullable): "host:port/company" that the secret was entered for, "" for none that is known; %NULL where
 *   it was entered for those of the profile, as it should be
 */
const char *
psa_profile_get_secret_for (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->secret_for;
}

/**
 * psa_profile_keep_secret:
 * @self: a profile from a file that the user did not type
 * @kept: (nullable): the profile of the same UUID whose secret is in the keyring; %NULL if there is none
 *
 * Leaves the secret with the host, port and company of @kept.
 */
void
psa_profile_keep_secret (PsaProfile *self, PsaProfile *kept)
{
  g_autofree char *place = NULL;
  g_autofree char *own = NULL;

  g_return_if_fail (PSA_IS_PROFILE (self));
  g_return_if_fail (kept == NULL || PSA_IS_PROFILE (kept));

  if (kept == NULL)
    place = g_strdup ("");
  else
    place = kept->secret_for != NULL ? g_strdup (kept->secret_for) : dup_place (kept);
  own = dup_place (self);
  g_set_str (&self->secret_for, g_str_equal (place, own) ? NULL : place);
}

/**
 * psa_profile_confirm_secret:
 * @self: a draft that the user has looked at or typed
 *
 * Says that the secret may go to the host and company of the profile.
 */
void
psa_profile_confirm_secret (PsaProfile *self)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  g_clear_pointer (&self->secret_for, g_free);
}
