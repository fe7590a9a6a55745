/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-profile.h"

G_BEGIN_DECLS

/**
 * PsaCopyForm:
 * @PSA_COPY_FORM_CURL: a call of curl, for a POSIX shell
 * @PSA_COPY_FORM_POWERSHELL: `Connect-CWM` of the PowerShell module ConnectWiseManageAPI
 * @PSA_COPY_FORM_NANGO: a connection as Nango's API takes it, in JSON
 * @PSA_COPY_FORM_ENV: variables, for a shell or a `.env` file
 *
 * How a connection is written for other programs. Tokens: `curl powershell nango env`.
 */
typedef enum
{
  PSA_COPY_FORM_CURL,
  PSA_COPY_FORM_POWERSHELL,
  PSA_COPY_FORM_NANGO,
  PSA_COPY_FORM_ENV,
} PsaCopyForm;

gboolean psa_copy_form_from_token (const char *token, PsaCopyForm *form);
char *psa_copy_as_new (PsaProfile *profile, PsaCopyForm form, GError **error);

G_END_DECLS
