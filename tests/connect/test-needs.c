/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-needs.h"
#include "psa-permissions.h"

#include <string.h>

#define FINANCE PSA_MODULE_BIT (PSA_MODULE_FINANCE)
#define SALES PSA_MODULE_BIT (PSA_MODULE_SALES)

static PsaReply *
add_reply (GPtrArray *replies, PsaAsk ask, const char *body, const char *link)
{
  PsaReply *reply = psa_reply_new (ask);

  reply->status = 200;
  psa_reply_take_body (reply, g_bytes_new (body, strlen (body)));
  reply->link = g_strdup (link);
  g_ptr_array_add (replies, reply);
  return reply;
}

/* @n rows of one module. */
static char *
dup_rows (guint n, const char *module, const char *level)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s{\"moduleName\":\"%s\",\"moduleFunctionName\":\"f%u\","
                            "\"inquireLevel\":\"%s\"}",
                            i > 0 ? "," : "", module, i, level);
  g_string_append_c (text, ']');
  return g_string_free_and_steal (text);
}

static GPtrArray *
create_replies (void)
{
  GPtrArray *replies = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);

  add_reply (replies, PSA_ASK_SECURITY, "[]", NULL);
  return replies;
}

/* What the first page closes the second may open: nothing is said before the last one. */
static void
test_pages (void)
{
  g_autoptr(GPtrArray) replies = create_replies ();
  g_autofree char *none = dup_rows (100, "Finance", "None");
  g_autofree char *all = dup_rows (1, "Finance", "All");

  g_assert_cmpint (psa_needs_get_next (FINANCE, replies), ==, PSA_ASK_SECURITY_PAGE);
  g_assert_cmpuint (psa_needs_find_refused (FINANCE, replies), ==, 0);

  add_reply (replies, PSA_ASK_SECURITY_PAGE, none,
             "<https://x/?page=2>; rel=\"next\", <x>; rel=\"last\"");
  g_assert_cmpint (psa_needs_get_next (FINANCE, replies), ==, PSA_ASK_SECURITY_PAGE);
  g_assert_cmpuint (psa_needs_find_refused (FINANCE, replies), ==, 0);

  add_reply (replies, PSA_ASK_SECURITY_PAGE, none, "<https://x/?page=1>; rel=\"prev\"");
  g_assert_cmpint (psa_needs_get_next (FINANCE, replies), ==, PSA_ASK_NOTHING);
  g_assert_cmpuint (psa_needs_find_refused (FINANCE, replies), ==, FINANCE);

  g_ptr_array_set_size (replies, 2);
  add_reply (replies, PSA_ASK_SECURITY_PAGE, all, "<https://x/?page=1>; rel=prev");
  g_assert_cmpint (psa_needs_get_next (FINANCE, replies), ==, PSA_ASK_NOTHING);
  g_assert_cmpuint (psa_needs_find_refused (FINANCE, replies), ==, 0);
}

/* A page that fails in the middle leaves the rest unsaid, and asks no further. */
static void
test_broken_page (void)
{
  g_autoptr(GPtrArray) replies = create_replies ();
  g_autofree char *none = dup_rows (100, "Finance", "None");

  add_reply (replies, PSA_ASK_SECURITY_PAGE, none, NULL);
  g_assert_cmpint (psa_needs_get_next (FINANCE, replies), ==, PSA_ASK_SECURITY_PAGE);
  add_reply (replies, PSA_ASK_SECURITY_PAGE, none, NULL)->status = 500;
  g_assert_cmpint (psa_needs_get_next (FINANCE, replies), ==, PSA_ASK_NOTHING);
  g_assert_cmpuint (psa_needs_find_refused (FINANCE, replies), ==, 0);
}

/* Without `Link` a full page has a next one, and the page past the end is empty. */
static void
test_no_link (void)
{
  g_autoptr(GPtrArray) replies = create_replies ();
  g_autofree char *none = dup_rows (PSA_PERMISSIONS_PAGE_SIZE, "Sales", "None");

  add_reply (replies, PSA_ASK_SECURITY_PAGE, none, NULL);
  g_assert_cmpint (psa_needs_get_next (SALES, replies), ==, PSA_ASK_SECURITY_PAGE);
  add_reply (replies, PSA_ASK_SECURITY_PAGE, "[]", NULL);
  g_assert_cmpint (psa_needs_get_next (SALES, replies), ==, PSA_ASK_NOTHING);
  g_assert_cmpuint (psa_needs_find_refused (SALES | FINANCE, replies), ==, SALES);
}

/* A server that always names a next page does not keep a check busy for ever. */
static void
test_endless_pages (void)
{
  g_autoptr(GPtrArray) replies = create_replies ();
  g_autofree char *none = dup_rows (3, "Sales", "None");
  guint n = 0;

  while (psa_needs_get_next (SALES, replies) != PSA_ASK_NOTHING)
    {
      add_reply (replies, PSA_ASK_SECURITY_PAGE, none, "<https://x/>; rel=\"next\"");
      g_assert_cmpuint (++n, <=, PSA_PERMISSIONS_MAX_PAGES);
    }
  g_assert_cmpuint (n, ==, PSA_PERMISSIONS_MAX_PAGES);
  g_assert_cmpuint (psa_needs_find_refused (SALES, replies), ==, 0);

  g_ptr_array_set_size (replies, 1);
  add_reply (replies, PSA_ASK_SECURITY_PAGE, "[]", "<https://x/>; rel=\"next\"");
  g_assert_cmpint (psa_needs_get_next (SALES, replies), ==, PSA_ASK_NOTHING);
}

static void
test_words (void)
{
  static const struct
  {
    const char *word;
    int module; /* −1: none */
  } rows[] = {
    { "Company", PSA_MODULE_COMPANY },
    { "companies", PSA_MODULE_COMPANY },
    { "Service Desk", PSA_MODULE_SERVICE },
    { "SERVICE", PSA_MODULE_SERVICE },
    { "Projects", PSA_MODULE_PROJECT },
    { "Time & Expense", PSA_MODULE_TIME },
    { "time-and-expense", PSA_MODULE_TIME },
    { "TimeExpense", PSA_MODULE_TIME },
    { "Finance", PSA_MODULE_FINANCE },
    { "procurement", PSA_MODULE_PROCUREMENT },
    { "Sales ", PSA_MODULE_SALES },
    { "System", PSA_MODULE_SYSTEM },
    { "Marketing", -1 },
    { "", -1 },
    { NULL, -1 },
    { "Sales\xc3\xa9\x01 Force", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PsaModule module = PSA_N_MODULES;
      gboolean is_module = psa_module_from_word (rows[i].word, &module);

      g_test_message ("“%s”", rows[i].word);
      g_assert_cmpint (is_module, ==, rows[i].module >= 0);
      if (is_module)
        g_assert_cmpint (module, ==, rows[i].module);
    }
  for (guint i = 0; i < PSA_N_MODULES; i++)
    {
      const char *words[] = { "nothing", psa_module_get_word (i), NULL };

      g_assert_cmpuint (psa_modules_from_words (words), ==, PSA_MODULE_BIT (i));
    }
  g_assert_cmpuint (psa_modules_from_words (NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/needs/pages", test_pages);
  g_test_add_func ("/needs/broken-page", test_broken_page);
  g_test_add_func ("/needs/no-link", test_no_link);
  g_test_add_func ("/needs/endless-pages", test_endless_pages);
  g_test_add_func ("/needs/words", test_words);
  return g_test_run ();
}
