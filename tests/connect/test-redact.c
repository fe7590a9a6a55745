/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-redact.h"

#include "psa-printable.h"

#include <string.h>

#define CANARY "Kanarie<&\"+/=%\\ü€\xf0\x9f\x90\xa4 z9"
#define USER "contoso+AbCdEfGhIjKl"

static char *
redact (const char *text, const char *secret)
{
  const PsaSecret *secrets[] = { secret, NULL };

  return psa_redact (text, secrets, USER);
}

/* No four signs in a row of @form are left. */
static void
assert_gone (const char *form, const char *secret)
{
  g_autofree char *text = g_strdup_printf ("before \"%s\" after", form);
  g_autofree char *redacted = redact (text, secret);

  g_test_message ("%s", redacted);
  g_assert_cmpstr (redacted, ==, "before \"•••\" after");
}

static char *
encode (const char *secret, const char *kind)
{
  GString *out = g_string_new (NULL);

  if (g_str_equal (kind, "url"))
    g_string_append_uri_escaped (out, secret, NULL, FALSE);
  for (const char *at = secret; *kind != 'u' && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_str_equal (kind, "json-all") && c > 0xffff)
        g_string_append_printf (out, "\\u%04X\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                                0xdc00 + ((c - 0x10000) & 0x3ff));
      else if (g_str_equal (kind, "json-all"))
        g_string_append_printf (out, "\\u%04x", c);
      else if (g_str_equal (kind, "json") && strchr ("\"\\/", (int) c) != NULL && c < 128)
        g_string_append_printf (out, "\\%c", (char) c);
      else if (g_str_equal (kind, "decimal"))
        g_string_append_printf (out, "&#%u;", c);
      else if (g_str_equal (kind, "hex-entity"))
        g_string_append_printf (out, "&#X%x;", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free_and_steal (out);
}

static void
test_six_encodings (void)
{
  static const char *const kinds[] = { "url", "json", "json-all", "decimal", "hex-entity" };
  g_autofree char *html = g_markup_escape_text (CANARY, -1);
  g_autofree char *pair = g_strconcat (USER ":", CANARY, NULL);
  g_autofree char *basic = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *alone = g_base64_encode ((const guchar *) CANARY, strlen (CANARY));
  g_autoptr(GString) hex = g_string_new (NULL);

  assert_gone (CANARY, CANARY);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *form = encode (CANARY, kinds[i]);

      g_test_message ("%s", kinds[i]);
      assert_gone (form, CANARY);
    }
  assert_gone (html, CANARY);
  assert_gone (basic, CANARY);
  assert_gone (alone, CANARY);
  for (const char *at = CANARY; *at != '\0'; at++)
    g_string_append_printf (hex, "%02X", (guchar) *at);
  assert_gone (hex->str, CANARY);
  g_string_ascii_down (hex);
  assert_gone (hex->str, CANARY);
}

/* Base64 of a longer text that holds the secret anywhere, also in the form for addresses. */
static void
test_within_base64 (void)
{
  for (guint before = 0; before < 7; before++)
    for (guint after = 0; after < 4; after++)
      {
        g_autofree char *prefix = g_strnfill (before, 'p');
        g_autofree char *suffix = g_strnfill (after, 's');
        g_autofree char *text = g_strconcat (prefix, CANARY, suffix, NULL);
        g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
        g_autofree char *url_safe = g_strdup (base64);

        assert_gone (base64, CANARY);
        g_strdelimit (g_strdelimit (url_safe, "+", '-'), "/", '_');
        assert_gone (url_safe, CANARY);
      }
}

/* Encoded twice over, or half. */
static void
test_mixtures (void)
{
  g_autofree char *alone = g_base64_encode ((const guchar *) CANARY, strlen (CANARY));
  g_autofree char *escaped = g_uri_escape_string (alone, NULL, FALSE);
  g_autoptr(GString) slashes = g_string_new (alone);

  assert_gone (escaped, CANARY);
  g_string_replace (slashes, "/", "\\/", 0);
  assert_gone (slashes->str, CANARY);
  assert_gone ("se%63r\\u0065t&#45;v&#x61;lue", "secret-value");
  assert_gone ("SECRET-Value", "secret-value");
  assert_gone ("two+words%20here", "two words here");
  assert_gone ("a\\\\\\\\b", "a\\\\b");
  assert_gone ("a%u00e9b", "aéb");
}

static void
test_several (void)
{
  const PsaSecret *secrets[] = { "alpha-key", "alpha-key-longer",
                                 "0f8fad5b-d9cb-469f-a165-70867728950e", NULL };
  g_autofree char *redacted = psa_redact (
      "alpha-key alpha-key-longer, {0F8FAD5B-D9CB-469F-A165-70867728950E} alpha-ke", secrets, NULL);

  g_assert_cmpstr (redacted, ==, "••• •••, {•••} alpha-ke");
}

static void
test_nothing (void)
{
  const PsaSecret *none[] = { NULL };
  const PsaSecret *empty[] = { "", NULL };
  static const char text[] = "{\"message\":\"Müller & Söhne\"} %41 \\u0041 &#65; \xf0\x9f\x90\xa4…";
  g_autofree char *a = psa_redact (text, none, USER);
  g_autofree char *b = psa_redact (text, empty, USER);
  g_autofree char *c = redact ("", CANARY);
  g_autofree char *d = redact (text, CANARY);

  g_assert_cmpstr (a, ==, text);
  g_assert_cmpstr (b, ==, text);
  g_assert_cmpstr (c, ==, "");
  g_assert_cmpstr (d, ==, text);
}

/* An excerpt may be cut within the secret: what is left of it goes as well, in each form. */
static void
test_cut (void)
{
  static const char secret[] = "Q7x!Zw%2\\u-secret-value";
  g_autofree char *url = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *json = encode (secret, "json-all");
  g_autofree char *pair = g_strconcat (USER ":", secret, NULL);
  g_autofree char *basic = g_base64_encode ((const guchar *) pair, strlen (pair));
  const char *forms[] = { secret, url, json, basic };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    for (gsize kept = forms[i] == json ? 6 : 1; kept <= strlen (forms[i]); kept++)
      {
        g_autofree char *body = g_strdup_printf ("<<< %s >>>", forms[i]);
        g_autofree char *cut = psa_printable_dup (
            body, strlen (body), 4 + kept + strlen (PSA_PRINTABLE_CUT), PSA_PRINTABLE_KEEP_LINES);
        g_autofree char *redacted = redact (cut, secret);

        if (!g_str_has_suffix (cut, PSA_PRINTABLE_CUT))
          continue; /* it fitted after all */
        g_test_message ("%s → %s", cut, redacted);
        g_assert_true (g_str_has_prefix (redacted, "<<< •••"));
        g_assert_cmpuint (strlen (redacted), <=, strlen ("<<< ••• >>>…"));
      }
}

/* What is shown is made printable first, and so is what is searched for. */
static void
test_hidden_signs (void)
{
  static const char secret[] = "zero\xe2\x80\x8bwidth\xe2\x80\xae-key";
  g_autofree char *shown =
      psa_printable_dup (secret, strlen (secret), 4096, PSA_PRINTABLE_KEEP_LINES);

  assert_gone (shown, secret);
}

/* Short secrets are as secret; a text of one sign must not take long. */
static void
test_extremes (void)
{
  g_autofree char *slashes = g_strnfill (4096, '\\');
  g_autofree char *secret = g_strnfill (1024, '\\');
  g_autofree char *one = redact ("a b a", "a");
  g_autofree char *many = NULL;
  gint64 began = g_get_monotonic_time ();

  g_assert_cmpstr (one, ==, "••• b •••");
  many = redact (slashes, secret);
  g_assert_null (strstr (many, secret));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 60 * G_USEC_PER_SEC);
}

