/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PSA_ERROR (psa_error_quark ())

/**
 * PsaError:
 * @PSA_ERROR_INVALID: a typed value must be corrected; the message says how
 * @PSA_ERROR_NOT_FOUND: no profile has that name or UUID
 * @PSA_ERROR_AMBIGUOUS: several profiles have that name; the message lists their UUIDs
 * @PSA_ERROR_DAMAGED: a file of ours could not be understood and was set aside
 * @PSA_ERROR_NEWER: a file of ours was written by a newer version; it is only read
 * @PSA_ERROR_STORAGE: a file could not be read or written; the message says which and why
 * @PSA_ERROR_SECRET_MISSING: the keyring holds nothing under that UUID
 * @PSA_ERROR_KEYRING_LOCKED: the keyring is locked, or its prompt was refused
 * @PSA_ERROR_KEYRING_UNAVAILABLE: there is no keyring service, or it went away
 *
 * A code stands for what the caller does next. The messages are translated sentences without
 * markup and without secrets.
 */
typedef enum
{
  PSA_ERROR_INVALID,
  PSA_ERROR_NOT_FOUND,
  PSA_ERROR_AMBIGUOUS,
  PSA_ERROR_DAMAGED,
  PSA_ERROR_NEWER,
  PSA_ERROR_STORAGE,
  PSA_ERROR_SECRET_MISSING,
  PSA_ERROR_KEYRING_LOCKED,
  PSA_ERROR_KEYRING_UNAVAILABLE,
} PsaError;

GQuark psa_error_quark (void);

G_END_DECLS
