/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-import-raw.h"

#include "psa-csv.h"
#include "psa-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The ways in which profiles come in a file, each made into rows of values. */

/* The first name is ours; headings and members are compared without case, blanks and punctuation. */
static const struct
{
  PsaImportField field;
  const char *names; /* "|" between them */
} known_names[] = {
  { PSA_IMPORT_NAME, "name|title|profile|customer|client|connectionid|label" },
  { PSA_IMPORT_ENVIRONMENT, "environment|env|stage" },
  { PSA_IMPORT_HOSTNAME,
    "hostname|host|server|site|siteurl|url|uri|apiurl|baseurl|baseuri|address|fqdn" },
  { PSA_IMPORT_PORT, "port" },
  { PSA_IMPORT_API_VERSION, "apiversion|version" },
  { PSA_IMPORT_INTEGRATION, "integration|integrationname" },
  { PSA_IMPORT_USERNAME, "username|user|login" },
  { PSA_IMPORT_COMPANY, "company|companyid|companyname|logincompany" },
  { PSA_IMPORT_KEY, "publickey|pubkey|public|key|memberid|integratoruser|integratorusername" },
  { PSA_IMPORT_NEEDS, "needs|modules" },
  { PSA_IMPORT_TAGS, "tags|tag|labels" },
  { PSA_IMPORT_FAVOURITE, "favourite|favorite|starred" },
  { PSA_IMPORT_NOTES, "notes|note|comment|comments|description" },
  { PSA_IMPORT_ID, "id|uuid" },
  { PSA_IMPORT_PASSWORD,
    "password|privatekey|private|secret|memberhash|integratorpassword|integratorpass" },
  { PSA_IMPORT_CLIENT_ID, "clientid|clientguid" },
};

static void
raw_free (gpointer data)
{
  PsaImportRaw *raw = data;

  for (guint i = 0; i < PSA_IMPORT_N_FIELDS; i++)
    if (i == PSA_IMPORT_PASSWORD || i == PSA_IMPORT_CLIENT_ID)
      psa_secret_free (raw->values[i]);
    else
      g_free (raw->values[i]);
  g_strfreev (raw->tags);
  g_strfreev (raw->needs);
  g_free (raw->reason);
  g_free (raw);
}

GPtrArray *
psa_import_raw_new_list (void)
{
  return g_ptr_array_new_with_free_func (raw_free);
}

PsaImportRaw *
psa_import_raw_new (GPtrArray *rows)
{
  PsaImportRaw *raw = g_new0 (PsaImportRaw, 1);

  raw->number = rows->len + 1;
  g_ptr_array_add (rows, raw);
  return raw;
}

/* Takes @value; a secret goes to memory of its own, and the copy is wiped. */
void
psa_import_raw_take (PsaImportRaw *self, PsaImportField field, char *value)
{
  if (self->values[field] != NULL) /* of two columns for one field the first counts */
    {
      g_free (value);
      return;
    }
  if (field != PSA_IMPORT_PASSWORD && field != PSA_IMPORT_CLIENT_ID)
    {
      self->values[field] = value;
      return;
    }
  if (!psa_import_is_placeholder (value))
    self->values[field] = psa_secret_new (value);
  explicit_bzero (value, strlen (value));
  g_free (value);
}

