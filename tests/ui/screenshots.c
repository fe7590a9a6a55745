/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-ui"

#include "practice-fixture.h"
#include "psa-permissions-dialog.h"
#include "ui-form.h"

/* The pictures that software centres show, by the window itself. data/screenshots/update starts it. */

#define WIDTH 1000
#define HEIGHT 562 /* 16:9 */

static void
resize (UiDriver *driver)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), WIDTH, HEIGHT);
  ui_settle ();
}

/* No two tenants are as fast as each other, nor called alike. */
static void
tell_apart (PsaResult *result, const char *company, guint pace)
{
  double whole = 0;

  if (result->tenant->company != NULL)
    g_set_str (&result->tenant->company, company);
  for (PsaStage stage = PSA_STAGE_RESOLVE; stage < PSA_STAGE_VERSION; stage++)
    {
      PsaStageReport *report = psa_result_get_stage (result, stage);
      PsaStageResult ended = psa_stage_report_get_result (report);
      g_autofree char *detail = g_strdup (psa_stage_report_get_detail (report));
      double ms = psa_stage_report_get_ms (report) * (0.6 + pace / 20.0) + stage * pace % 7;

      if (ended != PSA_STAGE_PASSED && ended != PSA_STAGE_FAILED)
        continue;
      if (stage == PSA_STAGE_COMPANY)
        g_set_str (&detail, company);
      psa_stage_report_start (report, whole);
      psa_stage_report_end (report, ended, ms, detail);
      whole += ms;
    }
  result->duration_ms = whole;
}

static void
keep (UiDriver *driver,
      const char *name,
      const char *host,
      const char *username,
      PsaEnvironment environment,
      PsaCause cause,
      guint minutes_ago)
{
  g_autoptr(PsaProfile) draft = ui_sample_draft (name, host, 443, username);
  PsaProfile *profile;

  psa_profile_set_environment (draft, environment);
  profile = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  if (cause != PSA_CAUSE_NEVER_CHECKED)
    {
      g_autoptr(PsaResult) result = ui_sample_result (profile, cause, minutes_ago);

      tell_apart (result, name, g_str_hash (host) % 23);
      ui_record (driver, profile, result);
    }
}

static PsaProfile *
find (UiDriver *driver, const char *name)
{
  PsaStore *store = ui_get_store (driver);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (g_str_equal (psa_profile_get_name (profile), name))
        return profile; /* the store holds it */
    }
  g_error ("There is no “%s”", name);
}

static void
fill (UiDriver *driver)
{
  keep (driver, "Contoso IT", "api-na.myconnectwise.net", "contoso+Rk7pWq2mXv",
        PSA_ENVIRONMENT_PRODUCTION, PSA_CAUSE_OK, 2);
  keep (driver, "Contoso IT Staging", "api-staging.connectwisedev.com", "contoso+Zt4nBd9sLc",
        PSA_ENVIRONMENT_STAGING, PSA_CAUSE_OK, 2);
  keep (driver, "Fabrikam", "api-eu.myconnectwise.net", "fabrikam+Hy3vKm8tQa",
        PSA_ENVIRONMENT_PRODUCTION, PSA_CAUSE_KEYS_REJECTED, 3);
  keep (driver, "Adatum", "cw.adatum.com", "adatum+Pn6xGf1wJe", PSA_ENVIRONMENT_PRODUCTION,
        PSA_CAUSE_CERTIFICATE_UNTRUSTED, 12);
  keep (driver, "Tailspin Toys", "api-au.myconnectwise.net", "tailspin+Vb5cRz7yUd",
        PSA_ENVIRONMENT_PRODUCTION, PSA_CAUSE_OK, 4);
  keep (driver, "Wingtip", "api-na.myconnectwise.net", "wingtip+Lm2kSj9qWh",
        PSA_ENVIRONMENT_SANDBOX, PSA_CAUSE_NEVER_CHECKED, 0);
  keep (driver, "Northwind", "psa.northwind.example", "northwind+Dx8hTg4rNb",
        PSA_ENVIRONMENT_PRODUCTION, PSA_CAUSE_SLOW, 9);
  keep (driver, "Litware", "api-na.myconnectwise.net", "litware+Wc9yFs3kPj",
        PSA_ENVIRONMENT_PRODUCTION, PSA_CAUSE_OK, 6);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
}

static void
take_page (UiDriver *driver, const char *profile, const char *picture)
{
  ui_select (driver, find (driver, profile));
  gtk_window_set_focus (GTK_WINDOW (driver->window), NULL);
  ui_picture (driver, picture);
}

static void
take_form (UiDriver *driver)
{
  AdwDialog *form = ui_form_add (driver);

  ui_form_type (form, "Hostname", "api-na.myconnectwise.net");
  ui_form_type (form, "API Version", "2025.1");
  gtk_editable_set_position (ui_form_row (form, "Hostname"), -1);
  ui_picture (driver, "form");
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* What a key may do, as the practice tenant tells it; the name puts its row, which has another address, out of sight. */
static void
take_permissions (UiDriver *driver)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  PsaProfile *profile = ui_keep_tenant (driver, tenant, "rights-matrix");
  g_autoptr(PsaProfile) name = psa_profile_copy (profile);
  PsaMonitor *monitor = ui_get_monitor (driver);
  AdwDialog *dialog;
  GtkWidget *list;

  psa_profile_set_name (name, "Woodgrove Bank");
  ui_keep (driver, name, tenant->client_id, tenant->private_key);
  dialog = psa_permissions_dialog_new (monitor, psa_monitor_get_status (monitor, profile));
  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_settle ();
  ui_form_press (dialog, "Check Permissions");
  ui_wait (ui_find_row (dialog, "Finance") != NULL);
  gtk_window_set_focus (GTK_WINDOW (driver->window), NULL);
  list = gtk_widget_get_ancestor (ui_find_type (driver->window, GTK_TYPE_LIST_VIEW),
                                  GTK_TYPE_SCROLLED_WINDOW);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (list)), 0);
  ui_settle ();
  list = ui_find_type (dialog, GTK_TYPE_SCROLLED_WINDOW); /* what it may not is at the end */
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (list)),
                            G_MAXDOUBLE);
  ui_picture (driver, "permissions");
  adw_dialog_force_close (dialog);
  ui_wait (ui_get_dialog (driver) == NULL);
}

static void
test_take (void)
{
  g_autoptr(UiDriver) driver = ui_open ();

  resize (driver);
  fill (driver);
  take_page (driver, "Contoso IT", "list");
  take_page (driver, "Fabrikam", "rejected");
  take_form (driver);
  take_permissions (driver);
}

static void
add_tests (void)
{
  g_test_add_func ("/screenshots/take", test_take);
}

int
main (int argc, char *argv[])
{
  return ui_run (argc, argv, add_tests);
}
