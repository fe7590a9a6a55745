/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-connection-form.h"
#include "psa-countdown.h"
#include "psa-message.h"
#include "psa-outcome.h"
#include "psa-report.h"
#include "psa-stage-bar.h"
#include "psa-status-facts.h"
#include "psa-status-page.h"
#include "ui-samples.h"
#include "ui-tests.h"

#include <string.h>

static GtkWidget *
get_page (UiDriver *driver)
{
  return ui_find_type (driver->window, PSA_TYPE_STATUS_PAGE);
}

static const char *
get_fact (UiDriver *driver, const char *title)
{
  GtkWidget *facts = ui_find_type (get_page (driver), PSA_TYPE_STATUS_FACTS);
  GtkWidget *row = ui_find_row (facts, title);

  return row != NULL ? adw_action_row_get_subtitle (ADW_ACTION_ROW (row)) : NULL;
}

static PsaProfile *
show (UiDriver *driver, PsaCause cause, guint minutes_ago)
{
  PsaProfile *profile = ui_sample_keep (driver, "Contoso IT", "127.0.0.1", "contoso+publickey1234",
                                        cause, minutes_ago);

  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, profile);
  return profile;
}

static void
test_connected (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkWidget *page;

  show (driver, PSA_CAUSE_OK, 2);
  page = get_page (driver);
  g_assert_nonnull (ui_find_label (page, "Contoso IT"));
  g_assert_nonnull (ui_find_label (page, "Production"));
  g_assert_nonnull (ui_find_label (page, "Connected"));
  g_assert_nonnull (ui_find_label (page, "Checked 2 minutes ago · 212 ms"));
  g_assert_nonnull (ui_find_label (page, "Sign-in"));
  g_assert_nonnull (ui_find_label (page, "118 ms"));
  g_assert_cmpstr (get_fact (driver, "Company"), ==, "Contoso IT");
  g_assert_cmpstr (get_fact (driver, "Version"), ==, "2025.1");
  g_assert_cmpstr (get_fact (driver, "Hosting"), ==, "Cloud");
  g_assert_cmpstr (get_fact (driver, "Region"), ==, "NA");
  g_assert_cmpstr (get_fact (driver, "Time Zone"), ==, "Eastern Standard Time");
  g_assert_null (ui_find_row (page, "Issued By"));
  g_assert_null (ui_find_label (page, "Before the Last Change"));
  g_assert_false (gtk_widget_has_css_class (ui_find_type (page, PSA_TYPE_OUTCOME), "old"));
}

/* What is not known is left out; a zone that nobody knows has a name and no time. */
static void
test_facts (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_OK, 0);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr(GDateTime) before = g_date_time_new_now (zone);
  g_autoptr(PsaResult) odd = ui_sample_result (profile, PSA_CAUSE_OK, 0);
  g_autoptr(PsaResult) bare = ui_sample_result (profile, PSA_CAUSE_OK, 0);
  g_autofree char *earlier = g_date_time_format (before, "%A, %H:%M");
  g_autofree char *later = NULL;
  g_autoptr(GDateTime) after = NULL;
  GtkWidget *licenses = ui_find_row (get_page (driver), "Licensed Modules");

  after = g_date_time_add_minutes (before, 1);
  later = g_date_time_format (after, "%A, %H:%M");
  if (g_strcmp0 (get_fact (driver, "Local Time"), later) != 0)
    g_assert_cmpstr (get_fact (driver, "Local Time"), ==, earlier);
  g_assert_cmpstr (get_fact (driver, "Current API Version"), ==, "2025.1");
  g_assert_cmpstr (get_fact (driver, "Protocol"), ==, "HTTP/2");
  g_assert_cmpstr (get_fact (driver, "Encryption"), ==, "TLS 1.3");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (licenses)), ==, "3 modules");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (licenses), TRUE);
  ui_settle ();
  g_assert_cmpstr (get_fact (driver, "Modules"), ==, "ServiceBoard\nProject\nFinance");

  g_set_str (&odd->tenant->time_zone, "Middle-earth Standard Time");
  ui_record (driver, profile, odd);
  g_assert_null (get_fact (driver, "Local Time"));
  g_assert_cmpstr (get_fact (driver, "Time Zone"), ==, "Middle-earth Standard Time");

  g_clear_pointer (&bare->tenant, psa_tenant_free);
  bare->tenant = psa_tenant_new ();
  g_set_str (&bare->tenant->company, "Contoso IT");
  g_set_str (&bare->http_protocol, NULL);
  bare->checked_at = odd->checked_at + 1;
  ui_record (driver, profile, bare);
  g_assert_cmpstr (get_fact (driver, "Hosting"), ==, "Own server");
  g_assert_null (ui_find_row (get_page (driver), "Region"));
  g_assert_null (ui_find_row (get_page (driver), "Time Zone"));
  g_assert_null (ui_find_row (get_page (driver), "Licensed Modules"));
  g_assert_null (ui_find_row (get_page (driver), "Current API Version"));
  g_assert_null (ui_find_row (get_page (driver), "Protocol"));
}

