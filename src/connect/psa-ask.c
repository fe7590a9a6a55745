/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-ask.h"

#include "psa-permissions.h"

#define SECURITY_PAGE                                                                              \
  "system/mySecurity?pageSize=" G_STRINGIFY (PSA_PERMISSIONS_PAGE_SIZE) "&page=%u"

/* The paths below the API's base. Sources: sections 5 and 7 of the API facts. */
static const char *const paths[] = {
  [PSA_ASK_INFO] = "system/info",
  [PSA_ASK_INFO_VERSIONED] = "system/info",
  [PSA_ASK_INFO_PLAIN] = "system/info",
  [PSA_ASK_SECURITY] = "system/mySecurity?pageSize=1",
  [PSA_ASK_SECURITY_VERSIONED] = "system/mySecurity?pageSize=1",
  [PSA_ASK_COUNT_COMPANIES] = "company/companies/count",
  [PSA_ASK_COUNT_TICKETS] = "service/tickets/count",
  [PSA_ASK_COUNT_CONTACTS] = "company/contacts/count",
  [PSA_ASK_COUNT_MEMBERS] = "system/members/count",
  [PSA_ASK_COUNT_AGREEMENTS] = "finance/agreements/count",
  [PSA_ASK_COUNT_PROJECT_TICKETS] = "project/tickets/count",
  [PSA_ASK_COUNT_TIME_ENTRIES] = "time/entries/count",
  [PSA_ASK_COUNT_CATALOG] = "procurement/catalog/count",
  [PSA_ASK_COUNT_OPPORTUNITIES] = "sales/opportunities/count",
  [PSA_ASK_SECURITY_PAGE] = SECURITY_PAGE,
  [PSA_ASK_PROOF_PLAIN] = NULL, /* that of the proof which it asks once more */
};

static const PsaReply *
find_reply (GPtrArray *replies, PsaAsk ask)
{
  for (guint i = replies->len; i > 0; i--)
    {
      const PsaReply *reply = g_ptr_array_index (replies, i - 1);

      if (reply->ask == ask)
        return reply;
    }
  return NULL;
}

/* The base that answered sign-in is the base of everything after it, but rights that were only found below the
 * release's codebase go on from there; what a server calls its codebase is
 * used only where its form is safe. */
static char *
dup_codebase (PsaAsk ask, GPtrArray *replies)
{
  const PsaReply *company = find_reply (replies, PSA_ASK_COMPANY);
  g_autoptr(PsaTenant) tenant = psa_tenant_new ();
  gboolean versioned =
      ask == PSA_ASK_INFO_VERSIONED || ask == PSA_ASK_SECURITY_VERSIONED ||
      (ask != PSA_ASK_INFO && (find_reply (replies, PSA_ASK_INFO_VERSIONED) != NULL ||
                               find_reply (replies, PSA_ASK_SECURITY_VERSIONED) != NULL));

  if (versioned && company != NULL && psa_reply_read_company (company, tenant) &&
      psa_tenant_has_versioned_codebase (tenant))
    return g_steal_pointer (&tenant->codebase);
  return g_strdup (PSA_ADDRESS_ALIAS);
}

static char *
dup_company_path (const char *company_id)
{
  g_autofree char *escaped = g_uri_escape_string (company_id, NULL, FALSE);

  /* A name of dots only is a step in the path, also to a server that undoes this. */
  if (g_str_equal (escaped, ".") || g_str_equal (escaped, ".."))
    return g_strdup_printf ("/login/companyinfo/%%2E%s", escaped[1] == '.' ? "%2E" : "");
  return g_strconcat ("/login/companyinfo/", escaped, NULL);
}

static guint
count_replies (GPtrArray *replies, PsaAsk ask)
{
  guint n = 0;

  for (guint i = 0; i < replies->len; i++)
    n += ((const PsaReply *) g_ptr_array_index (replies, i))->ask == ask;
  return n;
}

static char *
dup_path (PsaAsk ask, GPtrArray *replies)
{
  if (ask == PSA_ASK_PROOF_PLAIN && replies->len > 0)
    ask = ((const PsaReply *) g_ptr_array_index (replies, replies->len - 1))->ask;

  g_return_val_if_fail ((guint) ask < G_N_ELEMENTS (paths) && paths[ask] != NULL, NULL);
  if (ask == PSA_ASK_SECURITY_PAGE)
    return g_strdup_printf (SECURITY_PAGE, count_replies (replies, ask) + 1);
  return g_strdup (paths[ask]);
}

