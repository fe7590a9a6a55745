/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-site.h"

#include <string.h>

/* clang-format off */

/*
 * [1] “Cloud URLs” of the Developer Guide: API hosts, and the web hosts that are the common cloud URLs
 *     (https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide) [documented]
 * [2] the API host of a web host, by the map CW_CLOUD_URLS in djconnectwise/api.py
 *     (https://github.com/KerkhoffTechnologies/django-connectwise) [documented in code]
 * [3] used without “api-” by many public projects, and among the hosts whose webhooks Nango trusts, in
 *     connectwise-psa-webhook-routing.ts (https://github.com/NangoHQ/nango) [reported]
 *
 * Not here is api-my.myconnectwise.net: the guide writes it where it shows the form of an address, and no
 * source knows of such a region. The list may not be complete.
 */
static const PsaSite sites[] = {
  { "api-na.myconnectwise.net",       "NA",  PSA_SITE_PRODUCTION, TRUE },  /* [1] */
  { "api-eu.myconnectwise.net",       "EU",  PSA_SITE_PRODUCTION, TRUE },  /* [1] */
  { "api-au.myconnectwise.net",       "AU",  PSA_SITE_PRODUCTION, TRUE },  /* [1] */
  { "api-aus.myconnectwise.net",      "AUS", PSA_SITE_PRODUCTION, TRUE },  /* [2] */
  { "api-za.myconnectwise.net",       "ZA",  PSA_SITE_PRODUCTION, TRUE },  /* [2] */
  { "api-staging.connectwisedev.com", NULL,  PSA_SITE_STAGING,    TRUE },  /* [1] */
  { "sandbox-na.myconnectwise.net",   "NA",  PSA_SITE_SANDBOX,    TRUE },  /* [3] */
  { "sandbox-eu.myconnectwise.net",   "EU",  PSA_SITE_SANDBOX,    TRUE },  /* [3] */
  { "sandbox-au.myconnectwise.net",   "AU",  PSA_SITE_SANDBOX,    TRUE },  /* [3] */
  { "na.myconnectwise.net",           "NA",  PSA_SITE_PRODUCTION, FALSE }, /* [1] */
  { "eu.myconnectwise.net",           "EU",  PSA_SITE_PRODUCTION, FALSE }, /* [1] */
  { "au.myconnectwise.net",           "AU",  PSA_SITE_PRODUCTION, FALSE }, /* [1] */
  { "aus.myconnectwise.net",          "AUS", PSA_SITE_PRODUCTION, FALSE }, /* [1] */
  { "za.myconnectwise.net",           "ZA",  PSA_SITE_PRODUCTION, FALSE }, /* [1] */
  { "staging.connectwisedev.com",     NULL,  PSA_SITE_STAGING,    FALSE }, /* [1] */
};

/* clang-format on */

/**
 * psa_site_get_all:
 * @n_sites: (out): their number
 *
 * Lists the cloud hosts that are known: those of the API first, in the order in which they are
 * offered.
 *
 * Returns: (transfer none) (array length=n_sites): the sites
 */
const PsaSite *
psa_site_get_all (gsize *n_sites)
{
  g_return_val_if_fail (n_sites != NULL, NULL);

  *n_sites = G_N_ELEMENTS (sites);
  return sites;
}

/**
 * psa_site_find:
 * @host: a host in its normal form, as #PsaAddress has it
 *
 * Returns: (transfer none) (nullable): the site that is exactly this host
 */
const PsaSite *
psa_site_find (const char *host)
{
  g_return_val_if_fail (host != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sites); i++)
    if (g_str_equal (sites[i].host, host))
      return &sites[i];

  return NULL;
}

/**
 * psa_site_find_api:
 * @web: a site
 *
 * Returns: (transfer none) (nullable): where the API of a host lives that serves web pages: “api-”
 *   and its name; %NULL for a host of the API
 */
const PsaSite *
psa_site_find_api (const PsaSite *web)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (web != NULL, NULL);

  if (web->is_api)
    return NULL;
  host = g_strconcat ("api-", web->host, NULL);
  return psa_site_find (host);
}
