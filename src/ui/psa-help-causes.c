/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-help-causes.h"

#include "psa-message.h"
#include "psa-module.h"

#include <glib/gi18n.h>

/* The help's page on the results of a check: made from the table of causes, so that none can be
 * missing, and worded by what words the results themselves, so that it says what the user has read. */

#define DAY (24 * 60 * 60)
#define EXAMPLE_TIME 1796133750 /* 1 December 2026, 14:02:30 UTC: the same at every opening */

static guint
get_example_status (PsaCause cause)
{
  switch ((int) cause)
    {
    case PSA_CAUSE_KEYS_REJECTED:
      return 401;
    case PSA_CAUSE_NOT_PERMITTED:
    case PSA_CAUSE_WEB_ADDRESS:
      return 403;
    case PSA_CAUSE_REDIRECTED:
      return 302;
    case PSA_CAUSE_UNKNOWN_COMPANY:
      return 404;
    case PSA_CAUSE_NOT_ROUTABLE:
    case PSA_CAUSE_CLIENT_ID_REFUSED:
    case PSA_CAUSE_VERSION_UNSUPPORTED:
      return 400;
    case PSA_CAUSE_RATE_LIMITED:
      return 429;
    case PSA_CAUSE_SERVER_ERROR:
      return 503;
    default:
      return 200;
    }
}

static GTlsCertificateFlags
get_example_faults (PsaCause cause)
{
  switch ((int) cause)
    {
    case PSA_CAUSE_CERTIFICATE_EXPIRED:
      return G_TLS_CERTIFICATE_EXPIRED;
    case PSA_CAUSE_CERTIFICATE_WRONG_HOST:
      return G_TLS_CERTIFICATE_BAD_IDENTITY;
    case PSA_CAUSE_CERTIFICATE_CHANGED:
    case PSA_CAUSE_CERTIFICATE_UNTRUSTED:
      return G_TLS_CERTIFICATE_UNKNOWN_CA;
    default:
      return 0;
    }
}

static PsaCertificate *
create_certificate (PsaCause cause)
{
  PsaCertificate certificate = {
    .sha256 = (char *) "3f9a…c071",
    .issuer = (char *) "CN=Contoso CA",
    .subject = (char *) "CN=psa.example.com",
    .not_before = EXAMPLE_TIME - 300 * DAY,
    .not_after = EXAMPLE_TIME,
    .errors = get_example_faults (cause),
  };

  return psa_certificate_copy (&certificate);
}

/**
 * psa_help_causes_example:
 * @cause: any cause
 *
 * Returns: (transfer full): a result such as a check of a made-up tenant might end in
 */
PsaResult *
psa_help_causes_example (PsaCause cause)
{
  const char *const modules[] = { "Service", "Finance", NULL };
  const char *host = cause == PSA_CAUSE_WEB_ADDRESS ? "na.myconnectwise.net" : "cw.example.com";
  g_autoptr(PsaProfile) profile = psa_profile_new ();
  g_autoptr(PsaAddress) address = psa_address_new (host, 443);
  PsaResult *result;
  PsaStageReport *sign_in;

  psa_profile_set_address (profile, address);
  psa_profile_set_username (profile, "contoso+aBcD1234");
  psa_profile_set_api_version (profile, "2026.1");
  result = psa_result_new (profile);
  result->cause = cause;
  result->http_status = get_example_status (cause);
  result->refused_modules = psa_modules_from_words (modules);
  result->retry_at = EXAMPLE_TIME;
  result->certificate = create_certificate (cause);
  g_set_str (&result->raw, "clientId");
  g_set_str (&result->location, "https://login.example.com/");
  g_set_str (&result->trusted_sha256, "9b51…44d2");
  g_set_str (&result->tenant->company, "Contoso IT");
  g_set_str (&result->tenant->version, "2025.1");
  sign_in = psa_result_get_stage (result, PSA_STAGE_SIGN_IN);
  psa_stage_report_start (sign_in, 0);
  psa_stage_report_end (sign_in, PSA_STAGE_PASSED, 6200, "");
  return result;
}

static GtkWidget *
create_sentence (const char *title, const char *sentence)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sentence);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  return row;
}

static GtkWidget *
create_cause (PsaCause cause)
{
  g_autoptr(PsaResult) example = psa_help_causes_example (cause);
  g_autoptr(PsaMessage) message = psa_message_new (example);
  GtkWidget *row = adw_expander_row_new ();

  gtk_widget_set_name (row, psa_cause_get_token (cause));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), message->what);
  adw_expander_row_add_row (
      ADW_EXPANDER_ROW (row),
      /* Translators: stands above the sentence that says why a check ended so */
      create_sentence (_("Why"), message->why));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            /* Translators: stands above the sentence that says what to do now */
                            create_sentence (_("What to Do"), message->next));
  return row;
}

static GtkWidget *
create_state (PsaState state)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), psa_state_get_word (state));
  for (PsaCause cause = 0; cause < PSA_N_CAUSES; cause++)
    if (psa_cause_get_state (cause) == state)
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_cause (cause));
  return group;
}

/**
 * psa_help_causes_fill:
 * @page: where they go
 *
 * Adds all causes, below the words that the list has for them.
 */
void
psa_help_causes_fill (AdwPreferencesPage *page)
{
  g_return_if_fail (ADW_IS_PREFERENCES_PAGE (page));

  for (PsaState state = PSA_STATE_CONNECTED; state <= PSA_STATE_NOT_CHECKED; state++)
    adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (create_state (state)));
}
