/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-answers.h"
#include "practice-bodies.h"

/* A call on a host of the web application: Developer Guide: body [documented], status [inferred] */
#define SSL "{\"code\":\"Security\",\"message\":\"SSL is required.\",\"errors\":null}"
const PracticeAnswer practice_ssl_403 = {
  .what = "SSL is required",
  .step = PRACTICE_STEP_ROUTE,
  .status = 403,
  .type = PRACTICE_JSON,
  .body = SSL,
};
const PracticeAnswer practice_ssl_401 = {
  .what = "SSL is required",
  .step = PRACTICE_STEP_ROUTE,
  .status = 401,
  .type = PRACTICE_JSON,
  .body = SSL,
};

/* 429 with Retry-After in seconds: Developer Guide [documented]; the other forms of the header
 * [inferred] */
#define RATE(name, words, ...)                                                                     \
  const PracticeAnswer practice_rate_##name = {                                                    \
    .what = words,                                                                                 \
    .step = PRACTICE_STEP_ROUTE,                                                                   \
    .status = 429,                                                                                 \
    .type = PRACTICE_JSON,                                                                         \
    .headers = { __VA_ARGS__ },                                                                    \
    .body = "{\"error\":\"ConnectWiseAPI\",\"message\":"                                           \
            "\"Too many requests. Please try again in 30 seconds.\"}"                              \
  }
RATE (seconds, "30 s", "Retry-After: 30");
RATE (date, "a date", "Retry-After: @date@");
RATE (nonsense, "Retry-After is nonsense", "Retry-After: soon");
RATE (none, "no Retry-After", NULL);

/* PY tests: the text, their spelling of it, also as the reason phrase, indented with CR LF
 * [reported] */
#define SERVER_ERROR(name, words, text, phrase, after)                                             \
  const PracticeAnswer practice_##name = {                                                         \
    .what = words,                                                                                 \
    .step = PRACTICE_STEP_RIGHT,                                                                   \
    .status = 500,                                                                                 \
    .type = PRACTICE_JSON,                                                                         \
    .reason = phrase,                                                                              \
    .once = after,                                                                                 \
    .body = "{\r\n  \"code\": \"ConnectWiseApi\",\r\n  \"message\": \"" text                       \
            "\",\r\n  \"errors\": null\r\n}"                                                       \
  }
#define BUSY "A timeout has occured. Please try again."
#define POOL                                                                                       \
  "Timeout expired. The timeout period elapsed prior to obtaining a connection from the pool."
#define BAD_INPUT "Error converting value \\\"a\\\" to type 'System.Int32'."
SERVER_ERROR (busy, "busy", BUSY, BUSY, NULL);
SERVER_ERROR (busy_info, "busy", BUSY, BUSY, &practice_info_ok);
SERVER_ERROR (busy_matrix, "busy", BUSY, BUSY, &practice_matrix_ok);
SERVER_ERROR (busy_count, "busy", BUSY, BUSY, &practice_count_ok);
SERVER_ERROR (pool_info, "pool empty", POOL, POOL, &practice_info_ok);
SERVER_ERROR (pool_matrix, "pool empty", POOL, POOL, &practice_matrix_ok);
SERVER_ERROR (pool_count, "pool empty", POOL, POOL, &practice_count_ok);
SERVER_ERROR (bad_input, "bad input", BAD_INPUT, NULL, NULL);

/* Models ErrorResponseMessage and ValidationError: PY [documented] */
const PracticeAnswer practice_validation = {
  .what = "validation",
  .step = PRACTICE_STEP_RIGHT,
  .status = 400,
  .type = PRACTICE_JSON,
  .body = "{\"code\":\"InvalidObject\",\"message\":\"thing object is invalid\",\"errors\":["
          "{\"code\":\"MissingRequiredField\",\"message\":\"x is required\","
          "\"resource\":\"thing\",\"field\":\"x\",\"details\":null}]}",
};

/* No body of a maintenance is recorded. Stand-ins. */
#define MAINTENANCE                                                                                \
  "<!DOCTYPE html><html><head><title>Maintenance</title></head>"                                   \
  "<body><h1>We are down for maintenance</h1></body></html>"
