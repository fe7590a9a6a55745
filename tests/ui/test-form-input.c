/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-form.h"
#include "ui-tests.h"

#include <string.h>

/* What is typed in the form is judged where it is typed, and never lost. Nothing here gets so far
 * that a check runs. */

#define HOSTNAME "cw.example.com:8443"
#define USERNAME "contoso+k1234567"
#define BASE_URL "Base URL: https://cw.example.com:8443/v4_6_release/apis/3.0"

static const char *const rows[] = { "Hostname", "API Version", "Client ID", "Username",
                                    "Password" };
static const char *const good[] = { HOSTNAME, "2025.1", UI_CLIENT_ID, USERNAME, UI_PASSWORD };

/* What cannot be used, and a part of the sentence that says so. */
static const struct
{
  const char *row;
  const char *text;
  const char *said;
} mistakes[] = {
  { "Hostname", "", "Enter the hostname" },
  { "Hostname", "admin@cw.example.com", "must not contain a user name" },
  { "Hostname", "https://admin:secret@cw.example.com/", "must not contain a user name" },
  { "Hostname", "cw example.com", "contains a blank" },
  { "Hostname", "cw.exa\001mple.com", "cannot be seen" },
  { "Hostname", "cw.example.com\nelsewhere", "cannot be seen" },
  { "Hostname", "cw.example.com:0", "from 1 to 65535" },
  { "Hostname", "cw.example.com:65536", "from 1 to 65535" },
  { "Hostname", "cw.example.com:port", "must be a number" },
  { "Hostname", "http://cw.example.com", "https://" },
  { "API Version", "2025.1\001", "control character" },
  { "API Version", "2025 1", "cannot be sent" },
  { "Client ID", "", "Enter the Client ID" },
  { "Client ID", "3f2b8c1e-5a6d-4e7f-9b0c", "must be a GUID" },
  { "Username", "", "Enter the username" },
  { "Username", "contoso", "needs a plus sign" },
  { "Username", "contoso+", "key is missing" },
  { "Username", "+k1234567", "company ID is missing" },
  { "Username", "contoso+k1:secret", "colon" },
  { "Password", "", "Enter the password" },
  { "Password", "  ", "blanks alone" },
  { "Password", UI_PASSWORD "\n", "line end" },
  { "Password", "canary\001", "control character" },
};

static void
type_good (AdwDialog *form)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    ui_form_type (form, rows[i], good[i]);
}

static void
assert_invalid (AdwDialog *form, const char *row, gboolean is_invalid)
{
  GtkEditable *text = gtk_editable_get_delegate (ui_form_row (form, row));

  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_STATE_INVALID,
                                    is_invalid ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
assert_said (AdwDialog *form, const char *row, PsaFieldNoteKind kind, const char *part)
{
  PsaFieldNote *note = ui_form_note (form, row);

  g_test_message ("%s: %s", row, psa_field_note_get_text (note));
  g_assert_cmpint (psa_field_note_get_kind (note), ==, kind);
  g_assert_nonnull (strstr (psa_field_note_get_text (note), part));
  if (*part != '\0')
    g_assert_nonnull (ui_find_label (note, psa_field_note_get_text (note)));
}

/* Each one alone: said under its row, the row marked, the focus in it, nothing changed, nothing
 * tried. */
static void
test_mistakes (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      const char *const buttons[] = { "Connect", "Save Without Checking" };

      type_good (form);
      ui_form_type (form, mistakes[i].row, mistakes[i].text);
      gtk_window_set_focus (GTK_WINDOW (driver->window), NULL);
      ui_form_press (form, buttons[i % 2]);

      g_assert_nonnull (ui_find_button (form, "Connect"));
      assert_said (form, mistakes[i].row, PSA_FIELD_NOTE_ERROR, mistakes[i].said);
      assert_invalid (form, mistakes[i].row, TRUE);
      g_assert_true (ui_form_has_focus (driver, mistakes[i].row));
      for (gsize j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          gboolean is_wrong = g_str_equal (rows[j], mistakes[i].row);

          g_assert_cmpstr (ui_form_read (form, rows[j]), ==, is_wrong ? mistakes[i].text : good[j]);
          if (!is_wrong)
            assert_invalid (form, rows[j], FALSE);
        }

      type_good (form);
      assert_invalid (form, mistakes[i].row, FALSE);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ui_get_store (driver))), ==, 0);
  adw_dialog_force_close (form);
}

/* A sentence may be read aloud or shown to others: it never repeats a secret. */
static void
test_says_no_secret (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  const char *const wrong[] = { "canary", "canary\n", "canary\001", " canary " };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      ui_form_type (form, "Client ID", wrong[i]);
      ui_form_type (form, "Password", wrong[i]);
      ui_form_press (form, "Connect");
      g_assert_null (strstr (psa_field_note_get_text (ui_form_note (form, "Client ID")), "canary"));
      g_assert_null (strstr (psa_field_note_get_text (ui_form_note (form, "Password")), "canary"));
    }
  adw_dialog_force_close (form);
}

