/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-form.h"
#include "ui-tests.h"

#include <string.h>

/* The days, months and decimal point are those of the user's locale. Meson runs this in some. */

typedef struct
{
  const char *language;
  const char *day;      /* when the sample certificate expires */
  const char *day_row;  /* the form of a day in the list, in numbers */
  const char *duration; /* how long signing in took */
} Words;

static const Words words[] = {
  { "de", "1. Januar 2028", "%d.%m.%Y", "6,2" },
  { "ar", "1 يناير 2028", "%d %b, %Y", "6.2" },
};

static const Words *
get_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (g_getenv ("LANGUAGE"), words[i].language))
      return &words[i];
  g_error ("There are no words of %s", g_getenv ("LANGUAGE"));
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
assert_shown (UiDriver *driver, const char *text)
{
  if (!shows (GTK_WIDGET (driver->window), text))
    g_error ("“%s” is not to be seen", text);
}

static void
test_dates (void)
{
  const guint long_ago = 40 * 24 * 60;
  const Words *expected = get_words ();
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_add_minutes (now, -(int) long_ago);
  g_autofree char *day_row = g_date_time_format (then, expected->day_row);

  ui_select (driver, ui_sample_keep (driver, "Adatum", "cw.adatum.com", "adt+k1234567",
                                     PSA_CAUSE_CERTIFICATE_UNTRUSTED, long_ago));
  ui_wait (shows (GTK_WIDGET (driver->window), day_row));
  assert_shown (driver, expected->day);
}

static void
test_numbers (void)
{
  g_autoptr(UiDriver) driver = ui_open ();
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Contoso IT", "cw.contoso.com", 443, "contoso+k1234567");
  PsaProfile *profile = ui_keep (driver, draft, UI_CLIENT_ID, UI_PASSWORD);
  g_autoptr(PsaResult) result = ui_sample_result (profile, PSA_CAUSE_SLOW, 2);

  psa_stage_report_end (psa_result_get_stage (result, PSA_STAGE_SIGN_IN), PSA_STAGE_PASSED, 6200,
                        "");
  ui_record (driver, profile, result);
  ui_select (driver, profile);
  ui_settle ();
  assert_shown (driver, get_words ()->duration);
}

void
add_dates_tests (void)
{
  g_test_add_func ("/dates/names-of-the-locale", test_dates);
  g_test_add_func ("/dates/numbers-of-the-locale", test_numbers);
}
