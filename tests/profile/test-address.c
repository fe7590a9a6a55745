/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-address.h"
#include "psa-error.h"
#include "psa-site.h"

#include <string.h>

#define LABEL_63 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk"
#define LABEL_61 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghi"
#define HOST_253 LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_61

typedef struct
{
  const char *typed;
  const char *text; /* how it is shown afterwards */
} Good;

typedef struct
{
  const char *typed;
  const char *topic; /* a word of the sentence */
} Bad;

/* clang-format off */
static const Good good[] = {
  { "api-na.myconnectwise.net", "api-na.myconnectwise.net" },
  { "cw.example.com:8443", "cw.example.com:8443" },
  { "cw.example.com:443", "cw.example.com" },
  { "cw.example.com:0443", "cw.example.com" },
  { "cw.example.com:1", "cw.example.com:1" },
  { "cw.example.com:65535", "cw.example.com:65535" },
  { "localhost", "localhost" },
  { "cwserver", "cwserver" },
  { "cw_srv.lan", "cw_srv.lan" },
  { "192.168.1.5:8443", "192.168.1.5:8443" },

  /* pasted */
  { "https://api-na.myconnectwise.net", "api-na.myconnectwise.net" },
  { "https://api-na.myconnectwise.net/", "api-na.myconnectwise.net" },
  { "HTTPS://Api-NA.MyConnectWise.NET/v4_6_release/apis/3.0?x=1#y", "api-na.myconnectwise.net" },
  { "//cw.example.com/login", "cw.example.com" },
  { "cw.example.com/v4_6_release/apis/3.0", "cw.example.com" },
  { "cw.example.com?a=b", "cw.example.com" },
  { "cw.example.com#a", "cw.example.com" },
  { "https://cw.example.com:8443/a/b:99@x", "cw.example.com:8443" },
  { "cw.example.com/login?next=http://other.example.com", "cw.example.com" },
  { "CW.Example.COM", "cw.example.com" },
  { "cw.example.com.", "cw.example.com" },
  { "cw.example.com.:8443", "cw.example.com:8443" },
  { "  cw.example.com\t\r\n", "cw.example.com" },
  { "\xc2\xa0\xef\xbb\xbf\xe2\x80\x8b" "cw.example.com\xe2\x80\x8b\xe3\x80\x80", "cw.example.com" },

  /* IPv6 */
  { "[::1]", "[::1]" },
  { "[::1]:8443", "[::1]:8443" },
  { "https://[2001:DB8:0:0:0:0:0:1]:8443/x", "[2001:db8::1]:8443" },

  /* international and look-alikes: nothing stays hidden */
  { "bücher.example", "xn--bcher-kva.example" },
  { "BÜCHER.example", "xn--bcher-kva.example" },
  { "xn--bcher-kva.example", "xn--bcher-kva.example" },
  { "api-n\xd0\xb0.myconnectwise.net", "xn--api-n-8ve.myconnectwise.net" },
  { "api-na.myc\xd0\xbennectwise.net", "api-na.xn--mycnnectwise-6fk.net" },
  { "api-na\xe3\x80\x82myconnectwise\xef\xbc\x8enet", "api-na.myconnectwise.net" },
  { "\xef\xbd\x83\xef\xbd\x97.example.com", "cw.example.com" },

  { LABEL_63 ".example", LABEL_63 ".example" },
  { HOST_253, HOST_253 },
  { HOST_253 ".", HOST_253 },
};

