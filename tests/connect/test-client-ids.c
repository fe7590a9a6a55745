/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "psa-client-ids.h"

#define FIRST "3f2b8c1e-5a6d-4e7f-9b0c-1d2e3f4a5b6c"
#define SECOND "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f"

/* What was looked up is there for the others, of its own integration alone. */
static void
test_shared (void)
{
  g_autoptr(PsaClientIds) ids = psa_client_ids_new ();

  g_assert_null (psa_client_ids_get (ids, "one"));
  psa_client_ids_put (ids, "one", FIRST, psa_client_ids_get_stamp (ids));
  psa_client_ids_put (ids, "two", SECOND, psa_client_ids_get_stamp (ids));
  g_assert_cmpstr (psa_client_ids_get (ids, "one"), ==, FIRST);
  g_assert_cmpstr (psa_client_ids_get (ids, "two"), ==, SECOND);
}

/* A look-up that was under way when a Client ID may have changed gives nobody the former one. */
static void
test_forgotten (void)
{
  g_autoptr(PsaClientIds) ids = psa_client_ids_new ();
  guint before = psa_client_ids_get_stamp (ids);

  psa_client_ids_put (ids, "one", FIRST, before);
  psa_client_ids_forget (ids);
  g_assert_null (psa_client_ids_get (ids, "one"));
  psa_client_ids_put (ids, "one", FIRST, before);
  g_assert_null (psa_client_ids_get (ids, "one"));
  psa_client_ids_put (ids, "one", SECOND, psa_client_ids_get_stamp (ids));
  g_assert_cmpstr (psa_client_ids_get (ids, "one"), ==, SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-ids/shared", test_shared);
  g_test_add_func ("/client-ids/forgotten", test_forgotten);
  return g_test_run ();
}
