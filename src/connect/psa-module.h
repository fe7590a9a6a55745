/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PsaModule:
 *
 * A part of ConnectWise PSA that a security role opens or closes.
 */
typedef enum
{
  PSA_MODULE_COMPANY,
  PSA_MODULE_SERVICE,
  PSA_MODULE_PROJECT,
  PSA_MODULE_TIME,
  PSA_MODULE_FINANCE,
  PSA_MODULE_PROCUREMENT,
  PSA_MODULE_SALES,
  PSA_MODULE_SYSTEM,
} PsaModule;

#define PSA_N_MODULES (PSA_MODULE_SYSTEM + 1)

/* A set of modules is a guint with one bit for each. */
#define PSA_MODULE_BIT(module) (1u << (module))

const char *psa_module_get_word   (PsaModule          module); /* "Time & Expense": in files, never translated */
const char *psa_module_get_title  (PsaModule          module); /* the same, translated */
const char *psa_module_get_role_name (PsaModule       module); /* "Service Desk": on the role screen, never translated */
gboolean    psa_module_from_word  (const char        *word,
                                   PsaModule         *module);
guint       psa_modules_from_words (const char *const *words); /* (nullable): a set; what is no module is left out */
char       *psa_modules_dup_titles (guint              modules);

G_END_DECLS
