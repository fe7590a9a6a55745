/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-options.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "practice-handshake.h"
#include "practice-listing.h"
#include "practice-scenarios.h"

#define KEY_LENGTH 16
#define MOST_KEY_LENGTH 1024

/* What GOption fills, before it is looked at. */
typedef struct
{
  char *address;
  int port;
  char *certificate;
  char *names;
  char *tls;
  char *public_key;
  int private_key_fd;
  char *client_id;
  char *companies;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->address);
  g_free (raw->certificate);
  g_free (raw->names);
  g_free (raw->tls);
  g_free (raw->public_key);
  g_free (raw->client_id);
  g_free (raw->companies);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static gboolean
fail (GError **error, const char *option, const char *why)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: %s", option, why);
  return FALSE;
}

/* Keys have sixteen letters and digits; nothing depends on it. */
static char *
make_key (void)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  char *key = g_malloc0 (KEY_LENGTH + 1);

  for (guint i = 0; i < KEY_LENGTH; i++)
    key[i] = letters[g_random_int_range (0, (int) strlen (letters))];
  return key;
}

/* A secret enters by a descriptor and never by an argument: one line, or all there is. */
static gboolean
read_private_key (int fd, char **key, GError **error)
{
  g_autofree char *text = g_malloc0 (MOST_KEY_LENGTH + 1);
  gsize length = 0;

  while (length < MOST_KEY_LENGTH && memchr (text, '\n', length) == NULL)
    {
      gssize got = read (fd, text + length, MOST_KEY_LENGTH - length);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return fail (error, "--private-key-fd", g_strerror (errno));
      if (got == 0)
        break;
      length += (gsize) got;
    }

  text[strcspn (text, "\r\n")] = '\0';
  if (*text == '\0')
    return fail (error, "--private-key-fd", "no key came");
  *key = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
take_address (PracticeOptions *self, const Raw *raw, GError **error)
{
  self->address =
      g_inet_address_new_from_string (raw->address != NULL ? raw->address : "127.0.0.1");
  if (self->address == NULL || !g_inet_address_get_is_loopback (self->address))
    return fail (error, "--address", "only a loopback address, such as 127.0.0.1, is listened on");

  if (raw->port < 0 || raw->port > G_MAXUINT16)
    return fail (error, "--port", "a port is between 0 (any) and 65535");
  self->port = (guint) raw->port;
  return TRUE;
}

static gboolean
take_certificate (PracticeOptions *self, const Raw *raw, GError **error)
{
  const char *const *kinds = practice_certificate_get_kinds ();
  guint kind = 0;

  while (raw->certificate != NULL && kinds[kind] != NULL &&
         !g_str_equal (kinds[kind], raw->certificate))
    kind++;
  if (kinds[kind] == NULL)
    return fail (error, "--certificate", "no such kind");
  self->certificate = (PracticeCertificateKind) kind;

  self->names = g_strsplit (raw->names != NULL ? raw->names : "localhost,127.0.0.1", ",", 0);
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      if (*self->names[i] == '\0')
        return fail (error, "--names", "a name is empty");
    }
  if (self->names[0] == NULL)
    return fail (error, "--names", "a name is empty");

  if (self->handshake != NULL &&
      !g_strv_contains (practice_handshake_get_kinds (), self->handshake))
    return fail (error, "--handshake", "no such kind");
  if (self->handshake != NULL && self->plain_http)
    return fail (error, "--plain-http", "not together with --handshake");
  return TRUE;
}

/* The libraries below have no other way to be told. */
static gboolean
take_protocols (PracticeOptions *self, const Raw *raw, GError **error)
{
  g_autofree char *priority = NULL;

  if (raw->tls != NULL && !g_str_equal (raw->tls, "1.0") && !g_str_equal (raw->tls, "1.2"))
    return fail (error, "--tls", "only 1.0 and 1.2 can be had");
  if (raw->tls != NULL)
    {
      priority = g_strconcat ("NORMAL:-VERS-ALL:+VERS-TLS", raw->tls, NULL);
      g_setenv ("G_TLS_GNUTLS_PRIORITY", priority, TRUE);
    }
  if (self->http2)
    g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
  else
    g_unsetenv ("SOUP_SERVER_HTTP2");
  return TRUE;
}

static gboolean
take_keys (PracticeOptions *self, const Raw *raw, GError **error)
{
  if (raw->public_key != NULL && *raw->public_key == '\0')
    return fail (error, "--public-key", "it is empty");
  if (raw->client_id != NULL && !g_uuid_string_is_valid (raw->client_id))
    return fail (error, "--client-id", "it is no GUID");

  self->keys.public_key = raw->public_key != NULL ? g_strdup (raw->public_key) : make_key ();
  self->keys.client_id =
      raw->client_id != NULL ? g_strdup (raw->client_id) : g_uuid_string_random ();
  if (raw->private_key_fd >= 0)
    return read_private_key (raw->private_key_fd, &self->keys.private_key, error);
  self->keys.private_key = make_key ();
  return TRUE;
}

