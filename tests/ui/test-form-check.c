/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-outcome.h"
#include "ui-form.h"
#include "ui-tests.h"

#include <string.h>

/* The connection form tries what was typed, over TLS, and keeps what is good. */

static PsaProfile *
get_only_profile (UiDriver *driver)
{
  GListModel *profiles = G_LIST_MODEL (ui_get_store (driver));
  g_autoptr(PsaProfile) profile = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (profiles), ==, 1);
  profile = g_list_model_get_item (profiles, 0);
  return profile; /* the store holds it */
}

static PsaStatus *
get_status (UiDriver *driver, PsaProfile *profile)
{
  return psa_monitor_get_status (ui_get_monitor (driver), profile);
}

static void
assert_nothing_kept (UiDriver *driver)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ui_get_store (driver))), ==, 0);
}

static void
assert_secrets (UiDriver *driver, PsaProfile *profile, PracticeFixture *tenant)
{
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_id (profile), tenant->private_key));
  g_assert_true (
      ui_keyring_holds (driver, psa_profile_get_integration (profile), tenant->client_id));
}

/* A result belongs to the profile as it was saved. */
static void
assert_result (UiDriver *driver, PsaProfile *profile, PsaCause cause)
{
  PsaStatus *status = get_status (driver, profile);
  PsaResult *result = psa_status_get_result (status);

  g_assert_nonnull (result);
  g_assert_cmpstr (psa_cause_get_token (result->cause), ==, psa_cause_get_token (cause));
  g_assert_cmpint (psa_status_get_state (status), ==, psa_cause_get_state (cause));
  g_assert_cmpstr (result->profile_id, ==, psa_profile_get_id (profile));
  g_assert_cmpuint (result->revision, ==, psa_profile_get_revision (profile));
}

static guint
count_requests (const char *record)
{
  g_autofree char *text = NULL;
  guint n_lines = 0;

  if (!g_file_get_contents (record, &text, NULL, NULL))
    return 0;
  for (const char *p = text; *p != '\0'; p++)
    n_lines += *p == '\n';
  return n_lines;
}

static void
ask_to_trust (UiDriver *driver, AdwDialog *form, const char *button)
{
  ui_form_press (form, button);
  ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)) &&
           ui_find_button (ui_get_dialog (driver), "Trust") != NULL);
}

/* Presses Connect on an own server that nobody vouches for, and trusts what it shows. */
static void
connect_trusting (UiDriver *driver, AdwDialog *form)
{
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  ask_to_trust (driver, form, "Trust This Certificate…");
  ui_answer (driver, "Trust");
}

static void
await_closed (UiDriver *driver)
{
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
}

/* Typed, connected, kept: the profile in the store, its secrets in the keyring, its result under
 * its revision. */
static void
test_connect (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  g_autofree char *text = NULL;
  PsaProfile *profile;

  ui_form_fill (form, tenant, "own-server");
  connect_trusting (driver, form);
  ui_wait (ui_find_label (form, "Connecting…") != NULL);
  ui_wait (ui_find_type (form, PSA_TYPE_OUTCOME) == NULL);
  await_closed (driver);

  profile = get_only_profile (driver);
  g_assert_cmpstr (psa_profile_get_host (profile), ==, tenant->host);
  g_assert_cmpuint (psa_profile_get_port (profile), ==, tenant->port);
  g_assert_cmpstr (psa_profile_get_api_version (profile), ==, "2025.1");
  g_assert_cmpstr (psa_profile_get_company_id (profile), ==, "own-server");
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, tenant->sha256);
  g_assert_cmpuint (psa_profile_get_revision (profile), ==, 1);
  assert_secrets (driver, profile, tenant);
  assert_result (driver, profile, PSA_CAUSE_OK);

  /* It had no name: the company's is proposed. */
  g_assert_cmpstr (psa_profile_get_name (profile), !=, "");
  g_assert_cmpstr (psa_profile_get_name (profile), ==,
                   psa_status_get_result (get_status (driver, profile))->tenant->company);
  text = g_strdup_printf ("You are now connected to %s", psa_profile_get_name (profile));
  g_assert_nonnull (ui_find_label (driver->window, text));
}

/* A warning is good, and a name that was typed is kept. */
static void
test_warning (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  PsaProfile *profile;

  ui_form_fill (form, tenant, "own-server");
  ui_form_type (form, "API Version", "2021.1");
  ui_form_type (form, "Name", "  My Tenant ");
  connect_trusting (driver, form);
  await_closed (driver);
  profile = get_only_profile (driver);
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "My Tenant");
  assert_secrets (driver, profile, tenant);
  assert_result (driver, profile, PSA_CAUSE_VERSION_DRIFT);
  g_assert_nonnull (ui_find_label (driver->window, "You are now connected to My Tenant"));
}

