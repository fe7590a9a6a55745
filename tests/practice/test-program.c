/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-practice"

#include "practice-fixture.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The program itself: its first line, its end, its options, what it writes, its pages. */

/* Runs the program to its end. Returns its exit status; outputs are set. */
static int
run_program (const char *const *options, char **output, char **errors)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) argv = NULL;

  g_strv_builder_add (builder, g_getenv ("PSA_PRACTICE"));
  g_strv_builder_addv (builder, (const char **) options);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) argv,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                   G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
test_ready (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeFixture) other = practice_fixture_new (NULL);

  g_assert_cmpstr (tenant->host, ==, "127.0.0.1");
  g_assert_cmpuint (tenant->port, >, 1024);
  g_assert_cmpuint (strlen (tenant->sha256), ==, 64);
  g_assert_cmpuint (strspn (tenant->sha256, "0123456789abcdef"), ==, 64);
  g_assert_true (g_uuid_string_is_valid (tenant->client_id));
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (tenant->ready, "companies")), >, 100);
  g_assert_false (json_object_has_member (tenant->ready, "plainPort"));

  /* Nothing is fixed: two of them have nothing in common. */
  g_assert_cmpuint (tenant->port, !=, other->port);
  g_assert_cmpstr (tenant->sha256, !=, other->sha256);
  g_assert_cmpstr (tenant->public_key, !=, other->public_key);
  g_assert_cmpstr (tenant->private_key, !=, other->private_key);
  g_assert_cmpstr (tenant->client_id, !=, other->client_id);
}

/* What is not among the companies that it is told to know is unknown, to companyinfo and to all. */
static void
test_companies (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--companies", "cloud,ok"));
  g_autoptr(PracticeReply) known = practice_fixture_get (tenant, "ok", INFO, NULL);
  g_autoptr(PracticeReply) other = practice_fixture_get (tenant, "counts", INFO, NULL);
  g_autoptr(PracticeReply) company =
      practice_fixture_get (tenant, NULL, "/login/companyinfo/cloud", NULL);
  g_autoptr(PracticeReply) other_company =
      practice_fixture_get (tenant, NULL, "/login/companyinfo/counts", NULL);

  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (tenant->ready, "companies")), ==, 2);
  g_assert_cmpuint (known->status, ==, 200);
  g_assert_cmpuint (other->status, ==, 401);
  g_assert_cmpuint (company->status, ==, 200);
  g_assert_cmpuint (other_company->status, ==, 404);
}

