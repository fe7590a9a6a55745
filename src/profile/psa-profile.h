/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "psa-address.h"

G_BEGIN_DECLS

/**
 * PsaEnvironment:
 * @PSA_ENVIRONMENT_PRODUCTION: what the customers work with
 * @PSA_ENVIRONMENT_STAGING: a copy to try a release on
 * @PSA_ENVIRONMENT_SANDBOX: a place to play
 * @PSA_ENVIRONMENT_OTHER: anything else
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
GType       psa_environment_get_type   (void);
const char *psa_environment_get_token  (PsaEnvironment  environment);
const char *psa_environment_get_word   (PsaEnvironment  environment);
gboolean    psa_environment_from_token (const char     *token,
                                        PsaEnvironment *environment);

#define PSA_TYPE_PROFILE (psa_profile_get_type ())
G_DECLARE_FINAL_TYPE (PsaProfile, psa_profile, PSA, PROFILE, GObject)

PsaProfile        *psa_profile_new                (void);
PsaProfile        *psa_profile_new_from_json      (JsonObject        *object,
                                                   GError           **error);
JsonObject        *psa_profile_to_json            (PsaProfile        *self);
PsaProfile        *psa_profile_copy               (PsaProfile        *self);
PsaProfile        *psa_profile_draft              (PsaProfile        *self);
void               psa_profile_assign             (PsaProfile        *self,
                                                   PsaProfile        *other);
gboolean           psa_profile_is_same_connection (PsaProfile        *self,
                                                   PsaProfile        *other);

const char        *psa_profile_get_id             (PsaProfile        *self);
const char        *psa_profile_get_name           (PsaProfile        *self);
const char        *psa_profile_get_title          (PsaProfile        *self);
PsaEnvironment     psa_profile_get_environment    (PsaProfile        *self);
const char        *psa_profile_get_host           (PsaProfile        *self);
guint              psa_profile_get_port           (PsaProfile        *self);
const char        *psa_profile_get_address_text   (PsaProfile        *self);
PsaAddress        *psa_profile_dup_address        (PsaProfile        *self);
const char        *psa_profile_get_api_version    (PsaProfile        *self);
const char        *psa_profile_get_integration    (PsaProfile        *self);
const char        *psa_profile_get_username       (PsaProfile        *self);
const char        *psa_profile_get_company_id     (PsaProfile        *self);
const char *const *psa_profile_get_needs          (PsaProfile        *self);
const char *const *psa_profile_get_tags           (PsaProfile        *self);
gboolean           psa_profile_get_favourite      (PsaProfile        *self);
const char        *psa_profile_get_notes          (PsaProfile        *self);
const char        *psa_profile_get_trusted_sha256 (PsaProfile        *self);
const char        *psa_profile_get_secret_for     (PsaProfile        *self);
guint              psa_profile_get_revision       (PsaProfile        *self);

void               psa_profile_set_name           (PsaProfile        *self,
                                                   const char        *name);
void               psa_profile_set_environment    (PsaProfile        *self,
                                                   PsaEnvironment     environment);
void               psa_profile_set_address        (PsaProfile        *self,
                                                   const PsaAddress  *address);
void               psa_profile_set_api_version    (PsaProfile        *self,
                                                   const char        *version);
void               psa_profile_set_integration    (PsaProfile        *self,
                                                   const char        *id);
void               psa_profile_set_username       (PsaProfile        *self,
                                                   const char        *username);
void               psa_profile_set_needs          (PsaProfile        *self,
                                                   const char *const *needs);
void               psa_profile_set_tags           (PsaProfile        *self,
                                                   const char *const *tags);
void               psa_profile_set_favourite      (PsaProfile        *self,
                                                   gboolean           favourite);
void               psa_profile_set_notes          (PsaProfile        *self,
                                                   const char        *notes);
void               psa_profile_trust              (PsaProfile        *self,
                                                   const char        *sha256);
void               psa_profile_keep_secret        (PsaProfile        *self,
                                                   PsaProfile        *kept);
void               psa_profile_confirm_secret     (PsaProfile        *self);
void               psa_profile_set_revision       (PsaProfile        *self,
                                                   guint              revision);

G_END_DECLS