/* Without a mark, every second byte of plain text in UTF-16 is zero. */
static const char *
find_encoding (const guchar *data, gsize size, gsize *mark)
{
  *mark = 2;
  if (size >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return "UTF-16LE";
  if (size >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return "UTF-16BE";
  *mark = 0;
  if (size >= 4 && data[1] == 0 && data[3] == 0 && data[0] != 0)
    return "UTF-16LE";
  if (size >= 4 && data[0] == 0 && data[2] == 0 && data[1] != 0)
    return "UTF-16BE";
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    *mark = 3;
  return "UTF-8";
}

/*
 * psa_import_dup_text:
 *
 * UTF-8 or UTF-16, with or without a byte order mark, else what Windows takes for western text.
 *
 * Returns: (transfer full) (nullable): the text, in UTF-8 and without a mark; free it as a secret
 */
char *
psa_import_dup_text (GBytes *bytes, GError **error)
{
  gsize size = 0;
  gsize mark = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *encoding;
  gsize length = 0;
  char *text;

  if (size > PSA_IMPORT_MAX_BYTES)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("The file is too large: 64 MiB at most."));
      return NULL;
    }

  if (size == 0)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, _("The file is empty."));
      return NULL;
    }
  encoding = find_encoding ((const guchar *) data, size, &mark);
  if (g_str_equal (encoding, "UTF-8") && !g_utf8_validate (data + mark, size - mark, NULL))
    encoding = "WINDOWS-1252";
  text = g_convert (data + mark, size - mark, "UTF-8", encoding, NULL, &length, NULL);
  if (text == NULL || strlen (text) != length)
    {
      g_free (text);
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("The file is not text. Choose a JSON or CSV file."));
      return NULL;
    }
  return text;
}

static char *
dup_plain (const char *name)
{
  GString *plain = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (g_ascii_isalnum (*name))
      g_string_append_c (plain, g_ascii_tolower (*name));
  return g_string_free_and_steal (plain);
}

/* Returns: (transfer full): every name by which a field is known, in front of each variable's prefix → field + 1 */
static GHashTable *
index_names (void)
{
  /* "PSA_", "CW_", "CWM_" and the like stand in front of the names of variables. */
  static const char *const prefixes[] = { "", "psa", "cwm", "cw", "connectwise", "connectwisepsa" };
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = G_N_ELEMENTS (known_names); i > 0; i--) /* of two fields the first counts */
    {
      g_auto(GStrv) names = g_strsplit (known_names[i - 1].names, "|", -1);

      for (gsize j = 0; j < G_N_ELEMENTS (prefixes); j++)
        for (gsize k = 0; names[k] != NULL; k++)
          g_hash_table_insert (fields, g_strconcat (prefixes[j], names[k], NULL),
                               GINT_TO_POINTER (known_names[i - 1].field + 1));
    }
  return fields;
}

/*
 * psa_import_find_field:
 * @name: of a column, a member or a variable
 *
 * Returns: the #PsaImportField that it names; -1 for none
 */
int
psa_import_find_field (const char *name)
{
  static GHashTable *fields;
  g_autofree char *plain = dup_plain (name);

  if (g_once_init_enter_pointer (&fields))
    g_once_init_leave_pointer (&fields, index_names ());
  return GPOINTER_TO_INT (g_hash_table_lookup (fields, plain)) - 1;
}

/* Reads `a;b`, without the blanks around each. */
static GStrv
split_words (const char *text)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  g_auto(GStrv) pieces = g_strsplit (text, ";", -1);

  for (gsize i = 0; pieces[i] != NULL; i++)
    if (*g_strstrip (pieces[i]) != '\0')
      g_strv_builder_add (words, pieces[i]);
  return g_strv_builder_end (words);
}

static void
guess_columns (PsaImportColumns *columns, GStrv headers)
{
  for (guint i = 0; i < PSA_IMPORT_N_FIELDS; i++)
    columns->of[i] = -1;
  for (guint i = 0; headers[i] != NULL; i++)
    {
      int field = psa_import_find_field (headers[i]);

      if (field >= 0 && columns->of[field] < 0)
        columns->of[field] = i;
    }
}

static void
read_csv_row (PsaImportRaw *raw, const PsaCsvRow *row, const PsaImportColumns *columns)
{
  guint n_fields = row->fields != NULL ? g_strv_length (row->fields) : 0;

  if (row->fields == NULL)
    {
      raw->reason = g_strdup (_("The quotes of this row do not fit together."));
      return;
    }
  for (guint i = 0; i < PSA_IMPORT_N_FIELDS; i++)
    if (columns->of[i] >= 0 && (guint) columns->of[i] < n_fields)
      psa_import_raw_take (raw, (PsaImportField) i, g_strdup (row->fields[columns->of[i]]));
  if (raw->values[PSA_IMPORT_TAGS] != NULL)
    raw->tags = split_words (raw->values[PSA_IMPORT_TAGS]);
  if (raw->values[PSA_IMPORT_NEEDS] != NULL)
    raw->needs = split_words (raw->values[PSA_IMPORT_NEEDS]);
}

