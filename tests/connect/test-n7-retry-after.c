/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

/* A 429 in each form that its Retry-After may have. */

typedef struct
{
  const char *name;
  const char *header; /* %s is a date */
  int date;           /* seconds from now */
  int ahead;          /* seconds until the next try; 0 where nothing is known */
} Case;

static const Case cases[] = {
  { "seconds", "Retry-After: 30\r\n", 0, 30 },
  { "seconds-zero", "retry-after: 0\r\n", 0, 0 },
  { "seconds-huge", "Retry-After: 99999999999999999999\r\n", 0, 0 },
  { "seconds-negative", "Retry-After: -30\r\n", 0, 0 },
  { "seconds-and-a-half", "Retry-After: 30.5\r\n", 0, 0 },
  { "date", "Retry-After: %s\r\n", 90, 90 },
  { "date-in-the-past", "Retry-After: %s\r\n", -90, 0 },
  { "nonsense", "Retry-After: in a moment\r\n", 0, 0 },
  { "empty", "Retry-After:\r\n", 0, 0 },
  { "nothing", "", 0, 0 },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) then = g_date_time_add_seconds (now, one->date);
  g_autofree char *date = g_date_time_format (then, "%a, %d %b %Y %H:%M:%S GMT");
  g_auto(GStrv) parts = g_strsplit (one->header, "%s", 2);
  g_autofree char *header = g_strjoinv (date, parts);
  g_autofree char *company = raw_answer_dup ("200 OK", "", RAW_COMPANY);
  g_autofree char *limited = raw_answer_dup ("429 Too Many Requests", header,
                                             "{\"error\":\"ConnectWiseAPI\",\"message\":\"Too many "
                                             "requests. Please try again in 30 seconds.\"}");
  RawAnswer second = { .head = limited };
  RawAnswer first = { .head = company, .then = &second };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&first);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = raw_tenant_check (tenant, client);
  gint64 due = g_date_time_to_unix (now) + one->ahead;

  check_run_assert (run, one->name, PSA_CAUSE_RATE_LIMITED);
  g_assert_cmpuint (run->result->http_status, ==, 429);
  g_assert_cmpuint (raw_server_get_n_requests (tenant->server), ==, 2); /* it ends at once */
  if (one->ahead == 0 && !g_str_equal (one->name, "seconds-zero"))
    {
      g_assert_cmpint (run->result->retry_at, ==, 0);
      return;
    }
  g_assert_cmpint (run->result->retry_at, >=, due - 1);
  g_assert_cmpint (run->result->retry_at, <=, due + 30); /* a check may take its time */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/n7-retry-after/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
