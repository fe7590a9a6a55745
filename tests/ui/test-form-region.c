/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-field-note.h"
#include "psa-region-dialog.h"
#include "ui-form.h"
#include "ui-tests.h"
#include "vendor-site.h"

#include <glib/gstdio.h>

/* Find My Region and the fixes that fill the form, at the vendor's own names: all sites of the cloud
 * run, each with companies of its own. */

#define NA "api-na.myconnectwise.net"
#define EU "api-eu.myconnectwise.net"
#define ZA "api-za.myconnectwise.net"
#define SANDBOX "sandbox-na.myconnectwise.net"
#define WEB "na.myconnectwise.net"

static const struct
{
  const char *name;
  const char *companies;
} hosts[] = {
  { NA, "keys-404-twice,silent" },
  { EU, "old-companyinfo,keys-404-twice" },
  { ZA, "own-server" },
  { SANDBOX, "own-server" },
  { WEB, "ssl-required" },
  { "api-au.myconnectwise.net", "counts" },
  { "api-aus.myconnectwise.net", "counts" },
  { "api-staging.connectwisedev.com", "counts" },
  { "sandbox-eu.myconnectwise.net", "counts" },
  { "sandbox-au.myconnectwise.net", "counts" },
};

typedef struct
{
  PracticeFixture *tenant;
  char *record;
} Site;

static Site sites[G_N_ELEMENTS (hosts)];
static char *folder;

static void
end_sites (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *authority = g_strconcat (sites[i].record, ".pem", NULL);

      practice_fixture_free (sites[i].tenant);
      g_unlink (sites[i].record);
      g_unlink (authority);
      g_free (sites[i].record);
    }
  g_rmdir (folder);
  g_free (folder);
}

static void
start_sites (void)
{
  g_autoptr(GError) error = NULL;

  folder = g_dir_make_tmp ("psa-sites-XXXXXX", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      sites[i].record = g_build_filename (folder, hosts[i].name, NULL);
      sites[i].tenant = vendor_site_new (hosts[i].name, hosts[i].companies, sites[i].record);
    }
  atexit (end_sites);
}

/* The sites outlive the tests: the program reads whom the system trusts once. */
static UiDriver *
open_at_sites (void)
{
  if (folder == NULL)
    start_sites ();
  return ui_open ();
}

static PracticeFixture *
get_tenant (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_str_equal (hosts[i].name, name))
      return sites[i].tenant;
  g_assert_not_reached ();
}

static guint
count_signed (void)
{
  guint n_signed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    n_signed += vendor_site_count_signed (sites[i].record);
  return n_signed;
}

static void
fill (AdwDialog *form, const char *hostname, const char *company, const char *keys_of)
{
  PracticeFixture *tenant = get_tenant (keys_of);
  g_autofree char *username = g_strdup_printf ("%s+%s", company, tenant->public_key);

  ui_form_type (form, "Hostname", hostname);
  ui_form_type (form, "Client ID", tenant->client_id);
  ui_form_type (form, "Username", username);
  ui_form_type (form, "Password", tenant->private_key);
}

static AdwDialog *
await_region (UiDriver *driver)
{
  ui_wait (PSA_IS_REGION_DIALOG (ui_get_dialog (driver)));
  return ui_get_dialog (driver);
}

static AdwDialog *
find_region (UiDriver *driver, AdwDialog *form)
{
  gtk_widget_activate (ui_find_row (form, "Find My _Region…"));
  return await_region (driver);
}

static void
await_form (UiDriver *driver, AdwDialog *form)
{
  ui_wait (ui_get_dialog (driver) == form);
  ui_settle ();
}

static void
close_form (UiDriver *driver, AdwDialog *form)
{
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
}

/* One site has it: hostname and version are filled in, and nothing was sent but the company ID. */
static void
test_one (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  guint n_signed = count_signed ();

  fill (form, "", "old-companyinfo", EU);
  find_region (driver, form);
  await_form (driver, form);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, EU);
  g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "2025.1");
  g_assert_true (ui_form_has_focus (driver, "Hostname"));
  g_assert_nonnull (ui_find_button (form, "Connect"));
  g_assert_cmpuint (count_signed (), ==, n_signed);

  ui_form_press (form, "Connect");
  ui_wait (ui_get_dialog (driver) == NULL);
  ui_settle ();
  g_assert_nonnull (ui_find_label (driver->window, "You are now connected to Practice MSP"));
  g_assert_cmpuint (count_signed (), >, n_signed);
}

