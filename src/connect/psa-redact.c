/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-redact.h"

#include "psa-printable.h"

#include <string.h>

#define DOTS "•••"
#define LONGEST_SIGN 12 /* bytes of one encoded sign, as in \ud83d\ude00 */
#define LEAST_PART 4    /* characters of base64 below which a part of it is found everywhere */

/*
 * A secret can come back as it was sent, or encoded by whoever wrote the answer, and half encoded too. So it is not
 * searched for in a list of encodings: the text is read sign by sign, and each sign of the secret matches in every form it
 * could have been given – plain, in any case, %41, \u0041, \", &#65;, &#x41;, &quot;, + – in any mixture. What changes
 * more than single signs, base64 and hexadecimal, is searched for as text of its own, in the same way.
 */

/* What is searched for: a string, and how far a find reaches beyond it. */
typedef struct
{
  char *text;
  char other_case; /* of its first byte */
  gboolean base64; /* the signs of base64 around it belong to it */
} Needle;

struct _PsaRedaction
{
  GArray *needles;         /* (element-type Needle) */
  gboolean can_begin[256]; /* by byte: whether any needle can; nearly all of a text is passed over by this */
};

static void
clear_needle (gpointer data)
{
  Needle *needle = data;

  explicit_bzero (needle->text, strlen (needle->text));
  g_free (needle->text);
}

static void
wipe (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
take_needle (GArray *needles, char *text, gboolean base64)
{
  char other_case = g_ascii_islower (*text) ? g_ascii_toupper (*text) : g_ascii_tolower (*text);
  Needle needle = { text, other_case, base64 };

  if (*text == '\0')
    wipe (text);
  else
    g_array_append_val (needles, needle);
}

/* The characters of base64 that the secret alone settles when it stands @offset bytes into a
 * longer text, as in "company+key:secret". */
static void
add_base64 (GArray *needles, const char *secret, gsize offset)
{
  gsize length = strlen (secret) + offset;
  guchar *bytes = g_malloc0 (length);
  g_autofree char *encoded = NULL;
  gsize first = (offset * 8 + 5) / 6;
  gsize end = length * 8 / 6;

  memcpy (bytes + offset, secret, strlen (secret));
  encoded = g_base64_encode (bytes, length);
  if (end >= first + LEAST_PART)
    {
      char *part = g_strndup (encoded + first, end - first);
      char *url_safe = g_strdup (part);

      for (char *c = url_safe; *c != '\0'; c++)
        *c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
      take_needle (needles, part, TRUE);
      take_needle (needles, url_safe, TRUE);
    }
  explicit_bzero (encoded, strlen (encoded));
  explicit_bzero (bytes, length);
  g_free (bytes);
}

static char *
dup_hex (const char *secret)
{
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc0 (strlen (secret) * 2 + 1);

  for (gsize i = 0; secret[i] != '\0'; i++)
    {
      hex[2 * i] = digits[(guchar) secret[i] >> 4];
      hex[2 * i + 1] = digits[(guchar) secret[i] & 0xf];
    }
  return hex;
}

static void
add_secret (GArray *needles, const char *secret, const char *username)
{
  if (*secret == '\0')
    return;

  if (g_utf8_validate (secret, -1, NULL))
    take_needle (needles, g_strdup (secret), FALSE);
  take_needle (needles,
               psa_printable_dup (secret, strlen (secret), G_MAXSIZE, PSA_PRINTABLE_ONE_LINE),
               FALSE);
  take_needle (needles, dup_hex (secret), FALSE);
  for (gsize offset = 0; offset < 3; offset++)
    add_base64 (needles, secret, offset);
  if (username != NULL)
    {
      char *pair = g_strconcat (username, ":", secret, NULL);

      take_needle (needles, g_base64_encode ((const guchar *) pair, strlen (pair)), TRUE);
      wipe (pair);
    }
}

/* ---- one sign in all its forms ---- */

static gboolean
same_sign (gunichar a, gunichar b)
{
  return a == b || (a < 128 && b < 128 && g_ascii_tolower ((char) a) == g_ascii_tolower ((char) b));
}

static gsize
read_number (const char *text, guint base, gsize digits, gunichar *value)
{
  gsize used = 0;

  *value = 0;
  while (used < digits &&
         (base == 16 ? g_ascii_isxdigit (text[used]) : g_ascii_isdigit (text[used])))
    {
      *value = *value * base + (gunichar) g_ascii_xdigit_value (text[used]);
      used++;
    }
  return used;
}

/* `\u0041`, two of them for a sign beyond the first plane, or `\"`. */
static gsize
match_backslash (const char *at, gunichar sign)
{
  gunichar value = 0, low = 0;

  if (at[0] != '\\')
    return 0;
  if (g_ascii_tolower (at[1]) != 'u' || read_number (at + 2, 16, 4, &value) != 4)
    return at[1] != '\0' && sign < 128 && same_sign ((guchar) at[1], sign) ? 2 : 0;
  if (value < 0xd800 || value > 0xdbff)
    return same_sign (value, sign) ? 6 : 0;
  if (at[6] != '\\' || g_ascii_tolower (at[7]) != 'u' || read_number (at + 8, 16, 4, &low) != 4)
    return 0;
  return 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00) == sign ? 12 : 0;
}

