/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * first-frame COMMAND…: how long COMMAND takes from its start to the first thing drawn in a window of its own, and
 * what it holds in memory once it has come to rest. Prints "MILLISECONDS KIBIBYTES" and ends COMMAND. Looks at the X
 * display from outside, so that any program can be measured.
 */
#include <X11/Xlib.h>
#include <X11/extensions/Xdamage.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LIMIT_MS 60000
#define LOOK_MS 250
#define REST_LOOKS 4 /* as often without work in between: it has come to rest */
#define LEAST_WIDTH 200 /* helper windows, of the input method for one, are tiny */

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* Windows go while they are looked at. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

static int
is_window (const XMapEvent *event, Display *display)
{
  XWindowAttributes attributes;

  return XGetWindowAttributes (display, event->window, &attributes) &&
         attributes.width >= LEAST_WIDTH;
}

/* Waits for the next event of the display, until @deadline at most. */
static int
wait_for_event (Display *display, double deadline, XEvent *event)
{
  while (XPending (display) == 0)
    {
      struct pollfd connection = { ConnectionNumber (display), POLLIN, 0 };
      double left = deadline - now_ms ();

      if (left <= 0 || (poll (&connection, 1, (int) left + 1) < 0 && errno != EINTR))
        return 0;
    }
  XNextEvent (display, event);
  return 1;
}

/* Watches every window from the moment in which it is mapped; the time of the first drawing, or -1. */
static double
wait_for_frame (Display *display, int damage_event)
{
  double deadline = now_ms () + LIMIT_MS;
  XEvent event;

  while (wait_for_event (display, deadline, &event))
    {
      if (event.type == MapNotify && is_window (&event.xmap, display))
        XDamageCreate (display, event.xmap.window, XDamageReportNonEmpty);
      else if (event.type == damage_event + XDamageNotify)
        return now_ms ();
    }
  return -1;
}

/* Proportional set size: what is shared with others counts in part. */
static long
read_pss_kib (pid_t pid)
{
  char path[64], line[256];
  long kib = -1;
  FILE *file;

  snprintf (path, sizeof path, "/proc/%d/smaps_rollup", (int) pid);
  file = fopen (path, "r");
  if (file == NULL)
    return -1;
  while (kib < 0 && fgets (line, sizeof line, file) != NULL)
    {
      if (strncmp (line, "Pss:", 4) == 0)
        kib = strtol (line + 4, NULL, 10);
    }
  fclose (file);
  return kib;
}

/* What the process had of the processors so far, in clock ticks: proc_pid_stat(5). */
static unsigned long
read_ticks (pid_t pid)
{
  unsigned long user = 0, system = 0;
  char path[64], line[1024];
  const char *fields;
  FILE *file;

  snprintf (path, sizeof path, "/proc/%d/stat", (int) pid);
  file = fopen (path, "r");
  if (file == NULL)
    return 0;
  fields = fgets (line, sizeof line, file) != NULL ? strrchr (line, ')') : NULL;
  if (fields != NULL)
    sscanf (fields, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
  fclose (file);
  return user + system;
}

static void
wait_for_rest (pid_t pid)
{
  double deadline = now_ms () + LIMIT_MS;
  unsigned long before = 0;

  for (int rest = 0; rest < REST_LOOKS && now_ms () < deadline;)
    {
      unsigned long now;

      usleep (LOOK_MS * 1000);
      now = read_ticks (pid);
      rest = now == before ? rest + 1 : 0;
      before = now;
    }
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  int damage_event, damage_error, status;
  double begun, drawn;
  long kib;
  pid_t pid;

  if (argc < 2 || display == NULL || !XDamageQueryExtension (display, &damage_event, &damage_error))
    {
      fputs ("Usage: first-frame COMMAND…, on an X display with the DAMAGE extension\n", stderr);
      return 2;
    }
  XSetErrorHandler (ignore_error);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);

  begun = now_ms ();
  if (posix_spawnp (&pid, argv[1], NULL, NULL, argv + 1, environ) != 0)
    {
      perror (argv[1]);
      return 1;
    }
  drawn = wait_for_frame (display, damage_event);
  wait_for_rest (pid);
  kib = read_pss_kib (pid);
  kill (pid, SIGTERM);
  waitpid (pid, &status, 0);
  if (drawn < 0 || kib < 0)
    {
      fprintf (stderr, "%s drew no window within %d s\n", argv[1], LIMIT_MS / 1000);
      return 1;
    }
  printf ("%.1f %ld\n", drawn - begun, kib);
  return 0;
}