/* Several have it: the user chooses, and what was typed stays until then. */
static void
test_several (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  guint n_signed = count_signed ();
  AdwDialog *dialog;

  fill (form, "cw.example.com", "own-server", ZA);
  dialog = find_region (driver, form);
  ui_wait (ui_form_find_text (dialog, "is on 2 sites of the cloud") != NULL);
  g_assert_nonnull (ui_form_find_text (dialog, "Choose the one"));
  g_assert_null (ui_find_row (dialog, NA)); /* only those that have it are left */
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, "cw.example.com");
  ui_form_press (ui_find_row (dialog, SANDBOX), "Use");
  await_form (driver, form);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, SANDBOX);
  g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "2025.1");
  g_assert_cmpuint (count_signed (), ==, n_signed);
  close_form (driver, form);
}

/* None has it: what and what now, and the form is as it was. */
static void
test_none (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  AdwDialog *dialog;

  fill (form, NA, "nobody", NA);
  dialog = find_region (driver, form);
  ui_wait (ui_form_find_text (dialog, "No known site of the cloud has the company “nobody”.") !=
           NULL);
  g_assert_nonnull (ui_form_find_text (dialog, "PSA login screen"));
  g_assert_nonnull (ui_find_row (dialog, EU));
  g_assert_null (ui_find_button (dialog, "Use"));
  g_assert_true (ui_press_key (driver, "Escape"));
  await_form (driver, form);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, NA);
  g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "");
  close_form (driver, form);
}

/* Without a username the company ID is typed there. */
static void
test_typed (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  AdwDialog *dialog = find_region (driver, form);

  ui_wait (ui_find_button (dialog, "Find") != NULL);
  ui_form_press (dialog, "Find");
  g_assert_nonnull (ui_form_find_text (dialog, "Enter the company ID"));
  ui_form_type (dialog, "Company ID", "old-companyinfo+key");
  ui_form_press (dialog, "Find");
  g_assert_nonnull (ui_form_find_text (dialog, "This cannot be a company ID"));
  g_assert_nonnull (ui_find_button (dialog, "Find"));
  ui_form_type (dialog, "Company ID", " old-companyinfo ");
  ui_form_press (dialog, "Find");
  await_form (driver, form);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, EU);
  close_form (driver, form);
}

/* What is waited for can be stopped, by its button and by closing. */
static void
test_stop (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  AdwDialog *dialog;

  fill (form, "cw.example.com", "silent", NA);
  dialog = find_region (driver, form);
  ui_wait (ui_form_find_text (dialog, "Asked 8 of 9 sites…") != NULL);
  ui_form_press (dialog, "Stop");
  g_assert_nonnull (ui_form_find_text (dialog, "The search was stopped."));
  g_assert_null (ui_find_row (dialog, EU));
  ui_form_press (dialog, "Find");
  ui_wait (ui_form_find_text (dialog, "Asked 8 of 9 sites…") != NULL);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  adw_dialog_force_close (dialog);
  await_form (driver, form);
  ui_wait (dialog == NULL); /* no answer is waited for any more */
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, "cw.example.com");
  close_form (driver, form);
}

/* The company is not known where it was looked for: the next step is the search. */
static void
test_fix_unknown_company (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  guint n_signed = count_signed ();

  fill (form, NA, "old-companyinfo", EU);
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  g_assert_nonnull (ui_form_find_text (form, "The company “old-companyinfo” is not known on " NA));
  ui_form_press (form, "Find My Region…");
  await_region (driver);
  await_form (driver, form);
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, EU);
  g_assert_null (ui_find_label (form, "Needs correction"));
  g_assert_cmpuint (count_signed (), ==, n_signed);
  close_form (driver, form);
}

