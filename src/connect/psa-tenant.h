/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PsaTenant:
 * @company: the company's name, from companyinfo
 * @company_id: its own CompanyID, which may differ from the one that signs in
 * @codebase: "v2025_1/" as sent; never used for a request unless it is safe (psa_tenant_has_versioned_codebase())
 * @site_url: as sent: text to show, followed by no request
 * @version: "2025.1", from system/info, else from companyinfo's VersionCode
 * @region: "NA", from system/info
 * @time_zone: the server's own name of it
 * @api_version: the version of the API that answered, from the header `api-current-version`
 * @licenses: (array zero-terminated=1): the modules that are licensed and active; NULL where it did not say
 * @cloud: companyinfo says so, in either form
 *
 * What the answers said of the tenant so far. Any string may be NULL. A boxed value.
 */
typedef struct
{
  char    *company;
  char    *company_id;
  char    *codebase;
  char    *site_url;
  char    *version;
  char    *region;
  char    *time_zone;
  char    *api_version;
  GStrv    licenses;
  gboolean cloud;
} PsaTenant;

#define PSA_TYPE_TENANT (psa_tenant_get_type ())
GType      psa_tenant_get_type               (void);
PsaTenant *psa_tenant_new                    (void);
PsaTenant *psa_tenant_copy                   (const PsaTenant *self);
void       psa_tenant_free                   (PsaTenant       *self);
gboolean   psa_tenant_has_versioned_codebase (const PsaTenant *self); /* ^v[0-9][0-9a-z_.]*, then a slash; not the alias */
char      *psa_tenant_dup_named_host         (const PsaTenant *self,
                                              const char      *host); /* (nullable): the vendor's API host that it named in @host's place */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaTenant, psa_tenant_free)

G_END_DECLS
