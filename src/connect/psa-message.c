/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-message.h"

#include "psa-module.h"
#include "psa-printable.h"
#include "psa-wording.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_VALUE 200 /* bytes of one fact in a sentence; a SHA-256 has 64 */

/* ---- what the names in braces stand for; NULL where it is not known ---- */

static char *
dup_host (PsaResult *result)
{
  g_autoptr(PsaAddress) address = psa_result_dup_address (result);

  return address != NULL ? psa_address_dup_text (address) : g_strdup (result->host);
}

static char *
dup_api_host (PsaResult *result)
{
  g_autoptr(PsaAddress) address = psa_result_dup_address (result);
  g_autoptr(PsaAddress) api = address != NULL ? psa_address_dup_api_address (address) : NULL;

  return api != NULL ? psa_address_dup_text (api) : NULL;
}

static char *
dup_named_host (PsaResult *result)
{
  return psa_result_dup_named_host (result);
}

static char *
dup_company (PsaResult *result)
{
  return g_strdup (result->company_id);
}

static char *
dup_name (PsaResult *result)
{
  return g_strdup (result->tenant->company != NULL ? result->tenant->company : result->company_id);
}

static char *
dup_status (PsaResult *result)
{
  return result->http_status != 0 ? g_strdup_printf ("%u", result->http_status) : NULL;
}

static char *
dup_location (PsaResult *result)
{
  return g_strdup (result->location);
}

static char *
dup_asked (PsaResult *result)
{
  return g_strdup (result->asked_version);
}

static char *
dup_version (PsaResult *result)
{
  return g_strdup (result->tenant->version);
}

static char *
dup_issuer (PsaResult *result)
{
  return result->certificate != NULL ? g_strdup (result->certificate->issuer) : NULL;
}

static char *
dup_subject (PsaResult *result)
{
  return result->certificate != NULL ? g_strdup (result->certificate->subject) : NULL;
}

static char *
dup_sha256 (PsaResult *result)
{
  return result->certificate != NULL ? g_strdup (result->certificate->sha256) : NULL;
}

static char *
dup_trusted (PsaResult *result)
{
  return g_strdup (result->trusted_sha256);
}

/* All that is wrong with the certificate, not only what decided the cause. */
static char *
dup_wrong (PsaResult *result)
{
  static const struct
  {
    GTlsCertificateFlags flag;
    const char *words;
  } faults[] = {
    { G_TLS_CERTIFICATE_EXPIRED, N_("it has expired") },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("it is not valid yet") },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("it is for another name") },
    { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("its issuer is not trusted") },
    { G_TLS_CERTIFICATE_REVOKED, N_("it was revoked") },
    { G_TLS_CERTIFICATE_INSECURE, N_("its signature is too weak") },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, N_("it could not be verified") },
  };
  g_autoptr(GStrvBuilder) found = g_strv_builder_new ();
  g_auto(GStrv) words = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (result->certificate != NULL && (result->certificate->errors & faults[i].flag) != 0)
      g_strv_builder_add (found, _ (faults[i].words));
  words = g_strv_builder_end (found);
  /* Translators: stands between the items of a list in a sentence */
  return g_strjoinv (_(", "), words);
}

