/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-age.h"

#include <glib/gi18n.h>

static char *
format_date (gint64 microseconds, PsaAgeStyle style)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (microseconds / G_USEC_PER_SEC);
  g_autofree char *text = NULL;

  if (date == NULL)
    return g_strdup ("");
  if (style == PSA_AGE_SHORT)
    return g_date_time_format (date, "%x");
  /* Translators: a day as in “3 March 2027”, in the form of g_date_time_format() */
  text = g_date_time_format (date, _("%-d %B %Y"));
  /* Translators: %s is a date */
  return g_strdup_printf (_("Checked on %s"), text);
}

/**
 * psa_age_dup_text:
 * @then: when it happened, in microseconds since 1970, UTC
 * @now: the present, likewise
 * @style: how long the text may be
 *
 * The one place that puts the age of a check into words. A time that lies ahead, as after the clock was
 * set back, counts as just now. From a month on the date is said instead.
 *
 * Returns: (transfer full): the translated text
 */
char *
psa_age_dup_text (gint64 then, gint64 now, PsaAgeStyle style)
{
  gint64 minutes = MAX (now - then, 0) / (60 * G_USEC_PER_SEC);
  gint64 hours = minutes / 60;
  gint64 days = hours / 24;
  gboolean is_short = style == PSA_AGE_SHORT;

  if (minutes < 1)
    /* Translators: the age of a check that has just ended */
    return g_strdup (is_short ? C_("age", "now") : _("Checked just now"));
  if (hours < 1)
    /* Translators: minutes, as short as can be: it stands in the list */
    return g_strdup_printf (is_short ? C_("age", "%d min")
                                     : ngettext ("Checked %d minute ago", "Checked %d minutes ago",
                                                 minutes),
                            (int) minutes);
  if (days < 1)
    /* Translators: hours, as short as can be: it stands in the list */
    return g_strdup_printf (is_short ? C_("age", "%d h")
                                     : ngettext ("Checked %d hour ago", "Checked %d hours ago",
                                                 hours),
                            (int) hours);
  if (days < 31)
    /* Translators: days, as short as can be: it stands in the list */
    return g_strdup_printf (is_short ? ngettext ("%d day", "%d days", days)
                                     : ngettext ("Checked %d day ago", "Checked %d days ago", days),
                            (int) days);
  return format_date (then, style);
}

/**
 * psa_age_is_old:
 * @then: when it happened, in microseconds since 1970, UTC
 * @now: the present, likewise
 *
 * Returns: whether a result of @then should be shown dimmed: it is a day old or more
 */
gboolean
psa_age_is_old (gint64 then, gint64 now)
{
  return now - then >= G_TIME_SPAN_DAY;
}
