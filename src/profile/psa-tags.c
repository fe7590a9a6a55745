/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-tags.h"

#include "psa-input.h"

#include <string.h>

/* The keys of ConnectWise PSA have 16 characters, a GUID 36; hardly a word has as many, mixed so. */
#define MIN_KEY_LENGTH 16

static gboolean
is_in (GPtrArray *tags, const char *tag)
{
  g_autofree char *folded = g_utf8_casefold (tag, -1);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *other = g_utf8_casefold (tags->pdata[i], -1);

      if (g_str_equal (folded, other))
        return TRUE;
    }
  return FALSE;
}

static void
add (GPtrArray *tags, const char *text)
{
  g_autofree char *tag = psa_input_dup_trimmed (text);

  if (*tag != '\0' && !is_in (tags, tag))
    g_ptr_array_add (tags, g_steal_pointer (&tag));
}

static GStrv
finish (GPtrArray *tags)
{
  g_ptr_array_add (tags, NULL);
  return (GStrv) g_ptr_array_free (tags, FALSE);
}

/**
 * psa_tags_parse:
 * @text: tags as they are typed: with commas between them
 *
 * Returns: (transfer full): the tags, in that order; one that differs from an earlier one in case alone is dropped
 */
GStrv
psa_tags_parse (const char *text)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_strsplit (text, ",", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    add (tags, parts[i]);
  return finish (tags);
}

/**
 * psa_tags_dup_text:
 * @tags: (array zero-terminated=1): tags
 *
 * Returns: (transfer full): what psa_tags_parse() reads
 */
char *
psa_tags_dup_text (const char *const *tags)
{
  g_return_val_if_fail (tags != NULL, NULL);

  return g_strjoinv (", ", (GStrv) tags);
}

/**
 * psa_tags_change:
 * @tags: (array zero-terminated=1): tags
 * @added: (array zero-terminated=1): those that shall be there as well
 * @removed: (array zero-terminated=1): those that shall not
 *
 * Returns: (transfer full): the tags that remain, then those that are new
 */
GStrv
psa_tags_change (const char *const *tags, const char *const *added, const char *const *removed)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (tags != NULL && added != NULL && removed != NULL, NULL);

  for (gsize i = 0; removed[i] != NULL; i++)
    add (gone, removed[i]);
  for (gsize i = 0; tags[i] != NULL; i++)
    if (!is_in (gone, tags[i]))
      add (changed, tags[i]);
  for (gsize i = 0; added[i] != NULL; i++)
    add (changed, added[i]);
  return finish (changed);
}

static gboolean
looks_secret (const char *word)
{
  gboolean has_upper = FALSE;
  gboolean has_lower = FALSE;
  gboolean has_digit = FALSE;
  gsize length = strlen (word);

  if (g_uuid_string_is_valid (word))
    return TRUE;
  if (length < MIN_KEY_LENGTH)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (word[i]) && strchr ("+/=_-", word[i]) == NULL)
        return FALSE;
      has_upper |= g_ascii_isupper (word[i]);
      has_lower |= g_ascii_islower (word[i]);
      has_digit |= g_ascii_isdigit (word[i]);
    }
  return has_upper && has_lower && has_digit;
}

/**
 * psa_notes_look_secret:
 * @notes: free text of the user
 *
 * Whether a word of it looks like a key or a Client ID: notes are kept in a file and not in the keyring.
 *
 * Returns: whether a warning is due
 */
gboolean
psa_notes_look_secret (const char *notes)
{
  g_auto(GStrv) words = NULL;

  g_return_val_if_fail (notes != NULL, FALSE);

  words = g_strsplit_set (notes, " \t\r\n,;:\"'()", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    if (looks_secret (words[i]))
      return TRUE;
  return FALSE;
}