/* All of them are told, the focus goes to the first. */
static void
test_first_of_many (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  const char *const empty[] = { "Hostname", "Client ID", "Username", "Password" };

  /* Nobody is told what is wrong before anything was typed. */
  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    assert_said (form, empty[i], PSA_FIELD_NOTE_HELP, "");

  ui_form_press (form, "Connect");
  g_assert_true (ui_form_has_focus (driver, "Hostname"));
  assert_invalid (form, "API Version", FALSE); /* may be empty */
  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      assert_said (form, empty[i], PSA_FIELD_NOTE_ERROR, "Enter");
      assert_invalid (form, empty[i], TRUE);
    }
  ui_form_type (form, "Hostname", HOSTNAME);
  ui_form_type (form, "Client ID", UI_CLIENT_ID);
  ui_form_press (form, "Connect");
  g_assert_true (ui_form_has_focus (driver, "Username"));
  adw_dialog_force_close (form);
}

/* The focused row is brought into sight though the notes above it have grown. */
static void
test_brought_into_sight (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form;
  GtkWidget *scroller;
  graphene_rect_t bounds;

  gtk_window_set_default_size (GTK_WINDOW (driver->window), 360, 500);
  ui_settle ();
  form = ui_form_add (driver);
  type_good (form);
  ui_form_type (form, "Hostname", "na.myconnectwise.net");
  ui_form_type (form, "Client ID", "1234");
  ui_form_type (form, "Username", "contoso");
  gtk_window_set_focus (GTK_WINDOW (driver->window), NULL);
  ui_form_press (form, "Connect");
  g_assert_true (ui_form_has_focus (driver, "Client ID"));
  ui_settle ();
  scroller = ui_find_type (form, GTK_TYPE_SCROLLED_WINDOW);
  g_assert_true (
      gtk_widget_compute_bounds (GTK_WIDGET (ui_form_row (form, "Client ID")), scroller, &bounds));
  g_assert_cmpfloat (graphene_rect_get_y (&bounds), >=, 0);
  g_assert_cmpfloat (graphene_rect_get_y (&bounds) + graphene_rect_get_height (&bounds), <=,
                     gtk_widget_get_height (scroller));
  adw_dialog_force_close (form);
  gtk_window_set_default_size (GTK_WINDOW (driver->window), 960, 680); /* it is remembered */
  ui_settle ();
}

/* While it is typed a value may be unfinished; once its row is left it is not. */
static void
test_told_when_left (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  gtk_widget_grab_focus (GTK_WIDGET (ui_form_row (form, "Username")));
  ui_form_type (form, "Username", "contoso");
  assert_said (form, "Username", PSA_FIELD_NOTE_HELP, "");
  assert_invalid (form, "Username", FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (ui_form_row (form, "Password")));
  assert_said (form, "Username", PSA_FIELD_NOTE_ERROR, "plus sign");
  assert_invalid (form, "Username", TRUE);
  ui_form_type (form, "Username", USERNAME);
  assert_said (form, "Username", PSA_FIELD_NOTE_INFO, "Company “contoso”, key or user “k1234567”");
  adw_dialog_force_close (form);
}

/* What is understood is shown live, and what was typed stays as it is. */
static void
test_understood (void)
{
  static const struct
  {
    const char *row;
    const char *text;
    PsaFieldNoteKind kind;
    const char *said;
  } values[] = {
    { "Hostname", HOSTNAME, PSA_FIELD_NOTE_INFO, BASE_URL },
    { "Hostname", "https://cw.example.com:8443/v4_6_release/", PSA_FIELD_NOTE_INFO, BASE_URL },
    { "Hostname", "CW.Example.Com", PSA_FIELD_NOTE_INFO, "https://cw.example.com/v4_6_release" },
    { "Hostname", "bücher.example", PSA_FIELD_NOTE_INFO, "https://xn--bcher-kva.example/" },
    { "Hostname", "na.myconnectwise.net", PSA_FIELD_NOTE_WARNING, "api-na.myconnectwise.net" },
    { "API Version", "", PSA_FIELD_NOTE_HELP, "" },
    { "API Version", "2025.16", PSA_FIELD_NOTE_HELP, "" },
    { "Username", "contoso+k+2", PSA_FIELD_NOTE_INFO, "Company “contoso”, key or user “k+2”" },
    { "Username", "<b>x</b>+&amp;", PSA_FIELD_NOTE_INFO,
      "Company “<b>x</b>”, key or user “&amp;”" },
    { "Client ID", UI_CLIENT_ID, PSA_FIELD_NOTE_INFO, "Client ID …5b6c" },
    { "Client ID", "{3F2B8C1E-5A6D-4E7F-9B0C-1D2E3F4A5B6C}", PSA_FIELD_NOTE_INFO, "…5b6c" },
    { "Password", UI_PASSWORD, PSA_FIELD_NOTE_HELP, "" },
    { "Password", "pass word", PSA_FIELD_NOTE_HELP, "" },
  };
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      ui_form_type (form, values[i].row, values[i].text);
      assert_said (form, values[i].row, values[i].kind, values[i].said);
      assert_invalid (form, values[i].row, FALSE);
      g_assert_cmpstr (ui_form_read (form, values[i].row), ==, values[i].text);
    }
  adw_dialog_force_close (form);
}

