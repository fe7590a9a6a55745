/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-permissions-text.h"

#include "psa-csv.h"
#include "psa-printable.h"

#include <string.h>

#define MAX_FACT_BYTES 200

/* It goes to an administrator of the tenant, in another company: English, UTC, and the words of the role screen. */

static const char *
get_word (PsaLevel level)
{
  return level == PSA_LEVEL_UNKNOWN ? "unknown" : psa_level_get_word (level);
}

static char *
dup_time (const PsaPermissions *permissions)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc_usec (permissions->asked_at);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC") : NULL;
}

/* Text from outside as a code span in a cell: no sign of it can end the span or the cell. */
static char *
dup_code (const char *text)
{
  g_autofree char *clean =
      psa_printable_dup (text, strlen (text), MAX_FACT_BYTES, PSA_PRINTABLE_ONE_LINE);

  g_strdelimit (clean, "`", '\'');
  g_strdelimit (clean, "|", '/');
  g_strstrip (clean);
  return *clean != '\0' ? g_strconcat ("`", clean, "`", NULL) : g_strdup ("");
}

static void
add_fact (GString *text, const char *label, const char *fact)
{
  g_autofree char *code = dup_code (fact != NULL ? fact : "");

  if (*code != '\0')
    g_string_append_printf (text, "- %s: %s\n", label, code);
}

static void
add_modules (GString *text, const PsaPermissions *permissions, guint needs)
{
  g_string_append (text, "\n| Module | Needed | Inquire | Add | Edit | Delete | Rights that can be "
                         "read |\n|---|---|---|---|---|---|---:|\n");
  for (guint i = 0; i < PSA_N_MODULES; i++)
    {
      PsaRights sum = psa_permissions_sum (permissions, (PsaModule) i);

      g_string_append_printf (text, "| %s | %s | %s | %s | %s | %s | %u of %u |\n",
                              psa_module_get_role_name ((PsaModule) i),
                              (needs & PSA_MODULE_BIT (i)) != 0 ? "yes" : "no",
                              get_word (sum.inquire), get_word (sum.add), get_word (sum.edit),
                              get_word (sum.remove), sum.n_readable, sum.n_rights);
    }
}

static void
add_rights (GString *text, const PsaPermissions *permissions)
{
  g_string_append (text, "\n## Rights\n\n| Module | Right | Inquire | Add | Edit | Delete |\n"
                         "|---|---|---|---|---|---|\n");
  for (guint i = 0; i < permissions->rights->len; i++)
    {
      const PsaRight *right = g_ptr_array_index (permissions->rights, i);
      g_autofree char *name = dup_code (right->name);

      g_string_append_printf (text, "| %s | %s | %s | %s | %s | %s |\n",
                              psa_module_get_role_name (right->module), name,
                              get_word (right->inquire), get_word (right->add),
                              get_word (right->edit), get_word (right->remove));
    }
}

/**
 * psa_permissions_text_new_markdown:
 * @profile: whose permissions they are
 * @permissions: what the key may do
 *
 * A page for the administrator of the tenant: facts, a table of the modules and one of their rights.
 *
 * Returns: (transfer full): the text, in English and without secrets
 */
char *
psa_permissions_text_new_markdown (PsaProfile *profile, const PsaPermissions *permissions)
{
  GString *text = g_string_new ("# PSA permissions\n\n");
  g_autofree char *time = NULL;

  g_return_val_if_fail (PSA_IS_PROFILE (profile) && permissions != NULL, NULL);

  time = dup_time (permissions);
  add_fact (text, "Profile", psa_profile_get_name (profile));
  add_fact (text, "Host", psa_profile_get_address_text (profile));
  add_fact (text, "Company ID", psa_profile_get_company_id (profile));
  add_fact (text, "Asked at", time);
  g_string_append (text, permissions->from_matrix
                             ? "- Source: the security role itself (`system/mySecurity`)\n"
                             : "- Source: counts, which cannot tell `My` from `All` and know only "
                               "of Inquire\n");
  if (permissions->blank_references)
    g_string_append (text, "- Records can be read, but what they refer to is left blank: the role "
                           "is too narrow for it\n");
  g_string_append (text, "- Inquire only: nothing was written to the tenant\n");
  add_modules (text, permissions, psa_modules_from_words (psa_profile_get_needs (profile)));
  add_rights (text, permissions);
  return g_string_free_and_steal (text);
}

