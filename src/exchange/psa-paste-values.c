/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-paste-values.h"

#include "psa-address.h"
#include "psa-api-version.h"
#include "psa-client-id.h"
#include "psa-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where the vendor explains things; its links stand in many a text about a connection. */
#define EXPLAINING_HOST "developer.connectwise.com"

void
psa_paste_values_init (PsaPasteValues *self)
{
  *self = (PsaPasteValues) { .rows = psa_import_raw_new_list () };
  self->raw = psa_import_raw_new (self->rows);
}

void
psa_paste_values_clear (PsaPasteValues *self)
{
  g_ptr_array_unref (self->rows);
  for (guint i = 0; i < PSA_IMPORT_N_FIELDS; i++)
    {
      g_free (self->names[i]);
      g_free (self->problems[i]);
    }
  g_free (self->path_version);
}

static void
wipe (char *text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
add_problem (PsaPasteValues *self, PsaImportField field, const char *problem)
{
  if (self->problems[field] == NULL)
    self->problems[field] = g_strdup (problem);
}

/* A name that comes again with another value begins a second connection: the host of one must never get the key of the
 * other. */
static void
put (PsaPasteValues *self, PsaImportField field, const char *name, const char *value)
{
  gboolean secret = field == PSA_IMPORT_PASSWORD || field == PSA_IMPORT_CLIENT_ID;

  if (self->more || psa_import_is_placeholder (value))
    return;
  if (self->raw->values[field] == NULL)
    {
      g_set_str (&self->names[field], name);
      psa_import_raw_take (self->raw, field, g_strdup (value));
    }
  else if (g_ascii_strcasecmp (self->names[field], name) == 0 &&
           !(secret ? psa_secret_equal (self->raw->values[field], value)
                    : g_str_equal (self->raw->values[field], value)))
    self->more = TRUE;
}

/* The version stands in the path of an address that was copied from a call: /v2025_1/apis/3.0. */
static void
read_path (PsaPasteValues *self, const char *path)
{
  gsize length;
  g_autofree char *segment = NULL;

  if (*path != '/' || (path[1] != 'v' && path[1] != 'V') || self->path_version != NULL)
    return;

  length = strcspn (path + 1, "/?#");
  segment = g_strndup (path + 1, length);
  g_strdelimit (segment, "_", '.');
  self->path_version = psa_api_version_dup_from_tenant (segment);
}

static void
take_address (PsaPasteValues *self, const char *name, const char *value)
{
  gsize length = 0;
  const char *begin = psa_input_trim (value, &length);
  g_autofree char *text = g_strndup (begin, length);
  char *host = strstr (text, "://");
  char *at;
  g_autoptr(PsaAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  if (psa_import_is_placeholder (text))
    return;

  host = host != NULL ? host + strlen ("://") : text;
  at = memrchr (host, '@', strcspn (host, "/?#"));
  if (at != NULL)
    {
      char *pair;

      *at = '\0';
      pair = g_uri_unescape_string (host, NULL);
      memmove (host, at + 1, strlen (at + 1) + 1);
      if (pair != NULL)
        {
          psa_paste_values_take_pair (self, name, pair);
          wipe (pair);
        }
    }

  address = psa_address_parse (text, &error);
  if (address == NULL)
    add_problem (self, PSA_IMPORT_HOSTNAME, error->message);
  else
    {
      g_autofree char *normal = psa_address_dup_text (address);

      put (self, PSA_IMPORT_HOSTNAME, name, normal);
      read_path (self, host + strcspn (host, "/?#"));
    }
  explicit_bzero (text, length);
}

/*
 * psa_paste_values_take_pair:
 * @name: what the pair stood behind
 * @pair: `company+public:private`; without a colon a username alone
 */
void
psa_paste_values_take_pair (PsaPasteValues *self, const char *name, const char *pair)
{
  const char *colon = strchr (pair, ':');
  gsize length = 0;
  g_autofree char *username = NULL;

  pair = psa_input_trim (pair, &length);
  colon = memchr (pair, ':', length);
  username = g_strndup (pair, colon != NULL ? (gsize) (colon - pair) : length);
  put (self, PSA_IMPORT_USERNAME, name, username);
  if (colon != NULL)
    {
      char *password = g_strndup (colon + 1, pair + length - colon - 1);

      put (self, PSA_IMPORT_PASSWORD, name, password);
      wipe (password);
    }
}

/* Source: RFC 7617, section 2 */
static void
take_basic (PsaPasteValues *self, const char *value)
{
  gsize length = 0;
  const char *begin = psa_input_trim (value, &length);
  char *text = NULL;
  gsize size = 0;

  if (length < strlen ("Basic ") || g_ascii_strncasecmp (begin, "Basic ", strlen ("Basic ")) != 0)
    return;
  text = g_strstrip (g_strndup (begin + strlen ("Basic "), length - strlen ("Basic ")));
  length = strlen (text);
  if (psa_import_is_placeholder (text))
    {
      g_free (text);
      return;
    }
  if (length > 1)
    g_base64_decode_inplace (text, &size);
  text[MIN (size, length)] = '\0'; /* what is decoded is shorter */
  if (size > 0 && strlen (text) == size && g_utf8_validate (text, size, NULL) &&
      strchr (text, ':') != NULL)
    psa_paste_values_take_pair (self, "authorization", text);
  else
    add_problem (self, PSA_IMPORT_USERNAME,
                 _("What follows “Basic” is not the base64 form of a username and a password."));
  explicit_bzero (text, length);
  g_free (text);
}

/* `application/vnd.connectwise.com+json; version=2025.1` */
static void
take_accept (PsaPasteValues *self, const char *value)
{
  const char *version = strstr (value, "version=");
  g_autofree char *text = NULL;

  if (version == NULL)
    return;
  version += strlen ("version=");
  text = g_strndup (version, strcspn (version, "; ,\"'\r\n"));
  put (self, PSA_IMPORT_API_VERSION, "accept", text);
}

static gboolean
is_of_connection (int field)
{
  switch (field)
    {
    case PSA_IMPORT_HOSTNAME:
    case PSA_IMPORT_PORT:
    case PSA_IMPORT_API_VERSION:
    case PSA_IMPORT_USERNAME:
    case PSA_IMPORT_COMPANY:
    case PSA_IMPORT_KEY:
    case PSA_IMPORT_PASSWORD:
    case PSA_IMPORT_CLIENT_ID:
      return TRUE;
    default:
      return FALSE;
    }
}

/*
 * psa_paste_values_knows:
 *
 * Returns: whether what stands behind @name is of a connection
 */
gboolean
psa_paste_values_knows (const char *name)
{
  return g_ascii_strcasecmp (name, "authorization") == 0 ||
         g_ascii_strcasecmp (name, "accept") == 0 ||
         (strchr (name, '+') == NULL && /* else it is the begin of a pair */
          is_of_connection (psa_import_find_field (name)));
}

/*
 * psa_paste_values_take:
 * @name: of a variable, a parameter, a member or a header; one that is not known is passed over
 * @value: what it stands for; no copy of it is left behind but in the values
 */
void
psa_paste_values_take (PsaPasteValues *self, const char *name, const char *value)
{
  int field = psa_import_find_field (name);

  if (g_ascii_strcasecmp (name, "authorization") == 0)
    take_basic (self, value);
  else if (g_ascii_strcasecmp (name, "accept") == 0)
    take_accept (self, value);
  else if (field == PSA_IMPORT_HOSTNAME)
    take_address (self, name, value);
  else if (field == PSA_IMPORT_USERNAME)
    psa_paste_values_take_pair (self, name, value);
  else if (is_of_connection (field))
    put (self, (PsaImportField) field, name, value);
}

/*
 * psa_paste_values_take_header:
 * @header: `Name: value`, as curl takes it
 */
void
psa_paste_values_take_header (PsaPasteValues *self, const char *header)
{
  const char *colon = strchr (header, ':');
  g_autofree char *name = NULL;

  if (colon == NULL)
    return;
  name = g_strstrip (g_strndup (header, colon - header));
  psa_paste_values_take (self, name, colon + 1 + strspn (colon + 1, " \t"));
}

static gboolean
is_pair (const char *value)
{
  const char *colon = strchr (value, ':');
  const char *plus = strchr (value, '+');

  return plus != NULL && plus > value && colon != NULL && colon > plus + 1 && colon[1] != '\0' &&
         strpbrk (value, " \t") == NULL;
}

/*
 * psa_paste_values_take_bare:
 * @value: a text without a name
 *
 * Takes what nothing else looks like: an address with its scheme, one of the vendor's hosts, `Basic …`,
 * `company+public:private` and a GUID. A host of any other name is not taken, since a secret may look like one.
 *
 * Returns: whether it was taken for one of these
 */
gboolean
psa_paste_values_take_bare (PsaPasteValues *self, const char *value)
{
  g_autoptr(PsaSecret) client_id = psa_client_id_parse (value, NULL);
  g_autoptr(PsaAddress) address = NULL;
  gboolean is_url = g_ascii_strncasecmp (value, "https://", strlen ("https://")) == 0 ||
                    g_ascii_strncasecmp (value, "http://", strlen ("http://")) == 0;

  if (client_id != NULL)
    put (self, PSA_IMPORT_CLIENT_ID, "clientid", client_id);
  else if (g_ascii_strncasecmp (value, "Basic ", strlen ("Basic ")) == 0)
    take_basic (self, value);
  else if (!is_url && is_pair (value))
    psa_paste_values_take_pair (self, "pair", value);
  else
    {
      address = psa_address_parse (value, NULL);
      if (!is_url && (address == NULL || !psa_address_is_vendor (address)))
        return FALSE;
      if (address == NULL || !g_str_equal (address->host, EXPLAINING_HOST))
        take_address (self, "url", value);
    }
  return TRUE;
}
