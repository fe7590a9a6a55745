/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-private.h"

/**
 * PsaProfile:
 *
 * What is saved about one tenant: where it is, who signs in, and what the user says about it. No
 * property of it ever holds a secret: the password is in the keyring under its UUID, the Client ID
 * under the UUID of its integration.
 *
 * A draft is a copy that a form works on; psa_profile_assign() brings the outcome back. Belongs to
 * one thread at a time.
 */

static GParamSpec *properties[PROP_REVISION + 1];
G_DEFINE_FINAL_TYPE (PsaProfile, psa_profile, G_TYPE_OBJECT)

static void
psa_profile_finalize (GObject *object)
{
  PsaProfile *self = PSA_PROFILE (object);

  g_clear_object (&self->base);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->environment_token, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->address_text, g_free);
  g_clear_pointer (&self->api_version, g_free);
  g_clear_pointer (&self->integration, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->company_id, g_free);
  g_clear_pointer (&self->needs, g_strfreev);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->notes, g_free);
  g_clear_pointer (&self->trust_address, g_free);
  g_clear_pointer (&self->trust_sha256, g_free);
  g_clear_pointer (&self->secret_for, g_free);
  g_clear_pointer (&self->unknown, g_free);
  g_clear_pointer (&self->trust_unknown, g_free);

  G_OBJECT_CLASS (psa_profile_parent_class)->finalize (object);
}

static void
psa_profile_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaProfile *self = PSA_PROFILE (object);

  switch ((PsaProfileProperty) prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, psa_profile_get_title (self));
      break;
    case PROP_ENVIRONMENT:
      g_value_set_enum (value, self->environment);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_ADDRESS_TEXT:
      g_value_set_string (value, self->address_text);
      break;
    case PROP_API_VERSION:
      g_value_set_string (value, self->api_version);
      break;
    case PROP_INTEGRATION:
      g_value_set_string (value, self->integration);
      break;
    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;
    case PROP_COMPANY_ID:
      g_value_set_string (value, self->company_id);
      break;
    case PROP_NEEDS:
      g_value_set_boxed (value, self->needs);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, self->tags);
      break;
    case PROP_FAVOURITE:
      g_value_set_boolean (value, self->favourite);
      break;
    case PROP_NOTES:
      g_value_set_string (value, self->notes);
      break;
    case PROP_TRUSTED_SHA256:
      g_value_set_string (value, psa_profile_get_trusted_sha256 (self));
      break;
    case PROP_REVISION:
      g_value_set_uint (value, self->revision);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_profile_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaProfile *self = PSA_PROFILE (object);

  switch ((PsaProfileProperty) prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      if (self->id == NULL)
        self->id = g_uuid_string_random ();
      break;
    case PROP_NAME:
      psa_profile_set_name (self, g_value_get_string (value));
      break;
    case PROP_ENVIRONMENT:
      psa_profile_set_environment (self, g_value_get_enum (value));
      break;
    case PROP_API_VERSION:
      psa_profile_set_api_version (self, g_value_get_string (value));
      break;
    case PROP_INTEGRATION:
      psa_profile_set_integration (self, g_value_get_string (value));
      break;
    case PROP_USERNAME:
      psa_profile_set_username (self, g_value_get_string (value));
      break;
    case PROP_NEEDS:
      psa_profile_set_needs (self, g_value_get_boxed (value));
      break;
    case PROP_TAGS:
      psa_profile_set_tags (self, g_value_get_boxed (value));
      break;
    case PROP_FAVOURITE:
      psa_profile_set_favourite (self, g_value_get_boolean (value));
      break;
    case PROP_NOTES:
      psa_profile_set_notes (self, g_value_get_string (value));
      break;
    case PROP_TITLE:
    case PROP_HOST:
    case PROP_PORT:
    case PROP_ADDRESS_TEXT:
    case PROP_COMPANY_ID:
    case PROP_TRUSTED_SHA256:
    case PROP_REVISION:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_profile_class_init (PsaProfileClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psa_profile_finalize;
  object_class->get_property = psa_profile_get_property;
  object_class->set_property = psa_profile_set_property;

  /**
   * PsaProfile:id:
   *
   * Its UUID, a new one unless given: the key of the secret, the history and every reference.
   */
  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * PsaProfile:name:
   *
   * What the user calls it. Names need not be unique.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", writable);

  /**
   * PsaProfile:title:
   *
   * What it is called on screen: the name, or else the address.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", readable);

  /**
   * PsaProfile:environment:
   *
   * What the tenant is for.
   */
  properties[PROP_ENVIRONMENT] =
    g_param_spec_enum ("environment", NULL, NULL, PSA_TYPE_ENVIRONMENT,
                       PSA_ENVIRONMENT_PRODUCTION, writable);

  /**
   * PsaProfile:host:
   *
   * The host, set by psa_profile_set_address(); "" while a draft has none.
   */
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, "", readable);

  /**
   * PsaProfile:port:
   *
   * The port, 1–65535, set by psa_profile_set_address().
   */
  properties[PROP_PORT] =
    g_param_spec_uint ("port", NULL, NULL, 1, G_MAXUINT16, PSA_ADDRESS_DEFAULT_PORT, readable);

  /**
   * PsaProfile:address-text:
   *
   * The host, and the port where it is not 443, as shown and typed.
   */
  properties[PROP_ADDRESS_TEXT] = g_param_spec_string ("address-text", NULL, NULL, "", readable);

  /**
   * PsaProfile:api-version:
   *
   * The API version that is asked for; "" asks for the tenant's current one.
   */
  properties[PROP_API_VERSION] = g_param_spec_string ("api-version", NULL, NULL, "", writable);

  /**
   * PsaProfile:integration:
   *
   * The UUID of its integration; %NULL while a draft has none.
   */
  properties[PROP_INTEGRATION] = g_param_spec_string ("integration", NULL, NULL, NULL, writable);

  /**
   * PsaProfile:username:
   *
   * Company ID, plus sign, key.
   */
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, "", writable);

  /**
   * PsaProfile:company-id:
   *
   * The part of the username in front of the plus sign; %NULL where it cannot be split.
   */
  properties[PROP_COMPANY_ID] = g_param_spec_string ("company-id", NULL, NULL, NULL, readable);

  /**
   * PsaProfile:needs:
   *
   * The PSA modules that the connection must be able to read.
   */
  properties[PROP_NEEDS] = g_param_spec_boxed ("needs", NULL, NULL, G_TYPE_STRV, writable);

  /**
   * PsaProfile:tags:
   *
   * Words that the user groups profiles by.
   */
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, writable);

  /**
   * PsaProfile:favourite:
   *
   * Whether it stands at the top of the list.
   */
  properties[PROP_FAVOURITE] = g_param_spec_boolean ("favourite", NULL, NULL, FALSE, writable);

  /**
   * PsaProfile:notes:
   *
   * Free text of the user.
   */
  properties[PROP_NOTES] = g_param_spec_string ("notes", NULL, NULL, "", writable);

  /**
   * PsaProfile:trusted-sha256:
   *
   * The certificate accepted for the present host and port, see psa_profile_trust().
   */
  properties[PROP_TRUSTED_SHA256] =
    g_param_spec_string ("trusted-sha256", NULL, NULL, NULL, readable);

  /**
   * PsaProfile:revision:
   *
   * How often the connection was changed, from 1 on: a result belongs to the revision it was made
   * for.
   */
  properties[PROP_REVISION] =
    g_param_spec_uint ("revision", NULL, NULL, 1, PSA_PROFILE_MAX_REVISION, 1, readable);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_profile_init (PsaProfile *self)
{
  self->name = g_strdup ("");
  self->environment = PSA_ENVIRONMENT_PRODUCTION;
  self->host = g_strdup ("");
  self->port = PSA_ADDRESS_DEFAULT_PORT;
  self->address_text = g_strdup ("");
  self->api_version = g_strdup ("");
  self->username = g_strdup ("");
  self->needs = g_new0 (char *, 1);
  self->tags = g_new0 (char *, 1);
  self->notes = g_strdup ("");
  self->revision = 1;
}