/*
 * psa_import_read_csv:
 * @columns: (inout): which column is what; filled in where @guess is set
 * @headers: (out) (transfer full): the first row
 *
 * Returns: FALSE where there is no row of headings
 */
gboolean
psa_import_read_csv (const char *text,
                     PsaImportColumns *columns,
                     gboolean guess,
                     GStrv *headers,
                     GPtrArray *rows,
                     GError **error)
{
  g_autoptr(GPtrArray) table = psa_csv_parse (text);

  if (table->len == 0 || ((PsaCsvRow *) table->pdata[0])->fields == NULL)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("The file has no row of headings."));
      return FALSE;
    }
  *headers = g_strdupv (((PsaCsvRow *) table->pdata[0])->fields);
  if (guess)
    guess_columns (columns, *headers);
  for (guint i = 1; i < table->len; i++)
    read_csv_row (psa_import_raw_new (rows), table->pdata[i], columns);
  return TRUE;
}

static GStrv
read_words (JsonNode *node)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (words, json_node_get_string (element));
    }
  return g_strv_builder_end (words);
}

static char *
dup_value (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
  return NULL;
}

/* Members of any name but the known ones are left alone: a secret could be under any other. Nango's connections hold
 * theirs in `credentials` and `connection_config`. */
static void
read_members (PsaImportRaw *raw, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      int field = psa_import_find_field (name);

      if (JSON_NODE_HOLDS_OBJECT (node) && depth == 0 &&
          (g_str_equal (name, "credentials") || g_str_equal (name, "connection_config")))
        read_members (raw, json_node_get_object (node), depth + 1);
      else if (JSON_NODE_HOLDS_ARRAY (node) && field == PSA_IMPORT_TAGS && raw->tags == NULL)
        raw->tags = read_words (node);
      else if (JSON_NODE_HOLDS_ARRAY (node) && field == PSA_IMPORT_NEEDS && raw->needs == NULL)
        raw->needs = read_words (node);
      else if (field >= 0)
        {
          char *value = dup_value (node);

          if (value != NULL)
            psa_import_raw_take (raw, (PsaImportField) field, value);
        }
    }
}

static void
read_integrations (JsonArray *array, GPtrArray *integrations)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PsaIntegration *integration =
          JSON_NODE_HOLDS_OBJECT (node)
              ? psa_integration_new_from_json (json_node_get_object (node), NULL)
              : NULL;

      if (integration != NULL) /* else its profiles are without one */
        g_ptr_array_add (integrations, integration);
    }
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
read_profiles (JsonArray *array, GPtrArray *rows)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PsaImportRaw *raw = psa_import_raw_new (rows);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_members (raw, json_node_get_object (node), 0);
      else
        raw->reason = g_strdup (_("This is no object with the values of a profile."));
    }
}

/*
 * psa_import_read_json:
 * @integrations: (element-type PsaIntegration): gets those of the file
 *
 * Our own export, a list of profiles or of Nango's connections, or one of them.
 */
gboolean
psa_import_read_json (const char *text, GPtrArray *rows, GPtrArray *integrations, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  JsonArray *array = NULL;

  json_parser_set_strict (parser, TRUE);
  /* What json-glib says of it repeats a piece of the file, which may be a secret. */
  if (!json_parser_load_from_data (parser, text, -1, NULL))
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID,
                   _("The file is no whole JSON: line %u cannot be read."),
                   json_parser_get_current_line (parser));
      return FALSE;
    }

  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    array = json_node_get_array (root);
  else if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonObject *object = json_node_get_object (root);

      array = get_array (object, "profiles");
      if (array == NULL)
        array = get_array (object, "connections");
      if (get_array (object, "integrations") != NULL)
        read_integrations (get_array (object, "integrations"), integrations);
      if (array == NULL)
        read_members (psa_import_raw_new (rows), object, 0);
    }
  else
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, _("The file holds no profiles."));
      return FALSE;
    }
  if (array != NULL)
    read_profiles (array, rows);
  return TRUE;
}