/* The certificate is trusted by the answer alone, and nothing is sent before. */
static void
test_trust (void)
{
  g_autofree char *record = practice_test_dup_file ("record");
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--record", record));
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  ui_form_fill (form, tenant, "own-server");
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  g_assert_cmpuint (count_requests (record), ==, 0);

  for (guint i = 0; i < 2; i++)
    {
      ask_to_trust (driver, form, "Trust This Certificate…");
      g_assert_null (ui_find_label (ui_get_dialog (driver), "SHA-256 Trusted Until Now"));
      if (i == 0)
        ui_answer (driver, "Cancel");
      else
        g_assert_true (ui_press_key (driver, "Escape"));
      ui_wait (ui_get_dialog (driver) == form);
      ui_settle ();
      g_assert_nonnull (ui_find_label (form, "Needs correction"));
      g_assert_nonnull (ui_find_button (form, "Connect"));
      ui_form_assert_typed (form, tenant, "own-server");
      g_assert_cmpuint (count_requests (record), ==, 0);
    }
  assert_nothing_kept (driver);

  /* A new try trusts it no more than the first. */
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  g_assert_cmpuint (count_requests (record), ==, 0);

  ask_to_trust (driver, form, "Trust This Certificate…");
  g_assert_cmpuint (count_requests (record), ==, 0);
  ui_answer (driver, "Trust");
  await_closed (driver);
  g_assert_cmpuint (count_requests (record), >, 0);
  assert_result (driver, get_only_profile (driver), PSA_CAUSE_OK);
}

/* Where the certificate changed, both are shown. */
static void
test_trust_changed (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  g_autofree char *other =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, "another certificate", -1);
  PsaProfile *profile = ui_keep_tenant (driver, tenant, "own-server");
  g_autoptr(PsaProfile) draft = psa_profile_copy (profile);
  AdwDialog *form;

  psa_profile_trust (draft, other);
  ui_keep (driver, draft, tenant->client_id, tenant->private_key);
  form = ui_form_edit (driver, profile);
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  ask_to_trust (driver, form, "Compare Certificates…");
  g_assert_nonnull (ui_find_label (ui_get_dialog (driver), "SHA-256 Trusted Until Now"));
  ui_answer (driver, "Cancel");
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, other);
  ask_to_trust (driver, form, "Compare Certificates…");
  ui_answer (driver, "Trust");
  await_closed (driver);
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, tenant->sha256);
  assert_result (driver, profile, PSA_CAUSE_OK);
}

static PsaOutcome *
create_outcome (UiDriver *driver, const char *host)
{
  g_autoptr(PsaProfile) draft = ui_sample_draft ("", host, 443, "contoso+k1234567");
  g_autoptr(PsaResult) result = ui_sample_result (draft, PSA_CAUSE_CERTIFICATE_UNTRUSTED, 0);
  PsaOutcome *outcome = g_object_new (PSA_TYPE_OUTCOME, "in-form", TRUE, NULL);

  psa_outcome_set_result (outcome, result);
  return g_object_ref_sink (outcome);
}

/* The vendor's own names are never trusted by hand. */
static void
test_trust_vendor (void)
{
  const char *const vendor[] = { "api-na.myconnectwise.net", "staging.connectwisedev.com",
                                 "connectwise.com" };
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(PsaOutcome) own = create_outcome (driver, "cw.example.com");

  g_assert_nonnull (ui_find_button (own, "Trust This Certificate…"));
  for (gsize i = 0; i < G_N_ELEMENTS (vendor); i++)
    {
      g_autoptr(PsaOutcome) outcome = create_outcome (driver, vendor[i]);

      g_assert_null (ui_find_button (outcome, "Trust This Certificate…"));
      g_assert_nonnull (ui_find_button (outcome, "Check Again"));
    }
}

/* Rejected: the dialog stays with all that was typed, says what, why and what next, and goes to the
 * row. */
static void
test_rejected (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  PsaProfile *profile;

  ui_form_fill (form, tenant, "keys-own-server");
  connect_trusting (driver, form);
  ui_form_await_failed (form, "Keys rejected");
  ui_form_assert_typed (form, tenant, "keys-own-server");
  g_assert_nonnull (ui_form_find_text (form, "does not accept these keys"));
  g_assert_nonnull (ui_form_find_text (form, "It answered 401"));
  g_assert_nonnull (ui_form_find_text (form, "Enter username and password again"));
  assert_nothing_kept (driver);

  /* The next step is at hand. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) ==
                 ui_find_button (form, "Correct Password"));
  ui_form_press (form, "Correct Password");
  g_assert_true (ui_form_has_focus (driver, "Password"));
  ui_form_assert_typed (form, tenant, "keys-own-server");

  /* The stages and the answer, for who wants to see them. */
  g_assert_null (ui_find_row (form, "Sign-in"));
  ui_form_press (form, "Details");
  ui_wait (ui_find_row (form, "Sign-in") != NULL);
  g_assert_nonnull (ui_form_find_text (form, "UserNotAuthenticated"));

  /* A name is no value of the connection: what was found still holds. */
  ui_form_type (form, "Name", "Fabrikam");
  g_assert_nonnull (ui_find_label (form, "Keys rejected"));
  ui_form_press (form, "Save Without Checking");
  await_closed (driver);
  profile = get_only_profile (driver);
  g_assert_cmpstr (psa_profile_get_name (profile), ==, "Fabrikam");
  assert_secrets (driver, profile, tenant);
  assert_result (driver, profile, PSA_CAUSE_KEYS_REJECTED);
  g_assert_null (ui_form_find_text (driver->window, "You are now connected"));
}

