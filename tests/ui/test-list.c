/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-fixture.h"
#include "psa-age.h"
#include "psa-document.h"
#include "psa-profile-row.h"
#include "ui-samples.h"
#include "ui-tests.h"

#include <glib/gstdio.h>
#include <string.h>

#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)

static void
assert_age (gint64 minutes, const char *is_short, const char *sentence)
{
  gint64 now = (gint64) 1800000000 * G_USEC_PER_SEC;
  g_autofree char *row = psa_age_dup_text (now - minutes * MINUTE, now, PSA_AGE_SHORT);
  g_autofree char *page = psa_age_dup_text (now - minutes * MINUTE, now, PSA_AGE_SENTENCE);

  g_assert_cmpstr (row, ==, is_short);
  g_assert_cmpstr (page, ==, sentence);
}

static void
test_ages (void)
{
  g_autofree char *past_month = NULL;

  assert_age (0, "now", "Checked just now");
  assert_age (-90, "now", "Checked just now"); /* the clock was set back */
  assert_age (1, "1 min", "Checked 1 minute ago");
  assert_age (59, "59 min", "Checked 59 minutes ago");
  assert_age (60, "1 h", "Checked 1 hour ago");
  assert_age (23 * 60, "23 h", "Checked 23 hours ago");
  assert_age (24 * 60, "1 day", "Checked 1 day ago");
  assert_age (30 * 24 * 60, "30 days", "Checked 30 days ago");
  past_month = psa_age_dup_text (0, 40 * 24 * 60 * MINUTE, PSA_AGE_SENTENCE);
  g_assert_true (g_str_has_prefix (past_month, "Checked on "));
  g_assert_false (psa_age_is_old (0, 23 * 60 * MINUTE));
  g_assert_true (psa_age_is_old (0, 24 * 60 * MINUTE));
}

static GListModel *
get_rows (UiDriver *driver)
{
  return G_LIST_MODEL (
      gtk_list_view_get_model (GTK_LIST_VIEW (ui_find_type (driver->window, GTK_TYPE_LIST_VIEW))));
}

static const char *
get_title (GListModel *rows, guint position)
{
  g_autoptr(PsaStatus) status = g_list_model_get_item (rows, position);

  g_assert_nonnull (status);
  return psa_profile_get_title (psa_status_get_profile (status)); /* the store holds it */
}

static gboolean
is_selected (UiDriver *driver, PsaProfile *profile)
{
  GListModel *rows = get_rows (driver);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(PsaStatus) status = g_list_model_get_item (rows, i);

      if (psa_status_get_profile (status) == profile)
        return gtk_selection_model_is_selected (GTK_SELECTION_MODEL (rows), i);
    }
  return FALSE;
}

