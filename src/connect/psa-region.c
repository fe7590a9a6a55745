/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-region.h"

#include "psa-message.h"
#include "psa-verdict.h"

#include <glib/gi18n.h>

struct _PsaRegion
{
  GObject parent_instance;
  const PsaSite *site;
  PsaRegionAnswer answer;
  PsaCause cause;
  char *host;
  char *company;
  char *version;
  char *text;
};

typedef enum
{
  PROP_ANSWER = 1,
  PROP_TEXT,
} PsaRegionProperty;

static GParamSpec *properties[PROP_TEXT + 1];

G_DEFINE_FINAL_TYPE (PsaRegion, psa_region, G_TYPE_OBJECT)

static void
take_company (PsaRegion *self, const PsaReply *reply)
{
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();
  char *named;

  psa_reply_read_company (reply, tenant);
  named = psa_tenant_dup_named_host (tenant, self->site->host);
  if (named != NULL)
    {
      g_free (self->host);
      self->host = named;
    }
  g_set_str (&self->company, tenant->company);
  g_set_str (&self->version, tenant->version);
}

static char *
describe_company (PsaRegion *self)
{
  g_autofree char *company =
      psa_message_dup_clean (self->company != NULL ? self->company : C_("company", "Found"));
  g_autofree char *version = self->version != NULL ? psa_message_dup_clean (self->version) : NULL;

  if (version == NULL)
    return g_steal_pointer (&company);
  /* Translators: the name of a company, and the version of ConnectWise PSA that it runs */
  return g_strdup_printf (_("%s, version %s"), company, version);
}

/* The first sentence of what a check of this host would have said. */
static char *
describe_cause (PsaRegion *self, const PsaReply *reply, const char *company_id)
{
  g_autoptr(PsaResult) result = psa_result_new (NULL);
  g_autoptr(PsaMessage) message = NULL;

  result->cause = self->cause;
  result->host = g_strdup (self->site->host);
  result->port = PSA_ADDRESS_DEFAULT_PORT;
  result->company_id = g_strdup (company_id);
  result->http_status = reply->status;
  result->location = g_strdup (reply->location);
  if (reply->certificate != NULL)
    result->certificate = psa_certificate_copy (reply->certificate);
  message = psa_message_new (result);
  return g_steal_pointer (&message->what);
}

static void
psa_region_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaRegion *self = PSA_REGION (object);

  switch ((PsaRegionProperty) prop_id)
    {
    case PROP_ANSWER:
      g_value_set_uint (value, self->answer);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_region_finalize (GObject *object)
{
  PsaRegion *self = PSA_REGION (object);

  g_free (self->host);
  g_free (self->company);
  g_free (self->version);
  g_free (self->text);

  G_OBJECT_CLASS (psa_region_parent_class)->finalize (object);
}

static void
psa_region_class_init (PsaRegionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = psa_region_get_property;
  object_class->finalize = psa_region_finalize;

  properties[PROP_ANSWER] =
      g_param_spec_uint ("answer", NULL, NULL, 0, PSA_REGION_UNASKED, 0, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_region_init (PsaRegion *self)
{
  self->cause = PSA_CAUSE_NEVER_CHECKED;
  self->text = g_strdup (_("Asking…"));
}

/**
 * psa_region_new:
 * @site: a site of the table
 *
 * Returns: (transfer full): the site, of which nothing is known yet
 */
PsaRegion *
psa_region_new (const PsaSite *site)
{
  PsaRegion *self;

  g_return_val_if_fail (site != NULL, NULL);

  self = g_object_new (PSA_TYPE_REGION, NULL);
  self->site = site;
  self->host = g_strdup (site->host);
  return self;
}

const PsaSite *
psa_region_get_site (PsaRegion *self)
{
  g_return_val_if_fail (PSA_IS_REGION (self), NULL);

  return self->site;
}

PsaRegionAnswer
psa_region_get_answer (PsaRegion *self)
{
  g_return_val_if_fail (PSA_IS_REGION (self), PSA_REGION_ASKING);

  return self->answer;
}

/**
 * psa_region_get_cause:
 * @self: a site
 *
 * Returns: why it could not be asked, or that it does not know the company
 */
PsaCause
psa_region_get_cause (PsaRegion *self)
{
  g_return_val_if_fail (PSA_IS_REGION (self), PSA_CAUSE_NEVER_CHECKED);

  return self->cause;
}

/**
 * psa_region_get_host:
 * @self: a site
 *
 * Returns: the host that a profile should have: the site's own, or another of the vendor's that it
 *   named as the company's
 */
const char *
psa_region_get_host (PsaRegion *self)
{
  g_return_val_if_fail (PSA_IS_REGION (self), NULL);

  return self->host;
}

/**
 * psa_region_get_company:
 * @self: a site
 *
 * Returns: (nullable): the company's name, as the site sent it
 */
const char *
psa_region_get_company (PsaRegion *self)
{
  g_return_val_if_fail (PSA_IS_REGION (self), NULL);

  return self->company;
}

/**
 * psa_region_get_version:
 * @self: a site
 *
 * Returns: (nullable): the version that the company runs, such as "2025.1"
 */
const char *
psa_region_get_version (PsaRegion *self)
{
  g_return_val_if_fail (PSA_IS_REGION (self), NULL);

  return self->version;
}

/**
 * psa_region_get_text:
 * @self: a site
 *
 * Returns: what it said, in one translated line that is fit for a label
 */
const char *
psa_region_get_text (PsaRegion *self)
{
  g_return_val_if_fail (PSA_IS_REGION (self), NULL);

  return self->text;
}

/**
 * psa_region_settle:
 * @self: a site that was asked
 * @reply: what came of it
 * @company_id: the company that it was asked for
 *
 * Takes the answer. It means what it means in the company stage of a check.
 */
void
psa_region_settle (PsaRegion *self, const PsaReply *reply, const char *company_id)
{
  g_autoptr(PsaAddress) address = NULL;
  g_autoptr(GPtrArray) replies = g_ptr_array_new ();
  PsaVerdict verdict;

  g_return_if_fail (PSA_IS_REGION (self));
  g_return_if_fail (reply != NULL && reply->ask == PSA_ASK_COMPANY);
  g_return_if_fail (company_id != NULL);

  address = psa_address_new (self->site->host, PSA_ADDRESS_DEFAULT_PORT);
  g_ptr_array_add (replies, (gpointer) reply);
  verdict = psa_verdict_reach (address, 0, replies);
  g_clear_pointer (&self->text, g_free);
  if (verdict.next != PSA_ASK_NOTHING)
    {
      self->answer = PSA_REGION_FOUND;
      take_company (self, reply);
      self->text = describe_company (self);
    }
  else if (verdict.cause == PSA_CAUSE_UNKNOWN_COMPANY)
    {
      self->answer = PSA_REGION_UNKNOWN;
      self->cause = verdict.cause;
      self->text = g_strdup (_("Not known here"));
    }
  else
    {
      self->answer = PSA_REGION_UNASKED;
      self->cause = verdict.cause;
      self->text = describe_cause (self, reply, company_id);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANSWER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
