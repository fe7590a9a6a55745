/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-profile.h"

G_BEGIN_DECLS

/* Shared by the files of the profile and of the document. */
typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_TITLE,
  PROP_ENVIRONMENT,
  PROP_HOST,
  PROP_PORT,
  PROP_ADDRESS_TEXT,
  PROP_API_VERSION,
  PROP_INTEGRATION,
  PROP_USERNAME,
  PROP_COMPANY_ID,
  PROP_NEEDS,
  PROP_TAGS,
  PROP_FAVOURITE,
  PROP_NOTES,
  PROP_TRUSTED_SHA256,
  PROP_REVISION,
} PsaProfileProperty;

struct _PsaProfile
{
  GObject parent_instance;

  char *id;
  char *name;
  PsaEnvironment environment;
  char *environment_token; /* as it was read where this version does not know it, (nullable) */
  char *host;              /* normal form; as it was read where it is no host; "" for none */
  guint port;
  char *address_text; /* derived from host and port */
  char *api_version;
  char *integration; /* (nullable) */
  char *username;
  char *company_id; /* derived from username, (nullable) */
  GStrv needs;
  GStrv tags;
  gboolean favourite;
  char *notes;
  char *trust_address; /* "host:port" that trust_sha256 is for, (nullable) */
  char *trust_sha256;  /* as it was read or accepted, (nullable) */
  char *secret_for;    /* see psa-profile-secret.c, (nullable) */
  guint revision;
  PsaProfile *base; /* of a draft: what it was made of, see psa-profile-draft.c, (nullable) */

  /* Members of a later version, see psa_member_dup_unknown(), (nullable). */
  char *unknown;
  char *trust_unknown;
};

#define PSA_PROFILE_MAX_REVISION G_MAXINT32

void     psa_profile_notify        (PsaProfile         *self,
                                    PsaProfileProperty  property);
void     psa_profile_merge         (PsaProfile         *self,
                                    PsaProfile         *kept);
void     psa_profile_set_host_port (PsaProfile         *self,
                                    const char         *host,
                                    guint               port);
void     psa_profile_set_trust     (PsaProfile         *self,
                                    const char         *address,
                                    const char         *sha256,
                                    const char         *unknown);
void     psa_profile_set_unknown   (PsaProfile         *self,
                                    const char         *unknown);
gboolean psa_profile_is_sha256     (const char         *text);

G_END_DECLS
