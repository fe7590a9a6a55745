/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-permissions.h"

#include <string.h>

static gboolean
add_page (PsaPermissions *self, const char *body, gboolean *more)
{
  g_autoptr(PsaReply) reply = psa_reply_new (PSA_ASK_SECURITY_PAGE);

  reply->status = 200;
  psa_reply_take_body (reply, g_bytes_new (body, strlen (body)));
  return psa_permissions_add_page (self, reply, more);
}

static void
test_levels (void)
{
  static const char body[] =
      "[{\"moduleName\":\"Sales\",\"moduleFunctionName\":\"Opportunity\",\"addLevel\":\"None\","
      "\"editLevel\":\"My\",\"deleteLevel\":\"None\",\"inquireLevel\":\"All\"},"
      "{\"moduleName\":\"Companies\",\"moduleFunctionName\":\"Contacts\",\"addLevel\":\"All\","
      "\"editLevel\":\"ALL\",\"deleteLevel\":\"None\",\"inquireLevel\":\"None\"},"
      "{\"moduleName\":\"Companies\",\"moduleFunctionName\":\"Notes\",\"addLevel\":\"None\","
      "\"editLevel\":\"None\",\"deleteLevel\":\"None\",\"inquireLevel\":\"My\"},"
      "{\"moduleName\":\"Finance\",\"moduleFunctionName\":\"Agreements\",\"inquireLevel\":\"None\"}"
      ","
      "{\"moduleName\":\"Finance\",\"moduleFunctionName\":\"Invoicing\",\"inquireLevel\":\"None\"},"
      "{\"moduleName\":\"Marketing\",\"moduleFunctionName\":\"Campaigns\",\"inquireLevel\":\"All\"}"
      ","
      "{\"moduleIdentifier\":\"ServiceDesk\",\"moduleFunctionIdentifier\":\"SLA\","
      "\"inquireLevel\":\"All\"},"
      "{\"moduleName\":\"System\",\"moduleFunctionName\":\"Reports\",\"inquireLevel\":7}]";
  g_autoptr(PsaPermissions) permissions = psa_permissions_new (NULL);
  gboolean more = TRUE;
  PsaRights sum;
  const PsaRight *right;

  g_assert_true (add_page (permissions, body, &more));
  g_assert_false (more);
  g_assert_cmpuint (permissions->rights->len, ==, 7); /* without Marketing */

  right = g_ptr_array_index (permissions->rights, 0); /* by module, then as they came */
  g_assert_cmpstr (right->name, ==, "Contacts");
  right = g_ptr_array_index (permissions->rights, 1);
  g_assert_cmpstr (right->name, ==, "Notes");
  right = g_ptr_array_index (permissions->rights, 2);
  g_assert_cmpstr (right->name, ==, "SLA");

  sum = psa_permissions_sum (permissions, PSA_MODULE_COMPANY);
  g_assert_cmpuint (sum.n_rights, ==, 2);
  g_assert_cmpuint (sum.n_readable, ==, 1);
  g_assert_cmpuint (sum.n_refused, ==, 1);
  g_assert_cmpint (sum.inquire, ==, PSA_LEVEL_MY);
  g_assert_cmpint (sum.add, ==, PSA_LEVEL_ALL);
  g_assert_cmpint (sum.edit, ==, PSA_LEVEL_ALL);
  g_assert_cmpint (sum.remove, ==, PSA_LEVEL_NONE);

  sum = psa_permissions_sum (permissions, PSA_MODULE_FINANCE);
  g_assert_cmpint (sum.inquire, ==, PSA_LEVEL_NONE);
  g_assert_cmpint (sum.add, ==, PSA_LEVEL_UNKNOWN);
  sum = psa_permissions_sum (permissions, PSA_MODULE_SALES);
  g_assert_cmpint (sum.edit, ==, PSA_LEVEL_MY);
  sum = psa_permissions_sum (permissions, PSA_MODULE_SYSTEM);
  g_assert_cmpint (sum.inquire, ==, PSA_LEVEL_UNKNOWN);
  sum = psa_permissions_sum (permissions, PSA_MODULE_PROJECT);
  g_assert_cmpuint (sum.n_rights, ==, 0);
  g_assert_cmpint (sum.inquire, ==, PSA_LEVEL_UNKNOWN);
}

