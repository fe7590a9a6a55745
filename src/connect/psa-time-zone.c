/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-time-zone.h"

#include <unicode/ucal.h>

#define MAX_NAME 128 /* UTF-16 units; the longest known has some forty */

/* The server runs on Windows, whose zones have names of their own: CLDR knows them by way of ICU, GLib does not. CLDR
 * keeps the first name that a place ever had, and a system may have files for the present ones alone. */
static char *
dup_identifier (const UChar *name, int32_t length)
{
  UChar found[MAX_NAME];
  UChar present[MAX_NAME];
  UErrorCode status = U_ZERO_ERROR;
  int32_t found_length =
      ucal_getTimeZoneIDForWindowsID (name, length, NULL, found, MAX_NAME, &status);

  if (U_FAILURE (status))
    return NULL;
  if (found_length > 0)
    length = ucal_getIanaTimeZoneID (found, found_length, present, MAX_NAME, &status);
  else
    length = ucal_getIanaTimeZoneID (name, length, present, MAX_NAME, &status);
  if (U_FAILURE (status))
    return NULL;

  return g_utf16_to_utf8 ((const gunichar2 *) present, length, NULL, NULL, NULL);
}

/**
 * psa_time_zone_new:
 * @name: (nullable): a zone by the name that a server gave it: “Eastern Standard Time”, as Windows says, or
 *   “America/New_York”
 *
 * Only a name that is known is looked up: a server chooses this text, and a zone is a file.
 *
 * Source: `serverTimeZone` of `/system/info`, section 7 of the API facts
 *
 * Returns: (transfer full) (nullable): the zone; %NULL where nobody knows it
 */
GTimeZone *
psa_time_zone_new (const char *name)
{
  g_autofree gunichar2 *text = NULL;
  g_autofree char *identifier = NULL;
  glong length = 0;

  if (name == NULL)
    return NULL;
  text = g_utf8_to_utf16 (name, -1, NULL, &length, NULL);
  if (text == NULL || length == 0 || length >= MAX_NAME)
    return NULL;
  identifier = dup_identifier ((const UChar *) text, (int32_t) length);
  return identifier != NULL ? g_time_zone_new_identifier (identifier) : NULL;
}
