/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * drive-list: opens the window of the profiles in this home, types into its search, takes back what was typed, and sorts
 * and groups the list in every way. Prints how many milliseconds the main loop was busy: "KEY SORT STALL", which are the
 * slowest key, the slowest order, each until its frame was drawn, and the longest that anything kept the loop, the start
 * included. It is the time that this thread had of the processor: what else the machine does is not counted.
 */
#include "ui-driver.h"

#include <stdio.h>
#include <time.h>

static const char typed[] = "contoso 88";
static const char *const orders[] = { "state", "checked", "recent", "name" };
static const char *const groupings[] = { "state", "environment", "tag", "attention" };

typedef struct
{
  UiDriver *driver;
  GtkWidget *entry;
  gboolean searched;
  gboolean drawn;
  double longest_turn;
} Drive;

static double
get_busy_ms (void)
{
  struct timespec time;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time) != 0)
    g_error ("No clock of this thread");
  return 1e3 * (double) time.tv_sec + 1e-6 * (double) time.tv_nsec;
}

static void
note (double *longest, double taken)
{
  *longest = MAX (*longest, taken);
}

static void
turn (Drive *self)
{
  double begun = get_busy_ms ();

  ui_turn ();
  note (&self->longest_turn, get_busy_ms () - begun);
}

static void
settle (Drive *self)
{
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 5; g_get_monotonic_time () < end;)
    turn (self);
}

static void
set_cb (gboolean *value)
{
  *value = TRUE;
}

/* The rest of what began then, up to the frame that shows it. What changes nothing to be seen has one as well. */
static double
finish (Drive *self, double begun, const char *what)
{
  note (&self->longest_turn, get_busy_ms () - begun);
  ui_wait ((turn (self), self->searched));
  self->drawn = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self->driver->window));
  ui_wait ((turn (self), self->drawn));
  begun = get_busy_ms () - begun;
  if (g_getenv ("BENCH_VERBOSE") != NULL)
    fprintf (stderr, "%s %.1f\n", what, begun);
  return begun;
}

/* Types @key after what is there, or takes the last one back. An entry that is set anew would be empty in between. */
static double
press (Drive *self, const char *key)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  int end = (int) g_utf8_strlen (gtk_editable_get_text (editable), -1);
  double begun;

  settle (self);
  self->searched = FALSE;
  begun = get_busy_ms ();
  if (key != NULL)
    gtk_editable_insert_text (editable, key, 1, &end);
  else
    gtk_editable_delete_text (editable, end - 1, end);
  return finish (self, begun, gtk_editable_get_text (editable));
}

static double
choose (Drive *self, const char *action, const char *target)
{
  double begun;

  settle (self);
  begun = get_busy_ms ();
  gtk_widget_activate_action (self->entry, action, "s", target);
  return finish (self, begun, target);
}

int
main (int argc, char **argv)
{
  Drive drive = { NULL };
  double slowest_key = 0, slowest_order = 0;

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  drive.driver = ui_start ();
  ui_wait ((turn (&drive), g_str_equal (ui_get_view (drive.driver), "profiles")));
  settle (&drive);
  ui_press_key (drive.driver, "<Control>f");
  settle (&drive);
  drive.entry = ui_find_type (drive.driver->window, GTK_TYPE_SEARCH_ENTRY);
  g_signal_connect_data (drive.entry, "search-changed", G_CALLBACK (set_cb), &drive.searched, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (drive.entry), "after-paint",
                            G_CALLBACK (set_cb), &drive.drawn);

  for (const char *key = typed; *key != '\0'; key++)
    note (&slowest_key, press (&drive, key));
  for (const char *key = typed; *key != '\0'; key++)
    note (&slowest_key, press (&drive, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    note (&slowest_order, choose (&drive, "view.sort-order", orders[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (groupings); i++)
    note (&slowest_order, choose (&drive, "view.grouping", groupings[i]));
  printf ("%.1f %.1f %.1f\n", slowest_key, slowest_order, drive.longest_turn);
  return 0;
}
