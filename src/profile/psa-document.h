/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-batch.h"

G_BEGIN_DECLS

#define PSA_DOCUMENT_SCHEMA 1
/* Longer files are not parsed, so a longer one must not be written either. */
#define PSA_DOCUMENT_MAX_BYTES (32 * 1024 * 1024)

typedef struct _PsaDocument PsaDocument;

PsaDocument *psa_document_new              (void);
PsaDocument *psa_document_parse            (GBytes            *bytes,
                                            GError           **error);
void         psa_document_free             (PsaDocument       *self);
GBytes      *psa_document_serialize        (PsaDocument       *self);
char        *psa_document_dup_digest       (PsaDocument       *self);
gboolean     psa_document_is_newer         (PsaDocument       *self);

GPtrArray   *psa_document_dup_profiles     (PsaDocument       *self);
GPtrArray   *psa_document_take_profiles    (PsaDocument       *self);
GPtrArray   *psa_document_dup_integrations (PsaDocument       *self);
GStrv        psa_document_dup_deleted      (PsaDocument       *self);

PsaProfile  *psa_document_put              (PsaDocument       *self,
                                            PsaProfile        *profile,
                                            PsaIntegration    *integration,
                                            gboolean           secret_changed);
void         psa_document_apply            (PsaDocument       *self,
                                            const PsaBatch    *batch,
                                            GDateTime         *now);
guint        psa_document_compare          (PsaDocument       *self,
                                            PsaDocument       *present,
                                            guint             *n_added,
                                            guint             *n_changed,
                                            guint             *n_removed);
void         psa_document_keep_secrets     (PsaDocument       *self,
                                            PsaDocument       *present);
guint        psa_document_remove           (PsaDocument       *self,
                                            const char *const *ids,
                                            GDateTime         *now);
void         psa_document_forget           (PsaDocument       *self,
                                            const char *const *ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaDocument, psa_document_free)

G_END_DECLS
