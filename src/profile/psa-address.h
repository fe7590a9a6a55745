/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define PSA_ADDRESS_DEFAULT_PORT 443
#define PSA_ADDRESS_ALIAS "v4_6_release/" /* the codebase that every host answers to */

/**
 * PsaAddress:
 * @host: lower case; an international name as punycode, an IPv6 address without brackets
 * @port: 1–65535
 *
 * Where a tenant's API lives. Only made by psa_address_parse() and psa_address_new().
 */
typedef struct
{
  char *host;
  guint16 port;
} PsaAddress;

PsaAddress *psa_address_parse           (const char       *text,
                                         GError          **error);
PsaAddress *psa_address_new             (const char       *host,
                                         guint16           port);
PsaAddress *psa_address_copy            (const PsaAddress *self);
void        psa_address_free            (PsaAddress       *self);
gboolean    psa_address_equal           (const PsaAddress *a,
                                         const PsaAddress *b);
char       *psa_address_dup_text        (const PsaAddress *self);
char       *psa_address_dup_host_port   (const PsaAddress *self);
char       *psa_address_dup_origin      (const PsaAddress *self);
char       *psa_address_dup_base_url    (const PsaAddress *self,
                                         const char       *codebase);
gboolean    psa_address_is_vendor       (const PsaAddress *self);
gboolean    psa_address_is_web_host     (const PsaAddress *self);
PsaAddress *psa_address_dup_api_address (const PsaAddress *self);
char       *psa_address_dup_web_url     (const PsaAddress *self);
const char *psa_address_get_region      (const PsaAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaAddress, psa_address_free)

#define PSA_TYPE_ADDRESS (psa_address_get_type ())
GType psa_address_get_type (void);

G_END_DECLS
