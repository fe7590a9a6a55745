/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-status-facts.h"

#include "psa-fact-row.h"
#include "psa-key-age.h"
#include "psa-keyring-words.h"
#include "psa-time-zone.h"
#include "psa-username.h"
#include "psa-vault-items.h"

#include <glib/gi18n.h>

#define SHOWN_OF_KEY 4

/**
 * PsaStatusFacts:
 *
 * What a check has learned of the tenant and of its certificate, and behind "Details" what was asked and
 * answered. A fact that is not known takes no room, nor does a group without facts.
 */
struct _PsaStatusFacts
{
  GtkBox parent_instance;

  PsaVault *vault;
  char *key_of; /* (nullable): profile and revision whose password's age is shown or looked up */
  char *id;     /* (nullable): the profile that is shown */
  guint revision;

  GtkWidget *tenant_group;
  PsaFactRow *company_row;
  PsaFactRow *version_row;
  PsaFactRow *hosting_row;
  PsaFactRow *region_row;
  PsaFactRow *local_time_row;
  PsaFactRow *time_zone_row;
  AdwExpanderRow *licenses_row;
  PsaFactRow *license_names_row;
  PsaFactRow *api_version_row;
  PsaFactRow *current_version_row;
  PsaFactRow *protocol_row;
  PsaFactRow *tls_row;
  GtkWidget *certificate_group;
  PsaFactRow *subject_row;
  PsaFactRow *issuer_row;
  PsaFactRow *expiry_row;
  PsaFactRow *sha256_row;
  PsaFactRow *former_sha256_row;
  PsaFactRow *trust_row;
  AdwExpanderRow *details_row;
  PsaFactRow *host_row;
  PsaFactRow *base_url_row;
  PsaFactRow *integration_row;
  PsaFactRow *company_id_row;
  PsaFactRow *key_row;
  PsaFactRow *secret_row;
  PsaFactRow *key_age_row;
  PsaFactRow *http_status_row;
  PsaFactRow *request_id_row;
  PsaFactRow *raw_row;
  PsaFactRow *trusted_row;
  GtkWidget *forget_row;
};

G_DEFINE_FINAL_TYPE (PsaStatusFacts, psa_status_facts, GTK_TYPE_BOX)

/* The zone's own name stands beside it; a zone that nobody knows has no time. */
static char *
dup_local_time (const PsaTenant *tenant)
{
  g_autoptr(GTimeZone) zone = psa_time_zone_new (tenant->time_zone);
  g_autoptr(GDateTime) now = zone != NULL ? g_date_time_new_now (zone) : NULL;

  /* Translators: a day of the week and a time as in “Tuesday, 14:02”, in the form of g_date_time_format() */
  return now != NULL ? g_date_time_format (now, _("%A, %H:%M")) : NULL;
}

static void
show_licenses (PsaStatusFacts *self, GStrv licenses)
{
  guint n_licenses = licenses != NULL ? g_strv_length (licenses) : 0;
  g_autofree char *names = n_licenses > 0 ? g_strjoinv ("\n", licenses) : NULL;
  g_autofree char *count =
      /* Translators: how many modules of ConnectWise PSA are licensed */
      g_strdup_printf (ngettext ("%u module", "%u modules", n_licenses), n_licenses);

  adw_expander_row_set_subtitle (self->licenses_row, count);
  psa_fact_row_set_value (self->license_names_row, names);
  gtk_widget_set_visible (GTK_WIDGET (self->licenses_row), n_licenses > 0);
}

static void
show_tenant (PsaStatusFacts *self, const PsaTenant *tenant)
{
  /* Whether it is cloud is known only once a company was found. */
  gboolean known = tenant != NULL && (tenant->company != NULL || tenant->version != NULL);
  const char *hosting = known ? (tenant->cloud ? _("Cloud") : _("Own server")) : NULL;
  g_autofree char *local_time = known ? dup_local_time (tenant) : NULL;

  psa_fact_row_set_value (self->company_row, known ? tenant->company : NULL);
  psa_fact_row_set_value (self->version_row, known ? tenant->version : NULL);
  psa_fact_row_set_sentence (self->hosting_row, hosting);
  psa_fact_row_set_value (self->region_row, known ? tenant->region : NULL);
  psa_fact_row_set_sentence (self->local_time_row, local_time);
  show_licenses (self, known ? tenant->licenses : NULL);
  psa_fact_row_set_value (self->time_zone_row, known ? tenant->time_zone : NULL);
  gtk_widget_set_visible (self->tenant_group, known);
}

