/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-paste-text.h"

#include <string.h>

/* Hashtables, splats, variables and parameters of PowerShell.
 * Source: about_Quoting_Rules, about_Hash_Tables, about_Splatting, about_Parsing */

typedef enum
{
  TOKEN_END,
  TOKEN_WORD,
  TOKEN_ASSIGN,
  TOKEN_OPEN, /* a parenthesis: the value is inside */
  TOKEN_SEPARATOR,
} Token;

typedef struct
{
  const char *at;
  char *name; /* what the next value belongs to; "" for none */
  char *word;
  gsize size;      /* of each of the two */
  gboolean quoted; /* the word */
  gboolean open;   /* the word holds a variable, so what it is cannot be known */
} Scanner;

static void
scanner_init (Scanner *self, const char *text)
{
  self->at = text;
  self->size = strlen (text) + 1;
  self->name = g_malloc0 (self->size);
  self->word = g_malloc0 (self->size);
}

static void
scanner_clear (Scanner *self)
{
  explicit_bzero (self->name, self->size);
  explicit_bzero (self->word, self->size);
  g_free (self->name);
  g_free (self->word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scanner, scanner_clear)

/* The straight one and the four curly ones, which PowerShell takes for the same. */
static gboolean
is_single_quote (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  return c == '\'' || (c >= 0x2018 && c <= 0x201b);
}

static gboolean
is_double_quote (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  return c == '"' || (c >= 0x201c && c <= 0x201e);
}

static char *
copy_character (const char **at, char *end)
{
  const char *next = g_utf8_next_char (*at);

  memcpy (end, *at, next - *at);
  end += next - *at;
  *at = next;
  return end;
}

static void
read_quoted (Scanner *self, gboolean (*is_quote) (const char *at), gboolean expands)
{
  char *end = self->word;
  const char *at = g_utf8_next_char (self->at);

  self->quoted = TRUE;
  while (*at != '\0')
    {
      if (is_quote (at))
        {
          at = g_utf8_next_char (at);
          if (!is_quote (at))
            break;
        }
      else if (expands && *at == '`' && at[1] != '\0')
        at++;
      else if (expands && *at == '$' && (g_ascii_isalpha (at[1]) || strchr ("_({$", at[1]) != NULL))
        self->open = TRUE;
      end = copy_character (&at, end);
    }
  *end = '\0';
  self->at = at;
}

static void
read_bare (Scanner *self)
{
  gsize length = strcspn (self->at, " \t\r\n;,={}()");

  memcpy (self->word, self->at, length);
  self->word[length] = '\0';
  self->open = *self->word == '$' || *self->word == '@';
  self->at += length;
}

static void
skip_blanks (Scanner *self)
{
  while (TRUE)
    {
      self->at += strspn (self->at, " \t\r");
      if (self->at[0] == '`' && self->at[1] == '\n')
        self->at += 2;
      else if (self->at[0] == '`' && self->at[1] == '\r' && self->at[2] == '\n')
        self->at += 3;
      else if (*self->at == '#')
        self->at += strcspn (self->at, "\n");
      else
        return;
    }
}

static Token
read_token (Scanner *self)
{
  skip_blanks (self);
  self->quoted = FALSE;
  self->open = FALSE;
  if (*self->at == '\0')
    return TOKEN_END;
  if (is_single_quote (self->at))
    {
      read_quoted (self, is_single_quote, FALSE);
      return TOKEN_WORD;
    }
  if (is_double_quote (self->at))
    {
      read_quoted (self, is_double_quote, TRUE);
      return TOKEN_WORD;
    }
  if (strchr ("=(\n;,{})", *self->at) != NULL)
    {
      char sign = *self->at++;

      return sign == '=' ? TOKEN_ASSIGN : sign == '(' ? TOKEN_OPEN : TOKEN_SEPARATOR;
    }
  read_bare (self);
  return TOKEN_WORD;
}

/* `$env:PSA_HOSTNAME`, `$Server`, `Server`: what is left is the name that others know. */
static void
set_name (Scanner *self)
{
  const char *name = self->word;

  if (*name == '$')
    name++;
  if (g_ascii_strncasecmp (name, "env:", strlen ("env:")) == 0)
    name += strlen ("env:");
  memmove (self->name, name, strlen (name) + 1);
}

/* Returns: whether the word is a parameter, which then awaits its value; `-Name:value` holds it already */
static gboolean
read_parameter (Scanner *self, PsaPasteValues *values)
{
  char *colon;

  if (self->quoted || self->word[0] != '-' || !g_ascii_isalpha (self->word[1]))
    return FALSE;

  colon = strchr (self->word, ':');
  if (colon != NULL)
    *colon = '\0';
  if (!psa_paste_values_knows (self->word + 1))
    return TRUE;
  memmove (self->name, self->word + 1, strlen (self->word + 1) + 1);
  if (colon != NULL && colon[1] != '\0' && colon[1] != '$')
    {
      psa_paste_values_take (values, self->name, colon + 1);
      *self->name = '\0';
    }
  return TRUE;
}

static void
read_word (Scanner *self, PsaPasteValues *values)
{
  /* (ConvertTo-SecureString 'value' -AsPlainText -Force) */
  if (read_parameter (self, values) ||
      (!self->quoted && g_ascii_strcasecmp (self->word, "ConvertTo-SecureString") == 0))
    return;

  if (*self->name == '\0')
    return;
  if (!self->open)
    psa_paste_values_take (values, self->name, self->word);
  *self->name = '\0';
}

/*
 * psa_paste_read_powershell:
 *
 * Reads what is assigned in a hashtable or to a variable, and the parameters of a command. What holds a variable is
 * passed over.
 */
void
psa_paste_read_powershell (PsaPasteValues *values, const char *text)
{
  g_auto(Scanner) scanner = { 0 };
  Token token = TOKEN_SEPARATOR;
  Token before = TOKEN_SEPARATOR;

  scanner_init (&scanner, text);
  while (token != TOKEN_END && !values->more)
    {
      token = read_token (&scanner);
      if (token == TOKEN_WORD && *scanner.name == '\0' && !values->more)
        {
          const char *behind = scanner.at + strspn (scanner.at, " \t");

          if (*behind == '=')
            set_name (&scanner);
          else
            read_word (&scanner, values);
        }
      else if (token == TOKEN_WORD)
        read_word (&scanner, values);
      else if (token == TOKEN_SEPARATOR && before != TOKEN_ASSIGN)
        *scanner.name = '\0';
      before = token;
    }
}
