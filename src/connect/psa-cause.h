/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PsaState:
 *
 * What the list shows, derived from the cause: shape and word, never colour alone.
 */
typedef enum
{
  PSA_STATE_CONNECTED,
  PSA_STATE_WARNING,
  PSA_STATE_REJECTED,
  PSA_STATE_NOT_PERMITTED,
  PSA_STATE_NEEDS_CORRECTION,
  PSA_STATE_UNREACHABLE,
  PSA_STATE_SECRET_UNAVAILABLE,
  PSA_STATE_NOT_CHECKED,
} PsaState;

/**
 * PsaCause:
 *
 * The one reason a check ended as it did.
 */
typedef enum
{
  PSA_CAUSE_OK,
  PSA_CAUSE_CERTIFICATE_EXPIRING,
  PSA_CAUSE_ROLE_NARROW,
  PSA_CAUSE_VERSION_DRIFT,
  PSA_CAUSE_SLOW,
  PSA_CAUSE_KEYS_REJECTED,
  PSA_CAUSE_NOT_PERMITTED,
  PSA_CAUSE_BAD_ADDRESS,
  PSA_CAUSE_WEB_ADDRESS,
  PSA_CAUSE_NOT_PSA,
  PSA_CAUSE_REDIRECTED,
  PSA_CAUSE_UNKNOWN_COMPANY,
  PSA_CAUSE_NOT_ROUTABLE,
  PSA_CAUSE_CLIENT_ID_REFUSED,
  PSA_CAUSE_VERSION_UNSUPPORTED,
  PSA_CAUSE_CERTIFICATE_CHANGED,
  PSA_CAUSE_CERTIFICATE_EXPIRED,
  PSA_CAUSE_CERTIFICATE_WRONG_HOST,
  PSA_CAUSE_CERTIFICATE_UNTRUSTED,
  PSA_CAUSE_HOST_NOT_FOUND,
  PSA_CAUSE_CONNECTION_REFUSED,
  PSA_CAUSE_TIMED_OUT,
  PSA_CAUSE_CAPTIVE_PORTAL,
  PSA_CAUSE_PROXY_FAILED,
  PSA_CAUSE_TLS_FAILED,
  PSA_CAUSE_RATE_LIMITED,
  PSA_CAUSE_SERVER_ERROR,
  PSA_CAUSE_BAD_ANSWER,
  PSA_CAUSE_KEYRING_LOCKED,
  PSA_CAUSE_KEYRING_UNAVAILABLE,
  PSA_CAUSE_SECRET_MISSING,
  PSA_CAUSE_NEVER_CHECKED,
} PsaCause;

#define PSA_N_CAUSES (PSA_CAUSE_NEVER_CHECKED + 1)

/**
 * PsaFix:
 *
 * What a button can do about a cause; the window maps each to an action and a label.
 */
typedef enum
{
  PSA_FIX_NONE,
  PSA_FIX_EDIT,              /* open the form, at the row that psa_cause_get_field() names */
  PSA_FIX_CHECK_AGAIN,
  PSA_FIX_USE_API_HOST,      /* fills the form only, as the next two do */
  PSA_FIX_USE_NAMED_HOST,    /* psa_result_dup_named_host() */
  PSA_FIX_USE_VERSION,       /* the tenant's own */
  PSA_FIX_FIND_REGION,
  PSA_FIX_OPEN_PORTAL,       /* a page in the browser, in whose place the network shows its login */
  PSA_FIX_TRUST_CERTIFICATE, /* after an explicit dialog; own servers only */
  PSA_FIX_ENTER_SECRET,
  PSA_FIX_UNLOCK,
} PsaFix;

/**
 * PsaField:
 *
 * The row of the connection form that a cause points at.
 */
typedef enum
{
  PSA_FIELD_NONE,
  PSA_FIELD_HOSTNAME,
  PSA_FIELD_API_VERSION,
  PSA_FIELD_CLIENT_ID,
  PSA_FIELD_USERNAME,
  PSA_FIELD_PASSWORD,
} PsaField;

#define PSA_TYPE_STATE (psa_state_get_type ())
#define PSA_TYPE_CAUSE (psa_cause_get_type ())
GType       psa_state_get_type   (void);
GType       psa_cause_get_type   (void);
const char *psa_state_get_token  (PsaState    state);
const char *psa_state_get_word   (PsaState    state); /* translated: "Keys rejected" … */
const char *psa_state_get_icon   (PsaState    state); /* a symbolic icon's name; a shape for each state */
const char *psa_cause_get_token  (PsaCause    cause);
gboolean    psa_cause_from_token (const char *token,
                                  PsaCause   *cause);
PsaState    psa_cause_get_state  (PsaCause    cause);
PsaFix      psa_cause_get_fix    (PsaCause    cause);
PsaField    psa_cause_get_field  (PsaCause    cause);
/* The untranslated templates with named placeholders ({host}, {company} …); psa_message_new() fills them. */
const char *psa_cause_get_what   (PsaCause    cause);
const char *psa_cause_get_why    (PsaCause    cause);
const char *psa_cause_get_next   (PsaCause    cause);

G_END_DECLS
