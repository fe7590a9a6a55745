/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-csv.h"

#include <string.h>

/* Comma-separated values by RFC 4180, with the two things that it leaves out: formulas, and files that are wrong. */

/* A program for tables takes what begins so for a formula, also behind these signs' wide forms. */
static gboolean
is_formula (const char *field)
{
  static const char *const prefixes[] = {
    "=", "+", "-", "@", "\t", "\r", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (field, prefixes[i]))
      return TRUE;
  return FALSE;
}

/**
 * psa_csv_add_field:
 * @text: a row so far
 * @field: the next field, of any text
 * @end: what follows it: "," or "\r\n"
 *
 * Writes a field: quoted where it must be, quotes doubled. What a program for tables would take for a formula gets an
 * apostrophe in front, and so does what begins with one, so that psa_csv_parse() gives back the same.
 *
 * Source: RFC 4180
 */
void
psa_csv_add_field (GString *text, const char *field, const char *end)
{
  g_autoptr(GString) value = NULL;

  g_return_if_fail (text != NULL && field != NULL && end != NULL);

  value = g_string_new (is_formula (field) || *field == '\'' ? "'" : "");
  g_string_append (value, field);
  if (strpbrk (field, ",\"\r\n") != NULL)
    {
      g_string_replace (value, "\"", "\"\"", 0);
      g_string_append_printf (text, "\"%s\"%s", value->str, end);
    }
  else
    g_string_append_printf (text, "%s%s", value->str, end);
}

static void
row_free (gpointer data)
{
  PsaCsvRow *row = data;

  g_strfreev (row->fields);
  g_free (row);
}

static gboolean
is_end (const char *at, char separator)
{
  return *at == '\0' || *at == separator || *at == '\n' || *at == '\r';
}

/* Takes the apostrophe off that psa_csv_add_field() has put in front. */
static char *
take_field (GString *value)
{
  if (value->str[0] == '\'' && (is_formula (value->str + 1) || value->str[1] == '\''))
    g_string_erase (value, 0, 1);
  return g_string_free_and_steal (value);
}

/* Returns: behind the field; NULL where its quotes do not fit together */
static const char *
read_field (const char *at, char separator, GString *value)
{
  if (*at != '"')
    {
      const char *begin = at;

      while (!is_end (at, separator))
        at++;
      g_string_append_len (value, begin, at - begin);
      return at;
    }

  for (at++; *at != '\0'; at++)
    {
      const char *begin = at;

      while (*at != '\0' && *at != '"')
        at++;
      g_string_append_len (value, begin, at - begin);
      if (*at == '\0')
        return NULL;
      if (at[1] != '"')
        return is_end (at + 1, separator) ? at + 1 : NULL;
      g_string_append_c (value, '"');
      at++;
    }
  return NULL;
}

static const char *
skip_line_end (const char *at)
{
  if (*at == '\r' && at[1] == '\n')
    return at + 2;
  return *at != '\0' ? at + 1 : at;
}

/* A row that cannot be read ends with its line, so that it costs no other. */
static const char *
read_row (const char *at, char separator, PsaCsvRow *row)
{
  g_autoptr(GStrvBuilder) fields = g_strv_builder_new ();
  const char *begin = at;

  while (TRUE)
    {
      GString *value = g_string_new (NULL);

      at = read_field (at, separator, value);
      if (at == NULL)
        {
          g_string_free (value, TRUE);
          return skip_line_end (begin + strcspn (begin, "\r\n"));
        }
      g_strv_builder_take (fields, take_field (value));
      if (*at != separator)
        break;
      at++;
    }
  row->fields = g_strv_builder_end (fields);
  return skip_line_end (at);
}

/* Programs for tables write semicolons where the comma is for decimals, and tabs on the clipboard. */
static char
find_separator (const char *text)
{
  gsize length = strcspn (text, "\r\n");
  static const char separators[] = { ',', ';', '\t' };
  char best = ',';
  guint most = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint n = 0;

      for (gsize j = 0; j < length; j++)
        n += text[j] == separators[i];
      if (n > most)
        {
          most = n;
          best = separators[i];
        }
    }
  return best;
}

/**
 * psa_csv_parse:
 * @text: UTF-8
 *
 * Reads rows with any line end; fields are apart by comma, semicolon or tabulator, whichever the first line has most
 * of. A row whose quotes do not fit together ends with its line. Blank lines are passed over.
 *
 * Returns: (transfer full) (element-type PsaCsvRow): the rows
 */
GPtrArray *
psa_csv_parse (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  char separator;

  g_return_val_if_fail (text != NULL, rows);

  separator = find_separator (text);
  while (*text != '\0')
    {
      PsaCsvRow *row;

      if (*text == '\r' || *text == '\n')
        {
          text++;
          continue;
        }
      row = g_new0 (PsaCsvRow, 1);
      row->number = rows->len + 1;
      g_ptr_array_add (rows, row);
      text = read_row (text, separator, row);
    }
  return rows;
}
