/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-message.h"
#include "psa-module.h"

#include "situation.h"

#include <string.h>

#define SHA256 "6f1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
#define TRUSTED "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffff0000000011111111"

static const Chapter *const chapters[] = { &situations_company, &situations_sign_in,
                                           &situations_proof, &situations_needs };

/* Causes that no answer of a server comes to. */
static const PsaCause others[] = {
  PSA_CAUSE_CERTIFICATE_EXPIRING, PSA_CAUSE_ROLE_NARROW,
  PSA_CAUSE_VERSION_DRIFT,        PSA_CAUSE_SLOW,
  PSA_CAUSE_BAD_ADDRESS,          PSA_CAUSE_KEYRING_LOCKED,
  PSA_CAUSE_KEYRING_UNAVAILABLE,  PSA_CAUSE_SECRET_MISSING,
  PSA_CAUSE_NEVER_CHECKED,
};

static PsaResult *
create_other (PsaCause cause)
{
  PsaResult *result = situation_new_result (OWN);
  PsaCertificate lent = { .sha256 = (char *) SHA256,
                          .issuer = (char *) "CN=Example Issuing CA",
                          .subject = (char *) "CN=" OWN,
                          .not_before = 1735689600,
                          .not_after = 1764547200 };

  result->cause = cause;
  result->tenant->company = g_strdup ("Contoso IT");
  result->tenant->version = g_strdup ("2025.1");
  result->refused_modules = PSA_MODULE_BIT (PSA_MODULE_SERVICE) | PSA_MODULE_BIT (PSA_MODULE_TIME);
  result->certificate = psa_certificate_copy (&lent);
  psa_stage_report_end (psa_result_get_stage (result, PSA_STAGE_SIGN_IN), PSA_STAGE_WARNED, 6240,
                        NULL);
  return result;
}

static const char *const faults[] = {
  [PSA_FAULT_NAME] = "the name does not resolve",
  [PSA_FAULT_REFUSED] = "refused",
  [PSA_FAULT_TIMED_OUT] = "timed out",
  [PSA_FAULT_PROXY] = "the proxy failed",
  [PSA_FAULT_TLS] = "no handshake",
  [PSA_FAULT_CERTIFICATE] = "a bad certificate",
  [PSA_FAULT_CLOSED] = "closed",
  [PSA_FAULT_TOO_LARGE] = "too large",
};

static void
write_answer (GString *golden, const Situation *situation, PsaAsk ask)
{
  g_autoptr(PsaReply) reply = situation_reply (situation, ask);
  g_autofree char *excerpt = psa_reply_dup_excerpt (reply);
  g_autofree char *line = psa_message_dup_clean (excerpt);

  g_string_append_printf (golden, "  %s: ", situation_ask_name (ask));
  if (reply->fault != PSA_FAULT_NONE)
    g_string_append (golden, faults[reply->fault]);
  else
    g_string_append_printf (golden, "%u%s%s%s%s", reply->status, *line != '\0' ? " " : "", line,
                            reply->location != NULL ? " → " : "",
                            reply->location != NULL ? reply->location : "");
  g_string_append_c (golden, '\n');
}

static void
write_message (GString *golden, PsaResult *result)
{
  g_autoptr(PsaMessage) message = psa_message_new (result);

  g_string_append_printf (golden, "= %s (%s)\n  %s\n  %s\n  %s\n\n",
                          psa_cause_get_token (result->cause),
                          psa_state_get_token (psa_cause_get_state (result->cause)), message->what,
                          message->why, message->next);
}

static void
write_situation (GString *golden, const Situation *situation)
{
  g_autoptr(GString) asks = g_string_new (NULL);
  g_autoptr(PsaResult) result = situation_run (situation, asks);
  g_auto(GStrv) names = g_strsplit (asks->str, " ", -1);

  g_string_append_printf (golden, "%s\n  at %s, asks %s\n", situation->title, situation->host,
                          asks->str);
  for (guint ask = PSA_ASK_COMPANY; ask <= PSA_ASK_PROOF_PLAIN; ask++)
    if (g_strv_contains ((const char *const *) names, situation_ask_name (ask)) &&
        !situation_is_good (situation, ask))
      write_answer (golden, situation, ask);
  write_message (golden, result);
}

