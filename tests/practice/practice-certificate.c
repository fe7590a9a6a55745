/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-certificate.h"

#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

/* The only file that knows GnuTLS. Keys are EC: they are made in a moment, and a handshake with
 * them takes little time. No key is ever in a file. */

#define DAY (24 * 60 * 60)

/* The longest that every client of today finds too short. */
#define WEAK_RSA_BITS 768

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crt_t, gnutls_x509_crt_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_privkey_t, gnutls_x509_privkey_deinit, NULL)

/* In the order of PracticeCertificateKind. */
static const char *const kind_names[] = { "good",       "expired",  "not-yet-valid",
                                          "wrong-host", "expiring", "weak",
                                          NULL };

static const char *const wrong_names[] = { "wrong-host.example.com", NULL };

static gboolean
worked (int code, GError **error)
{
  if (code >= 0)
    return TRUE;

  g_set_error (error, G_TLS_ERROR, G_TLS_ERROR_MISC, "The certificate cannot be made: %s",
               gnutls_strerror (code));
  return FALSE;
}

static gboolean
make_key (gnutls_x509_privkey_t *key, gboolean is_weak, GError **error)
{
  return worked (gnutls_x509_privkey_init (key), error) &&
         worked (gnutls_x509_privkey_generate (
                     *key, is_weak ? GNUTLS_PK_RSA : GNUTLS_PK_ECDSA,
                     is_weak ? WEAK_RSA_BITS : GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1),
                     0),
                 error);
}

/* What a certificate of an authority and one of a server have in common. */
static gboolean
begin_certificate (gnutls_x509_crt_t *certificate,
                   gnutls_x509_privkey_t key,
                   const char *common_name,
                   gint64 from,
                   gint64 until,
                   GError **error)
{
  guint8 serial[16];

  if (!worked (gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial), error))
    return FALSE;
  serial[0] = (serial[0] & 0x3f) | 0x40; /* positive, and of full length */

  return worked (gnutls_x509_crt_init (certificate), error) &&
         worked (gnutls_x509_crt_set_version (*certificate, 3), error) &&
         worked (gnutls_x509_crt_set_serial (*certificate, serial, sizeof serial), error) &&
         worked (gnutls_x509_crt_set_activation_time (*certificate, from), error) &&
         worked (gnutls_x509_crt_set_expiration_time (*certificate, until), error) &&
         worked (gnutls_x509_crt_set_dn_by_oid (*certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                                common_name, (guint) strlen (common_name)),
                 error) &&
         worked (gnutls_x509_crt_set_key (*certificate, key), error);
}

static gboolean
add_name (gnutls_x509_crt_t certificate, const char *name, GError **error)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (name);

  if (address != NULL)
    return worked (gnutls_x509_crt_set_subject_alt_name (
                       certificate, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
                       (guint) g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND),
                   error);
  return worked (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, name,
                                                       (guint) strlen (name), GNUTLS_FSAN_APPEND),
                 error);
}

static void
get_dates (PracticeCertificateKind kind, gint64 *from, gint64 *until)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  *from = now - 30 * DAY;
  *until = now + 365 * DAY;

  switch (kind)
    {
    case PRACTICE_CERTIFICATE_EXPIRED:
      *until = now - DAY;
      break;

    case PRACTICE_CERTIFICATE_NOT_YET_VALID:
      *from = now + DAY;
      break;

    case PRACTICE_CERTIFICATE_EXPIRING:
      *until = now + 5 * DAY;
      break;

    case PRACTICE_CERTIFICATE_GOOD:
    case PRACTICE_CERTIFICATE_WRONG_HOST:
    case PRACTICE_CERTIFICATE_WEAK:
    default:
      break;
    }
}

/* A throw-away authority. It is good for two years, whatever is wrong with what it signs. Several
 * may be in one trust store, where an issuer is looked up by its name. */
static gboolean
make_authority (gnutls_x509_crt_t *certificate, gnutls_x509_privkey_t *key, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *name = g_strdup_printf ("Practice Throw-Away Authority %08x", g_random_int ());

  return make_key (key, FALSE, error) &&
         begin_certificate (certificate, *key, name, now - 60 * DAY, now + 730 * DAY, error) &&
         worked (gnutls_x509_crt_set_basic_constraints (*certificate, 1, 0), error) &&
         worked (gnutls_x509_crt_set_key_usage (*certificate, GNUTLS_KEY_KEY_CERT_SIGN), error) &&
         worked (gnutls_x509_crt_sign2 (*certificate, *certificate, *key, GNUTLS_DIG_SHA256, 0),
                 error);
}

