/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PsaSiteKind:
 *
 * What the tenants of a site are for.
 */
typedef enum
{
  PSA_SITE_PRODUCTION,
  PSA_SITE_STAGING,
  PSA_SITE_SANDBOX,
} PsaSiteKind;

/**
 * PsaSite:
 * @host: "api-na.myconnectwise.net"
 * @region: (nullable): "NA"; %NULL where the site is of no region
 * @is_api: whether the API lives there; else it serves the web pages
 *
 * A host of the vendor's cloud. All that are known stand in one table.
 */
typedef struct
{
  const char *host;
  const char *region;
  PsaSiteKind kind;
  gboolean is_api;
} PsaSite;

const PsaSite *psa_site_get_all  (gsize         *n_sites);
const PsaSite *psa_site_find     (const char    *host);
const PsaSite *psa_site_find_api (const PsaSite *web);

G_END_DECLS
