/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-tenant.h"

#include "psa-address.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (PsaTenant, psa_tenant, psa_tenant_copy, psa_tenant_free)

/**
 * psa_tenant_new:
 *
 * Returns: (transfer full): a tenant of which nothing is known
 */
PsaTenant *
psa_tenant_new (void)
{
  return g_new0 (PsaTenant, 1);
}

/**
 * psa_tenant_copy:
 *
 * Returns: (transfer full): a copy with strings of its own
 */
PsaTenant *
psa_tenant_copy (const PsaTenant *self)
{
  PsaTenant *copy = psa_tenant_new ();

  g_return_val_if_fail (self != NULL, copy);

  copy->company = g_strdup (self->company);
  copy->company_id = g_strdup (self->company_id);
  copy->codebase = g_strdup (self->codebase);
  copy->site_url = g_strdup (self->site_url);
  copy->version = g_strdup (self->version);
  copy->region = g_strdup (self->region);
  copy->time_zone = g_strdup (self->time_zone);
  copy->api_version = g_strdup (self->api_version);
  copy->licenses = g_strdupv (self->licenses);
  copy->cloud = self->cloud;
  return copy;
}

void
psa_tenant_free (PsaTenant *self)
{
  if (self == NULL)
    return;

  g_free (self->company);
  g_free (self->company_id);
  g_free (self->codebase);
  g_free (self->site_url);
  g_free (self->version);
  g_free (self->region);
  g_free (self->time_zone);
  g_free (self->api_version);
  g_strfreev (self->licenses);
  g_free (self);
}

/**
 * psa_tenant_has_versioned_codebase:
 *
 * Whether companyinfo named a codebase that may stand in a request: `^v[0-9][0-9a-z_.]*` and a slash,
 * and not the alias. A server chooses this text, so anything else is shown and never followed.
 *
 * Returns: whether requests below it are allowed and differ from those below the alias
 */
gboolean
psa_tenant_has_versioned_codebase (const PsaTenant *self)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);

  text = self->codebase;
  if (text == NULL || text[0] != 'v' || !g_ascii_isdigit (text[1]))
    return FALSE;
  length = strspn (text + 1, "0123456789abcdefghijklmnopqrstuvwxyz_.") + 1;
  return g_str_equal (text + length, "/") && !g_str_equal (text, PSA_ADDRESS_ALIAS);
}

/**
 * psa_tenant_dup_named_host:
 * @host: the host that was asked
 *
 * Which host companyinfo names as the tenant's, in the place of @host. A server chooses this text, so
 * it counts only where it is an API host of the vendor; anything else is text to show. It may be
 * offered to the user, and no request follows it before he takes it.
 *
 * Returns: (transfer full) (nullable): the host; %NULL where none is named, or @host itself is
 */
char *
psa_tenant_dup_named_host (const PsaTenant *self, const char *host)
{
  g_autoptr(PsaAddress) named = NULL;
  g_autoptr(PsaAddress) api = NULL;

  g_return_val_if_fail (self != NULL && host != NULL, NULL);

  named = self->site_url != NULL ? psa_address_parse (self->site_url, NULL) : NULL;
  if (named == NULL || named->port != PSA_ADDRESS_DEFAULT_PORT || !psa_address_is_vendor (named))
    return NULL;
  api = psa_address_dup_api_address (named);
  if (api == NULL)
    api = g_steal_pointer (&named);
  return g_str_equal (api->host, host) ? NULL : g_strdup (api->host);
}
