/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-search.h"

#include "psa-fold.h"
#include "psa-order.h"

#include <string.h>

/**
 * PsaSearch:
 *
 * What somebody typed to find profiles: words, each of which must stand somewhere in the profile, and filters.
 * `is:` takes the beginning of a state, or `favourite`, `attention` or `checking`; `tag:` the beginning of a tag;
 * `env:` the beginning of an environment; `host:` a part of the host or its region. Quotes keep blanks together. A
 * filter that is only begun lets all pass, so that the list does not go blank between two keys.
 */
typedef enum
{
  TERM_WORD,
  TERM_IS,
  TERM_TAG,
  TERM_ENVIRONMENT,
  TERM_HOST,
} TermKind;

typedef struct
{
  TermKind kind;
  char *text; /* folded, not empty; that of a tag begins with PSA_STATUS_TAG_MARK */
} Term;

struct _PsaSearch
{
  GArray *terms; /* of Term */
};

static const struct
{
  const char *prefix;
  TermKind kind;
} filters[] = {
  { "is:", TERM_IS },           { "tag:", TERM_TAG },
  { "env:", TERM_ENVIRONMENT }, { "environment:", TERM_ENVIRONMENT },
  { "host:", TERM_HOST },
};

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->text);
}

/* Takes the next word off @text: quotes, closed or not, keep blanks together and go. */
static char *
dup_next_word (const char **text)
{
  g_autoptr(GString) word = g_string_new (NULL);
  const char *at = *text;
  gboolean quoted = FALSE;

  while (g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  for (; *at != '\0' && (quoted || !g_unichar_isspace (g_utf8_get_char (at)));
       at = g_utf8_next_char (at))
    if (*at == '"')
      quoted = !quoted;
    else
      g_string_append_unichar (word, g_utf8_get_char (at));
  *text = at;
  return g_string_free (g_steal_pointer (&word), FALSE);
}

static void
add_term (PsaSearch *self, const char *word)
{
  g_autofree char *folded = psa_fold_dup (word);
  const char *value = folded;
  Term term = { TERM_WORD, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_str_has_prefix (folded, filters[i].prefix))
      {
        term.kind = filters[i].kind;
        value = folded + strlen (filters[i].prefix);
        break;
      }
  if (*value == '\0')
    return;

  term.text =
      term.kind == TERM_TAG ? g_strconcat (PSA_STATUS_TAG_MARK, value, NULL) : g_strdup (value);
  g_array_append_val (self->terms, term);
}

/* What a state or environment is called in a file, or on screen. */
static gboolean
is_called (const char *token, const char *word, const char *text)
{
  g_autofree char *folded = NULL;

  if (g_str_has_prefix (token, text))
    return TRUE;
  folded = psa_fold_dup (word);
  return g_str_has_prefix (folded, text);
}

static gboolean
is (PsaStatus *status, const char *text)
{
  PsaState state = psa_status_get_state (status);

  return is_called (psa_state_get_token (state), psa_state_get_word (state), text) ||
         ((g_str_has_prefix ("favourite", text) || g_str_has_prefix ("favorite", text)) &&
          psa_profile_get_favourite (psa_status_get_profile (status))) ||
         (g_str_has_prefix ("attention", text) && psa_status_needs_attention (status)) ||
         (g_str_has_prefix ("checking", text) && psa_status_get_checking (status));
}

static gboolean
has_host (PsaStatus *status, const char *text)
{
  PsaProfile *profile = psa_status_get_profile (status);
  g_autoptr(PsaAddress) address = NULL;
  const char *region;

  if (strstr (psa_profile_get_address_text (profile), text) != NULL)
    return TRUE;
  address = psa_profile_dup_address (profile);
  region = address != NULL ? psa_address_get_region (address) : NULL;
  return region != NULL && g_ascii_strcasecmp (region, text) == 0;
}

static gboolean
term_matches (const Term *term, PsaStatus *status)
{
  PsaEnvironment environment;

  switch (term->kind)
    {
    case TERM_IS:
      return is (status, term->text);
    case TERM_ENVIRONMENT:
      environment = psa_profile_get_environment (psa_status_get_profile (status));
      return is_called (psa_environment_get_token (environment),
                        psa_environment_get_word (environment), term->text);
    case TERM_HOST:
      return has_host (status, term->text);
    case TERM_WORD:
    case TERM_TAG:
    default:
      return strstr (psa_status_get_search_text (status), term->text) != NULL;
    }
}

/**
 * psa_search_new:
 * @text: as somebody typed it, UTF-8
 *
 * Returns: (transfer full): what it asks for; every text is a search, none is an error
 */
PsaSearch *
psa_search_new (const char *text)
{
  PsaSearch *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (PsaSearch, 1);
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);
  while (*text != '\0')
    {
      g_autofree char *word = dup_next_word (&text);

      add_term (self, word);
    }
  return self;
}

/**
 * psa_search_free:
 * @self: (transfer full) (nullable): a search
 */
void
psa_search_free (PsaSearch *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->terms);
  g_free (self);
}

/**
 * psa_search_is_empty:
 * @self: a search
 *
 * Returns: whether it lets every profile pass
 */
gboolean
psa_search_is_empty (const PsaSearch *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->terms->len == 0;
}

/**
 * psa_search_matches:
 * @self: a search
 * @status: a profile beside what is known of it
 *
 * Looks at name, host, company, company ID, tags and notes. No secret is looked at: none is there.
 *
 * Returns: whether the profile is one of those searched for
 */
gboolean
psa_search_matches (const PsaSearch *self, PsaStatus *status)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PSA_IS_STATUS (status), FALSE);

  for (guint i = 0; i < self->terms->len; i++)
    if (!term_matches (&g_array_index (self->terms, Term, i), status))
      return FALSE;
  return TRUE;
}

/**
 * psa_search_narrows:
 * @text: what is typed now
 * @before: what was typed before
 *
 * Whether nothing can match @text that did not match @before, so that only those found need be looked at again.
 * A filter is no such thing while it is typed: `tag` is a word, `tag:` is none.
 *
 * Returns: %TRUE where that is sure
 */
gboolean
psa_search_narrows (const char *text, const char *before)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (before != NULL, FALSE);

  return g_str_has_prefix (text, before) && strpbrk (text, ":\"") == NULL;
}
