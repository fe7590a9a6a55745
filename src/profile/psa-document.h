/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-integration.h"
#include "psa-profile.h"

G_BEGIN_DECLS

/**
 * PsaDocument:
 *
 * What profiles.json says, as a value: parsed, changed and written without touching any file, so
 * that it can be worked on in any thread (by one at a time). Members that this version does not know are kept.
 *
 * `{"schema":1,"integrations":[{id,name}],"profiles":[…],"deleted":[{id,time}]}`
 */
typedef struct _PsaDocument PsaDocument;

PsaDocument *psa_document_new              (void);
PsaDocument *psa_document_parse            (GBytes         *bytes,
                                            GError        **error); /* DAMAGED */
void         psa_document_free             (PsaDocument    *self);
GBytes      *psa_document_serialize        (PsaDocument    *self);
gboolean     psa_document_is_newer         (PsaDocument    *self); /* a newer schema: only to be read */

GPtrArray   *psa_document_dup_profiles     (PsaDocument    *self); /* (element-type PsaProfile) new objects */
GPtrArray   *psa_document_dup_integrations (PsaDocument    *self); /* (element-type PsaIntegration) */
GStrv        psa_document_dup_deleted      (PsaDocument    *self);

/* Adds or replaces, raises the revision where the connection changed or @secret_changed, takes the
 * id out of `deleted`, adds @integration where it is new, and moves integrations that nobody uses
 * any more to `deleted`. Returns: (transfer full): the profile as it now stands */
PsaProfile  *psa_document_put              (PsaDocument    *self,
                                            PsaProfile     *profile,
                                            PsaIntegration *integration,
                                            gboolean        secret_changed);
guint        psa_document_remove           (PsaDocument    *self,
                                            const char *const *ids,
                                            GDateTime      *now); /* and the integrations then unused; to `deleted` */
void         psa_document_forget           (PsaDocument    *self,
                                            const char *const *ids); /* out of `deleted`, once the secrets are gone */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaDocument, psa_document_free)

G_END_DECLS
