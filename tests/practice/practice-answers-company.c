/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-answers.h"

/* companyinfo knows no sign-in, so all of these are given at once. The Content-Type is the one a
 * log shows (https://github.com/christaylorcodes/ConnectWiseManageAPI/issues/18) [reported]. */
#define COMPANY(name, words, text)                                                                 \
  const PracticeAnswer practice_company_##name = {                                                 \
    .what = words, .step = PRACTICE_STEP_ROUTE, .status = 200, .type = PRACTICE_JSON, .body = text \
  }

#define NAMES "\"CompanyName\":\"Practice MSP\","
#define VERSIONS "\"VersionCode\":\"v2025.1\",\"VersionNumber\":\"v4.6.99001\","
#define CLOUD_FIELDS(codebase, site)                                                               \
  "{" NAMES "\"Codebase\":" codebase "," VERSIONS "\"CompanyID\":\"PRC\",\"IsCloud\":true,"        \
  "\"SiteUrl\":\"" site "\","                                                                      \
  "\"AllowedOrigins\":[\"*.myconnectwise.net\",\"cw.example.com\"]}"
#define VENDOR_SITE "api-na.myconnectwise.net"

/* The eight fields seen live in 2021: KelvinTegelaar/PowerShellWarrantyReports #32 [reported] */
COMPANY (cloud, "cloud, 8 fields", CLOUD_FIELDS ("\"v2025_1/\"", VENDOR_SITE));

/* The codebase of own servers: Developer Guide, "Cloud vs Premise" [documented]; the rest
 * [inferred] */
COMPANY (own,
         "own server",
         "{" NAMES "\"Codebase\":\"v4_6_release/\"," VERSIONS
         "\"CompanyID\":\"PRC\",\"IsCloud\":false}");

/* The six fields of 2017: Developer Guide, DJ tests/fixtures.py [documented] */
COMPANY (old,
         "6 fields, IsCloud a string, another CompanyID",
         "{" NAMES "\"Codebase\":\"v2025_1/\"," VERSIONS
         "\"CompanyID\":\"CW\",\"IsCloud\":\"True\"}");

/* DJ CompanyInfoManager.get_company_info: null in 2017, 404 in 2021 [reported]; the body of the 404
 * is a stand-in */
COMPANY (null, "null", "null");
const PracticeAnswer practice_company_404 = {
  .what = "JSON, empty", .step = PRACTICE_STEP_ROUTE, .status = 404, .type = PRACTICE_JSON
};
const PracticeAnswer practice_company_404_not_found = {
  .what = "JSON NotFound",
  .step = PRACTICE_STEP_ROUTE,
  .status = 404,
  .type = PRACTICE_JSON,
  .body = "{\"code\":\"NotFound\"}",
};
const PracticeAnswer practice_company_404_bare = { .what = "empty",
                                                   .step = PRACTICE_STEP_ROUTE,
                                                   .status = 404 };
const PracticeAnswer practice_company_404_text = {
  .what = "plain text",
  .step = PRACTICE_STEP_ROUTE,
  .status = 404,
  .type = PRACTICE_TEXT,
  .body = "Not here",
};

COMPANY (empty_object, "an empty object", "{}");
COMPANY (array, "an array", "[" CLOUD_FIELDS ("\"v2025_1/\"", VENDOR_SITE) "]");

/* Made to mislead: no request may follow any of these. Stand-ins. */
COMPANY (codebase_host,
         "Codebase a URL elsewhere",
         CLOUD_FIELDS ("\"https://elsewhere.example.com/v2025_1/\"", VENDOR_SITE));
COMPANY (codebase_user,
         "Codebase user@host",
         CLOUD_FIELDS ("\"@elsewhere.example.com/v2025_1/\"", VENDOR_SITE));
COMPANY (codebase_parent,
         "Codebase with ../",
         CLOUD_FIELDS ("\"v2025_1/../../elsewhere/\"", VENDOR_SITE));
