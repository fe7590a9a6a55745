/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-private.h"

#include "psa-input.h"
#include "psa-username.h"

#include <string.h>

static void
set_text (PsaProfile *self, char **field, const char *text, PsaProfileProperty property)
{
  if (g_set_str (field, text != NULL ? text : ""))
    psa_profile_notify (self, property);
}

static void
set_words (PsaProfile *self, GStrv *field, const char *const *words, PsaProfileProperty property)
{
  static const char *const none[] = { NULL };

  if (words == NULL)
    words = none;
  if (g_strv_equal ((const char *const *) *field, words))
    return;

  g_strfreev (*field);
  *field = g_strdupv ((char **) words);
  psa_profile_notify (self, property);
}

/* For psa-profile-json.c: @host may be what a file says, whether it is a host or not. */
void
psa_profile_set_host_port (PsaProfile *self, const char *host, guint port)
{
  g_autoptr(PsaAddress) address = psa_address_new (host, port);
  g_autofree char *text = address != NULL ? psa_address_dup_text (address) : g_strdup (host);
  g_autofree char *old_title = g_strdup (psa_profile_get_title (self));
  g_autofree char *old_sha256 = g_strdup (psa_profile_get_trusted_sha256 (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->host, address != NULL ? address->host : host, PROP_HOST);
  if (self->port != port)
    {
      self->port = port;
      psa_profile_notify (self, PROP_PORT);
    }
  set_text (self, &self->address_text, text, PROP_ADDRESS_TEXT);
  if (!g_str_equal (old_title, psa_profile_get_title (self)))
    psa_profile_notify (self, PROP_TITLE);
  if (g_strcmp0 (old_sha256, psa_profile_get_trusted_sha256 (self)) != 0)
    psa_profile_notify (self, PROP_TRUSTED_SHA256);
  g_object_thaw_notify (G_OBJECT (self));
}

/* For psa-profile-json.c: @sha256 may be what a file says, whether it is one or not. */
void
psa_profile_set_trust (PsaProfile *self,
                       const char *address,
                       const char *sha256,
                       const char *unknown)
{
  g_autofree char *old_sha256 = g_strdup (psa_profile_get_trusted_sha256 (self));

  g_set_str (&self->trust_unknown, unknown);
  g_set_str (&self->trust_address, address);
  g_set_str (&self->trust_sha256, sha256);
  if (g_strcmp0 (old_sha256, psa_profile_get_trusted_sha256 (self)) != 0)
    psa_profile_notify (self, PROP_TRUSTED_SHA256);
}

/* For psa-document.c: the members that this version does not know, (nullable). */
void
psa_profile_set_unknown (PsaProfile *self, const char *unknown)
{
  g_set_str (&self->unknown, unknown);
}

/* As psa_profile_trust() keeps it: 64 hexadecimal digits in lower case. */
gboolean
psa_profile_is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && text[strspn (text, "0123456789abcdef")] == '\0';
}

/**
 * psa_profile_get_id:
 * @self: a profile
 *
 * Returns: (transfer none): its UUID
 */
const char *
psa_profile_get_id (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->id;
}

/**
 * psa_profile_get_name:
 * @self: a profile
 *
 * Returns: (transfer none): what the user calls it, "" where it has no name
 */
const char *
psa_profile_get_name (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->name;
}

/**
 * psa_profile_get_title:
 * @self: a profile
 *
 * Returns: (transfer none): the name, or else the address; "" while a draft has neither
 */
const char *
psa_profile_get_title (PsaProfile *self)
{
  gsize length = 0;

  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  psa_input_trim (self->name, &length);
  return length > 0 ? self->name : self->address_text;
}

/**
 * psa_profile_get_environment:
 * @self: a profile
 *
 * Returns: what the tenant is for
 */
PsaEnvironment
psa_profile_get_environment (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), PSA_ENVIRONMENT_OTHER);

  return self->environment;
}

/**
 * psa_profile_get_host:
 * @self: a profile
 *
 * Returns: (transfer none): its host in normal form; "" while a draft has none
 */
const char *
psa_profile_get_host (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->host;
}

/**
 * psa_profile_get_port:
 * @self: a profile
 *
 * Returns: its port, 1–65535
 */
guint
psa_profile_get_port (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), PSA_ADDRESS_DEFAULT_PORT);

  return self->port;
}

/**
 * psa_profile_get_address_text:
 * @self: a profile
 *
 * Returns: (transfer none): "host" or "host:port", as psa_address_dup_text()
 */
