/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-secret.h"

G_BEGIN_DECLS

/* The one redaction: every secret in plain, base64, base64 as part of "company+key:secret", URL-encoded, JSON-escaped,
 * HTML-escaped and hexadecimal form becomes "•••". @secrets: NULL-terminated. */
char *psa_redact (const char             *text,
                  const PsaSecret *const *secrets,
                  const char             *username); /* (nullable) */

G_END_DECLS
