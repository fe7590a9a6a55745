/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-import.h"

#include "psa-api-version.h"
#include "psa-client-id.h"
#include "psa-error.h"
#include "psa-import-raw.h"
#include "psa-password.h"
#include "psa-printable.h"
#include "psa-username.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TITLE_BYTES 200

/* What the rows are compared with. */
typedef struct
{
  PsaImport *import;
  GHashTable *by_id;        /* UUID → PsaProfile */
  GHashTable *by_place;     /* "host:port/username" → PsaProfile */
  GHashTable *seen;         /* UUID or place of a row before → its number */
  GHashTable *integrations; /* UUID → PsaIntegration, those that are kept */
  GHashTable *theirs;       /* UUID → PsaIntegration, the first of the file that has it */
  GHashTable *by_name;      /* name → PsaIntegration, kept or of the file */
  GHashTable *used;         /* PsaIntegration that a draft names */
} Context;

static void
row_free (gpointer data)
{
  PsaImportRow *row = data;

  g_clear_object (&row->draft);
  g_clear_object (&row->kept);
  psa_secret_free (row->password);
  psa_secret_free (row->client_id);
  g_free (row->reason);
  g_free (row->title);
  g_free (row);
}

static char *
dup_place (PsaProfile *profile)
{
  return g_strdup_printf ("%s:%u/%s", psa_profile_get_host (profile),
                          psa_profile_get_port (profile), psa_profile_get_username (profile));
}

static const char *
get_value (const PsaImportRaw *raw, PsaImportField field)
{
  return raw->values[field] != NULL ? raw->values[field] : "";
}

/* Returns: (transfer full) (nullable): host and port, from one column or two */
static PsaAddress *
read_address (const PsaImportRaw *raw, GError **error)
{
  g_autoptr(PsaAddress) address = psa_address_parse (get_value (raw, PSA_IMPORT_HOSTNAME), error);
  const char *port_text = get_value (raw, PSA_IMPORT_PORT);
  guint64 port = PSA_ADDRESS_DEFAULT_PORT;

  if (address == NULL || *port_text == '\0' || address->port != PSA_ADDRESS_DEFAULT_PORT)
    return g_steal_pointer (&address);
  if (!g_ascii_string_to_unsigned (port_text, 10, 1, G_MAXUINT16, &port, NULL))
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("The port is a number from 1 to 65535."));
      return NULL;
    }
  return psa_address_new (address->host, (guint16) port);
}

static char *
dup_username (const PsaImportRaw *raw, GError **error)
{
  g_autofree char *company = NULL;
  g_autofree char *key = NULL;
  g_autofree char *joined = NULL;
  const char *text = get_value (raw, PSA_IMPORT_USERNAME);

  if (strchr (text, '+') == NULL && *get_value (raw, PSA_IMPORT_COMPANY) != '\0')
    {
      joined = g_strconcat (
          get_value (raw, PSA_IMPORT_COMPANY), "+",
          *get_value (raw, PSA_IMPORT_KEY) != '\0' ? get_value (raw, PSA_IMPORT_KEY) : text, NULL);
      text = joined;
    }
  if (!psa_username_split (text, &company, &key, error))
    return NULL;
  return g_strconcat (company, "+", key, NULL);
}

