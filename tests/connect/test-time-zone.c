/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "psa-time-zone.h"

/* Noon of a winter's day, UTC. */
#define WINTER G_GINT64_CONSTANT (1768478400)
#define SUMMER G_GINT64_CONSTANT (1784116800)

static char *
tell (const char *name, gint64 seconds)
{
  g_autoptr(GTimeZone) zone = psa_time_zone_new (name);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr(GDateTime) there = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return there != NULL ? g_date_time_format (there, "%H:%M") : NULL;
}

static void
test_known (void)
{
  static const struct
  {
    const char *name;
    const char *winter;
    const char *summer;
  } zones[] = {
    { "Eastern Standard Time", "07:00", "08:00" },
    { "GMT Standard Time", "12:00", "13:00" },
    { "W. Europe Standard Time", "13:00", "14:00" },
    { "AUS Eastern Standard Time", "23:00", "22:00" },
    { "South Africa Standard Time", "14:00", "14:00" },
    { "India Standard Time", "17:30", "17:30" },
    { "UTC", "12:00", "12:00" },
    { "America/New_York", "07:00", "08:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *winter = tell (zones[i].name, WINTER);
      g_autofree char *summer = tell (zones[i].name, SUMMER);

      g_test_message ("%s", zones[i].name);
      g_assert_cmpstr (winter, ==, zones[i].winter);
      g_assert_cmpstr (summer, ==, zones[i].summer);
    }
}

/* What a server made up is no zone, and no file is opened for it. */
static void
test_unknown (void)
{
  static const char *const names[] = { "",
                                       "Nowhere Standard Time",
                                       "../../../etc/hostname",
                                       "/etc/localtime",
                                       "Eastern Standard",
                                       "\xff",
                                       NULL };

  g_assert_null (psa_time_zone_new (NULL));
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr(GTimeZone) zone = psa_time_zone_new (names[i]);

      g_test_message ("“%s”", names[i]);
      g_assert_null (zone);
    }
  {
    g_autofree char *many = g_strnfill (100000, 'x');

    g_assert_null (psa_time_zone_new (many));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/time-zone/known", test_known);
  g_test_add_func ("/time-zone/unknown", test_unknown);
  return g_test_run ();
}
