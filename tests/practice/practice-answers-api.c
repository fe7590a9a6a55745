/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-answers.h"
#include "practice-bodies.h"

/* A 200 from an endpoint; `api-current-version` is added where it is sent. The Content-Type of API
 * answers is not recorded: that of companyinfo is a stand-in. */
#define GOOD(name, words, ...)                                                                     \
  const PracticeAnswer practice_##name = {                                                         \
    .what = words, .step = PRACTICE_STEP_RIGHT, .status = 200, .type = PRACTICE_JSON, __VA_ARGS__  \
  }

/* A refusal in JSON, at the step that it belongs to. */
#define REFUSED(name, words, at, code_, text, ...)                                                 \
  const PracticeAnswer practice_##name = {                                                         \
    .what = words, .step = at, .status = code_, .type = PRACTICE_JSON, .body = text, __VA_ARGS__   \
  }

/* system/info: five fields, all optional: TJ info.py, PY Info, CR getSystemInfo [documented] */
GOOD (info_ok, "info", .body = "{" PRACTICE_INFO_FIELDS "}");
GOOD (info_sparse, "version only", .body = "{\"version\":\"v2025.1.10001\"}");
GOOD (info_cookie,
      "info, sets a cookie",
      .body = "{" PRACTICE_INFO_FIELDS "}",
      .headers = { "Set-Cookie: practice=1; Path=/" });
GOOD (info_late, "info, after 5.5 s", .body = "{" PRACTICE_INFO_FIELDS "}", .delay_ms = 5500);

GOOD (matrix_ok, "may read all", .make = practice_body_make_matrix);
GOOD (matrix_empty, "no rights at all", .body = "[]");
GOOD (matrix_narrow, "levels mixed, no Finance", .make = practice_body_make_narrow_matrix);

/* TJ models/count.py [documented] */
GOOD (count_ok, "123", .body = "{\"count\":" G_STRINGIFY (PRACTICE_LIST_TOTAL) "}");
GOOD (count_zero, "0", .body = "{\"count\":0}");
GOOD (count_long, "2345", .body = "{\"count\":" G_STRINGIFY (PRACTICE_LONG_LIST_TOTAL) "}");
GOOD (list_ok, "123 records", .make = practice_body_make_list);
GOOD (list_long, "2345 records", .make = practice_body_make_long_list);
GOOD (list_blank, "blank references", .make = practice_body_make_blank_list);

/* PY MyMemberInfo [documented]; that it answers API-only keys is a stand-in */
GOOD (member_ok,
      "the API member",
      .body = "{\"id\":7,\"identifier\":\"practice\",\"fullName\":\"Practice Member\","
              "\"licenseClass\":\"A\",\"inactiveFlag\":false}");

/* Route tests of a public server [reported] */
REFUSED (endpoint_missing,
         "endpoint missing",
         PRACTICE_STEP_RIGHT,
         404,
         "{\"code\":\"ConnectWiseApi\",\"message\":\"The endpoint does not exist.\"}");

/* 405: Developer Guide's status table [documented]; the body is a stand-in */
REFUSED (wrong_verb,
         "wrong verb",
         PRACTICE_STEP_ROUTE,
         405,
         "{\"code\":\"MethodNotAllowed\",\"message\":\"The resource does not support this verb.\"}",
         .headers = { "Allow: GET" });

/* Python client and its tests [reported]; the Content-Type is a stand-in */
const PracticeAnswer practice_cannot_route = {
  .what = "Cannot route",
  .step = PRACTICE_STEP_ROUTE,
  .status = 400,
  .type = PRACTICE_TEXT,
  .body = "Cannot route. Codebase/company is invalid",
};

/* A missing Client ID: 400 that names it (mspvectis), 401 (krawczyk.solutions), 403 (MSP notes)
 * [conflict]; all texts are stand-ins. The "lost" ones say so to every client, as if a hop on the
 * way had dropped the header. */
#define NO_ID_400                                                                                  \
  "{\"code\":\"BadRequest\",\"message\":\"The clientId header is missing or invalid.\"}"
