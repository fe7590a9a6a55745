/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"
#include "psa-error.h"
#include "psa-find-region-private.h"

#include <string.h>
#include <sys/socket.h>

/* What a search concludes from the answers, and when it gives up; that they come in from real sites is tested with
 * psactl. */

static PsaReply *
create_reply (guint status, const char *body)
{
  PsaReply *reply = psa_reply_new (PSA_ASK_COMPANY);

  reply->status = status;
  psa_reply_take_body (reply, g_bytes_new (body, strlen (body)));
  return reply;
}

static PsaRegion *
get_region (PsaFindRegion *finder, const char *host)
{
  GListModel *regions = psa_find_region_get_regions (finder);

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);

      if (g_str_equal (psa_region_get_site (region)->host, host))
        return region;
    }
  g_error ("%s is not asked", host);
}

static void
settle (PsaFindRegion *finder, const char *host, guint status, const char *body)
{
  g_autoptr(PsaReply) reply = create_reply (status, body);

  psa_region_settle (get_region (finder, host), reply, psa_find_region_get_company (finder));
}

static void
settle_fault (PsaFindRegion *finder, const char *host, PsaFault fault)
{
  g_autoptr(PsaReply) reply = psa_reply_new (PSA_ASK_COMPANY);

  reply->fault = fault;
  reply->fault_stage = PSA_STAGE_CONNECT;
  psa_region_settle (get_region (finder, host), reply, psa_find_region_get_company (finder));
}

/* All but one answer that they do not know it, in both forms. */
static PsaFindRegion *
create_finder (const char *other)
{
  g_autoptr(PsaClient) client = psa_client_new ();
  PsaFindRegion *finder = psa_find_region_new (client, "contoso");
  GListModel *regions = psa_find_region_get_regions (finder);

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);
      const char *host = psa_region_get_site (region)->host;

      g_assert_cmpint (psa_region_get_answer (region), ==, PSA_REGION_ASKING);
      if (!g_str_equal (host, other))
        settle (finder, host, i % 2 == 0 ? 200 : 404, i % 2 == 0 ? "null" : "");
    }
  return finder;
}

static void
assert_said (PsaFindRegion *finder,
             PsaFindRegionOutcome outcome,
             const char *what,
             const char *next)
{
  g_autofree char *said_what = psa_find_region_dup_what (finder);
  g_autofree char *said_next = psa_find_region_dup_next (finder);

  g_assert_cmpint (psa_find_region_get_outcome (finder), ==, outcome);
  g_assert_cmpstr (said_what, ==, what);
  if (strstr (said_next, next) == NULL)
    g_error ("“%s” is not in “%s”", next, said_next);
}

#define NA "api-na.myconnectwise.net"
#define EU "api-eu.myconnectwise.net"
#define FOUND "{\"CompanyName\":\"Contoso\\u202eIT\",\"Codebase\":\"v2025_1/\""

/* Only hosts of the API are asked, each once. */
static void
test_sites (void)
{
  g_autoptr(PsaFindRegion) finder = create_finder ("");
  GListModel *regions = psa_find_region_get_regions (finder);

  g_assert_cmpuint (g_list_model_get_n_items (regions), ==, 9);
  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);

      g_assert_true (psa_region_get_site (region)->is_api);
      g_assert_cmpstr (psa_region_get_text (region), ==, "Not known here");
    }
}

static void
test_one (void)
{
  g_autoptr(PsaFindRegion) finder = create_finder (NA);
  PsaRegion *hit;

  settle (finder, NA, 200, FOUND ",\"VersionCode\":\"v2025.1\"}");
  assert_said (finder, PSA_FIND_REGION_ONE, "The company “contoso” is on " NA ".", "2025.1");
  hit = psa_find_region_get_hit (finder);
  g_assert_true (hit == get_region (finder, NA));
  g_assert_cmpstr (psa_region_get_host (hit), ==, NA);
  g_assert_cmpstr (psa_region_get_version (hit), ==, "2025.1");
  g_assert_null (strstr (psa_region_get_text (hit), "\u202e")); /* fit for a label */
  g_assert_nonnull (strstr (psa_region_get_text (hit), "version 2025.1"));
}

