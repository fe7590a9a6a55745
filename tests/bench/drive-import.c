/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * drive-import FILE…: opens the window of the profiles in this home, shows what each file would change, and imports
 * what is new in the last one. Prints the longest that anything kept the main loop, in milliseconds that this thread had of the
 * processor: a figure for each file, then one for the import.
 */
#include "psa-window-private.h"
#include "ui-driver.h"

#include <stdio.h>
#include <time.h>

static double
get_busy_ms (void)
{
  struct timespec time;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time) != 0)
    g_error ("No clock of this thread");
  return 1e3 * (double) time.tv_sec + 1e-6 * (double) time.tv_nsec;
}

/* Since when the present turn counts. */
static double begun;
static double longest;

static void
begin (void)
{
  begun = get_busy_ms ();
  longest = 0;
}

static void
turn (void)
{
  ui_turn ();
  longest = MAX (longest, get_busy_ms () - begun);
  begun = get_busy_ms ();
}

static void
settle (void)
{
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2; g_get_monotonic_time () < end;)
    turn ();
}

static AdwDialog *
get_dialog (UiDriver *driver)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (driver->window));
}

static gboolean
is_shown (UiDriver *driver)
{
  AdwDialog *dialog = get_dialog (driver);

  return dialog != NULL && ui_find_button (dialog, "Import") != NULL;
}

int
main (int argc, char **argv)
{
  UiDriver *driver;

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  driver = ui_start ();
  ui_wait ((turn (), g_str_equal (ui_get_view (driver), "profiles")));
  settle ();
  for (int i = 1; i < argc; i++)
    {
      g_autoptr(GFile) file = g_file_new_for_commandline_arg (argv[i]);
      g_autoptr(GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);

      begin ();
      psa_window_import (driver->window, bytes);
      ui_wait ((turn (), is_shown (driver)));
      settle ();
      printf ("%.1f ", longest);
      if (i == argc - 1)
        break;
      adw_dialog_force_close (get_dialog (driver));
      ui_wait ((turn (), get_dialog (driver) == NULL));
      settle ();
    }
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (get_dialog (driver)), "import.save", NULL);
  ui_wait ((turn (), get_dialog (driver) == NULL));
  settle ();
  printf ("%.1f\n", longest);
  return 0;
}
