/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "psa-cause.h"
#include "psa-certificate.h"
#include "psa-profile.h"
#include "psa-stage.h"
#include "psa-tenant.h"

G_BEGIN_DECLS

/* What a stage that has ended says, in as little room as it needs. A result that was pending leaves it so. */
typedef struct
{
  PsaStageResult result;
  guint          tries;
  int            ms;       /* -1 not measured, as is the next */
  int            start_ms;
  char          *detail;   /* (nullable) */
} PsaKeptStage;

/**
 * PsaResult:
 * @profile_id: whose result it is
 * @revision: of the profile when the check began: a result belongs to that revision alone
 * @cause: the one reason
 * @warnings: (element-type PsaCause): the first is @cause where the state is "Connected, with warnings"
 * @refused_modules: the set of modules in *needs* that may not be read, see psa_modules_from_words()
 * @base_url: (nullable): the API's base that answered; not kept
 * @host, @port, @company_id, @asked_version: what was tried, for the sentences
 * @trusted_sha256: (nullable): the certificate that was trusted for this host:port
 * @location: where the server wanted to send us, text only
 * @checked_at: microseconds since 1970, UTC
 * @duration_ms: of the whole check
 * @retry_at: seconds since 1970 of the next allowed try after a 429, 0 unknown
 * @http_status: of the answer that decided, 0 where there was none
 * @request_id: the server's own, of that answer
 * @raw: that answer for Details, redacted, at most 4 KiB
 * @certificate: (nullable): the one the server showed
 * @stages: (nullable) (element-type PsaStageReport): made when they are wanted, see psa_result_get_stages()
 * @kept_stages: (nullable) (array fixed-size=9): what they will say, where the result was read from the history
 * @offline: the network monitor saw no network and a transport fault followed: not to be recorded
 *
 * What a check found. Read-only once the check has returned it; shared by reference count.
 */
typedef struct
{
  char           *profile_id;
  guint           revision;
  PsaCause        cause;
  GArray         *warnings;
  guint           refused_modules;
  char           *base_url;
  char           *host;
  guint           port;
  char           *company_id;
  char           *asked_version;
  char           *trusted_sha256;
  char           *location;
  gint64          checked_at;
  double          duration_ms;
  gint64          retry_at;
  guint           http_status;
  char           *request_id;
  char           *tls_protocol;
  char           *http_protocol;
  char           *raw;
  PsaTenant      *tenant;
  PsaCertificate *certificate;
  GListStore     *stages;
  PsaKeptStage   *kept_stages;
  gboolean        offline;
} PsaResult;

#define PSA_TYPE_RESULT (psa_result_get_type ())
GType       psa_result_get_type      (void);
PsaResult  *psa_result_new           (PsaProfile      *profile); /* never checked, all stages pending */
PsaResult  *psa_result_ref           (PsaResult       *self);
void        psa_result_unref         (PsaResult       *self);
PsaResult  *psa_result_copy_for      (PsaResult       *self,
                                      PsaProfile      *profile); /* the same, under this profile's id and revision: after a form saved what it had checked */
GListModel *psa_result_get_stages    (PsaResult       *self); /* all nine; for one thread at a time */
PsaStageReport *psa_result_get_stage (PsaResult       *self,
                                      PsaStage         stage);
PsaResult  *psa_result_copy_apart    (PsaResult       *self); /* for another thread */
PsaKeptStage *psa_result_dup_kept_stages (PsaResult     *self);
void        psa_kept_stages_free     (PsaKeptStage    *kept); /* (nullable) */
PsaAddress *psa_result_dup_address   (PsaResult       *self); /* (nullable): what was tried, where that was an address */
gboolean    psa_result_is_cloud      (PsaResult       *self);
char       *psa_result_dup_named_host (PsaResult      *self); /* (nullable): the vendor's API host that the server named as the tenant's */
PsaFix      psa_result_get_fix       (PsaResult       *self);

/* `{"cause","warnings","checkedAt","durationMs","tenant","stages", …}`: what the history keeps and
 * `psactl --json` builds on. Holds no secret and no translated sentence but stage details. */
JsonObject *psa_result_to_json       (PsaResult       *self);
PsaResult  *psa_result_new_from_json (JsonObject      *object,
                                      GError         **error); /* DAMAGED */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaResult, psa_result_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaKeptStage, psa_kept_stages_free)

G_END_DECLS