static char *
dup_date (gint64 seconds)
{
  g_autoptr(GDateTime) date = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  /* Translators: a day as in “3 March 2027”, in the form of g_date_time_format() */
  return date != NULL ? g_date_time_format (date, _("%-d %B %Y")) : NULL;
}

static void
show_certificate (PsaStatusFacts *self, PsaResult *result, PsaProfile *profile)
{
  const PsaCertificate *certificate = result != NULL ? result->certificate : NULL;
  const char *trusted = psa_profile_get_trusted_sha256 (profile);
  g_autofree char *expiry = NULL;

  gtk_widget_set_visible (self->certificate_group, certificate != NULL);
  if (certificate == NULL)
    return;

  expiry = dup_date (certificate->not_after);
  psa_fact_row_set_value (self->subject_row, certificate->subject);
  psa_fact_row_set_value (self->issuer_row, certificate->issuer);
  psa_fact_row_set_sentence (self->expiry_row, expiry);
  psa_fact_row_set_value (self->sha256_row, certificate->sha256);
  psa_fact_row_set_value (self->former_sha256_row, result->cause == PSA_CAUSE_CERTIFICATE_CHANGED
                                                       ? result->trusted_sha256
                                                       : NULL);
  if (g_strcmp0 (trusted, certificate->sha256) == 0)
    psa_fact_row_set_sentence (self->trust_row, _("You trusted it for this profile"));
  else if (certificate->errors == 0)
    psa_fact_row_set_sentence (self->trust_row, _("This computer trusts it"));
  else
    psa_fact_row_set_sentence (self->trust_row, _("Not trusted"));
}

/* No more of a key than tells it from another. */
static char *
dup_key_hint (const char *username)
{
  g_autofree char *company = NULL;
  g_autofree char *key = NULL;
  glong length;

  if (!psa_username_split (username, &company, &key, NULL))
    return NULL;
  length = g_utf8_strlen (key, -1);
  if (length <= SHOWN_OF_KEY)
    return g_steal_pointer (&key);
  return g_strdup_printf ("…%s", g_utf8_offset_to_pointer (key, length - SHOWN_OF_KEY));
}

static void
show_profile (PsaStatusFacts *self,
              PsaProfile *profile,
              PsaIntegration *integration,
              PsaVault *vault)
{
  g_autofree char *place = psa_keyring_words_dup_place (vault);
  g_autoptr(PsaAddress) address = psa_profile_dup_address (profile);
  g_autofree char *host = address != NULL ? psa_address_dup_text (address) : NULL;
  g_autofree char *base_url = address != NULL ? psa_address_dup_base_url (address, NULL) : NULL;
  g_autofree char *key = dup_key_hint (psa_profile_get_username (profile));
  const char *version = psa_profile_get_api_version (profile);

  if (version == NULL || *version == '\0')
    version = _("The tenant’s current one");
  psa_fact_row_set_value (self->host_row, host);
  psa_fact_row_set_value (self->base_url_row, base_url);
  psa_fact_row_set_value (self->api_version_row, version);
  psa_fact_row_set_value (self->integration_row,
                          integration != NULL ? psa_integration_get_name (integration) : NULL);
  psa_fact_row_set_value (self->company_id_row, psa_profile_get_company_id (profile));
  psa_fact_row_set_value (self->key_row, key);
  psa_fact_row_set_sentence (self->secret_row, place);
  psa_fact_row_set_value (self->trusted_row, psa_profile_get_trusted_sha256 (profile));
  gtk_widget_set_visible (self->forget_row, psa_profile_get_trusted_sha256 (profile) != NULL);
}

static char *
dup_key (PsaStatusFacts *self)
{
  return g_strdup_printf ("%s/%u", self->id, self->revision);
}

