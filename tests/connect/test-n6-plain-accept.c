/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

#include <string.h>

/* Row 16: another 400 or 406 may be about the version. It is asked once more without one, and only once; where
 * none was asked for there is nothing to ask. */

#define VERSIONED "Accept: application/vnd.connectwise.com+json; version=2025.1\r\n"
#define PLAIN "Accept: application/json\r\n"
#define SOME_400 "{\"code\":\"InvalidObject\",\"message\":\"No.\"}"

typedef struct
{
  const char *name;
  const char *version;
  const char *answers[5]; /* the bodies; the first sign "!" makes a 400, "?" a 406 of it */
  guint n_requests;
  const char *last; /* the Accept of the last request */
  PsaCause cause;
} Case;

static const Case cases[] = {
  { "sign-in-400",
    "2025.1",
    { RAW_COMPANY, "!" SOME_400, RAW_INFO },
    3,
    PLAIN,
    PSA_CAUSE_VERSION_UNSUPPORTED },
  { "sign-in-406",
    "2025.1",
    { RAW_COMPANY, "?", RAW_INFO },
    3,
    PLAIN,
    PSA_CAUSE_VERSION_UNSUPPORTED },
  { "sign-in-400-again",
    "2025.1",
    { RAW_COMPANY, "!" SOME_400, "!" SOME_400, RAW_INFO },
    3,
    PLAIN,
    PSA_CAUSE_BAD_ANSWER },
  { "sign-in-without-version",
    "",
    { RAW_COMPANY, "!" SOME_400, RAW_INFO },
    2,
    PLAIN,
    PSA_CAUSE_BAD_ANSWER },
  { "proof-400",
    "2025.1",
    { RAW_COMPANY, RAW_INFO, "!" SOME_400, RAW_SECURITY },
    4,
    PLAIN,
    PSA_CAUSE_VERSION_UNSUPPORTED },
  { "proof-406-again",
    "2025.1",
    { RAW_COMPANY, RAW_INFO, "?", "?", RAW_SECURITY },
    4,
    PLAIN,
    PSA_CAUSE_BAD_ANSWER },
  { "proof-without-version",
    "",
    { RAW_COMPANY, RAW_INFO, "!" SOME_400, RAW_SECURITY },
    3,
    PLAIN,
    PSA_CAUSE_BAD_ANSWER },
  { "no-need", "2025.1", { RAW_COMPANY, RAW_INFO, RAW_SECURITY }, 3, VERSIONED, PSA_CAUSE_OK },
};

static char *
dup_answer (const char *body)
{
  if (*body == '!')
    return raw_answer_dup ("400 Bad Request", "", body + 1);
  if (*body == '?')
    return raw_answer_dup ("406 Not Acceptable", "", body + 1);

  return raw_answer_dup ("200 OK", "", body);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  RawAnswer answers[G_N_ELEMENTS (one->answers)] = { 0 };
  g_auto(GStrv) heads = g_new0 (char *, G_N_ELEMENTS (one->answers) + 1);
  g_autoptr(RawTenant) tenant = NULL;
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (one->answers) && one->answers[i] != NULL; i++)
    {
      heads[i] = dup_answer (one->answers[i]);
      answers[i].head = heads[i];
      if (i > 0)
        answers[i - 1].then = &answers[i];
    }
  tenant = raw_tenant_new (&answers[0]);
  psa_profile_set_api_version (tenant->profile, one->version);
  run = raw_tenant_check (tenant, client);
  last = raw_server_dup_request (tenant->server);

  check_run_assert (run, one->name, one->cause);
  g_assert_cmpuint (raw_server_get_n_requests (tenant->server), ==, one->n_requests);
  g_assert_nonnull (strstr (last, one->last));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/n6-plain-accept/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
