/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-status.h"

#include "psa-fold.h"
#include "psa-status-private.h"

struct _PsaStatus
{
  GObject parent_instance;
  PsaProfile *profile;
  PsaResult *result;
  PsaCheck *check;
  PsaPermissions *permissions;
  PsaStatusChanged changed; /* (nullable): whom to tell */
  gpointer changed_data;
  guint serial;
  char *search_text; /* (nullable): made when it is asked for, gone when it is not true any more */
  char *sort_key;    /* (nullable): likewise */
};

typedef enum
{
  PROP_PROFILE = 1,
  PROP_RESULT,
  PROP_CURRENT,
  PROP_STATE,
  PROP_CAUSE,
  PROP_CHECK,
  PROP_CHECKING,
  PROP_PERMISSIONS,
} PsaStatusProperty;

static GParamSpec *properties[PROP_PERMISSIONS + 1];

G_DEFINE_FINAL_TYPE (PsaStatus, psa_status, G_TYPE_OBJECT)

static void
notify (PsaStatus *self, PsaStatusProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* What is derived from the result and from the profile's revision changes with either. */
static void
notify_derived (PsaStatus *self)
{
  notify (self, PROP_CURRENT);
  notify (self, PROP_STATE);
  notify (self, PROP_CAUSE);
  notify (self, PROP_PERMISSIONS);
}

/* What is made of the profile and the result is made anew, and who sorts and searches by it is told. */
static void
change (PsaStatus *self)
{
  g_clear_pointer (&self->search_text, g_free);
  g_clear_pointer (&self->sort_key, g_free);
  if (self->changed != NULL)
    self->changed (self, self->changed_data);
}

static void
on_profile_notify_cb (PsaStatus *self, GParamSpec *pspec)
{
  change (self);
  if (g_str_equal (pspec->name, "revision"))
    notify_derived (self);
}

static void
append_text (GString *text, const char *part)
{
  g_string_append (text, part != NULL ? part : "");
  g_string_append_c (text, '\n');
}

/* Whether @result says more of the profile as it is now than what is shown. */
static gboolean
is_news (PsaStatus *self, PsaResult *result)
{
  guint revision = psa_profile_get_revision (self->profile);
  PsaResult *shown = self->result;

  if (g_strcmp0 (result->profile_id, psa_profile_get_id (self->profile)) != 0)
    return FALSE;
  if (shown == NULL)
    return TRUE;
  if (result->revision == shown->revision)
    return result->checked_at >= shown->checked_at;
  if (shown->revision == revision)
    return FALSE;

  return result->revision == revision || result->revision > shown->revision;
}

static void
psa_status_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStatus *self = PSA_STATUS (object);

  switch ((PsaStatusProperty) prop_id)
    {
    case PROP_PROFILE:
      g_value_set_object (value, self->profile);
      break;
    case PROP_RESULT:
      g_value_set_boxed (value, self->result);
      break;
    case PROP_CURRENT:
      g_value_set_boolean (value, psa_status_get_current (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, psa_status_get_state (self));
      break;
    case PROP_CAUSE:
      g_value_set_enum (value, psa_status_get_cause (self));
      break;
    case PROP_CHECK:
      g_value_set_object (value, self->check);
      break;
    case PROP_CHECKING:
      g_value_set_boolean (value, self->check != NULL);
      break;
    case PROP_PERMISSIONS:
      g_value_set_boxed (value, psa_status_get_permissions (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_status_dispose (GObject *object)
{
  PsaStatus *self = PSA_STATUS (object);

  g_clear_object (&self->check);
  g_clear_pointer (&self->result, psa_result_unref);
  g_clear_pointer (&self->permissions, psa_permissions_unref);

  G_OBJECT_CLASS (psa_status_parent_class)->dispose (object);
}

static void
psa_status_finalize (GObject *object)
{
  PsaStatus *self = PSA_STATUS (object);

  g_clear_object (&self->profile); /* there as long as the status is */
  g_free (self->search_text);
  g_free (self->sort_key);

  G_OBJECT_CLASS (psa_status_parent_class)->finalize (object);
}

static void
psa_status_class_init (PsaStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = psa_status_get_property;
  object_class->dispose = psa_status_dispose;
  object_class->finalize = psa_status_finalize;

  properties[PROP_PROFILE] = g_param_spec_object ("profile", NULL, NULL, PSA_TYPE_PROFILE, flags);
  properties[PROP_RESULT] = g_param_spec_boxed ("result", NULL, NULL, PSA_TYPE_RESULT, flags);
  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, PSA_TYPE_STATE, PSA_STATE_NOT_CHECKED, flags);
  properties[PROP_CAUSE] =
      g_param_spec_enum ("cause", NULL, NULL, PSA_TYPE_CAUSE, PSA_CAUSE_NEVER_CHECKED, flags);
  properties[PROP_CHECK] = g_param_spec_object ("check", NULL, NULL, PSA_TYPE_CHECK, flags);
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, flags);
  properties[PROP_PERMISSIONS] =
      g_param_spec_boxed ("permissions", NULL, NULL, PSA_TYPE_PERMISSIONS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_status_init (PsaStatus *self)
{
  static guint n_made = 0;

  self->serial = n_made++; /* all are made on the main loop */
}

/**
 * psa_status_new:
 * @profile: a kept profile
 *
 * Returns: (transfer full): its status: never checked
 */
PsaStatus *
psa_status_new (PsaProfile *profile)
{
  PsaStatus *self;

  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);

  self = g_object_new (PSA_TYPE_STATUS, NULL);
  self->profile = g_object_ref (profile);
  g_signal_connect_object (profile, "notify", G_CALLBACK (on_profile_notify_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * psa_status_set_changed:
 * @self: a status
 * @changed: (nullable): called whenever what it is sorted or searched by may have changed
 * @data: for @changed
 *
 * A pointer and not a signal: there may be ten thousand, and one who listens.
 */
void
psa_status_set_changed (PsaStatus *self, PsaStatusChanged changed, gpointer data)
{
  g_return_if_fail (PSA_IS_STATUS (self));

  self->changed = changed;
  self->changed_data = data;
}

/**
 * psa_status_set_check:
 * @self: a status
 * @check: (nullable): what is under way
 */
void
psa_status_set_check (PsaStatus *self, PsaCheck *check)
{
  gboolean was_checking;

  g_return_if_fail (PSA_IS_STATUS (self));
  g_return_if_fail (check == NULL || PSA_IS_CHECK (check));

  was_checking = self->check != NULL;
  if (!g_set_object (&self->check, check))
    return;

  notify (self, PROP_CHECK);
  if (was_checking != (check != NULL))
    notify (self, PROP_CHECKING);
}

/**
 * psa_status_set_result:
 * @self: a status
 * @result: what a check found, now or in an earlier run of the program
 *
 * Shows a result, but never one of another profile, nor an older one in the place of a newer.
 *
 * Returns: whether it is shown
 */
gboolean
psa_status_set_result (PsaStatus *self, PsaResult *result)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  if (!is_news (self, result))
    return FALSE;

  psa_result_ref (result);
  g_clear_pointer (&self->result, psa_result_unref);
  self->result = result;
  change (self);
  notify (self, PROP_RESULT);
  notify_derived (self);

  return TRUE;
}

/**
 * psa_status_get_profile:
 * @self: a status
 *
 * Returns: (transfer none): whose status it is
 */
PsaProfile *
psa_status_get_profile (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), NULL);

  return self->profile;
}

/**
 * psa_status_get_result:
 * @self: a status
 *
 * Returns: (transfer none) (nullable): what was last found, for whatever revision
 */
PsaResult *
psa_status_get_result (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), NULL);

  return self->result;
}

/**
 * psa_status_get_current:
 * @self: a status
 *
 * Returns: whether there is a result, and it is one of the profile as it is now
 */
gboolean
psa_status_get_current (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), FALSE);

  return self->result != NULL && self->result->revision == psa_profile_get_revision (self->profile);
}

