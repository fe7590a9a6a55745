/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libintl.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* A language that nobody speaks: each text is as in the source, between brackets and behind a mark of the direction of
 * writing, in programs and libraries alike, wherever messages are translated. Linked to a test, or preloaded to a
 * program. */

#define MAX_TEXTS 8192

/* Made macros by an optimizing compiler. */
#undef gettext
#undef dgettext
#undef dcgettext
#undef ngettext
#undef dngettext
#undef dcngettext

/* What is translated lives as long as the program, and is the same each time. */
static const char *
look_up (const char *text)
{
  static char *texts[MAX_TEXTS][2];
  static unsigned int n_texts;
  const char *plain = strchr (text, '\004'); /* behind its context */
  const char *end = text + strlen (text);

  for (unsigned int i = 0; i < n_texts; i++)
    if (strcmp (texts[i][0], text) == 0)
      return texts[i][1];
  if (n_texts == MAX_TEXTS)
    return text;
  plain = plain != NULL ? plain + 1 : text;
  while (end > plain && end[-1] == '\n')
    end--;
  texts[n_texts][0] = strdup (text);
  if (asprintf (&texts[n_texts][1], "⟦\u200f%.*s⟧%s", (int) (end - plain), plain, end) < 0)
    return text;
  return texts[n_texts++][1];
}

static const char *
translate (const char *text)
{
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  const char *language = setlocale (LC_MESSAGES, NULL);

  if (text == NULL || language == NULL || strcmp (language, "C") == 0)
    return text;
  /* GLib asks so whether the program is translated at all. */
  if (*text == '\0')
    return "Language: pseudo\n";
  pthread_mutex_lock (&mutex);
  text = look_up (text);
  pthread_mutex_unlock (&mutex);
  return text;
}

char *
dcgettext (const char *domain, const char *text, int category)
{
  return (char *) translate (text);
}

char *
dgettext (const char *domain, const char *text)
{
  return (char *) translate (text);
}

char *
gettext (const char *text)
{
  return (char *) translate (text);
}

char *
dcngettext (const char *domain, const char *one, const char *many, unsigned long n, int category)
{
  return (char *) translate (n == 1 ? one : many);
}

char *
dngettext (const char *domain, const char *one, const char *many, unsigned long n)
{
  return (char *) translate (n == 1 ? one : many);
}

char *
ngettext (const char *one, const char *many, unsigned long n)
{
  return (char *) translate (n == 1 ? one : many);
}
