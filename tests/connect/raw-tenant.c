/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

#include "practice-certificate.h"

#include <string.h>

/**
 * raw_tenant_new:
 * @answer: what to say to everything
 *
 * Returns: (transfer full): a server that runs, and a profile for it
 */
RawTenant *
raw_tenant_new (const RawAnswer *answer)
{
  static const char *const names[] = { "127.0.0.1", "localhost", NULL };
  RawTenant *self = g_new0 (RawTenant, 1);
  g_autoptr(GError) error = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr(PsaAddress) address = NULL;

  self->certificate = practice_certificate_new (PRACTICE_CERTIFICATE_GOOD, names, NULL, &error);
  g_assert_no_error (error);
  self->server = raw_server_new (self->certificate, answer);

  sha256 = practice_certificate_dup_sha256 (self->certificate);
  address = psa_address_new ("127.0.0.1", raw_server_get_port (self->server));
  self->profile = psa_profile_new ();
  psa_profile_set_address (self->profile, address);
  psa_profile_set_username (self->profile, "contoso+key");
  psa_profile_trust (self->profile, sha256);

  return self;
}

/**
 * raw_tenant_start:
 * @self: a tenant
 * @client: the client
 *
 * Returns: (transfer full): a check that is under way
 */
CheckRun *
raw_tenant_start (RawTenant *self, PsaClient *client)
{
  return check_run_start (client, NULL, self->profile, CHECK_RUN_CLIENT_ID,
                          "secret", NULL);
}

/**
 * raw_tenant_check:
 * @self: a tenant
 * @client: the client
 *
 * Returns: (transfer full): a check that has ended
 */
CheckRun *
raw_tenant_check (RawTenant *self, PsaClient *client)
{
  CheckRun *run = raw_tenant_start (self, client);

  check_run_wait (run);

  return run;
}

/**
 * raw_tenant_free:
 * @self: (transfer full): a tenant
 */
void
raw_tenant_free (RawTenant *self)
{
  g_clear_pointer (&self->server, raw_server_free);
  g_clear_object (&self->certificate);
  g_clear_object (&self->profile);
  g_free (self);
}

/**
 * raw_answer_dup:
 * @status: "200 OK"
 * @headers: further lines, each with its CR LF
 * @body: the body, said to be JSON
 *
 * Returns: (transfer full): a whole answer, after which the connection is closed
 */
char *
raw_answer_dup (const char *status, const char *headers, const char *body)
{
  return g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
                          status, strlen (body), headers, body);
}