static const Bad bad[] = {
  { "", "hostname" },
  { "   ", "hostname" },
  { "https://", "hostname" },
  { "https:///path", "hostname" },
  { ":8443", "hostname" },

  { "http://cw.example.com", "unprotected" },
  { "HTTP://cw.example.com:80/x", "unprotected" },
  { "http:cw.example.com", "unprotected" },
  { "ftp://cw.example.com", "alone" },
  { "httpss://cw.example.com", "alone" },
  { "https:cw.example.com", "alone" },
  { "https:/cw.example.com", "alone" },
  { "javascript://x", "alone" },
  { "https://https://cw.example.com", "port" },

  { "user@cw.example.com", "user name" },
  { "https://user:hunter2@cw.example.com/", "user name" },
  { "https://api-na.myconnectwise.net@evil.example/", "user name" },
  { "@cw.example.com", "user name" },
  { "https://api-na.myconnectwise.net\\@evil.example", "user name" },
  { "https://api-na.myconnectwise.net\\.evil.example", "\\" },

  { "cw.example.com:0", "65535" },
  { "cw.example.com:65536", "65535" },
  { "cw.example.com:4294967739", "65535" },
  { "cw.example.com:99999999999999999999999999", "65535" },
  { "cw.example.com:", "port" },
  { "cw.example.com:443x", "number" },
  { "cw.example.com:-1", "number" },
  { "cw.example.com:+443", "number" },
  { "cw.example.com: 443", "number" },
  { "cw.example.com:\xd9\xa4\xd9\xa4\xd9\xa3", "number" },

  { "cw example.com", "blank" },
  { "cw.example.com :443", "blank" },
  { "cw\xc2\xa0" "example.com", "blank" },
  { "cw.exam\nple.com", "cannot be seen" },
  { "cw.exam\rple.com", "cannot be seen" },
  { "cw.exam\tple.com", "cannot be seen" },
  { "cw.exam\x01ple.com", "cannot be seen" },
  { "cw.exam\x7fple.com", "cannot be seen" },
  { "cw.exam\xe2\x80\x8bple.com", "cannot be seen" },
  { "cw.exam\xe2\x80\xaeple.com", "cannot be seen" },
  { "cw.exam\xc2\xadple.com", "cannot be seen" },
  { "cw.example.com/\x01", "cannot be seen" },
  { "cw.example\xff.com", "cannot be seen" },

  { "cw..example.com", "dot" },
  { ".example.com", "dot" },
  { "..", "dot" },
  { ".", "dot" },
  { "cw.example.com..", "dot" },
  { "-cw.example.com", "hyphen" },
  { "cw-.example.com", "hyphen" },
  { "cw%2fexample.com", "%" },
  { "<b>cw</b>", "<" },
  { "cw,example.com", "," },
  { "cw$example.com", "$" },
  { "*.example.com", "*" },
  { "cw.example\xef\xbc\x8f" "com", "/" },
  { "cw.example.com\xef\xbc\x9a" "443", ":" },
  { "cw\xe2\x84\x80.example", "/" },
  { "xn--a-\xc3\xa4.example", "international" },
  { "xn--99999999999.example", "international" },
  { LABEL_63 "l.example", "63" },
  { HOST_253 "j", "253" },

  { "127.1", "IP address" },
  { "2130706433", "IP address" },
  { "0x7f000001", "IP address" },
  { "0X7F.1", "IP address" },
  { "256.1.1.1", "IP address" },
  { "1.2.3.4.5", "IP address" },
  { "010.0.0.1", "IP address" },
  { "cw.example.1", "IP address" },

  { "::1", "brackets" },
  { "2001:db8::1:8443", "brackets" },
  { "[cw.example.com]", "IPv6" },
  { "[127.0.0.1]", "IPv6" },
  { "[::1", "IPv6" },
  { "[::1]8443", "IPv6" },
  { "[::1]]", "IPv6" },
  { "[::g]", "IPv6" },
  { "[]", "IPv6" },
  { "[fe80::1%eth0]", "IPv6" },
  { "[::1]:", "port" },
  { "[::1]:0", "65535" },
};
/* clang-format on */

/* A line of TAP, whatever was typed. */
static void
say_typed (const char *typed)
{
  g_autofree char *escaped = g_strescape (typed, NULL);

  g_test_message ("typed: %.80s", escaped);
}

static void
assert_refused (const char *typed, const char *topic)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaAddress) address = psa_address_parse (typed, &error);

  say_typed (typed);
  g_assert_null (address);
  g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, topic));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strstr (error->message, "hunter2"));
}

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(PsaAddress) address = psa_address_parse (good[i].typed, &error);
      g_autoptr(PsaAddress) again = NULL;
      g_autoptr(PsaAddress) parts = NULL;
      g_autofree char *text = NULL;

      say_typed (good[i].typed);
      g_assert_no_error (error);
      text = psa_address_dup_text (address);
      g_assert_cmpstr (text, ==, good[i].text);

      /* What is shown can be typed, and what is kept can be read. */
      again = psa_address_parse (text, &error);
      g_assert_no_error (error);
      g_assert_true (psa_address_equal (address, again));
      parts = psa_address_new (address->host, address->port);
      g_assert_true (psa_address_equal (address, parts));
    }
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i].typed, bad[i].topic);
}