const char *
psa_profile_get_address_text (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->address_text;
}

/**
 * psa_profile_dup_address:
 * @self: a profile
 *
 * Returns: (transfer full) (nullable): its address; %NULL while a draft has none, or where the host
 *   of a file that was edited by hand is none
 */
PsaAddress *
psa_profile_dup_address (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return psa_address_new (self->host, self->port);
}

/**
 * psa_profile_get_api_version:
 * @self: a profile
 *
 * Returns: (transfer none): the version asked for; "" asks for the tenant's current one
 */
const char *
psa_profile_get_api_version (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->api_version;
}

/**
 * psa_profile_get_integration:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the UUID of its integration; %NULL while a draft has none
 */
const char *
psa_profile_get_integration (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->integration;
}

/**
 * psa_profile_get_username:
 * @self: a profile
 *
 * Returns: (transfer none): company ID, plus sign, key, without blanks around it
 */
const char *
psa_profile_get_username (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->username;
}

/**
 * psa_profile_get_company_id:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the company ID; %NULL where the username cannot be split
 */
const char *
psa_profile_get_company_id (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->company_id;
}

/**
 * psa_profile_get_needs:
 * @self: a profile
 *
 * Returns: (transfer none) (array zero-terminated=1): the PSA modules it must be able to read
 */
const char *const *
psa_profile_get_needs (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return (const char *const *) self->needs;
}

/**
 * psa_profile_get_tags:
 * @self: a profile
 *
 * Returns: (transfer none) (array zero-terminated=1): the words it is grouped by
 */
const char *const *
psa_profile_get_tags (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return (const char *const *) self->tags;
}

/**
 * psa_profile_get_favourite:
 * @self: a profile
 *
 * Returns: whether it stands at the top of the list
 */
gboolean
psa_profile_get_favourite (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), FALSE);

  return self->favourite;
}

/**
 * psa_profile_get_notes:
 * @self: a profile
 *
 * Returns: (transfer none): free text of the user
 */
const char *
psa_profile_get_notes (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  return self->notes;
}

/**
 * psa_profile_get_trusted_sha256:
 * @self: a profile
 *
 * Tells which certificate the user accepted. Trust is bound to host and port and never holds for a
 * host of the vendor, whatever the file says.
 *
 * Returns: (transfer none) (nullable): a SHA-256 as 64 hexadecimal digits in lower case; %NULL
 *   unless one was accepted for the present host and port
 */
const char *
psa_profile_get_trusted_sha256 (PsaProfile *self)
{
  g_autoptr(PsaAddress) address = NULL;
  g_autofree char *host_port = NULL;

  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  if (self->trust_address == NULL || !psa_profile_is_sha256 (self->trust_sha256))
    return NULL;
  address = psa_profile_dup_address (self);
  if (address == NULL || psa_address_is_vendor (address))
    return NULL;

  host_port = psa_address_dup_host_port (address);
  return g_str_equal (host_port, self->trust_address) ? self->trust_sha256 : NULL;
}

/**
 * psa_profile_get_revision:
 * @self: a profile
 *
 * Returns: its revision, from 1 on
 */
guint
psa_profile_get_revision (PsaProfile *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), 0);

  return self->revision;
}

/**
 * psa_profile_set_name:
 * @self: a profile
 * @name: (nullable): what the user calls it
 */
void
psa_profile_set_name (PsaProfile *self, const char *name)
{
  g_autofree char *old_title = NULL;

  g_return_if_fail (PSA_IS_PROFILE (self));

  old_title = g_strdup (psa_profile_get_title (self));
  set_text (self, &self->name, name, PROP_NAME);
  if (!g_str_equal (old_title, psa_profile_get_title (self)))
    psa_profile_notify (self, PROP_TITLE);
}

/**
 * psa_profile_set_environment:
 * @self: a profile
 * @environment: what the tenant is for
 *
 * An environment of a later version, which reads as %PSA_ENVIRONMENT_OTHER here, is kept until
 * another one is set.
 */
void
psa_profile_set_environment (PsaProfile *self, PsaEnvironment environment)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  if (self->environment == environment)
    return;

  self->environment = environment;
  g_clear_pointer (&self->environment_token, g_free);
  psa_profile_notify (self, PROP_ENVIRONMENT);
}

/**
 * psa_profile_set_address:
 * @self: a profile
 * @address: (nullable): where its API lives; %NULL for a draft without one
 *
 * Trust in a certificate does not come along: it counts for the host and port it was given for.
 */
