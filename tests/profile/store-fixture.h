/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-error.h"
#include "psa-store-file.h"

#include <sys/types.h>

G_BEGIN_DECLS

/* A folder for profiles.json on a real disk, gone with the test. */
typedef struct
{
  char *folder; /* the store's, not made yet */
  char *path;   /* of profiles.json */
  char *outside;
  char *victim; /* a file of somebody else's */
} StoreFixture;

#define STORE_FIXTURE_VICTIM "precious"

void     store_fixture_set_up         (StoreFixture  *fixture,
                                       gconstpointer  data);
void     store_fixture_tear_down      (StoreFixture  *fixture,
                                       gconstpointer  data);
void     store_fixture_write          (const char    *path,
                                       const char    *text,
                                       mode_t         mode);
char    *store_fixture_read           (const char    *path);
mode_t   store_fixture_get_mode       (const char    *path);
gboolean store_fixture_add_profile    (PsaDocument   *document,
                                       gpointer       name,
                                       GError       **error);
void     store_fixture_save           (StoreFixture  *fixture, /* one more profile of that name */
                                       const char    *name);
guint    store_fixture_count          (StoreFixture  *fixture);
void     store_fixture_assert_refused (StoreFixture  *fixture,
                                       PsaError       code);

G_END_DECLS
