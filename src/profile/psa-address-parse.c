/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-address-private.h"

#include "psa-error.h"
#include "psa-input.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* DNS (RFC 1035, section 2.3.4), written without the dot of the root */
#define MAX_HOST 253
#define MAX_LABEL 63
/* Before it is turned into ASCII: no host has more bytes, and the conversion stays quick. */
#define MAX_TYPED_HOST (4 * MAX_HOST)

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, message);
  return FALSE;
}

/* Underscores are not for host names, but Windows networks have them and resolvers find them. */
static gboolean
is_host_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_';
}

static gboolean
check_chars (const char *name, gsize length, GError **error)
{
  for (const char *p = name; p < name + length; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (psa_input_is_blank (character))
        return fail (error, _("The hostname contains a blank. Remove it."));
      if (character < 0x80 && !is_host_char (*p))
        return fail (error, _("The hostname must not contain “%c”."), *p);
    }

  return TRUE;
}

static gboolean
check_label (const char *label, GError **error)
{
  gsize length = strlen (label);

  if (length == 0)
    return fail (error, _("The hostname has a dot too many."));
  if (length > MAX_LABEL)
    return fail (error, _("A part of the hostname is longer than %d characters."), MAX_LABEL);
  if (label[0] == '-' || label[length - 1] == '-')
    return fail (error, _("A part of the hostname begins or ends with a hyphen."));
  if (g_str_has_prefix (label, "xn--"))
    {
      g_autofree char *decoded = g_hostname_to_unicode (label);

      if (decoded == NULL)
        return fail (error, _("The hostname is no valid international name."));
    }

  return TRUE;
}

/* Resolvers read "127.1" and "0x7f000001" as addresses; a name that is meant never ends like that
 * (https://url.spec.whatwg.org/#ends-in-a-number-checker). */
static gboolean
ends_in_number (const char *last_label)
{
  if (last_label[strspn (last_label, "0123456789")] == '\0')
    return TRUE;

  return g_str_has_prefix (last_label, "0x") &&
         last_label[2 + strspn (last_label + 2, "0123456789abcdef")] == '\0';
}

static gboolean
check_name (const char *name, GError **error)
{
  g_auto(GStrv) labels = NULL;
  gsize n_labels;

  if (!check_chars (name, strlen (name), error))
    return FALSE;
  if (strlen (name) > MAX_HOST)
    return fail (error, _("The hostname is longer than %d characters."), MAX_HOST);

  labels = g_strsplit (name, ".", -1);
  n_labels = g_strv_length (labels);
  for (gsize i = 0; i < n_labels; i++)
    if (!check_label (labels[i], error))
      return FALSE;

  if (ends_in_number (labels[n_labels - 1]) && !g_hostname_is_ip_address (name))
    return fail (error, _("The hostname is no valid IP address: four numbers from 0 to 255."));

  return TRUE;
}

static char *
normalize_ipv6 (const char *text, GError **error)
{
  g_autoptr(GInetAddress) address = NULL;

  if (strchr (text, '%') == NULL) /* a scope means something on one computer alone */
    address = g_inet_address_new_from_string (text);
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    {
      fail (error, _("The hostname is no valid IPv6 address."));
      return NULL;
    }

  return g_inet_address_to_string (address);
}

/**
 * psa_address_normalize_host:
 * @name: a host name, an IPv4 address or an IPv6 address without brackets
 * @error: return location for a `PSA_ERROR_INVALID`
 *
 * Brings a host into the one form in which hosts are kept and compared: lower case, punycode,
 * without the dot of the root; an IPv6 address in its shortest form. What an international name
 * turns into is looked at again, since compatibility forms such as a wide slash become plain
 * characters.
 *
 * Returns: (transfer full) (nullable): the host
 */
char *
psa_address_normalize_host (const char *name, GError **error)
{
  g_autofree char *host = NULL;
  gsize length;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  length = strlen (name);
  if (length == 0)
    {
      fail (error, _("Enter the hostname of the PSA server."));
      return NULL;
    }
  if (length > MAX_TYPED_HOST)
    {
      fail (error, _("The hostname is longer than %d characters."), MAX_HOST);
      return NULL;
    }
  if (psa_input_find_fault (name, length) != PSA_INPUT_GOOD)
    {
      fail (error, _("The hostname contains a character that cannot be seen. Type it anew."));
      return NULL;
    }
  if (strchr (name, ':') != NULL)
    return normalize_ipv6 (name, error);
  if (!check_chars (name, length, error))
    return NULL;

  host = g_hostname_is_non_ascii (name) ? g_hostname_to_ascii (name) : g_strdup (name);
  if (host == NULL)
    {
      fail (error, _("The hostname is no valid international name."));
      return NULL;
    }

  for (char *p = host; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  length = strlen (host);
  if (length > 1 && host[length - 1] == '.')
    host[length - 1] = '\0';

  return check_name (host, error) ? g_steal_pointer (&host) : NULL;
}

static gboolean
read_port (const char *text, guint16 *port, GError **error)
{
  guint number = 0;

  if (*text == '\0')
    return fail (error, _("The port is missing after the colon."));

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p))
        return fail (error, _("The port after the colon must be a number."));
      number = MIN (10 * number + (guint) g_ascii_digit_value (*p), G_MAXUINT16 + 1u);
    }

  if (number < 1 || number > G_MAXUINT16)
    return fail (error, _("The port must be from 1 to 65535."));

  *port = number;
  return TRUE;
}

