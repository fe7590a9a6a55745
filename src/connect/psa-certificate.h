/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a trust may cover: an unknown issuer and another name. Never a date, a weakness or a revocation. */
#define PSA_CERTIFICATE_TRUSTABLE (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY)

/**
 * PsaCertificate:
 * @sha256: 64 lower-case hexadecimal digits of the certificate as it was sent
 * @issuer: one line, "CN=… O=…"; empty where it cannot be read
 * @subject: likewise
 * @not_before: seconds since 1970, UTC; 0 unknown
 * @not_after: likewise
 * @errors: what the TLS library found wrong, all of it
 *
 * What a server showed of itself. A boxed value, read-only once made.
 */
typedef struct
{
  char                *sha256;
  char                *issuer;
  char                *subject;
  gint64               not_before;
  gint64               not_after;
  GTlsCertificateFlags errors;
} PsaCertificate;

#define PSA_TYPE_CERTIFICATE (psa_certificate_get_type ())
GType           psa_certificate_get_type (void);
PsaCertificate *psa_certificate_new      (GTlsCertificate      *certificate,
                                          GTlsCertificateFlags  errors);
PsaCertificate *psa_certificate_copy     (const PsaCertificate *self);
void            psa_certificate_free     (PsaCertificate       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaCertificate, psa_certificate_free)

G_END_DECLS
