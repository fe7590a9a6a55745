/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-client-id.h"
#include "psa-error.h"

#include <string.h>

#define GUID "0a1b2c3d-4e5f-6071-8293-a4b5c6d7ab12"

static void
test_good (void)
{
  static const char *const good[] = {
    GUID,
    "{" GUID "}",
    "  " GUID "\r\n",
    "\xef\xbb\xbf{" GUID "}\xe2\x80\x8b",
    "0A1B2C3D-4E5F-6071-8293-A4B5C6D7AB12",
    "{0A1b2C3d-4e5F-6071-8293-a4B5C6D7aB12}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(PsaSecret) client_id = psa_client_id_parse (good[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (client_id, ==, GUID);
    }
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "",
    "  ",
    "hunter2",
    "0a1b2c3d4e5f60718293a4b5c6d7ab12",
    "0a1b2c3d-4e5f-6071-8293-a4b5c6d7ab1",
    "0a1b2c3d-4e5f-6071-8293-a4b5c6d7ab123",
    "0a1b2c3d-4e5f-6071-8293-a4b5c6d7ab1g",
    "0a1b2c3d-4e5f-60718-293-a4b5c6d7ab12",
    "{" GUID,
    GUID "}",
    "{{" GUID "}}",
    "(" GUID ")",
    "{ " GUID " }",
    "0a1b2c3d-4e5f\n6071-8293-a4b5c6d7ab12",
    "0a1b2c3d-4e5f-6071-8293-a4b5c6d7ab\xc3\xa4",
    "0a1b2c3d-4e5f-6071-8293-a4b5c6d7\xff\xff\xff\xff",
  };
  g_autofree char *long_text = g_strnfill (10000, 'a');
  g_autoptr(GError) long_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (psa_client_id_parse (bad[i], &error));
      g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "Client ID"));
      g_assert_null (strstr (error->message, "hunter2"));
      g_assert_null (strstr (error->message, "0a1b2c3d"));
    }

  g_assert_null (psa_client_id_parse (long_text, &long_error));
  g_assert_error (long_error, PSA_ERROR, PSA_ERROR_INVALID);
}

static void
test_hint (void)
{
  g_autoptr(PsaSecret) client_id = psa_client_id_parse (GUID, NULL);
  g_autoptr(PsaSecret) other = psa_secret_new ("abcdefgh");
  g_autofree char *hint = psa_client_id_dup_hint (client_id);
  g_autofree char *nothing = psa_client_id_dup_hint (other);

  g_assert_cmpstr (hint, ==, "…ab12");
  g_assert_cmpstr (nothing, ==, "…");
}

static void
test_secret (void)
{
  g_autoptr(PsaSecret) a = psa_secret_new ("private key ü");
  g_autoptr(PsaSecret) b = psa_secret_new (a);
  g_autoptr(PsaSecret) empty = psa_secret_new ("");
  g_autoptr(PsaSecret) longer = psa_secret_new ("private key üü");
  g_autoptr(PsaSecret) other = psa_secret_new ("Private key ü");

  g_assert_cmpstr (a, ==, "private key ü");
  g_assert_cmpstr (empty, ==, "");
  g_assert_true (a != b);
  g_assert_true (psa_secret_equal (a, b));
  g_assert_true (psa_secret_equal (NULL, NULL));
  g_assert_false (psa_secret_equal (a, NULL));
  g_assert_false (psa_secret_equal (NULL, empty));
  g_assert_false (psa_secret_equal (a, empty));
  g_assert_false (psa_secret_equal (a, longer));
  g_assert_false (psa_secret_equal (longer, a));
  g_assert_false (psa_secret_equal (a, other));
  psa_secret_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/client-id/good", test_good);
  g_test_add_func ("/client-id/bad", test_bad);
  g_test_add_func ("/client-id/hint", test_hint);
  g_test_add_func ("/secret", test_secret);
  return g_test_run ();
}
