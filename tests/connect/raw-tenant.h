/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check-run.h"
#include "raw-server.h"

G_BEGIN_DECLS

/**
 * RawTenant:
 * @server: what answers
 * @certificate: what it shows
 * @profile: signs in there, and trusts it
 *
 * A tenant of which a test says each byte.
 */
typedef struct
{
  RawServer *server;
  GTlsCertificate *certificate;
  PsaProfile *profile;
} RawTenant;

RawTenant *raw_tenant_new   (const RawAnswer *answer);
CheckRun  *raw_tenant_start (RawTenant       *self,
                             PsaClient       *client);
CheckRun  *raw_tenant_check (RawTenant       *self,
                             PsaClient       *client);
void       raw_tenant_free  (RawTenant       *self);
char      *raw_answer_dup   (const char      *status,
                             const char      *headers,
                             const char      *body);

/* What a tenant says where all is well. */
#define RAW_COMPANY "{\"CompanyName\":\"Raw\",\"Codebase\":\"v2025_1/\",\"IsCloud\":false}"
#define RAW_INFO "{\"version\":\"v2025.1.10001\"}"
#define RAW_SECURITY "[]"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawTenant, raw_tenant_free)

G_END_DECLS