const PracticeAnswer practice_down_502 = {
  .what = "a maintenance page",
  .step = PRACTICE_STEP_ROUTE,
  .status = 502,
  .type = PRACTICE_HTML,
  .body = MAINTENANCE,
};
const PracticeAnswer practice_down_503 = {
  .what = "a maintenance page, Retry-After",
  .step = PRACTICE_STEP_ROUTE,
  .status = 503,
  .type = PRACTICE_HTML,
  .headers = { "Retry-After: 120" },
  .body = MAINTENANCE,
};
const PracticeAnswer practice_down_text = {
  .what = "maintenance as text",
  .step = PRACTICE_STEP_ROUTE,
  .status = 503,
  .type = PRACTICE_TEXT,
  .body = "Service Unavailable",
};

/* Seen on POST only (ConnectWiseManageAPI #58, #76, #81) [reported]; for GET [inferred]. Nothing
 * must ever follow one of them. */
#define REDIRECT(name, words, code, target)                                                        \
  const PracticeAnswer practice_redirect_##name = {                                                \
    .what = words, .step = PRACTICE_STEP_ROUTE, .status = code, .headers = { "Location: " target } \
  }
REDIRECT (301_http, "to http://", 301, "http://@host@:@port@@path@");
REDIRECT (302_http, "to http://", 302, "http://@host@:@port@@path@");
REDIRECT (302_host, "to another host", 302, "@elsewhere@@path@");
REDIRECT (307_port, "to another port", 307, "https://@host@:@otherport@@path@");
REDIRECT (308_host, "to another host", 308, "@elsewhere@@path@");
REDIRECT (302_same,
          "to the release on this host",
          302,
          "https://@host@:@port@/v2025_1/apis/3.0/system/info");

/* Bodies of an answer that is good but for its body, for `system/info` if nothing else is said. All
 * are stand-ins: they are there because a client must survive them. */
#define BODY(name, words, ...)                                                                     \
  const PracticeAnswer practice_body_##name = {                                                    \
    .what = words, .step = PRACTICE_STEP_RIGHT, .status = 200, .type = PRACTICE_JSON, __VA_ARGS__  \
  }
BODY (full, "exactly 256 KiB", .make = practice_body_make_full_info);
BODY (too_long, "256 KiB and a byte", .make = practice_body_make_too_long_info);
BODY (deep, "100,000 brackets deep", .make = practice_body_make_deep);
BODY (nul, "info, a NUL and more", .make = practice_body_make_nul);
BODY (bom, "info after a byte order mark", .body = "\357\273\277{" PRACTICE_INFO_FIELDS "}");
BODY (empty, "no body", .body = "");
BODY (null, "null", .body = "null");
BODY (array, "info in an array", .body = "[{" PRACTICE_INFO_FIELDS "}]");
BODY (object, "an empty object", .body = "{}");
BODY (two_values, "two values", .body = "{" PRACTICE_INFO_FIELDS "} {}");
BODY (cut_json, "JSON that stops", .body = "{\"version\":\"v2025.1.10001\",\"isCloud\":tr");
BODY (not_utf8,
      "not UTF-8",
      .body = "{\"version\":\"v2025.1.10001\",\"cloudRegion\":\"\377\376\"}");
BODY (version_null, "version null", .body = "{\"version\":null,\"isCloud\":true}");
BODY (version_number, "version a number", .body = "{\"version\":2025.1,\"isCloud\":true}");
BODY (count_text, "count a text", .body = "{\"count\":\"123\"}");
BODY (gzip,
      "compressed unasked",
      .headers = { "Content-Encoding: gzip" },
      .make = practice_body_make_gzip);
BODY (bomb,
      "48 MiB, compressed",
      .headers = { "Content-Encoding: gzip" },
      .make = practice_body_make_bomb);

const PracticeAnswer practice_echo = {
  .what = "sends back what signs in",
  .step = PRACTICE_STEP_KEYS, /* whatever the keys are: a test may send a canary of its own */
  .status = 409,
  .type = PRACTICE_JSON,
  .make = practice_body_make_echo,
};

/* Statuses that nothing names. Stand-ins. */
#define STATUS(code)                                                                               \
  const PracticeAnswer practice_status_##code = { .what = "info",                                  \
                                                  .step = PRACTICE_STEP_RIGHT,                     \
                                                  .status = code,                                  \
                                                  .reason = "Practice",                            \
                                                  .type = PRACTICE_JSON,                           \
                                                  .body = "{" PRACTICE_INFO_FIELDS "}" }
STATUS (201);
STATUS (418);
STATUS (600);