/* The bars tell when each stage began and how long it took, against the whole, in the direction of the text. */
static void
test_waterfall (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkWidget *row;
  PsaStageBar *bar;
  float x = 0;
  float length = 0;

  show (driver, PSA_CAUSE_OK, 0);
  ui_settle ();
  row = ui_find_row (get_page (driver), "Sign-in"); /* 118 ms, from 106 on, of 258 */
  bar = PSA_STAGE_BAR (ui_find_type (row, PSA_TYPE_STAGE_BAR));
  ui_wait (gtk_widget_get_width (GTK_WIDGET (bar)) == 160);
  g_assert_true (psa_stage_bar_get_span (bar, 258, &x, &length));
  g_assert_cmpfloat_with_epsilon (x, 106, 0.1);
  g_assert_cmpfloat_with_epsilon (length, 118, 0.1);
  gtk_widget_set_direction (GTK_WIDGET (bar), GTK_TEXT_DIR_RTL);
  g_assert_true (psa_stage_bar_get_span (bar, 258, &x, &length));
  g_assert_cmpfloat_with_epsilon (x, 258 - 106 - 118, 0.1);
  g_assert_cmpfloat_with_epsilon (length, 118, 0.1);

  /* What took next to no time is seen all the same; what was not measured has none. */
  row = ui_find_row (get_page (driver), "API version");
  g_assert_null (ui_find_type (row, PSA_TYPE_STAGE_BAR));
}

/* A word is broken only where there is no room for it. */
static void
test_words_are_whole (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkWidget *label = NULL;

  show (driver, PSA_CAUSE_CERTIFICATE_UNTRUSTED, 2);
  ui_settle ();
  label = ui_find_label (ui_find_row (get_page (driver), "Company"), "Skipped");
  g_assert_nonnull (label);
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), ==, 1);
}

static void
test_details (void)
{
  g_autoptr(UiDriver) driver = ui_open ();

  show (driver, PSA_CAUSE_OK, 2);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_find_row (get_page (driver), "Details")),
                                 TRUE);
  ui_settle ();
  g_assert_cmpstr (get_fact (driver, "Host"), ==, "127.0.0.1");
  g_assert_cmpstr (get_fact (driver, "API Address"), ==, "https://127.0.0.1/v4_6_release/apis/3.0");
  g_assert_cmpstr (get_fact (driver, "API Version Asked For"), ==, "2025.1");
  g_assert_cmpstr (get_fact (driver, "Company ID"), ==, "contoso");
  g_assert_cmpstr (get_fact (driver, "Public Key or Member"), ==, "…1234");
  /* Who keeps them, and where. */
  g_assert_nonnull (strstr (get_fact (driver, "Where Are Password and Client ID Stored?"),
                            g_getenv ("SECRET_FILE_TEST_PATH")));
  g_assert_nonnull (
      strstr (get_fact (driver, "Where Are Password and Client ID Stored?"), "Secret portal"));
  ui_wait (ui_find_row (get_page (driver), "Age of the Password") != NULL);
  g_assert_nonnull (strstr (get_fact (driver, "Age of the Password"), "was stored on"));
  g_assert_cmpstr (get_fact (driver, "HTTP Status"), ==, "200");
  g_assert_cmpstr (get_fact (driver, "Request ID"), ==, "8f0c1a52-77b1-4c9e");
  g_assert_cmpstr (get_fact (driver, "Server’s Answer"), ==,
                   "{\n  \"version\": \"v2025.1.10675\",\n  \"isCloud\": true\n}");
}

/* No letter says from where the end of a key is read, so it is said: else it would look like its beginning. */
static void
test_right_to_left (void)
{
  UiDriver *driver;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  driver = ui_open ();
  show (driver, PSA_CAUSE_OK, 2);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_find_row (get_page (driver), "Details")),
                                 TRUE);
  ui_settle ();
  g_assert_cmpstr (get_fact (driver, "Public Key or Member"), ==, "\u2066…1234\u2069");
  g_assert_cmpstr (get_fact (driver, "Company ID"), ==, "contoso");
  ui_close (driver);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* For each cause the page says its own state and sentences, and nothing of what was shown before. */