/* What was found does not outlive a change: the profile is kept without a result. */
static void
test_changed_after (void)
{
  const char *const changes[][2] = {
    { "Hostname", "cw.example.com" }, { "API Version", "2024.1" },
    { "Client ID", UI_CLIENT_ID },    { "Username", "keys-own-server+another" },
    { "Password", UI_PASSWORD },
  };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "keys-own-server");

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      AdwDialog *form = ui_form_edit (driver, kept);

      ui_form_press (form, "Connect");
      ui_form_await_failed (form, "Keys rejected");
      ui_form_type (form, changes[i][0], changes[i][1]);
      g_assert_null (ui_find_label (form, "Keys rejected"));
      g_assert_null (ui_find_button (form, "Correct Password"));
      ui_form_press (form, "Save Without Checking");
      await_closed (driver);
      g_assert_cmpuint (psa_profile_get_revision (kept), ==, 2);
      g_assert_cmpint (psa_status_get_state (get_status (driver, kept)), ==, PSA_STATE_NOT_CHECKED);
      kept = ui_keep_tenant (driver, tenant, "keys-own-server");
    }
}

/* The next step of what may pass by itself is another try. */
static void
test_check_again (void)
{
  g_autofree char *record = practice_test_dup_file ("record");
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--record", record));
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "rate-limited");
  AdwDialog *form = ui_form_edit (driver, kept);
  guint n_requests;

  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Unreachable");
  n_requests = count_requests (record);
  g_assert_cmpuint (n_requests, >, 0);
  ui_form_press (form, "Check Again");
  g_assert_nonnull (ui_find_button (form, "Cancel"));
  ui_form_await_failed (form, "Unreachable");
  g_assert_cmpuint (count_requests (record), ==, 2 * n_requests);
  adw_dialog_force_close (form);
  await_closed (driver);
  /* Nothing was saved, so nothing was found of what is kept. */
  g_assert_cmpint (psa_status_get_state (get_status (driver, kept)), ==, PSA_STATE_NOT_CHECKED);
}

/* The tenant's version is offered where another was refused. */
static void
test_tenant_version (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "version-refused-one-endpoint");
  AdwDialog *form = ui_form_edit (driver, kept);

  ui_form_type (form, "API Version", "2024.1");
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  g_assert_nonnull (ui_find_button (form, "Use the Tenant’s, 2025.1")); /* under the row as well */
  ui_form_press (form, "Use the Tenant’s Version");
  g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "2025.1");
  g_assert_null (ui_find_label (form, "Needs correction"));
  adw_dialog_force_close (form);
  await_closed (driver);
}

/* Blanks around the password are asked about; pressed again, it is taken as it is. */
static void
test_blanks (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "own-server");
  AdwDialog *form = ui_form_edit (driver, kept);
  g_autofree char *password = g_strdup_printf (" %s ", tenant->private_key);

  ui_form_type (form, "Password", password);
  ui_form_press (form, "Connect");
  g_assert_nonnull (ui_find_button (form, "Connect"));
  g_assert_true (ui_form_has_focus (driver, "Password"));
  g_assert_nonnull (ui_find_button (form, "Remove Blanks"));
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Keys rejected"); /* it was sent with its blanks */
  g_assert_cmpstr (ui_form_read (form, "Password"), ==, password);
  ui_form_press (form, "Remove Blanks");
  ui_form_press (form, "Connect");
  await_closed (driver);
  assert_secrets (driver, kept, tenant);
  assert_result (driver, kept, PSA_CAUSE_OK);
}

void
add_form_check_tests (void)
{
  g_test_add_func ("/form-check/connect", test_connect);
  g_test_add_func ("/form-check/warning", test_warning);
  g_test_add_func ("/form-check/trust", test_trust);
  g_test_add_func ("/form-check/trust-changed", test_trust_changed);
  g_test_add_func ("/form-check/trust-vendor", test_trust_vendor);
  g_test_add_func ("/form-check/rejected", test_rejected);
  g_test_add_func ("/form-check/changed-after", test_changed_after);
  g_test_add_func ("/form-check/check-again", test_check_again);
  g_test_add_func ("/form-check/tenant-version", test_tenant_version);
  g_test_add_func ("/i3-password/asked-about", test_blanks);
}