/**
 * psa_status_get_state:
 * @self: a status
 *
 * Returns: what the list shows; "not checked" where the result is not of the present revision
 */
PsaState
psa_status_get_state (PsaStatus *self)
{
  return psa_cause_get_state (psa_status_get_cause (self));
}

/**
 * psa_status_get_cause:
 * @self: a status
 *
 * Returns: the cause behind the state
 */
PsaCause
psa_status_get_cause (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), PSA_CAUSE_NEVER_CHECKED);

  return psa_status_get_current (self) ? self->result->cause : PSA_CAUSE_NEVER_CHECKED;
}

/**
 * psa_status_get_check:
 * @self: a status
 *
 * Returns: (transfer none) (nullable): the check that is under way
 */
PsaCheck *
psa_status_get_check (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), NULL);

  return self->check;
}

/**
 * psa_status_get_checking:
 * @self: a status
 *
 * Returns: whether a check is under way
 */
gboolean
psa_status_get_checking (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), FALSE);

  return self->check != NULL;
}

/**
 * psa_status_get_permissions:
 * @self: a status
 *
 * Returns: (transfer none) (nullable): what the key of the profile as it is now may do, if that was asked since
 *   the program began
 */
PsaPermissions *
psa_status_get_permissions (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), NULL);

  if (self->permissions == NULL ||
      self->permissions->revision != psa_profile_get_revision (self->profile))
    return NULL;
  return self->permissions;
}