/* It runs on the main loop: a whole excerpt and all three secrets of a check, within a fraction of a second. */
static void
test_quick (void)
{
  const PsaSecret *secrets[] = { "0f8fad5b-d9cb-469f-a165-70867728950e", "Q7x!Zw%2-secret-value",
                                 "Basic Y29udG9zbytBYkNkRWZHaElqS2w6UTd4IVp3JTItc2VjcmV0LXZhbHVl",
                                 NULL };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *redacted = NULL;
  gint64 began;

  while (text->len < 4000)
    g_string_append (text, "{\"message\":\"0f8fad5b-d9cb: Q7x \\u0041 YmFzZTY0\"},\r\n");
  began = g_get_monotonic_time ();
  redacted = psa_redact (text->str, secrets, USER);
  g_test_minimized_result ((double) (g_get_monotonic_time () - began) / 1000, "ms for 4 KiB");
  g_assert_cmpstr (redacted, ==, text->str);
  g_assert_cmpint (g_get_monotonic_time () - began, <, G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/redact/L2-six-encodings", test_six_encodings);
  g_test_add_func ("/redact/within-base64", test_within_base64);
  g_test_add_func ("/redact/mixtures", test_mixtures);
  g_test_add_func ("/redact/several", test_several);
  g_test_add_func ("/redact/nothing", test_nothing);
  g_test_add_func ("/redact/cut", test_cut);
  g_test_add_func ("/redact/hidden-signs", test_hidden_signs);
  g_test_add_func ("/redact/extremes", test_extremes);
  g_test_add_func ("/redact/quick", test_quick);
  return g_test_run ();
}
