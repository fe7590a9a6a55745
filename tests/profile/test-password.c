/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-error.h"
#include "psa-password.h"

#include <string.h>

static void
test_check (void)
{
  static const struct
  {
    const char *typed, *topic; /* NULL: good */
    gboolean has_blanks;
  } passwords[] = {
    { "AbCdEfGhIjKlMnOp", NULL, FALSE },
    { "with blanks inside", NULL, FALSE },
    { "<b>:\"'\\%2f?+ü\xf0\x9f\x98\x80", NULL, FALSE },
    { " hunter2", NULL, TRUE },
    { "hunter2 ", NULL, TRUE },
    { "hunter2\xc2\xa0", NULL, TRUE },
    { "hunter2\xe3\x80\x80", NULL, TRUE },
    { "hunter2\xe2\x80\x8b", NULL, TRUE },
    { "\xef\xbb\xbf" "hunter2", NULL, TRUE },
    { "\xe2\x80\xae" "hunter2", NULL, TRUE },
    { "hun\xe2\x80\x8bter2", NULL, FALSE },
    { "", "Enter", FALSE },
    { "   ", "blanks alone", TRUE },
    { "\xe2\x80\x8b\xef\xbb\xbf", "blanks alone", TRUE },
    { "hunter2\n", "line end", TRUE },
    { "hunter2\r\n", "line end", TRUE },
    { "\nhunter2", "line end", TRUE },
    { "hun\nter2", "line end", FALSE },
    { "hunter2\xe2\x80\xa8", "line end", TRUE },
    { "hunter2\xc2\x85", "line end", TRUE },
    { "\n", "line end", TRUE },
    { "hunter2\t", "control character", TRUE },
    { "hun\x01ter2", "control character", FALSE },
    { "hun\x7fter2", "control character", FALSE },
    { "hun\xc2\x9fter2", "control character", FALSE },
    { "hunter2\xff", "not readable", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean good = psa_password_check (passwords[i].typed, &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (psa_password_has_blanks (passwords[i].typed), ==, passwords[i].has_blanks);
      g_assert_cmpint (good, ==, passwords[i].topic == NULL);
      if (good)
        {
          g_assert_no_error (error);
        }
      else
        {
          g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, "password"));
          g_assert_nonnull (strstr (error->message, passwords[i].topic));
          g_assert_null (strstr (error->message, "hunter2"));
        }
    }
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (10000, 'a');
  g_autoptr(GError) error = NULL;

  g_assert_false (psa_password_check (text, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "too long"));

  text[1024] = '\0';
  g_assert_true (psa_password_check (text, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/i3-password/blanks", test_check);
  g_test_add_func ("/i3-password/long", test_long);
  return g_test_run ();
}