static void
test_long (void)
{
  g_autofree char *letters = g_strnfill (10000, 'a');
  g_autofree char *dots = g_strnfill (10000, '.');
  g_autofree char *colons = g_strnfill (10000, ':');
  g_autofree char *digits = g_strnfill (10000, '9');
  g_autofree char *port = g_strconcat ("cw.example.com:", digits, NULL);
  g_autofree char *pasted = g_strconcat ("https://cw.example.com/", letters, NULL);
  g_autoptr(GString) umlauts = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaAddress) address = NULL;

  for (int i = 0; i < 10000; i++)
    g_string_append (umlauts, "ü");

  assert_refused (letters, "253");
  assert_refused (dots, "253");
  assert_refused (colons, "brackets");
  assert_refused (digits, "253");
  assert_refused (port, "65535");
  assert_refused (umlauts->str, "253");

  address = psa_address_parse (pasted, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (address->host, ==, "cw.example.com");
}

static void
test_urls (void)
{
  static const struct
  {
    const char *typed, *codebase, *origin, *base, *web;
  } urls[] = {
    { "api-na.myconnectwise.net", NULL, "https://api-na.myconnectwise.net",
      "https://api-na.myconnectwise.net/v4_6_release/apis/3.0", "https://na.myconnectwise.net" },
    { "api-staging.connectwisedev.com", "v2025_1/", "https://api-staging.connectwisedev.com",
      "https://api-staging.connectwisedev.com/v2025_1/apis/3.0",
      "https://staging.connectwisedev.com" },
    { "eu.myconnectwise.net:8443", NULL, "https://eu.myconnectwise.net:8443",
      "https://eu.myconnectwise.net:8443/v4_6_release/apis/3.0",
      "https://eu.myconnectwise.net:8443" },
    { "api-cw.example.com:8443", NULL, "https://api-cw.example.com:8443",
      "https://api-cw.example.com:8443/v4_6_release/apis/3.0", "https://api-cw.example.com:8443" },
    { "api-na.evilmyconnectwise.net", NULL, "https://api-na.evilmyconnectwise.net",
      "https://api-na.evilmyconnectwise.net/v4_6_release/apis/3.0",
      "https://api-na.evilmyconnectwise.net" },
    { "[::1]:8443", NULL, "https://[::1]:8443", "https://[::1]:8443/v4_6_release/apis/3.0",
      "https://[::1]:8443" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr(PsaAddress) address = psa_address_parse (urls[i].typed, NULL);
      g_autofree char *origin = psa_address_dup_origin (address);
      g_autofree char *base = psa_address_dup_base_url (address, urls[i].codebase);
      g_autofree char *web = psa_address_dup_web_url (address);
      g_autoptr(GUri) uri = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);

      g_assert_cmpstr (origin, ==, urls[i].origin);
      g_assert_cmpstr (base, ==, urls[i].base);
      g_assert_cmpstr (web, ==, urls[i].web);
      g_assert_cmpstr (g_uri_get_host (uri), ==, address->host);
    }
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *host;
    gboolean vendor, web;
    const char *region;
  } kinds[] = {
    { "api-na.myconnectwise.net", TRUE, FALSE, "NA" },
    { "api-eu.myconnectwise.net", TRUE, FALSE, "EU" },
    { "api-au.myconnectwise.net", TRUE, FALSE, "AU" },
    { "api-aus.myconnectwise.net", TRUE, FALSE, "AUS" },
    { "api-za.myconnectwise.net", TRUE, FALSE, "ZA" },
    { "api-staging.connectwisedev.com", TRUE, FALSE, NULL },
    { "na.myconnectwise.net", TRUE, TRUE, "NA" },
    { "eu.myconnectwise.net", TRUE, TRUE, "EU" },
    { "au.myconnectwise.net", TRUE, TRUE, "AU" },
    { "aus.myconnectwise.net", TRUE, TRUE, "AUS" },
    { "za.myconnectwise.net", TRUE, TRUE, "ZA" },
    { "staging.connectwisedev.com", TRUE, TRUE, NULL },
    { "sandbox-na.myconnectwise.net", TRUE, FALSE, "NA" },
    { "sandbox-za.myconnectwise.net", TRUE, FALSE, NULL },
    { "api-my.myconnectwise.net", TRUE, FALSE, NULL },
    { "myconnectwise.net", TRUE, FALSE, NULL },
    { "connectwise.com", TRUE, FALSE, NULL },
    { "na.connectwise.com", TRUE, FALSE, NULL },
    { "a.b.connectwisedev.com", TRUE, FALSE, NULL },
    { "evilmyconnectwise.net", FALSE, FALSE, NULL },
    { "na.myconnectwise.net.evil.example", FALSE, FALSE, NULL },
    { "x.evil-connectwise.com", FALSE, FALSE, NULL },
    { "na.example.com", FALSE, FALSE, NULL },
    { "net", FALSE, FALSE, NULL },
    { "127.0.0.1", FALSE, FALSE, NULL },
    { "::1", FALSE, FALSE, NULL },
  };
  guint n_web = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(PsaAddress) address = psa_address_new (kinds[i].host, 8443);
      g_autoptr(PsaAddress) api = psa_address_dup_api_address (address);
      g_autofree char *expected = g_strconcat ("api-", kinds[i].host, NULL);

      g_test_message ("%s", kinds[i].host);
      g_assert_cmpint (psa_address_is_vendor (address), ==, kinds[i].vendor);
      g_assert_cmpint (psa_address_is_web_host (address), ==, kinds[i].web);
      g_assert_cmpstr (psa_address_get_region (address), ==, kinds[i].region);
      g_assert_cmpint (api != NULL, ==, kinds[i].web);
      if (api != NULL)
        {
          n_web++;
          g_assert_cmpstr (api->host, ==, expected);
          g_assert_cmpuint (api->port, ==, 8443);
        }
    }

  g_assert_cmpuint (n_web, ==, 6);
}

