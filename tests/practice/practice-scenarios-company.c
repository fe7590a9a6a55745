/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-answers.h"
#include "practice-scenarios.h"

/* What follows companyinfo if the company is not there, or no PSA is: no sign-in. [inferred] */
#define UNKNOWN                                                                                    \
  .info = &practice_unknown_company, .matrix = &practice_unknown_company,                          \
  .count = &practice_unknown_company
#define NO_PSA .info = &practice_web_404, .matrix = &practice_web_404, .count = &practice_web_404

/* A tenant whose sign-in works below a release's codebase only, if that can be believed. */
#define MISLEADING .info = &practice_keys_404, .info_release = &practice_info_ok

/* clang-format off */
const PracticeScenario practice_scenarios_company[] = {
  { "cloud", "a cloud tenant", "reported (2021)", "ok",
    .company = &practice_company_cloud },
  { "own-server", "an own server", "codebase documented, rest inferred", "ok",
    .company = &practice_company_own, .own_server = TRUE },
  { "old-companyinfo", "companyinfo as it was in 2017", "documented", "ok",
    .company = &practice_company_old },

  { "unknown-company-null", "the company is not known", "reported", "unknown-company",
    .company = &practice_company_null, UNKNOWN },
  { "unknown-company-404", "the company is not known", "reported; body stand-in", "unknown-company",
    .company = &practice_company_404, UNKNOWN },
  { "unknown-company-404-notfound", "the company is not known", "reported; body stand-in",
    "unknown-company", .company = &practice_company_404_not_found, UNKNOWN },
  { "unknown-company-404-bare", "the company is not known; no Content-Type",
    "reported; body stand-in", "unknown-company", .company = &practice_company_404_bare, UNKNOWN },

  { "not-psa", "some web server", "stand-in", "not-psa",
    .company = &practice_web_page, NO_PSA },
  { "not-psa-404", "some web server (on a vendor host: unknown-company)", "stand-in", "not-psa",
    .company = &practice_web_404, NO_PSA },
  { "not-psa-object", "other JSON", "stand-in", "not-psa",
    .company = &practice_company_empty_object, NO_PSA },
  { "not-psa-array", "other JSON", "stand-in", "not-psa",
    .company = &practice_company_array, NO_PSA },

  { "company-404-text", "a 404 that no row names", "stand-in", "bad-answer",
    .company = &practice_company_404_text, NO_PSA },
  { "company-403", "a 4xx that no row names", "stand-in", "bad-answer",
    .company = &practice_forbidden_page, NO_PSA },
  { "company-407", "a proxy in between", "stand-in", "proxy-failed",
    .company = &practice_proxy_407, NO_PSA },
  { "company-511", "a captive portal", "stand-in", "captive-portal",
    .company = &practice_portal_511, NO_PSA },
  { "company-429", "rate limit at companyinfo", "inferred", "rate-limited",
    .company = &practice_rate_seconds },
  { "company-500", "trouble at companyinfo", "inferred", "server-error",
    .company = &practice_busy },

  { "codebase-host", "made to mislead", "stand-in", "not-routable",
    .company = &practice_company_codebase_host, MISLEADING },
  { "codebase-user", "made to mislead", "stand-in", "not-routable",
    .company = &practice_company_codebase_user, MISLEADING },
  { "codebase-parent", "made to mislead", "stand-in", "not-routable",
    .company = &practice_company_codebase_parent, MISLEADING },
  { "codebase-query", "made to mislead", "stand-in", "not-routable",
    .company = &practice_company_codebase_query, MISLEADING },
  { "codebase-empty", "no codebase", "stand-in", "not-psa",
    .company = &practice_company_codebase_empty, MISLEADING },
  { "codebase-number", "no codebase", "stand-in", "not-psa",
    .company = &practice_company_codebase_number, MISLEADING },
  { "siteurl-host", "made to mislead; text only", "stand-in", "ok",
    .company = &practice_company_site_host },
  { "siteurl-user", "made to mislead; text only", "stand-in", "ok",
    .company = &practice_company_site_user },
  { "odd/50%&co", "a company ID that must be percent-encoded in a path", "stand-in", "ok" },
  { 0 },
};
/* clang-format on */