/* What one click can mend. */
static void
test_offers (void)
{
  static const struct
  {
    const char *row;
    const char *text;
    const char *button;
    const char *mended;
  } offers[] = {
    { "Hostname", "na.myconnectwise.net", "Use api-na.myconnectwise.net",
      "api-na.myconnectwise.net" },
    { "Hostname", "https://eu.myconnectwise.net/", "Use api-eu.myconnectwise.net",
      "api-eu.myconnectwise.net" },
    { "Password", UI_PASSWORD "\r\n", "Remove Line Ends", UI_PASSWORD },
    { "Password", " " UI_PASSWORD "\xc2\xa0", "Remove Blanks", UI_PASSWORD },
  };
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      ui_form_type (form, offers[i].row, offers[i].text);
      g_assert_cmpstr (ui_form_read (form, offers[i].row), ==, offers[i].text);
      ui_form_press (ui_form_note (form, offers[i].row), offers[i].button);
      g_assert_cmpstr (ui_form_read (form, offers[i].row), ==, offers[i].mended);
      g_assert_null (ui_find_button (ui_form_note (form, offers[i].row), offers[i].button));
      g_assert_cmpint (psa_field_note_get_kind (ui_form_note (form, offers[i].row)), <=,
                       PSA_FIELD_NOTE_INFO);
    }
  /* A line end within cannot be taken off. */
  ui_form_type (form, "Password", "can\nary");
  g_assert_null (ui_find_button (ui_form_note (form, "Password"), "Remove Line Ends"));
  assert_said (form, "Password", PSA_FIELD_NOTE_ERROR, "line end");
  adw_dialog_force_close (form);
}

/* The cloud hosts, from the button in the row. */
static void
test_sites (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  GtkWidget *button = ui_find_type (ui_form_row (form, "Hostname"), GTK_TYPE_MENU_BUTTON);
  GMenuModel *menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  g_autofree char *host = NULL;
  g_autofree char *action = NULL;

  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 9);
  g_assert_true (g_menu_model_get_item_attribute (menu, 1, G_MENU_ATTRIBUTE_ACTION, "s", &action));
  g_assert_true (g_menu_model_get_item_attribute (menu, 1, G_MENU_ATTRIBUTE_TARGET, "s", &host));
  g_assert_true (gtk_widget_activate_action (button, action, "s", host));
  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, "api-eu.myconnectwise.net");
  assert_said (form, "Hostname", PSA_FIELD_NOTE_INFO, "https://api-eu.myconnectwise.net/");
  adw_dialog_force_close (form);
}

/* What stands under a row belongs to it for a screen reader as well. */
static void
test_described (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkAccessible *text =
          GTK_ACCESSIBLE (gtk_editable_get_delegate (ui_form_row (form, rows[i])));

      g_assert_true (gtk_test_accessible_has_relation (text, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
      g_assert_true (
          gtk_test_accessible_has_relation (text, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE));
    }
  adw_dialog_force_close (form);
}

/* What an on-screen keyboard shows of itself, and that it neither corrects nor remembers what must be typed exactly. */
static void
test_on_screen_keyboard (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  AdwDialog *form = ui_form_add (driver);
  const struct
  {
    const char *title;
    GtkInputPurpose purpose;
    GtkInputHints hints;
  } asked[] = {
    { "Hostname", GTK_INPUT_PURPOSE_URL, GTK_INPUT_HINT_NO_SPELLCHECK },
    { "API Version", GTK_INPUT_PURPOSE_FREE_FORM,
      GTK_INPUT_HINT_NO_SPELLCHECK },
    { "Client ID", GTK_INPUT_PURPOSE_PASSWORD, GTK_INPUT_HINT_NONE },
    { "Username", GTK_INPUT_PURPOSE_FREE_FORM,
      GTK_INPUT_HINT_NO_SPELLCHECK },
    { "Password", GTK_INPUT_PURPOSE_PASSWORD, GTK_INPUT_HINT_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      GtkText *text = GTK_TEXT (gtk_editable_get_delegate (ui_form_row (form, asked[i].title)));

      g_test_message ("%s", asked[i].title);
      g_assert_cmpint (gtk_text_get_input_purpose (text), ==, asked[i].purpose);
      g_assert_cmphex (gtk_text_get_input_hints (text) & asked[i].hints, ==, asked[i].hints);
    }
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

void
add_form_input_tests (void)
{
  g_test_add_func ("/form-input/on-screen-keyboard", test_on_screen_keyboard);
  g_test_add_func ("/form-input/mistakes", test_mistakes);
  g_test_add_func ("/form-input/says-no-secret", test_says_no_secret);
  g_test_add_func ("/form-input/first-of-many", test_first_of_many);
  g_test_add_func ("/form-input/brought-into-sight", test_brought_into_sight);
  g_test_add_func ("/form-input/told-when-left", test_told_when_left);
  g_test_add_func ("/form-input/understood", test_understood);
  g_test_add_func ("/form-input/offers", test_offers);
  g_test_add_func ("/form-input/sites", test_sites);
  g_test_add_func ("/form-input/described", test_described);
}
