/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-permissions.h"

#include "psa-printable.h"

#include <string.h>

#define MAX_RIGHTS 5000 /* no role has a tenth of it */
#define MAX_NAME 100    /* bytes of a name that we keep */

G_DEFINE_BOXED_TYPE (PsaPermissions, psa_permissions, psa_permissions_ref, psa_permissions_unref)

static void
right_free (gpointer data)
{
  PsaRight *right = data;

  g_free (right->name);
  g_free (right);
}

static void
clear_permissions (gpointer data)
{
  PsaPermissions *self = data;

  g_free (self->profile_id);
  g_ptr_array_unref (self->rights);
}

/* Absent, or of another type, is "". */
static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  return json_node_get_string (node);
}

static PsaLevel
get_level (JsonObject *object, const char *name)
{
  const char *text = get_text (object, name);

  if (g_ascii_strcasecmp (text, "None") == 0)
    return PSA_LEVEL_NONE;
  if (g_ascii_strcasecmp (text, "My") == 0)
    return PSA_LEVEL_MY;
  if (g_ascii_strcasecmp (text, "All") == 0)
    return PSA_LEVEL_ALL;
  return PSA_LEVEL_UNKNOWN;
}

static PsaRight *
add_right (PsaPermissions *self, PsaModule module, const char *name)
{
  PsaRight *right;
  guint at = self->rights->len;

  if (self->rights->len >= MAX_RIGHTS)
    return NULL;

  while (at > 0 && ((PsaRight *) g_ptr_array_index (self->rights, at - 1))->module > module)
    at--;
  right = g_new0 (PsaRight, 1);
  right->module = module;
  right->name = psa_printable_dup (name, strlen (name), MAX_NAME, PSA_PRINTABLE_ONE_LINE);
  g_ptr_array_insert (self->rights, (int) at, right);
  return right;
}

static const char *
choose_name (JsonObject *object)
{
  static const char *const names[] = { "moduleFunctionName", "moduleFunctionDescription",
                                       "moduleFunctionIdentifier" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (*get_text (object, names[i]) != '\0')
      return get_text (object, names[i]);
  return "?";
}

/* Modules that are not ours, as Marketing, are left out. */
static void
read_row (PsaPermissions *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  PsaModule module;
  PsaRight *right;

  if (object == NULL || (!psa_module_from_word (get_text (object, "moduleName"), &module) &&
                         !psa_module_from_word (get_text (object, "moduleIdentifier"), &module)))
    return;
  right = add_right (self, module, choose_name (object));
  if (right == NULL)
    return;

  right->inquire = get_level (object, "inquireLevel");
  right->add = get_level (object, "addLevel");
  right->edit = get_level (object, "editLevel");
  right->remove = get_level (object, "deleteLevel");
}

/* None is wider than not known only where nothing else was said. */
static void
widen (PsaLevel *level, PsaLevel other, gboolean first)
{
  if (first)
    *level = other;
  else if (other == PSA_LEVEL_UNKNOWN && *level == PSA_LEVEL_NONE)
    *level = PSA_LEVEL_UNKNOWN;
  else if (other > *level && !(other == PSA_LEVEL_NONE && *level == PSA_LEVEL_UNKNOWN))
    *level = other;
}

/**
 * psa_permissions_new:
 * @profile: (nullable): whose they will be
 *
 * Returns: (transfer full): permissions of which nothing is known
 */
PsaPermissions *
psa_permissions_new (PsaProfile *profile)
{
  PsaPermissions *self = g_atomic_rc_box_new0 (PsaPermissions);

  self->rights = g_ptr_array_new_with_free_func (right_free);
  if (profile != NULL)
    {
      self->profile_id = g_strdup (psa_profile_get_id (profile));
      self->revision = psa_profile_get_revision (profile);
    }
  return self;
}

PsaPermissions *
psa_permissions_ref (PsaPermissions *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_atomic_rc_box_acquire (self);
}

void
psa_permissions_unref (PsaPermissions *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_permissions);
}

/**
 * psa_permissions_add_page:
 * @reply: to `mySecurity?pageSize=100&page=N`
 * @more: (out): whether there is another page
 *
 * Takes the rows of one page. A server that sends no `Link` has more where the page is full; an empty page is the
 * last in any case.
 *
 * Source: section 7 of the API facts, “My rights” (PY MySecurity, CWM Get-CWMMySecurity.ps1); section 8, “Paging”
 *
 * Returns: whether it was a page at all: 200 and an array
 */