/* `&#65;`, `&#x41;`, `&quot;`. */
static gsize
match_entity (const char *at, gunichar sign)
{
  static const struct
  {
    const char *text;
    char sign;
  } names[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
  };
  gboolean hex;
  gunichar value = 0;
  gsize used;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((gunichar) names[i].sign == sign && g_str_has_prefix (at, names[i].text))
      return strlen (names[i].text);

  if (at[0] != '&' || at[1] != '#')
    return 0;
  hex = g_ascii_tolower (at[2]) == 'x';
  used = read_number (at + 2 + hex, hex ? 16 : 10, 7, &value);
  if (used == 0 || !same_sign (value, sign))
    return 0;
  return 2 + hex + used + (at[2 + hex + used] == ';' ? 1 : 0);
}

/* Each byte of the sign's UTF-8 as it is or as %41; also `%u0041`. */
static gsize
match_bytes (const char *at, gunichar sign)
{
  char bytes[6];
  gsize n = (gsize) g_unichar_to_utf8 (sign, bytes);
  gsize used = 0;
  gunichar value = 0;

  if (at[0] == '%' && g_ascii_tolower (at[1]) == 'u' && read_number (at + 2, 16, 4, &value) == 4 &&
      same_sign (value, sign))
    return 6;

  for (gsize i = 0; i < n; i++)
    {
      if (at[used] == '%' && read_number (at + used + 1, 16, 2, &value) == 2 &&
          same_sign (value, (guchar) bytes[i]))
        used += 3;
      else if (at[used] != '\0' && same_sign ((guchar) at[used], (guchar) bytes[i]))
        used += 1;
      else
        return 0;
    }
  return used;
}

/* ---- a needle at one place ---- */

static void
reach (GArray *ends, gsize end)
{
  for (guint i = 0; i < ends->len; i++)
    if (g_array_index (ends, gsize, i) == end)
      return;
  g_array_append_val (ends, end);
}

/* Whether any form of a needle can begin with @c. */
static gboolean
can_begin (char c, const Needle *needle)
{
  return c == needle->text[0] || c == needle->other_case || c == '%' || c == '\\' || c == '&' ||
         (c == '+' && needle->text[0] == ' ');
}

/* The same of the first two signs, where both are plain: of what begins like a needle, little goes on like one. */
static gboolean
can_begin_at (const char *at, const Needle *needle)
{
  if (!can_begin (at[0], needle))
    return FALSE;
  if ((at[0] != needle->text[0] && at[0] != needle->other_case) || (needle->text[0] & 0x80) != 0 ||
      needle->text[1] == '\0')
    return TRUE;
  return g_ascii_tolower (at[1]) == g_ascii_tolower (needle->text[1]) ||
         at[1] == PSA_PRINTABLE_CUT[0] || (at[1] != '\0' && strchr ("%\\&+", at[1]) != NULL);
}

/* All places that the sign can end at, for all places that it can begin at. */
static void
step (const char *text, gunichar sign, GArray *from, GArray *to)
{
  g_array_set_size (to, 0);
  for (guint i = 0; i < from->len; i++)
    {
      gsize at = g_array_index (from, gsize, i);
      gsize used[] = {
        match_bytes (text + at, sign),
        match_backslash (text + at, sign),
        match_entity (text + at, sign),
        sign == ' ' && text[at] == '+' ? 1 : 0,
      };

      for (gsize j = 0; j < G_N_ELEMENTS (used); j++)
        if (used[j] > 0)
          reach (to, at + used[j]);
    }
}

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("+/-_=", c) != NULL);
}

/* Where the text was cut, the beginning of a secret is as bad as the whole; the cut may also go through one
 * encoded sign. */
static gboolean
is_cut_at (const char *text, gsize at)
{
  gsize left = strlen (text + at);

  if (g_str_equal (text + at, PSA_PRINTABLE_CUT))
    return TRUE;
  return strchr ("%\\&", text[at]) != NULL && left < LONGEST_SIGN + strlen (PSA_PRINTABLE_CUT) &&
         g_str_has_suffix (text + at, PSA_PRINTABLE_CUT);
}

