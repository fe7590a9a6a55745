/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile.h"

#include <glib/gi18n-lib.h>

/* The nicks are the tokens of files and options. */
G_DEFINE_ENUM_TYPE (PsaEnvironment,
                    psa_environment,
                    G_DEFINE_ENUM_VALUE (PSA_ENVIRONMENT_PRODUCTION, "production"),
                    G_DEFINE_ENUM_VALUE (PSA_ENVIRONMENT_STAGING, "staging"),
                    G_DEFINE_ENUM_VALUE (PSA_ENVIRONMENT_SANDBOX, "sandbox"),
                    G_DEFINE_ENUM_VALUE (PSA_ENVIRONMENT_OTHER, "other"))

/**
 * psa_environment_get_token:
 * @environment: an environment
 *
 * Returns: (transfer none): its word in files, options and `--json`, never translated
 */
const char *
psa_environment_get_token (PsaEnvironment environment)
{
  switch (environment)
    {
    case PSA_ENVIRONMENT_PRODUCTION:
      return "production";
    case PSA_ENVIRONMENT_STAGING:
      return "staging";
    case PSA_ENVIRONMENT_SANDBOX:
      return "sandbox";
    case PSA_ENVIRONMENT_OTHER:
      return "other";
    default:
      g_return_val_if_reached ("other");
    }
}

/**
 * psa_environment_get_word:
 * @environment: an environment
 *
 * Returns: (transfer none): its word on screen, translated
 */
const char *
psa_environment_get_word (PsaEnvironment environment)
{
  switch (environment)
    {
    case PSA_ENVIRONMENT_PRODUCTION:
      /* Translators: an environment: the tenant that a company works with */
      return _("Production");
    case PSA_ENVIRONMENT_STAGING:
      /* Translators: an environment: a copy to try a new release on */
      return _("Staging");
    case PSA_ENVIRONMENT_SANDBOX:
      /* Translators: an environment: a tenant to play in */
      return _("Sandbox");
    case PSA_ENVIRONMENT_OTHER:
      /* Translators: an environment that is none of production, staging, sandbox */
      return _("Other");
    default:
      g_return_val_if_reached (_("Other"));
    }
}

/**
 * psa_environment_from_token:
 * @token: (nullable): a word of a file or an option
 * @environment: (out): the environment; left alone where @token is none
 *
 * Returns: whether @token is one of `production staging sandbox other`
 */
gboolean
psa_environment_from_token (const char *token, PsaEnvironment *environment)
{
  g_return_val_if_fail (environment != NULL, FALSE);

  for (PsaEnvironment e = PSA_ENVIRONMENT_PRODUCTION; e <= PSA_ENVIRONMENT_OTHER; e++)
    if (g_strcmp0 (token, psa_environment_get_token (e)) == 0)
      {
        *environment = e;
        return TRUE;
      }

  return FALSE;
}
