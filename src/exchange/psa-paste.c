/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-paste.h"

#include "psa-api-version.h"
#include "psa-client-id.h"
#include "psa-error.h"
#include "psa-input.h"
#include "psa-password.h"
#include "psa-paste-text.h"
#include "psa-username.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_DEPTH 8

static void
take_problem (PsaPaste *self, GError *error)
{
  g_ptr_array_add (self->problems, g_strdup (error->message));
}

static gboolean
has (const PsaPasteValues *values, PsaImportField field)
{
  return values->raw->values[field] != NULL && *values->raw->values[field] != '\0';
}

static void
judge_address (PsaPaste *self, const PsaPasteValues *values)
{
  guint64 port = 0;

  if (!has (values, PSA_IMPORT_HOSTNAME))
    return;

  self->address = psa_address_parse (values->raw->values[PSA_IMPORT_HOSTNAME], NULL);
  if (self->address != NULL && has (values, PSA_IMPORT_PORT) &&
      g_ascii_string_to_unsigned (values->raw->values[PSA_IMPORT_PORT], 10, 1, G_MAXUINT16, &port,
                                  NULL) &&
      self->address->port == PSA_ADDRESS_DEFAULT_PORT)
    self->address->port = (guint16) port;
}

static void
judge_version (PsaPaste *self, const PsaPasteValues *values)
{
  const char *version = has (values, PSA_IMPORT_API_VERSION)
                            ? values->raw->values[PSA_IMPORT_API_VERSION]
                            : values->path_version;
  g_autoptr(GError) error = NULL;

  if (version == NULL)
    return;
  if (psa_api_version_check (version, NULL, &error))
    self->api_version = psa_input_dup_trimmed (version);
  else
    take_problem (self, error);
}

/* Either part may be missing, so each is judged beside a good one. */
static void
judge_username (PsaPaste *self, const PsaPasteValues *values)
{
  const char *username =
      has (values, PSA_IMPORT_USERNAME) ? values->raw->values[PSA_IMPORT_USERNAME] : NULL;
  const char *company = values->raw->values[PSA_IMPORT_COMPANY];
  const char *key = values->raw->values[PSA_IMPORT_KEY];
  g_autofree char *joined = NULL;
  g_autofree char *company_read = NULL;
  g_autofree char *key_read = NULL;
  g_autoptr(GError) error = NULL;

  if (username != NULL && strchr (username, '+') != NULL)
    {
      joined = g_strdup (username);
      company = key = "";
    }
  else
    {
      key = key != NULL && *key != '\0' ? key : username;
      joined = g_strconcat (company != NULL && *company != '\0' ? company : "c", "+",
                            key != NULL ? key : "k", NULL);
    }
  if (company == NULL && key == NULL)
    return;

  if (!psa_username_split (joined, &company_read, &key_read, &error))
    take_problem (self, error);
  else
    {
      if (company != NULL)
        self->company = g_steal_pointer (&company_read);
      if (key != NULL)
        self->key = g_steal_pointer (&key_read);
    }
}

static void
judge_secrets (PsaPaste *self, const PsaPasteValues *values)
{
  const char *password = values->raw->values[PSA_IMPORT_PASSWORD];
  const char *client_id = values->raw->values[PSA_IMPORT_CLIENT_ID];
  g_autoptr(GError) error = NULL;

  if (password != NULL && psa_password_check (password, &error))
    self->password = psa_secret_new (password);
  else if (password != NULL)
    take_problem (self, error);

  g_clear_error (&error);
  if (client_id != NULL)
    self->client_id = psa_client_id_parse (client_id, &error);
  if (error != NULL)
    take_problem (self, error);
}

static void
read_object (PsaPasteValues *values, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (JSON_NODE_HOLDS_OBJECT (node) && depth < MAX_DEPTH)
      read_object (values, json_node_get_object (node), depth + 1);
    else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      psa_paste_values_take (values, name, json_node_get_string (node));
    else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
      {
        g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

        psa_paste_values_take (values, name, number);
      }
}

/* Of several connections the first: their values must not be mixed. */
static void
read_array (PsaPasteValues *values, JsonArray *array)
{
  JsonNode *first = json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;

  if (first != NULL && JSON_NODE_HOLDS_OBJECT (first))
    read_object (values, json_node_get_object (first), 0);
  values->more = values->more || json_array_get_length (array) > 1;
}