/**
 * psa_ask_get_stage:
 *
 * Returns: the stage of a check that @ask belongs to
 */
PsaStage
psa_ask_get_stage (PsaAsk ask)
{
  switch (ask)
    {
    case PSA_ASK_COMPANY:
      return PSA_STAGE_COMPANY;
    case PSA_ASK_INFO:
    case PSA_ASK_INFO_VERSIONED:
    case PSA_ASK_INFO_PLAIN:
      return PSA_STAGE_SIGN_IN;
    case PSA_ASK_SECURITY:
    case PSA_ASK_SECURITY_VERSIONED:
    case PSA_ASK_COUNT_COMPANIES:
    case PSA_ASK_COUNT_TICKETS:
    case PSA_ASK_COUNT_CONTACTS:
    case PSA_ASK_COUNT_MEMBERS:
    case PSA_ASK_COUNT_AGREEMENTS:
    case PSA_ASK_COUNT_PROJECT_TICKETS:
    case PSA_ASK_COUNT_TIME_ENTRIES:
    case PSA_ASK_COUNT_CATALOG:
    case PSA_ASK_COUNT_OPPORTUNITIES:
    case PSA_ASK_SECURITY_PAGE:
    case PSA_ASK_PROOF_PLAIN:
      return PSA_STAGE_PROOF;
    case PSA_ASK_NOTHING:
    default:
      return PSA_STAGE_VERSION;
    }
}

/**
 * psa_ask_is_signed:
 *
 * Returns: whether @ask is sent with credentials: all but the one for the company
 */
gboolean
psa_ask_is_signed (PsaAsk ask)
{
  return ask != PSA_ASK_NOTHING && ask != PSA_ASK_COMPANY;
}

/**
 * psa_ask_dup_url:
 * @ask: what to ask, not %PSA_ASK_NOTHING
 * @company_id: what stands before the first `+` of the username, as typed
 * @replies: (element-type PsaReply): the replies so far
 *
 * The company ID becomes one percent-encoded step of the path.
 *
 * Returns: (transfer full): the whole URL, below the address's own origin
 */
char *
psa_ask_dup_url (PsaAsk ask, const PsaAddress *address, const char *company_id, GPtrArray *replies)
{
  g_autofree char *origin = NULL;
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  g_autofree char *codebase = NULL;

  g_return_val_if_fail (ask != PSA_ASK_NOTHING, NULL);
  g_return_val_if_fail (address != NULL && company_id != NULL && replies != NULL, NULL);

  if (ask == PSA_ASK_COMPANY)
    {
      origin = psa_address_dup_origin (address);
      path = dup_company_path (company_id);
      return g_strconcat (origin, path, NULL);
    }

  codebase = dup_codebase (ask, replies);
  base = psa_address_dup_base_url (address, codebase);
  path = dup_path (ask, replies);
  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", path, NULL);
}

/**
 * psa_ask_dup_base_url:
 * @replies: (element-type PsaReply): all replies of a check
 *
 * Returns: (transfer full): the API's base below which a proof would be asked next
 */
char *
psa_ask_dup_base_url (const PsaAddress *address, GPtrArray *replies)
{
  g_autofree char *codebase = NULL;

  g_return_val_if_fail (address != NULL && replies != NULL, NULL);

  codebase = dup_codebase (PSA_ASK_SECURITY_PAGE, replies);
  return psa_address_dup_base_url (address, codebase);
}

/**
 * psa_ask_dup_accept:
 * @asked_version: "2025.1"; "" asks for the tenant's current one
 *
 * Source: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide#Versioning
 *
 * Returns: (transfer full): the value of the `Accept` header, always printable ASCII
 */
char *
psa_ask_dup_accept (PsaAsk ask, const char *asked_version)
{
  g_return_val_if_fail (asked_version != NULL, NULL);

  if (!psa_ask_is_signed (ask) || ask == PSA_ASK_INFO_PLAIN || ask == PSA_ASK_PROOF_PLAIN ||
      *asked_version == '\0')
    return g_strdup ("application/json");

  for (const char *at = asked_version; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at) && *at != ' ')
      return g_strdup ("application/json");
  return g_strconcat ("application/vnd.connectwise.com+json; version=", asked_version, NULL);
}
