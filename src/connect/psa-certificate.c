/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-certificate.h"

G_DEFINE_BOXED_TYPE (PsaCertificate, psa_certificate, psa_certificate_copy, psa_certificate_free)

static char *
dup_sha256 (GTlsCertificate *certificate)
{
  g_autoptr(GByteArray) bytes = NULL;

  g_object_get (certificate, "certificate", &bytes, NULL);

  return bytes == NULL ? g_strdup ("")
                       : g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

static gint64
get_seconds (GDateTime *time)
{
  return time == NULL ? 0 : g_date_time_to_unix (time);
}

/* A name in a certificate is the server's text: any bytes may stand there, or nothing. */
static char *
take_name (char *name)
{
  g_autofree char *taken = name;

  return taken == NULL ? g_strdup ("") : g_utf8_make_valid (taken, -1);
}

/**
 * psa_certificate_new:
 * @certificate: what the server sent, without the chain above it
 * @errors: all that was found wrong with it; 0 where the system trusts it
 *
 * Reads off a certificate what a user can judge it by. The fingerprint is that of the DER form, the
 * one that `openssl x509 -fingerprint -sha256` shows.
 *
 * Returns: (transfer full): the certificate's facts
 */
PsaCertificate *
psa_certificate_new (GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  g_autoptr(GDateTime) not_before = NULL;
  g_autoptr(GDateTime) not_after = NULL;
  PsaCertificate *self;

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  not_before = g_tls_certificate_get_not_valid_before (certificate);
  not_after = g_tls_certificate_get_not_valid_after (certificate);

  self = g_new0 (PsaCertificate, 1);
  self->sha256 = dup_sha256 (certificate);
  self->issuer = take_name (g_tls_certificate_get_issuer_name (certificate));
  self->subject = take_name (g_tls_certificate_get_subject_name (certificate));
  self->not_before = get_seconds (not_before);
  self->not_after = get_seconds (not_after);
  self->errors = errors;

  return self;
}

/**
 * psa_certificate_copy:
 * @self: a certificate
 *
 * Returns: (transfer full): a copy
 */
PsaCertificate *
psa_certificate_copy (const PsaCertificate *self)
{
  PsaCertificate *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->sha256 = g_strdup (self->sha256);
  copy->issuer = g_strdup (self->issuer);
  copy->subject = g_strdup (self->subject);

  return copy;
}

/**
 * psa_certificate_free:
 * @self: (transfer full) (nullable): a certificate
 */
void
psa_certificate_free (PsaCertificate *self)
{
  if (self == NULL)
    return;

  g_free (self->sha256);
  g_free (self->issuer);
  g_free (self->subject);
  g_free (self);
}