void
psa_profile_set_address (PsaProfile *self, const PsaAddress *address)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  psa_profile_set_host_port (self, address != NULL ? address->host : "",
                             address != NULL ? address->port : PSA_ADDRESS_DEFAULT_PORT);
}

/**
 * psa_profile_set_api_version:
 * @self: a profile
 * @version: (nullable): what psa_api_version_check() passed; blanks around it are taken off
 */
void
psa_profile_set_api_version (PsaProfile *self, const char *version)
{
  g_autofree char *trimmed = psa_input_dup_trimmed (version);

  g_return_if_fail (PSA_IS_PROFILE (self));

  set_text (self, &self->api_version, trimmed, PROP_API_VERSION);
}

/**
 * psa_profile_set_integration:
 * @self: a profile
 * @id: (nullable): the UUID of an integration
 */
void
psa_profile_set_integration (PsaProfile *self, const char *id)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  if (g_set_str (&self->integration, id))
    psa_profile_notify (self, PROP_INTEGRATION);
}

/**
 * psa_profile_set_username:
 * @self: a profile
 * @username: (nullable): what psa_username_split() passed; blanks around it are taken off
 */
void
psa_profile_set_username (PsaProfile *self, const char *username)
{
  g_autofree char *trimmed = psa_input_dup_trimmed (username);
  g_autofree char *company_id = psa_username_dup_company (trimmed);

  g_return_if_fail (PSA_IS_PROFILE (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->username, trimmed, PROP_USERNAME);
  if (g_set_str (&self->company_id, company_id))
    psa_profile_notify (self, PROP_COMPANY_ID);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * psa_profile_set_needs:
 * @self: a profile
 * @needs: (nullable) (array zero-terminated=1): the PSA modules it must be able to read
 */
void
psa_profile_set_needs (PsaProfile *self, const char *const *needs)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  set_words (self, &self->needs, needs, PROP_NEEDS);
}

/**
 * psa_profile_set_tags:
 * @self: a profile
 * @tags: (nullable) (array zero-terminated=1): the words it is grouped by
 */
void
psa_profile_set_tags (PsaProfile *self, const char *const *tags)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  set_words (self, &self->tags, tags, PROP_TAGS);
}

/**
 * psa_profile_set_favourite:
 * @self: a profile
 * @favourite: whether it stands at the top of the list
 */
void
psa_profile_set_favourite (PsaProfile *self, gboolean favourite)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  favourite = !!favourite;
  if (self->favourite == favourite)
    return;

  self->favourite = favourite;
  psa_profile_notify (self, PROP_FAVOURITE);
}

/**
 * psa_profile_set_notes:
 * @self: a profile
 * @notes: (nullable): free text of the user
 */
void
psa_profile_set_notes (PsaProfile *self, const char *notes)
{
  g_return_if_fail (PSA_IS_PROFILE (self));

  set_text (self, &self->notes, notes, PROP_NOTES);
}

/**
 * psa_profile_trust:
 * @self: a profile that has an address
 * @sha256: (nullable): the SHA-256 of a certificate, 64 hexadecimal digits; %NULL forgets the
 *   present one
 *
 * Accepts one certificate for the present host and port, as the user said.
 */
void
psa_profile_trust (PsaProfile *self, const char *sha256)
{
  g_autofree char *lower = NULL;
  g_autofree char *host_port = NULL;
  g_autoptr(PsaAddress) address = NULL;

  g_return_if_fail (PSA_IS_PROFILE (self));

  if (sha256 == NULL)
    {
      psa_profile_set_trust (self, NULL, NULL, NULL);
      return;
    }

  lower = g_ascii_strdown (sha256, -1);
  address = psa_profile_dup_address (self);
  g_return_if_fail (psa_profile_is_sha256 (lower));
  g_return_if_fail (address != NULL);

  if (g_strcmp0 (psa_profile_get_trusted_sha256 (self), lower) == 0)
    return;

  host_port = psa_address_dup_host_port (address);
  psa_profile_set_trust (self, host_port, lower, NULL);
}

/**
 * psa_profile_set_revision:
 * @self: a profile
 * @revision: from 1 on
 *
 * For what keeps the file: psa_document_put() says what the revision is.
 */
void
psa_profile_set_revision (PsaProfile *self, guint revision)
{
  g_return_if_fail (PSA_IS_PROFILE (self));
  g_return_if_fail (revision >= 1 && revision <= PSA_PROFILE_MAX_REVISION);

  if (self->revision == revision)
    return;

  self->revision = revision;
  psa_profile_notify (self, PROP_REVISION);
}
