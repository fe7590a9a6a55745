/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-document.h"

G_BEGIN_DECLS

/* Something whose secret is still to be cleared from the keyring. */
typedef struct
{
  char *id;
  char *time;          /* RFC 3339, UTC, or as it was read */
  char *unknown;       /* (nullable) see psa_member_dup_unknown() */
} PsaDeleted;

struct _PsaDocument
{
  GPtrArray *profiles;     /* (element-type PsaProfile) in the order of the file */
  GPtrArray *integrations; /* (element-type PsaIntegration) */
  GPtrArray *deleted;      /* (element-type PsaDeleted) */
  GHashTable *profile_ids; /* id → PsaProfile, borrowed from the arrays, as are the next two */
  GHashTable *integration_ids;
  GHashTable *deleted_ids;
  char *unknown;   /* (nullable) members of a later version */
  JsonNode *newer;     /* (nullable) the whole of a file of a newer schema */
};

/* What psa-document-parse.c reads goes in by these; they say whether the id was free. */
gboolean psa_document_add_profile     (PsaDocument    *self,
                                       PsaProfile     *profile);
gboolean psa_document_add_integration (PsaDocument    *self,
                                       PsaIntegration *integration);
gboolean psa_document_add_deleted     (PsaDocument    *self,
                                       const char     *id,
                                       const char     *time,
                                       const char     *unknown);

G_END_DECLS