/* The copies that json-glib makes cannot be wiped; they go with the parser.
 * Returns: whether it is JSON */
static gboolean
read_json (PsaPasteValues *values, const char *text)
{
  static const char *const lists[] = { "profiles", "connections" };
  g_autoptr(JsonParser) parser = NULL;
  JsonNode *root;

  if (*text != '{' && *text != '[')
    return FALSE;
  parser = json_parser_new_immutable ();
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, -1, NULL)) /* then it may be read as lines */
    return FALSE;

  root = json_parser_get_root (parser);
  if (root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (root))
    read_array (values, json_node_get_array (root));
  else if (JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonObject *object = json_node_get_object (root);

      for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        {
          JsonNode *list = json_object_get_member (object, lists[i]);

          if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
            read_array (values, json_node_get_array (list));
        }
      read_object (values, object, 0);
    }
  return TRUE;
}

/* By how a line begins: anything may stand in a value. */
static gboolean
is_powershell (const char *text)
{
  static const char *const commands[] = { "@{", "Connect-CWM", "Invoke-RestMethod",
                                          "Invoke-WebRequest" };

  while (*text != '\0')
    {
      text += strspn (text, " \t\r\n");
      if (*text == '$' && g_ascii_isalpha (text[1]))
        return TRUE;
      for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        if (g_ascii_strncasecmp (text, commands[i], strlen (commands[i])) == 0)
          return TRUE;
      text += strcspn (text, "\n");
    }
  return FALSE;
}

/**
 * psa_paste_new:
 * @text: what was pasted, of any form and length
 *
 * Looks for what makes a connection: in the lines of a `.env` file or a list of labels, in JSON (Nango's connections as
 * well), in a hashtable, a splat or a command of PowerShell, in a call of curl, in `Authorization: Basic …`, in
 * `company+public:private` and in an address with its scheme. All forms of psa_copy_as_new() are read, once the
 * secrets are filled in; a placeholder is not taken for a secret. Where several connections follow each other the
 * first is read. Needs neither a network nor a main context.
 *
 * Returns: (transfer full): what was found, which may be nothing
 */
PsaPaste *
psa_paste_new (const char *text)
{
  PsaPaste *self;
  g_auto(PsaPasteValues) values = { 0 };
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (PsaPaste, 1);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  psa_paste_values_init (&values);
  if (strnlen (text, PSA_PASTE_MAX_BYTES + 1) > PSA_PASTE_MAX_BYTES ||
      !g_utf8_validate (text, -1, NULL))
    {
      g_ptr_array_add (self->problems,
                       g_strdup (_("This is more than a connection: 64 KiB of text at most.")));
      return self;
    }

  text = psa_input_trim (text, &length);
  if (!read_json (&values, text))
    {
      if (is_powershell (text))
        psa_paste_read_powershell (&values, text);
      else
        psa_paste_read_lines (&values, text);
    }

  judge_address (self, &values);
  judge_version (self, &values);
  judge_username (self, &values);
  judge_secrets (self, &values);
  for (guint i = 0; i < PSA_IMPORT_N_FIELDS; i++)
    if (values.problems[i] != NULL && values.raw->values[i] == NULL)
      g_ptr_array_add (self->problems, g_steal_pointer (&values.problems[i]));
  self->more = values.more;
  return self;
}

/**
 * psa_paste_free:
 * @self: (transfer full) (nullable): what was found; its secrets are wiped
 */
void
psa_paste_free (PsaPaste *self)
{
  if (self == NULL)
    return;

  psa_address_free (self->address);
  g_free (self->api_version);
  g_free (self->company);
  g_free (self->key);
  psa_secret_free (self->password);
  psa_secret_free (self->client_id);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/**
 * psa_paste_is_empty:
 * @self: what was found
 *
 * Returns: whether no value was found that can be used
 */
gboolean
psa_paste_is_empty (const PsaPaste *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->address == NULL && self->api_version == NULL && self->company == NULL &&
         self->key == NULL && self->password == NULL && self->client_id == NULL;
}

/**
 * psa_paste_dup_username:
 * @self: what was found
 *
 * Returns: (transfer full) (nullable): company and key with a plus sign between them, of which one may be missing
 */
char *
psa_paste_dup_username (const PsaPaste *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->company == NULL && self->key == NULL)
    return NULL;
  return g_strconcat (self->company != NULL ? self->company : "", "+",
                      self->key != NULL ? self->key : "", NULL);
}
