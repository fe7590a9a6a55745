/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-export-secrets.h"

#include "psa-await.h"
#include "psa-error.h"
#include "psa-export.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The one way in which secrets leave the keyring in bulk: into another program, and only if somebody at a terminal says
 * so in so many words. */

/* What is typed; the same in every language, so that a guide can name it. */
#define WORDS "export secrets"

static gboolean
check_output (GError **error)
{
  struct stat status;

  if (isatty (STDOUT_FILENO))
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                         _("--with-secrets: The terminal would show every password. Pipe the "
                            "output into a program that encrypts it; --help shows how."));
  else if (fstat (STDOUT_FILENO, &status) == 0 && S_ISFIFO (status.st_mode))
    return TRUE;
  else
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                         _("--with-secrets: A file would keep every password in plain text. Pipe "
                            "the output into a program that encrypts it; --help shows how."));
  return FALSE;
}

static gboolean
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      text += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
read_line (int fd, char *line, gsize size)
{
  gsize length = 0;

  while (length + 1 < size)
    {
      gssize n = read (fd, line + length, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      if (line[length] == '\n')
        break;
      length++;
    }
  line[length] = '\0';
  return TRUE;
}

/**
 * psa_export_secrets_confirm:
 * @error: return location for a %PSA_ERROR_INVALID
 *
 * Looks whether standard output is a pipe, and asks on the controlling terminal. Without one it is not asked, so no
 * script and no job ever exports secrets by itself. Blocks; an interrupt ends the program.
 *
 * Returns: whether it was confirmed
 */
gboolean
psa_export_secrets_confirm (GError **error)
{
  char line[64];
  g_autofree char *question = NULL;
  int fd;
  gboolean confirmed;

  if (!check_output (error))
    return FALSE;
  fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    {
      g_set_error_literal (
          error, PSA_ERROR, PSA_ERROR_INVALID,
          _("--with-secrets: This has to be confirmed at a terminal, and there is "
             "none. Run the command in one yourself."));
      return FALSE;
    }

  question = g_strdup_printf (
      /* Translators: %s are words to be typed exactly so */
      _("The passwords and Client IDs will leave the keyring, and whoever reads this pipe gets "
         "them.\n"
         "Type “%s” to go on: "),
      WORDS);
  confirmed = write_all (fd, question, strlen (question)) && read_line (fd, line, sizeof line) &&
              g_str_equal (g_strstrip (line), WORDS);
  close (fd);
  if (!confirmed)
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                         _("It was not confirmed, so nothing was exported."));
  return confirmed;
}

/* One that the keyring does not hold is no reason to lose the others. */
static gboolean
lookup (PsaSession *session, const char *id, PsaSecret **secret, GError **error)
{
  g_auto(PsaAwait) found = { 0 };
  g_autoptr(GError) reason = NULL;

  psa_vault_lookup_async (psa_keeper_get_vault (session->keeper), id, PSA_VAULT_MAY_PROMPT,
                          session->cancellable, psa_await_cb, &found);
  *secret =
      psa_vault_lookup_finish (psa_keeper_get_vault (session->keeper), psa_await (&found), &reason);
  if (*secret != NULL || g_error_matches (reason, PSA_ERROR, PSA_ERROR_SECRET_MISSING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
tell (PsaProfile *profile, const char *text)
{
  g_printerr ("psactl: %s: %s\n", psa_profile_get_title (profile), text);
}

static gboolean
fill (PsaSession *session, PsaProfile *profile, PsaExportSecrets *secrets, GError **error)
{
  const char *integration = psa_profile_get_integration (profile);

  if (integration != NULL && !lookup (session, integration, &secrets->client_id, error))
    return FALSE;
  /* It was entered for another address; on the other computer it would count as confirmed for this one. */
  if (psa_profile_get_secret_for (profile) != NULL)
    {
      tell (profile, _("The password was entered for another address, and is left out."));
      return TRUE;
    }
  if (!lookup (session, psa_profile_get_id (profile), &secrets->password, error))
    return FALSE;
  if (secrets->password == NULL)
    tell (profile, _("The keyring holds no password."));
  return TRUE;
}

/**
 * psa_export_secrets_write:
 * @session: the session
 * @profiles: (element-type PsaProfile): which
 * @error: return location for a `PSA_ERROR`
 *
 * Writes profiles with their secrets to standard output, all of them or nothing.
 *
 * Returns: the exit code
 */
PsaExit
psa_export_secrets_write (PsaSession *session, GPtrArray *profiles, GError **error)
{
  g_autofree PsaExportSecrets *secrets = g_new0 (PsaExportSecrets, profiles->len + 1);
  g_autoptr(PsaSecret) text = NULL;
  gboolean filled = TRUE;
  gboolean written = FALSE;

  for (guint i = 0; filled && i < profiles->len; i++)
    filled = fill (session, profiles->pdata[i], &secrets[i], error);
  if (filled)
    {
      text =
          psa_export_with_secrets (profiles, psa_store_get_integrations (session->store), secrets);
      signal (SIGPIPE, SIG_IGN); /* the other program has gone: that is told, not died of */
      written = write_all (STDOUT_FILENO, text, strlen (text));
    }
  for (guint i = 0; i < profiles->len; i++)
    {
      psa_secret_free (secrets[i].password);
      psa_secret_free (secrets[i].client_id);
    }
  if (!filled)
    return PSA_EXIT_SECRET_UNAVAILABLE;
  if (!written)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_STORAGE,
                           _("The program behind the pipe did not take it all."));
      return PSA_EXIT_INTERNAL;
    }
  return PSA_EXIT_OK;
}
