/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "psa-certificate.h"
#include "psa-stage.h"
#include "psa-tenant.h"

G_BEGIN_DECLS

/**
 * PsaAsk:
 *
 * What a request of a check asks, in the words of the sequence (section 5 of the API facts).
 */
typedef enum
{
  PSA_ASK_NOTHING,            /* no further request: the verdict is a cause */
  PSA_ASK_COMPANY,            /* /login/companyinfo/{id}, no credentials */
  PSA_ASK_INFO,               /* system/info below the alias */
  PSA_ASK_INFO_VERSIONED,     /* 4b: the same below companyinfo's codebase */
  PSA_ASK_INFO_PLAIN,         /* row 16: once more with `Accept: application/json` */
  PSA_ASK_SECURITY,           /* system/mySecurity?pageSize=1 */
  PSA_ASK_SECURITY_VERSIONED, /* row 5: all 404 on cloud */
  PSA_ASK_COUNT_COMPANIES,
  PSA_ASK_COUNT_TICKETS,
  PSA_ASK_COUNT_CONTACTS,
  PSA_ASK_COUNT_MEMBERS,
  PSA_ASK_COUNT_AGREEMENTS,
  PSA_ASK_COUNT_PROJECT_TICKETS, /* this and the next three only in row 5b */
  PSA_ASK_COUNT_TIME_ENTRIES,
  PSA_ASK_COUNT_CATALOG,
  PSA_ASK_COUNT_OPPORTUNITIES,
  PSA_ASK_SECURITY_PAGE,      /* row 5b: system/mySecurity?pageSize=100, the next page */
  PSA_ASK_PROOF_PLAIN,        /* row 16 for the last proof */
} PsaAsk;

/**
 * PsaFault:
 *
 * Why there was no whole answer. The one place that knows the library translates its errors to these.
 */
typedef enum
{
  PSA_FAULT_NONE,
  PSA_FAULT_NAME,       /* the name does not resolve */
  PSA_FAULT_REFUSED,    /* connection refused, or no route */
  PSA_FAULT_TIMED_OUT,  /* no whole answer in time, in any phase */
  PSA_FAULT_PROXY,
  PSA_FAULT_TLS,        /* the handshake failed for another reason than the certificate */
  PSA_FAULT_CERTIFICATE,/* see @certificate and @certificate_changed */
  PSA_FAULT_CLOSED,     /* closed or reset before a whole answer */
  PSA_FAULT_TOO_LARGE,  /* body over 256 KiB, over-long headers, too many interim answers */
} PsaFault;

/**
 * PsaReply:
 * @plain: it was asked with `Accept: application/json` already, so that asking so once more tells nothing
 * @fault_stage: where a fault happened: resolve, connect, tls, or the stage of the ask
 * @detail: the library's own words on the fault, without secrets, or NULL
 * @body: at most 256 KiB; set by psa_reply_take_body(), with @json
 * @retry_after: seconds to wait, −1 where the server did not say so in a form we know
 * @certificate_changed: it is not the one that was trusted for this host:port
 * @*_ms: durations in milliseconds read off the real connection; −1 where there was none
 *
 * One request's outcome: a whole answer, or the fault that kept it from us.
 */
typedef struct
{
  PsaAsk          ask;
  gboolean        plain;
  PsaFault        fault;
  PsaStage        fault_stage;
  gboolean        reset;        /* the peer reset the connection, rather than ending it in order: worth another try */
  char           *detail;
  guint           status;
  char           *content_type;
  char           *location;
  char           *api_version; /* `api-current-version` */
  char           *request_id;
  char           *link;         /* as sent: `<…>; rel="next", …` */
  int             retry_after;
  GBytes         *body;
  JsonNode       *json;         /* the body, where it is exactly one strict JSON value in UTF-8; immutable */
  PsaCertificate *certificate;
  gboolean        certificate_changed;
  gboolean        portal;       /* the network monitor saw a captive portal */
  char           *tls_protocol; /* "TLS 1.3" */
  char           *http_protocol;
  double          resolve_ms;
  double          connect_ms;
  double          tls_ms;
  double          total_ms;
  guint           tries;
} PsaReply;

PsaReply *psa_reply_new                (PsaAsk          ask);
void      psa_reply_free               (PsaReply       *self);
void      psa_reply_take_body          (PsaReply       *self,
                                        GBytes         *body); /* (transfer full): and reads its JSON */

/* Pure readers of a whole answer. */
gboolean  psa_reply_has_next_page      (const PsaReply *self);
gboolean  psa_reply_is_html            (const PsaReply *self);
gboolean  psa_reply_is_json            (const PsaReply *self); /* exactly one strict JSON value, UTF-8, BOM skipped */
gboolean  psa_reply_is_empty           (const PsaReply *self);
gboolean  psa_reply_is_null            (const PsaReply *self); /* the JSON value `null` */
gboolean  psa_reply_read_company       (const PsaReply *self,
                                        PsaTenant      *tenant); /* TRUE: an object with a `Codebase` */
gboolean  psa_reply_read_info          (const PsaReply *self,
                                        PsaTenant      *tenant); /* TRUE: an object with a `version` */
gboolean  psa_reply_proves             (const PsaReply *self); /* what the ask promises: an array, or an object with a number `count` */
gboolean  psa_reply_says               (const PsaReply *self,
                                        const char     *text); /* in the body's text, whatever its case */
char     *psa_reply_dup_code           (const PsaReply *self); /* `code`, or `error` in its place */
char     *psa_reply_dup_message        (const PsaReply *self); /* `message`, or a plain text's whole text */
char     *psa_reply_dup_excerpt        (const PsaReply *self); /* for Details: at most 4 KiB of printable text, not yet redacted */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaReply, psa_reply_free)

G_END_DECLS
