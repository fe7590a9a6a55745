/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-listing.h"

#include "practice-scenarios.h"

/* One answer in a few words: `401 Unauthorized`, `never answers`, `500 busy, then 200 info`. */
static void
append_answer (GString *text, const PracticeAnswer *answer)
{
  if (answer->status > 0)
    g_string_append_printf (text, "%u ", answer->status);
  g_string_append (text, answer->what);

  if (answer->once != NULL)
    {
      g_string_append (text, ", then ");
      append_answer (text, answer->once);
    }
}

static void
append_cell (GString *text,
             const PracticeScenario *scenario,
             PracticeKind kind,
             const char *resource,
             const PracticeAnswer *other,
             const char *other_words)
{
  const PracticeAnswer *answer = practice_scenario_get_answer (scenario, kind, FALSE, resource);

  append_answer (text, answer);
  if (other != NULL && other != answer)
    {
      g_string_append_printf (text, "; %s: ", other_words);
      append_answer (text, other);
    }
  g_string_append (text, " | ");
}

static void
append_row (GString *text, const PracticeScenario *scenario)
{
  g_string_append_printf (text, "| `%s` | %s | ", scenario->name, scenario->about);
  append_cell (text, scenario, PRACTICE_KIND_COMPANY, NULL, NULL, NULL);
  append_cell (text, scenario, PRACTICE_KIND_INFO, NULL,
               practice_scenario_get_answer (scenario, PRACTICE_KIND_INFO, TRUE, NULL), "release");
  append_cell (text, scenario, PRACTICE_KIND_MATRIX, NULL,
               practice_scenario_get_answer (scenario, PRACTICE_KIND_MATRIX, TRUE, NULL),
               "release");
  append_cell (
      text, scenario, PRACTICE_KIND_COUNT, NULL,
      practice_scenario_get_answer (scenario, PRACTICE_KIND_COUNT, FALSE, "finance/agreements"),
      "agreements");
  g_string_append_printf (text, "%s | %s |\n", scenario->sure, scenario->cause);
}

/**
 * practice_listing_dup_text:
 *
 * Returns: (transfer full): the list of scenarios for a terminal
 */
char *
practice_listing_dup_text (void)
{
  GString *text =
      g_string_new ("Scenarios (a company ID is the name of one) and the cause that a check "
                    "ends in:\n");

  for (const PracticeGroup *group = practice_scenarios_get_groups (); group->title != NULL; group++)
    {
      g_string_append_printf (text, "\n  %s\n", group->title);
      for (const PracticeScenario *scenario = group->scenarios; scenario->name != NULL; scenario++)
        g_string_append_printf (text, "    %-30s %s: %s\n", scenario->name, scenario->cause,
                                scenario->about);
    }
  return g_string_free_and_steal (text);
}

/**
 * practice_listing_dup_markdown:
 *
 * Returns: (transfer full): the list of scenarios as tables of Markdown, with what each kind of
 *   request gets
 */
char *
practice_listing_dup_markdown (void)
{
  GString *text = g_string_new (NULL);

  for (const PracticeGroup *group = practice_scenarios_get_groups (); group->title != NULL; group++)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              "### %s\n\n"
                              "| Scenario | What it is | companyinfo | system/info | mySecurity | "
                              "counts | Sure | Cause |\n"
                              "|---|---|---|---|---|---|---|---|\n",
                              group->title);
      for (const PracticeScenario *scenario = group->scenarios; scenario->name != NULL; scenario++)
        append_row (text, scenario);
    }
  return g_string_free_and_steal (text);
}