/* The table is good in itself: each host stands in it once and in its normal form, and each that
 * serves web pages has its host of the API. */
static void
test_sites (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_sites = 0;
  const PsaSite *sites = psa_site_get_all (&n_sites);
  guint n_api = 0;

  for (gsize i = 0; i < n_sites; i++)
    {
      g_autoptr(PsaAddress) address = psa_address_parse (sites[i].host, NULL);
      g_autofree char *web_url = psa_address_dup_web_url (address);
      const PsaSite *api = psa_site_find_api (&sites[i]);

      g_test_message ("%s", sites[i].host);
      g_assert_true (g_hash_table_add (seen, (gpointer) sites[i].host));
      g_assert_cmpstr (address->host, ==, sites[i].host);
      g_assert_true (psa_address_is_vendor (address));
      g_assert_true (psa_site_find (sites[i].host) == &sites[i]);
      g_assert_cmpint (psa_address_is_web_host (address), ==, !sites[i].is_api);
      g_assert_cmpstr (psa_address_get_region (address), ==, sites[i].region);
      g_assert_cmpint (api == NULL, ==, sites[i].is_api);
      if (api != NULL)
        {
          g_assert_true (api->is_api);
          g_assert_cmpint (api->kind, ==, sites[i].kind);
          g_assert_cmpstr (api->region, ==, sites[i].region);
        }
      /* Those of the API come first: what is offered is one piece. */
      if (sites[i].is_api)
        g_assert_cmpuint (n_api++, ==, i);
    }

  g_assert_cmpuint (n_api, ==, 9);
  g_assert_cmpuint (n_sites - n_api, ==, 6);
  g_assert_null (psa_site_find ("api-my.myconnectwise.net"));
}

static void
test_parts (void)
{
  g_autoptr(PsaAddress) a = psa_address_new ("CW.Example.com", 8443);
  g_autoptr(PsaAddress) b = psa_address_copy (a);
  g_autoptr(PsaAddress) other_port = psa_address_new ("cw.example.com", 443);
  g_autoptr(PsaAddress) other_host = psa_address_new ("cw2.example.com", 8443);
  g_autofree char *host_port = psa_address_dup_host_port (other_port);

  g_assert_cmpstr (a->host, ==, "cw.example.com");
  g_assert_true (psa_address_equal (a, b));
  g_assert_false (psa_address_equal (a, other_port));
  g_assert_false (psa_address_equal (a, other_host));
  g_assert_false (psa_address_equal (a, NULL));
  g_assert_true (psa_address_equal (NULL, NULL));
  g_assert_cmpstr (host_port, ==, "cw.example.com:443");

  g_assert_null (psa_address_new ("", 443));
  g_assert_null (psa_address_new ("cw.example.com", 0));
  g_assert_null (psa_address_new ("cw.example.com:8443", 443));
  g_assert_null (psa_address_new ("https://cw.example.com", 443));
  g_assert_null (psa_address_new ("a@b", 443));
  g_assert_null (psa_address_new ("[::1]", 443));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/address/good", test_good);
  g_test_add_func ("/i2-host/bad", test_bad);
  g_test_add_func ("/i2-host/long", test_long);
  g_test_add_func ("/i2-host/urls", test_urls);
  g_test_add_func ("/address/kinds", test_kinds);
  g_test_add_func ("/address/sites", test_sites);
  g_test_add_func ("/address/parts", test_parts);
  return g_test_run ();
}
