/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "check-run.h"
#include "own-network.h"

#include <string.h>

/* Names, looked up by the system's own resolver at a name server of the test's own, in a network of the
 * test's own. */

#define HOSTS                                                                                      \
  "127.0.0.1 localhost\n"                                                                          \
  "::1 localhost six.example.com\n"                                                                \
  "2001:db8::1 unreachable6.example.com half-unreachable6.example.com\n"                           \
  "3fff::1 swallowed6.example.com half-swallowed6.example.com\n"                                   \
  "127.0.0.1 half-unreachable6.example.com half-swallowed6.example.com\n"

/* One attempt, longer than a stage: what ends it is our own limit. */
#define RESOLV_CONF "nameserver 127.0.0.1\noptions timeout:15 attempts:1\n"

enum
{
  NO_ERROR = 0,
  SERVER_FAILURE = 2,
  NO_SUCH_NAME = 3,
};

static GSocket *name_server;
static guint n_questions;

/* Answers by the first letter of the name that is asked for: s says nothing. The rest of RFC 1035 does not
 * matter here: an answer is the question with another head. */
static gboolean
on_question_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  g_autoptr(GSocketAddress) from = NULL;
  char packet[512];
  gssize length = g_socket_receive_from (socket, &from, packet, sizeof packet, NULL, NULL);
  char code = 0;

  if (length < 14)
    return G_SOURCE_CONTINUE;
  n_questions++;
  switch (packet[13])
    {
    case 's':
      return G_SOURCE_CONTINUE;
    case 'f':
      code = SERVER_FAILURE;
      break;
    case 'e':
      code = NO_ERROR;
      break;
    default:
      code = NO_SUCH_NAME;
    }
  packet[2] = (char) (packet[2] | 0x80);
  packet[3] = (char) (0x80 | code);
  g_socket_send_to (socket, from, packet, (gsize) length, NULL, NULL);

  return G_SOURCE_CONTINUE;
}

static void
start_name_server (void)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 53);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSource) source = NULL;

  name_server =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  g_assert_no_error (error);
  g_socket_bind (name_server, address, TRUE, &error);
  g_assert_no_error (error);
  source = g_socket_create_source (name_server, G_IO_IN, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (on_question_cb), NULL, NULL);
  g_source_attach (source, NULL);
}

static CheckRun *
start_at (PsaClient *client, const char *host)
{
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new (host, 443);

  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, "contoso+key");

  return check_run_start (client, NULL, profile, CHECK_RUN_CLIENT_ID, "secret",
                          NULL);
}

typedef struct
{
  const char *name;
  const char *host;
  PsaCause cause;
  PsaStage stage;
  gboolean is_slow;
} Case;

static const Case cases[] = {
  { "unknown", "unknown.example.com", PSA_CAUSE_HOST_NOT_FOUND, PSA_STAGE_RESOLVE, FALSE },
  { "without-address", "empty.example.com", PSA_CAUSE_HOST_NOT_FOUND, PSA_STAGE_RESOLVE, FALSE },
  { "server-fails", "failing.example.com", PSA_CAUSE_HOST_NOT_FOUND, PSA_STAGE_RESOLVE, FALSE },
  { "no-answer", "silent.example.com", PSA_CAUSE_TIMED_OUT, PSA_STAGE_RESOLVE, TRUE },
  { "ipv6-only-unreachable", "unreachable6.example.com", PSA_CAUSE_CONNECTION_REFUSED,
    PSA_STAGE_CONNECT, FALSE },
  { "ipv6-only-swallowed", "swallowed6.example.com", PSA_CAUSE_TIMED_OUT, PSA_STAGE_CONNECT, TRUE },
};

static PsaClient *client;
static CheckRun *slow[G_N_ELEMENTS (cases)];

/* Those that take the whole of a stage run side by side, whichever of them is waited for first. */
static void
start_slow (void)
{
  static gboolean is_started;

  for (gsize i = 0; !is_started && i < G_N_ELEMENTS (cases); i++)
    if (cases[i].is_slow)
      slow[i] = start_at (client, cases[i].host);
  is_started = TRUE;
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(CheckRun) run = NULL;

  if (one->is_slow)
    {
      start_slow ();
      run = g_steal_pointer (&slow[one - cases]);
    }
  else
    run = start_at (client, one->host);
  check_run_wait (run);
  check_run_assert (run, one->name, one->cause);
  g_assert_cmpint (psa_stage_report_get_result (psa_result_get_stage (run->result, one->stage)), ==,
                   PSA_STAGE_FAILED);
  g_assert_true (run->result->offline); /* so it is, in this network */
  if (one->is_slow)
    {
      g_assert_cmpfloat (run->took, >, PSA_CLIENT_STAGE_SECONDS - 1);
      g_assert_cmpfloat (run->took, <, PSA_CHECK_SECONDS);
    }
}

/* Nobody listens where the name server should be. */
static void
test_no_server (void)
{
  g_autoptr(CheckRun) run = NULL;

  g_assert_cmpuint (n_questions, >, 0); /* it was asked until now */
  g_socket_close (name_server, NULL);
  run = start_at (client, "unknown.example.com");
  check_run_wait (run);
  check_run_assert (run, "no server", PSA_CAUSE_HOST_NOT_FOUND);
}

/* A name with a broken IPv6 address and a good one of IPv4 is reached by the latter. */
static void
test_other_address (gconstpointer host)
{
  g_autofree char *names = g_strconcat ("--names=127.0.0.1,::1,", host, NULL);
  gboolean is_six = g_str_has_prefix (host, "six.") || strchr (host, ':') != NULL;
  g_autoptr(PracticeFixture) tenant =
      practice_fixture_new (WORDS (names, is_six ? "--address=::1" : "--address=127.0.0.1"));
  g_autoptr(PsaProfile) profile = NULL;
  g_autoptr(PsaAddress) address = psa_address_new (host, (guint16) tenant->port);
  g_autoptr(CheckRun) run = NULL;

  profile = check_run_make_profile (tenant, "ok");
  psa_profile_set_address (profile, address);
  psa_profile_trust (profile, tenant->sha256);
  run = check_run_do (client, profile, tenant);
  check_run_assert (run, host, PSA_CAUSE_OK);
  g_assert_false (run->result->offline);
}

static void
test_skipped (gconstpointer why)
{
  g_test_skip (why);
}

int
main (int argc, char **argv)
{
  static const char *const reached[] = { "six.example.com", "::1", "half-unreachable6.example.com",
                                         "half-swallowed6.example.com" };
  g_autofree char *why = NULL;
  gboolean is_own = own_network_enter (&why);
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  if (!is_own)
    {
      g_test_add_data_func ("/n4-names", why, test_skipped);
      return g_test_run ();
    }

  own_network_put_file ("/etc/hosts", HOSTS);
  own_network_put_file ("/etc/resolv.conf", RESOLV_CONF);
  own_network_swallow ("3fff::");
  start_name_server ();
  client = psa_client_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/n4-names/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (reached); i++)
    {
      g_autofree char *path = g_strconcat ("/n4-names/reached/", reached[i], NULL);

      g_test_add_data_func (path, reached[i], test_other_address);
    }
  g_test_add_func ("/n4-names/no-server", test_no_server);
  status = g_test_run ();

  g_clear_object (&client);
  g_clear_object (&name_server);

  return status;
}