/* Tells of one property, for psa-profile-fields.c. */
void
psa_profile_notify (PsaProfile *self, PsaProfileProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * psa_profile_new:
 *
 * Returns: (transfer full): an empty profile with a new UUID: production, port 443, revision 1
 */
PsaProfile *
psa_profile_new (void)
{
  return g_object_new (PSA_TYPE_PROFILE, NULL);
}

/**
 * psa_profile_copy:
 * @self: a profile
 *
 * Returns: (transfer full): a draft: another object with the same UUID, content and revision
 */
PsaProfile *
psa_profile_copy (PsaProfile *self)
{
  PsaProfile *copy;

  g_return_val_if_fail (PSA_IS_PROFILE (self), NULL);

  copy = g_object_new (PSA_TYPE_PROFILE, "id", self->id, NULL);
  psa_profile_assign (copy, self);
  g_set_object (&copy->base, self->base); /* nobody changes it */
  return copy;
}

/**
 * psa_profile_assign:
 * @self: a profile
 * @other: another
 *
 * Makes @self say what @other says, all but the UUID, and notifies what changed once all of it is
 * in place.
 */
void
psa_profile_assign (PsaProfile *self, PsaProfile *other)
{
  g_return_if_fail (PSA_IS_PROFILE (self));
  g_return_if_fail (PSA_IS_PROFILE (other));

  if (self == other)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  psa_profile_set_name (self, other->name);
  psa_profile_set_environment (self, other->environment);
  g_set_str (&self->environment_token, other->environment_token);
  psa_profile_set_host_port (self, other->host, other->port);
  psa_profile_set_api_version (self, other->api_version);
  psa_profile_set_integration (self, other->integration);
  psa_profile_set_username (self, other->username);
  psa_profile_set_needs (self, (const char *const *) other->needs);
  psa_profile_set_tags (self, (const char *const *) other->tags);
  psa_profile_set_favourite (self, other->favourite);
  psa_profile_set_notes (self, other->notes);
  psa_profile_set_trust (self, other->trust_address, other->trust_sha256, other->trust_unknown);
  g_set_str (&self->secret_for, other->secret_for);
  psa_profile_set_revision (self, other->revision);
  psa_profile_set_unknown (self, other->unknown);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * psa_profile_is_same_connection:
 * @self: a profile
 * @other: another
 *
 * Whether nothing that raises the revision differs: host, port, API version, integration, username,
 * trust, and for which of them the secret was entered. Secrets are not looked at.
 *
 * Returns: whether both describe the same connection
 */
gboolean
psa_profile_is_same_connection (PsaProfile *self, PsaProfile *other)
{
  g_return_val_if_fail (PSA_IS_PROFILE (self), FALSE);
  g_return_val_if_fail (PSA_IS_PROFILE (other), FALSE);

  return g_str_equal (self->host, other->host) && self->port == other->port &&
         g_str_equal (self->api_version, other->api_version) &&
         g_strcmp0 (self->integration, other->integration) == 0 &&
         g_str_equal (self->username, other->username) &&
         g_strcmp0 (self->secret_for, other->secret_for) == 0 &&
         g_strcmp0 (psa_profile_get_trusted_sha256 (self),
                    psa_profile_get_trusted_sha256 (other)) == 0;
}
