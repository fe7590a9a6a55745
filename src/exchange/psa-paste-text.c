/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-paste-text.h"

#include <string.h>

/* Settings as lines and as a call of curl. Words are decoded into memory that is wiped; none is longer than the text that
 * it comes from. */

#define BLANKS " \t\r"
#define QUOTES "'\""

typedef struct
{
  PsaPasteValues *values;
  char *name;
  char *word;
  gsize size; /* of each of the two */
} Reader;

static void
reader_init (Reader *self, PsaPasteValues *values, const char *text)
{
  self->values = values;
  self->size = strlen (text) + 1;
  self->name = g_malloc0 (self->size);
  self->word = g_malloc0 (self->size);
}

static void
reader_clear (Reader *self)
{
  explicit_bzero (self->name, self->size);
  explicit_bzero (self->word, self->size);
  g_free (self->name);
  g_free (self->word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static void
set_text (char *to, const char *from, gsize length)
{
  memcpy (to, from, length);
  to[length] = '\0';
}

static const char *
skip_line (const char *at)
{
  at += strcspn (at, "\n");
  return *at == '\n' ? at + 1 : at;
}

/* Source: POSIX, Shell Command Language, section 2.2 */
static const char *
read_double_quoted (const char *at, char **end)
{
  for (; *at != '\0' && *at != '"'; at++)
    {
      if (*at == '\\' && at[1] == '\n')
        at++;
      else if (*at == '\\' && at[1] != '\0' && strchr ("\"\\$`", at[1]) != NULL)
        *(*end)++ = *++at;
      else
        *(*end)++ = *at;
    }
  return *at == '"' ? at + 1 : at;
}

/* One word of a shell: 'a'\''b'"c" is a'bc. A line end after a backslash is none. */
static const char *
read_shell_word (const char *at, char *word)
{
  char *end = word;

  while (*at != '\0' && strchr (BLANKS "\n;|&<>", *at) == NULL)
    {
      if (*at == '\'')
        {
          gsize length = strcspn (at + 1, "'");

          memcpy (end, at + 1, length);
          end += length;
          at += 1 + length + (at[1 + length] == '\'');
        }
      else if (*at == '"')
        at = read_double_quoted (at + 1, &end);
      else if (*at == '\\' && at[1] == '\n')
        at += 2;
      else if (*at == '\\' && at[1] == '\r' && at[2] == '\n')
        at += 3;
      else if (*at == '\\' && at[1] != '\0')
        {
          *end++ = at[1];
          at += 2;
        }
      else
        *end++ = *at++;
    }
  *end = '\0';
  return at;
}

static const char *
skip_shell_blanks (const char *at)
{
  while (TRUE)
    {
      at += strspn (at, BLANKS);
      if (at[0] == '\\' && at[1] == '\n')
        at += 2;
      else if (at[0] == '\\' && at[1] == '\r' && at[2] == '\n')
        at += 3;
      else
        return at;
    }
}

/* Returns: where the value of the option stands, in the word itself or in the next one; %NULL for another option */
static const char *
match_option (const char *word, const char *brief, const char *full, gboolean *is_next)
{
  gsize length = strlen (full);

  *is_next = g_str_equal (word, brief) || g_str_equal (word, full);
  if (*is_next)
    return word;
  if (strncmp (word, full, length) == 0 && word[length] == '=')
    return word + length + 1;
  if (word[0] == '-' && word[1] == brief[1] && word[1] != '-')
    return word + 2;
  return NULL;
}

/* Source: curl(1) */
static const char *
read_curl (Reader *self, const char *at)
{
  static const char *const options[][3] = {
    { "-u", "--user", "user" },
    { "-H", "--header", "header" },
    { "--url", "--url", "url" },
  };

  while (TRUE)
    {
      gboolean known = FALSE;

      at = skip_shell_blanks (at);
      if (*at == '\0' || strchr ("\n;|&<>", *at) != NULL)
        return *at != '\0' ? at + 1 : at;
      at = read_shell_word (at, self->word);
      for (gsize i = 0; i < G_N_ELEMENTS (options) && !known; i++)
        {
          gboolean is_next = FALSE;
          const char *value = match_option (self->word, options[i][0], options[i][1], &is_next);

          known = value != NULL;
          if (is_next)
            at = read_shell_word (skip_shell_blanks (at), self->word);
          if (known && i == 0)
            psa_paste_values_take_pair (self->values, options[i][2], is_next ? self->word : value);
          else if (known && i == 1)
            psa_paste_values_take_header (self->values, is_next ? self->word : value);
          else if (known)
            psa_paste_values_take (self->values, options[i][2], is_next ? self->word : value);
        }
      if (!known && *self->word != '-')
        psa_paste_values_take_bare (self->values, self->word);
    }
}

static gboolean
skip_word (const char **at, const char *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (*at, word, length) != 0 || strchr (" \t", (*at)[length]) == NULL)
    return FALSE;
  *at += length + strspn (*at + length, " \t");
  return TRUE;
}

/* What may stand in front of a name: a prompt, a list's dash, a word of a shell. */
static const char *
skip_line_start (const char *at)
{
  gsize brackets = strspn (at, BLANKS "{}[],");

  /* Those of a piece of JSON, but not of {a GUID}. */
  at += strchr (QUOTES "\n", at[brackets]) != NULL ? brackets : strspn (at, BLANKS);
  while (skip_word (&at, "$") || skip_word (&at, "-") || skip_word (&at, "*") ||
         skip_word (&at, "export") || skip_word (&at, "set") || skip_word (&at, "setx"))
    ;
  return at;
}

/* `NAME=`, `"name":`, `Public key:`; into the name, which is empty where there is none that is known.
 * Returns: behind the sign, or @at */
static const char *
read_name (Reader *self, const char *at)
{
  gsize length = strcspn (at, "=:\n");
  gsize begin = strspn (at, BLANKS QUOTES);

  self->name[0] = '\0';
  if (at[length] != '=' && at[length] != ':')
    return at;
  if (begin < length)
    {
      set_text (self->name, at + begin, length - begin);
      g_strchomp (self->name);
      self->name[strcspn (self->name, QUOTES)] = '\0';
    }
  if (psa_paste_values_knows (self->name))
    return at + length + 1;
  self->name[0] = '\0';
  return at;
}

/* To the end of the line, without a comment behind it. In quotes: as a shell reads it. */
static const char *
read_value (Reader *self, const char *at)
{
  gsize length;

  at += strspn (at, BLANKS);
  if (*at != '\0' && strchr (QUOTES, *at) != NULL)
    {
      at = read_shell_word (at, self->word);
      if (at[-1] == ',' && strchr (QUOTES, at[-2]) != NULL) /* a piece of JSON */
        self->word[strlen (self->word) - 1] = '\0';
      return skip_line (at);
    }

  length = strcspn (at, "\n");
  for (gsize i = 1; i < length; i++)
    if (at[i] == '#' && (at[i - 1] == ' ' || at[i - 1] == '\t'))
      {
        set_text (self->word, at, i);
        g_strchomp (self->word);
        return skip_line (at);
      }
  set_text (self->word, at, length);
  g_strchomp (self->word);
  return skip_line (at);
}

static gboolean
is_curl (const char *at)
{
  return skip_word (&at, "curl") || skip_word (&at, "curl.exe");
}

static const char *
read_line (Reader *self, const char *at)
{
  const char *value = read_name (self, at);

  if (*self->name != '\0')
    {
      at = read_value (self, value);
      psa_paste_values_take (self->values, self->name, self->word);
      return at;
    }
  value = read_value (self, at);
  /* A request as it goes over the wire, or a label that is not known: what is of use is its last word. */
  if (!psa_paste_values_take_bare (self->values, self->word) && strchr (self->word, ' ') != NULL)
    psa_paste_values_take_bare (self->values, strrchr (self->word, ' ') + 1);
  return value;
}

/*
 * psa_paste_read_lines:
 *
 * Reads `.env` files, headers, labelled lists, calls of curl and single values, one a line.
 */
void
psa_paste_read_lines (PsaPasteValues *values, const char *text)
{
  g_auto(Reader) reader = { 0 };

  reader_init (&reader, values, text);
  while (*text != '\0' && !values->more)
    {
      text = skip_line_start (text);
      if (is_curl (text))
        text = read_curl (&reader, text);
      else if (*text == '#' || *text == '\n')
        text = skip_line (text);
      else
        text = read_line (&reader, text);
    }
}
