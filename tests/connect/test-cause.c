/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-cause.h"

#include <string.h>

/* The tokens are a contract with files and scripts, so they stand here once more. */
static const struct
{
  const char *token;
  PsaState state;
} causes[PSA_N_CAUSES] = {
  [PSA_CAUSE_OK] = { "ok", PSA_STATE_CONNECTED },
  [PSA_CAUSE_CERTIFICATE_EXPIRING] = { "certificate-expiring", PSA_STATE_WARNING },
  [PSA_CAUSE_ROLE_NARROW] = { "role-narrow", PSA_STATE_WARNING },
  [PSA_CAUSE_VERSION_DRIFT] = { "version-drift", PSA_STATE_WARNING },
  [PSA_CAUSE_SLOW] = { "slow", PSA_STATE_WARNING },
  [PSA_CAUSE_KEYS_REJECTED] = { "keys-rejected", PSA_STATE_REJECTED },
  [PSA_CAUSE_NOT_PERMITTED] = { "not-permitted", PSA_STATE_NOT_PERMITTED },
  [PSA_CAUSE_BAD_ADDRESS] = { "bad-address", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_WEB_ADDRESS] = { "web-address", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_NOT_PSA] = { "not-psa", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_REDIRECTED] = { "redirected", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_UNKNOWN_COMPANY] = { "unknown-company", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_NOT_ROUTABLE] = { "not-routable", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_CLIENT_ID_REFUSED] = { "client-id-refused", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_VERSION_UNSUPPORTED] = { "version-unsupported", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_CERTIFICATE_CHANGED] = { "certificate-changed", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_CERTIFICATE_EXPIRED] = { "certificate-expired", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_CERTIFICATE_WRONG_HOST] = { "certificate-wrong-host", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_CERTIFICATE_UNTRUSTED] = { "certificate-untrusted", PSA_STATE_NEEDS_CORRECTION },
  [PSA_CAUSE_HOST_NOT_FOUND] = { "host-not-found", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_CONNECTION_REFUSED] = { "connection-refused", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_TIMED_OUT] = { "timed-out", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_CAPTIVE_PORTAL] = { "captive-portal", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_PROXY_FAILED] = { "proxy-failed", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_TLS_FAILED] = { "tls-failed", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_RATE_LIMITED] = { "rate-limited", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_SERVER_ERROR] = { "server-error", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_BAD_ANSWER] = { "bad-answer", PSA_STATE_UNREACHABLE },
  [PSA_CAUSE_KEYRING_LOCKED] = { "keyring-locked", PSA_STATE_SECRET_UNAVAILABLE },
  [PSA_CAUSE_KEYRING_UNAVAILABLE] = { "keyring-unavailable", PSA_STATE_SECRET_UNAVAILABLE },
  [PSA_CAUSE_SECRET_MISSING] = { "secret-missing", PSA_STATE_SECRET_UNAVAILABLE },
  [PSA_CAUSE_NEVER_CHECKED] = { "never-checked", PSA_STATE_NOT_CHECKED },
};

static const char *const states[] = {
  "connected",        "warning",     "rejected",           "not-permitted",
  "needs-correction", "unreachable", "secret-unavailable", "not-checked",
};

static void
test_table (void)
{
  for (guint i = 0; i < PSA_N_CAUSES; i++)
    {
      PsaCause cause = PSA_N_CAUSES;

      g_assert_cmpstr (psa_cause_get_token (i), ==, causes[i].token);
      g_assert_true (psa_cause_from_token (causes[i].token, &cause));
      g_assert_cmpint (cause, ==, i);
      g_assert_cmpint (psa_cause_get_state (i), ==, causes[i].state);
      g_assert_nonnull (psa_cause_get_what (i));
      g_assert_nonnull (psa_cause_get_why (i));
      g_assert_nonnull (psa_cause_get_next (i));
    }
}

static void
test_unknown_token (void)
{
  static const char *const tokens[] = {
    NULL, "", "OK", "other", "ok ", "PSA_CAUSE_OK", "cancelled"
  };
  PsaCause cause = PSA_CAUSE_SLOW;

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    g_assert_false (psa_cause_from_token (tokens[i], &cause));
  g_assert_cmpint (cause, ==, PSA_CAUSE_SLOW);
}

/* Shape and word, and no two states alike. */
static void
test_states (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *icon = g_strdup_printf ("psa-state-%s-symbolic", states[i]);

      g_assert_cmpstr (psa_state_get_token (i), ==, states[i]);
      g_assert_cmpstr (psa_state_get_icon (i), ==, icon);
      g_assert_true (g_hash_table_add (seen, (gpointer) psa_state_get_word (i)));
    }
}

/* A fix that opens the form at a row needs the row. */
static void
test_fixes (void)
{
  for (guint i = 0; i < PSA_N_CAUSES; i++)
    {
      PsaFix fix = psa_cause_get_fix (i);

      if (fix != PSA_FIX_NONE && fix != PSA_FIX_CHECK_AGAIN && fix != PSA_FIX_UNLOCK &&
          fix != PSA_FIX_OPEN_PORTAL)
        g_assert_cmpint (psa_cause_get_field (i), !=, PSA_FIELD_NONE);
      if (i != PSA_CAUSE_OK)
        g_assert_cmpint (fix, !=, PSA_FIX_NONE);
    }
  g_assert_cmpint (psa_cause_get_fix (PSA_CAUSE_KEYRING_LOCKED), ==, PSA_FIX_UNLOCK);
  g_assert_cmpint (psa_cause_get_field (PSA_CAUSE_CLIENT_ID_REFUSED), ==, PSA_FIELD_CLIENT_ID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cause/table", test_table);
  g_test_add_func ("/cause/unknown-token", test_unknown_token);
  g_test_add_func ("/cause/states", test_states);
  g_test_add_func ("/cause/fixes", test_fixes);
  return g_test_run ();
}
