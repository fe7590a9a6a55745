/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-result.h"

#include "psa-site.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (PsaResult, psa_result, psa_result_ref, psa_result_unref)

void
psa_kept_stages_free (PsaKeptStage *kept)
{
  if (kept == NULL)
    return;
  for (guint i = 0; i < PSA_N_STAGES; i++)
    g_free (kept[i].detail);
  g_free (kept);
}

static void
clear_result (gpointer data)
{
  PsaResult *self = data;

  g_free (self->profile_id);
  g_clear_pointer (&self->warnings, g_array_unref);
  g_free (self->base_url);
  g_free (self->host);
  g_free (self->company_id);
  g_free (self->asked_version);
  g_free (self->trusted_sha256);
  g_free (self->location);
  g_free (self->request_id);
  g_free (self->tls_protocol);
  g_free (self->http_protocol);
  g_free (self->raw);
  g_clear_pointer (&self->tenant, psa_tenant_free);
  g_clear_pointer (&self->certificate, psa_certificate_free);
  g_clear_object (&self->stages);
  g_clear_pointer (&self->kept_stages, psa_kept_stages_free);
}

/* Whole milliseconds are what anybody needs; -1 where nothing was measured. */
static int
to_whole (double ms)
{
  return ms >= 0 && ms < G_MAXINT ? (int) lround (ms) : -1;
}

static void
fill_in (PsaStageReport *report, const PsaKeptStage *kept)
{
  if (kept->result == PSA_STAGE_PENDING)
    return;
  for (guint i = 0; i < kept->tries; i++)
    psa_stage_report_add_try (report);
  psa_stage_report_start (report, kept->start_ms);
  psa_stage_report_end (report, kept->result, kept->ms, kept->detail);
}

static void
keep (PsaKeptStage *kept, PsaStageReport *report)
{
  const char *detail = psa_stage_report_get_detail (report);

  kept->result = psa_stage_report_get_result (report);
  kept->tries = psa_stage_report_get_tries (report);
  kept->ms = to_whole (psa_stage_report_get_ms (report));
  kept->start_ms = to_whole (psa_stage_report_get_start_ms (report));
  kept->detail = *detail != '\0' ? g_strdup (detail) : NULL;
}

/* @kept: (nullable): what they say; pending otherwise */
static GListStore *
create_stages (const PsaKeptStage *kept)
{
  GListStore *stages = g_list_store_new (PSA_TYPE_STAGE_REPORT);

  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      g_autoptr(PsaStageReport) report = psa_stage_report_new ((PsaStage) i);

      if (kept != NULL)
        fill_in (report, &kept[i]);
      g_list_store_append (stages, report);
    }
  return stages;
}

/**
 * psa_result_new:
 * @profile: (nullable): whose result it will be; its address, company, version and trust are copied
 *
 * Returns: (transfer full): a result that says “never checked”, with all nine stages pending
 */
PsaResult *
psa_result_new (PsaProfile *profile)
{
  PsaResult *self = g_atomic_rc_box_new0 (PsaResult);

  self->cause = PSA_CAUSE_NEVER_CHECKED;
  self->warnings = g_array_new (FALSE, FALSE, sizeof (PsaCause));
  self->tenant = psa_tenant_new ();
  if (profile != NULL)
    {
      self->profile_id = g_strdup (psa_profile_get_id (profile));
      self->revision = psa_profile_get_revision (profile);
      self->host = g_strdup (psa_profile_get_host (profile));
      self->port = psa_profile_get_port (profile);
      self->company_id = g_strdup (psa_profile_get_company_id (profile));
      self->asked_version = g_strdup (psa_profile_get_api_version (profile));
      self->trusted_sha256 = g_strdup (psa_profile_get_trusted_sha256 (profile));
    }
  return self;
}

PsaResult *
psa_result_ref (PsaResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_atomic_rc_box_acquire (self);
}

void
psa_result_unref (PsaResult *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_result);
}

/* All but the stages. */
static PsaResult *
copy_facts (PsaResult *self)
{
  PsaResult *copy = g_atomic_rc_box_new0 (PsaResult);

  *copy = *self;
  copy->profile_id = g_strdup (self->profile_id);
  copy->warnings = g_array_copy (self->warnings);
  copy->base_url = g_strdup (self->base_url);
  copy->host = g_strdup (self->host);
  copy->company_id = g_strdup (self->company_id);
  copy->asked_version = g_strdup (self->asked_version);
  copy->trusted_sha256 = g_strdup (self->trusted_sha256);
  copy->location = g_strdup (self->location);
  copy->request_id = g_strdup (self->request_id);
  copy->tls_protocol = g_strdup (self->tls_protocol);
  copy->http_protocol = g_strdup (self->http_protocol);
  copy->raw = g_strdup (self->raw);
  copy->tenant = psa_tenant_copy (self->tenant);
  copy->certificate = self->certificate != NULL ? psa_certificate_copy (self->certificate) : NULL;
  copy->stages = NULL;
  copy->kept_stages = NULL;
  return copy;
}

/**
 * psa_result_copy_for:
 * @profile: the profile as it was saved
 *
 * The same result under this profile's id and revision: a form checks what is typed before there is a saved
 * profile to which the result could belong. The stages are shared, since neither changes any more.
 *
 * Returns: (transfer full): the copy
 */
PsaResult *
psa_result_copy_for (PsaResult *self, PsaProfile *profile)
{
  PsaResult *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);

  copy = copy_facts (self);
  g_set_str (&copy->profile_id, psa_profile_get_id (profile));
  copy->revision = psa_profile_get_revision (profile);
  copy->stages = G_LIST_STORE (g_object_ref (psa_result_get_stages (self)));
  return copy;
}

