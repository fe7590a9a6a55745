/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-permissions-dialog.h"
#include "ui-form.h"

/* The pictures that software centres show, by the window itself. data/screenshots/update starts it. */

#define WIDTH 920
#define HEIGHT 562
#define MARGIN 40 /* around the window, for its shadow */
#define CORNER 15 /* as libadwaita rounds a window */

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
  psa_profile_set_needs (draft, WORDS ("company", "service", "sales"));
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

/* The window as a desktop shows it, on nothing: no picture of a widget has the shadow that is around it. */
static void
take (UiDriver *driver, const char *name)
{
  static const GdkRGBA dark = { 0, 0, 0, 0.25f };
  g_autofree char *base = g_strconcat (name, ".png", NULL);
  g_autofree char *file = g_build_filename (g_getenv ("PSA_PICTURES"), base, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) window = NULL;
  g_autoptr(GdkTexture) whole = NULL;
  g_autoptr(GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (MARGIN, MARGIN, WIDTH, HEIGHT);
  graphene_rect_t picture = GRAPHENE_RECT_INIT (0, 0, WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN);
  GskRoundedRect outline;

  ui_picture (driver, name);
  window = gdk_texture_new_from_filename (file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (window), ==, WIDTH);
  g_assert_cmpint (gdk_texture_get_height (window), ==, HEIGHT);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, CORNER);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &dark, 0, 2, 0, 8);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &dark, 0, 6, 0, 28);
  /* In its corners the picture has a piece of the window's own shadow. */
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_texture (snapshot, window, &bounds);
  gtk_snapshot_pop (snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  whole = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (driver->window)), node,
                                       &picture);
  g_assert_true (gdk_texture_save_to_png (whole, file));
}

static void
take_page (UiDriver *driver, const char *profile, const char *picture)
{
  ui_select (driver, find (driver, profile));
  gtk_window_set_focus (GTK_WINDOW (driver->window), NULL);
  take (driver, picture);
}

static void
take_form (UiDriver *driver)
{
  AdwDialog *form = ui_form_add (driver);

  ui_form_type (form, "Hostname", "api-na.myconnectwise.net");
  ui_form_type (form, "API Version", "2025.1");
  gtk_editable_set_position (ui_form_row (form, "Hostname"), -1);
  take (driver, "form");
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* A role as an integration gets one: it reads, and writes only the tickets. */
static const struct
{
  PsaModule module;
  guint n_readable;
  PsaLevel reads;
  PsaLevel writes;
  const char *missing[4];
} role[] = {
  { PSA_MODULE_COMPANY, 13, PSA_LEVEL_ALL, PSA_LEVEL_NONE, { NULL } },
  { PSA_MODULE_SERVICE, 16, PSA_LEVEL_ALL, PSA_LEVEL_ALL, { NULL } },
  { PSA_MODULE_PROJECT,
    9,
    PSA_LEVEL_ALL,
    PSA_LEVEL_NONE,
    { "Project Finances", "Project Templates", NULL } },
  { PSA_MODULE_TIME, 6, PSA_LEVEL_MY, PSA_LEVEL_NONE, { NULL } },
  { PSA_MODULE_FINANCE,
    0,
    PSA_LEVEL_NONE,
    PSA_LEVEL_NONE,
    { "Agreements", "Invoicing", "Billing View", NULL } },
  { PSA_MODULE_PROCUREMENT, 7, PSA_LEVEL_ALL, PSA_LEVEL_NONE, { "Purchase Orders", NULL } },
  { PSA_MODULE_SALES, 11, PSA_LEVEL_ALL, PSA_LEVEL_NONE, { NULL } },
  { PSA_MODULE_SYSTEM, 4, PSA_LEVEL_ALL, PSA_LEVEL_NONE, { NULL } },
};

static PsaPermissions *
create_permissions (PsaProfile *profile)
{
  PsaPermissions *permissions = psa_permissions_new (profile);

  permissions->asked_at = g_get_real_time ();
  permissions->from_matrix = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (role); i++)
    {
      for (guint j = 0; j < role[i].n_readable; j++)
        psa_permissions_add (permissions, role[i].module, "A right", role[i].reads);
      for (guint j = 0; role[i].missing[j] != NULL; j++)
        psa_permissions_add (permissions, role[i].module, role[i].missing[j], PSA_LEVEL_NONE);
    }
  for (guint i = 0; i < permissions->rights->len; i++)
    {
      PsaRight *right = permissions->rights->pdata[i];

      right->add = right->edit = role[right->module].writes;
      right->remove = PSA_LEVEL_NONE;
    }
  return permissions;
}

/* What a key may do, where something that the connection needs is refused. */
static void
take_permissions (UiDriver *driver)
{
  PsaMonitor *monitor = ui_get_monitor (driver);
  PsaProfile *profile = find (driver, "Tailspin Toys");
  PsaStatus *status = psa_monitor_get_status (monitor, profile);
  g_autoptr(PsaPermissions) permissions = create_permissions (profile);
  AdwDialog *dialog;

  g_assert_true (psa_status_set_permissions (status, permissions));
  ui_select (driver, profile);
  dialog = psa_permissions_dialog_new (monitor, status);
  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_settle ();
  gtk_window_set_focus (GTK_WINDOW (driver->window), NULL);
  take (driver, "permissions");
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