/* Without a version nothing is said of one. */
static void
test_no_version (void)
{
  g_autoptr(PsaFindRegion) finder = create_finder (NA);

  settle (finder, NA, 200, FOUND "}");
  assert_said (finder, PSA_FIND_REGION_ONE, "The company “contoso” is on " NA ".",
               "Use it as the hostname.");
  g_assert_null (psa_region_get_version (psa_find_region_get_hit (finder)));
}

static void
test_several (void)
{
  g_autoptr(PsaFindRegion) finder = create_finder (NA);

  settle (finder, NA, 200, FOUND "}");
  settle (finder, EU, 200, FOUND "}");
  assert_said (finder, PSA_FIND_REGION_SEVERAL, "The company “contoso” is on 2 sites of the cloud.",
               "Choose");
  g_assert_null (psa_find_region_get_hit (finder));
}

/* What a site names as the company's counts only where it is the vendor's. */
static void
test_named_host (void)
{
  static const struct
  {
    const char *named;
    const char *host;
  } cases[] = {
    { EU, EU },
    { "https://" EU "/", EU },
    { "eu.myconnectwise.net", EU },
    { NA, NA },
    { "na.myconnectwise.net", NA },
    { "cw.example.com", NA },
    { EU ".example.com", NA },
    { EU "@example.com", NA },
    { "example.com/" EU, NA },
    { EU ":8443", NA },
    { "http://" EU, NA },
    { "", NA },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PsaFindRegion) finder = create_finder (NA);
      g_autofree char *body = g_strdup_printf (FOUND ",\"SiteUrl\":\"%s\"}", cases[i].named);

      g_test_message ("%s", cases[i].named);
      settle (finder, NA, 200, body);
      g_assert_cmpstr (psa_region_get_host (psa_find_region_get_hit (finder)), ==, cases[i].host);
      /* The host that it names says the same of itself: one hit. */
      if (g_str_equal (cases[i].host, EU))
        {
          settle (finder, EU, 200, body);
          g_assert_cmpint (psa_find_region_get_outcome (finder), ==, PSA_FIND_REGION_ONE);
        }
    }
}

static void
test_none (void)
{
  g_autoptr(PsaFindRegion) finder = create_finder (NA);

  settle (finder, NA, 404, "<html>Not found</html>");
  assert_said (finder, PSA_FIND_REGION_NONE,
               "No known site of the cloud has the company “contoso”.", "Company");
  g_assert_null (psa_find_region_get_hit (finder));
}

/* That a site could not be asked is never taken for a no. */
static void
test_unsure (void)
{
  static const struct
  {
    guint status;
    const char *body;
    PsaCause cause;
  } cases[] = {
    { 500, "", PSA_CAUSE_SERVER_ERROR },
    { 429, "", PSA_CAUSE_RATE_LIMITED },
    { 511, "", PSA_CAUSE_CAPTIVE_PORTAL },
    { 302, "", PSA_CAUSE_REDIRECTED },
    { 200, "<html>Log in</html>", PSA_CAUSE_NOT_PSA },
    { 403, "", PSA_CAUSE_BAD_ANSWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PsaFindRegion) finder = create_finder (NA);

      settle (finder, NA, cases[i].status, cases[i].body);
      assert_said (finder, PSA_FIND_REGION_UNSURE,
                   "The company “contoso” was not found, but 1 of 9 sites could not be asked.",
                   "may be on one of those");
      g_assert_cmpint (psa_region_get_cause (get_region (finder, NA)), ==, cases[i].cause);
      g_assert_cmpstr (psa_region_get_text (get_region (finder, NA)), !=, "");
    }
}

static void
test_offline (void)
{
  g_autoptr(PsaFindRegion) finder = create_finder (NA);
  GListModel *regions = psa_find_region_get_regions (finder);

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);

      settle_fault (finder, psa_region_get_site (region)->host, PSA_FAULT_NAME);
    }
  assert_said (finder, PSA_FIND_REGION_UNSURE,
               "No site of the cloud could be asked for the company “contoso”.", "internet");
  g_assert_cmpstr (psa_region_get_text (get_region (finder, NA)), ==,
                   "The host " NA " was not found.");
}

