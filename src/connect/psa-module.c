/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-module.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *word;
  const char *role_name;
  const char *others[3]; /* the same module by other names, letters alone and in lower case */
} Row;

/* The other names are those of the screen System › Security Roles, as guides for integrations give them [reported],
 * see section 7 of the API facts; which of them mySecurity sends is not recorded. */
static const Row rows[PSA_N_MODULES] = {
  [PSA_MODULE_COMPANY] = { N_("Company"), "Companies", { "company", "companies" } },
  [PSA_MODULE_SERVICE] = { N_("Service"), "Service Desk", { "service", "servicedesk" } },
  [PSA_MODULE_PROJECT] = { N_("Project"), "Project", { "project", "projects" } },
  [PSA_MODULE_TIME] = { N_("Time & Expense"),
                        "Time & Expense",
                        { "timeexpense", "timeandexpense", "time" } },
  [PSA_MODULE_FINANCE] = { N_("Finance"), "Finance", { "finance" } },
  [PSA_MODULE_PROCUREMENT] = { N_("Procurement"), "Procurement", { "procurement" } },
  [PSA_MODULE_SALES] = { N_("Sales"), "Sales", { "sales" } },
  [PSA_MODULE_SYSTEM] = { N_("System"), "System", { "system" } },
};

/**
 * psa_module_get_word:
 *
 * Returns: the name under which a profile and an export know @module, never translated
 */
const char *
psa_module_get_word (PsaModule module)
{
  g_return_val_if_fail ((guint) module < PSA_N_MODULES, "");

  return rows[module].word;
}

/**
 * psa_module_get_title:
 *
 * Returns: the translated name of @module
 */
const char *
psa_module_get_title (PsaModule module)
{
  g_return_val_if_fail ((guint) module < PSA_N_MODULES, "");

  return _(rows[module].word);
}

/**
 * psa_module_get_role_name:
 *
 * Returns: what the screen System › Security Roles calls @module, for whoever has to find it there; never translated
 */
const char *
psa_module_get_role_name (PsaModule module)
{
  g_return_val_if_fail ((guint) module < PSA_N_MODULES, "");

  return rows[module].role_name;
}

/**
 * psa_module_from_word:
 * @word: (nullable): a name as a profile, a user or a server writes it
 * @module: (out) (optional): which it is
 *
 * Blanks, signs and the case of letters do not matter: “Time and Expense” is “Time & Expense”, and
 * “Service Desk” is “Service”.
 *
 * Returns: whether it is one of the modules
 */
gboolean
psa_module_from_word (const char *word, PsaModule *module)
{
  g_autoptr(GString) letters = g_string_new (NULL);

  for (const char *at = word != NULL ? word : ""; *at != '\0'; at++)
    if (g_ascii_isalpha (*at))
      g_string_append_c (letters, g_ascii_tolower (*at));

  for (guint i = 0; i < PSA_N_MODULES; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (rows[i].others) && rows[i].others[j] != NULL; j++)
      if (g_str_equal (letters->str, rows[i].others[j]))
        {
          if (module != NULL)
            *module = (PsaModule) i;
          return TRUE;
        }
  return FALSE;
}

/**
 * psa_modules_from_words:
 * @words: (nullable) (array zero-terminated=1): the *needs* of a profile
 *
 * Returns: the set of modules they name; a word that names none is left out
 */
guint
psa_modules_from_words (const char *const *words)
{
  guint modules = 0;
  PsaModule module;

  for (; words != NULL && *words != NULL; words++)
    if (psa_module_from_word (*words, &module))
      modules |= PSA_MODULE_BIT (module);
  return modules;
}

/**
 * psa_modules_dup_titles:
 * @modules: a set
 *
 * Returns: (transfer full): their translated names as a list in a sentence; "" for none
 */
char *
psa_modules_dup_titles (guint modules)
{
  g_autoptr(GStrvBuilder) found = g_strv_builder_new ();
  g_auto(GStrv) titles = NULL;

  for (guint i = 0; i < PSA_N_MODULES; i++)
    if ((modules & PSA_MODULE_BIT (i)) != 0)
      g_strv_builder_add (found, psa_module_get_title ((PsaModule) i));
  titles = g_strv_builder_end (found);
  /* Translators: stands between the items of a list in a sentence */
  return g_strjoinv (_(", "), titles);
}