COMPANY (codebase_query,
         "Codebase with a query",
         CLOUD_FIELDS ("\"v2025_1/?to=elsewhere/\"", VENDOR_SITE));
COMPANY (codebase_empty, "Codebase empty", CLOUD_FIELDS ("\"\"", VENDOR_SITE));
COMPANY (codebase_number, "Codebase a number", CLOUD_FIELDS ("2025.1", VENDOR_SITE));
COMPANY (site_host, "SiteUrl elsewhere", CLOUD_FIELDS ("\"v2025_1/\"", "elsewhere.example.com"));
COMPANY (site_user,
         "SiteUrl vendor@host",
         CLOUD_FIELDS ("\"v2025_1/\"", VENDOR_SITE "@elsewhere.example.com"));

/* Pages of a server that is no PSA, or no API. Stand-ins. */
const PracticeAnswer practice_web_page = {
  .what = "a web page",
  .step = PRACTICE_STEP_ROUTE,
  .status = 200,
  .type = PRACTICE_HTML,
  .body = "<!DOCTYPE html><html><head><title>Welcome</title></head>"
          "<body><h1>It works</h1></body></html>",
};
const PracticeAnswer practice_web_404 = {
  .what = "a web page",
  .step = PRACTICE_STEP_ROUTE,
  .status = 404,
  .type = PRACTICE_HTML,
  .body = "<!DOCTYPE html><html><head><title>Not found</title></head>"
          "<body><h1>This page is not here</h1></body></html>",
};

/* https://github.com/covenanttechnologysolutions/connectwise-rest/issues/1 [reported] */
const PracticeAnswer practice_login_page = {
  .what = "a login form",
  .step = PRACTICE_STEP_ROUTE,
  .status = 200,
  .type = PRACTICE_HTML,
  .body = "<!DOCTYPE html><html><head><title>Login</title></head><body><form method=\"post\">"
          "<input name=\"CompanyName\"><input name=\"UserName\">"
          "<input name=\"Password\" type=\"password\"></form></body></html>",
};
const PracticeAnswer practice_forbidden_page = {
  .what = "a web page",
  .step = PRACTICE_STEP_ROUTE,
  .status = 403,
  .type = PRACTICE_HTML,
  .body = "<!DOCTYPE html><html><body><h1>Forbidden</h1></body></html>",
};
const PracticeAnswer practice_proxy_407 = {
  .what = "a proxy wants a login",
  .step = PRACTICE_STEP_ROUTE,
  .status = 407,
  .type = PRACTICE_HTML,
  .headers = { "Proxy-Authenticate: Basic realm=\"proxy\"" },
  .body = "<!DOCTYPE html><html><body><h1>Proxy login</h1></body></html>",
};
const PracticeAnswer practice_portal_511 = {
  .what = "the network wants a login",
  .step = PRACTICE_STEP_ROUTE,
  .status = 511,
  .reason = "Network Authentication Required",
  .type = PRACTICE_HTML,
  .body = "<!DOCTYPE html><html><body><h1>Please log in to this network</h1></body></html>",
};

/* Form: docs.rs modelsdev status_io.rs [documented]; names are made up */
const PracticeAnswer practice_status_page = {
  .what = "the vendor's status",
  .step = PRACTICE_STEP_ROUTE,
  .status = 200,
  .type = PRACTICE_JSON,
  .body = "{\"result\":{\"status_overall\":{\"status\":\"Operational\",\"status_code\":100,"
          "\"updated\":\"2026-01-01T00:00:00Z\"},\"status\":[{\"id\":\"a1\","
          "\"name\":\"Example PSA\",\"status\":\"Operational\",\"status_code\":100,"
          "\"updated\":\"2026-01-01T00:00:00Z\",\"containers\":[{\"id\":\"b1\","
          "\"name\":\"North America\",\"status\":\"Operational\",\"status_code\":100}]}],"
          "\"incidents\":[],\"maintenance\":{\"active\":[],\"upcoming\":[]}}}",
};
