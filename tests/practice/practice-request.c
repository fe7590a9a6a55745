/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-request.h"

#include <string.h>

#define ROUTER_CODEBASE "v4_6_release"
#define RELEASE_CODEBASE "v2025_1"
#define API_PATH "apis/3.0/"

/* The lists whose counts a check may ask for.
 * Source: API specification 2025.16, as in CR src/Manage. [documented] */
static const char *const known_lists[] = {
  "company/companies",
  "company/contacts",
  "company/configurations",
  "expense/entries",
  "finance/agreements",
  "finance/invoices",
  "marketing/campaigns",
  "procurement/catalog",
  "procurement/products",
  "procurement/purchaseorders",
  "project/projects",
  "project/tickets",
  "sales/activities",
  "sales/opportunities",
  "schedule/entries",
  "service/boards",
  "service/tickets",
  "system/apiMembers",
  "system/callbacks",
  "system/info/members",
  "system/integratorlogins",
  "system/members",
  "system/reports",
  "system/securityroles",
  "time/entries",
  NULL,
};

static gboolean
is_known_list (const char *resource)
{
  for (guint i = 0; known_lists[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (known_lists[i], resource) == 0)
        return TRUE;
    }
  return FALSE;
}

static PracticeKind
read_resource (PracticeRequest *self, const char *resource)
{
  self->resource = g_strdup (resource);

  /* ASP.NET does not look at the case of a path. [inferred] */
  if (g_ascii_strcasecmp (resource, "system/info") == 0)
    return PRACTICE_KIND_INFO;
  if (g_ascii_strcasecmp (resource, "system/mySecurity") == 0)
    return PRACTICE_KIND_MATRIX;
  if (g_ascii_strcasecmp (resource, "system/myMembers/info") == 0)
    return PRACTICE_KIND_MEMBER;
  if (is_known_list (resource))
    return PRACTICE_KIND_LIST;
  if (g_str_has_suffix (resource, "/count"))
    {
      self->resource[strlen (resource) - strlen ("/count")] = '\0';
      if (is_known_list (self->resource))
        return PRACTICE_KIND_COUNT;
    }
  return PRACTICE_KIND_MISSING;
}

/* Reads `/{codebase}/apis/3.0/{resource}`. */
static PracticeKind
read_api_path (PracticeRequest *self, const char *path)
{
  const char *api = strstr (path, "/" API_PATH);
  g_autofree char *codebase = NULL;
  const char *resource;

  if (api == NULL)
    return PRACTICE_KIND_WEB;

  codebase = g_strndup (path + 1, MAX (api - path - 1, 0));
  resource = api + 1 + strlen (API_PATH);
  if (g_ascii_strcasecmp (codebase, RELEASE_CODEBASE) == 0)
    self->versioned = TRUE;
  else if (g_ascii_strcasecmp (codebase, ROUTER_CODEBASE) != 0)
    return PRACTICE_KIND_UNROUTABLE; /* [inferred] from the words of the answer */

  /* Source: a public client met "Cannot route" for a doubled path. [reported] */
  if (strstr (resource, API_PATH) != NULL)
    return PRACTICE_KIND_UNROUTABLE;

  return read_resource (self, resource);
}

static PracticeKind
read_path (PracticeRequest *self)
{
  const char *company_prefix = "/login/companyinfo/";

  if (g_str_has_prefix (self->path, company_prefix))
    {
      /* One segment: a company ID with a slash in it arrives as %2F. */
      self->company = g_uri_unescape_string (self->path + strlen (company_prefix), NULL);
      return PRACTICE_KIND_COMPANY;
    }
  if (g_str_has_prefix (self->path, "/1.0/status/"))
    return PRACTICE_KIND_STATUS_PAGE;
  return read_api_path (self, self->path);
}

/* Takes `Basic base64(company+key:password)` apart, at the first `+` and the first `:`. A key has
 * no colon, a password may. Source: osTicket client [reported] */
static void
read_sign_in (PracticeRequest *self)
{
  g_autofree guchar *decoded = NULL;
  g_autofree char *user = NULL;
  const char *colon;
  const char *plus;
  gsize length = 0;

  if (self->authorization == NULL || g_ascii_strncasecmp (self->authorization, "Basic ", 6) != 0)
    return;

  decoded = g_base64_decode (self->authorization + 6, &length);
  if (decoded == NULL || length == 0 || memchr (decoded, ':', length) == NULL)
    return;

  user = g_strndup ((const char *) decoded, length);
  colon = strchr (user, ':');
  if (colon == NULL)
    return;

  self->private_key = g_strdup (colon + 1);
  user[colon - user] = '\0';
  plus = strchr (user, '+');
  if (plus == NULL)
    return;

  self->user_has_plus = TRUE;
  self->public_key = g_strdup (plus + 1);
  user[plus - user] = '\0';
  self->company = g_steal_pointer (&user);
}

