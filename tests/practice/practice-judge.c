/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-judge.h"

#include "practice-answers.h"
#include "practice-scenarios.h"

static gboolean
is_api (PracticeKind kind)
{
  switch (kind)
    {
    case PRACTICE_KIND_INFO:
    case PRACTICE_KIND_MATRIX:
    case PRACTICE_KIND_COUNT:
    case PRACTICE_KIND_LIST:
    case PRACTICE_KIND_MEMBER:
    case PRACTICE_KIND_MISSING:
      return TRUE;

    case PRACTICE_KIND_WEB:
    case PRACTICE_KIND_COMPANY:
    case PRACTICE_KIND_UNROUTABLE:
    case PRACTICE_KIND_STATUS_PAGE:
    default:
      return FALSE;
    }
}

/* A site of the cloud knows its own companies alone. */
static const PracticeScenario *
find_scenario (const PracticeKeys *keys, const char *company)
{
  if (company == NULL || (keys->companies != NULL &&
                          !g_strv_contains ((const char *const *) keys->companies, company)))
    return NULL;
  return practice_scenarios_find (company);
}

/* The answer to what needs no sign-in, and to what no sign-in could mend. */
static const PracticeAnswer *
judge_route (const PracticeRequest *request, const PracticeKeys *keys)
{
  const PracticeScenario *scenario;
  static const PracticeScenario nobody = { 0 };

  if (g_strcmp0 (request->path, "/") == 0)
    return &practice_login_page;
  if (request->kind != PRACTICE_KIND_WEB && g_strcmp0 (request->method, "GET") != 0)
    return &practice_wrong_verb;
  if (is_api (request->kind))
    return NULL;

  if (request->kind != PRACTICE_KIND_COMPANY)
    return practice_scenario_get_answer (&nobody, request->kind, FALSE, NULL);

  /* Which of the two forms of "unknown" a tenant of today uses is not certain; 404 is the newer
   * one. [inferred] */
  scenario = find_scenario (keys, request->company);
  if (scenario == NULL)
    return &practice_company_404;
  return practice_scenario_get_answer (scenario, request->kind, FALSE, NULL);
}

static gboolean
is_pair_good (const PracticeRequest *request, const PracticeKeys *keys)
{
  return !keys->revoked && g_strcmp0 (request->public_key, keys->public_key) == 0 &&
         g_strcmp0 (request->private_key, keys->private_key) == 0 &&
         g_ascii_strcasecmp (request->client_id, keys->client_id) == 0;
}

/* From the Client ID on: the first step that has something against the request answers it. */
static const PracticeAnswer *
judge_signed (const PracticeRequest *request,
              const PracticeKeys *keys,
              const PracticeScenario *scenario,
              const PracticeAnswer *answer)
{
  gboolean is_info = request->kind == PRACTICE_KIND_INFO;
  const PracticeAnswer *version = is_info ? scenario->info_version : scenario->proof_version;

  if (answer->step == PRACTICE_STEP_CLIENT_ID)
    return answer;
  if (request->client_id == NULL)
    return scenario->client_id != NULL ? scenario->client_id : &practice_client_id_400;
  if (!g_uuid_string_is_valid (request->client_id))
    return &practice_client_id_400;

  if (answer->step == PRACTICE_STEP_KEYS)
    return answer;
  if (!(is_info && scenario->info_open) && !is_pair_good (request, keys))
    return &practice_keys_401;

  if (version != NULL && request->version != NULL)
    return version;

  return answer;
}

/**
 * practice_judge:
 * @request: a request
 * @keys: what every scenario takes
 *
 * Finds the answer to a request. It is judged in this order: route, company in the Basic user,
 * Client ID, keys, version, right. The order is [inferred]: it is the one in which a gateway that
 * routes by the company could work, and nobody outside has seen the real one.
 *
 * A wrong company is answered as wrong keys are; that too is [inferred] (on cloud it may be "Cannot
 * route", which the scenario of that name shows).
 *
 * Returns: the answer
 */
const PracticeAnswer *
practice_judge (const PracticeRequest *request, const PracticeKeys *keys)
{
  const PracticeAnswer *answer = judge_route (request, keys);
  const PracticeScenario *scenario = NULL;

  if (answer != NULL)
    return answer;

  if (request->user_has_plus)
    scenario = find_scenario (keys, request->company);
  if (scenario == NULL)
    return &practice_unknown_company;

  /* The way to an own server has no codebase of a release on it. [documented] What it says to one
   * is a stand-in. */
  if (scenario->own_server && request->versioned)
    return &practice_web_404;

  answer =
      practice_scenario_get_answer (scenario, request->kind, request->versioned, request->resource);
  if (answer->step <= PRACTICE_STEP_COMPANY)
    return answer;
  return judge_signed (request, keys, scenario, answer);
}
