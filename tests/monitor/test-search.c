/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search"

#include "psa-fold.h"
#include "psa-order.h"
#include "psa-search.h"
#include "psa-status-private.h"

#include <locale.h>

/* What a search finds, how the list is sorted and what its sections are. Nothing but values. */

static PsaStatus *
make (const char *name, const char *host, const char *username, PsaCause cause)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new (host, 443);
  PsaStatus *status;

  psa_profile_set_name (profile, name);
  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, username);
  status = psa_status_new (profile);
  if (cause != PSA_CAUSE_NEVER_CHECKED)
    {
      g_autoptr(PsaResult) result = psa_result_new (profile);

      result->cause = cause;
      result->checked_at = (gint64) 1800000000 * G_USEC_PER_SEC;
      g_set_str (&result->tenant->company, "Übersee Handel");
      g_assert_true (psa_status_set_result (status, result));
    }
  return status;
}

static gboolean
finds (PsaStatus *status, const char *text)
{
  g_autoptr(PsaSearch) search = psa_search_new (text);

  return psa_search_matches (search, status);
}

static void
test_fold (void)
{
  const char *const pairs[][2] = {
    { "Contoso IT", "contoso it" }, { "CAFÉ", "cafe" },
    { "Åse Łódź", "ase łodz" },     { "straße", "strasse" },
    { "ﬁnance Ⅳ", "finance iv" },   { "e\xcc\x81", "e" },
    { "Ελληνικά", "ελληνικα" },     { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *folded = psa_fold_dup (pairs[i][0]);

      g_assert_cmpstr (folded, ==, pairs[i][1]);
    }
}

static void
test_words (void)
{
  g_autoptr(PsaStatus) status =
      make ("Café Zürich", "api-eu.myconnectwise.net", "cafe+k1234567", PSA_CAUSE_OK);
  PsaProfile *profile = psa_status_get_profile (status);

  psa_profile_set_notes (profile, "Ask Zoë\nbefore nine");
  g_assert_true (finds (status, ""));
  g_assert_true (finds (status, "   "));
  g_assert_true (finds (status, "ZURICH cafe")); /* each word, in any order */
  g_assert_false (finds (status, "zurich bern"));
  g_assert_true (finds (status, "\"cafe zur\""));
  g_assert_false (finds (status, "\"zurich cafe\""));
  g_assert_true (finds (status, "\"cafe zur")); /* a quote that is still open */
  g_assert_true (finds (status, "myconnectwise"));
  g_assert_true (finds (status, "ubersee"));
  g_assert_true (finds (status, "zoe"));
  g_assert_true (finds (status, "cafe+") == FALSE); /* the key is no name of anything */

  /* What was typed in the form counts at once. */
  psa_profile_set_name (profile, "Bistro");
  g_assert_false (finds (status, "zurich"));
  g_assert_true (finds (status, "bistro"));
}

static void
test_filters (void)
{
  g_autoptr(PsaStatus) status =
      make ("Fabrikam", "api-eu.myconnectwise.net", "fab+k1234567", PSA_CAUSE_KEYS_REJECTED);
  PsaProfile *profile = psa_status_get_profile (status);
  const char *const tags[] = { "Côte d’Azur", "backup", NULL };

  g_assert_true (finds (status, "is:rejected"));
  g_assert_true (finds (status, "IS:rej"));
  g_assert_true (finds (status, "is:\"keys rej\"")); /* the word on screen */
  g_assert_true (finds (status, "is:attention"));
  g_assert_false (finds (status, "is:connected"));
  g_assert_false (finds (status, "is:nonsense"));
  g_assert_true (finds (status, "is:")); /* not finished */
  g_assert_false (finds (status, "is:favourite"));
  psa_profile_set_favourite (profile, TRUE);
  g_assert_true (finds (status, "is:favourite fabrikam"));
  g_assert_true (finds (status, "is:favorite"));
  g_assert_false (finds (status, "is:favourite contoso"));

  g_assert_true (finds (status, "env:production"));
  g_assert_true (finds (status, "env:prod"));
  g_assert_false (finds (status, "env:sandbox"));
  psa_profile_set_environment (profile, PSA_ENVIRONMENT_SANDBOX);
  g_assert_true (finds (status, "environment:sandbox"));

  g_assert_true (finds (status, "host:eu"));
  g_assert_true (finds (status, "host:MyConnect"));
  g_assert_false (finds (status, "host:au"));

  g_assert_false (finds (status, "tag:backup"));
  psa_profile_set_tags (profile, tags);
  g_assert_true (finds (status, "tag:backup"));
  g_assert_true (finds (status, "tag:back"));
  g_assert_false (finds (status, "tag:up"));
  g_assert_true (finds (status, "tag:\"cote d\""));
  g_assert_true (finds (status, "azur")); /* a tag is found as a word too */
  g_assert_true (finds (status, "tag:backup is:rejected host:eu fab"));
  g_assert_true (finds (status, "nosuch:thing") == FALSE); /* a word like any other */
}

static void
test_narrows (void)
{
  g_assert_true (psa_search_narrows ("cont", "con"));
  g_assert_true (psa_search_narrows ("con it", "con"));
  g_assert_false (psa_search_narrows ("co", "con"));
  g_assert_false (psa_search_narrows ("tag:", "tag"));
  g_assert_false (psa_search_narrows ("\"a\" b", "\"a\""));
}

static void
assert_before (PsaOrder order, PsaStatus *a, PsaStatus *b)
{
  g_assert_cmpint (psa_order_compare (order, a, b), <, 0);
  g_assert_cmpint (psa_order_compare (order, b, a), >, 0);
  g_assert_cmpint (psa_order_compare (order, a, a), ==, 0);
}

static void
test_order (void)
{
  g_autoptr(PsaStatus) adatum = make ("adatum 10", "cw.adatum.com", "a+k", PSA_CAUSE_OK);
  g_autoptr(PsaStatus) second = make ("Adatum 9", "cw.adatum.com", "a+k", PSA_CAUSE_TIMED_OUT);
  g_autoptr(PsaStatus) wingtip =
      make ("Wingtip", "cw.wingtip.com", "w+k", PSA_CAUSE_NEVER_CHECKED);

  assert_before (PSA_ORDER_NAME, second, adatum); /* nine before ten */
  assert_before (PSA_ORDER_NAME, adatum, wingtip);
  assert_before (PSA_ORDER_STATE, second, wingtip);
  assert_before (PSA_ORDER_STATE, wingtip, adatum);
  assert_before (PSA_ORDER_CHECKED, wingtip, second); /* never is longest ago */
  assert_before (PSA_ORDER_CHECKED, second, adatum);  /* both at once: by name */
  assert_before (PSA_ORDER_RECENT, wingtip, second);
  assert_before (PSA_ORDER_RECENT, second, adatum);
  psa_profile_set_favourite (psa_status_get_profile (wingtip), TRUE);
  assert_before (PSA_ORDER_NAME, wingtip, second);
}

static void
test_sections (void)
{
  g_autoptr(PsaStatus) good = make ("Good", "cw.example.com", "a+k", PSA_CAUSE_OK);
  g_autoptr(PsaStatus) slow = make ("Slow", "cw.example.com", "a+k", PSA_CAUSE_SLOW);
  g_autoptr(PsaStatus) fresh = make ("New", "cw.example.com", "a+k", PSA_CAUSE_NEVER_CHECKED);
  const char *const tags[] = { "lab", "x", NULL };

  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_ATTENTION, slow, good), <, 0);
  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_ATTENTION, fresh, good), ==, 0);
  g_assert_cmpstr (psa_grouping_get_title (PSA_GROUPING_ATTENTION, slow), ==, "Needs Attention");
  psa_profile_set_favourite (psa_status_get_profile (fresh), TRUE);
  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_ATTENTION, fresh, good), <, 0);
  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_ATTENTION, slow, fresh), <, 0);

  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_STATE, slow, good), <, 0);
  g_assert_cmpstr (psa_grouping_get_title (PSA_GROUPING_STATE, good), ==, "Connected");

  psa_profile_set_environment (psa_status_get_profile (slow), PSA_ENVIRONMENT_STAGING);
  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_ENVIRONMENT, good, slow), <, 0);
  g_assert_cmpstr (psa_grouping_get_title (PSA_GROUPING_ENVIRONMENT, slow), ==, "Staging");

  psa_profile_set_tags (psa_status_get_profile (good), tags);
  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_TAG, good, slow), <, 0);
  g_assert_cmpint (psa_grouping_compare (PSA_GROUPING_TAG, fresh, slow), ==, 0);
  g_assert_cmpstr (psa_grouping_get_title (PSA_GROUPING_TAG, good), ==, "lab");
  g_assert_cmpstr (psa_grouping_get_title (PSA_GROUPING_TAG, slow), ==, "No Tag");
}

