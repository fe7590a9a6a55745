/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "situation.h"

#define REFUSED ANSWER (NOTHING, 403, TYPE_JSON, PERMISSION)
#define MISSING ANSWER (NOTHING, 404, TYPE_JSON, NO_ENDPOINT)
#define ALL "company info security companies tickets contacts members agreements"

/* clang-format off */
static const Situation situations[] = {
  { "No rights at all are a good answer", OWN, { ANSWER (SECURITY, 200, TYPE_JSON, "[]") }, { 0 },
    "company info security", PSA_CAUSE_OK },
  { "mySecurity is missing, the first count is good", OWN, { ANSWER (SECURITY, 404, TYPE_JSON, NO_ENDPOINT) }, { 0 },
    "company info security companies", PSA_CAUSE_OK },
  { "Only the last count is good", OWN, { ANSWER (COUNT_AGREEMENTS, 200, TYPE_JSON, "{\"count\":123}") }, REFUSED,
    ALL, PSA_CAUSE_OK },
  { "10: each is refused", OWN, { { 0 } }, REFUSED, ALL, PSA_CAUSE_NOT_PERMITTED },
  { "10: each is refused with 401 and the same words", CLOUD, { { 0 } },
    ANSWER (NOTHING, 401, TYPE_JSON, "{\"code\":\"Unauthorized\",\"message\":\"You do not have security permission to perform this action.\"}"),
    ALL, PSA_CAUSE_NOT_PERMITTED },
  { "10: one is refused, the others are missing", CLOUD, { ANSWER (COUNT_CONTACTS, 403, TYPE_JSON, PERMISSION) }, MISSING,
    ALL, PSA_CAUSE_NOT_PERMITTED },
  { "10: one is refused with 404, the others are missing", CLOUD, { ANSWER (COUNT_CONTACTS, 404, TYPE_JSON, PERMISSION) }, MISSING,
    ALL, PSA_CAUSE_NOT_PERMITTED },
  { "All are missing on an own server", OWN, { { 0 } }, MISSING, ALL, PSA_CAUSE_BAD_ANSWER },
  { "All are missing on cloud, good below the versioned codebase", CLOUD, { ANSWER (SECURITY_VERSIONED, 200, TYPE_JSON, "[]") }, MISSING,
    ALL " security-versioned", PSA_CAUSE_OK },
  { "All are missing on cloud, 401 below the versioned codebase", CLOUD, { ANSWER (SECURITY_VERSIONED, 401, TYPE_JSON, UNAUTHORIZED) }, MISSING,
    ALL " security-versioned", PSA_CAUSE_KEYS_REJECTED },
  { "All are missing on cloud, there as well", CLOUD, { { 0 } }, MISSING, ALL " security-versioned", PSA_CAUSE_BAD_ANSWER },
  { "All are missing on cloud, refused below the versioned codebase", CLOUD, { ANSWER (SECURITY_VERSIONED, 403, TYPE_JSON, PERMISSION) }, MISSING,
    ALL " security-versioned", PSA_CAUSE_BAD_ANSWER },
  { "All are missing on cloud, no whole answer below the versioned codebase", CLOUD, { FAULT (SECURITY_VERSIONED, TIMED_OUT, PROOF) }, MISSING,
    ALL " security-versioned", PSA_CAUSE_TIMED_OUT },
  { "All are missing on cloud, too many requests below the versioned codebase", CLOUD, { ANSWER (SECURITY_VERSIONED, 429, NULL, "") }, MISSING,
    ALL " security-versioned", PSA_CAUSE_RATE_LIMITED },
  { "All are missing below the versioned codebase that answered the sign-in", CLOUD, { ANSWER (INFO, 404, NULL, "") }, MISSING,
    "company info info-versioned security companies tickets contacts members agreements", PSA_CAUSE_BAD_ANSWER },
  { "All are missing on cloud, and no other codebase", CLOUD, { ANSWER (COMPANY, 200, TYPE_JSON, "{\"Codebase\":\"v4_6_release/\"}") }, MISSING,
    ALL, PSA_CAUSE_BAD_ANSWER },
  { "All are missing on a web host that signed in", WEB, { { 0 } }, MISSING, ALL " security-versioned", PSA_CAUSE_BAD_ANSWER },

  /* any other answer is judged at once */
  { "1: no answer to a count", OWN, { ANSWER (SECURITY, 404, NULL, ""), FAULT (COUNT_COMPANIES, TIMED_OUT, PROOF) }, { 0 },
    "company info security companies", PSA_CAUSE_TIMED_OUT },
  { "4: sent to the same host", CLOUD, { REDIRECT (SECURITY, 302, "/v2025_1/") }, { 0 }, "company info security", PSA_CAUSE_REDIRECTED },
  { "5: too many requests", CLOUD, { ANSWER (SECURITY, 429, TYPE_JSON, "{\"error\":\"ConnectWiseAPI\"}") }, { 0 },
    "company info security", PSA_CAUSE_RATE_LIMITED },
  { "6: 401 on a web host", WEB, { ANSWER (SECURITY, 401, NULL, "") }, { 0 }, "company info security", PSA_CAUSE_WEB_ADDRESS },
  { "7: Cannot route", CLOUD, { ANSWER (SECURITY, 404, TYPE_TEXT, "Cannot route.") }, { 0 }, "company info security", PSA_CAUSE_NOT_ROUTABLE },
  { "8: the version is refused by one endpoint", OWN, { ANSWER (SECURITY, 400, TYPE_JSON, VERSION_REFUSED) }, { 0 },
    "company info security", PSA_CAUSE_VERSION_UNSUPPORTED },
  { "9: the Client ID is wanted here only", OWN, { ANSWER (SECURITY, 400, TYPE_JSON, "{\"message\":\"Missing clientId header\"}") }, { 0 },
    "company info security", PSA_CAUSE_CLIENT_ID_REFUSED },
  { "11: system/info wants no keys, the proof does", OWN, { ANSWER (SECURITY, 401, TYPE_JSON, UNAUTHORIZED) }, { 0 },
    "company info security", PSA_CAUSE_KEYS_REJECTED },
  { "11: rejected by a count", OWN, { ANSWER (SECURITY, 404, NULL, ""), ANSWER (COUNT_COMPANIES, 401, TYPE_JSON, "{\"message\":\"UserNotAuthenticated\"}") }, { 0 },
    "company info security companies", PSA_CAUSE_KEYS_REJECTED },
  { "14: 403, empty", OWN, { ANSWER (SECURITY, 403, NULL, "") }, { 0 }, "company info security", PSA_CAUSE_CLIENT_ID_REFUSED },
  { "15: bad input makes a 500", OWN, { ANSWER (SECURITY, 500, TYPE_JSON, "{\"code\":\"ConnectWiseApi\",\"message\":\"Error converting value\"}") }, { 0 },
    "company info security", PSA_CAUSE_SERVER_ERROR },
  { "16: another 400, good without a version", OWN, { ANSWER (SECURITY, 400, NULL, "") }, { 0 },
    "company info security proof-plain", PSA_CAUSE_VERSION_UNSUPPORTED },
  { "16: another 400 at a count, good without a version", OWN,
    { ANSWER (SECURITY, 404, NULL, ""), ANSWER (COUNT_COMPANIES, 406, NULL, ""), ANSWER (PROOF_PLAIN, 200, TYPE_JSON, "{\"count\":7}") }, { 0 },
    "company info security companies proof-plain", PSA_CAUSE_VERSION_UNSUPPORTED },
  { "16: another 400, and again", OWN,
    { ANSWER (SECURITY, 400, TYPE_JSON, "{\"code\":\"InvalidObject\",\"message\":\"thing object is invalid\",\"errors\":[{\"code\":\"MissingRequiredField\"}]}"), ANSWER (PROOF_PLAIN, 400, NULL, "") }, { 0 },
    "company info security proof-plain", PSA_CAUSE_BAD_ANSWER },
  { "16: another 400, then refused without a version", OWN, { ANSWER (SECURITY, 400, NULL, ""), ANSWER (PROOF_PLAIN, 403, TYPE_JSON, PERMISSION) }, { 0 },
    "company info security proof-plain", PSA_CAUSE_NOT_PERMITTED },
  { "17: 200, an object for an array", OWN, { ANSWER (SECURITY, 200, TYPE_JSON, "{\"id\":1}") }, { 0 }, "company info security", PSA_CAUSE_BAD_ANSWER },
  { "17: 200, count as text", OWN, { ANSWER (SECURITY, 404, NULL, ""), ANSWER (COUNT_COMPANIES, 200, TYPE_JSON, "{\"count\":\"7\"}") }, { 0 },
    "company info security companies", PSA_CAUSE_BAD_ANSWER },
  { "17: 200, a page", OWN, { ANSWER (SECURITY, 200, TYPE_HTML, PAGE) }, { 0 }, "company info security", PSA_CAUSE_BAD_ANSWER },
  { "17: closed without an answer", OWN, { FAULT (SECURITY, CLOSED, PROOF) }, { 0 }, "company info security", PSA_CAUSE_BAD_ANSWER },
};
/* clang-format on */

const Chapter situations_proof = { "Proof", situations, G_N_ELEMENTS (situations) };