static char *
build_golden (void)
{
  GString *golden = g_string_new (
      "What an answer means and what the user is told: each row of the tables of section 6 of the\n"
      "API facts, in their order. Answers that are not listed were good ones. Written by\n"
      "test-message; the asks and the causes are asserted by test-verdict.\n\n");

  for (gsize i = 0; i < G_N_ELEMENTS (chapters); i++)
    {
      g_string_append_printf (golden, "---- %s ----\n\n", chapters[i]->title);
      for (gsize j = 0; j < chapters[i]->n_situations; j++)
        write_situation (golden, &chapters[i]->situations[j]);
    }

  g_string_append (golden, "---- Causes that no answer comes to ----\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(PsaResult) result = create_other (others[i]);

      write_message (golden, result);
    }
  return g_string_free_and_steal (golden);
}

static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "causes.txt", NULL);
  g_autofree char *written = g_test_build_filename (G_TEST_BUILT, "causes.txt", NULL);
  g_autofree char *golden = build_golden ();
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &kept, NULL, NULL);
  if (g_strcmp0 (kept, golden) != 0)
    {
      const char *diff[] = { "diff", "-u", path, written, NULL };
      g_autofree char *output = NULL;

      g_assert_true (g_file_set_contents (written, golden, -1, &error));
      g_assert_no_error (error);
      if (g_spawn_sync (NULL, (char **) diff, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                        NULL, NULL))
        g_test_message ("%s", output);
      g_test_message ("If these are the sentences that are wanted: cp %s %s", written, path);
      g_test_fail ();
    }
}

/* Each cause is in the golden file, so that a reviewer reads all of them. */
static void
test_golden_is_whole (void)
{
  g_autofree char *golden = build_golden ();

  for (guint i = 0; i < PSA_N_CAUSES; i++)
    {
      g_autofree char *line = g_strdup_printf ("\n= %s (", psa_cause_get_token (i));
      gboolean there = strstr (golden, line) != NULL;

      g_test_message ("%s", psa_cause_get_token (i));
      g_assert_true (there);
    }
}

static gboolean
is_sentence (const char *text)
{
  return g_utf8_validate (text, -1, NULL) && strlen (text) > 10 && g_str_has_suffix (text, ".") &&
         strstr (text, "..") == NULL && strpbrk (text, "{}\"'") == NULL &&
         strstr (text, "  ") == NULL;
}

static void
assert_sentences (PsaResult *result)
{
  g_autoptr(PsaMessage) message = psa_message_new (result);

  g_test_message ("%s: %s %s %s", psa_cause_get_token (result->cause), message->what, message->why,
                  message->next);
  g_assert_true (is_sentence (message->what));
  g_assert_true (is_sentence (message->why));
  g_assert_true (is_sentence (message->next));
}

/* Whole sentences also where nothing is known but the cause, and where each number is. */
static void
test_sentences (void)
{
  static const guint statuses[] = { 0, 200, 302, 400, 401, 403, 404, 429, 503 };

  for (guint i = 0; i < PSA_N_CAUSES; i++)
    {
      g_autoptr(PsaResult) nothing = psa_result_new (NULL);

      nothing->cause = i;
      assert_sentences (nothing);
      for (gsize j = 0; j < G_N_ELEMENTS (statuses); j++)
        {
          g_autoptr(PsaResult) result = create_other (i);

          result->http_status = statuses[j];
          result->retry_at = 1764000030;
          g_set_str (&result->location, "https://elsewhere.example/");
          assert_sentences (result);
        }
    }
}

