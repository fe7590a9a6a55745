/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-export.h"

#include "psa-csv.h"

#include <string.h>

#define SCHEMA 1

/* Profiles for other computers and programs. Neither a profile nor an integration holds a secret: they are put in where
 * somebody asks for it. */

static GHashTable *
index_integrations (GListModel *integrations)
{
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++)
    {
      PsaIntegration *integration = g_list_model_get_item (integrations, i);

      g_hash_table_insert (by_id, g_strdup (psa_integration_get_id (integration)), integration);
    }
  return by_id;
}

/* As in profiles.json, but without what is of this computer alone: the revision, and where a secret was entered for.
 * @mark may add members to each profile. */
static char *
write_json (GPtrArray *profiles,
            GListModel *integrations,
            void (*mark) (JsonObject *member, guint i, gpointer user_data),
            gpointer user_data)
{
  g_autoptr(GHashTable) by_id = index_integrations (integrations);
  g_autoptr(GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *written_integrations = json_array_new ();
  JsonArray *written_profiles = json_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < profiles->len; i++)
    {
      PsaProfile *profile = profiles->pdata[i];
      const char *id = psa_profile_get_integration (profile);
      PsaIntegration *integration = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;
      JsonObject *member = psa_profile_to_json (profile);

      json_object_remove_member (member, "revision");
      json_object_remove_member (member, "secretFor");
      if (mark != NULL)
        mark (member, i, user_data);
      json_array_add_object_element (written_profiles, member);
      if (integration != NULL && g_hash_table_add (written, (char *) id))
        json_array_add_object_element (written_integrations, psa_integration_to_json (integration));
    }
  json_object_set_int_member (object, "schema", SCHEMA);
  json_object_set_array_member (object, "integrations", written_integrations);
  json_object_set_array_member (object, "profiles", written_profiles);
  json_node_take_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}

/**
 * psa_export_to_json:
 * @profiles: (element-type PsaProfile): which, in this order
 * @integrations: (element-type PsaIntegration): all that are kept
 *
 * `{"schema":1,"integrations":[{id,name}],"profiles":[…]}`, as in profiles.json but without what is of this computer
 * alone.
 *
 * Returns: (transfer full): the text, without secrets
 */
char *
psa_export_to_json (GPtrArray *profiles, GListModel *integrations)
{
  g_return_val_if_fail (profiles != NULL && G_IS_LIST_MODEL (integrations), NULL);

  return write_json (profiles, integrations, NULL, NULL);
}

/* The secrets, and what stands for each of them until they are put in: json-glib's own copies could not be wiped. */
typedef struct
{
  const PsaExportSecrets *secrets;
  GPtrArray *marks;  /* (element-type utf8): in the order of the text */
  GPtrArray *values; /* (element-type PsaSecret): of another */
} Marking;

static void
mark_one (Marking *marking, JsonObject *member, const char *name, PsaSecret *value)
{
  char *mark = g_uuid_string_random ();

  if (value == NULL)
    {
      g_free (mark);
      return;
    }
  json_object_set_string_member (member, name, mark);
  g_ptr_array_add (marking->marks, mark);
  g_ptr_array_add (marking->values, value);
}

static void
mark_secrets (JsonObject *member, guint i, gpointer user_data)
{
  Marking *marking = user_data;

  mark_one (marking, member, "password", marking->secrets[i].password);
  mark_one (marking, member, "clientId", marking->secrets[i].client_id);
}

/* Source: RFC 8259, section 7 */
static char *
append_escaped (char *end, const PsaSecret *value)
{
  for (const char *at = value; *at != '\0'; at++)
    {
      if ((guchar) *at < 0x20)
        {
          end += g_snprintf (end, sizeof "\\u0000", "\\u%04x", (guint) (guchar) *at);
          continue;
        }
      if (*at == '"' || *at == '\\')
        *end++ = '\\';
      *end++ = *at;
    }
  return end;
}

