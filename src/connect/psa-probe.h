/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-module.h"

G_BEGIN_DECLS

/**
 * PsaProbe:
 * @module: the module whose right it asks for
 * @path: of the count, below the API's base
 * @right: the line under System › Security Roles that it needs, Inquire `My` or `All`; never translated
 *
 * One tiny read that tells whether a key may read a part of a module.
 */
typedef struct
{
  PsaModule   module;
  const char *path;
  const char *right;
} PsaProbe;

guint           psa_probe_get_n (void);
const PsaProbe *psa_probe_get   (guint index);

G_END_DECLS