/**
 * psa_status_set_permissions:
 * @self: a status
 * @permissions: what was found out
 *
 * Shows permissions, but never those of another profile or revision.
 *
 * Returns: whether they are shown
 */
gboolean
psa_status_set_permissions (PsaStatus *self, PsaPermissions *permissions)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), FALSE);
  g_return_val_if_fail (permissions != NULL, FALSE);

  if (g_strcmp0 (permissions->profile_id, psa_profile_get_id (self->profile)) != 0 ||
      permissions->revision != psa_profile_get_revision (self->profile))
    return FALSE;

  psa_permissions_ref (permissions);
  g_clear_pointer (&self->permissions, psa_permissions_unref);
  self->permissions = permissions;
  notify (self, PROP_PERMISSIONS);

  return TRUE;
}

/**
 * psa_status_get_serial:
 * @self: a status
 *
 * Returns: a number that is higher than that of every profile that was added before
 */
guint
psa_status_get_serial (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), 0);

  return self->serial;
}

/**
 * psa_status_get_search_text:
 * @self: a status
 *
 * Returns: (transfer none): name, host, company ID, company, notes and tags as psa_fold_dup() folds them, a line
 *   each; %PSA_STATUS_TAG_MARK stands before each tag
 */
const char *
psa_status_get_search_text (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), NULL);

  if (self->search_text == NULL)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      const char *const *tags = psa_profile_get_tags (self->profile);

      append_text (text, psa_profile_get_title (self->profile));
      append_text (text, psa_profile_get_address_text (self->profile));
      append_text (text, psa_profile_get_company_id (self->profile));
      append_text (text, self->result != NULL ? self->result->tenant->company : NULL);
      append_text (text, psa_profile_get_notes (self->profile));
      for (gsize i = 0; tags[i] != NULL; i++)
        {
          g_string_append (text, PSA_STATUS_TAG_MARK);
          append_text (text, tags[i]);
        }
      self->search_text = psa_fold_dup (text->str);
    }
  return self->search_text;
}

/**
 * psa_status_get_sort_key:
 * @self: a status
 *
 * Returns: (transfer none): what its title is sorted by, in the user's language, to be compared by its bytes
 */
const char *
psa_status_get_sort_key (PsaStatus *self)
{
  g_return_val_if_fail (PSA_IS_STATUS (self), NULL);

  if (self->sort_key == NULL)
    {
      g_autofree char *folded = g_utf8_casefold (psa_profile_get_title (self->profile), -1);

      self->sort_key = g_utf8_collate_key_for_filename (folded, -1);
    }
  return self->sort_key;
}