static gboolean
read_secrets (const PsaImportRaw *raw, PsaImportRow *row, GError **error)
{
  if (raw->values[PSA_IMPORT_PASSWORD] != NULL)
    {
      if (!psa_password_check (raw->values[PSA_IMPORT_PASSWORD], error))
        return FALSE;
      row->password = psa_secret_new (raw->values[PSA_IMPORT_PASSWORD]);
    }
  if (raw->values[PSA_IMPORT_CLIENT_ID] != NULL)
    {
      row->client_id = psa_client_id_parse (raw->values[PSA_IMPORT_CLIENT_ID], error);
      if (row->client_id == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_uuid_text (const char *text)
{
  return g_uuid_string_is_valid (text);
}

/* The profile that a row is about: the one with its UUID, else that of the same host and username. */
static PsaProfile *
find_kept (Context *context, const char *id, PsaProfile *draft)
{
  PsaProfile *kept = id != NULL ? g_hash_table_lookup (context->by_id, id) : NULL;
  g_autofree char *place = NULL;

  if (kept != NULL)
    return kept;
  place = dup_place (draft);
  return g_hash_table_lookup (context->by_place, place);
}

static PsaIntegration *
find_integration (Context *context, const char *text)
{
  PsaIntegration *integration = g_hash_table_lookup (context->integrations, text);
  PsaIntegration *theirs;

  if (integration != NULL)
    return integration;
  theirs = g_hash_table_lookup (context->theirs, text);
  if (theirs != NULL)
    {
      /* One that has the name here already is the same to whoever gave it that name. */
      integration = g_hash_table_lookup (context->by_name, psa_integration_get_name (theirs));
      return integration != NULL ? integration : theirs;
    }
  if (is_uuid_text (text))
    return NULL;

  integration = g_hash_table_lookup (context->by_name, text);
  if (integration == NULL)
    {
      integration = psa_integration_new (text);
      g_ptr_array_add (context->import->integrations, integration);
      g_hash_table_insert (context->by_name, g_strdup (text), integration);
    }
  return integration;
}

static void
fill_labels (Context *context, PsaProfile *draft, const PsaImportRaw *raw)
{
  const char *favourite = raw->values[PSA_IMPORT_FAVOURITE];
  const char *integration = raw->values[PSA_IMPORT_INTEGRATION];
  g_autofree char *token = NULL;
  PsaEnvironment environment;

  if (raw->values[PSA_IMPORT_NAME] != NULL)
    psa_profile_set_name (draft, raw->values[PSA_IMPORT_NAME]);
  if (raw->values[PSA_IMPORT_ENVIRONMENT] != NULL)
    {
      token = g_ascii_strdown (g_strstrip (raw->values[PSA_IMPORT_ENVIRONMENT]), -1);
      if (psa_environment_from_token (token, &environment))
        psa_profile_set_environment (draft, environment);
    }
  if (raw->needs != NULL)
    psa_profile_set_needs (draft, (const char *const *) raw->needs);
  if (raw->tags != NULL)
    psa_profile_set_tags (draft, (const char *const *) raw->tags);
  if (favourite != NULL)
    psa_profile_set_favourite (draft, g_ascii_strcasecmp (favourite, "yes") == 0 ||
                                          g_ascii_strcasecmp (favourite, "true") == 0 ||
                                          g_str_equal (favourite, "1"));
  if (raw->values[PSA_IMPORT_NOTES] != NULL)
    psa_profile_set_notes (draft, raw->values[PSA_IMPORT_NOTES]);
  if (integration != NULL && *integration != '\0')
    {
      PsaIntegration *found = find_integration (context, integration);

      if (found != NULL)
        {
          psa_profile_set_integration (draft, psa_integration_get_id (found));
          g_hash_table_add (context->used, found);
        }
    }
}

static gboolean
is_same (PsaProfile *a, PsaProfile *b)
{
  return psa_profile_is_same_connection (a, b) &&
         g_str_equal (psa_profile_get_name (a), psa_profile_get_name (b)) &&
         psa_profile_get_environment (a) == psa_profile_get_environment (b) &&
         g_strv_equal (psa_profile_get_needs (a), psa_profile_get_needs (b)) &&
         g_strv_equal (psa_profile_get_tags (a), psa_profile_get_tags (b)) &&
         psa_profile_get_favourite (a) == psa_profile_get_favourite (b) &&
         g_str_equal (psa_profile_get_notes (a), psa_profile_get_notes (b));
}

/* A row that says what one before it says would be done twice. */
static gboolean
is_repeated (Context *context, PsaImportRow *row)
{
  g_autofree char *place = dup_place (row->draft);
  const char *id = psa_profile_get_id (row->draft);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (context->seen, id));

  if (before == 0)
    before = GPOINTER_TO_UINT (g_hash_table_lookup (context->seen, place));
  if (before != 0)
    {
      row->reason = g_strdup_printf (_("Row %u is about the same tenant and username."), before);
      return TRUE;
    }
  g_hash_table_insert (context->seen, g_strdup (id), GUINT_TO_POINTER (row->number));
  g_hash_table_insert (context->seen, g_steal_pointer (&place), GUINT_TO_POINTER (row->number));
  return FALSE;
}

/* A profile with the UUID of the file, unless something else here has it. */
static PsaProfile *
create_draft (Context *context, const char *id)
{
  g_autoptr(JsonObject) object = NULL;

  if (id == NULL || g_hash_table_contains (context->integrations, id) ||
      g_hash_table_contains (context->seen, id))
    return psa_profile_new ();
  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  return psa_profile_new_from_json (object, NULL);
}

static gboolean
judge (Context *context, const PsaImportRaw *raw, PsaImportRow *row, GError **error)
{
  g_autoptr(PsaAddress) address = read_address (raw, error);
  g_autoptr(PsaProfile) probe = psa_profile_new ();
  g_autofree char *username = NULL;
  g_autofree char *id = g_ascii_strdown (get_value (raw, PSA_IMPORT_ID), -1);
  g_autofree char *version = g_strstrip (g_strdup (get_value (raw, PSA_IMPORT_API_VERSION)));

  if (address == NULL || (username = dup_username (raw, error)) == NULL ||
      !psa_api_version_check (version, NULL, error) || !read_secrets (raw, row, error))
    return FALSE;

  if (!is_uuid_text (id))
    g_clear_pointer (&id, g_free);
  psa_profile_set_address (probe, address);
  psa_profile_set_username (probe, username);
  g_set_object (&row->kept, find_kept (context, id, probe));
  row->draft = row->kept != NULL ? psa_profile_copy (row->kept) : create_draft (context, id);
  row->is_fresh = row->kept == NULL && g_strcmp0 (psa_profile_get_id (row->draft), id) != 0;
  psa_profile_set_address (row->draft, address);
  psa_profile_set_username (row->draft, username);
  if (raw->values[PSA_IMPORT_API_VERSION] != NULL)
    psa_profile_set_api_version (row->draft, version);
  fill_labels (context, row->draft, raw);
  if (row->password == NULL)
    psa_profile_keep_secret (row->draft, row->kept);
  else
    psa_profile_confirm_secret (row->draft);
  return TRUE;
}

static char *
dup_title (const PsaImportRaw *raw, PsaImportRow *row)
{
  const char *title = row->draft != NULL ? psa_profile_get_title (row->draft)
                      : *get_value (raw, PSA_IMPORT_NAME) != '\0'
                          ? get_value (raw, PSA_IMPORT_NAME)
                          : get_value (raw, PSA_IMPORT_HOSTNAME);

  return psa_printable_dup (title, strlen (title), MAX_TITLE_BYTES, PSA_PRINTABLE_ONE_LINE);
}

static void
add_row (Context *context, const PsaImportRaw *raw)
{
  PsaImportRow *row = g_new0 (PsaImportRow, 1);
  g_autoptr(GError) error = NULL;

  row->number = raw->number;
  row->kind = PSA_IMPORT_INVALID;
  if (raw->reason != NULL)
    row->reason = g_strdup (raw->reason);
  else if (!judge (context, raw, row, &error))
    row->reason = g_strdup (error->message);
  else if (!is_repeated (context, row))
    row->kind = row->kept == NULL ? PSA_IMPORT_NEW
                : is_same (row->draft, row->kept) && row->password == NULL && row->client_id == NULL
                    ? PSA_IMPORT_SAME
                    : PSA_IMPORT_CONFLICT;

  row->title = dup_title (raw, row);
  if (row->kind == PSA_IMPORT_INVALID)
    {
      g_clear_object (&row->draft);
      g_clear_object (&row->kept);
      g_clear_pointer (&row->password, psa_secret_free);
      g_clear_pointer (&row->client_id, psa_secret_free);
    }
  row->chosen = row->kind == PSA_IMPORT_NEW;
  context->import->n_rows[row->kind]++;
  context->import->has_secrets |= row->password != NULL || row->client_id != NULL;
  g_ptr_array_add (context->import->rows, row);
}

static void
index_kept (Context *context, GListModel *profiles, GListModel *integrations)
{
  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      PsaProfile *profile = g_list_model_get_item (profiles, i);

      g_hash_table_insert (context->by_place, dup_place (profile), profile);
      g_hash_table_insert (context->by_id, g_strdup (psa_profile_get_id (profile)), profile);
    }
  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++)
    {
      PsaIntegration *integration = g_list_model_get_item (integrations, i);

      g_hash_table_insert (context->by_name, g_strdup (psa_integration_get_name (integration)),
                           integration);
      g_hash_table_insert (context->integrations, g_strdup (psa_integration_get_id (integration)),
                           integration);
    }
}