static void
key_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaStatusFacts) self = user_data;
  g_autoptr(GError) error = NULL; /* then it is not told */
  g_autoptr(GPtrArray) items = psa_vault_list_finish (PSA_VAULT (object), result, &error);
  const PsaVaultItem *item = items != NULL && items->len > 0 ? items->pdata[0] : NULL;
  g_autofree char *age = NULL;

  if (self->key_age_row == NULL || item == NULL || g_strcmp0 (item->id, self->id) != 0)
    return; /* gone, or another profile is shown by now */
  age = psa_key_age_dup_text (item->modified);
  psa_fact_row_set_sentence (self->key_age_row, age);
}

/* The keyring is asked only for who looks, and once for a password. */
static void
look_up_key_age (PsaStatusFacts *self)
{
  g_autofree char *key = dup_key (self);

  if (self->id == NULL || !adw_expander_row_get_expanded (self->details_row) ||
      g_strcmp0 (self->key_of, key) == 0)
    return;
  g_set_str (&self->key_of, key);
  psa_vault_find_async (self->vault, self->id, NULL, key_found_cb, g_object_ref (self));
}

static void
show_key_age (PsaStatusFacts *self, PsaProfile *profile, PsaVault *vault)
{
  g_autofree char *key = NULL;

  g_set_object (&self->vault, vault);
  g_set_str (&self->id, psa_profile_get_id (profile));
  self->revision = psa_profile_get_revision (profile);
  key = dup_key (self);
  if (g_strcmp0 (self->key_of, key) != 0)
    psa_fact_row_set_value (self->key_age_row, NULL);
  look_up_key_age (self);
}

static void
show_answer (PsaStatusFacts *self, PsaResult *result)
{
  g_autofree char *status = NULL;

  if (result != NULL && result->http_status != 0)
    status = g_strdup_printf ("%u", result->http_status);
  psa_fact_row_set_value (self->http_status_row, status);
  psa_fact_row_set_value (self->current_version_row,
                          result != NULL ? result->tenant->api_version : NULL);
  psa_fact_row_set_value (self->protocol_row, result != NULL ? result->http_protocol : NULL);
  psa_fact_row_set_value (self->tls_row, result != NULL ? result->tls_protocol : NULL);
  psa_fact_row_set_value (self->request_id_row, result != NULL ? result->request_id : NULL);
  psa_fact_row_set_value (self->raw_row, result != NULL ? result->raw : NULL);
}

static void
psa_status_facts_dispose (GObject *object)
{
  PsaStatusFacts *self = PSA_STATUS_FACTS (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_STATUS_FACTS);
  g_clear_object (&self->vault);
  g_clear_pointer (&self->key_of, g_free);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (psa_status_facts_parent_class)->dispose (object);
}

static void
psa_status_facts_class_init (PsaStatusFactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psa_status_facts_dispose;

  g_type_ensure (PSA_TYPE_FACT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-status-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, tenant_group);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, company_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, version_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, hosting_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, region_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, local_time_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, time_zone_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, licenses_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, license_names_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, api_version_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, current_version_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, protocol_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, tls_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, certificate_group);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, subject_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, issuer_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, expiry_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, sha256_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, former_sha256_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, trust_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, details_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, host_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, base_url_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, integration_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, company_id_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, key_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, secret_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, key_age_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, http_status_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, request_id_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, raw_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, trusted_row);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusFacts, forget_row);
  gtk_widget_class_bind_template_callback (widget_class, look_up_key_age);
}

static void
psa_status_facts_init (PsaStatusFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_status_facts_show:
 * @self: the facts
 * @status: whose facts
 * @integration: (nullable): that of its profile
 * @vault: where its secrets are
 */
void
psa_status_facts_show (PsaStatusFacts *self,
                       PsaStatus *status,
                       PsaIntegration *integration,
                       PsaVault *vault)
{
  PsaProfile *profile;
  PsaResult *result;

  g_return_if_fail (PSA_IS_STATUS_FACTS (self));
  g_return_if_fail (PSA_IS_STATUS (status));
  g_return_if_fail (PSA_IS_VAULT (vault));

  profile = psa_status_get_profile (status);
  result = psa_status_get_result (status);
  show_tenant (self, result != NULL ? result->tenant : NULL);
  show_certificate (self, result, profile);
  show_profile (self, profile, integration, vault);
  show_key_age (self, profile, vault);
  show_answer (self, result);
}
