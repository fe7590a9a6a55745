/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-cause.h"

G_BEGIN_DECLS

/**
 * PsaExit:
 *
 * The exit codes of psactl, in the manual of every command.
 */
typedef enum
{
  PSA_EXIT_OK = 0,
  PSA_EXIT_INTERNAL = 1,
  PSA_EXIT_USAGE = 2,
  PSA_EXIT_NOT_FOUND = 3,
  PSA_EXIT_REJECTED = 4,
  PSA_EXIT_NOT_PERMITTED = 5,
  PSA_EXIT_NEEDS_CORRECTION = 6,
  PSA_EXIT_UNREACHABLE = 7,
  PSA_EXIT_RATE_LIMITED = 8,
  PSA_EXIT_SECRET_UNAVAILABLE = 9,
  PSA_EXIT_DAMAGED = 10,
  PSA_EXIT_CANCELLED = 130,
} PsaExit;

PsaExit psa_exit_from_cause (PsaCause      cause);
PsaExit psa_exit_from_error (const GError *error);
PsaExit psa_exit_worst      (PsaExit       a,
                             PsaExit       b);

G_END_DECLS
