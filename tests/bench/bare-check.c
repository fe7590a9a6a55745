/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bare-check ORIGIN CLIENT-ID PUBLIC-KEY SIDE-BY-SIDE <IDS: the nearest limit of checking many profiles. For each UUID
 * of standard input: one look-up in the keyring and the three requests of a check on a TLS connection of their own; no
 * store, no history, no verdict. Ends with 1 when any of them did not go well.
 */
#include <libsecret/secret.h>
#include <libsoup/soup.h>
#include <stdio.h>

static const char *const paths[] = {
  "/login/companyinfo/cloud",
  "/v4_6_release/apis/3.0/system/info",
  "/v4_6_release/apis/3.0/system/mySecurity?pageSize=1",
};

static const SecretSchema schema = {
  "io.github.psaconnections.PsaConnections.Secret",
  SECRET_SCHEMA_NONE,
  { { "id", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef struct
{
  const char *origin;
  const char *client_id;
  const char *public_key;
  GMainLoop *loop;
  GPtrArray *ids;
  guint next;
  guint running;
  gboolean failed;
} Run;

typedef struct
{
  Run *run;
  SoupSession *session;
  char *authorization;
  guint step;
} Check;

static void start_next (Run *run);
static void send_next (Check *check);

static void
end_check (Check *check, gboolean failed)
{
  Run *run = check->run;

  run->failed = run->failed || failed;
  run->running--;
  g_object_unref (check->session);
  g_free (check->authorization);
  g_free (check);
  start_next (run);
}

static gboolean
accept_certificate_cb (void)
{
  return TRUE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  if (body == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
    end_check (check, TRUE);
  else if (++check->step == G_N_ELEMENTS (paths))
    end_check (check, FALSE);
  else
    send_next (check);
}

static void
send_next (Check *check)
{
  g_autofree char *uri = g_strconcat (check->run->origin, paths[check->step], NULL);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  if (check->step > 0)
    {
      soup_message_headers_append (headers, "Authorization", check->authorization);
      soup_message_headers_append (headers, "clientId", check->run->client_id);
    }
  soup_session_send_and_read_async (check->session, message, G_PRIORITY_DEFAULT, NULL, answered_cb,
                                    check);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  char *private_key = secret_password_lookup_finish (result, NULL);
  g_autofree char *plain = NULL;
  g_autofree char *encoded = NULL;

  if (private_key == NULL)
    {
      end_check (check, TRUE);
      return;
    }
  plain = g_strdup_printf ("cloud+%s:%s", check->run->public_key, private_key);
  encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
  check->authorization = g_strconcat ("Basic ", encoded, NULL);
  secret_password_free (private_key);
  send_next (check);
}

static void
start_next (Run *run)
{
  Check *check;

  if (run->next == run->ids->len)
    {
      if (run->running == 0)
        g_main_loop_quit (run->loop);
      return;
    }
  check = g_new0 (Check, 1);
  check->run = run;
  check->session = soup_session_new ();
  run->running++;
  secret_password_lookup (&schema, NULL, found_cb, check, "id", run->ids->pdata[run->next++], NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  char line[64];
  Run run;

  if (argc != 5)
    {
      fputs ("Usage: bare-check ORIGIN CLIENT-ID PUBLIC-KEY SIDE-BY-SIDE <IDS\n", stderr);
      return 2;
    }
  while (fgets (line, sizeof line, stdin) != NULL)
    g_ptr_array_add (ids, g_strdup (g_strchomp (line)));
  run = (Run) {
    .origin = argv[1], .client_id = argv[2], .public_key = argv[3], .loop = loop, .ids = ids
  };
  for (guint64 i = g_ascii_strtoull (argv[4], NULL, 10); i > 0; i--)
    start_next (&run);
  if (run.running > 0)
    g_main_loop_run (loop);
  return run.failed ? 1 : 0;
}