static void
test_every_cause (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_NEVER_CHECKED, 0);
  GtkWidget *page = get_page (driver);

  g_assert_nonnull (ui_find_label (page, "Not checked"));
  for (PsaCause cause = PSA_CAUSE_OK; cause < PSA_CAUSE_NEVER_CHECKED; cause++)
    {
      g_autoptr(PsaResult) result = ui_sample_result (profile, cause, 0);
      g_autoptr(PsaMessage) message = psa_message_new (result);

      ui_record (driver, profile, result);
      g_assert_nonnull (ui_find_label (page, psa_state_get_word (psa_cause_get_state (cause))));
      g_assert_nonnull (ui_find_label (page, message->what));
      g_assert_nonnull (ui_find_label (page, message->why));
      g_assert_nonnull (ui_find_label (page, message->next));
      g_assert_null (ui_find_label (page, "Not checked"));
    }
}

static void
test_old (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GtkWidget *page;

  show (driver, PSA_CAUSE_OK, 3 * 24 * 60);
  page = get_page (driver);
  g_assert_nonnull (ui_find_label (page, "Checked 3 days ago · 212 ms"));
  g_assert_true (gtk_widget_has_css_class (ui_find_type (page, PSA_TYPE_OUTCOME), "old"));
}

/* A result belongs to the revision it was made for: after a change it is told as what was before. */
static void
test_before_the_change (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_OK, 2);
  g_autoptr(PsaProfile) draft = psa_profile_copy (profile);
  GtkWidget *page = get_page (driver);

  g_assert_nonnull (ui_find_label (page, "Connected"));
  psa_profile_set_username (draft, "contoso+another9876");
  ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  ui_wait (ui_find_label (page, "Not checked") != NULL);
  g_assert_null (ui_find_label (page, "Connected"));
  g_assert_nonnull (ui_find_label (page, "Before the Last Change"));
}

/* Text from outside is never markup. */
static void
test_hostile_text (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_NEVER_CHECKED, 0);
  g_autoptr(PsaResult) result = ui_sample_result (profile, PSA_CAUSE_OK, 0);

  g_set_str (&result->tenant->company, "<b>Bold & Sons");
  g_set_str (&result->raw, "<span>&");
  ui_record (driver, profile, result);
  g_assert_cmpstr (get_fact (driver, "Company"), ==, "<b>Bold & Sons");
  g_assert_nonnull (ui_find_label (get_page (driver), "<b>Bold & Sons"));
}

static const char *
get_countdown (UiDriver *driver)
{
  GtkWidget *countdown = ui_find_type (get_page (driver), PSA_TYPE_COUNTDOWN);

  if (countdown == NULL)
    return NULL;
  return gtk_label_get_label (GTK_LABEL (adw_bin_get_child (ADW_BIN (countdown))));
}

static void
show_limited (UiDriver *driver, PsaProfile *profile, guint seconds)
{
  g_autoptr(PsaResult) result = ui_sample_result (profile, PSA_CAUSE_RATE_LIMITED, 0);

  result->retry_at = g_get_real_time () / G_USEC_PER_SEC + seconds;
  ui_record (driver, profile, result);
  ui_settle ();
}

/* It counts down to the next try, and what does not show does not tick. */
static void
test_countdown (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_OK, 0);
  g_autoptr(PsaResult) good = NULL;
  GtkWidget *countdown;
  GtkWidget *page = get_page (driver);

  g_assert_null (get_countdown (driver));
  show_limited (driver, profile, 90);
  g_assert_nonnull (strstr (get_countdown (driver), "Next try possible in 1:"));
  ui_wait (g_str_has_suffix (get_countdown (driver), "in 1:28"));
  countdown = ui_find_type (page, PSA_TYPE_COUNTDOWN);
  g_assert_nonnull (g_main_context_find_source_by_user_data (NULL, countdown));
  gtk_widget_set_visible (page, FALSE);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, countdown));
  gtk_widget_set_visible (page, TRUE);

  show_limited (driver, profile, 2);
  ui_wait (g_str_equal (get_countdown (driver), "The next try is possible now"));
  g_assert_null (g_main_context_find_source_by_user_data (NULL, countdown));

  good = ui_sample_result (profile, PSA_CAUSE_OK, 0);
  ui_record (driver, profile, good);
  ui_settle ();
  g_assert_null (get_countdown (driver));
}

