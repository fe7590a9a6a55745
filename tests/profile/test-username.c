/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-error.h"
#include "psa-username.h"

#include <string.h>

/* A line of TAP, whatever was typed. */
static void
say_typed (const char *typed)
{
  g_autofree char *escaped = g_strescape (typed, NULL);

  g_test_message ("typed: %.80s", escaped);
}

static void
test_good (void)
{
  static const struct
  {
    const char *typed, *company, *key;
  } good[] = {
    { "contoso+AbCdEfGhIjKl", "contoso", "AbCdEfGhIjKl" },
    { "Contoso_1+key", "Contoso_1", "key" }, /* the case stays */
    { "contoso+a+b+c", "contoso", "a+b+c" },
    { "contoso++b", "contoso", "+b" },
    { "  contoso+key\r\n", "contoso", "key" },
    { "\xef\xbb\xbf" "contoso+key\xc2\xa0", "contoso", "key" },
    { "contoso it+key", "contoso it", "key" },
    { "müller+schlüssel", "müller", "schlüssel" },
    { "../..+key", "../..", "key" }, /* text like any other: encoded in the path */
    { "a%2fb?c+<b>\xf0\x9f\x98\x80", "a%2fb?c", "<b>\xf0\x9f\x98\x80" },
    { "...+k", "...", "k" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *company = NULL;
      g_autofree char *key = NULL;
      g_autofree char *again = psa_username_dup_company (good[i].typed);

      say_typed (good[i].typed);
      g_assert_true (psa_username_split (good[i].typed, &company, &key, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (company, ==, good[i].company);
      g_assert_cmpstr (key, ==, good[i].key);
      g_assert_cmpstr (again, ==, good[i].company);
      g_assert_true (psa_username_split (good[i].typed, NULL, NULL, NULL));
    }
}

static void
assert_refused (const char *typed, const char *topic)
{
  g_autoptr(GError) error = NULL;
  char *company = NULL;
  char *key = NULL;

  say_typed (typed);
  g_assert_false (psa_username_split (typed, &company, &key, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "username"));
  g_assert_nonnull (strstr (error->message, topic));
  g_assert_null (company);
  g_assert_null (key);
  g_assert_null (psa_username_dup_company (typed));
}

static void
test_bad (void)
{
  static const struct
  {
    const char *typed, *topic;
  } bad[] = {
    { "", "Enter" },
    { " \t\n", "Enter" },
    { "contoso", "needs a plus sign" },
    { "+key", "company ID is missing" },
    { "contoso+", "key is missing" },
    { " contoso+ ", "key is missing" },
    { "+", "company ID is missing" },
    { "contoso+key:secret", "colon" },
    { "con:toso+key", "colon" },
    { "contoso +key", "blanks" },
    { "contoso+ key", "blanks" },
    { "contoso\xc2\xa0+key", "blanks" },
    { "contoso+key\nnext", "line end" },
    { "contoso+key\r\nX-Evil: 1", "line end" },
    { "contoso+key\xe2\x80\xa8next", "line end" },
    { "contoso\t+key", "control character" },
    { "contoso+k\x01y", "control character" },
    { "contoso+k\x7fy", "control character" },
    { "contoso+k\xe2\x80\x8by", "invisible" },
    { "contoso+k\xe2\x80\xaey", "invisible" },
    { "contoso+k\xff", "not readable" },
    { ".+key", "dots" },
    { "..+key", "dots" },
  };
  g_autofree char *long_text = g_strnfill (10000, 'a');
  g_autofree char *long_name = g_strconcat ("contoso+", long_text, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i].typed, bad[i].topic);

  assert_refused (long_name, "too long");
  long_name[1024] = '\0';
  g_assert_true (psa_username_split (long_name, NULL, NULL, NULL));
  g_assert_null (psa_username_dup_company (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/i3-username/good", test_good);
  g_test_add_func ("/i3-username/bad", test_bad);
  return g_test_run ();
}