gboolean
psa_permissions_add_page (PsaPermissions *self, const PsaReply *reply, gboolean *more)
{
  JsonArray *rows;
  guint n_rows;

  g_return_val_if_fail (self != NULL && reply != NULL && more != NULL, FALSE);

  *more = FALSE;
  if (reply->fault != PSA_FAULT_NONE || reply->status != 200)
    return FALSE;
  if (reply->json == NULL || !JSON_NODE_HOLDS_ARRAY (reply->json))
    return FALSE;

  rows = json_node_get_array (reply->json);
  n_rows = json_array_get_length (rows);
  for (guint i = 0; i < n_rows; i++)
    read_row (self, json_array_get_element (rows, i));
  *more = n_rows > 0 && (reply->link != NULL ? psa_reply_has_next_page (reply)
                                             : n_rows >= PSA_PERMISSIONS_PAGE_SIZE);
  return TRUE;
}

/* A reference that leads nowhere: null, or without a name. One that is not there at all says nothing. */
static gboolean
is_blank (JsonObject *record, const char *name)
{
  JsonNode *node = json_object_get_member (record, name);

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  return JSON_NODE_HOLDS_OBJECT (node) && *get_text (json_node_get_object (node), "name") == '\0';
}

/**
 * psa_permissions_are_blank:
 * @reply: to a request for a few companies
 *
 * Whether each of the records has a blank status or site, which each company has. A role that is too narrow for what a
 * record refers to still reads the record.
 *
 * Source: https://github.com/christaylorcodes/ConnectWiseManageAPI/issues/40 [reported]; the form is not recorded
 *
 * Returns: whether references are left blank
 */
gboolean
psa_permissions_are_blank (const PsaReply *reply)
{
  JsonArray *records;

  g_return_val_if_fail (reply != NULL, FALSE);

  if (reply->status != 200 || reply->json == NULL || !JSON_NODE_HOLDS_ARRAY (reply->json))
    return FALSE;

  records = json_node_get_array (reply->json);
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *node = json_array_get_element (records, i);
      JsonObject *record = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (record == NULL || (!is_blank (record, "status") && !is_blank (record, "site")))
        return FALSE;
    }
  return json_array_get_length (records) > 0;
}

/**
 * psa_permissions_add:
 * @module: the module of a right
 * @name: its name
 * @inquire: what a count told of it
 *
 * Adds a right of which nothing is known but whether it allows to read.
 */
void
psa_permissions_add (PsaPermissions *self, PsaModule module, const char *name, PsaLevel inquire)
{
  PsaRight *right;

  g_return_if_fail (self != NULL && name != NULL);
  g_return_if_fail ((guint) module < PSA_N_MODULES);

  right = add_right (self, module, name);
  if (right != NULL)
    right->inquire = inquire;
}

/**
 * psa_permissions_sum:
 *
 * Returns: all rights of @module together
 */
PsaRights
psa_permissions_sum (const PsaPermissions *self, PsaModule module)
{
  PsaRights sum = { 0 };

  g_return_val_if_fail (self != NULL, sum);

  for (guint i = 0; i < self->rights->len; i++)
    {
      const PsaRight *right = g_ptr_array_index (self->rights, i);

      if (right->module != module)
        continue;
      widen (&sum.inquire, right->inquire, sum.n_rights == 0);
      widen (&sum.add, right->add, sum.n_rights == 0);
      widen (&sum.edit, right->edit, sum.n_rights == 0);
      widen (&sum.remove, right->remove, sum.n_rights == 0);
      sum.n_rights++;
      sum.n_readable += right->inquire > PSA_LEVEL_NONE;
      sum.n_refused += right->inquire == PSA_LEVEL_NONE;
    }
  return sum;
}

/**
 * psa_level_get_word:
 *
 * Returns: the level in the words of ConnectWise PSA, never translated; "" where it is not known
 */
const char *
psa_level_get_word (PsaLevel level)
{
  switch (level)
    {
    case PSA_LEVEL_NONE:
      return "None";
    case PSA_LEVEL_READABLE:
      return "My or All";
    case PSA_LEVEL_MY:
      return "My";
    case PSA_LEVEL_ALL:
      return "All";
    case PSA_LEVEL_UNKNOWN:
    default:
      return "";
    }
}
