/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-output.h"

#include "psa-message.h"

#include <glib/gi18n.h>

static const char *
get_integration_name (PsaSession *session, PsaProfile *profile)
{
  const char *id = psa_profile_get_integration (profile);
  PsaIntegration *integration = id != NULL ? psa_store_get_integration (session->store, id) : NULL;

  return integration != NULL ? psa_integration_get_name (integration) : NULL;
}

static void
set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

static char *
format_time (gint64 microseconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc_usec (microseconds);

  return g_date_time_format_iso8601 (time);
}

/**
 * psa_output_make_profile:
 * @session: the session
 * @profile: a kept profile
 *
 * `{"id","name","environment","hostname","port","apiVersion","integration","username","tags","state","cause","checkedAt"}`,
 * `checkedAt` null where there was no check of this revision.
 *
 * Returns: (transfer full): the object
 */
JsonObject *
psa_output_make_profile (PsaSession *session, PsaProfile *profile)
{
  PsaStatus *status = psa_monitor_get_status (session->monitor, profile);
  PsaResult *result = psa_status_get_current (status) ? psa_status_get_result (status) : NULL;
  g_autofree char *checked_at = result != NULL ? format_time (result->checked_at) : NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonArray) tags = json_array_new ();
  g_auto(GStrv) tag_words = NULL;

  g_object_get (profile, "tags", &tag_words, NULL);
  for (gsize i = 0; tag_words != NULL && tag_words[i] != NULL; i++)
    json_array_add_string_element (tags, tag_words[i]);

  set_string (object, "id", psa_profile_get_id (profile));
  set_string (object, "name", psa_profile_get_name (profile));
  set_string (object, "environment",
              psa_environment_get_token (psa_profile_get_environment (profile)));
  set_string (object, "hostname", psa_profile_get_host (profile));
  json_object_set_int_member (object, "port", psa_profile_get_port (profile));
  set_string (object, "apiVersion", psa_profile_get_api_version (profile));
  set_string (object, "integration", get_integration_name (session, profile));
  set_string (object, "username", psa_profile_get_username (profile));
  json_object_set_array_member (object, "tags", g_steal_pointer (&tags));
  set_string (object, "state", psa_state_get_token (psa_status_get_state (status)));
  set_string (object, "cause", psa_cause_get_token (psa_status_get_cause (status)));
  set_string (object, "checkedAt", checked_at);
  return g_steal_pointer (&object);
}

/**
 * psa_output_make_result:
 * @profile: the profile that was checked
 * @result: what the check found
 *
 * The result's own JSON with the profile's `id`, `name` and `environment`, the `state` and the `message`.
 *
 * Returns: (transfer full): the object
 */
JsonObject *
psa_output_make_result (PsaProfile *profile, PsaResult *result)
{
  g_autoptr(JsonObject) object = psa_result_to_json (result);
  g_autoptr(JsonObject) words = json_object_new ();
  g_autoptr(PsaMessage) message = psa_message_new (result);

  set_string (words, "what", message->what);
  set_string (words, "why", message->why);
  set_string (words, "next", message->next);
  set_string (object, "id", psa_profile_get_id (profile));
  set_string (object, "name", psa_profile_get_name (profile));
  set_string (object, "environment",
              psa_environment_get_token (psa_profile_get_environment (profile)));
  set_string (object, "state", psa_state_get_token (psa_cause_get_state (result->cause)));
  json_object_set_object_member (object, "message", g_steal_pointer (&words));
  return g_steal_pointer (&object);
}

/**
 * psa_output_print_json:
 * @member: "profiles" or "results"
 * @items: (transfer none): the objects
 *
 * Prints `{"schema":1,MEMBER:[…]}` and a line end.
 */
void
psa_output_print_json (const char *member, JsonArray *items)
{
  g_autoptr(JsonObject) root = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_set_int_member (root, "schema", 1);
  json_object_set_array_member (root, member, json_array_ref (items));
  json_node_set_object (node, root);
  text = json_to_string (node, TRUE);
  g_print ("%s\n", text);
}

