/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-key-age.h"

#include <glib/gi18n.h>

/* From here on it is said that a key is old. The vendor's keys do not expire by themselves. */
#define OLD_SECONDS (365 * G_GINT64_CONSTANT (86400))

/**
 * psa_key_age_dup_text:
 * @stored: when a password came into the keyring, in seconds since 1970; 0 for unknown
 *
 * Returns: (transfer full) (nullable): a sentence on how old it is
 */
char *
psa_key_age_dup_text (gint64 stored)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GDateTime) time = stored > 0 ? g_date_time_new_from_unix_local (stored) : NULL;
  /* Translators: a day as in “3 March 2027”, in the form of g_date_time_format() */
  g_autofree char *date = time != NULL ? g_date_time_format (time, _("%-d %B %Y")) : NULL;

  if (date == NULL)
    return NULL;
  if (now - stored < OLD_SECONDS)
    /* Translators: %s is a day as in “3 March 2027” */
    return g_strdup_printf (_("The password in the keyring was stored on %s."), date);
  /* Translators: %s is a day as in “3 March 2027” */
  return g_strdup_printf (_("The password in the keyring was stored on %s, more than a year ago. "
                             "Consider a new key."),
                          date);
}