static char *
dup_day (gint64 seconds)
{
  g_autoptr(GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  /* Translators: a day as in “3 March 2027”, in the form of g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%-d %B %Y")) : NULL;
}

static char *
dup_begins (PsaResult *result)
{
  return result->certificate != NULL ? dup_day (result->certificate->not_before) : NULL;
}

static char *
dup_expires (PsaResult *result)
{
  return result->certificate != NULL ? dup_day (result->certificate->not_after) : NULL;
}

static char *
dup_time (PsaResult *result)
{
  g_autoptr(GDateTime) time =
      result->retry_at > 0 ? g_date_time_new_from_unix_local (result->retry_at) : NULL;

  /* Translators: a time of the day as in “14:02:30”, in the form of g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%H:%M:%S")) : NULL;
}

static char *
dup_duration (PsaResult *result)
{
  double ms = psa_stage_report_get_ms (psa_result_get_stage (result, PSA_STAGE_SIGN_IN));

  /* Translators: a duration in seconds, as in “6.2 s” */
  return ms >= 0 ? g_strdup_printf (_("%.1f s"), ms / 1000) : NULL;
}

static char *
dup_modules (PsaResult *result)
{
  return psa_modules_dup_titles (result->refused_modules);
}

/* clang-format off */
static const struct
{
  const char *name;
  char *(*dup) (PsaResult *result);
  gboolean in_our_words;
} facts[] = {
  { "host", dup_host, FALSE },         { "apihost", dup_api_host, FALSE },
  { "company", dup_company, FALSE },   { "namedhost", dup_named_host, FALSE },
  { "name", dup_name, FALSE },         { "status", dup_status, FALSE },
  { "asked", dup_asked, FALSE },       { "location", dup_location, FALSE },
  { "version", dup_version, FALSE },   { "issuer", dup_issuer, FALSE },
  { "subject", dup_subject, FALSE },   { "sha256", dup_sha256, FALSE },
  { "trusted", dup_trusted, FALSE },   { "begins", dup_begins, TRUE },
  { "expires", dup_expires, TRUE },    { "time", dup_time, TRUE },
  { "duration", dup_duration, TRUE },  { "wrong", dup_wrong, TRUE },
  { "modules", dup_modules, TRUE },
};
/* clang-format on */

/* Facts come from servers and files, so they are made fit for a label, and none is read again for names in braces. In
 * our own words a translation may have signs for the direction of writing. */
static void
append_fact (GString *sentence, PsaResult *result, const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *clean = NULL;

      if (strlen (facts[i].name) != length || strncmp (facts[i].name, name, length) != 0)
        continue;
      value = facts[i].dup (result);
      if (value == NULL || *value == '\0')
        {
          /* Translators: stands in a sentence for a name, date or number that is not known */
          g_string_append (sentence, _("(not known)"));
          return;
        }
      if (!facts[i].in_our_words)
        clean = psa_printable_dup (value, strlen (value), MAX_VALUE, PSA_PRINTABLE_ONE_LINE);
      g_string_append (sentence, clean != NULL ? clean : value);
      return;
    }

  g_debug ("A sentence asks for {%.*s}, which is no fact", (int) length, name);
}

static char *
fill (const char *template, PsaResult *result)
{
  GString *sentence = g_string_new (NULL);
  const char *at = template;

  while (*at != '\0')
    {
      const char *open = strchr (at, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;

      if (close == NULL)
        break;
      g_string_append_len (sentence, at, open - at);
      append_fact (sentence, result, open + 1, (gsize) (close - open - 1));
      at = close + 1;
    }
  g_string_append (sentence, at);
  return g_string_free_and_steal (sentence);
}

/**
 * psa_message_new:
 * @result: a result of a check, or one read from the history
 *
 * The cause in the user's language, with the facts filled in.
 *
 * Returns: (transfer full): three sentences, none of them empty
 */
PsaMessage *
psa_message_new (PsaResult *result)
{
  PsaMessage *self;
  PsaWording wording;

  g_return_val_if_fail (result != NULL, NULL);

  wording = psa_wording_choose (result);
  self = g_new0 (PsaMessage, 1);
  self->what = fill (_ (wording.what), result);
  self->why = fill (_ (wording.why), result);
  self->next = fill (_ (wording.next), result);
  return self;
}

void
psa_message_free (PsaMessage *self)
{
  if (self == NULL)
    return;

  g_free (self->what);
  g_free (self->why);
  g_free (self->next);
  g_free (self);
}

/**
 * psa_message_dup_clean:
 * @text: anything
 *
 * Makes text from outside fit for a label: one line of valid UTF-8, in which control, zero-width and
 * bidirectional signs are visible. It is plain text: what shows it must not take it for markup.
 *
 * Returns: (transfer full): the text
 */
char *
psa_message_dup_clean (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return psa_printable_dup (text, strlen (text), G_MAXSIZE, PSA_PRINTABLE_ONE_LINE);
}
