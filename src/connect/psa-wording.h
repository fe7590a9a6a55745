/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-result.h"

G_BEGIN_DECLS

/**
 * PsaWording:
 *
 * Three untranslated templates, lent for ever.
 */
typedef struct
{
  const char *what;
  const char *why;
  const char *next;
} PsaWording;

PsaWording psa_wording_choose (PsaResult *result);

G_END_DECLS