/* It ends when its standard input closes, and its port is free. */
static void
test_input_closes (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autoptr(PracticeReply) hanging = NULL;
  g_autoptr(PracticeReply) reply = NULL;

  soup_session_set_timeout (tenant->session, 1);
  hanging = practice_fixture_get (tenant, "silent", INFO, NULL);
  g_assert_error (hanging->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (practice_fixture_end (tenant), ==, 0);
  reply = practice_fixture_get (tenant, "ok", INFO, NULL);
  g_assert_error (reply->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_signals (void)
{
  const int signals[] = { SIGTERM, SIGINT };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
      g_autoptr(GError) error = NULL;

      g_subprocess_send_signal (tenant->process, signals[i]);
      g_assert_true (g_subprocess_wait_check (tenant->process, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
assert_usage (const char *option, const char *value)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_test_message ("%s %s", option, value);
  g_assert_cmpint (run_program (WORDS (option, value), &output, &errors), ==, 2);
  g_assert_cmpstr (output, ==, "");
  g_assert_nonnull (strstr (errors, option));
}

static void
test_usage (void)
{
  assert_usage ("--address", "0.0.0.0");
  assert_usage ("--address", "192.0.2.1");
  assert_usage ("--address", "localhost");
  assert_usage ("--address", "");
  assert_usage ("--port", "65536");
  assert_usage ("--port", "-1");
  assert_usage ("--certificate", "best");
  assert_usage ("--names", "");
  assert_usage ("--names", "localhost,,127.0.0.1");
  assert_usage ("--handshake", "good");
  assert_usage ("--tls", "1.1");
  assert_usage ("--public-key", "");
  assert_usage ("--client-id", "1234");
  assert_usage ("--companies", "ok,nobody-has-this");
  assert_usage ("--companies", "");
  assert_usage ("--private-key-fd", "99");
  assert_usage ("--private-key", "secret"); /* never an argument */
  assert_usage ("extra", NULL);
}

static void
test_cannot_run (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  g_autofree char *port = g_strdup_printf ("%u", tenant->port);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (run_program (WORDS ("--port", port), &output, &errors), ==, 1);
  g_assert_cmpstr (output, ==, "");
  g_assert_cmpstr (errors, !=, "");
}

static void
test_addresses (void)
{
  g_autoptr(PracticeFixture) tenant =
      practice_fixture_new (WORDS ("--address", "127.0.0.9", "--public-key", "given", "--client-id",
                                   "01234567-89ab-cdef-0123-456789abcdef"));
  g_autoptr(PracticeReply) reply = practice_fixture_get (tenant, "ok", INFO, NULL);

  g_assert_cmpstr (tenant->host, ==, "127.0.0.9");
  g_assert_cmpstr (tenant->public_key, ==, "given");
  g_assert_cmpstr (tenant->client_id, ==, "01234567-89ab-cdef-0123-456789abcdef");
  g_assert_cmpuint (reply->status, ==, 200);
}

/* A private key of the test's own enters by a descriptor. */
static void
test_private_key (void)
{
  g_autoptr(GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, &error));
  g_assert_cmpint (write (ends[1], "a key\nmore", 10), ==, 10);
  close (ends[1]);
  g_subprocess_launcher_take_fd (launcher, ends[0], 7);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("PSA_PRACTICE"),
                                         "--private-key-fd", "7", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (output, "\"privateKey\":\"a key\""));
}

static char *
read_record (const char *file)
{
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The record proves what was asked, and holds no secret in any form. */
static void
test_record (void)
{
  g_autofree char *file = practice_test_dup_file ("record");
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--record", file));
  g_autofree char *leak = g_strconcat (INFO "?key=", tenant->private_key, NULL);
  g_autoptr(PracticeReply) company =
      practice_fixture_get (tenant, NULL, "/login/companyinfo/ok", NULL);
  g_autoptr(PracticeReply) info = practice_fixture_get (tenant, "ok", INFO, NULL);
  g_autoptr(PracticeReply) leaking = practice_fixture_get (tenant, "ok", leak, NULL);
  g_autofree char *base64 =
      g_base64_encode ((const guchar *) tenant->private_key, strlen (tenant->private_key));
  g_autofree char *text = read_record (file);
  g_auto(GStrv) lines = g_strsplit (text, "\n", 0);
  struct stat status;

  g_assert_cmpuint (g_strv_length (lines), ==, 4); /* the last one is empty */
  g_assert_nonnull (strstr (lines[0], "\"path\":\"/login/companyinfo/ok\""));
  g_assert_nonnull (strstr (lines[0], "\"company\":\"ok\""));
  g_assert_null (strstr (lines[0], "uthorization"));
  g_assert_nonnull (strstr (lines[1], "\"method\":\"GET\",\"path\":\"" INFO "\""));
  g_assert_nonnull (strstr (lines[1], "\"Authorization\""));
  g_assert_nonnull (strstr (lines[1], "\"clientId\""));
  g_assert_nonnull (strstr (lines[1], "\"status\":200"));
  g_assert_nonnull (strstr (lines[2], "\"path\":null"));

  g_assert_null (strstr (text, tenant->private_key));
  g_assert_null (strstr (text, tenant->client_id));
  g_assert_null (strstr (text, tenant->public_key));
  g_assert_null (strstr (text, "Basic"));
  g_assert_null (strstr (text, base64));
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* A good key is revoked while the tenant runs; the record tells when that has happened. */
static void
test_revoke (void)
{
  g_autofree char *file = practice_test_dup_file ("revoked");
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (WORDS ("--record", file));
  g_autoptr(PracticeReply) before = practice_fixture_get (tenant, "ok", INFO, NULL);
  g_autoptr(PracticeReply) info = NULL;
  g_autoptr(PracticeReply) count = NULL;
  g_autoptr(PracticeReply) open = NULL;
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  g_autofree char *text = NULL;

  g_assert_cmpuint (before->status, ==, 200);
  g_subprocess_send_signal (tenant->process, SIGUSR1);
  do
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_free (text);
      text = read_record (file);
    }
  while (strstr (text, "{\"event\":\"revoked\"}") == NULL);

  info = practice_fixture_get (tenant, "ok", INFO, NULL);
  count = practice_fixture_get (tenant, "ok", COUNT, NULL);
  open = practice_fixture_get (tenant, NULL, "/login/companyinfo/ok", NULL);
  g_assert_cmpuint (info->status, ==, 401);
  g_assert_nonnull (strstr (info->body, "\"Unauthorized\""));
  g_assert_cmpuint (count->status, ==, 401);
  g_assert_cmpuint (open->status, ==, 200);
}

/* tests/README.md has the list that the program has. */
static void
test_readme (void)
{
  const char *begin = "<!-- scenarios begin -->\n";
  g_autofree char *markdown = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *readme = NULL;
  g_autofree char *listed = NULL;
  g_autoptr(GError) error = NULL;
  const char *start;
  const char *end;

  g_assert_cmpint (run_program (WORDS ("--markdown"), &markdown, &errors), ==, 0);
  g_file_get_contents (g_getenv ("PSA_TESTS_README"), &readme, NULL, &error);
  g_assert_no_error (error);
  start = strstr (readme, begin);
  g_assert_nonnull (start);
  start += strlen (begin);
  end = strstr (start, "<!-- scenarios end -->");
  g_assert_nonnull (end);
  listed = g_strndup (start, (gsize) (end - start));

  g_test_message ("if this fails: tests/practice/update-readme");
  g_assert_cmpstr (listed, ==, markdown);
}

/* --help names every scenario that the first line names. */
static void
test_help (void)
{
  g_autoptr(PracticeFixture) tenant = practice_fixture_new (NULL);
  JsonArray *companies = json_object_get_array_member (tenant->ready, "companies");
  g_autofree char *help = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (run_program (WORDS ("--help"), &help, &errors), ==, 0);
  for (guint i = 0; i < json_array_get_length (companies); i++)
    {
      g_autofree char *entry =
          g_strdup_printf ("\n    %s ", json_array_get_string_element (companies, i));

      g_assert_nonnull (strstr (help, entry));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/practice/program/ready", test_ready);
  g_test_add_func ("/practice/program/companies", test_companies);
  g_test_add_func ("/practice/program/input-closes", test_input_closes);
  g_test_add_func ("/practice/program/signals", test_signals);
  g_test_add_func ("/practice/program/usage", test_usage);
  g_test_add_func ("/practice/program/cannot-run", test_cannot_run);
  g_test_add_func ("/practice/program/addresses", test_addresses);
  g_test_add_func ("/practice/program/private-key", test_private_key);
  g_test_add_func ("/practice/program/record", test_record);
  g_test_add_func ("/practice/program/revoke", test_revoke);
  g_test_add_func ("/practice/program/readme", test_readme);
  g_test_add_func ("/practice/program/help", test_help);

  return g_test_run ();
}