/* Whatever is typed finds something or nothing; what narrows an earlier search finds nothing that it did not. */
static void
test_fuzz (void)
{
  static const char *const pieces[] = {
    "is:", "tag:", "env:",     "host:",      "con",          "é", "E\xcc\x81", "\"", ":",
    " ",   "\n",   "rejected", "production", "\xe2\x80\xae", "ß", "x",         "-",  "Ǆ"
  };
  const char *seed = g_getenv ("PSA_FUZZ_SEED");
  g_autoptr(GRand) rand =
      g_rand_new_with_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 20251124);
  g_autoptr(PsaStatus) status =
      make ("Contoso É ß x", "cw.example.com", "contoso+k", PSA_CAUSE_KEYS_REJECTED);

  for (guint turn = 0; turn < 3000; turn++)
    {
      g_autoptr(GString) before = g_string_new (NULL);
      g_autoptr(GString) after = NULL;

      for (gint n = g_rand_int_range (rand, 0, 5); n > 0; n--)
        g_string_append (before, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      after = g_string_new (before->str);
      g_string_append (after, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      if (psa_search_narrows (after->str, before->str) && finds (status, after->str))
        {
          g_test_message ("“%s”, then “%s”", before->str, after->str);
          g_assert_true (finds (status, before->str));
        }
      else
        finds (status, after->str);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/search/fold", test_fold);
  g_test_add_func ("/search/words", test_words);
  g_test_add_func ("/search/filters", test_filters);
  g_test_add_func ("/search/narrows", test_narrows);
  g_test_add_func ("/search/fuzz", test_fuzz);
  g_test_add_func ("/search/order", test_order);
  g_test_add_func ("/search/sections", test_sections);
  return g_test_run ();
}
