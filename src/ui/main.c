/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-application.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/resource.h>

int
main (int argc, char *argv[])
{
  const struct rlimit none = { 0, 0 };
  g_autoptr(PsaApplication) application = NULL;

  /* GLib writes debug and info messages to standard output otherwise. */
  g_log_writer_default_set_use_stderr (TRUE);

#ifdef __GLIBC__
  /* Workers read documents one after the other: with one heap for all threads each has what the last one freed. */
  mallopt (M_ARENA_MAX, 1);
#endif

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* A core file would hold the secrets that a request was made with. */
  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("Core files could not be switched off: %s", g_strerror (errno));

  application = psa_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
