/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-address.h"

#include "psa-address-private.h"
#include "psa-site.h"

#include <string.h>

static const char *const vendor_domains[] = { "myconnectwise.net", "connectwisedev.com",
                                              "connectwise.com" };

G_DEFINE_BOXED_TYPE (PsaAddress, psa_address, psa_address_copy, psa_address_free)

/* The site that is a web host, where an API host is wanted. */
static const PsaSite *
find_web_site (const PsaAddress *self)
{
  const PsaSite *site = psa_site_find (self->host);

  return site != NULL && !site->is_api ? site : NULL;
}

/**
 * psa_address_new:
 * @host: a host name or an IP address, without scheme, port, path and brackets
 * @port: 1–65535
 *
 * Makes an address of its two parts. @host is looked at as psa_address_parse() does.
 *
 * Returns: (transfer full) (nullable): the address; %NULL where @host is none or @port is 0
 */
PsaAddress *
psa_address_new (const char *host, guint16 port)
{
  g_autofree char *normalized = NULL;
  PsaAddress *self;

  g_return_val_if_fail (host != NULL, NULL);

  /* A host of a file that somebody edited by hand: what is wrong is told by the form. */
  normalized = psa_address_normalize_host (host, NULL);
  if (normalized == NULL || port == 0)
    return NULL;

  self = g_new0 (PsaAddress, 1);
  self->host = g_steal_pointer (&normalized);
  self->port = port;
  return self;
}

/**
 * psa_address_copy:
 * @self: an address
 *
 * Returns: (transfer full): a copy
 */
PsaAddress *
psa_address_copy (const PsaAddress *self)
{
  PsaAddress *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (PsaAddress, 1);
  copy->host = g_strdup (self->host);
  copy->port = self->port;
  return copy;
}

/**
 * psa_address_free:
 * @self: (transfer full) (nullable): an address
 */
void
psa_address_free (PsaAddress *self)
{
  if (self == NULL)
    return;

  g_free (self->host);
  g_free (self);
}

/**
 * psa_address_equal:
 * @a: (nullable): an address
 * @b: (nullable): another
 *
 * Returns: whether host and port are the same; %NULL equals only %NULL
 */
gboolean
psa_address_equal (const PsaAddress *a, const PsaAddress *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->port == b->port && g_str_equal (a->host, b->host);
}

/**
 * psa_address_dup_text:
 * @self: an address
 *
 * Makes the form in which an address is shown and typed: the port only where it is not 443, an IPv6
 * address in brackets.
 *
 * Returns: (transfer full): "host", "host:port", "[::1]"
 */
char *
psa_address_dup_text (const PsaAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->port != PSA_ADDRESS_DEFAULT_PORT)
    return psa_address_dup_host_port (self);
  if (strchr (self->host, ':') != NULL)
    return g_strconcat ("[", self->host, "]", NULL);

  return g_strdup (self->host);
}

/**
 * psa_address_dup_host_port:
 * @self: an address
 *
 * Makes the form that the trust in a certificate is bound to: as psa_address_dup_text(), but with
 * the port always there.
 *
 * Returns: (transfer full): "host:port"
 */
char *
psa_address_dup_host_port (const PsaAddress *self)
{
  gboolean brackets;

  g_return_val_if_fail (self != NULL, NULL);

  brackets = strchr (self->host, ':') != NULL;
  return g_strdup_printf ("%s%s%s:%u", brackets ? "[" : "", self->host, brackets ? "]" : "",
                          self->port);
}

/**
 * psa_address_dup_origin:
 * @self: an address
 *
 * Returns: (transfer full): "https://host" or "https://host:port"
 */
char *
psa_address_dup_origin (const PsaAddress *self)
{
  g_autofree char *text = psa_address_dup_text (self);

  g_return_val_if_fail (text != NULL, NULL);

  return g_strconcat ("https://", text, NULL);
}

/**
 * psa_address_dup_base_url:
 * @self: an address
 * @codebase: (nullable): what companyinfo calls its codebase, with the slash at its end; %NULL for
 *   the alias that every host answers to
 *
 * Makes what the path of an API call is appended to, after a slash.
 *
 * Source: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide, “Cloud vs
 * Premise”
 *
 * Returns: (transfer full): "https://host/v4_6_release/apis/3.0"
 */
char *
psa_address_dup_base_url (const PsaAddress *self, const char *codebase)
{
  g_autofree char *origin = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (codebase == NULL || g_str_has_suffix (codebase, "/"), NULL);

  origin = psa_address_dup_origin (self);
  return g_strconcat (origin, "/", codebase != NULL ? codebase : PSA_ADDRESS_ALIAS, "apis/3.0",
                      NULL);
}

/**
 * psa_address_is_vendor:
 * @self: an address
 *
 * Whether the host belongs to the vendor: one of its three domains or a name below them. A
 * certificate of such a host is never trusted by hand. Any other host is an own server.
 *
 * Returns: whether it does
 */
gboolean
psa_address_is_vendor (const PsaAddress *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (vendor_domains); i++)
    {
      const char *domain = vendor_domains[i];

      if (g_str_has_suffix (self->host, domain))
        {
          gsize before = strlen (self->host) - strlen (domain);

          if (before == 0 || self->host[before - 1] == '.')
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * psa_address_is_web_host:
 * @self: an address
 *
 * Whether the host is exactly one of the six that serve the web pages of the cloud, where an API
 * host is wanted.
 *
 * Source: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide, “Cloud URLs”
 *
 * Returns: whether it is
 */
gboolean
psa_address_is_web_host (const PsaAddress *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return find_web_site (self) != NULL;
}

/**
 * psa_address_dup_api_address:
 * @self: an address
 *
 * Makes the one-click fix of a web host: "api-" in front of it, the port kept.
 *
 * Returns: (transfer full) (nullable): the API address; %NULL unless psa_address_is_web_host()
 */
PsaAddress *
psa_address_dup_api_address (const PsaAddress *self)
{
  const PsaSite *web;

  g_return_val_if_fail (self != NULL, NULL);

  web = find_web_site (self);
  return web != NULL ? psa_address_new (psa_site_find_api (web)->host, self->port) : NULL;
}

/**
 * psa_address_dup_web_url:
 * @self: an address
 *
 * Makes what a browser opens to show the tenant: for a vendor's API host the host without its
 * "api-", for any other the same origin. It carries no credentials.
 *
 * Returns: (transfer full): "https://na.myconnectwise.net"
 */
char *
psa_address_dup_web_url (const PsaAddress *self)
{
  g_autoptr(PsaAddress) web = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  web = psa_address_copy (self);
  if (psa_address_is_vendor (self) && g_str_has_prefix (self->host, "api-"))
    g_set_str (&web->host, self->host + strlen ("api-"));

  return psa_address_dup_origin (web);
}

/**
 * psa_address_get_region:
 * @self: an address
 *
 * Names the region of a cloud host, whether it is the API host, the web host or the sandbox.
 *
 * Returns: (transfer none) (nullable): "NA", "EU", "AU", "AUS", "ZA"; %NULL where it is not known
 */
const char *
psa_address_get_region (const PsaAddress *self)
{
  const PsaSite *site;

  g_return_val_if_fail (self != NULL, NULL);

  site = psa_site_find (self->host);
  return site != NULL ? site->region : NULL;
}
