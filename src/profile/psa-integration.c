/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-integration.h"

#include "psa-member.h"

#include <glib/gi18n-lib.h>

/**
 * PsaIntegration:
 *
 * A Client ID with a name, shared by profiles. The Client ID itself is in the keyring under the
 * integration's UUID and never in this object.
 */
struct _PsaIntegration
{
  GObject parent_instance;
  char *id;
  char *name;
  char *unknown; /* members of a later version, (nullable) */
};

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
} PsaIntegrationProperty;

static GParamSpec *properties[PROP_NAME + 1];
G_DEFINE_FINAL_TYPE (PsaIntegration, psa_integration, G_TYPE_OBJECT)

static const char *const known_members[] = { "id", "name", NULL };

static void
psa_integration_finalize (GObject *object)
{
  PsaIntegration *self = PSA_INTEGRATION (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->unknown, g_free);

  G_OBJECT_CLASS (psa_integration_parent_class)->finalize (object);
}

static void
psa_integration_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaIntegration *self = PSA_INTEGRATION (object);

  switch ((PsaIntegrationProperty) prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_integration_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  PsaIntegration *self = PSA_INTEGRATION (object);
  const char *text = g_value_get_string (value);

  switch ((PsaIntegrationProperty) prop_id)
    {
    case PROP_ID:
      self->id = text != NULL ? g_strdup (text) : g_uuid_string_random ();
      break;
    case PROP_NAME:
      if (g_set_str (&self->name, text != NULL ? text : ""))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_integration_class_init (PsaIntegrationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psa_integration_finalize;
  object_class->get_property = psa_integration_get_property;
  object_class->set_property = psa_integration_set_property;

  /**
   * PsaIntegration:id:
   *
   * Its UUID, a new one unless given: the key of the Client ID in the keyring.
   */
  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * PsaIntegration:name:
   *
   * What the user calls it. Names need not be unique.
   */
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_integration_init (PsaIntegration *self)
{
  self->name = g_strdup ("");
}

/**
 * psa_integration_new:
 * @name: what the user calls it
 *
 * Returns: (transfer full): an integration with a new UUID
 */
PsaIntegration *
psa_integration_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return g_object_new (PSA_TYPE_INTEGRATION, "name", name, NULL);
}

/**
 * psa_integration_new_from_json:
 * @object: `{ "id": UUID, "name": string, … }`; it may be freed or changed afterwards
 * @error: return location for a `PSA_ERROR_DAMAGED` that names the integration and the member
 *
 * Returns: (transfer full) (nullable): the integration
 */
PsaIntegration *
psa_integration_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr(PsaIntegration) self = NULL;
  const char *id = NULL;
  const char *name = "";

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!psa_member_read_uuid (object, "id", &id, error) ||
      !psa_member_read_text (object, "name", &name, error))
    {
      /* Translators: begins a sentence on what is wrong with a file; %s is a name or a UUID */
      g_prefix_error (error, _("Integration “%s”: "), *name != '\0' ? name : id != NULL ? id : "");
      return NULL;
    }

  self = g_object_new (PSA_TYPE_INTEGRATION, "id", id, "name", name, NULL);
  self->unknown = psa_member_dup_unknown (object, known_members);
  return g_steal_pointer (&self);
}

/**
 * psa_integration_to_json:
 * @self: an integration
 *
 * Returns: (transfer full): what is written to the file, members of later versions included
 */
JsonObject *
psa_integration_to_json (PsaIntegration *self)
{
  g_autoptr(JsonObject) object = NULL;

  g_return_val_if_fail (PSA_IS_INTEGRATION (self), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  psa_member_add_unknown (object, self->unknown);
  return g_steal_pointer (&object);
}

/**
 * psa_integration_copy:
 * @self: an integration
 *
 * Returns: (transfer full): another object with the same UUID and content
 */
PsaIntegration *
psa_integration_copy (PsaIntegration *self)
{
  PsaIntegration *copy;

  g_return_val_if_fail (PSA_IS_INTEGRATION (self), NULL);

  copy = g_object_new (PSA_TYPE_INTEGRATION, "id", self->id, NULL);
  psa_integration_assign (copy, self);
  return copy;
}

/**
 * psa_integration_assign:
 * @self: an integration
 * @other: another
 *
 * Makes @self say what @other says, all but the UUID, and notifies what changed.
 */
void
psa_integration_assign (PsaIntegration *self, PsaIntegration *other)
{
  g_return_if_fail (PSA_IS_INTEGRATION (self));
  g_return_if_fail (PSA_IS_INTEGRATION (other));

  if (self == other)
    return;

  g_set_str (&self->unknown, other->unknown);
  g_object_set (self, "name", other->name, NULL);
}

/**
 * psa_integration_get_id:
 * @self: an integration
 *
 * Returns: (transfer none): its UUID
 */
const char *
psa_integration_get_id (PsaIntegration *self)
{
  g_return_val_if_fail (PSA_IS_INTEGRATION (self), NULL);

  return self->id;
}

/**
 * psa_integration_get_name:
 * @self: an integration
 *
 * Returns: (transfer none): its name, "" where it has none
 */
const char *
psa_integration_get_name (PsaIntegration *self)
{
  g_return_val_if_fail (PSA_IS_INTEGRATION (self), NULL);

  return self->name;
}