/* The end of the longest find of @needle that begins at @start, or @start. */
static gsize
match_needle (const char *text, gsize start, const Needle *needle, GArray *from, GArray *to)
{
  gsize end = start;

  if (!can_begin_at (text + start, needle))
    return start;
  g_array_set_size (from, 0);
  g_array_append_val (from, start);
  for (const char *sign = needle->text; *sign != '\0'; sign = g_utf8_next_char (sign))
    {
      GArray *swap;

      step (text, g_utf8_get_char (sign), from, to);
      for (guint i = 0; i < to->len; i++)
        if (is_cut_at (text, g_array_index (to, gsize, i)))
          return strlen (text) - strlen (PSA_PRINTABLE_CUT);
      if (to->len == 0)
        return start;
      swap = from;
      from = to;
      to = swap;
    }

  for (guint i = 0; i < from->len; i++)
    end = MAX (end, g_array_index (from, gsize, i));
  while (needle->base64 && text[end] != '\0' && is_base64 (text[end]))
    end++;
  return end;
}

/**
 * psa_redaction_new:
 * @secrets: (array zero-terminated=1): what must not be seen
 * @username: (nullable): what stands before the secret in a `Basic` header
 *
 * What is searched for takes longer to make than most texts to search: it is made once for all that a tenant sent.
 *
 * Returns: (transfer full): the redaction; it holds the secrets, and wipes them when freed
 */
PsaRedaction *
psa_redaction_new (const PsaSecret *const *secrets, const char *username)
{
  PsaRedaction *self = g_new0 (PsaRedaction, 1);

  self->needles = g_array_new (FALSE, FALSE, sizeof (Needle));
  g_array_set_clear_func (self->needles, clear_needle);
  g_return_val_if_fail (secrets != NULL, self);

  for (gsize i = 0; secrets[i] != NULL; i++)
    add_secret (self->needles, secrets[i], username);
  for (guint c = 0; c < G_N_ELEMENTS (self->can_begin); c++)
    for (guint i = 0; i < self->needles->len && !self->can_begin[c]; i++)
      self->can_begin[c] = can_begin ((char) c, &g_array_index (self->needles, Needle, i));
  return self;
}

void
psa_redaction_free (PsaRedaction *self)
{
  if (self == NULL)
    return;

  explicit_bzero (self->can_begin, sizeof self->can_begin);
  g_array_unref (self->needles);
  g_free (self);
}

/**
 * psa_redaction_apply:
 * @text: any valid UTF-8
 *
 * The one redaction, for everything that shows or stores what a server sent. Each secret, plain, base64 (also within a
 * longer text), URL-encoded, JSON-escaped, HTML-escaped and hexadecimal, in any case and mixture, becomes “•••”. In a
 * text that psa_printable_dup() has cut, so does the beginning of a secret at the cut.
 *
 * Returns: (transfer full): the text without them
 */
char *
psa_redaction_apply (const PsaRedaction *self, const char *text)
{
  g_autoptr(GArray) from = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr(GArray) to = g_array_new (FALSE, FALSE, sizeof (gsize));
  GString *out = g_string_new (NULL);
  gsize at = 0;

  g_return_val_if_fail (self != NULL && text != NULL, g_string_free_and_steal (out));

  while (text[at] != '\0')
    {
      gsize end = at;
      gboolean base64 = FALSE;

      for (guint i = 0; self->can_begin[(guchar) text[at]] && i < self->needles->len; i++)
        {
          const Needle *needle = &g_array_index (self->needles, Needle, i);
          gsize found = match_needle (text, at, needle, from, to);

          base64 = base64 || (found > at && needle->base64);
          end = MAX (end, found);
        }
      if (end == at)
        {
          g_string_append_c (out, text[at++]);
          continue;
        }
      while (base64 && out->len > 0 && is_base64 (out->str[out->len - 1]))
        g_string_truncate (out, out->len - 1);
      g_string_append (out, DOTS);
      at = end;
    }
  return g_string_free_and_steal (out);
}

/**
 * psa_redact:
 * @text: any valid UTF-8
 * @secrets: (array zero-terminated=1): what must not be seen
 * @username: (nullable): what stands before the secret in a `Basic` header
 *
 * The redaction of one text; see psa_redaction_apply().
 *
 * Returns: (transfer full): the text without them
 */
char *
psa_redact (const char *text, const PsaSecret *const *secrets, const char *username)
{
  g_autoptr(PsaRedaction) redaction = psa_redaction_new (secrets, username);

  return psa_redaction_apply (redaction, text);
}
