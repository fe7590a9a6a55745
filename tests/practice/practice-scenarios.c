/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-scenarios.h"

#include "practice-answers.h"

static const PracticeGroup groups[] = {
  { "Company stage", practice_scenarios_company },
  { "Sign-in", practice_scenarios_sign_in },
  { "Proof and rights", practice_scenarios_proof },
  { "Limits, faults of the server, redirects", practice_scenarios_trouble },
  { "Network", practice_scenarios_network },
  { "Bodies and statuses", practice_scenarios_body },
  { NULL, NULL },
};

/**
 * practice_scenarios_get_groups:
 *
 * Returns: (array zero-terminated=1): all scenarios, up to a group without a title
 */
const PracticeGroup *
practice_scenarios_get_groups (void)
{
  return groups;
}

/**
 * practice_scenarios_find:
 * @name: a company ID
 *
 * Letter case counts: a company ID may be case-sensitive (https://mspvectis.com/docs/connectwise)
 * [reported].
 *
 * Returns: (nullable): the scenario of that name
 */
const PracticeScenario *
practice_scenarios_find (const char *name)
{
  for (const PracticeGroup *group = groups; group->title != NULL; group++)
    {
      for (const PracticeScenario *scenario = group->scenarios; scenario->name != NULL; scenario++)
        {
          if (g_str_equal (scenario->name, name))
            return scenario;
        }
    }
  return NULL;
}

/* The first that is there. */
static const PracticeAnswer *
choose (const PracticeAnswer *own, const PracticeAnswer *other, const PracticeAnswer *fallback)
{
  if (own != NULL)
    return own;
  return other != NULL ? other : fallback;
}

/**
 * practice_scenario_get_answer:
 * @self: a scenario
 * @kind: what is asked for
 * @versioned: whether below the release's codebase
 * @resource: (nullable): the path below the API, without `/count`
 *
 * Returns: what it gets if all that comes before it is in order
 */
const PracticeAnswer *
practice_scenario_get_answer (const PracticeScenario *self,
                              PracticeKind kind,
                              gboolean versioned,
                              const char *resource)
{
  gboolean is_agreements = g_strcmp0 (resource, "finance/agreements") == 0;

  switch (kind)
    {
    case PRACTICE_KIND_COMPANY:
      return choose (self->company, NULL, &practice_company_cloud);

    case PRACTICE_KIND_INFO:
      return choose (versioned ? self->info_release : NULL, self->info, &practice_info_ok);

    case PRACTICE_KIND_MATRIX:
      return choose (versioned ? self->matrix_release : NULL, self->matrix, &practice_matrix_ok);

    case PRACTICE_KIND_COUNT:
      return choose (is_agreements ? self->agreements : NULL, self->count, &practice_count_ok);

    case PRACTICE_KIND_LIST:
      return choose (self->list,
                     self->count != NULL && self->count->status != 200 ? self->count : NULL,
                     &practice_list_ok);

    case PRACTICE_KIND_MEMBER:
      return &practice_member_ok;

    case PRACTICE_KIND_STATUS_PAGE:
      return &practice_status_page;

    case PRACTICE_KIND_UNROUTABLE:
      return &practice_cannot_route;

    case PRACTICE_KIND_WEB:
      return &practice_web_404;

    case PRACTICE_KIND_MISSING:
    default:
      return &practice_endpoint_missing;
    }
}
