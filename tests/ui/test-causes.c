/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-message.h"
#include "psa-outcome.h"
#include "psa-status-page.h"
#include "ui-samples.h"
#include "ui-tests.h"

/* On a screen as small as they come, the page says what, why and what next without a scroll, whatever the cause. */
#define WIDTH 800
#define HEIGHT 600
#define FORMER "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"

/* Those whose pictures are for eyes: one of each kind, the longest texts among them. */
static const PsaCause pictured[] = {
  PSA_CAUSE_OK,
  PSA_CAUSE_KEYS_REJECTED,
  PSA_CAUSE_NOT_PERMITTED,
  PSA_CAUSE_WEB_ADDRESS,
  PSA_CAUSE_UNKNOWN_COMPANY,
  PSA_CAUSE_CLIENT_ID_REFUSED,
  PSA_CAUSE_CERTIFICATE_CHANGED,
  PSA_CAUSE_TIMED_OUT,
  PSA_CAUSE_RATE_LIMITED,
  PSA_CAUSE_SECRET_MISSING,
};

static gboolean
is_pictured (PsaCause cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pictured); i++)
    if (pictured[i] == cause)
      return TRUE;
  return FALSE;
}

static void
assert_in_sight (GtkWidget *widget, GtkWidget *scroller)
{
  graphene_rect_t bounds;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, scroller, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.size.height, >, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (scroller));
}

static void
assert_all_in_sight (UiDriver *driver, PsaResult *result)
{
  GtkWidget *page = ui_find_type (driver->window, PSA_TYPE_STATUS_PAGE);
  GtkWidget *scroller = ui_find_type (page, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *outcome = ui_find_type (page, PSA_TYPE_OUTCOME);
  GtkWidget *button = ui_find_type (outcome, GTK_TYPE_BUTTON);
  g_autoptr(PsaMessage) message = psa_message_new (result);

  assert_in_sight (
      ui_find_label (outcome, psa_state_get_word (psa_cause_get_state (result->cause))), scroller);
  assert_in_sight (ui_find_label (outcome, message->what), scroller);
  assert_in_sight (ui_find_label (outcome, message->why), scroller);
  assert_in_sight (ui_find_label (outcome, message->next), scroller);
  if (psa_result_get_fix (result) != PSA_FIX_NONE)
    assert_in_sight (button, scroller);
}

/* With a host as long as they are, and on one where the cause is met. */
static PsaResult *
create_result (PsaProfile *profile, PsaCause cause)
{
  PsaResult *result = ui_sample_result (profile, cause, 2);

  if (cause == PSA_CAUSE_WEB_ADDRESS)
    g_set_str (&result->host, "na.myconnectwise.net");
  if (cause == PSA_CAUSE_CERTIFICATE_CHANGED)
    g_set_str (&result->trusted_sha256, FORMER);
  return result;
}

static void
count_cb (GdkFrameClock *frame_clock, guint *n_frames)
{
  (*n_frames)++;
}

/* What was changed is laid out in the frame that comes next, and seen after it. */
static void
await_frames (UiDriver *driver)
{
  GtkWidget *window = GTK_WIDGET (driver->window);
  guint n_frames = 0;
  gulong id = g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                                G_CALLBACK (count_cb), &n_frames);

  ui_wait ((gtk_widget_queue_draw (window), n_frames >= 2));
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (window), id);
}

static void
take_all (const char *look, gboolean all)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Northwind Traders", "connectwise.northwind-traders.example", 443,
                       "northwindtraders+publickey1234");
  PsaProfile *profile = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);

  gtk_window_set_default_size (GTK_WINDOW (driver->window), WIDTH, HEIGHT);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, profile);
  ui_settle ();
  for (PsaCause cause = PSA_CAUSE_OK; cause < PSA_CAUSE_NEVER_CHECKED; cause++)
    {
      g_autofree char *name = g_strdup_printf ("cause-%s-%s", psa_cause_get_token (cause), look);
      g_autoptr(PsaResult) result = create_result (profile, cause);

      if (!all && !is_pictured (cause))
        continue;
      g_test_message ("%s", name);
      ui_record (driver, profile, result);
      await_frames (driver);
      assert_all_in_sight (driver, psa_status_get_result (
                                       psa_monitor_get_status (ui_get_monitor (driver), profile)));
      if (is_pictured (cause))
        ui_picture (driver, name);
    }
}

static void
test_light (void)
{
  take_all ("light", TRUE);
}

static void
test_dark (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  take_all ("dark", FALSE);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

void
add_causes_tests (void)
{
  g_test_add_func ("/causes/light", test_light);
  g_test_add_func ("/causes/dark", test_dark);
}
