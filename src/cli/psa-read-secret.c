/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-read-secret.h"

#include "psa-error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LENGTH 4096

/* The line end belongs to the line, not to the secret. */
static void
strip_line_end (char *text)
{
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '\n')
    text[--length] = '\0';
  if (length > 0 && text[length - 1] == '\r')
    text[--length] = '\0';
}

/* Reads to the end, or on a terminal to the end of the line; FALSE where more than @size comes. */
static gboolean
read_all (int fd, gboolean line, char *buffer, gsize size, GError **error)
{
  gsize length = 0;

  while (length < size)
    {
      gssize n = read (fd, buffer + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID,
                       /* Translators: %s is the system's reason */
                       _("The password cannot be read: %s"), g_strerror (errno));
          return FALSE;
        }
      if (n == 0)
        break;
      length += n;
      if (line && buffer[length - 1] == '\n')
        break;
    }

  if (length == size || memchr (buffer, '\0', length) != NULL)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           length == size ? _("The password is too long.")
                                          : _("The password holds a control character."));
      return FALSE;
    }
  buffer[length] = '\0';
  return TRUE;
}

/**
 * psa_read_secret:
 * @fd: where the secret comes in
 * @prompt: what a terminal is asked
 * @error: return location for a %PSA_ERROR_INVALID
 *
 * Reads a secret of at most 4 KiB, to the end of the input; from a terminal one line, which it does not
 * show. One line end after it is taken off.
 *
 * Returns: (transfer full) (nullable): the secret
 */
PsaSecret *
psa_read_secret (int fd, const char *prompt, GError **error)
{
  char buffer[MAX_LENGTH + 1];
  const gboolean terminal = isatty (fd);
  struct termios shown;
  PsaSecret *secret = NULL;

  if (terminal && tcgetattr (fd, &shown) == 0)
    {
      struct termios hidden = shown;

      hidden.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (fd, TCSAFLUSH, &hidden);
      g_printerr ("%s ", prompt);
    }

  if (read_all (fd, terminal, buffer, sizeof buffer, error))
    {
      strip_line_end (buffer);
      secret = psa_secret_new (buffer);
    }
  explicit_bzero (buffer, sizeof buffer);

  if (terminal)
    {
      tcsetattr (fd, TCSAFLUSH, &shown);
      g_printerr ("\n");
    }
  return secret;
}