/* A fault of the transport, a certificate or a server never speaks of keys, but to say that they are safe. */
static void
test_no_keys_in_transport (void)
{
  static const PsaCause transport[] = {
    PSA_CAUSE_HOST_NOT_FOUND, PSA_CAUSE_CONNECTION_REFUSED, PSA_CAUSE_TIMED_OUT,
    PSA_CAUSE_CAPTIVE_PORTAL, PSA_CAUSE_PROXY_FAILED,       PSA_CAUSE_TLS_FAILED,
    PSA_CAUSE_RATE_LIMITED,   PSA_CAUSE_SERVER_ERROR,       PSA_CAUSE_BAD_ANSWER,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (transport); i++)
    for (guint status = 0; status <= 503; status += 503)
      {
        g_autoptr(PsaResult) result = create_other (transport[i]);
        g_autoptr(PsaMessage) message = NULL;
        g_autofree char *all = NULL;
        g_autofree char *lower = NULL;

        result->http_status = status;
        message = psa_message_new (result);
        all = g_strjoin (" ", message->what, message->why, message->next, NULL);
        lower = g_utf8_strdown (all, -1);
        g_assert_null (strstr (lower, "keys"));
        g_assert_null (strstr (lower, "password"));
        g_assert_null (strstr (lower, "username"));
        g_assert_null (strstr (lower, "client id"));
      }
}

static void
assert_has (PsaResult *result, const char *text)
{
  g_autoptr(PsaMessage) message = psa_message_new (result);
  g_autofree char *all = g_strjoin (" ", message->what, message->why, message->next, NULL);
  gboolean there = strstr (all, text) != NULL;

  g_test_message ("%s", all);
  g_assert_true (there);
}

static void
test_facts (void)
{
  static const PsaCause certificates[] = {
    PSA_CAUSE_CERTIFICATE_CHANGED,
    PSA_CAUSE_CERTIFICATE_EXPIRED,
    PSA_CAUSE_CERTIFICATE_WRONG_HOST,
    PSA_CAUSE_CERTIFICATE_UNTRUSTED,
  };
  g_autoptr(PsaResult) limited = create_other (PSA_CAUSE_RATE_LIMITED);
  g_autoptr(PsaResult) web = situation_new_result (WEB);
  g_autoptr(PsaResult) slow = create_other (PSA_CAUSE_SLOW);

  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autoptr(PsaResult) result = create_other (certificates[i]);

      assert_has (result, SHA256);
      assert_has (result, "CN=Example Issuing CA");
      assert_has (result, "1 December 2025");
      if (certificates[i] == PSA_CAUSE_CERTIFICATE_CHANGED)
        assert_has (result, TRUSTED);
      result->certificate->errors = G_TLS_CERTIFICATE_NOT_ACTIVATED;
      assert_has (result, SHA256);
      if (certificates[i] == PSA_CAUSE_CERTIFICATE_EXPIRED)
        assert_has (result, "1 January 2025");
    }

  limited->retry_at = 1764000030;
  assert_has (limited, "16:00:30");
  limited->retry_at = 0;
  assert_has (limited, "Wait a minute");
  web->cause = PSA_CAUSE_WEB_ADDRESS;
  assert_has (web, "api-na.myconnectwise.net");
  assert_has (slow, "6.2 s");
  slow->port = 8443;
  assert_has (slow, "cw.example.com:8443");
}