/**
 * psa_result_copy_apart:
 *
 * Returns: (transfer full): the same result, which shares nothing with this one: another thread may have it
 */
PsaResult *
psa_result_copy_apart (PsaResult *self)
{
  PsaResult *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = copy_facts (self);
  copy->kept_stages = psa_result_dup_kept_stages (self);
  return copy;
}

/**
 * psa_result_dup_kept_stages:
 *
 * Returns: (transfer full) (array fixed-size=9): what the stages say, to be freed by psa_kept_stages_free()
 */
PsaKeptStage *
psa_result_dup_kept_stages (PsaResult *self)
{
  PsaKeptStage *kept;

  g_return_val_if_fail (self != NULL, NULL);

  kept = g_new0 (PsaKeptStage, PSA_N_STAGES);
  for (guint i = 0; i < PSA_N_STAGES; i++)
    if (self->stages == NULL && self->kept_stages != NULL)
      {
        kept[i] = self->kept_stages[i];
        kept[i].detail = g_strdup (self->kept_stages[i].detail);
      }
    else
      keep (&kept[i], psa_result_get_stage (self, (PsaStage) i));
  return kept;
}

/**
 * psa_result_get_stages:
 *
 * Nine objects for each of ten thousand results would be most of what the program holds, and but one result is
 * looked at: so they are made when somebody first asks.
 *
 * Returns: (transfer none) (element-type PsaStageReport): the reports on all stages
 */
GListModel *
psa_result_get_stages (PsaResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->stages == NULL)
    self->stages = create_stages (self->kept_stages);
  return G_LIST_MODEL (self->stages);
}

/**
 * psa_result_get_stage:
 *
 * Returns: (transfer none): the report on @stage
 */
PsaStageReport *
psa_result_get_stage (PsaResult *self, PsaStage stage)
{
  g_autoptr(PsaStageReport) report = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) stage < PSA_N_STAGES, NULL);

  report = g_list_model_get_item (psa_result_get_stages (self), stage);
  return report; /* the list holds it */
}

/**
 * psa_result_dup_address:
 *
 * Returns: (transfer full) (nullable): the address that was tried; NULL where the profile had none
 */
PsaAddress *
psa_result_dup_address (PsaResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->host == NULL || *self->host == '\0' || self->port == 0 || self->port > G_MAXUINT16)
    return NULL;
  return psa_address_new (self->host, (guint16) self->port);
}

/**
 * psa_result_is_cloud:
 *
 * Returns: whether the tenant is the vendor's: companyinfo says so, or it is a vendor host
 */
gboolean
psa_result_is_cloud (PsaResult *self)
{
  g_autoptr(PsaAddress) address = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  address = psa_result_dup_address (self);
  return self->tenant->cloud || (address != NULL && psa_address_is_vendor (address));
}

/* Trust covers an unknown issuer and another name on an own server, and nothing else. */
static gboolean
may_trust (PsaResult *self)
{
  g_autoptr(PsaAddress) address = psa_result_dup_address (self);

  return address != NULL && !psa_address_is_vendor (address) && self->certificate != NULL &&
         (self->certificate->errors & ~PSA_CERTIFICATE_TRUSTABLE) == 0;
}

static gboolean
has_api_host (PsaResult *self)
{
  g_autoptr(PsaAddress) address = psa_result_dup_address (self);

  return address != NULL && psa_address_is_web_host (address);
}

/* Only the vendor's sites know companies in common, and one that is known as a site was not mistyped: its
 * name does not resolve because the network is not there. */
static gboolean
may_be_elsewhere (PsaResult *self)
{
  g_autoptr(PsaAddress) address = psa_result_dup_address (self);

  if (address == NULL || !psa_address_is_vendor (address))
    return FALSE;
  return self->cause != PSA_CAUSE_HOST_NOT_FOUND || psa_site_find (address->host) == NULL;
}

/**
 * psa_result_dup_named_host:
 *
 * Returns: (transfer full) (nullable): the API host of the vendor that the server named as the tenant's, where it
 *   is another one than was tried; no request follows it before the user takes it
 */
char *
psa_result_dup_named_host (PsaResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host != NULL ? psa_tenant_dup_named_host (self->tenant, self->host) : NULL;
}

static gboolean
has_named_host (PsaResult *self)
{
  g_autofree char *host = psa_result_dup_named_host (self);

  return host != NULL;
}

/**
 * psa_result_get_fix:
 *
 * What a button can do here: the cause's fix, as far as the facts allow it. A certificate is offered for trust only
 * for an own server and only where trust would help; a web address has an API host only if it is one of the six, or
 * the server named the tenant's own; other sites are searched only for a company that one of them could have.
 *
 * Returns: the fix
 */
PsaFix
psa_result_get_fix (PsaResult *self)
{
  PsaFix fix;

  g_return_val_if_fail (self != NULL, PSA_FIX_NONE);

  fix = psa_cause_get_fix (self->cause);
  if (fix == PSA_FIX_TRUST_CERTIFICATE && !may_trust (self))
    return PSA_FIX_CHECK_AGAIN;
  if (fix == PSA_FIX_USE_API_HOST && !has_api_host (self))
    return has_named_host (self) ? PSA_FIX_USE_NAMED_HOST : PSA_FIX_EDIT;
  if ((fix == PSA_FIX_USE_NAMED_HOST && !has_named_host (self)) ||
      (fix == PSA_FIX_USE_VERSION && self->tenant->version == NULL) ||
      (fix == PSA_FIX_FIND_REGION && !may_be_elsewhere (self)))
    return PSA_FIX_EDIT;
  return fix;
}
