/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "situation.h"

#define NO_MATRIX ANSWER (SECURITY, 403, TYPE_JSON, PERMISSION)
#define RIGHT(module, level) "{\"moduleName\":\"" module "\",\"moduleFunctionName\":\"x\",\"inquireLevel\":\"" level "\"}"
#define PAGE_OF(rights) ANSWER (SECURITY_PAGE, 200, TYPE_JSON, "[" rights "]")
#define PAGES "company info security security-page"
#define COUNTED "company info security companies"

/* clang-format off */
static const Situation situations[] = {
  { "5b: nothing is needed, nothing more is asked", OWN, { NO_MATRIX }, { 0 }, COUNTED, PSA_CAUSE_OK },
  { "5b: a word that is no module asks nothing", OWN, { { 0 } }, { 0 }, "company info security", PSA_CAUSE_OK, "Marketing, " },
  { "5b: mySecurity says None", OWN, { PAGE_OF (RIGHT ("Finance", "None") "," RIGHT ("Sales", "All")) }, { 0 },
    PAGES, PSA_CAUSE_ROLE_NARROW, "Finance,Sales" },
  { "5b: the same by the names of the role screen", OWN, { PAGE_OF (RIGHT ("Service Desk", "none") "," RIGHT ("Time and Expense", "None")) }, { 0 },
    PAGES, PSA_CAUSE_ROLE_NARROW, "service,time & expense" },
  { "5b: one function of the module may be read", OWN, { PAGE_OF (RIGHT ("Finance", "None") "," RIGHT ("Finance", "My")) }, { 0 },
    PAGES, PSA_CAUSE_OK, "Finance" },
  { "5b: a module that is not needed may be closed", OWN, { PAGE_OF (RIGHT ("Finance", "None")) }, { 0 }, PAGES, PSA_CAUSE_OK, "Sales" },
  { "5b: a level that nobody knows says nothing", OWN, { PAGE_OF (RIGHT ("Finance", "Some") "," RIGHT ("Finance", "None")) }, { 0 },
    PAGES, PSA_CAUSE_OK, "Finance" },
  { "5b: the page is refused, which says nothing", OWN, { ANSWER (SECURITY_PAGE, 403, TYPE_JSON, PERMISSION) }, { 0 },
    PAGES, PSA_CAUSE_OK, "Finance" },
  { "5b: the page is no page", OWN, { ANSWER (SECURITY_PAGE, 200, TYPE_HTML, PAGE) }, { 0 }, PAGES, PSA_CAUSE_OK, "Finance" },
  { "5b: no answer to the page", OWN, { FAULT (SECURITY_PAGE, TIMED_OUT, PROOF) }, { 0 }, PAGES, PSA_CAUSE_OK, "Finance" },
  { "5b: below the release, where row 5 was answered", CLOUD, { ANSWER (SECURITY_VERSIONED, 200, TYPE_JSON, "[]"), PAGE_OF (RIGHT ("Finance", "None")) },
    ANSWER (NOTHING, 404, TYPE_JSON, NO_ENDPOINT),
    "company info security companies tickets contacts members agreements security-versioned security-page", PSA_CAUSE_ROLE_NARROW, "Finance" },
  { "5b: a count of each module is refused", OWN, { ANSWER (COUNT_COMPANIES, 200, TYPE_JSON, "{\"count\":1}") }, ANSWER (NOTHING, 403, TYPE_JSON, PERMISSION),
    COUNTED " tickets project-tickets time-entries agreements catalog opportunities members", PSA_CAUSE_ROLE_NARROW,
    "Company,Service,Project,Time & Expense,Finance,Procurement,Sales,System" },
  { "5b: a count that row 5 made is not made again", OWN, { NO_MATRIX, ANSWER (COUNT_COMPANIES, 403, TYPE_JSON, PERMISSION) }, { 0 },
    COUNTED " tickets agreements", PSA_CAUSE_ROLE_NARROW, "Company,Service,Finance" },
  { "5b: refused with 401 and the words", OWN, { NO_MATRIX, ANSWER (COUNT_AGREEMENTS, 401, TYPE_JSON, "{\"code\":\"Unauthorized\",\"message\":\"You do not have security permission to perform this action.\"}") }, { 0 },
    COUNTED " agreements", PSA_CAUSE_ROLE_NARROW, "Finance" },
  { "5b: keys rejected by one count says nothing", OWN, { NO_MATRIX, ANSWER (COUNT_AGREEMENTS, 401, TYPE_JSON, UNAUTHORIZED) }, { 0 },
    COUNTED " agreements opportunities", PSA_CAUSE_OK, "Finance,Sales" },
  { "5b: a count of nothing is a good answer", OWN, { NO_MATRIX, ANSWER (COUNT_AGREEMENTS, 200, TYPE_JSON, "{\"count\":0}") }, { 0 },
    COUNTED " agreements", PSA_CAUSE_OK, "Finance" },
  { "5b: too many requests, no further one", OWN, { NO_MATRIX, ANSWER (COUNT_AGREEMENTS, 429, TYPE_JSON, "{\"error\":\"ConnectWiseAPI\"}") }, { 0 },
    COUNTED " agreements", PSA_CAUSE_OK, "Finance,Sales" },
  { "5b: no answer to a count, no further one", OWN, { NO_MATRIX, FAULT (COUNT_AGREEMENTS, CLOSED, PROOF) }, { 0 },
    COUNTED " agreements", PSA_CAUSE_OK, "Finance,Sales" },
  { "5b: a fault of the server says nothing", OWN, { NO_MATRIX, ANSWER (COUNT_AGREEMENTS, 500, NULL, "") }, { 0 },
    COUNTED " agreements opportunities", PSA_CAUSE_OK, "Finance,Sales" },
  { "5b: what is not good needs nothing", OWN, { ANSWER (SECURITY, 401, TYPE_JSON, UNAUTHORIZED) }, { 0 },
    "company info security", PSA_CAUSE_KEYS_REJECTED, "Finance" },
};
/* clang-format on */

const Chapter situations_needs = { "Needs", situations, G_N_ELEMENTS (situations) };