/* Only what a draft names is brought along, and nothing that would take an id from something here. */
static void
drop_unused_integrations (Context *context)
{
  GPtrArray *integrations = context->import->integrations;

  for (guint i = integrations->len; i > 0; i--)
    {
      PsaIntegration *integration = integrations->pdata[i - 1];

      if (!g_hash_table_contains (context->used, integration) ||
          g_hash_table_contains (context->by_id, psa_integration_get_id (integration)))
        g_ptr_array_remove_index (integrations, i - 1);
    }
}

static gboolean
looks_like_json (const char *text)
{
  text += strspn (text, " \t\r\n");
  return *text == '{' || *text == '[';
}

static gboolean
has_address_column (PsaImport *self, GError **error)
{
  if (self->headers == NULL || self->columns.of[PSA_IMPORT_HOSTNAME] >= 0)
    return TRUE;
  g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                       _("No column is named “hostname”. Say which one holds it."));
  return FALSE;
}

/**
 * psa_import_new:
 * @bytes: a file: our export, a list of profiles, connections of Nango in JSON, or a table in CSV
 * @columns: (nullable): which column of a table holds what; by their headings if %NULL
 * @profiles: (element-type PsaProfile): those that are kept
 * @integrations: (element-type PsaIntegration): likewise
 * @error: return location for a `PSA_ERROR_INVALID`: nothing in the file can be read
 *
 * Reads a file and says what it would change. A row that is wrong costs no other. Of a profile only known members are
 * taken, and no trust in a certificate: that is given by whoever looks at it. The secret of a profile stays with the
 * address it was entered for, as psa_profile_keep_secret() says, unless the row brings its own. Needs no main context.
 *
 * Returns: (transfer full) (nullable): the import
 */
