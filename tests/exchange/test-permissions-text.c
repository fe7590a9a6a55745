/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-permissions-text.h"

#include <string.h>

static PsaProfile *
create_profile (const char *name)
{
  static const char *const needs[] = { "Finance", "Time & Expense", NULL };
  PsaProfile *profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new ("cw.example.com", 8443);

  psa_profile_set_name (profile, name);
  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, "contoso+publickey");
  psa_profile_set_needs (profile, needs);
  return profile;
}

static PsaPermissions *
create_permissions (PsaProfile *profile, const char *const *names)
{
  PsaPermissions *permissions = psa_permissions_new (profile);

  permissions->asked_at = G_GINT64_CONSTANT (1764000000) * G_USEC_PER_SEC;
  for (; *names != NULL; names++)
    psa_permissions_add (permissions, PSA_MODULE_FINANCE, *names, PSA_LEVEL_NONE);
  psa_permissions_add (permissions, PSA_MODULE_COMPANY, "Contacts", PSA_LEVEL_READABLE);
  psa_permissions_add (permissions, PSA_MODULE_TIME, "Time Entry", PSA_LEVEL_UNKNOWN);
  return permissions;
}

static void
test_markdown (void)
{
  static const char *const names[] = { "Agreements", NULL };
  g_autoptr(PsaProfile) profile = create_profile ("Contoso IT");
  g_autoptr(PsaPermissions) permissions = create_permissions (profile, names);
  g_autofree char *text = psa_permissions_text_new_markdown (profile, permissions);

  g_assert_cmpstr (text, ==,
                   "# PSA permissions\n\n"
                   "- Profile: `Contoso IT`\n"
                   "- Host: `cw.example.com:8443`\n"
                   "- Company ID: `contoso`\n"
                   "- Asked at: `2025-11-24 16:00:00 UTC`\n"
                   "- Source: counts, which cannot tell `My` from `All` and know only of Inquire\n"
                   "- Inquire only: nothing was written to the tenant\n\n"
                   "| Module | Needed | Inquire | Add | Edit | Delete | Rights that can be read |\n"
                   "|---|---|---|---|---|---|---:|\n"
                   "| Companies | no | My or All | unknown | unknown | unknown | 1 of 1 |\n"
                   "| Service Desk | no | unknown | unknown | unknown | unknown | 0 of 0 |\n"
                   "| Project | no | unknown | unknown | unknown | unknown | 0 of 0 |\n"
                   "| Time & Expense | yes | unknown | unknown | unknown | unknown | 0 of 1 |\n"
                   "| Finance | yes | None | unknown | unknown | unknown | 0 of 1 |\n"
                   "| Procurement | no | unknown | unknown | unknown | unknown | 0 of 0 |\n"
                   "| Sales | no | unknown | unknown | unknown | unknown | 0 of 0 |\n"
                   "| System | no | unknown | unknown | unknown | unknown | 0 of 0 |\n\n"
                   "## Rights\n\n"
                   "| Module | Right | Inquire | Add | Edit | Delete |\n"
                   "|---|---|---|---|---|---|\n"
                   "| Companies | `Contacts` | My or All | unknown | unknown | unknown |\n"
                   "| Time & Expense | `Time Entry` | unknown | unknown | unknown | unknown |\n"
                   "| Finance | `Agreements` | None | unknown | unknown | unknown |\n");

  permissions->from_matrix = TRUE;
  permissions->blank_references = TRUE;
  g_free (text);
  text = psa_permissions_text_new_markdown (profile, permissions);
  g_assert_nonnull (strstr (text, "- Source: the security role itself (`system/mySecurity`)\n"));
  g_assert_nonnull (strstr (text, "is left blank"));
}

/* Whoever names a right or a profile cannot leave the cell. */
static void
test_hostile_markdown (void)
{
  static const char *const names[] = { "a`|b`", "x | y \\", "```\n# Title", "<script>", "`", NULL };
  g_autoptr(PsaProfile) profile = create_profile ("`**bold**`\n# Title");
  g_autoptr(PsaPermissions) permissions = create_permissions (profile, names);
  g_autofree char *text = psa_permissions_text_new_markdown (profile, permissions);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_titles = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint n_pipes = 0, n_ticks = 0;

      for (const char *at = lines[i]; *at != '\0'; at++)
        {
          n_pipes += *at == '|';
          n_ticks += *at == '`';
        }
      g_test_message ("%s", lines[i]);
      n_titles += lines[i][0] == '#';
      g_assert_cmpuint (n_ticks % 2, ==, 0);
      if (lines[i][0] == '|')
        g_assert_true (n_pipes == 7 || n_pipes == 8);
      else
        g_assert_cmpuint (n_pipes, ==, 0);
    }
  g_assert_cmpuint (n_titles, ==, 2);
  g_assert_nonnull (strstr (text, "| `a'/b'` |"));
}

static void
test_csv (void)
{
  static const char *const names[] = { "Agreements",
                                       "Billing, \"View\"",
                                       "=1+1",
                                       "+1",
                                       "-1",
                                       "@SUM(A1:A9)",
                                       "\xef\xbc\x9d"
                                       "1",
                                       "a=b",
                                       "=a,b",
                                       NULL };
  g_autoptr(PsaProfile) profile = create_profile ("=cmd|' /C calc'!A0");
  g_autoptr(PsaPermissions) permissions = create_permissions (profile, names);
  g_autofree char *text = psa_permissions_text_new_csv (profile, permissions);

  g_assert_cmpstr (text, ==,
                   "Module,Right,Inquire,Add,Edit,Delete,Needed\r\n"
                   "Companies,Contacts,My or All,unknown,unknown,unknown,no\r\n"
                   "Time & Expense,Time Entry,unknown,unknown,unknown,unknown,yes\r\n"
                   "Finance,Agreements,None,unknown,unknown,unknown,yes\r\n"
                   "Finance,\"Billing, \"\"View\"\"\",None,unknown,unknown,unknown,yes\r\n"
                   "Finance,'=1+1,None,unknown,unknown,unknown,yes\r\n"
                   "Finance,'+1,None,unknown,unknown,unknown,yes\r\n"
                   "Finance,'-1,None,unknown,unknown,unknown,yes\r\n"
                   "Finance,'@SUM(A1:A9),None,unknown,unknown,unknown,yes\r\n"
                   "Finance,'\xef\xbc\x9d"
                   "1,None,unknown,unknown,unknown,yes\r\n"
                   "Finance,a=b,None,unknown,unknown,unknown,yes\r\n"
                   "Finance,\"'=a,b\",None,unknown,unknown,unknown,yes\r\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/permissions-text/markdown", test_markdown);
  g_test_add_func ("/i1-hostile-text/markdown", test_hostile_markdown);
  g_test_add_func ("/permissions-text/csv", test_csv);
  return g_test_run ();
}
