/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-judgement.h"

#include "psa-address.h"
#include "psa-api-version.h"
#include "psa-client-id.h"
#include "psa-input.h"
#include "psa-password.h"
#include "psa-username.h"

#include <glib/gi18n.h>

/* Takes @text. */
static PsaJudgement *
create (gboolean good, PsaFieldNoteKind kind, char *text)
{
  PsaJudgement *self = g_new0 (PsaJudgement, 1);

  self->good = good;
  self->kind = text != NULL ? kind : PSA_FIELD_NOTE_HELP;
  self->text = text;
  return self;
}

static PsaJudgement *
create_error (const GError *error)
{
  return create (FALSE, PSA_FIELD_NOTE_ERROR, g_strdup (error->message));
}

/* It is not looked up to be sure: whether it is there, a check finds out. */
static PsaJudgement *
create_kept (void)
{
  return create (TRUE, PSA_FIELD_NOTE_INFO,
                 g_strdup (_("Leave this empty to keep the one in the keyring.")));
}

/**
 * psa_judgement_of_hostname:
 * @text: what was typed
 *
 * Returns: (transfer full): the base URL that results, or what is wrong; for a web host, its API
 *   host is offered
 */
PsaJudgement *
psa_judgement_of_hostname (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaAddress) address = psa_address_parse (text, &error);
  g_autoptr(PsaAddress) api_address = NULL;
  g_autofree char *url = NULL;
  PsaJudgement *self;

  if (address == NULL)
    return create_error (error);

  api_address = psa_address_dup_api_address (address);
  if (api_address == NULL)
    {
      url = psa_address_dup_base_url (address, NULL);
      /* Translators: %s is a URL */
      return create (TRUE, PSA_FIELD_NOTE_INFO, g_strdup_printf (_("Base URL: %s"), url));
    }

  self = create (
      TRUE, PSA_FIELD_NOTE_WARNING,
      /* Translators: “web address” is where people sign in with a browser; %s is a host name */
      g_strdup_printf (_("This is the web address. The API lives on %s."), api_address->host));
  self->urgent = TRUE;
  /* Translators: %s is a host name */
  self->offer = g_strdup_printf (_("Use %s"), api_address->host);
  return self;
}

/**
 * psa_judgement_of_version:
 * @text: what was typed, may be ""
 * @suggested: (nullable): the tenant's own version, offered where another is asked for
 *
 * Returns: (transfer full): what is unusual or wrong
 */
PsaJudgement *
psa_judgement_of_version (const char *text, const char *suggested)
{
  g_autoptr(GError) error = NULL;
  char *warning = NULL;
  PsaJudgement *self;

  if (!psa_api_version_check (text, &warning, &error))
    return create_error (error);

  self = create (TRUE, PSA_FIELD_NOTE_WARNING, warning);
  if (suggested != NULL && g_strcmp0 (text, suggested) != 0)
    /* Translators: %s is a version such as 2025.1 */
    self->offer = g_strdup_printf (_("Use the Tenant’s, %s"), suggested);
  return self;
}

/**
 * psa_judgement_of_client_id:
 * @text: what was typed
 * @kept: an empty one leaves a kept one alone
 * @integration: (nullable): the name of the integration of the kept one, fit for a label
 *
 * Returns: (transfer full): by which end it is known, or what is wrong; @text is not repeated
 */
PsaJudgement *
psa_judgement_of_client_id (const char *text, gboolean kept, const char *integration)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) client_id = NULL;
  g_autofree char *hint = NULL;

  if (kept && *text == '\0' && integration != NULL)
    return create (TRUE, PSA_FIELD_NOTE_INFO,
                   /* Translators: %s is the name of an integration, that is of a Client ID */
                   g_strdup_printf (_("Leave this empty to use the integration “%s”."),
                                    integration));
  if (kept && *text == '\0')
    return create_kept ();

  client_id = psa_client_id_parse (text, &error);
  if (client_id == NULL)
    return create_error (error);

  hint = psa_client_id_dup_hint (client_id);
  /* Translators: %s is "…" and the last four characters of a Client ID */
  return create (TRUE, PSA_FIELD_NOTE_INFO, g_strdup_printf (_("Client ID %s"), hint));
}

/**
 * psa_judgement_of_username:
 * @text: what was typed
 *
 * Returns: (transfer full): its two parts, or what is wrong
 */
PsaJudgement *
psa_judgement_of_username (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *company_id = NULL;
  g_autofree char *key = NULL;

  if (!psa_username_split (text, &company_id, &key, &error))
    return create_error (error);

  return create (TRUE, PSA_FIELD_NOTE_INFO,
                 /* Translators: the two parts of a user name: first the company's ID, then a key or user */
                 g_strdup_printf (_("Company “%s”, key or user “%s”"), company_id, key));
}

/**
 * psa_judgement_of_password:
 * @text: what was typed or pasted
 * @kept: an empty one leaves a kept one alone
 *
 * What a paste brought along cannot be seen in the row, so it is told at once, and taking it off is
 * offered.
 *
 * Returns: (transfer full): what is wrong or has to be asked about; @text is not repeated
 */
PsaJudgement *
psa_judgement_of_password (const char *text, gboolean kept)
{
  g_autoptr(GError) error = NULL;
  PsaJudgement *self;

  if (kept && *text == '\0')
    return create_kept ();

  if (!psa_password_check (text, &error))
    {
      g_autoptr(PsaSecret) trimmed = psa_input_dup_trimmed (text);

      self = create_error (error);
      self->urgent = *text != '\0';
      if (psa_password_check (trimmed, NULL))
        self->offer = g_strdup (_("Remove Line Ends"));
      return self;
    }

  if (!psa_password_has_blanks (text))
    return create (TRUE, PSA_FIELD_NOTE_HELP, NULL);

  self =
      create (TRUE, PSA_FIELD_NOTE_WARNING,
              g_strdup (_("The password begins or ends with a blank. If that belongs to it, press "
                           "the button once more.")));
  self->urgent = TRUE;
  self->offer = g_strdup (_("Remove Blanks"));
  return self;
}

/**
 * psa_judgement_free:
 * @self: a judgement
 */
void
psa_judgement_free (PsaJudgement *self)
{
  g_free (self->text);
  g_free (self->offer);
  g_free (self);
}
