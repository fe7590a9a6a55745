/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-wording.h"

#include <glib/gi18n.h>
#include <string.h>

/* A cause has one set of sentences, and here are the cases in which one of them would not be true. Where
 * two of a cause match, the first does. NULL keeps the cause's own sentence. */
typedef struct
{
  PsaCause cause;
  gboolean (*applies) (PsaResult *result);
  PsaWording wording;
} Variant;

static gboolean
has_no_api_host (PsaResult *result)
{
  return psa_result_get_fix (result) != PSA_FIX_USE_API_HOST;
}

/* The server itself named another host of the vendor as the tenant's. */
static gboolean
has_named_host (PsaResult *result)
{
  return psa_result_get_fix (result) == PSA_FIX_USE_NAMED_HOST;
}

static gboolean
may_be_elsewhere (PsaResult *result)
{
  return psa_result_get_fix (result) == PSA_FIX_FIND_REGION;
}

static gboolean
has_no_location (PsaResult *result)
{
  return result->location == NULL;
}

/* 404, or sent elsewhere on the same host: not a word of routes. */
static gboolean
has_no_path (PsaResult *result)
{
  return result->http_status == 404 || (result->http_status >= 300 && result->http_status < 400);
}

/* A 403 that names nothing; the answer itself tells, as it does to the verdict. */
static gboolean
is_bare_403 (PsaResult *result)
{
  g_autofree char *raw = NULL;

  if (result->http_status != 403)
    return FALSE;
  raw = result->raw != NULL ? g_ascii_strdown (result->raw, -1) : NULL;
  return raw == NULL || strstr (raw, "clientid") == NULL;
}

/* The same request was answered without a version. */
static gboolean
was_answered_plainly (PsaResult *result)
{
  return result->http_status == 200;
}

static gboolean
has_no_version (PsaResult *result)
{
  return result->tenant->version == NULL;
}

