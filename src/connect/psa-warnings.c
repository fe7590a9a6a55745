/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-warnings.h"

#include "psa-api-version.h"
#include "psa-ask.h"
#include "psa-cause.h"

#define DAY (24 * 60 * 60)

static gboolean
is_certificate_expiring (GPtrArray *replies, gint64 now)
{
  for (guint i = 0; i < replies->len; i++)
    {
      const PsaReply *reply = g_ptr_array_index (replies, i);

      if (reply->certificate != NULL && reply->certificate->not_after > 0 &&
          reply->certificate->not_after - now <= PSA_WARNINGS_CERTIFICATE_DAYS * DAY)
        return TRUE;
    }
  return FALSE;
}

/* (year, number) is newer than the tenant's, or below (tenant's year − 1, tenant's number). */
static gboolean
has_version_drifted (const char *asked_version, const char *tenant_version)
{
  guint year = 0, number = 0, tenant_year = 0, tenant_number = 0;

  if (tenant_version == NULL || !psa_api_version_parse (asked_version, &year, &number) ||
      !psa_api_version_parse (tenant_version, &tenant_year, &tenant_number))
    return FALSE;
  if (year != tenant_year && year + 1 != tenant_year)
    return TRUE;
  return year == tenant_year ? number > tenant_number : number < tenant_number;
}

/* All requests of the stage together: for the user it is one wait. */
static gboolean
is_slow (GPtrArray *replies)
{
  double ms = 0;

  for (guint i = 0; i < replies->len; i++)
    {
      const PsaReply *reply = g_ptr_array_index (replies, i);

      if (psa_ask_get_stage (reply->ask) == PSA_STAGE_SIGN_IN && reply->total_ms > 0)
        ms += reply->total_ms;
    }
  return ms > PSA_WARNINGS_SLOW_MS;
}

static void
add (GArray *warnings, PsaCause cause)
{
  g_array_append_val (warnings, cause);
}

/**
 * psa_verdict_find_warnings:
 * @asked_version: may be ""
 * @refused: the set of needed modules that may not be read, from psa_needs_find_refused()
 * @replies: (element-type PsaReply): all of a check that ended well
 * @now: seconds since 1970
 *
 * What is worth a warning once a check is good, in the order that decides the cause. Pure. The vendor renews
 * the certificates of its own hosts, so they are not watched.
 *
 * Returns: (transfer full) (element-type PsaCause): empty where there is none
 */
GArray *
psa_verdict_find_warnings (const PsaAddress *address,
                           const char *asked_version,
                           const PsaTenant *tenant,
                           guint refused,
                           GPtrArray *replies,
                           gint64 now)
{
  GArray *warnings = g_array_new (FALSE, FALSE, sizeof (PsaCause));

  g_return_val_if_fail (address != NULL && asked_version != NULL && tenant != NULL, warnings);
  g_return_val_if_fail (replies != NULL, warnings);

  if (!psa_address_is_vendor (address) && is_certificate_expiring (replies, now))
    add (warnings, PSA_CAUSE_CERTIFICATE_EXPIRING);
  if (refused != 0)
    add (warnings, PSA_CAUSE_ROLE_NARROW);
  if (has_version_drifted (asked_version, tenant->version))
    add (warnings, PSA_CAUSE_VERSION_DRIFT);
  if (is_slow (replies))
    add (warnings, PSA_CAUSE_SLOW);
  return warnings;
}
