/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "situation.h"

#define OWN_VERSIONED                                                                              \
  ANSWER (COMPANY, 200, TYPE_JSON, "{\"Codebase\":\"v2025_1/\",\"IsCloud\":false}")

/* clang-format off */
static const Situation situations[] = {
  { "Own server, all well", OWN, { { 0 } }, { 0 }, "company info security", PSA_CAUSE_OK },
  { "Cloud, all well", CLOUD, { { 0 } }, { 0 }, "company info security", PSA_CAUSE_OK },
  { "A version and nothing else", OWN, { ANSWER (INFO, 200, TYPE_TEXT, "{\"version\":\"v2026.3.105333\"}") }, { 0 },
    "company info security", PSA_CAUSE_OK },

  /* 1 to 3 */
  { "1: refused", OWN, { FAULT (INFO, REFUSED, CONNECT) }, { 0 }, "company info", PSA_CAUSE_CONNECTION_REFUSED },
  { "1: no whole answer in time", CLOUD, { FAULT (INFO, TIMED_OUT, SIGN_IN) }, { 0 }, "company info", PSA_CAUSE_TIMED_OUT },
  { "2: the proxy wants a login", OWN, { ANSWER (INFO, 407, TYPE_HTML, PAGE) }, { 0 }, "company info", PSA_CAUSE_PROXY_FAILED },
  { "2: the handshake fails", OWN, { FAULT (INFO, TLS, TLS) }, { 0 }, "company info", PSA_CAUSE_TLS_FAILED },
  { "3: another certificate on the second connection", OWN,
    { { .ask = PSA_ASK_INFO, .fault = PSA_FAULT_CERTIFICATE, .fault_stage = PSA_STAGE_TLS,
        .errors = G_TLS_CERTIFICATE_UNKNOWN_CA } }, { 0 },
    "company info", PSA_CAUSE_CERTIFICATE_UNTRUSTED },

  /* 4 */
  { "4: sent to http", CLOUD, { REDIRECT (INFO, 302, "http://api-na.myconnectwise.net/v4_6_release/") }, { 0 },
    "company info", PSA_CAUSE_REDIRECTED },
  { "4: sent to another host", CLOUD, { REDIRECT (INFO, 301, "https://api-eu.myconnectwise.net/v4_6_release/") }, { 0 },
    "company info", PSA_CAUSE_REDIRECTED },
  { "4: sent to another port", CLOUD, { REDIRECT (INFO, 307, "https://api-na.myconnectwise.net:444/") }, { 0 },
    "company info", PSA_CAUSE_REDIRECTED },
  { "4: sent to a host that only looks the same", CLOUD, { REDIRECT (INFO, 302, "https://api-na.myconnectwise.net@evil.example/") }, { 0 },
    "company info", PSA_CAUSE_REDIRECTED },
  { "4: sent to another host by two slashes", CLOUD, { REDIRECT (INFO, 302, "//evil.example/v2025_1/") }, { 0 },
    "company info", PSA_CAUSE_REDIRECTED },
  { "4: an address that is none", CLOUD, { REDIRECT (INFO, 302, "http://[") }, { 0 },
    "company info", PSA_CAUSE_REDIRECTED },
  { "4b: sent to the same host, good below the versioned codebase", CLOUD,
    { REDIRECT (INFO, 302, "https://API-NA.myconnectwise.net:443/v2025_1/apis/3.0/system/info") }, { 0 },
    "company info info-versioned security", PSA_CAUSE_OK },
  { "4b: an own server that does so", OWN, { OWN_VERSIONED, REDIRECT (INFO, 302, "/v2025_1/apis/3.0/system/info") }, { 0 },
    "company info info-versioned security", PSA_CAUSE_OK },
  { "4b: sent on once more", CLOUD,
    { REDIRECT (INFO, 302, "/v2025_1/apis/3.0/system/info"), REDIRECT (INFO_VERSIONED, 302, "/v2025_2/") }, { 0 },
    "company info info-versioned", PSA_CAUSE_REDIRECTED },

  /* 5 */
  { "5: 429 with `error` for `code`", CLOUD,
    { ANSWER (INFO, 429, TYPE_JSON, "{\"error\":\"ConnectWiseAPI\",\"message\":\"Too many requests. Please try again in 30 seconds.\"}") }, { 0 },
    "company info", PSA_CAUSE_RATE_LIMITED },
  { "5: 429 that speaks of security permission", CLOUD, { ANSWER (INFO, 429, TYPE_JSON, PERMISSION) }, { 0 },
    "company info", PSA_CAUSE_RATE_LIMITED },

  /* 6 */
  { "6: SSL is required, 403", WEB, { ANSWER (INFO, 403, TYPE_JSON, "{\"code\":\"Security\",\"message\":\"SSL is required.\",\"errors\":null}") }, { 0 },
    "company info", PSA_CAUSE_WEB_ADDRESS },
  { "6: ssl IS REQUIRED, on an own server", OWN, { ANSWER (INFO, 401, TYPE_JSON, "{\"Code\":\"SECURITY\",\"Message\":\"ssl IS REQUIRED\"}") }, { 0 },
    "company info", PSA_CAUSE_WEB_ADDRESS },
  { "6: SSL is required, plain text", WEB, { ANSWER (INFO, 403, TYPE_TEXT, "SSL is required.") }, { 0 },
    "company info", PSA_CAUSE_WEB_ADDRESS },
  { "6: 401 on a web host", WEB, { ANSWER (INFO, 401, TYPE_JSON, UNAUTHORIZED) }, { 0 },
    "company info", PSA_CAUSE_WEB_ADDRESS },
  { "6: 404 on a web host", WEB, { ANSWER (INFO, 404, NULL, "") }, { 0 },
    "company info", PSA_CAUSE_WEB_ADDRESS },
  { "6: a login page on a web host", WEB, { ANSWER (INFO, 200, TYPE_HTML, PAGE) }, { 0 },
    "company info", PSA_CAUSE_WEB_ADDRESS },
  { "6: a web host that serves the API", WEB, { { 0 } }, { 0 }, "company info security", PSA_CAUSE_OK },

  /* 7 */
  { "7: Cannot route, plain text", CLOUD, { ANSWER (INFO, 400, TYPE_TEXT, "Cannot route. Codebase/company is invalid") }, { 0 },
    "company info", PSA_CAUSE_NOT_ROUTABLE },
  { "7: CANNOT ROUTE, JSON", OWN, { ANSWER (INFO, 400, TYPE_JSON, "{\"message\":\"CANNOT ROUTE.\"}") }, { 0 },
    "company info", PSA_CAUSE_NOT_ROUTABLE },

  /* 8 */
  { "8: the version is refused", OWN, { ANSWER (INFO, 400, TYPE_JSON, VERSION_REFUSED) }, { 0 },
    "company info", PSA_CAUSE_VERSION_UNSUPPORTED },
  { "8: the version is refused, indented, with CR LF and another status", OWN,
    { ANSWER (INFO, 404, TYPE_JSON, "{\r\n  \"code\": \"connectwiseapi\",\r\n  \"message\": \"It Does Not Support the API version '3.0'.\"\r\n}") }, { 0 },
    "company info", PSA_CAUSE_VERSION_UNSUPPORTED },

  /* 9 */
  { "9: 400 that names clientId", OWN, { ANSWER (INFO, 400, TYPE_JSON, "{\"code\":\"InvalidHeader\",\"message\":\"clientId is required\"}") }, { 0 },
    "company info", PSA_CAUSE_CLIENT_ID_REFUSED },
  { "9: 401 that names ClientID, plain text", CLOUD, { ANSWER (INFO, 401, TYPE_TEXT, "Invalid ClientID") }, { 0 },
    "company info", PSA_CAUSE_CLIENT_ID_REFUSED },
  { "9: 403 that names clientid in its errors", OWN,
    { ANSWER (INFO, 403, TYPE_JSON, "{\"code\":\"Forbidden\",\"errors\":[{\"field\":\"clientid\"}]}") }, { 0 },
    "company info", PSA_CAUSE_CLIENT_ID_REFUSED },

  /* 10 */
  { "10: the role lacks the right", OWN, { ANSWER (INFO, 403, TYPE_JSON, PERMISSION) }, { 0 },
    "company info", PSA_CAUSE_NOT_PERMITTED },
  { "10: the same without a code", OWN, { ANSWER (INFO, 403, TYPE_JSON, "{\"message\":\"You do not have security permission to perform this action.\"}") }, { 0 },
    "company info", PSA_CAUSE_NOT_PERMITTED },
  { "10: the same words with 401 and Unauthorized", CLOUD, { ANSWER (INFO, 401, TYPE_JSON, "{\"code\":\"Unauthorized\",\"message\":\"You do not have SECURITY PERMISSION to perform this action\"}") }, { 0 },
    "company info", PSA_CAUSE_NOT_PERMITTED },
  { "10: the code alone, in another language", OWN, { ANSWER (INFO, 403, TYPE_JSON, "{\"code\":\"security\",\"message\":\"Sie haben keine Berechtigung.\"}") }, { 0 },
    "company info", PSA_CAUSE_NOT_PERMITTED },

  /* 11 */
  { "11: 401, Unauthorized", OWN, { ANSWER (INFO, 401, TYPE_JSON, UNAUTHORIZED) }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },
  { "11: 401, empty", CLOUD, { ANSWER (INFO, 401, NULL, "") }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },
  { "11: 401, a page", OWN, { ANSWER (INFO, 401, TYPE_HTML, PAGE) }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },
  { "11: 401, in another language", OWN, { ANSWER (INFO, 401, TYPE_JSON, "{\"code\":\"Unauthorized\",\"message\":\"Échec de l’authentification\"}") }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },
  { "11: UserNotAuthenticated, 401", OWN, { ANSWER (INFO, 401, TYPE_JSON, "{\"code\":\"ConnectWiseApi\",\"message\":\"UserNotAuthenticated\"}") }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },
  { "11: UserNotAuthenticated, 400", OWN, { ANSWER (INFO, 400, TYPE_JSON, "{\"code\":\"ConnectWiseApi\",\"message\":\"usernotauthenticated\",\"errors\":null}") }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },
  { "11: UserNotAuthenticated, 500", OWN, { ANSWER (INFO, 500, TYPE_JSON, "{\"code\":\"ConnectWiseApi\",\"message\":\"UserNotAuthenticated\"}") }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },
  { "11: Incorrect public/private key", OWN, { ANSWER (INFO, 403, TYPE_TEXT, "Incorrect public/private key") }, { 0 },
    "company info", PSA_CAUSE_KEYS_REJECTED },

  /* 12, 13 */
  { "12: 404 on cloud, 401 below the versioned codebase", CLOUD, { ANSWER (INFO, 404, NULL, ""), ANSWER (INFO_VERSIONED, 401, TYPE_JSON, UNAUTHORIZED) }, { 0 },
    "company info info-versioned", PSA_CAUSE_KEYS_REJECTED },
  { "4b: 404 on cloud, good below the versioned codebase", CLOUD, { ANSWER (INFO, 404, TYPE_JSON, NO_ENDPOINT) }, { 0 },
    "company info info-versioned security", PSA_CAUSE_OK },
  { "4b: a vendor host is cloud, whatever companyinfo says", CLOUD,
    { ANSWER (COMPANY, 200, TYPE_JSON, "{\"Codebase\":\"v2025_1/\",\"IsCloud\":\"False\"}"), ANSWER (INFO, 404, NULL, "") }, { 0 },
    "company info info-versioned security", PSA_CAUSE_OK },
  { "4b: another host is cloud, where companyinfo says so", OWN,
    { ANSWER (COMPANY, 200, TYPE_JSON, "{\"Codebase\":\"v2025_1/\",\"IsCloud\":true}"), ANSWER (INFO, 404, NULL, "") }, { 0 },
    "company info info-versioned security", PSA_CAUSE_OK },
  { "4b: 404 on cloud, then a busy server", CLOUD, { ANSWER (INFO, 404, NULL, ""), ANSWER (INFO_VERSIONED, 503, TYPE_HTML, PAGE) }, { 0 },
    "company info info-versioned", PSA_CAUSE_SERVER_ERROR },
  { "13: 404 on cloud, twice", CLOUD, { ANSWER (INFO, 404, NULL, ""), ANSWER (INFO_VERSIONED, 404, NULL, "") }, { 0 },
    "company info info-versioned", PSA_CAUSE_NOT_ROUTABLE },
  { "13: 404 on cloud, and a codebase that may not be followed", CLOUD,
    { ANSWER (COMPANY, 200, TYPE_JSON, "{\"Codebase\":\"v2025_1/../../evil/\"}"), ANSWER (INFO, 404, NULL, "") }, { 0 },
    "company info", PSA_CAUSE_NOT_ROUTABLE },
  { "13: 404 on cloud, and no other codebase than the alias", CLOUD,
    { ANSWER (COMPANY, 200, TYPE_JSON, "{\"Codebase\":\"v4_6_release/\"}"), ANSWER (INFO, 404, NULL, "") }, { 0 },
    "company info", PSA_CAUSE_NOT_ROUTABLE },
  { "13: sent to the same host, and no other codebase", OWN, { REDIRECT (INFO, 302, "/login/") }, { 0 },
    "company info", PSA_CAUSE_NOT_ROUTABLE },
  { "13: 404 on an own server", OWN, { ANSWER (INFO, 404, TYPE_JSON, NO_ENDPOINT) }, { 0 },
    "company info", PSA_CAUSE_NOT_ROUTABLE },
  { "13: 404 on an own server that names another codebase", OWN, { OWN_VERSIONED, ANSWER (INFO, 404, TYPE_HTML, PAGE) }, { 0 },
    "company info", PSA_CAUSE_NOT_ROUTABLE },

  /* 14, 15 */
  { "14: 403, empty", OWN, { ANSWER (INFO, 403, NULL, "") }, { 0 }, "company info", PSA_CAUSE_CLIENT_ID_REFUSED },
  { "14: 403, JSON without a known word", CLOUD, { ANSWER (INFO, 403, TYPE_JSON, "{\"code\":\"Forbidden\",\"message\":\"Forbidden\"}") }, { 0 },
    "company info", PSA_CAUSE_CLIENT_ID_REFUSED },
  { "15: 500, busy", CLOUD, { ANSWER (INFO, 500, TYPE_JSON, "{\r\n  \"code\": \"ConnectWiseApi\",\r\n  \"message\": \"Timeout expired.\"\r\n}") }, { 0 },
    "company info", PSA_CAUSE_SERVER_ERROR },
  { "15: 502, a page", OWN, { ANSWER (INFO, 502, TYPE_HTML, PAGE) }, { 0 }, "company info", PSA_CAUSE_SERVER_ERROR },
  { "15: 503, plain text", CLOUD, { ANSWER (INFO, 503, TYPE_TEXT, "Down for maintenance") }, { 0 },
    "company info", PSA_CAUSE_SERVER_ERROR },
  { "15: 511 means a login to the network, whoever asks", OWN, { ANSWER (INFO, 511, TYPE_HTML, PAGE) }, { 0 },
    "company info", PSA_CAUSE_CAPTIVE_PORTAL },

  /* 16 */
  { "16: another 400, good without a version", OWN, { ANSWER (INFO, 400, TYPE_JSON, "{\"code\":\"BadRequest\",\"message\":\"?\"}") }, { 0 },
    "company info info-plain", PSA_CAUSE_VERSION_UNSUPPORTED },
  { "16: 406, good without a version", CLOUD, { ANSWER (INFO, 406, NULL, "") }, { 0 },
    "company info info-plain", PSA_CAUSE_VERSION_UNSUPPORTED },
  { "16: another 400 below the versioned codebase, good without a version", CLOUD, { ANSWER (INFO, 404, NULL, ""), ANSWER (INFO_VERSIONED, 400, NULL, "") }, { 0 },
    "company info info-versioned info-plain", PSA_CAUSE_VERSION_UNSUPPORTED },
  { "16: another 400, and again without a version", OWN, { ANSWER (INFO, 400, TYPE_TEXT, "Bad request"), ANSWER (INFO_PLAIN, 400, TYPE_TEXT, "Bad request") }, { 0 },
    "company info info-plain", PSA_CAUSE_BAD_ANSWER },
  { "16: another 400, and 401 without a version", OWN, { ANSWER (INFO, 400, TYPE_TEXT, "Bad request"), ANSWER (INFO_PLAIN, 401, NULL, "") }, { 0 },
    "company info info-plain", PSA_CAUSE_KEYS_REJECTED },
  { "16: another 400 where no version was asked for", OWN,
    { { .ask = PSA_ASK_INFO, .status = 400, .type = TYPE_TEXT, .body = "Bad request", .plain = TRUE } }, { 0 },
    "company info", PSA_CAUSE_BAD_ANSWER },

  /* 17 */
  { "17: 405", OWN, { ANSWER (INFO, 405, TYPE_JSON, "{\"code\":\"MethodNotAllowed\"}") }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: 403, a page", OWN, { ANSWER (INFO, 403, TYPE_HTML, PAGE) }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: a login page", CLOUD, { ANSWER (INFO, 200, TYPE_HTML, PAGE) }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: 200 without a version", OWN, { ANSWER (INFO, 200, TYPE_JSON, "{\"isCloud\":true}") }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: 200 with version null", OWN, { ANSWER (INFO, 200, TYPE_JSON, "{\"version\":null}") }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: 200 with words of other rows", OWN, { ANSWER (INFO, 200, TYPE_JSON, "{\"message\":\"UserNotAuthenticated, SSL is required, Cannot route\"}") }, { 0 },
    "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: 200, not whole JSON", OWN, { ANSWER (INFO, 200, TYPE_JSON, "{\"version\":\"v2025.1\"") }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: 201", OWN, { ANSWER (INFO, 201, TYPE_JSON, "{\"version\":\"v2025.1\"}") }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: closed without an answer", CLOUD, { FAULT (INFO, CLOSED, SIGN_IN) }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
  { "17: a body over the limit", OWN, { FAULT (INFO, TOO_LARGE, SIGN_IN) }, { 0 }, "company info", PSA_CAUSE_BAD_ANSWER },
};
/* clang-format on */

const Chapter situations_sign_in = { "Sign-in", situations, G_N_ELEMENTS (situations) };