#define NO_ID_401 "{\"code\":\"Unauthorized\",\"message\":\"The request could not be authorized.\"}"
#define NO_ID_403 "{\"code\":\"Forbidden\",\"message\":\"The request was refused.\"}"
REFUSED (client_id_400, "names clientId", PRACTICE_STEP_CLIENT_ID, 400, NO_ID_400);
REFUSED (client_id_401, "no Client ID", PRACTICE_STEP_CLIENT_ID, 401, NO_ID_401);
REFUSED (client_id_403, "no Client ID", PRACTICE_STEP_CLIENT_ID, 403, NO_ID_403);
REFUSED (client_id_lost_400, "names clientId", PRACTICE_STEP_CLIENT_ID, 400, NO_ID_400);
REFUSED (client_id_lost_401, "no Client ID", PRACTICE_STEP_CLIENT_ID, 401, NO_ID_401);
REFUSED (client_id_lost_403, "no Client ID", PRACTICE_STEP_CLIENT_ID, 403, NO_ID_403);

/* mspvectis, once [reported]; the text is a stand-in */
REFUSED (client_id_unregistered,
         "clientId not registered",
         PRACTICE_STEP_CLIENT_ID,
         400,
         "{\"code\":\"BadRequest\",\"message\":\"The clientId is not registered.\"}");
REFUSED (bare_403, "no permission text", PRACTICE_STEP_CLIENT_ID, 403, NO_ID_403);
const PracticeAnswer practice_bare_403_empty = { .what = "empty",
                                                 .step = PRACTICE_STEP_CLIENT_ID,
                                                 .status = 403 };

/* 401 and `Unauthorized`: Developer Guide's status table, CWM [documented]; the text is a
 * stand-in */
#define KEYS "{\"code\":\"Unauthorized\",\"message\":\"The supplied authentication is not valid.\"}"
REFUSED (keys_401, "Unauthorized", PRACTICE_STEP_KEYS, 401, KEYS);
REFUSED (unknown_company, "Unauthorized", PRACTICE_STEP_COMPANY, 401, KEYS);
REFUSED (keys_challenge,
         "Unauthorized, challenge",
         PRACTICE_STEP_KEYS,
         401,
         KEYS,
         .headers = { "WWW-Authenticate: Basic realm=\"practice\"" });

/* https://github.com/christaylorcodes/ConnectWiseManageAPI/issues/18: body [reported], status
 * [inferred] */
REFUSED (keys_own_server,
         "UserNotAuthenticated",
         PRACTICE_STEP_KEYS,
         401,
         "{\"code\":\"ConnectWiseApi\",\"message\":\"UserNotAuthenticated\"}");

/* https://docs.xyte.io/docs/kb-5017 [conflict: may be that connector's words]; the status is a
 * stand-in */
REFUSED (keys_pair,
         "Incorrect public/private key",
         PRACTICE_STEP_KEYS,
         400,
         "{\"code\":\"BadRequest\",\"message\":\"Incorrect public/private key\"}");

/* 404 in place of 401: Developer Guide, "PSA Specific" [documented]; the empty body is a
 * stand-in */
const PracticeAnswer practice_keys_404 = { .what = "empty",
                                           .step = PRACTICE_STEP_KEYS,
                                           .status = 404 };

/* Hash check [reported]; the text is a stand-in */
REFUSED (hash_expired,
         "hash expired",
         PRACTICE_STEP_KEYS,
         401,
         "{\"code\":\"Unauthorized\",\"message\":\"The member hash has expired.\"}");

/* https://github.com/covenanttechnologysolutions/connectwise-rest/issues/35: body [reported],
 * status [inferred] */
REFUSED (
    version_400,
    "version refused",
    PRACTICE_STEP_VERSION,
    400,
    "{\"code\":\"ConnectWiseApi\",\"message\":\"The HTTP resource that matches the request URI "
    "'https://@host@@path@' does not support the API version '@version@'.\"}");

/* Nothing is recorded for a version that is malformed or too new. Stand-ins. */
REFUSED (version_bare_400,
         "no word of the version",
         PRACTICE_STEP_VERSION,
         400,
         "{\"code\":\"BadRequest\",\"message\":\"The request is invalid.\"}");
const PracticeAnswer practice_version_406 = { .what = "empty",
                                              .step = PRACTICE_STEP_VERSION,
                                              .status = 406 };

/* xyte KB; ticket client tests (403, message alone); bridge design (Unauthorized) [reported]; that
 * the last comes with a 401 is [inferred] */
#define NO_RIGHT "\"message\":\"You do not have security permission to perform this action.\"}"
REFUSED (no_right, "no right", PRACTICE_STEP_RIGHT, 403, "{\"code\":\"Security\"," NO_RIGHT);
REFUSED (no_right_no_code, "no right, no code", PRACTICE_STEP_RIGHT, 403, "{" NO_RIGHT);
REFUSED (
    no_right_401, "no right", PRACTICE_STEP_RIGHT, 401, "{\"code\":\"Unauthorized\"," NO_RIGHT);
