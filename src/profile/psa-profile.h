/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "psa-address.h"

G_BEGIN_DECLS

/**
 * PsaEnvironment:
 *
 * Shown as word and icon wherever an action is taken. Tokens in files and options:
 * `production staging sandbox other`.
 */
typedef enum
{
  PSA_ENVIRONMENT_PRODUCTION,
  PSA_ENVIRONMENT_STAGING,
  PSA_ENVIRONMENT_SANDBOX,
  PSA_ENVIRONMENT_OTHER,
} PsaEnvironment;

#define PSA_TYPE_ENVIRONMENT (psa_environment_get_type ())
GType       psa_environment_get_type  (void);
const char *psa_environment_get_token (PsaEnvironment  environment);
const char *psa_environment_get_word  (PsaEnvironment  environment); /* translated */
gboolean    psa_environment_from_token (const char     *token,
                                        PsaEnvironment *environment);

#define PSA_TYPE_PROFILE (psa_profile_get_type ())
G_DECLARE_FINAL_TYPE (PsaProfile, psa_profile, PSA, PROFILE, GObject)

/*
 * Properties, all with notify: id (construct only), name, environment, host, port, api-version,
 * integration (UUID), username, needs, tags (GStrv), favourite, notes, revision (read only), and
 * read only, derived: title (the name, or else the address), company-id, address-text.
 * No property ever holds a secret.
 */
PsaProfile     *psa_profile_new                (void); /* a new UUID, production, port 443, revision 1 */
PsaProfile     *psa_profile_new_from_json      (JsonObject       *object,
                                                GError          **error);
JsonObject     *psa_profile_to_json            (PsaProfile       *self); /* unknown members included */
PsaProfile     *psa_profile_copy               (PsaProfile       *self); /* a draft: same id and revision */
void            psa_profile_assign             (PsaProfile       *self,
                                                PsaProfile       *other); /* all but the id, notifies what changed */
gboolean        psa_profile_is_same_connection (PsaProfile       *self,
                                                PsaProfile       *other); /* nothing that raises the revision differs */

const char     *psa_profile_get_id             (PsaProfile       *self);
const char     *psa_profile_get_name           (PsaProfile       *self);
const char     *psa_profile_get_title          (PsaProfile       *self);
PsaEnvironment  psa_profile_get_environment    (PsaProfile       *self);
const char     *psa_profile_get_host           (PsaProfile       *self);
guint           psa_profile_get_port           (PsaProfile       *self);
PsaAddress     *psa_profile_dup_address        (PsaProfile       *self);
const char     *psa_profile_get_api_version    (PsaProfile       *self); /* "" asks for the tenant's current one */
const char     *psa_profile_get_integration    (PsaProfile       *self); /* UUID, NULL while a draft has none */
const char     *psa_profile_get_username       (PsaProfile       *self);
const char     *psa_profile_get_company_id     (PsaProfile       *self);
const char     *psa_profile_get_trusted_sha256 (PsaProfile       *self); /* NULL unless for this very host:port */
guint           psa_profile_get_revision       (PsaProfile       *self);

void            psa_profile_set_name           (PsaProfile       *self,
                                                const char       *name);
void            psa_profile_set_environment    (PsaProfile       *self,
                                                PsaEnvironment    environment);
void            psa_profile_set_address        (PsaProfile       *self,
                                                const PsaAddress *address);
void            psa_profile_set_api_version    (PsaProfile       *self,
                                                const char       *version);
void            psa_profile_set_integration    (PsaProfile       *self,
                                                const char       *id);
void            psa_profile_set_username       (PsaProfile       *self,
                                                const char       *username);
void            psa_profile_trust              (PsaProfile       *self,
                                                const char       *sha256); /* for the present host:port; NULL forgets */
void            psa_profile_set_revision       (PsaProfile       *self,
                                                guint             revision);

G_END_DECLS