PsaImport *
psa_import_new (GBytes *bytes,
                const PsaImportColumns *columns,
                GListModel *profiles,
                GListModel *integrations,
                GError **error)
{
  g_autoptr(PsaImport) self = NULL;
  g_autofree char *converted = NULL;
  g_autoptr(GPtrArray) raws = psa_import_raw_new_list ();
  g_autoptr(GHashTable) by_id =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr(GHashTable) by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) kept_integrations =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr(GHashTable) theirs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) used = g_hash_table_new (NULL, NULL);
  Context context = { NULL, by_id, by_place, seen, kept_integrations, theirs, by_name, used };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (profiles) && G_IS_LIST_MODEL (integrations), NULL);

  converted = psa_import_dup_text (bytes, error);
  if (converted == NULL)
    return NULL;

  self = g_new0 (PsaImport, 1);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->integrations = g_ptr_array_new_with_free_func (g_object_unref);
  if (columns != NULL)
    self->columns = *columns;
  context.import = self;
  index_kept (&context, profiles, integrations);
  if (!(looks_like_json (converted)
            ? psa_import_read_json (converted, raws, self->integrations, error)
            : psa_import_read_csv (converted, &self->columns, columns == NULL, &self->headers, raws,
                                   error) &&
                  has_address_column (self, error)))
    return NULL;
  for (guint i = self->integrations->len; i > 0; i--)
    g_hash_table_insert (theirs,
                         (char *) psa_integration_get_id (self->integrations->pdata[i - 1]),
                         self->integrations->pdata[i - 1]);
  for (guint i = 0; i < raws->len; i++)
    add_row (&context, raws->pdata[i]);
  drop_unused_integrations (&context);
  explicit_bzero (converted, strlen (converted));
  return g_steal_pointer (&self);
}

