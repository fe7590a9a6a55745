/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-answer.h"

G_BEGIN_DECLS

/**
 * PracticeScenario:
 * @name: its name, and the company ID that reaches it
 * @about: one line for a reader who wants the list
 * @sure: how sure it is that a real tenant does so
 * @cause: the cause that a check of it should end in, by the rules for causes; with the published
 *   key pair and Client ID unless @about says otherwise
 * @company: to companyinfo
 * @info: to `system/info`
 * @info_release: to `system/info` below the release's codebase, if that differs
 * @matrix: to `system/mySecurity`
 * @matrix_release: the same below the release's codebase, if that differs
 * @count: to every count
 * @agreements: to the count of agreements, if that differs
 * @list: to every list
 * @client_id: to a request without a Client ID
 * @info_version: to `system/info` if a version is named
 * @proof_version: to everything else of the API if a version is named
 * @info_open: whether `system/info` answers whatever keys are sent
 * @own_server: whether there is no codebase but `v4_6_release`
 *
 * One tenant that is made up: what each kind of request gets. A member that is left out is that of
 * a cloud tenant where everything is in order.
 */
typedef struct
{
  const char *name;
  const char *about;
  const char *sure;
  const char *cause;
  const PracticeAnswer *company;
  const PracticeAnswer *info;
  const PracticeAnswer *info_release;
  const PracticeAnswer *matrix;
  const PracticeAnswer *matrix_release;
  const PracticeAnswer *count;
  const PracticeAnswer *agreements;
  const PracticeAnswer *list;
  const PracticeAnswer *client_id;
  const PracticeAnswer *info_version;
  const PracticeAnswer *proof_version;
  gboolean info_open;
  gboolean own_server;
} PracticeScenario;

/**
 * PracticeGroup:
 * @title: what its scenarios have in common
 * @scenarios: (array zero-terminated=1): they, up to one without a name
 *
 * Scenarios of one kind.
 */
typedef struct
{
  const char *title;
  const PracticeScenario *scenarios;
} PracticeGroup;

/* practice-scenarios-company.c, -sign-in.c, -proof.c, -network.c */
extern const PracticeScenario practice_scenarios_company[];
extern const PracticeScenario practice_scenarios_sign_in[];
extern const PracticeScenario practice_scenarios_proof[];
extern const PracticeScenario practice_scenarios_trouble[];
extern const PracticeScenario practice_scenarios_network[];
extern const PracticeScenario practice_scenarios_body[];

const PracticeGroup    *practice_scenarios_get_groups (void);
const PracticeScenario *practice_scenarios_find       (const char             *name);
const PracticeAnswer   *practice_scenario_get_answer  (const PracticeScenario *self,
                                                       PracticeKind            kind,
                                                       gboolean                versioned,
                                                       const char             *resource);

G_END_DECLS