/**
 * psa_export_with_secrets:
 * @profiles: (element-type PsaProfile): which, in this order
 * @integrations: (element-type PsaIntegration): all that are kept
 * @secrets: (array): those of each profile, as many as there are profiles
 *
 * As psa_export_to_json(), with the members `password` and `clientId` of each profile that has them, for
 * psa_import_new() on another computer.
 *
 * Returns: (transfer full): the text, which is a secret itself
 */
PsaSecret *
psa_export_with_secrets (GPtrArray *profiles,
                         GListModel *integrations,
                         const PsaExportSecrets *secrets)
{
  g_autoptr(GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  Marking marking = { secrets, marks, values };
  g_autofree char *text = NULL;
  const char *from;
  gsize size;
  PsaSecret *filled;
  char *end;

  g_return_val_if_fail (profiles != NULL && G_IS_LIST_MODEL (integrations), NULL);
  g_return_val_if_fail (secrets != NULL || profiles->len == 0, NULL);

  text = write_json (profiles, integrations, mark_secrets, &marking);
  size = strlen (text) + 1;
  for (guint i = 0; i < values->len; i++)
    size += strlen ("\\u0000") * strlen (values->pdata[i]);
  from = text;
  filled = end = g_malloc (size); /* once, so that no copy is left behind by growing */
  for (guint i = 0; i < marks->len; i++)
    {
      const char *mark = strstr (from, marks->pdata[i]);

      g_assert (mark != NULL);
      memcpy (end, from, mark - from);
      end = append_escaped (end + (mark - from), values->pdata[i]);
      from = mark + strlen (marks->pdata[i]);
    }
  memcpy (end, from, strlen (from) + 1);
  return filled;
}

static void
add_words (GString *text, const char *const *words)
{
  g_autofree char *joined = words != NULL ? g_strjoinv (";", (GStrv) words) : NULL;

  psa_csv_add_field (text, joined != NULL ? joined : "", ",");
}

/**
 * psa_export_to_csv:
 * @profiles: (element-type PsaProfile): which, in this order
 * @integrations: (element-type PsaIntegration): all that are kept
 *
 * A table with a row of headings; an integration stands there by its name, needs and tags with semicolons between
 * them. Which certificate is trusted, and members of later versions, are in the JSON alone.
 *
 * Source: RFC 4180
 *
 * Returns: (transfer full): the text, without secrets, with CR LF at each line's end
 */
char *
psa_export_to_csv (GPtrArray *profiles, GListModel *integrations)
{
  g_autoptr(GHashTable) by_id = NULL;
  GString *text =
      g_string_new ("name,environment,hostname,port,apiVersion,integration,username,needs,"
                    "tags,favourite,notes,id\r\n");

  g_return_val_if_fail (profiles != NULL && G_IS_LIST_MODEL (integrations), NULL);

  by_id = index_integrations (integrations);
  for (guint i = 0; i < profiles->len; i++)
    {
      PsaProfile *profile = profiles->pdata[i];
      const char *id = psa_profile_get_integration (profile);
      PsaIntegration *integration = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;
      g_autofree char *port = g_strdup_printf ("%u", psa_profile_get_port (profile));

      psa_csv_add_field (text, psa_profile_get_name (profile), ",");
      psa_csv_add_field (text, psa_environment_get_token (psa_profile_get_environment (profile)),
                         ",");
      psa_csv_add_field (text, psa_profile_get_host (profile), ",");
      psa_csv_add_field (text, port, ",");
      psa_csv_add_field (text, psa_profile_get_api_version (profile), ",");
      psa_csv_add_field (text, integration != NULL ? psa_integration_get_name (integration) : "",
                         ",");
      psa_csv_add_field (text, psa_profile_get_username (profile), ",");
      add_words (text, psa_profile_get_needs (profile));
      add_words (text, psa_profile_get_tags (profile));
      psa_csv_add_field (text, psa_profile_get_favourite (profile) ? "yes" : "no", ",");
      psa_csv_add_field (text, psa_profile_get_notes (profile), ",");
      psa_csv_add_field (text, psa_profile_get_id (profile), "\r\n");
    }
  return g_string_free_and_steal (text);
}
