/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PracticeCertificateKind:
 * @PRACTICE_CERTIFICATE_GOOD: valid for a year
 * @PRACTICE_CERTIFICATE_EXPIRED: until yesterday
 * @PRACTICE_CERTIFICATE_NOT_YET_VALID: from tomorrow on
 * @PRACTICE_CERTIFICATE_WRONG_HOST: good, for names that nobody asks for
 * @PRACTICE_CERTIFICATE_EXPIRING: good, for five more days
 * @PRACTICE_CERTIFICATE_WEAK: with a key that is too short
 *
 * What is wrong with a certificate, beside its issuer.
 */
typedef enum
{
  PRACTICE_CERTIFICATE_GOOD,
  PRACTICE_CERTIFICATE_EXPIRED,
  PRACTICE_CERTIFICATE_NOT_YET_VALID,
  PRACTICE_CERTIFICATE_WRONG_HOST,
  PRACTICE_CERTIFICATE_EXPIRING,
  PRACTICE_CERTIFICATE_WEAK,
} PracticeCertificateKind;

const char * const *practice_certificate_get_kinds (void);
GTlsCertificate    *practice_certificate_new       (PracticeCertificateKind   kind,
                                                    const char * const       *names,
                                                    char                    **authority,
                                                    GError                  **error);
char               *practice_certificate_dup_sha256 (GTlsCertificate         *certificate);

G_END_DECLS