/**
 * psa_import_new_table:
 * @bytes: a table in CSV
 * @error: return location for a `PSA_ERROR_INVALID`
 *
 * Reads no more than the headings, and guesses which column holds what.
 *
 * Returns: (transfer full) (nullable): an import without rows; without headings as well where it is no table
 */
PsaImport *
psa_import_new_table (GBytes *bytes, GError **error)
{
  g_autoptr(PsaImport) self = NULL;
  g_autoptr(GPtrArray) raws = psa_import_raw_new_list ();
  g_autofree char *text = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = psa_import_dup_text (bytes, error);
  if (text == NULL)
    return NULL;
  self = g_new0 (PsaImport, 1);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->integrations = g_ptr_array_new_with_free_func (g_object_unref);
  if (!looks_like_json (text) &&
      !psa_import_read_csv (text, &self->columns, TRUE, &self->headers, raws, error))
    return NULL;
  explicit_bzero (text, strlen (text));
  return g_steal_pointer (&self);
}

/**
 * psa_import_free:
 * @self: (transfer full) (nullable): an import, whose secrets are wiped
 */
void
psa_import_free (PsaImport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->integrations);
  g_strfreev (self->headers);
  g_free (self->problem);
  g_free (self);
}

/**
 * psa_import_kind_get_token:
 *
 * Returns: "new", "same", "conflict" or "invalid"
 */
const char *
psa_import_kind_get_token (PsaImportKind kind)
{
  static const char *const tokens[] = { "new", "same", "conflict", "invalid" };

  g_return_val_if_fail (kind <= PSA_IMPORT_INVALID, NULL);

  return tokens[kind];
}

/**
 * psa_import_field_get_name:
 *
 * Returns: the name of a field in options and headings, such as "hostname"
 */
const char *
psa_import_field_get_name (PsaImportField field)
{
  static const char *const names[] = {
    "name",     "environment", "hostname", "port",     "apiVersion", "integration",
    "username", "company",     "key",      "needs",    "tags",       "favourite",
    "notes",    "id",          "password", "clientId",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == PSA_IMPORT_N_FIELDS);
  g_return_val_if_fail (field < PSA_IMPORT_N_FIELDS, NULL);

  return names[field];
}

/**
 * psa_import_is_placeholder:
 * @value: what stands where a secret belongs
 *
 * Returns: whether it only says that one belongs there: empty, a variable, `<…>`, or stars
 */
gboolean
psa_import_is_placeholder (const char *value)
{
  gsize length;

  g_return_val_if_fail (value != NULL, TRUE);

  length = strlen (value);
  if (*value == '$')
    return value[1 + strspn (value + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_:{}?")] == '\0' &&
           (value[1] == '{' || strchr (value, '_') != NULL);
  return length == 0 || (*value == '<' && value[length - 1] == '>') ||
         value[strspn (value, "*")] == '\0';
}