static gboolean
begin_server (gnutls_x509_crt_t *certificate,
              gnutls_x509_privkey_t *key,
              PracticeCertificateKind kind,
              const char *const *names,
              GError **error)
{
  gint64 from;
  gint64 until;

  get_dates (kind, &from, &until);
  if (!make_key (key, kind == PRACTICE_CERTIFICATE_WEAK, error) ||
      !begin_certificate (certificate, *key, names[0], from, until, error) ||
      !worked (gnutls_x509_crt_set_basic_constraints (*certificate, 0, -1), error) ||
      !worked (gnutls_x509_crt_set_key_usage (*certificate, GNUTLS_KEY_DIGITAL_SIGNATURE), error) ||
      !worked (gnutls_x509_crt_set_key_purpose_oid (*certificate, GNUTLS_KP_TLS_WWW_SERVER, 0),
               error))
    return FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!add_name (*certificate, names[i], error))
        return FALSE;
    }
  return TRUE;
}

static char *
export_certificate (gnutls_x509_crt_t certificate, GError **error)
{
  gnutls_datum_t pem = { NULL, 0 };
  char *text;

  if (!worked (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem), error))
    return NULL;
  text = g_strndup ((const char *) pem.data, pem.size);
  gnutls_free (pem.data);
  return text;
}

static char *
export_key (gnutls_x509_privkey_t key, GError **error)
{
  gnutls_datum_t pem = { NULL, 0 };
  char *text;

  if (!worked (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                  &pem),
               error))
    return NULL;
  text = g_strndup ((const char *) pem.data, pem.size);
  gnutls_memset (pem.data, 0, pem.size);
  gnutls_free (pem.data);
  return text;
}

/**
 * practice_certificate_get_kinds:
 *
 * Returns: (array zero-terminated=1): the names of the kinds, in the order of the enumeration
 */
const char *const *
practice_certificate_get_kinds (void)
{
  return kind_names;
}

/**
 * practice_certificate_new:
 * @kind: what is wrong with it
 * @names: (array zero-terminated=1): the host names and addresses that it is for, the first also
 *   its common name; not looked at for %PRACTICE_CERTIFICATE_WRONG_HOST
 * @authority: (out) (optional): if given, a throw-away authority signs it, and this is its
 *   certificate as PEM; else the certificate signs itself
 * @error: return location for an error
 *
 * Makes a certificate with a key of its own.
 *
 * Returns: (transfer full) (nullable): the certificate with its key, or NULL with a `G_TLS_ERROR`
 */
GTlsCertificate *
practice_certificate_new (PracticeCertificateKind kind,
                          const char *const *names,
                          char **authority,
                          GError **error)
{
  g_auto(gnutls_x509_crt_t) issuer = NULL;
  g_auto(gnutls_x509_privkey_t) issuer_key = NULL;
  g_auto(gnutls_x509_crt_t) certificate = NULL;
  g_auto(gnutls_x509_privkey_t) key = NULL;
  g_autofree char *issuer_pem = NULL;
  g_autofree char *certificate_pem = NULL;
  g_autofree char *key_pem = NULL;
  g_autofree char *pem = NULL;
  gboolean is_signed;

  if (kind == PRACTICE_CERTIFICATE_WRONG_HOST)
    names = wrong_names;
  if (!begin_server (&certificate, &key, kind, names, error))
    return NULL;

  if (authority != NULL)
    is_signed =
        make_authority (&issuer, &issuer_key, error) &&
        worked (gnutls_x509_crt_sign2 (certificate, issuer, issuer_key, GNUTLS_DIG_SHA256, 0),
                error) &&
        (issuer_pem = export_certificate (issuer, error)) != NULL;
  else
    is_signed =
        worked (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0), error);
  if (!is_signed)
    return NULL;

  certificate_pem = export_certificate (certificate, error);
  key_pem = certificate_pem != NULL ? export_key (key, error) : NULL;
  if (key_pem == NULL)
    return NULL;

  if (authority != NULL)
    *authority = g_steal_pointer (&issuer_pem);
  pem = g_strconcat (certificate_pem, key_pem, NULL);
  return g_tls_certificate_new_from_pem (pem, -1, error);
}

/**
 * practice_certificate_dup_sha256:
 * @certificate: a certificate
 *
 * Returns: (transfer full): the SHA-256 of its DER, 64 lower-case hexadecimal digits
 */
char *
practice_certificate_dup_sha256 (GTlsCertificate *certificate)
{
  g_autoptr(GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}