static AdwDialog *
wait_for_dialog (UiDriver *driver, GType type)
{
  AdwDialog *dialog = NULL;

  ui_wait ((dialog = adw_application_window_get_visible_dialog (
                ADW_APPLICATION_WINDOW (driver->window))) != NULL);
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (dialog, type));
  ui_settle ();
  return dialog;
}

static void
test_fix_opens_the_form (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *dialog;
  GtkWidget *focus;

  show (driver, PSA_CAUSE_KEYS_REJECTED, 1);
  gtk_widget_activate (ui_find_button (get_page (driver), "Edit Connection"));
  dialog = wait_for_dialog (driver, PSA_TYPE_CONNECTION_FORM);
  focus = gtk_window_get_focus (GTK_WINDOW (driver->window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_PASSWORD_ENTRY_ROW));
  adw_dialog_force_close (dialog);
}

/* Trusting is asked about, and the safe answer changes nothing. */
static void
test_trust (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_CERTIFICATE_UNTRUSTED, 1);
  PsaResult *result =
      psa_status_get_result (psa_monitor_get_status (ui_get_monitor (driver), profile));
  g_autofree char *sha256 = g_strdup (result->certificate->sha256);
  AdwDialog *dialog;
  GtkWidget *button;

  button = ui_find_button (get_page (driver), "Trust This Certificate…");
  gtk_widget_activate (button);
  dialog = wait_for_dialog (driver, ADW_TYPE_ALERT_DIALOG);
  g_assert_nonnull (ui_find_row (dialog, "SHA-256"));
  g_signal_emit_by_name (dialog, "response", "cancel");
  adw_dialog_force_close (dialog);
  ui_settle ();
  g_assert_null (psa_profile_get_trusted_sha256 (profile));

  gtk_widget_activate (button);
  dialog = wait_for_dialog (driver, ADW_TYPE_ALERT_DIALOG);
  g_signal_emit_by_name (dialog, "response", "trust");
  adw_dialog_force_close (dialog);
  ui_wait (psa_profile_get_trusted_sha256 (profile) != NULL);
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, sha256);
  psa_monitor_cancel (ui_get_monitor (driver), NULL);
}

/* The profile was pointed elsewhere while the question stood: the answer must not reach the new host. */
static void
test_trust_is_stale (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_CERTIFICATE_UNTRUSTED, 1);
  g_autoptr(PsaProfile) draft = psa_profile_copy (profile);
  g_autoptr(PsaAddress) address = psa_address_new ("127.0.0.2", 443);
  AdwDialog *dialog;

  gtk_widget_activate (ui_find_button (get_page (driver), "Trust This Certificate…"));
  dialog = wait_for_dialog (driver, ADW_TYPE_ALERT_DIALOG);
  psa_profile_set_address (draft, address);
  ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  g_signal_emit_by_name (dialog, "response", "trust");
  adw_dialog_force_close (dialog);
  ui_settle ();
  g_assert_cmpstr (psa_profile_get_host (profile), ==, "127.0.0.2");
  g_assert_null (psa_profile_get_trusted_sha256 (profile));
}

#define FORMER "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"

static PsaProfile *
show_changed (UiDriver *driver)
{
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Adatum", "127.0.0.1", 443, "adatum+publickey1234");
  g_autoptr(PsaResult) result = NULL;
  PsaProfile *profile;

  psa_profile_trust (draft, FORMER);
  profile = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  result = ui_sample_result (profile, PSA_CAUSE_CERTIFICATE_CHANGED, 0);
  ui_record (driver, profile, result);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, profile);
  return profile;
}

/* A certificate that is not the trusted one: both fingerprints, line by line beside each other. */
static void
test_changed (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show_changed (driver);
  AdwDialog *dialog;
  GtkWidget *trusted;
  GtkWidget *shown;
  graphene_point_t at;

  g_assert_cmpstr (get_fact (driver, "SHA-256 Trusted Until Now"), ==, FORMER);
  gtk_widget_activate (ui_find_button (get_page (driver), "Compare Certificates…"));
  dialog = wait_for_dialog (driver, ADW_TYPE_ALERT_DIALOG);
  trusted = ui_find_label (dialog, "6030 3AE2\n2B99 8861\nBCE3 B28F\n33EE C1BE\n"
                                   "758A 213C\n86C9 3C07\n6DBE 9F55\n8C11 C752");
  shown = ui_find_label (dialog, "9F86 D081\n884C 7D65\n9A2F EAA0\nC55A D015\n"
                                 "A3BF 4F1B\n2B0B 822C\nD15D 6C15\nB0F0 0A08");
  g_assert_nonnull (trusted);
  g_assert_nonnull (shown);
  g_assert_nonnull (ui_find_label (dialog, "Adatum, Production"));
  g_assert_true (gtk_widget_compute_point (shown, trusted, &GRAPHENE_POINT_INIT (0, 0), &at));
  g_assert_cmpfloat (at.y, ==, 0);
  g_assert_cmpfloat (at.x, >=, gtk_widget_get_width (trusted));
  g_signal_emit_by_name (dialog, "response", "cancel");
  adw_dialog_force_close (dialog);
  ui_settle ();
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, FORMER);
}