static void
test_check (void)
{
  const char *const good[] = { "contoso", "Contoso", "odd/50%&co", "a b", "..." };
  const char *const bad[] = { "", "a+b", "a:b", ".", "..", "a\nb", "a\u202eb", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (psa_find_region_check (good[i], NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (psa_find_region_check (bad[i], &error));
      g_assert_error (error, PSA_ERROR, PSA_ERROR_INVALID);
    }
}

/* Whatever is sent goes to a proxy at @port of this machine. */
static void
set_proxy (guint16 port)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);

  g_setenv ("https_proxy", url, TRUE);
  g_setenv ("HTTPS_PROXY", url, TRUE);
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (psa_find_region_run_finish (PSA_FIND_REGION (object), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
assert_all_unasked (PsaFindRegion *finder, PsaCause cause)
{
  GListModel *regions = psa_find_region_get_regions (finder);

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);

      g_assert_cmpint (psa_region_get_answer (region), ==, PSA_REGION_UNASKED);
      g_assert_cmpint (psa_region_get_cause (region), ==, cause);
    }
  assert_said (finder, PSA_FIND_REGION_UNSURE,
               "No site of the cloud could be asked for the company “contoso”.", "internet");
}

/* A search has the time of a check. What has not answered by then has timed out, which is no end without a result. */
static void
test_limit (void)
{
  g_autoptr(GSocketListener) silent = g_socket_listener_new (); /* takes connections and no more */
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaFindRegion) finder = psa_find_region_new (client, "contoso");
  g_autoptr(GError) error = NULL;
  gboolean ended = FALSE;
  gint64 before = g_get_monotonic_time ();
  gint64 until;

  set_proxy (g_socket_listener_add_any_inet_port (silent, NULL, &error));
  g_assert_no_error (error);
  psa_find_region_run_async (finder, NULL, run_cb, &ended);
  until = g_source_get_ready_time (finder->limit);
  g_assert_cmpint (until, >=, before + 30 * G_USEC_PER_SEC);
  g_assert_cmpint (until, <=, g_get_monotonic_time () + 30 * G_USEC_PER_SEC);

  g_source_set_ready_time (finder->limit, 0); /* the time is over */
  check_run_until (ended, 5);
  assert_all_unasked (finder, PSA_CAUSE_TIMED_OUT);
}

/* Resets each connection, and counts them. */
static gboolean
on_incoming_cb (GSocketService *service,
                GSocketConnection *connection,
                GObject *source,
                gpointer user_data)
{
  const struct linger reset = { .l_onoff = 1 };
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));

  g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), ==, 0);
  g_assert_true (g_io_stream_close (G_IO_STREAM (connection), NULL, NULL));
  (*(guint *) user_data)++;
  return TRUE;
}

/* What a check would try again is tried again, and within the limit. */
static void
test_tries (void)
{
  g_autoptr(GSocketService) resets = g_socket_service_new ();
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(PsaFindRegion) finder = psa_find_region_new (client, "contoso");
  g_autoptr(PsaFindRegion) late = psa_find_region_new (client, "contoso");
  g_autoptr(GError) error = NULL;
  guint n_sites = g_list_model_get_n_items (psa_find_region_get_regions (finder));
  guint n_resets = 0;
  gboolean ended = FALSE;

  set_proxy (g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (resets), NULL, &error));
  g_assert_no_error (error);
  g_signal_connect (resets, "incoming", G_CALLBACK (on_incoming_cb), &n_resets);
  psa_find_region_run_async (finder, NULL, run_cb, &ended);
  check_run_until (ended, 10);
  assert_all_unasked (finder, PSA_CAUSE_PROXY_FAILED);
  g_assert_cmpuint (n_resets, ==, 3 * n_sites);

  ended = FALSE;
  n_resets = 0;
  psa_find_region_run_async (late, NULL, run_cb, &ended);
  check_run_until (n_resets == n_sites, 10);
  g_source_set_ready_time (late->limit, 0);
  check_run_until (ended, 10);
  g_assert_cmpuint (n_resets, ==, n_sites);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/find-region/sites", test_sites);
  g_test_add_func ("/find-region/one", test_one);
  g_test_add_func ("/find-region/no-version", test_no_version);
  g_test_add_func ("/find-region/several", test_several);
  g_test_add_func ("/find-region/named-host", test_named_host);
  g_test_add_func ("/find-region/none", test_none);
  g_test_add_func ("/find-region/unsure", test_unsure);
  g_test_add_func ("/find-region/offline", test_offline);
  g_test_add_func ("/find-region/check", test_check);
  g_test_add_func ("/find-region/limit", test_limit);
  g_test_add_func ("/find-region/tries", test_tries);

  return g_test_run ();
}