static gboolean
is_not_valid_yet (PsaResult *result)
{
  return result->certificate != NULL &&
         (result->certificate->errors & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0;
}

static gboolean
is_vendor (PsaResult *result)
{
  g_autoptr(PsaAddress) address = psa_result_dup_address (result);

  return address != NULL && psa_address_is_vendor (address);
}

static gboolean
has_faults (PsaResult *result)
{
  return result->certificate != NULL && result->certificate->errors != 0;
}

/* Revoked, weak or malformed, of a known issuer. */
static gboolean
has_known_issuer (PsaResult *result)
{
  return has_faults (result) && (result->certificate->errors & G_TLS_CERTIFICATE_UNKNOWN_CA) == 0;
}

/* Out of date or weak as well: trusting it would not help. */
static gboolean
cannot_be_trusted (PsaResult *result)
{
  return psa_result_get_fix (result) != PSA_FIX_TRUST_CERTIFICATE;
}

/* From a result that was kept before the modules were. */
static gboolean
has_no_modules (PsaResult *result)
{
  return result->refused_modules == 0;
}

static gboolean
has_no_time (PsaResult *result)
{
  return result->retry_at == 0;
}

static gboolean
has_no_status (PsaResult *result)
{
  return result->http_status == 0;
}

static gboolean
is_at_company (PsaResult *result)
{
  return psa_stage_report_get_result (psa_result_get_stage (result, PSA_STAGE_COMPANY)) ==
         PSA_STAGE_FAILED;
}

/* clang-format off */
static const Variant variants[] = {
  { PSA_CAUSE_WEB_ADDRESS, has_named_host, {
    NULL,
    NULL,
    N_("Replace the hostname by {namedhost}, which the server names as the tenant’s own, and connect again."),
  } },
  { PSA_CAUSE_NOT_ROUTABLE, has_named_host, {
    NULL,
    NULL,
    N_("Replace the hostname by {namedhost}, which the server names as the tenant’s own, and connect again; if it stays so, enter username and password again."),
  } },
  { PSA_CAUSE_UNKNOWN_COMPANY, may_be_elsewhere, {
    NULL,
    NULL,
    N_("Use the ID from the “Company” box of the PSA login screen, which often is not the company’s name, or let Find My Region ask which site of the cloud has it."),
  } },
  { PSA_CAUSE_HOST_NOT_FOUND, may_be_elsewhere, {
    NULL,
    NULL,
    N_("Check the hostname for slips – cloud tenants have names such as api-na.myconnectwise.net – or let Find My Region ask which site of the cloud has the company."),
  } },
  { PSA_CAUSE_WEB_ADDRESS, has_no_api_host, {
    NULL,
    N_("It answered {status} with “SSL is required”, which ConnectWise PSA says where the API is asked for on a web address."),
    N_("Enter the hostname of the API, which on cloud is “api-” and the web address, and connect again."),
  } },
  { PSA_CAUSE_REDIRECTED, has_no_location, {
    NULL,
    N_("It answered {status}, which sends callers elsewhere, and named no address; no keys went anywhere."),
    N_("Check the hostname: PSA shows it as Site URL under System › My Company, and the browser in its address bar."),
  } },
  { PSA_CAUSE_NOT_ROUTABLE, has_no_path, {
    N_("{host} shows no API for these values."),
    N_("It answered {status} where the API should be; ConnectWise PSA does so for wrong keys as well as for a wrong path, and the two cannot be told apart."),
    N_("Check the hostname and the company ID before the + of the username, then enter username and password again."),
  } },
  { PSA_CAUSE_CLIENT_ID_REFUSED, is_bare_403, {
    N_("{host} refuses either the Client ID or the security role of this member."),
    N_("It answered {status} and named no reason; some servers say so of a Client ID, others of a role, and the two cannot be told apart."),
    N_("Compare the Client ID with the one at developer.connectwise.com/ClientID, then ask an administrator of the tenant about the member’s security role."),
  } },
  { PSA_CAUSE_VERSION_UNSUPPORTED, was_answered_plainly, {
    NULL,
    N_("It refused the request with this version and answered the same request without one."),
    NULL,
  } },
  { PSA_CAUSE_VERSION_UNSUPPORTED, has_no_version, {
    NULL,
    NULL,
    N_("Leave the API version empty to ask for the one that the tenant runs."),
  } },
  { PSA_CAUSE_CERTIFICATE_EXPIRED, is_not_valid_yet, {
    N_("The certificate of {host} is not valid yet."),
    N_("It is valid from {begins} until {expires}, issued by {issuer} for {subject}, SHA-256 {sha256}; found wrong: {wrong}; before that day it is not accepted, trusted or not."),
    N_("Check the date and time of this computer, and if they are right, ask whoever runs {host}."),
  } },
  { PSA_CAUSE_CERTIFICATE_CHANGED, has_faults, {
    NULL,
    N_("Trusted is SHA-256 {trusted}, but the server shows SHA-256 {sha256}, issued by {issuer} for {subject}, valid until {expires}; found wrong: {wrong}."),
    NULL,
  } },
  { PSA_CAUSE_CERTIFICATE_UNTRUSTED, has_known_issuer, {
    N_("The certificate of {host} is not trusted by this computer."),
    NULL,
    NULL,
  } },
  { PSA_CAUSE_CERTIFICATE_CHANGED, cannot_be_trusted, {
    NULL,
    NULL,
    N_("Ask whoever runs {host} which certificate it should show: this one cannot be trusted here, even if it is theirs."),
  } },
  { PSA_CAUSE_CERTIFICATE_WRONG_HOST, is_vendor, {
    NULL,
    NULL,
    N_("Try from another network: the vendor’s own hosts show a certificate of their own, so something on the way to {host} answers in its place, and no keys were sent."),
  } },
  { PSA_CAUSE_CERTIFICATE_UNTRUSTED, is_vendor, {
    NULL,
    NULL,
    N_("Try from another network: the vendor’s own hosts show a certificate of a public issuer, so something on the way to {host} answers in its place, and no keys were sent."),
  } },
  { PSA_CAUSE_CERTIFICATE_WRONG_HOST, cannot_be_trusted, {
    NULL,
    NULL,
    N_("Ask whoever runs {host} for another certificate: this one cannot be trusted here, even if it is theirs."),
  } },
  { PSA_CAUSE_CERTIFICATE_UNTRUSTED, cannot_be_trusted, {
    NULL,
    NULL,
    N_("Ask whoever runs {host} for another certificate: this one cannot be trusted here, even if it is theirs."),
  } },
  { PSA_CAUSE_ROLE_NARROW, has_no_modules, {
    N_("Connected to {name}, but the security role does not reach everything that this profile needs."),
    N_("{host} refuses to show at least one of the modules that this profile is said to need."),
    N_("Ask an administrator of the tenant to allow Inquire for these modules in the member’s security role."),
  } },
  { PSA_CAUSE_RATE_LIMITED, has_no_time, {
    NULL,
    NULL,
    N_("Wait a minute, then check again."),
  } },
  { PSA_CAUSE_BAD_ANSWER, has_no_status, {
    N_("{host} gave no whole answer."),
    N_("The connection was closed before the answer was complete, or the answer was longer than any of ConnectWise PSA."),
    N_("Check again, and if it stays so, ask whoever runs {host} or the network on the way."),
  } },
  { PSA_CAUSE_BAD_ANSWER, is_at_company, {
    NULL,
    N_("Asked for the company “{company}” it answered {status}, which ConnectWise PSA does not do there; a portal, a wrong host or an unfamiliar server can be behind it."),
    NULL,
  } },
};
/* clang-format on */

static void
take (const char **sentence, const char *other, gboolean *taken)
{
  if (other == NULL || *taken)
    return;
  *sentence = other;
  *taken = TRUE;
}

/**
 * psa_wording_choose:
 *
 * Which sentences tell the cause of @result truly.
 *
 * Returns: the templates, none of them NULL
 */
PsaWording
psa_wording_choose (PsaResult *result)
{
  PsaWording wording = {
    psa_cause_get_what (result->cause),
    psa_cause_get_why (result->cause),
    psa_cause_get_next (result->cause),
  };
  gboolean what = FALSE, why = FALSE, next = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      if (variants[i].cause != result->cause || !variants[i].applies (result))
        continue;
      take (&wording.what, variants[i].wording.what, &what);
      take (&wording.why, variants[i].wording.why, &why);
      take (&wording.next, variants[i].wording.next, &next);
    }
  return wording;
}
