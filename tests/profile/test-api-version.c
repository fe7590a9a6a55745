/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-api-version.h"
#include "psa-error.h"

#include <string.h>

typedef enum
{
  GOOD,
  UNUSUAL,
  BAD,
} Expected;

/* A line of TAP, whatever was typed. */
static void
say_typed (const char *typed)
{
  g_autofree char *escaped = g_strescape (typed, NULL);

  g_test_message ("typed: %.80s", escaped);
}

static void
test_check (void)
{
  static const struct
  {
    const char *typed;
    Expected expected;
  } versions[] = {
    { "", GOOD },
    { "  ", GOOD },
    { "2025.1", GOOD },
    { "2025.16", GOOD },
    { " 2019.5\r\n", GOOD },
    { "2025.0", GOOD },
    { "v2025.1", UNUSUAL },
    { "3.0.0", UNUSUAL },
    { "2025", UNUSUAL },
    { "2025.", UNUSUAL },
    { "2025.123", UNUSUAL },
    { "2025.1.10675", UNUSUAL },
    { "2025_1", UNUSUAL },
    { "1825.1", UNUSUAL },
    { "latest", UNUSUAL },
    { "..", UNUSUAL },
    { "%2f", UNUSUAL },
    { "2025.1\n2", BAD },
    { "2025.1\r\nX-Evil: 1", BAD },
    { "2025\t1", BAD },
    { "2025.1\x01", BAD },
    { "2025.1\x7f", BAD },
    { "2025.1; charset=x", BAD },
    { "2025.1,application/json", BAD },
    { "\"2025.1\"", BAD },
    { "2025 .1", BAD },
    { "2025.1/2", BAD },
    { "2025.1?", BAD },
    { "2025.1=", BAD },
    { "<b>", BAD },
    { "２０２５.1", BAD },
    { "2025.1ü", BAD },
    { "2025\xe2\x80\x8b.1", BAD },
    { "2025.1\xff", BAD },
  };
  g_autofree char *long_text = g_strnfill (10000, '1');
  g_autoptr(GError) long_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *warning = NULL;
      gboolean can_be_sent = psa_api_version_check (versions[i].typed, &warning, &error);

      say_typed (versions[i].typed);
      g_assert_cmpint (can_be_sent, ==, versions[i].expected != BAD);
      g_assert_cmpint (warning != NULL, ==, versions[i].expected == UNUSUAL);
      if (warning != NULL)
        g_assert_nonnull (strstr (warning, "API version"));
      if (can_be_sent)
        g_assert_no_error (error);
      else
        g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
      if (error != NULL)
        g_assert_nonnull (strstr (error->message, "API version"));
      g_assert_cmpint (psa_api_version_check (versions[i].typed, NULL, NULL), ==, can_be_sent);
    }

  g_assert_false (psa_api_version_check (long_text, NULL, &long_error));
  g_assert_error (long_error, PSA_ERROR, PSA_ERROR_INVALID);
  g_assert_nonnull (strstr (long_error->message, "too long"));
}

static void
test_from_tenant (void)
{
  static const struct
  {
    const char *text, *version;
  } tenants[] = {
    { "v2025.1.10675", "2025.1" }, { "v2020.4", "2020.4" }, { "2025.16", "2025.16" },
    { "V2025.16.1", "2025.16" },   { "v4.6.99001", NULL },  { "v2025_1", NULL },
    { "v2025.123", NULL },         { "v2025.1-beta", NULL }, { "vv2025.1", NULL },
    { "", NULL },                  { "v", NULL },           { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tenants); i++)
    {
      g_autofree char *version = psa_api_version_dup_from_tenant (tenants[i].text);

      g_assert_cmpstr (version, ==, tenants[i].version);
    }
}

static void
test_parse (void)
{
  guint year = 0, number = 0;

  g_assert_true (psa_api_version_parse ("2025.1", &year, &number));
  g_assert_cmpuint (year, ==, 2025);
  g_assert_cmpuint (number, ==, 1);
  g_assert_true (psa_api_version_parse (" 2031.16 ", &year, &number));
  g_assert_cmpuint (year, ==, 2031);
  g_assert_cmpuint (number, ==, 16);
  g_assert_true (psa_api_version_parse ("2025.1", NULL, NULL));

  g_assert_false (psa_api_version_parse ("2024.123", &year, &number));
  g_assert_false (psa_api_version_parse ("3.0.0", &year, &number));
  g_assert_false (psa_api_version_parse ("", &year, &number));
  g_assert_false (psa_api_version_parse (NULL, &year, &number));
  g_assert_cmpuint (year, ==, 2031); /* left alone */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/api-version/check", test_check);
  g_test_add_func ("/api-version/from-tenant", test_from_tenant);
  g_test_add_func ("/api-version/parse", test_parse);
  return g_test_run ();
}
