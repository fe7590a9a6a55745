/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-secret.h"

G_BEGIN_DECLS

/* The one redaction: every secret in plain, base64, base64 as part of "company+key:secret", URL-encoded, JSON-escaped,
 * HTML-escaped and hexadecimal form becomes "•••". @secrets: NULL-terminated; @username: (nullable). */
typedef struct _PsaRedaction PsaRedaction;

PsaRedaction *psa_redaction_new   (const PsaSecret *const *secrets,
                                   const char             *username);
void          psa_redaction_free  (PsaRedaction           *self);
char         *psa_redaction_apply (const PsaRedaction     *self,
                                   const char             *text);
char         *psa_redact          (const char             *text,
                                   const PsaSecret *const *secrets,
                                   const char             *username);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaRedaction, psa_redaction_free)

G_END_DECLS