static void
search (UiDriver *driver, const char *text)
{
  GtkWidget *entry;

  g_assert_true (ui_press_key (driver, "<Control>f"));
  entry = ui_find_type (driver->window, GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
test_sort_and_search (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  GListModel *rows;

  g_assert_cmpstr (ui_get_view (driver), ==, "empty");
  ui_sample_keep (driver, "tailspin", "api-eu.myconnectwise.net", "tsp+k1234567",
                  PSA_CAUSE_NEVER_CHECKED, 0);
  ui_sample_keep (driver, "Contoso IT", "api-na.myconnectwise.net", "contoso+k1234567", PSA_CAUSE_OK,
                  2);
  ui_sample_keep (driver, "Adatum", "cw.adatum.com", "adt+k1234567",
                  PSA_CAUSE_CERTIFICATE_UNTRUSTED, 5);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  rows = get_rows (driver);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  ui_wait (g_str_equal (get_title (rows, 0), "Adatum")); /* needs attention */
  g_assert_cmpstr (get_title (rows, 1), ==, "Contoso IT");
  g_assert_cmpstr (get_title (rows, 2), ==, "tailspin");

  /* name, host and company ID, in any case */
  search (driver, "CONTOSO");
  ui_wait (g_list_model_get_n_items (rows) == 1);
  g_assert_cmpstr (get_title (rows, 0), ==, "Contoso IT");
  search (driver, "adatum.com");
  ui_wait (g_list_model_get_n_items (rows) == 1 && g_str_equal (get_title (rows, 0), "Adatum"));
  search (driver, "tsp");
  ui_wait (g_list_model_get_n_items (rows) == 1 && g_str_equal (get_title (rows, 0), "tailspin"));

  search (driver, "is:attention");
  ui_wait (g_list_model_get_n_items (rows) == 1 && g_str_equal (get_title (rows, 0), "Adatum"));

  search (driver, "nobody");
  ui_wait (g_list_model_get_n_items (rows) == 0);
  ui_wait (ui_find_label (driver->window, "No Results Found") != NULL);
  gtk_widget_activate (ui_find_button (driver->window, "Clear Search"));
  ui_wait (g_list_model_get_n_items (rows) == 3);
  ui_wait (ui_find_label (driver->window, "No Results Found") == NULL);
}

static void
choose (UiDriver *driver, const char *action, const char *target)
{
  g_assert_true (gtk_widget_activate_action (ui_find_type (driver->window, GTK_TYPE_LIST_VIEW),
                                             action, "s", target));
}

static void
assert_titles (UiDriver *driver, const char *const *titles)
{
  GListModel *rows = get_rows (driver);

  for (guint i = 0; titles[i] != NULL; i++)
    ui_wait (g_str_equal (get_title (rows, i), titles[i]));
}

/* The order of the menu, in sections that say what they are, and that move on with what is found. */
static void
test_sections (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *zeta =
      ui_sample_keep (driver, "Zeta", "api-eu.myconnectwise.net", "z+k1234567", PSA_CAUSE_OK, 9);
  PsaProfile *beta =
      ui_sample_keep (driver, "Beta", "cw.beta.com", "b+k1234567", PSA_CAUSE_TIMED_OUT, 2);
  g_autoptr(PsaResult) good = ui_sample_result (beta, PSA_CAUSE_OK, 0);
  g_autoptr(PsaProfile) favourite = psa_profile_copy (zeta);
  g_autoptr(PsaProfile) sandbox = NULL;

  ui_sample_keep (driver, "Alpha", "api-na.myconnectwise.net", "a+k1234567",
                  PSA_CAUSE_NEVER_CHECKED, 0);
  assert_titles (driver, WORDS ("Beta", "Alpha", "Zeta"));
  ui_wait (ui_find_label (driver->window, "Needs Attention") != NULL);
  ui_wait (ui_find_label (driver->window, "All Others") != NULL);

  psa_profile_set_favourite (favourite, TRUE);
  ui_keep (driver, favourite, UI_CLIENT_ID, UI_PASSWORD);
  assert_titles (driver, WORDS ("Beta", "Zeta", "Alpha"));
  ui_wait (ui_find_label (driver->window, "Favourites") != NULL);

  ui_record (driver, beta, good); /* mended: it goes down to the others by itself */
  assert_titles (driver, WORDS ("Zeta", "Alpha", "Beta"));
  ui_wait (ui_find_label (driver->window, "Needs Attention") == NULL);

  sandbox = psa_profile_copy (beta);
  psa_profile_set_environment (sandbox, PSA_ENVIRONMENT_SANDBOX);
  ui_keep (driver, sandbox, UI_CLIENT_ID, UI_PASSWORD);
  choose (driver, "view.grouping", "environment");
  assert_titles (driver, WORDS ("Zeta", "Alpha", "Beta"));
  choose (driver, "view.sort-order", "recent");
  choose (driver, "view.grouping", "state");
  ui_wait (ui_find_label (driver->window, "Not checked") != NULL);
  assert_titles (driver, WORDS ("Alpha", "Zeta", "Beta"));
  choose (driver, "view.sort-order", "name");
  choose (driver, "view.grouping", "attention");
}

/* What a search hides stays on the page: typing does not switch from one tenant to another. */
static void
test_search_keeps_page (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *contoso =
      ui_sample_keep (driver, "Contoso IT", "api-na.myconnectwise.net", "contoso+k1234567",
                      PSA_CAUSE_OK, 2);
  g_autoptr(PsaStatus) shown = NULL;

  ui_sample_keep (driver, "Adatum", "cw.adatum.com", "adt+k1234567", PSA_CAUSE_NEVER_CHECKED, 0);
  ui_wait (g_str_equal (ui_get_view (driver), "profiles"));
  ui_select (driver, contoso);
  search (driver, "adatum");
  ui_wait (g_list_model_get_n_items (get_rows (driver)) == 1);
  g_object_get (driver->window, "status", &shown, NULL);
  g_assert_true (psa_status_get_profile (shown) == contoso);

  /* Shown again, its row is the selected one. */
  search (driver, "");
  ui_wait (g_list_model_get_n_items (get_rows (driver)) == 2);
  g_assert_true (is_selected (driver, contoso));
}

/* What the list has around a row. */
static GtkWidget *
get_item (GtkWidget *row)
{
  return gtk_widget_get_parent (gtk_widget_get_parent (row));
}

static void
test_row_names (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *contoso =
      ui_sample_keep (driver, "Contoso <b>IT</b>", "api-na.myconnectwise.net", "contoso+k1234567",
                      PSA_CAUSE_OK, 2);
  PsaStatus *status = psa_monitor_get_status (ui_get_monitor (driver), contoso);
  g_autofree char *name = psa_profile_row_dup_name (status);
  GtkWidget *row = NULL;

  g_assert_cmpstr (name, ==, "Contoso <b>IT</b>, Connected, Production, Checked 2 minutes ago");
  ui_wait ((row = ui_find_type (driver->window, PSA_TYPE_PROFILE_ROW)) != NULL);
  g_assert_nonnull (ui_find_label (row, "Contoso <b>IT</b>"));
  g_assert_nonnull (ui_find_label (row, "contoso · api-na.myconnectwise.net"));
  g_assert_nonnull (ui_find_label (row, "2 min"));
  g_assert_nonnull (ui_find_label (row, "Production"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_item (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
write_many (guint n_profiles)
{
  g_autofree char *folder = psa_store_dup_default_folder ();
  g_autofree char *file = g_build_filename (folder, "profiles.json", NULL);
  g_autoptr(PsaDocument) document = psa_document_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n_profiles; i++)
    {
      g_autofree char *name = g_strdup_printf ("Tenant %05u", (i * 7919) % n_profiles);
      g_autoptr(PsaProfile) draft =
          ui_sample_draft (name, "api-na.myconnectwise.net", 443, "many+k1234567");
      g_autoptr(PsaProfile) kept = psa_document_put (document, draft, NULL, FALSE);
    }
  bytes = psa_document_serialize (document);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents_full (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                            G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n_rows = PSA_IS_PROFILE_ROW (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_rows += count_rows (child);
  return n_rows;
}

static void
assert_shows (UiDriver *driver, const char *title)
{
  g_autofree char *spoken = g_strdup_printf ("%s, Not checked, Production", title);
  GtkWidget *label = NULL;

  ui_wait ((label = ui_find_label (driver->window, title)) != NULL);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (get_item (gtk_widget_get_ancestor (label, PSA_TYPE_PROFILE_ROW))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
}

/* Ten thousand profiles are a list like any other: only what is on screen has rows, and they are of it. */
static void
test_ten_thousand (void)
{
  g_autoptr(UiDriver) driver = NULL;
  GListModel *rows;
  GtkListView *list;

  write_many (10000);
  driver = ui_open ();
  rows = get_rows (driver);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 10000);
  g_assert_cmpstr (get_title (rows, 0), ==, "Tenant 00000");
  g_assert_cmpstr (get_title (rows, 9999), ==, "Tenant 09999");
  g_assert_cmpuint (count_rows (GTK_WIDGET (driver->window)), <, 50);
  assert_shows (driver, "Tenant 00000");
  list = GTK_LIST_VIEW (ui_find_type (driver->window, GTK_TYPE_LIST_VIEW));
  gtk_list_view_scroll_to (list, 9999, GTK_LIST_SCROLL_NONE, NULL);
  assert_shows (driver, "Tenant 09999");
  gtk_list_view_scroll_to (list, 0, GTK_LIST_SCROLL_NONE, NULL);
  assert_shows (driver, "Tenant 00000");

  search (driver, "t");
  search (driver, "tenant 0777");
  ui_turn ();
  search (driver, "tenant 07777");
  ui_wait (g_list_model_get_n_items (rows) == 1);
  g_assert_cmpstr (get_title (rows, 0), ==, "Tenant 07777");
  assert_shows (driver, "Tenant 07777");
  search (driver, "");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 10000);
  choose (driver, "view.sort-order", "recent");
  choose (driver, "view.sort-order", "name");
}

/* Nothing to be seen moves, so no frame is drawn. */
static void
test_at_rest (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  PsaProfile *profile = ui_sample_keep (driver, "Contoso IT", "cw.contoso.com", "contoso+k1234567",
                                        PSA_CAUSE_OK, 2);

  g_assert_true (ui_settle ());
  ui_select (driver, profile);
  g_assert_true (ui_settle ());
}

void
add_list_tests (void)
{
  g_test_add_func ("/list/at-rest", test_at_rest);
  g_test_add_func ("/f6-clock/ages", test_ages);
  g_test_add_func ("/list/sort-and-search", test_sort_and_search);
  g_test_add_func ("/list/sections", test_sections);
  g_test_add_func ("/list/search-keeps-page", test_search_keeps_page);
  g_test_add_func ("/list/row-names", test_row_names);
  g_test_add_func ("/list/ten-thousand", test_ten_thousand);
}
