/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-answers.h"
#include "practice-scenarios.h"

#define PROOF(answer) .matrix = &(answer), .count = &(answer)

/* clang-format off */
const PracticeScenario practice_scenarios_proof[] = {
  { "no-right", "the role may read nothing", "reported", "not-permitted",
    PROOF (practice_no_right) },
  { "no-right-no-code", "the same, the message alone", "reported", "not-permitted",
    PROOF (practice_no_right_no_code) },
  { "no-right-401", "the same, as 401", "inferred", "not-permitted",
    PROOF (practice_no_right_401) },
  { "no-right-mixed", "no matrix, no right to any count", "inferred", "not-permitted",
    .matrix = &practice_endpoint_missing, .count = &practice_no_right },
  { "no-rights-matrix", "the matrix may not be read, counts may", "inferred", "ok",
    .matrix = &practice_no_right },
  { "no-rights-matrix-404", "there is no matrix, counts may be read", "inferred", "ok",
    .matrix = &practice_endpoint_missing },
  { "agreements-only", "of all, only agreements may be read", "inferred", "ok",
    PROOF (practice_no_right), .agreements = &practice_count_ok },
  { "rights-matrix", "mixed levels over two pages of 100; no Finance", "documented",
    "ok; role-narrow if Finance is needed", .matrix = &practice_matrix_narrow },
  { "matrix-empty", "a matrix without a row; counts", "stand-in", "ok",
    .matrix = &practice_matrix_empty },
  { "counts", "no matrix; counts", "documented", "ok", .matrix = &practice_endpoint_missing },
  { "counts-zero", "no matrix; counts of nothing", "documented", "ok",
    .matrix = &practice_endpoint_missing, .count = &practice_count_zero },
  { "counts-wrong-shape", "no matrix; a count that is a text", "stand-in", "bad-answer",
    .matrix = &practice_endpoint_missing, .count = &practice_body_count_text },
  { "matrix-wrong-shape", "the matrix is an object", "stand-in", "bad-answer",
    .matrix = &practice_body_object },
  { "endpoint-missing", "myAccount and myCompany, as everywhere here", "reported", "ok" },
  { "proof-missing", "404 to every proof", "inferred", "bad-answer",
    PROOF (practice_endpoint_missing) },
  { "proof-missing-own-server", "404 to every proof", "inferred", "bad-answer",
    .company = &practice_company_own, .own_server = TRUE, PROOF (practice_endpoint_missing) },
  { "proof-versioned-only", "the matrix below the release's codebase only", "inferred", "ok",
    PROOF (practice_endpoint_missing), .matrix_release = &practice_matrix_ok },
  { "proof-versioned-401", "404 to every proof, and 401 below the release's codebase", "inferred",
    "keys-rejected", PROOF (practice_keys_404), .matrix_release = &practice_keys_401 },
  { "proof-401", "info answers, proof says that no keys are right", "inferred", "keys-rejected",
    PROOF (practice_keys_401) },
  { "blank-references", "records whose references are blank", "reported", "ok",
    .list = &practice_list_blank },
  { "paging", "2345 records; 1,000 a page at most", "documented; cap and [] reported", "ok",
    .list = &practice_list_long, .count = &practice_count_long },
  { 0 },
};
/* clang-format on */