/* Members may sign in by cookies instead. Whatever they carry is no key pair of ours, so only the
 * company counts: it says which tenant refuses them. They are not seen at all without
 * `memberContext`. Source: Developer Guide, "Authentication"; hash check [reported] */
static void
read_cookies (PracticeRequest *self, SoupMessageHeaders *headers)
{
  const char *header = soup_message_headers_get_list (headers, "Cookie");
  g_auto(GStrv) cookies = NULL;
  g_autofree char *company = NULL;
  gboolean in_web = FALSE;

  if (header == NULL || self->authorization != NULL)
    return;

  cookies = g_strsplit (header, ";", 0);
  for (guint i = 0; cookies[i] != NULL; i++)
    {
      const char *cookie = g_strstrip (cookies[i]);

      if (g_ascii_strncasecmp (cookie, "companyName=", strlen ("companyName=")) == 0)
        g_set_str (&company, cookie + strlen ("companyName="));
      else if (g_ascii_strcasecmp (cookie, "memberContext=web") == 0)
        in_web = TRUE;
    }

  if (in_web && company != NULL)
    {
      self->company = g_steal_pointer (&company);
      self->user_has_plus = TRUE;
    }
}

/* Finds the version in an Accept header that may list several types, as one client's
 * `application/vnd.connectwise.com+json; version=2025.1, application/json` does. [documented] */
static void
read_version (PracticeRequest *self, SoupMessageHeaders *headers)
{
  const char *accept = soup_message_headers_get_list (headers, "Accept");
  GSList *types = accept != NULL ? soup_header_parse_list (accept) : NULL;

  for (GSList *l = types; l != NULL && self->version == NULL; l = l->next)
    {
      g_autoptr(GHashTable) parameters = NULL;
      const char *semicolon = strchr (l->data, ';');
      g_autofree char *type = NULL;

      if (semicolon == NULL)
        continue;

      type = g_strstrip (g_strndup (l->data, semicolon - (const char *) l->data));
      if (g_ascii_strcasecmp (type, "application/vnd.connectwise.com+json") != 0)
        continue;

      parameters = soup_header_parse_semi_param_list (semicolon + 1);
      self->version = g_strdup (g_hash_table_lookup (parameters, "version"));
    }

  g_clear_pointer (&types, soup_header_free_list);
}

/**
 * practice_request_new:
 * @message: a request whose headers and body are in; the server must have `raw-paths`
 *
 * Takes a request apart. Needs no network and judges nothing.
 *
 * Returns: (transfer full): the request
 */
PracticeRequest *
practice_request_new (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  PracticeRequest *self = g_new0 (PracticeRequest, 1);
  const char *paging = soup_message_headers_get_one (headers, "pagination-type");

  self->method = g_strdup (soup_server_message_get_method (message));
  self->path = g_strdup (g_uri_get_path (uri));
  self->query = g_strdup (g_uri_get_query (uri));
  self->parameters = soup_form_decode (self->query != NULL ? self->query : "");
  self->host = g_strdup (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri) > 0 ? (guint) g_uri_get_port (uri) : 443;
  self->kind = read_path (self);

  /* The names of headers are found in any letter case; clients write `clientid`, `clientId` and
   * `ClientID`. Of companyinfo nobody asks for a sign-in, and what is sent is not looked at.
   * Source: Developer Guide; NG, CWM [documented] */
  if (self->kind != PRACTICE_KIND_COMPANY)
    {
      self->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
      self->client_id = g_strdup (soup_message_headers_get_one (headers, "clientId"));
      read_sign_in (self);
      read_cookies (self, headers);
      read_version (self, headers);
    }

  self->forward_only = paging != NULL && g_ascii_strcasecmp (paging, "forward-only") == 0;
  self->page_id = practice_request_get_number (self, "pageId", 0, G_MAXUINT32);
  return self;
}

/**
 * practice_request_free:
 * @self: (transfer full): a request
 *
 * Frees it.
 */
void
practice_request_free (PracticeRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_clear_pointer (&self->parameters, g_hash_table_unref);
  g_free (self->host);
  g_free (self->resource);
  g_free (self->company);
  g_free (self->public_key);
  g_free (self->private_key);
  g_free (self->authorization);
  g_free (self->client_id);
  g_free (self->version);
  g_free (self);
}

/**
 * practice_request_get_number:
 * @self: a request
 * @parameter: the name of a query parameter
 * @fallback: what a missing, negative or unreadable one stands for
 * @most: the cap; what is above it is silently lowered to it
 *
 * Reads a number off the query.
 *
 * Returns: the number
 */
guint64
practice_request_get_number (const PracticeRequest *self,
                             const char *parameter,
                             guint64 fallback,
                             guint64 most)
{
  const char *text = g_hash_table_lookup (self->parameters, parameter);
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &number, NULL))
    return fallback;
  return MIN (number, most);
}
