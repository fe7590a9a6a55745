/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-command.h"
#include "psa-error.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/resource.h>

static const PsaCommand commands[] = {
  { "list", N_("list the profiles and their states"), psa_command_list },
  { "show", N_("show one profile"), psa_command_show },
  { "add", N_("add a profile; the password is read from standard input"), psa_command_add },
  { "edit", N_("change a profile"), psa_command_edit },
  { "replace-key", N_("change a password, once the new one has passed"), psa_command_replace_key },
  { "check", N_("try connections and say what works and what does not"), psa_command_check },
  { "diagnose", N_("check one and print a report for a support ticket"), psa_command_diagnose },
  { "find-region", N_("say which site of the cloud has a company"), psa_command_find_region },
  { "permissions", N_("say what a key may do, module by module"), psa_command_permissions },
  { "import", N_("add the profiles of a JSON or CSV file"), psa_command_import },
  { "export", N_("print profiles without their secrets, as JSON or CSV"), psa_command_export },
  { "copy-as", N_("print a connection for another program, without its secrets"), psa_command_copy_as },
  { "trust", N_("accept the certificate of an own server"), psa_command_trust },
  { "remove", N_("remove profiles and their secrets"), psa_command_remove },
};

static void
print_usage (void)
{
  g_print ("%s\n\n", _("Usage: psactl COMMAND [OPTION…]"));
  g_print ("%s\n\n", _("The profiles of PSA Connections from a terminal."));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-11s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n%s\n", _("psactl COMMAND --help tells the options of a command."));
  g_print ("%s\n", _("Exit status: 0 good, warnings included; 1 internal; 2 usage; 3 not found or "
                      "ambiguous; 4 rejected; 5 not permitted; 6 needs correction; 7 unreachable; "
                      "8 rate limited; 9 secret unavailable; 10 profiles damaged or of a newer "
                      "version; 130 cancelled."));
}

static const PsaCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* What programs read is the same in every language. */
static gboolean
wants_json (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--json"))
      return TRUE;
  return FALSE;
}

static PsaExit
run (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  const PsaCommand *command;
  PsaExit status;

  if (argc < 2)
    {
      g_printerr ("psactl: %s\n", _("No command was given; psactl --help lists them."));
      return PSA_EXIT_USAGE;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_usage ();
      return PSA_EXIT_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("psactl %s\n", VERSION);
      return PSA_EXIT_OK;
    }

  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_printerr (_("psactl: There is no command “%s”; psactl --help lists them.\n"), argv[1]);
      return PSA_EXIT_USAGE;
    }

  status = command->run (argc - 1, argv + 1, &error);
  if (error == NULL)
    return status;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_printerr ("psactl: %s\n", error->message);
  return psa_exit_from_error (error);
}

int
main (int argc, char **argv)
{
  const struct rlimit no_core = { 0, 0 };

  /* Secrets pass through this process: no core dump may hold one. */
  setrlimit (RLIMIT_CORE, &no_core);
  /* Standard output carries the answer alone, whatever is switched on for debugging. */
  g_log_writer_default_set_use_stderr (TRUE);

  setlocale (LC_ALL, "");
  if (wants_json (argc, argv))
    {
      setlocale (LC_MESSAGES, "C");
      setlocale (LC_TIME, "C"); /* sentences hold dates and durations */
      setlocale (LC_NUMERIC, "C");
    }
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return run (argc, argv);
}
