/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-columns.h"

#define MAX_WIDTH 40 /* one long name must not push all others off the terminal */

/* How many places of a terminal a text takes. */
static int
measure (const char *text)
{
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/**
 * psa_columns_print:
 * @lines: (element-type GStrv): the cells of each line, as many in each; valid UTF-8
 *
 * Prints them to standard output, each column as wide as what stands in it. The last cell of a line is not padded.
 */
void
psa_columns_print (GPtrArray *lines)
{
  g_autoptr(GArray) widths = g_array_new (FALSE, TRUE, sizeof (int));

  g_return_if_fail (lines != NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      GStrv cells = g_ptr_array_index (lines, i);

      g_array_set_size (widths, MAX (widths->len, g_strv_length (cells)));
      for (guint j = 0; cells[j] != NULL; j++)
        {
          int width = measure (cells[j]);

          if (width <= MAX_WIDTH)
            g_array_index (widths, int, j) = MAX (g_array_index (widths, int, j), width);
        }
    }

  for (guint i = 0; i < lines->len; i++)
    {
      GStrv cells = g_ptr_array_index (lines, i);

      for (guint j = 0; cells[j] != NULL; j++)
        if (cells[j + 1] == NULL)
          g_print ("%s\n", cells[j]);
        else
          g_print ("%s%*s  ", cells[j],
                   MAX (0, g_array_index (widths, int, j) - measure (cells[j])), "");
    }
}