/* [N10] The server names another host of the vendor: it is offered, and asked only after Connect. */
static void
test_fix_named_host (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  guint n_signed;

  fill (form, EU, "keys-404-twice", EU);
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  g_assert_nonnull (ui_form_find_text (form, "Replace the hostname by " NA));
  g_assert_cmpuint (vendor_site_count_signed (sites[0].record), ==, 0);
  n_signed = count_signed ();
  ui_form_press (form, "Use the Tenant’s Host");
  ui_settle ();
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, NA);
  g_assert_cmpuint (count_signed (), ==, n_signed);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) ==
                 ui_find_button (form, "Connect"));
  close_form (driver, form);
}

/* The web address has its API. */
static void
test_fix_web_host (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  AdwDialog *form = ui_form_add (driver);
  guint n_signed;

  fill (form, WEB, "ssl-required", WEB);
  ui_form_press (form, "Connect");
  ui_form_await_failed (form, "Needs correction");
  n_signed = count_signed ();
  ui_form_press (form, "Use the API Host");
  ui_settle ();
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, NA);
  g_assert_null (ui_find_label (form, "Needs correction"));
  g_assert_cmpuint (count_signed (), ==, n_signed);
  close_form (driver, form);
}

/* From the tenant's page the same step opens the form first. */
static void
test_fix_from_page (void)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  PsaProfile *profile = ui_sample_keep (driver, "Contoso IT", NA, "old-companyinfo+key",
                                        PSA_CAUSE_UNKNOWN_COMPANY, 2);
  AdwDialog *form;

  ui_select (driver, profile);
  ui_form_press (driver->window, "Find My Region…");
  ui_wait (ui_get_dialog (driver) != NULL);
  await_region (driver);
  ui_wait (PSA_IS_CONNECTION_FORM (ui_get_dialog (driver)));
  form = ui_get_dialog (driver);
  ui_wait (ui_find_row (form, "Hostname") != NULL);
  ui_wait (g_str_equal (ui_form_read (form, "Hostname"), EU));
  g_assert_cmpstr (psa_profile_get_host (profile), ==, NA); /* nothing is kept before Connect */
  close_form (driver, form);
}

static void
take_pictures (const char *look, int width, int height)
{
  g_autoptr(UiDriver) driver = open_at_sites ();
  g_autofree char *several = g_strdup_printf ("region-several-%s", look);
  g_autofree char *none = g_strdup_printf ("region-none-%s", look);
  AdwDialog *form;
  AdwDialog *dialog;

  gtk_window_set_default_size (GTK_WINDOW (driver->window), width, height);
  ui_settle ();
  form = ui_form_add (driver);
  fill (form, "", "own-server", ZA);
  dialog = find_region (driver, form);
  ui_wait (ui_form_find_text (dialog, "is on 2 sites of the cloud") != NULL);
  ui_settle ();
  ui_picture (driver, several);
  ui_form_type (dialog, "Company ID", "nobody");
  ui_form_press (dialog, "Find");
  ui_wait (ui_form_find_text (dialog, "No known site of the cloud has") != NULL);
  ui_settle ();
  ui_picture (driver, none);
  adw_dialog_force_close (dialog);
  await_form (driver, form);
  close_form (driver, form);
}

/* For eyes, as the other pictures are. */
static void
test_pictures (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  take_pictures ("light", 960, 860);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  take_pictures ("narrow-dark", 360, 680);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  take_pictures ("rtl", 960, 860);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

void
add_form_region_tests (void)
{
  g_test_add_func ("/form-region/one", test_one);
  g_test_add_func ("/form-region/several", test_several);
  g_test_add_func ("/form-region/none", test_none);
  g_test_add_func ("/form-region/typed", test_typed);
  g_test_add_func ("/form-region/stop", test_stop);
  g_test_add_func ("/form-region/fix-unknown-company", test_fix_unknown_company);
  g_test_add_func ("/form-region/fix-named-host", test_fix_named_host);
  g_test_add_func ("/form-region/fix-web-host", test_fix_web_host);
  g_test_add_func ("/form-region/fix-from-page", test_fix_from_page);
  g_test_add_func ("/form-region/pictures", test_pictures);
}
