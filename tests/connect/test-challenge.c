/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

#include <string.h>

/* A server that challenges gets no other answer than the one it had: nobody is asked for a password,
 * no ticket is fetched, nothing is sent a second time. */

typedef struct
{
  const char *name;
  const char *header;
} Kind;

static const Kind kinds[] = {
  { "basic", "WWW-Authenticate: Basic realm=\"PSA\"\r\n" },
  { "digest",
    "WWW-Authenticate: Digest realm=\"PSA\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
    " qop=\"auth\", algorithm=SHA-256\r\n" },
  { "negotiate", "WWW-Authenticate: Negotiate\r\n" },
  { "ntlm", "WWW-Authenticate: NTLM\r\n" },
  { "bearer", "WWW-Authenticate: Bearer realm=\"PSA\"\r\n" },
  { "all", "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n"
           "WWW-Authenticate: Digest realm=\"PSA\", nonce=\"dcd98b71\"\r\n"
           "WWW-Authenticate: Basic realm=\"PSA\"\r\n" },
  { "nonsense", "WWW-Authenticate: ,,=\"\r\n" },
};

static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  g_autofree char *challenge = raw_answer_dup ("401 Unauthorized", kind->header, "");
  g_autofree char *known = raw_answer_dup ("200 OK", "", RAW_COMPANY);
  RawAnswer refusal = { .head = challenge };
  RawAnswer company = { .head = known, .then = &refusal };
  g_autoptr(RawTenant) at_once = raw_tenant_new (&refusal);
  g_autoptr(RawTenant) at_sign_in = raw_tenant_new (&company);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) unsigned_run = raw_tenant_check (at_once, client);
  g_autoptr(CheckRun) signed_run = raw_tenant_check (at_sign_in, client);
  g_autofree char *first = raw_server_dup_request (at_once->server);
  g_autofree char *second = raw_server_dup_request (at_sign_in->server);

  check_run_assert (unsigned_run, kind->name, PSA_CAUSE_BAD_ANSWER);
  g_assert_cmpuint (raw_server_get_n_requests (at_once->server), ==, 1);
  g_assert_null (strstr (first, "Authorization"));

  check_run_assert (signed_run, kind->name, PSA_CAUSE_KEYS_REJECTED);
  g_assert_cmpuint (raw_server_get_n_requests (at_sign_in->server), ==, 2);
  g_assert_nonnull (strstr (second, "Authorization: Basic "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/challenge/", kinds[i].name, NULL);

      g_test_add_data_func (path, &kinds[i], test_kind);
    }

  return g_test_run ();
}
