/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-exit.h"

#include "psa-error.h"

#include <gio/gio.h>

/**
 * psa_exit_from_cause:
 * @cause: how a check ended
 *
 * Returns: the exit code that tells it
 */
PsaExit
psa_exit_from_cause (PsaCause cause)
{
  if (cause == PSA_CAUSE_RATE_LIMITED)
    return PSA_EXIT_RATE_LIMITED;

  switch (psa_cause_get_state (cause))
    {
    case PSA_STATE_CONNECTED:
    case PSA_STATE_WARNING:
      return PSA_EXIT_OK;
    case PSA_STATE_REJECTED:
      return PSA_EXIT_REJECTED;
    case PSA_STATE_NOT_PERMITTED:
      return PSA_EXIT_NOT_PERMITTED;
    case PSA_STATE_NEEDS_CORRECTION:
      return PSA_EXIT_NEEDS_CORRECTION;
    case PSA_STATE_UNREACHABLE:
      return PSA_EXIT_UNREACHABLE;
    case PSA_STATE_SECRET_UNAVAILABLE:
      return PSA_EXIT_SECRET_UNAVAILABLE;
    case PSA_STATE_NOT_CHECKED:
    default:
      return PSA_EXIT_INTERNAL;
    }
}

/**
 * psa_exit_from_error:
 * @error: what stopped a command
 *
 * Returns: the exit code that tells it
 */
PsaExit
psa_exit_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, PSA_EXIT_INTERNAL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return PSA_EXIT_CANCELLED;
  if (error->domain == G_OPTION_ERROR)
    return PSA_EXIT_USAGE;
  if (error->domain != PSA_ERROR)
    return PSA_EXIT_INTERNAL;

  switch ((PsaError) error->code)
    {
    case PSA_ERROR_INVALID:
      return PSA_EXIT_USAGE;
    case PSA_ERROR_NOT_FOUND:
    case PSA_ERROR_AMBIGUOUS:
      return PSA_EXIT_NOT_FOUND;
    case PSA_ERROR_DAMAGED:
    case PSA_ERROR_NEWER:
      return PSA_EXIT_DAMAGED;
    case PSA_ERROR_SECRET_MISSING:
    case PSA_ERROR_KEYRING_LOCKED:
    case PSA_ERROR_KEYRING_UNAVAILABLE:
      return PSA_EXIT_SECRET_UNAVAILABLE;
    case PSA_ERROR_STORAGE:
    default:
      return PSA_EXIT_INTERNAL;
    }
}

/**
 * psa_exit_worst:
 * @a: an exit code
 * @b: another
 *
 * With several profiles the one that most needs a hand decides.
 *
 * Returns: the one that stands first in 130, 2, 3, 10, 1, 9, 4, 5, 6, 7, 8, 0
 */
PsaExit
psa_exit_worst (PsaExit a, PsaExit b)
{
  static const PsaExit order[] = {
    PSA_EXIT_CANCELLED,   PSA_EXIT_USAGE,         PSA_EXIT_NOT_FOUND,
    PSA_EXIT_DAMAGED,     PSA_EXIT_INTERNAL,      PSA_EXIT_SECRET_UNAVAILABLE,
    PSA_EXIT_REJECTED,    PSA_EXIT_NOT_PERMITTED, PSA_EXIT_NEEDS_CORRECTION,
    PSA_EXIT_UNREACHABLE, PSA_EXIT_RATE_LIMITED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (a == order[i] || b == order[i])
      return order[i];
  return PSA_EXIT_OK;
}