/* Takes "https://" off; refuses every other scheme. */
static const char *
skip_scheme (const char *text, GError **error)
{
  const char *colon = strpbrk (text, ":/?#@");
  gboolean is_http;
  gboolean is_https;

  if (g_str_has_prefix (text, "//"))
    return text + strlen ("//");
  if (colon == NULL || *colon != ':')
    return text;

  is_http = colon - text == strlen ("http") && g_ascii_strncasecmp (text, "http", 4) == 0;
  is_https = colon - text == strlen ("https") && g_ascii_strncasecmp (text, "https", 5) == 0;
  if (!g_str_has_prefix (colon, "://") && !is_http && !is_https)
    return text; /* a host and its port */
  if (g_str_has_prefix (colon, "://") && is_https)
    return colon + strlen ("://");
  if (is_http)
    {
      fail (error, _("An http:// address would send the keys unprotected. The server must be "
                     "reached by https://."));
      return NULL;
    }

  fail (error, _("Enter the hostname alone, or an address that begins with https://."));
  return NULL;
}

static gboolean
split_port (char *authority, char **host, char **port, GError **error)
{
  char *end;

  if (*authority == '[')
    {
      end = strchr (authority, ']');
      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return fail (error, _("The hostname is no valid IPv6 address in brackets."));

      *host = authority + 1;
      *port = end[1] == ':' ? end + 2 : NULL;
      *end = '\0';
      return strchr (*host, ':') != NULL ||
             fail (error, _("Brackets are for IPv6 addresses alone, as in [2001:db8::1]."));
    }

  end = strchr (authority, ':');
  if (end != NULL && strchr (end + 1, ':') != NULL)
    return fail (error, _("An IPv6 address must stand in brackets, as in [2001:db8::1]."));

  *host = authority;
  *port = end != NULL ? end + 1 : NULL;
  if (end != NULL)
    *end = '\0';
  return TRUE;
}

/**
 * psa_address_parse:
 * @text: what was typed or pasted: a host, a host and a port, or a URL
 * @error: return location for a `PSA_ERROR_INVALID`; its message does not repeat @text, which may
 *   hold a password
 *
 * Reads a hostname. Blanks around it, `https://`, path, query and fragment are taken off, the port
 * is kept (443 without one), the host is brought into its normal form, so that letters of other
 * scripts that look like Latin ones become visible as punycode. Refused are `http://` and any other
 * scheme, a user name, blanks, control and invisible characters, what DNS does not allow in a
 * name, a port outside 1–65535 and an IPv6 address without brackets.
 *
 * Returns: (transfer full) (nullable): the address
 */
PsaAddress *
psa_address_parse (const char *text, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *authority = NULL;
  g_autofree char *normalized = NULL;
  const char *rest;
  char *host = NULL;
  char *port_text = NULL;
  guint16 port = PSA_ADDRESS_DEFAULT_PORT;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  trimmed = psa_input_dup_trimmed (text);
  if (psa_input_find_fault (trimmed, strlen (trimmed)) != PSA_INPUT_GOOD)
    {
      fail (error, _("The hostname contains a character that cannot be seen. Type it anew."));
      return NULL;
    }

  rest = skip_scheme (trimmed, error);
  if (rest == NULL)
    return NULL;

  authority = g_strndup (rest, strcspn (rest, "/?#"));
  if (strchr (authority, '@') != NULL)
    {
      fail (error, _("The hostname must not contain a user name and “@”. Enter the host alone."));
      return NULL;
    }

  if (!split_port (authority, &host, &port_text, error))
    return NULL;

  normalized = psa_address_normalize_host (host, error);
  if (normalized == NULL || (port_text != NULL && !read_port (port_text, &port, error)))
    return NULL;

  return psa_address_new (normalized, port);
}