/* A server chooses these texts. */
static void
test_hostile_facts (void)
{
  g_autoptr(PsaResult) result = create_other (PSA_CAUSE_REDIRECTED);
  g_autoptr(PsaMessage) message = NULL;
  g_autofree char *longest = g_strnfill (10000, 'x');

  result->http_status = 302;
  g_set_str (&result->location, "{sha256}\n<b>\xe2\x80\xae%s%n");
  message = psa_message_new (result);
  g_assert_nonnull (strstr (message->why, "{sha256} <b>[U+202E]%s%n"));
  g_clear_pointer (&message, psa_message_free);

  g_set_str (&result->location, longest);
  message = psa_message_new (result);
  g_assert_cmpuint (strlen (message->why), <, 500);
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text, *clean;
  } rows[] = {
    { "", "" },
    { "Contoso IT", "Contoso IT" },
    { "Müller & Söhne <b>", "Müller & Söhne <b>" },
    { "a\nb\tc\rd", "a b c d" },
    { "a\x1b[31mb\x7f", "a[U+001B][31mb[U+007F]" },
    { "\xe2\x80\xaegnp.exe", "[U+202E]gnp.exe" },
    { "a\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf"
      "b",
      "a[U+200B][U+2066][U+FEFF]b" },
    { "a\xe2\x80\xa8"
      "b",
      "a[U+2028]b" },
    { "می\xe2\x80\x8cخواهم", "می\xe2\x80\x8cخواهم" },
    { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
      "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb" },
    { "a\xff\xc3(", "a\xef\xbf\xbd\xef\xbf\xbd(" },
    { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = psa_message_dup_clean (rows[i].text);

      g_assert_cmpstr (clean, ==, rows[i].clean);
    }
}

static void
test_fix (void)
{
  g_autoptr(PsaResult) own = create_other (PSA_CAUSE_CERTIFICATE_UNTRUSTED);
  g_autoptr(PsaResult) vendor = create_other (PSA_CAUSE_CERTIFICATE_UNTRUSTED);
  g_autoptr(PsaResult) web = situation_new_result (WEB);
  g_autoptr(PsaResult) other = situation_new_result (OWN);

  g_assert_cmpint (psa_result_get_fix (own), ==, PSA_FIX_TRUST_CERTIFICATE);
  own->cause = PSA_CAUSE_CERTIFICATE_CHANGED;
  g_assert_cmpint (psa_result_get_fix (own), ==, PSA_FIX_TRUST_CERTIFICATE);
  own->certificate->errors = G_TLS_CERTIFICATE_EXPIRED;
  g_assert_cmpint (psa_result_get_fix (own), ==, PSA_FIX_CHECK_AGAIN);
  own->cause = PSA_CAUSE_CERTIFICATE_UNTRUSTED; /* it would be refused, trusted or not */
  own->certificate->errors = G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_INSECURE;
  g_assert_cmpint (psa_result_get_fix (own), ==, PSA_FIX_CHECK_AGAIN);

  g_set_str (&vendor->host, CLOUD);
  g_assert_cmpint (psa_result_get_fix (vendor), ==, PSA_FIX_CHECK_AGAIN);
  g_set_str (&vendor->host, "sandbox-na.myconnectwise.net");
  g_assert_cmpint (psa_result_get_fix (vendor), ==, PSA_FIX_CHECK_AGAIN);

  web->cause = other->cause = PSA_CAUSE_WEB_ADDRESS;
  g_assert_cmpint (psa_result_get_fix (web), ==, PSA_FIX_USE_API_HOST);
  g_assert_cmpint (psa_result_get_fix (other), ==, PSA_FIX_EDIT);
}