static gboolean
take_companies (PracticeOptions *self, const Raw *raw, GError **error)
{
  if (raw->companies == NULL)
    return TRUE;

  if (*raw->companies == '\0')
    return fail (error, "--companies", "it is empty");
  self->keys.companies = g_strsplit (raw->companies, ",", 0);
  for (guint i = 0; self->keys.companies[i] != NULL; i++)
    {
      if (practice_scenarios_find (self->keys.companies[i]) == NULL)
        return fail (error, "--companies", "no such scenario");
    }
  return TRUE;
}

/**
 * practice_options_parse:
 * @arguments: (inout) (array zero-terminated=1): the command line
 * @error: return location for a `G_OPTION_ERROR`
 *
 * Reads the command line. `--help` prints and ends the program, as GOption has it.
 *
 * Returns: (transfer full) (nullable): the options
 */
PracticeOptions *
practice_options_parse (char ***arguments, GError **error)
{
  g_autoptr(PracticeOptions) self = g_new0 (PracticeOptions, 1);
  g_auto(Raw) raw = { .private_key_fd = -1 };
  g_autoptr(GOptionContext) context = g_option_context_new ("- a tenant to practise on");
  g_autofree char *scenarios = practice_listing_dup_text ();
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "address", 0, 0, G_OPTION_ARG_STRING, &raw.address,
      "Listen on this loopback address (127.0.0.1)", "ADDRESS" },
    { "port", 0, 0, G_OPTION_ARG_INT, &raw.port, "Listen on this port (any that is free)", "PORT" },
    { "certificate", 0, 0, G_OPTION_ARG_STRING, &raw.certificate,
      "good, expired, not-yet-valid, wrong-host, expiring or weak (good)", "KIND" },
    { "names", 0, 0, G_OPTION_ARG_STRING, &raw.names,
      "Whom the certificate is for (localhost,127.0.0.1)", "NAME,…" },
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &self->authority,
      "Have a throw-away authority sign it, and write the authority's certificate there", "FILE" },
    { "handshake", 0, 0, G_OPTION_ARG_STRING, &self->handshake,
      "Never get as far as HTTP: closed, garbage, halfway, reset or silent", "KIND" },
    { "tls", 0, 0, G_OPTION_ARG_STRING, &raw.tls, "Speak this version of TLS alone: 1.0 or 1.2",
      "VERSION" },
    { "http2", 0, 0, G_OPTION_ARG_NONE, &self->http2,
      "Speak HTTP/2 with clients that can; faults below HTTP are left out then", NULL },
    { "plain-http", 0, 0, G_OPTION_ARG_NONE, &self->plain_http,
      "Listen without TLS as well, and refuse all there", NULL },
    { "public-key", 0, 0, G_OPTION_ARG_STRING, &raw.public_key, "Use this public key", "KEY" },
    { "private-key-fd", 0, 0, G_OPTION_ARG_INT, &raw.private_key_fd,
      "Read the private key from this descriptor", "N" },
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &raw.client_id, "Use this Client ID", "GUID" },
    { "companies", 0, 0, G_OPTION_ARG_STRING, &raw.companies,
      "Know these companies alone (all of those below)", "NAME,…" },
    { "redirect-to", 0, 0, G_OPTION_ARG_STRING, &self->elsewhere,
      "Where redirects to another host point (https://elsewhere.example.com)", "ORIGIN" },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &self->record,
      "Add a line of JSON for each request to this file; values of headers are left out", "FILE" },
    { "markdown", 0, 0, G_OPTION_ARG_NONE, &self->markdown,
      "Print the list of scenarios for tests/README.md and end", NULL },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (
      context,
      "Answers as ConnectWise PSA does, over TLS, on this machine alone. When it is ready it "
      "prints\none line of JSON: address, port, sha256 of the certificate, companies, "
      "publicKey, privateKey,\nclientId. It runs until its standard input closes, or SIGTERM. "
      "SIGUSR1 revokes the key pair.");
  g_option_context_set_description (context, scenarios);
  if (!g_option_context_parse_strv (context, arguments, error))
    return NULL;

  if (g_strv_length (*arguments) > 1)
    {
      fail (error, (*arguments)[1], "no such argument");
      return NULL;
    }
  if (!take_address (self, &raw, error) || !take_certificate (self, &raw, error) ||
      !take_protocols (self, &raw, error) || !take_keys (self, &raw, error) ||
      !take_companies (self, &raw, error))
    return NULL;

  if (self->elsewhere == NULL)
    self->elsewhere = g_strdup ("https://elsewhere.example.com");
  self->places.elsewhere = self->elsewhere;
  return g_steal_pointer (&self);
}

/**
 * practice_options_free:
 * @self: (transfer full): options
 *
 * Frees them.
 */
void
practice_options_free (PracticeOptions *self)
{
  g_clear_object (&self->address);
  g_strfreev (self->names);
  g_free (self->authority);
  g_free (self->handshake);
  g_free (self->record);
  g_free (self->elsewhere);
  g_free (self->keys.public_key);
  g_free (self->keys.private_key);
  g_free (self->keys.client_id);
  g_strfreev (self->keys.companies);
  g_free (self);
}
