/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The sections of PSA_GROUPING_ATTENTION, from the top. */
typedef enum
{
  SECTION_ATTENTION,
  SECTION_FAVOURITES,
  SECTION_OTHERS,
} Section;

/* From what needs a hand most to what needs none. */
static const int ranks[] = {
  [PSA_STATE_REJECTED] = 0,    [PSA_STATE_NOT_PERMITTED] = 1,      [PSA_STATE_NEEDS_CORRECTION] = 2,
  [PSA_STATE_UNREACHABLE] = 3, [PSA_STATE_SECRET_UNAVAILABLE] = 4, [PSA_STATE_WARNING] = 5,
  [PSA_STATE_NOT_CHECKED] = 6, [PSA_STATE_CONNECTED] = 7,
};

static int
compare (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
get_rank (PsaStatus *status)
{
  return ranks[psa_status_get_state (status)];
}

static gint64
get_checked_at (PsaStatus *status)
{
  PsaResult *result = psa_status_get_result (status);

  return result != NULL && psa_status_get_current (status) ? result->checked_at : 0;
}

static Section
get_section (PsaStatus *status)
{
  if (psa_status_needs_attention (status))
    return SECTION_ATTENTION;
  return psa_profile_get_favourite (psa_status_get_profile (status)) ? SECTION_FAVOURITES
                                                                     : SECTION_OTHERS;
}

static const char *
get_first_tag (PsaStatus *status)
{
  return psa_profile_get_tags (psa_status_get_profile (status))[0];
}

static int
compare_tags (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return g_utf8_collate (a, b);
}

/**
 * psa_status_needs_attention:
 * @status: a status
 *
 * Returns: whether its last check, one of the profile as it is now, found something to be done
 */
gboolean
psa_status_needs_attention (PsaStatus *status)
{
  PsaState state = psa_status_get_state (status);

  return state != PSA_STATE_CONNECTED && state != PSA_STATE_NOT_CHECKED;
}

/**
 * psa_order_compare:
 * @order: which comes first
 * @a: a status
 * @b: another
 *
 * Two that are alike in it follow each other by name. Allocates nothing, as it is asked a hundred thousand times
 * for ten thousand profiles.
 *
 * Returns: less than 0 where @a comes before @b, more where it comes after
 */
int
psa_order_compare (PsaOrder order, PsaStatus *a, PsaStatus *b)
{
  int result = compare (psa_profile_get_favourite (psa_status_get_profile (b)),
                        psa_profile_get_favourite (psa_status_get_profile (a)));

  if (result != 0)
    return result;

  switch (order)
    {
    case PSA_ORDER_STATE:
      result = compare (get_rank (a), get_rank (b));
      break;
    case PSA_ORDER_CHECKED:
      result = compare (get_checked_at (a), get_checked_at (b));
      break;
    case PSA_ORDER_RECENT:
      result = compare (psa_status_get_serial (b), psa_status_get_serial (a));
      break;
    case PSA_ORDER_NAME:
    default:
      break;
    }
  return result != 0 ? result : strcmp (psa_status_get_sort_key (a), psa_status_get_sort_key (b));
}

/**
 * psa_grouping_compare:
 * @grouping: what the sections are
 * @a: a status
 * @b: another
 *
 * Returns: 0 where both stand in the same section, else which section comes first
 */
int
psa_grouping_compare (PsaGrouping grouping, PsaStatus *a, PsaStatus *b)
{
  switch (grouping)
    {
    case PSA_GROUPING_STATE:
      return compare (get_rank (a), get_rank (b));
    case PSA_GROUPING_ENVIRONMENT:
      return compare (psa_profile_get_environment (psa_status_get_profile (a)),
                      psa_profile_get_environment (psa_status_get_profile (b)));
    case PSA_GROUPING_TAG:
      return compare_tags (get_first_tag (a), get_first_tag (b));
    case PSA_GROUPING_ATTENTION:
    default:
      return compare (get_section (a), get_section (b));
    }
}

/**
 * psa_grouping_get_title:
 * @grouping: what the sections are
 * @status: one of a section
 *
 * Returns: (transfer none): what its section is called; a tag is as the user typed it
 */
const char *
psa_grouping_get_title (PsaGrouping grouping, PsaStatus *status)
{
  const char *tag;

  switch (grouping)
    {
    case PSA_GROUPING_STATE:
      return psa_state_get_word (psa_status_get_state (status));
    case PSA_GROUPING_ENVIRONMENT:
      return psa_environment_get_word (
          psa_profile_get_environment (psa_status_get_profile (status)));
    case PSA_GROUPING_TAG:
      tag = get_first_tag (status);
      /* Translators: the section of the list with the profiles that have no tag */
      return tag != NULL ? tag : _("No Tag");
    case PSA_GROUPING_ATTENTION:
    default:
      switch (get_section (status))
        {
        case SECTION_ATTENTION:
          /* Translators: the section of the list with the profiles that have something wrong */
          return _("Needs Attention");
        case SECTION_FAVOURITES:
          return _("Favourites");
        case SECTION_OTHERS:
        default:
          /* Translators: the section of the list with the profiles that need nothing and are no favourites */
          return _("All Others");
        }
    }
}