/* One count that may not be read and one of which nothing is known: the module is not closed. */
static void
test_counts (void)
{
  g_autoptr(PsaPermissions) permissions = psa_permissions_new (NULL);

  psa_permissions_add (permissions, PSA_MODULE_FINANCE, "Agreements", PSA_LEVEL_NONE);
  g_assert_cmpint (psa_permissions_sum (permissions, PSA_MODULE_FINANCE).inquire, ==,
                   PSA_LEVEL_NONE);
  psa_permissions_add (permissions, PSA_MODULE_FINANCE, "Invoicing", PSA_LEVEL_UNKNOWN);
  g_assert_cmpint (psa_permissions_sum (permissions, PSA_MODULE_FINANCE).inquire, ==,
                   PSA_LEVEL_UNKNOWN);
  psa_permissions_add (permissions, PSA_MODULE_FINANCE, "More", PSA_LEVEL_NONE);
  g_assert_cmpint (psa_permissions_sum (permissions, PSA_MODULE_FINANCE).inquire, ==,
                   PSA_LEVEL_UNKNOWN);
  psa_permissions_add (permissions, PSA_MODULE_FINANCE, "Catalog", PSA_LEVEL_READABLE);
  g_assert_cmpint (psa_permissions_sum (permissions, PSA_MODULE_FINANCE).inquire, ==,
                   PSA_LEVEL_READABLE);
}

static void
test_no_page (void)
{
  static const char *const bodies[] = { "", "{}", "null", "[", "[] []", "<html></html>", "7" };
  g_autoptr(PsaPermissions) permissions = psa_permissions_new (NULL);
  gboolean more;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_false (add_page (permissions, bodies[i], &more));
  g_assert_cmpuint (permissions->rights->len, ==, 0);

  /* rows that are none are left out, the others count */
  g_assert_true (add_page (permissions,
                           "[1,null,[],{},{\"moduleName\":[]},{\"moduleName\":\"Sales\"}]", &more));
  g_assert_cmpuint (permissions->rights->len, ==, 1);
}

/* A server chooses these names. */
static void
test_hostile_names (void)
{
  static const char row[] =
      "[{\"moduleName\":\"Sales\",\"moduleFunctionName\":\"a\\nb\\u202ec\\u0000d\"}]";
  g_autoptr(PsaPermissions) permissions = psa_permissions_new (NULL);
  g_autoptr(GString) many = g_string_new ("[");
  g_autofree char *longest = g_strnfill (5000, 'x');
  gboolean more;
  const PsaRight *right;

  g_assert_true (add_page (permissions, row, &more));
  right = g_ptr_array_index (permissions->rights, 0);
  g_assert_null (strchr (right->name, '\n'));
  g_assert_null (strstr (right->name, "\xe2\x80\xae"));
  g_assert_true (g_utf8_validate (right->name, -1, NULL));

  g_string_append_printf (many, "{\"moduleName\":\"Sales\",\"moduleFunctionName\":\"%s\"}",
                          longest);
  for (guint i = 0; i < 6000; i++)
    g_string_append (many, ",{\"moduleName\":\"Sales\"}");
  g_string_append_c (many, ']');
  g_assert_true (add_page (permissions, many->str, &more));
  right = g_ptr_array_index (permissions->rights, 1);
  g_assert_cmpuint (strlen (right->name), <, 120);
  g_assert_cmpuint (permissions->rights->len, ==, 5000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/permissions/levels", test_levels);
  g_test_add_func ("/permissions/counts", test_counts);
  g_test_add_func ("/permissions/no-page", test_no_page);
  g_test_add_func ("/i1-hostile-text/permissions", test_hostile_names);
  return g_test_run ();
}