/* What a fix needs must be there: else the row is opened and no more. */
static void
test_fix_needs (void)
{
  static const struct
  {
    const char *host;
    PsaCause cause;
    const char *site_url;
    const char *version;
    PsaFix fix;
  } rows[] = {
    { OWN, PSA_CAUSE_WEB_ADDRESS, CLOUD, NULL, PSA_FIX_USE_NAMED_HOST },
    { OWN, PSA_CAUSE_WEB_ADDRESS, "elsewhere.example.com", NULL, PSA_FIX_EDIT },
    { WEB, PSA_CAUSE_WEB_ADDRESS, "api-eu.myconnectwise.net", NULL, PSA_FIX_USE_API_HOST },
    { CLOUD, PSA_CAUSE_NOT_ROUTABLE, "api-eu.myconnectwise.net", NULL, PSA_FIX_USE_NAMED_HOST },
    { CLOUD, PSA_CAUSE_NOT_ROUTABLE, CLOUD, NULL, PSA_FIX_EDIT },
    { CLOUD, PSA_CAUSE_NOT_ROUTABLE, "api-eu.myconnectwise.net@example.com", NULL, PSA_FIX_EDIT },
    { CLOUD, PSA_CAUSE_NOT_ROUTABLE, NULL, NULL, PSA_FIX_EDIT },
    { CLOUD, PSA_CAUSE_KEYS_REJECTED, "api-eu.myconnectwise.net", NULL, PSA_FIX_EDIT },
    { OWN, PSA_CAUSE_VERSION_UNSUPPORTED, NULL, "2025.1", PSA_FIX_USE_VERSION },
    { OWN, PSA_CAUSE_VERSION_UNSUPPORTED, NULL, NULL, PSA_FIX_EDIT },
    { OWN, PSA_CAUSE_VERSION_DRIFT, NULL, "2025.1", PSA_FIX_USE_VERSION },
    { CLOUD, PSA_CAUSE_UNKNOWN_COMPANY, NULL, NULL, PSA_FIX_FIND_REGION },
    { WEB, PSA_CAUSE_UNKNOWN_COMPANY, NULL, NULL, PSA_FIX_FIND_REGION },
    { OWN, PSA_CAUSE_UNKNOWN_COMPANY, NULL, NULL, PSA_FIX_EDIT },
    { "api-uk.myconnectwise.net", PSA_CAUSE_HOST_NOT_FOUND, NULL, NULL, PSA_FIX_FIND_REGION },
    { CLOUD, PSA_CAUSE_HOST_NOT_FOUND, NULL, NULL, PSA_FIX_EDIT },
    { OWN, PSA_CAUSE_HOST_NOT_FOUND, NULL, NULL, PSA_FIX_EDIT },
    { OWN, PSA_CAUSE_CAPTIVE_PORTAL, NULL, NULL, PSA_FIX_OPEN_PORTAL },
    { OWN, PSA_CAUSE_SECRET_MISSING, NULL, NULL, PSA_FIX_ENTER_SECRET },
    { OWN, PSA_CAUSE_KEYRING_LOCKED, NULL, NULL, PSA_FIX_UNLOCK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(PsaResult) result = situation_new_result (rows[i].host);
      g_autoptr(PsaMessage) message = NULL;
      g_autofree char *named = NULL;

      result->cause = rows[i].cause;
      g_set_str (&result->tenant->site_url, rows[i].site_url);
      g_set_str (&result->tenant->version, rows[i].version);
      message = psa_message_new (result);
      named = psa_result_dup_named_host (result);

      g_test_message ("%s, %s: %s", rows[i].host, psa_cause_get_token (rows[i].cause),
                      message->next);
      g_assert_cmpint (psa_result_get_fix (result), ==, rows[i].fix);
      /* The sentence and the button say the same. */
      g_assert_cmpint (strstr (message->next, "Find My Region") != NULL, ==,
                       rows[i].fix == PSA_FIX_FIND_REGION);
      if (rows[i].fix == PSA_FIX_USE_NAMED_HOST)
        g_assert_nonnull (strstr (message->next, named));
      else
        g_assert_null (strstr (message->next, "names as the tenant’s own"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/message/golden", test_golden);
  g_test_add_func ("/message/golden/whole", test_golden_is_whole);
  g_test_add_func ("/message/sentences", test_sentences);
  g_test_add_func ("/message/no-keys-in-transport", test_no_keys_in_transport);
  g_test_add_func ("/message/facts", test_facts);
  g_test_add_func ("/i1-hostile-text/message", test_hostile_facts);
  g_test_add_func ("/message/clean", test_clean);
  g_test_add_func ("/message/fix", test_fix);
  g_test_add_func ("/message/fix-needs", test_fix_needs);
  return g_test_run ();
}
