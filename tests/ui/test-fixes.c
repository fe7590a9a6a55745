/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-fixture.h"
#include "ui-form.h"
#include "ui-tests.h"

#include <glib/gstdio.h>
#include <string.h>

/* The button of the next step does it, on the tenant's page and in the form. What it does to a host is
 * tested at the vendor's names. */

static PsaStatus *
get_status (UiDriver *driver, PsaProfile *profile)
{
  return psa_monitor_get_status (ui_get_monitor (driver), profile);
}

/* The tenant's page, after a check that ended so. */
static void
show_result (UiDriver *driver, PsaProfile *profile, PsaCause cause)
{
  g_autoptr(PsaResult) result = ui_sample_result (profile, cause, 2);

  g_set_str (&result->tenant->version, "2025.1");
  ui_record (driver, profile, result);
  ui_select (driver, profile);
  ui_settle ();
}

static void
close_form (UiDriver *driver)
{
  adw_dialog_force_close (ui_get_dialog (driver));
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
}

static void
write_file (const char *folder, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

/* A browser that notes what it was to open. Returns: where */
static char *
install_browser (void)
{
  g_autofree char *applications = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *opened = g_build_filename (g_get_user_data_dir (), "opened", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\necho \"$1\" >>'%s'\n", opened);
  g_autofree char *entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\n"
                                            "Exec=%s/browser %%u\n"
                                            "MimeType=x-scheme-handler/http;\n",
                                            applications);

  write_file (applications, "browser", script, 0700);
  write_file (applications, "browser.desktop", entry, 0600);
  write_file (g_get_user_config_dir (), "mimeapps.list",
              "[Default Applications]\nx-scheme-handler/http=browser.desktop\n", 0600);
  return g_steal_pointer (&opened);
}

static gboolean
has_opened (const char *opened, guint n_times)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents (opened, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (g_str_has_prefix (lines[i], "http://"));
  return g_strv_length (lines) == n_times + 1;
}

/* The network shows its login in the place of a page without encryption, and only of such a one. */
static void
test_portal (void)
{
  g_autofree char *opened = install_browser ();
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "company-511");
  AdwDialog *form = ui_form_edit (driver, kept);

  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Unreachable");
  g_assert_nonnull (ui_form_find_text (form, "This network wants a login"));
  ui_form_press (form, "Open the Network’s Login");
  ui_wait (has_opened (opened, 1));
  close_form (driver);

  show_result (driver, kept, PSA_CAUSE_CAPTIVE_PORTAL);
  ui_form_press (driver->window, "Open the Network’s Login");
  ui_wait (has_opened (opened, 2));
}

static void
unasked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) found = psa_monitor_check_finish (PSA_MONITOR (object), result, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found->cause, ==, PSA_CAUSE_KEYRING_LOCKED);
}

/* A check that nobody asked for leaves a locked keyring as it is; one that the user asks for has it unlocked, which is
 * done at once here: it has no password. */
static void
test_unlock (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  g_autofree char *keyring = keyring_make_collection ("Blank", "");
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "own-server");

  keyring_lock (keyring);

  psa_monitor_check_unasked_async (ui_get_monitor (driver), kept, NULL, unasked_cb, NULL);
  ui_wait (psa_status_get_cause (get_status (driver, kept)) == PSA_CAUSE_KEYRING_LOCKED);
  ui_select (driver, kept);
  ui_settle ();
  ui_form_press (driver->window, "Unlock Keyring");
  ui_wait (psa_status_get_state (get_status (driver, kept)) == PSA_STATE_CONNECTED);
}

/* The form opens at the row of the password; with it typed, all is well. */
static void
test_secret_missing (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "own-server");
  AdwDialog *form;

  show_result (driver, kept, PSA_CAUSE_SECRET_MISSING);
  ui_form_press (driver->window, "Enter the Keys");
  form = ui_form_await (driver);
  ui_wait (ui_form_has_focus (driver, "Password"));
  ui_form_type (form, "Password", tenant->private_key);
  ui_form_press (form, "Connect");
  ui_wait (ui_get_dialog (driver) == NULL);
  g_assert_cmpint (psa_status_get_state (get_status (driver, kept)), ==, PSA_STATE_CONNECTED);
}

/* The tenant's own version goes into the form, and counts once it has been tried. */
static void
test_version (void)
{
  static const PsaCause causes[] = { PSA_CAUSE_VERSION_DRIFT, PSA_CAUSE_VERSION_UNSUPPORTED };
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      PsaProfile *kept = ui_keep_tenant (driver, tenant, "own-server");
      g_autoptr(PsaProfile) draft = psa_profile_copy (kept);
      AdwDialog *form;

      psa_profile_set_api_version (draft, "2021.1");
      ui_keep (driver, draft, tenant->client_id, tenant->private_key);
      show_result (driver, kept, causes[i]);
      ui_form_press (driver->window, "Use the Tenant’s Version");
      form = ui_form_await (driver);
      g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "2025.1");
      g_assert_cmpstr (psa_profile_get_api_version (kept), ==, "2021.1");
      close_form (driver);
    }
}

/* An own server is no site of the cloud: nothing is searched, the row is shown. */
static void
test_unknown_company (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *kept = ui_keep_tenant (driver, tenant, "own-server");

  show_result (driver, kept, PSA_CAUSE_UNKNOWN_COMPANY);
  g_assert_null (ui_find_button (driver->window, "Find My Region…"));
  ui_form_press (driver->window, "Edit Connection");
  ui_form_await (driver);
  ui_wait (ui_form_has_focus (driver, "Username"));
  close_form (driver);
}

/* A secret whose profile is gone is shown, and it is the user alone who removes it: not before the question is
 * answered so. */
static void
test_stored_secrets (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autofree char *id = g_uuid_string_random ();
  AdwDialog *dialog;

  ui_sample_store (driver, id, "Password of Fabrikam");
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.show-secrets", NULL);
  ui_wait ((dialog = ui_get_dialog (driver)) != NULL &&
           ui_find_row (dialog, "Password of Fabrikam") != NULL);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (dialog), "secrets.remove", "s", id);
      ui_wait (ADW_IS_ALERT_DIALOG (ui_get_dialog (driver)));
      g_assert_true (ui_keyring_holds (driver, id, UI_PASSWORD));
      ui_answer (driver, i == 0 ? "Cancel" : "Remove");
      g_assert_true (ui_get_dialog (driver) == dialog);
      /* Once it is being removed, the list is no longer shown. */
      g_assert_true ((ui_find_row (dialog, "Password of Fabrikam") != NULL) == (i == 0));
    }
  ui_wait (ui_keyring_holds (driver, id, NULL));
  ui_wait (ui_find_row (dialog, "Password of Fabrikam") == NULL);
  adw_dialog_force_close (dialog);
  ui_wait (ui_get_dialog (driver) == NULL);
}

void
add_fixes_tests (void)
{
  g_test_add_func ("/fixes/portal", test_portal);
  keyring_add_case ("/fixes/unlock", KEYRING_UNLOCKED, test_unlock);
  g_test_add_func ("/fixes/stored-secrets", test_stored_secrets);
  g_test_add_func ("/fixes/secret-missing", test_secret_missing);
  g_test_add_func ("/fixes/version", test_version);
  g_test_add_func ("/fixes/unknown-company", test_unknown_company);
}
