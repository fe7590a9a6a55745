/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-fixture.h"
#include "ui-form.h"
#include "ui-tests.h"

#include <signal.h>

/* The window while the keyring takes its time. Here the daemon is stopped, and goes on when the case says so. */

static PsaStatus *
get_status (UiDriver *driver, PsaProfile *profile)
{
  return psa_monitor_get_status (ui_get_monitor (driver), profile);
}

static void
stop_keyring (void)
{
  g_assert_cmpint (kill (keyring_get_daemon (), SIGSTOP), ==, 0);
}

static void
continue_keyring (void)
{
  g_assert_cmpint (kill (keyring_get_daemon (), SIGCONT), ==, 0);
}

/* Checks the profile that is selected, up to where the keyring is waited for. */
static void
check_and_wait (UiDriver *driver, PsaProfile *profile)
{
  ui_select (driver, profile);
  g_assert_true (ui_press_key (driver, "<Control>r"));
  ui_wait (ui_find_label (driver->window, "Waiting for the keyring") != NULL);
}

/* The list is as quick as ever, the profile says what is waited for, and the late answer is used. */
static void
test_late (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *contoso = ui_keep_tenant (driver, tenant, "own-server");
  PsaProfile *fabrikam = ui_sample_keep (driver, "Fabrikam", "cw.fabrikam.com", "fab+k1234567",
                                         PSA_CAUSE_KEYS_REJECTED, 4);

  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  stop_keyring ();
  check_and_wait (driver, contoso);

  ui_select (driver, fabrikam);
  g_assert_nonnull (ui_find_label (driver->window, "Keys rejected"));
  g_assert_null (ui_find_label (driver->window, "Waiting for the keyring"));
  g_assert_true (psa_status_get_checking (get_status (driver, contoso)));
  ui_select (driver, contoso);
  g_assert_nonnull (ui_find_label (driver->window, "Waiting for the keyring"));

  continue_keyring ();
  ui_wait (!psa_status_get_checking (get_status (driver, contoso)));
  g_assert_cmpint (psa_status_get_state (get_status (driver, contoso)), ==, PSA_STATE_CONNECTED);
  g_assert_null (ui_find_label (driver->window, "Waiting for the keyring"));
}

/* Stopped by the user meanwhile: what the keyring says in the end changes nothing. */
static void
test_dropped (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *contoso = ui_keep_tenant (driver, tenant, "own-server");

  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  stop_keyring ();
  check_and_wait (driver, contoso);
  ui_form_press (driver->window, "Cancel");
  ui_wait (!psa_status_get_checking (get_status (driver, contoso)));
  g_assert_null (ui_find_label (driver->window, "Waiting for the keyring"));
  continue_keyring ();
  g_assert_true (ui_keyring_holds (driver, psa_profile_get_id (contoso), tenant->private_key));
  g_assert_cmpint (psa_status_get_state (get_status (driver, contoso)), ==,
                   PSA_STATE_NOT_CHECKED);
}

void
add_keyring_tests (void)
{
  keyring_add_case ("/k1-keyring/late", KEYRING_UNLOCKED, test_late);
  keyring_add_case ("/k1-keyring/late-and-cancelled", KEYRING_UNLOCKED, test_dropped);
}