static char *
describe_time (PsaStatus *status)
{
  PsaResult *result = psa_status_get_result (status);
  g_autoptr(GDateTime) time = NULL;
  g_autoptr(GDateTime) local = NULL;

  if (result == NULL)
    return g_strdup (_("never checked"));

  time = g_date_time_new_from_unix_utc_usec (result->checked_at);
  local = g_date_time_to_local (time);
  return g_date_time_format (local, "%x %X");
}

/**
 * psa_output_dup_line:
 * @session: the session
 * @profile: a kept profile
 *
 * Returns: (transfer full): the cells of one line of the list for eyes
 */
GStrv
psa_output_dup_line (PsaSession *session, PsaProfile *profile)
{
  PsaStatus *status = psa_monitor_get_status (session->monitor, profile);
  const char *company_id = psa_profile_get_company_id (profile);
  const char *host = psa_profile_get_host (profile);
  g_autofree char *tenant = g_strdup_printf ("%s@%s", company_id != NULL ? company_id : "",
                                             host != NULL ? host : "");
  g_autoptr(GStrvBuilder) cells = g_strv_builder_new ();

  g_strv_builder_add (cells, psa_state_get_word (psa_status_get_state (status)));
  g_strv_builder_take (cells, psa_message_dup_clean (psa_profile_get_title (profile)));
  g_strv_builder_take (cells, psa_message_dup_clean (tenant));
  g_strv_builder_take (cells, describe_time (status));
  return g_strv_builder_end (cells);
}

/* In our own words a translation may have signs for the direction of writing. */
static void
print_words (const char *label, const char *words)
{
  g_print ("  %s: %s\n", label, words);
}

static void
print_pair (const char *label, const char *value)
{
  g_autofree char *clean = psa_message_dup_clean (value != NULL ? value : "");

  if (*clean != '\0')
    g_print ("  %s: %s\n", label, clean);
}

/**
 * psa_output_print_profile:
 * @session: the session
 * @profile: a kept profile
 *
 * All that is kept of a profile but its secrets, and what was last found, for eyes.
 */
void
psa_output_print_profile (PsaSession *session, PsaProfile *profile)
{
  PsaStatus *status = psa_monitor_get_status (session->monitor, profile);
  PsaResult *result = psa_status_get_current (status) ? psa_status_get_result (status) : NULL;
  g_autoptr(PsaAddress) address = psa_profile_dup_address (profile);
  g_autofree char *base_url =
      address != NULL ? psa_address_dup_base_url (address, NULL) : NULL;
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));
  g_autofree char *time = describe_time (status);

  g_print ("%s\n", title);
  print_pair (_("UUID"), psa_profile_get_id (profile));
  print_words (_("Environment"), psa_environment_get_word (psa_profile_get_environment (profile)));
  print_pair (_("Hostname"), psa_profile_get_address_text (profile));
  print_pair (_("Base URL"), base_url);
  print_pair (_("API version"), psa_profile_get_api_version (profile));
  print_pair (_("Integration"), get_integration_name (session, profile));
  print_pair (_("Username"), psa_profile_get_username (profile));
  print_pair (_("Trusted certificate"), psa_profile_get_trusted_sha256 (profile));
  print_words (_("State"), psa_state_get_word (psa_status_get_state (status)));
  print_words (_("Checked"), time);
  if (result != NULL)
    psa_output_print_result (profile, result);
}

/**
 * psa_output_print_result:
 * @profile: the profile that was checked
 * @result: what the check found
 *
 * State, what, why and next step, for eyes.
 */
void
psa_output_print_result (PsaProfile *profile, PsaResult *result)
{
  g_autoptr(PsaMessage) message = psa_message_new (result);
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));

  g_print ("%s — %s\n  %s\n", title, psa_state_get_word (psa_cause_get_state (result->cause)),
           message->what);
  if (*message->why != '\0')
    g_print ("  %s\n", message->why);
  if (*message->next != '\0')
    g_print ("  → %s\n", message->next);
}