/**
 * psa_permissions_text_new_csv:
 * @profile: whose permissions they are
 * @permissions: what the key may do
 *
 * The rights as a table, one a line: `Module,Right,Inquire,Add,Edit,Delete,Needed`. What a program for tables would
 * take for a formula gets an apostrophe in front.
 *
 * Source: RFC 4180
 *
 * Returns: (transfer full): the text, with CR LF at each line's end
 */
char *
psa_permissions_text_new_csv (PsaProfile *profile, const PsaPermissions *permissions)
{
  GString *text = g_string_new ("Module,Right,Inquire,Add,Edit,Delete,Needed\r\n");
  guint needs;

  g_return_val_if_fail (PSA_IS_PROFILE (profile) && permissions != NULL, NULL);

  needs = psa_modules_from_words (psa_profile_get_needs (profile));
  for (guint i = 0; i < permissions->rights->len; i++)
    {
      const PsaRight *right = g_ptr_array_index (permissions->rights, i);

      psa_csv_add_field (text, psa_module_get_role_name (right->module), ",");
      psa_csv_add_field (text, right->name, ",");
      psa_csv_add_field (text, get_word (right->inquire), ",");
      psa_csv_add_field (text, get_word (right->add), ",");
      psa_csv_add_field (text, get_word (right->edit), ",");
      psa_csv_add_field (text, get_word (right->remove), ",");
      psa_csv_add_field (text, (needs & PSA_MODULE_BIT (right->module)) != 0 ? "yes" : "no", "\r\n");
    }
  return g_string_free_and_steal (text);
}

static void
put_levels (JsonObject *object, PsaLevel inquire, PsaLevel add, PsaLevel edit, PsaLevel remove)
{
  const struct
  {
    const char *name;
    PsaLevel level;
  } levels[] = { { "inquire", inquire }, { "add", add }, { "edit", edit }, { "delete", remove } };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (levels[i].level != PSA_LEVEL_UNKNOWN)
      json_object_set_string_member (object, levels[i].name, psa_level_get_word (levels[i].level));
    else
      json_object_set_null_member (object, levels[i].name);
}

static JsonArray *
write_modules (const PsaPermissions *permissions, guint needs)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < PSA_N_MODULES; i++)
    {
      PsaRights sum = psa_permissions_sum (permissions, (PsaModule) i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "module", psa_module_get_word ((PsaModule) i));
      json_object_set_boolean_member (object, "needed", (needs & PSA_MODULE_BIT (i)) != 0);
      put_levels (object, sum.inquire, sum.add, sum.edit, sum.remove);
      json_object_set_int_member (object, "rights", sum.n_rights);
      json_object_set_int_member (object, "readable", sum.n_readable);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
write_rights (const PsaPermissions *permissions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < permissions->rights->len; i++)
    {
      const PsaRight *right = g_ptr_array_index (permissions->rights, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "module", psa_module_get_word (right->module));
      json_object_set_string_member (object, "right", right->name);
      put_levels (object, right->inquire, right->add, right->edit, right->remove);
      json_array_add_object_element (array, object);
    }
  return array;
}

/**
 * psa_permissions_text_to_json:
 * @profile: whose permissions they are
 * @permissions: what the key may do
 *
 * `{"id","name","askedAt" (RFC 3339, UTC),"source":"role"|"counts","blankReferences","modules":[{"module","needed",
 * "inquire","add","edit","delete","rights","readable"}],"rights":[{"module","right",…}]}`; a level is `None`, `My`,
 * `All`, `My or All`, or null where it is not known.
 *
 * Returns: (transfer full): a new object without secrets
 */
JsonObject *
psa_permissions_text_to_json (PsaProfile *profile, const PsaPermissions *permissions)
{
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *asked_at = NULL;
  JsonObject *object;

  g_return_val_if_fail (PSA_IS_PROFILE (profile) && permissions != NULL, NULL);

  time = g_date_time_new_from_unix_utc_usec (permissions->asked_at);
  asked_at = time != NULL ? g_date_time_format_iso8601 (time) : NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "id", psa_profile_get_id (profile));
  json_object_set_string_member (object, "name", psa_profile_get_name (profile));
  json_object_set_string_member (object, "askedAt", asked_at);
  json_object_set_string_member (object, "source", permissions->from_matrix ? "role" : "counts");
  json_object_set_boolean_member (object, "blankReferences", permissions->blank_references);
  json_object_set_array_member (
      object, "modules",
      write_modules (permissions, psa_modules_from_words (psa_profile_get_needs (profile))));
  json_object_set_array_member (object, "rights", write_rights (permissions));
  return object;
}
