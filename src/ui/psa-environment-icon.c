/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-environment-icon.h"

/**
 * psa_environment_get_icon:
 * @environment: an environment
 *
 * Returns: (transfer none): the name of the symbolic icon that stands beside its word
 */
const char *
psa_environment_get_icon (PsaEnvironment environment)
{
  switch (environment)
    {
    case PSA_ENVIRONMENT_PRODUCTION:
      return "psa-environment-production-symbolic";
    case PSA_ENVIRONMENT_STAGING:
      return "psa-environment-staging-symbolic";
    case PSA_ENVIRONMENT_SANDBOX:
      return "psa-environment-sandbox-symbolic";
    case PSA_ENVIRONMENT_OTHER:
    default:
      return "psa-environment-other-symbolic";
    }
}