static void
test_forget_trust (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show_changed (driver);
  GtkWidget *row = NULL;
  GtkWidget *undo = NULL;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_find_row (get_page (driver), "Details")),
                                 TRUE);
  ui_wait ((row = ui_find_action (get_page (driver), "profile.forget-trust")) != NULL);
  g_assert_cmpstr (get_fact (driver, "Trusted Certificate (SHA-256)"), ==, FORMER);
  gtk_widget_activate (row);
  ui_wait (psa_profile_get_trusted_sha256 (profile) == NULL);
  g_assert_null (ui_find_action (get_page (driver), "profile.forget-trust"));
  ui_wait ((undo = ui_find_button (driver->window, "Undo")) != NULL);
  gtk_widget_activate (undo);
  ui_wait (psa_profile_get_trusted_sha256 (profile) != NULL);
  g_assert_cmpstr (psa_profile_get_trusted_sha256 (profile), ==, FORMER);
}

static char *
dup_copied (UiDriver *driver)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (driver->window));
  GdkContentProvider *content = gdk_clipboard_get_content (clipboard);
  g_auto(GValue) value = G_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (content);
  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (content, &value, &error);
  g_assert_no_error (error);
  return g_value_dup_string (&value);
}

/* The report of the window is that of psactl, and there is one only of the values that were tried. */
static void
test_copy_report (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = show (driver, PSA_CAUSE_NEVER_CHECKED, 0);
  g_autoptr(PsaResult) result = ui_sample_result (profile, PSA_CAUSE_SERVER_ERROR, 0);
  g_autoptr(PsaProfile) draft = psa_profile_copy (profile);
  g_autofree char *report = psa_report_new (profile, result, "…5b6c");
  g_autofree char *copied = NULL;

  g_assert_false (ui_can (driver, "profile.copy-report"));
  ui_record (driver, profile, result);
  g_assert_true (ui_press_key (driver, "<Shift><Control>c"));
  ui_wait (ui_find_label (driver->window, "Report copied") != NULL);
  copied = dup_copied (driver);
  g_assert_cmpstr (copied, ==, report);
  g_assert_nonnull (strstr (copied, "8f0c1a52-77b1-4c9e"));
  g_assert_nonnull (strstr (copied, " UTC`"));
  g_assert_null (strstr (copied, UI_PASSWORD));
  g_assert_null (strstr (copied, UI_CLIENT_ID));
  g_assert_null (strstr (copied, "publickey1234"));

  psa_profile_set_username (draft, "contoso+another9876");
  ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  g_assert_false (ui_can (driver, "profile.copy-report"));
}

void
add_status_page_tests (void)
{
  g_test_add_func ("/status-page/connected", test_connected);
  g_test_add_func ("/status-page/facts", test_facts);
  g_test_add_func ("/status-page/waterfall", test_waterfall);
  g_test_add_func ("/status-page/words-are-whole", test_words_are_whole);
  g_test_add_func ("/status-page/details", test_details);
  g_test_add_func ("/status-page/right-to-left", test_right_to_left);
  g_test_add_func ("/status-page/every-cause", test_every_cause);
  g_test_add_func ("/status-page/old", test_old);
  g_test_add_func ("/status-page/before-the-change", test_before_the_change);
  g_test_add_func ("/i1-hostile-text/status-page", test_hostile_text);
  g_test_add_func ("/status-page/countdown", test_countdown);
  g_test_add_func ("/status-page/fix-opens-the-form", test_fix_opens_the_form);
  g_test_add_func ("/status-page/trust", test_trust);
  g_test_add_func ("/status-page/trust-is-stale", test_trust_is_stale);
  g_test_add_func ("/status-page/copy-report", test_copy_report);
  g_test_add_func ("/status-page/changed", test_changed);
  g_test_add_func ("/status-page/forget-trust", test_forget_trust);
}
