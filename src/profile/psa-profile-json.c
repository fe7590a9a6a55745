/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-private.h"

#include "psa-member.h"

#include <glib/gi18n-lib.h>

static const char *const known_members[] = {
  "id",    "name", "environment", "hostname", "port",  "apiVersion", "integration", "username",
  "needs", "tags", "favourite",   "notes",    "trust", "secretFor",  "revision",    NULL,
};
static const char *const known_trust_members[] = { "address", "sha256", NULL };

static gboolean
read_labels (PsaProfile *self, JsonObject *object, GError **error)
{
  g_auto(GStrv) needs = NULL;
  g_auto(GStrv) tags = NULL;
  const char *name = "";
  const char *notes = "";
  const char *token = psa_environment_get_token (PSA_ENVIRONMENT_PRODUCTION);
  gboolean favourite = FALSE;

  if (!psa_member_read_text (object, "name", &name, error) ||
      !psa_member_read_text (object, "environment", &token, error) ||
      !psa_member_read_words (object, "needs", &needs, error) ||
      !psa_member_read_words (object, "tags", &tags, error) ||
      !psa_member_read_boolean (object, "favourite", &favourite, error) ||
      !psa_member_read_text (object, "notes", &notes, error))
    return FALSE;

  psa_profile_set_name (self, name);
  if (!psa_environment_from_token (token, &self->environment))
    {
      self->environment = PSA_ENVIRONMENT_OTHER;
      self->environment_token = g_strdup (token);
    }
  psa_profile_set_needs (self, (const char *const *) needs);
  psa_profile_set_tags (self, (const char *const *) tags);
  psa_profile_set_favourite (self, favourite);
  psa_profile_set_notes (self, notes);
  return TRUE;
}

static gboolean
read_connection (PsaProfile *self, JsonObject *object, GError **error)
{
  const char *hostname = "";
  const char *version = "";
  const char *integration = NULL;
  const char *username = "";
  const char *secret_for = NULL;
  int port = PSA_ADDRESS_DEFAULT_PORT;
  int revision = 1;

  if (!psa_member_read_text (object, "hostname", &hostname, error) ||
      !psa_member_read_number (object, "port", 1, G_MAXUINT16, &port, error) ||
      !psa_member_read_text (object, "apiVersion", &version, error) ||
      (json_object_has_member (object, "integration") &&
       !psa_member_read_uuid (object, "integration", &integration, error)) ||
      !psa_member_read_text (object, "username", &username, error) ||
      !psa_member_read_text (object, "secretFor", &secret_for, error) ||
      !psa_member_read_number (object, "revision", 1, PSA_PROFILE_MAX_REVISION, &revision, error))
    return FALSE;

  psa_profile_set_host_port (self, hostname, port);
  psa_profile_set_api_version (self, version);
  psa_profile_set_integration (self, integration);
  psa_profile_set_username (self, username);
  g_set_str (&self->secret_for, secret_for);
  psa_profile_set_revision (self, revision);
  return TRUE;
}

static gboolean
read_trust (PsaProfile *self, JsonObject *object, GError **error)
{
  g_autofree char *unknown = NULL;
  g_autofree char *lower = NULL;
  JsonObject *trust = NULL;
  const char *address = NULL;
  const char *sha256 = NULL;

  if (!psa_member_read_object (object, "trust", &trust, error))
    return FALSE;
  if (trust == NULL)
    return TRUE;
  if (!psa_member_read_text (trust, "address", &address, error) ||
      !psa_member_read_text (trust, "sha256", &sha256, error))
    return FALSE;

  unknown = psa_member_dup_unknown (trust, known_trust_members);
  lower = sha256 != NULL ? g_ascii_strdown (sha256, -1) : NULL;
  psa_profile_set_trust (self, address, psa_profile_is_sha256 (lower) ? lower : sha256, unknown);
  return TRUE;
}

/**
 * psa_profile_new_from_json:
 * @object: a profile as profiles.json has it; it may be freed or changed afterwards
 * @error: return location for a `PSA_ERROR_DAMAGED` that names the profile and the member
 *
 * Reads a profile. Only `id` must be there. Members that this version does not know, an environment
 * it does not know, a hostname that is none and a trust that is none are kept as they were read and
 * written again; the last two count as missing.
 *
 * Returns: (transfer full) (nullable): the profile
 */
PsaProfile *
psa_profile_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr(PsaProfile) self = NULL;
  const char *id = NULL;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!psa_member_read_uuid (object, "id", &id, error))
    {
      g_prefix_error_literal (error, _("A profile: "));
      return NULL;
    }

  self = g_object_new (PSA_TYPE_PROFILE, "id", id, NULL);
  if (!read_labels (self, object, error) || !read_connection (self, object, error) ||
      !read_trust (self, object, error))
    {
      /* Translators: begins a sentence on what is wrong with a file; %s is a name or a UUID */
      g_prefix_error (error, _("Profile “%s”: "), *self->name != '\0' ? self->name : id);
      return NULL;
    }

  self->unknown = psa_member_dup_unknown (object, known_members);
  return g_steal_pointer (&self);
}

/**
 * psa_profile_to_json:
 * @self: a profile
 *
 * Returns: (transfer full): what is written to the file, members of later versions included; no
 *   secret is in it
 */
JsonObject *
psa_profile_to_json (PsaProfile *self)
{
  g_autoptr(JsonObject) object = NULL;

  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "environment",
                                 self->environment_token != NULL
                                   ? self->environment_token
                                   : psa_environment_get_token (self->environment));
  json_object_set_string_member (object, "hostname", self->host);
  json_object_set_int_member (object, "port", self->port);
  json_object_set_string_member (object, "apiVersion", self->api_version);
  if (self->integration != NULL)
    json_object_set_string_member (object, "integration", self->integration);
  json_object_set_string_member (object, "username", self->username);
  psa_member_write_words (object, "needs", (const char *const *) self->needs);
  psa_member_write_words (object, "tags", (const char *const *) self->tags);
  json_object_set_boolean_member (object, "favourite", self->favourite);
  json_object_set_string_member (object, "notes", self->notes);
  if (self->trust_address != NULL || self->trust_sha256 != NULL || self->trust_unknown != NULL)
    {
      JsonObject *trust = json_object_new ();

      if (self->trust_address != NULL)
        json_object_set_string_member (trust, "address", self->trust_address);
      if (self->trust_sha256 != NULL)
        json_object_set_string_member (trust, "sha256", self->trust_sha256);
      psa_member_add_unknown (trust, self->trust_unknown);
      json_object_set_object_member (object, "trust", trust);
    }
  if (self->secret_for != NULL)
    json_object_set_string_member (object, "secretFor", self->secret_for);
  json_object_set_int_member (object, "revision", self->revision);
  psa_member_add_unknown (object, self->unknown);
  return g_steal_pointer (&object);
}
