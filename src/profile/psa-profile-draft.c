/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-private.h"

/*
 * A draft that remembers what it was made of: when it is saved, only what was changed in it goes to the file, and what
 * another program has changed of the rest since then stays.
 */

/**
 * psa_profile_draft:
 * @self: a kept profile, as the user knows it
 *
 * Returns: (transfer full): a copy to be changed and saved
 */
PsaProfile *
psa_profile_draft (PsaProfile *self)
{
  PsaProfile *draft;

  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  draft = psa_profile_copy (self);
  g_clear_object (&draft->base); /* where @self is a draft itself */
  draft->base = psa_profile_copy (self);
  g_clear_object (&draft->base->base);
  return draft;
}

static gboolean
has_same_trust (PsaProfile *self, PsaProfile *other)
{
  return g_strcmp0 (self->trust_address, other->trust_address) == 0 &&
         g_strcmp0 (self->trust_sha256, other->trust_sha256) == 0;
}

/**
 * psa_profile_merge:
 * @self: what is to be saved; nobody else has it
 * @kept: what is kept now under that UUID
 *
 * Where @self is a draft of psa_profile_draft(), makes it say what @kept says in all that was not changed in it. Host
 * and port are one.
 */
void
psa_profile_merge (PsaProfile *self, PsaProfile *kept)
{
  PsaProfile *base;

  g_return_if_fail (PSA_IS_PROFILE (self));
  g_return_if_fail (PSA_IS_PROFILE (kept));

  base = self->base;
  if (base == NULL)
    return;

  if (g_str_equal (self->name, base->name))
    psa_profile_set_name (self, kept->name);
  if (self->environment == base->environment)
    {
      psa_profile_set_environment (self, kept->environment);
      g_set_str (&self->environment_token, kept->environment_token);
    }
  if (has_same_trust (self, base))
    psa_profile_set_trust (self, kept->trust_address, kept->trust_sha256, kept->trust_unknown);
  if (g_str_equal (self->host, base->host) && self->port == base->port)
    psa_profile_set_host_port (self, kept->host, kept->port);
  if (g_str_equal (self->api_version, base->api_version))
    psa_profile_set_api_version (self, kept->api_version);
  if (g_strcmp0 (self->integration, base->integration) == 0)
    psa_profile_set_integration (self, kept->integration);
  if (g_str_equal (self->username, base->username))
    psa_profile_set_username (self, kept->username);
  if (g_strv_equal ((const char *const *) self->needs, (const char *const *) base->needs))
    psa_profile_set_needs (self, (const char *const *) kept->needs);
  if (g_strv_equal ((const char *const *) self->tags, (const char *const *) base->tags))
    psa_profile_set_tags (self, (const char *const *) kept->tags);
  if (self->favourite == base->favourite)
    psa_profile_set_favourite (self, kept->favourite);
  if (g_str_equal (self->notes, base->notes))
    psa_profile_set_notes (self, kept->notes);
  if (g_strcmp0 (self->secret_for, base->secret_for) == 0)
    g_set_str (&self->secret_for, kept->secret_for);
  g_clear_object (&self->base);
}
