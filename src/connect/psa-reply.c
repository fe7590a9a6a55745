/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-reply.h"

#include "psa-api-version.h"
#include "psa-printable.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"     /* byte order mark */
#define MAX_FIELD 256          /* bytes of one text of a tenant that we keep */
#define MAX_LICENSES 500       /* a tenant has some dozens */
#define MAX_EXCERPT (4 * 1024) /* bytes of an answer that stand behind Details */
#define HTML_WITHIN 1024       /* a page says so in its first bytes */

/* The body without a leading byte order mark. */
static const char *
get_text (const PsaReply *self, gsize *length)
{
  const char *text = self->body != NULL ? g_bytes_get_data (self->body, length) : NULL;

  if (text == NULL)
    {
      *length = 0;
      return "";
    }
  if (*length >= 3 && memcmp (text, BOM, 3) == 0)
    {
      *length -= 3;
      return text + 3;
    }
  return text;
}

/* Exactly one JSON value, or NULL. json-glib must be strict, since it else takes several values for an
 * array or aborts; and it is given neither NULs nor bytes that are no UTF-8, which it would pass on. Its
 * error is not kept: that it is no JSON is all that counts, and its words quote the answer. */
static JsonNode *
parse (const PsaReply *self)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  gsize length = 0;
  const char *text = get_text (self, &length);

  if (length == 0 || length > G_MAXSSIZE || !g_utf8_validate_len (text, length, NULL))
    return NULL;
  if (length >= 3 && memcmp (text, BOM, 3) == 0)
    return NULL; /* one is skipped, which json-glib would do once more */

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static JsonObject *
get_object (const PsaReply *self)
{
  return self->json != NULL && JSON_NODE_HOLDS_OBJECT (self->json)
             ? json_node_get_object (self->json)
             : NULL;
}

static gboolean
holds_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING;
}

/* A non-empty string made fit to be shown; null and other types count as absent. */
static char *
dup_field (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = holds_string (node) ? json_node_get_string (node) : NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  return psa_printable_dup (text, strlen (text), MAX_FIELD, PSA_PRINTABLE_ONE_LINE);
}

/* Replaces what is there only by what was really sent. */
static void
take_field (char **field, char *value)
{
  if (value == NULL)
    return;
  g_free (*field);
  *field = value;
}

/* `true`, or the text "True" of older servers. Source: section 2 of the API facts, “IsCloud” */
static gboolean
read_flag (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (holds_string (node))
    return g_ascii_strcasecmp (json_node_get_string (node), "true") == 0;
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* The names of the licences that are active, in the order in which they were sent. */
static GStrv
dup_licenses (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "licenseBits");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < MIN (json_array_get_length (array), MAX_LICENSES); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *license =
          JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      char *name =
          license != NULL && read_flag (license, "activeFlag") ? dup_field (license, "name") : NULL;

      if (name != NULL)
        g_strv_builder_take (names, name);
    }
  return g_strv_builder_end (names);
}

/* The text of one of @names in an error body, whatever the case of its name. */
static char *
dup_error_text (const PsaReply *self, const char *const *names)
{
  JsonObject *object = get_object (self);

  if (object == NULL)
    return NULL;

  for (; *names != NULL; names++)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, &name, &node))
        if (g_ascii_strcasecmp (name, *names) == 0 && holds_string (node))
          return g_strdup (json_node_get_string (node));
    }
  return NULL;
}

/* Where @needle, in lower case, stands in @text, whatever its case. Bytes, since a body may hold NULs. */
static gboolean
contains (const char *text, gsize length, const char *needle)
{
  gsize needle_length = strlen (needle);

  for (gsize i = 0; i + needle_length <= length; i++)
    {
      gsize same = 0;

      while (same < needle_length &&
             g_ascii_tolower (text[i + same]) == g_ascii_tolower (needle[same]))
        same++;
      if (same == needle_length)
        return TRUE;
    }
  return FALSE;
}

/**
 * psa_reply_new:
 *
 * Returns: (transfer full): a reply to @ask of which nothing is known: no fault, no status, nothing measured
 */
PsaReply *
psa_reply_new (PsaAsk ask)
{
  PsaReply *self = g_new0 (PsaReply, 1);

  self->ask = ask;
  self->retry_after = -1;
  self->resolve_ms = -1;
  self->connect_ms = -1;
  self->tls_ms = -1;
  self->total_ms = -1;
  return self;
}

void
psa_reply_free (PsaReply *self)
{
  if (self == NULL)
    return;

  g_free (self->detail);
  g_free (self->content_type);
  g_free (self->location);
  g_free (self->api_version);
  g_free (self->request_id);
  g_free (self->link);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->certificate, psa_certificate_free);
  g_free (self->tls_protocol);
  g_free (self->http_protocol);
  g_free (self);
}

/**
 * psa_reply_take_body:
 * @body: (transfer full): what was sent
 *
 * Sets the body and its JSON. It is read here, once, since a verdict asks many times what an answer is.
 */
void
psa_reply_take_body (PsaReply *self, GBytes *body)
{
  g_return_if_fail (self != NULL && self->body == NULL && body != NULL);

  self->body = body;
  self->json = parse (self);
}

/**
 * psa_reply_has_next_page:
 *
 * Source: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide, “Pagination”: `next` is left
 * out at the end
 *
 * Returns: whether the `Link` header names a next page
 */
gboolean
psa_reply_has_next_page (const PsaReply *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->link != NULL && (contains (self->link, strlen (self->link), "rel=\"next\"") ||
                                contains (self->link, strlen (self->link), "rel=next"));
}

/**
 * psa_reply_is_html:
 *
 * Whether the answer is a web page. The body is believed before the Content-Type: JSON that is sent as
 * `text/html` is JSON, and a page that is sent as JSON is a page.
 *
 * Returns: whether it is a web page
 */
gboolean
psa_reply_is_html (const PsaReply *self)
{
  gsize length = 0;
  const char *text;

  g_return_val_if_fail (self != NULL, FALSE);

  text = get_text (self, &length);
  if (contains (text, MIN (length, HTML_WITHIN), "<html") ||
      contains (text, MIN (length, HTML_WITHIN), "<!doctype html"))
    return !psa_reply_is_json (self);

  return self->content_type != NULL &&
         (contains (self->content_type, strlen (self->content_type), "text/html") ||
          contains (self->content_type, strlen (self->content_type), "xhtml")) &&
         !psa_reply_is_empty (self) && !psa_reply_is_json (self);
}

/**
 * psa_reply_is_json:
 *
 * Returns: whether the body is exactly one strict JSON value in UTF-8; a leading byte order mark is skipped
 */
gboolean
psa_reply_is_json (const PsaReply *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->json != NULL;
}

/**
 * psa_reply_is_empty:
 *
 * Returns: whether the body has nothing but blanks
 */
gboolean
psa_reply_is_empty (const PsaReply *self)
{
  gsize length = 0;
  const char *text;

  g_return_val_if_fail (self != NULL, FALSE);

  text = get_text (self, &length);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

/**
 * psa_reply_is_null:
 *
 * Returns: whether the body is the JSON value `null`, as companyinfo says of a company that it does not know
 */
gboolean
psa_reply_is_null (const PsaReply *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->json != NULL && JSON_NODE_HOLDS_NULL (self->json);
}

/**
 * psa_reply_read_company:
 * @tenant: (inout) (nullable): takes what the answer says; what it does not say stays
 *
 * Reads the body of the company stage, `{ "CompanyName", "Codebase", "VersionCode", "CompanyID", "IsCloud",
 * "SiteUrl", … }`. Each text is cut at 256 bytes and made fit to be shown.
 *
 * Source: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide, “Cloud vs Premise”
 *
 * Returns: whether it is an object with a `Codebase`, a non-empty string
 */
gboolean
psa_reply_read_company (const PsaReply *self, PsaTenant *tenant)
{
  g_autofree char *codebase = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, FALSE);

  object = get_object (self);
  if (object == NULL)
    return FALSE;
  codebase = dup_field (object, "Codebase");
  if (codebase == NULL)
    return FALSE;

  if (tenant != NULL)
    {
      g_autofree char *version = dup_field (object, "VersionCode");

      take_field (&tenant->codebase, g_steal_pointer (&codebase));
      take_field (&tenant->company, dup_field (object, "CompanyName"));
      take_field (&tenant->company_id, dup_field (object, "CompanyID"));
      take_field (&tenant->site_url, dup_field (object, "SiteUrl"));
      if (version != NULL)
        take_field (&tenant->version, psa_api_version_dup_from_tenant (version));
      tenant->cloud = read_flag (object, "IsCloud");
    }
  return TRUE;
}

/**
 * psa_reply_read_info:
 * @tenant: (inout) (nullable): takes what the answer says; what it does not say stays
 *
 * Reads the body of the sign-in stage, `{ "version", "isCloud", "serverTimeZone", "cloudRegion", "licenseBits": [
 * { "name", "activeFlag" } ] }`, of which only `version` is asked for.
 *
 * Source: section 7 of the API facts, “GET /system/info”
 *
 * Returns: whether it is an object with a `version`, a non-empty string
 */
gboolean
psa_reply_read_info (const PsaReply *self, PsaTenant *tenant)
{
  g_autofree char *version = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, FALSE);

  object = get_object (self);
  if (object == NULL)
    return FALSE;
  version = dup_field (object, "version");
  if (version == NULL)
    return FALSE;

  if (tenant != NULL)
    {
      GStrv licenses = dup_licenses (object);

      if (licenses != NULL)
        {
          g_strfreev (tenant->licenses);
          tenant->licenses = licenses;
        }
      take_field (&tenant->version, psa_api_version_dup_from_tenant (version));
      take_field (&tenant->region, dup_field (object, "cloudRegion"));
      take_field (&tenant->time_zone, dup_field (object, "serverTimeZone"));
    }
  return TRUE;
}

static gboolean
asks_for_rights (const PsaReply *self)
{
  return self->ask == PSA_ASK_SECURITY || self->ask == PSA_ASK_SECURITY_VERSIONED ||
         self->ask == PSA_ASK_SECURITY_PAGE;
}

/**
 * psa_reply_proves:
 *
 * Whether the body is what the ask promises: an array of rights, or an object with a number `count`. An empty
 * array and a count of 0 are good answers.
 *
 * Returns: whether it is
 */
gboolean
psa_reply_proves (const PsaReply *self)
{
  JsonObject *object;
  JsonNode *count;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->json != NULL && JSON_NODE_HOLDS_ARRAY (self->json))
    return asks_for_rights (self) || self->ask == PSA_ASK_PROOF_PLAIN;
  object = get_object (self);
  if (object == NULL || asks_for_rights (self))
    return FALSE;

  count = json_object_get_member (object, "count");
  if (count == NULL || !JSON_NODE_HOLDS_VALUE (count))
    return FALSE;
  return json_node_get_value_type (count) == G_TYPE_INT64 ||
         (json_node_get_value_type (count) == G_TYPE_DOUBLE &&
          isfinite (json_node_get_double (count)));
}

/**
 * psa_reply_says:
 * @text: ASCII, not empty
 *
 * Returns: whether @text stands anywhere in the body, whatever its case and whatever the body is
 */
gboolean
psa_reply_says (const PsaReply *self, const char *text)
{
  gsize length = 0;
  const char *body;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL && *text != '\0', FALSE);

  body = get_text (self, &length);
  return contains (body, length, text);
}

/**
 * psa_reply_dup_code:
 *
 * Returns: (transfer full) (nullable): `code` of an error body, or `error`, which stands in its place in a 429
 */
char *
psa_reply_dup_code (const PsaReply *self)
{
  static const char *const names[] = { "code", "error", NULL };

  g_return_val_if_fail (self != NULL, NULL);
  return dup_error_text (self, names);
}

/**
 * psa_reply_dup_message:
 *
 * What an answer says in words: the `message` of an error body, or the whole of a body that is plain text. Neither a
 * page nor any other JSON has a message.
 *
 * Returns: (transfer full) (nullable): the words, as sent
 */
char *
psa_reply_dup_message (const PsaReply *self)
{
  static const char *const names[] = { "message", NULL };
  gsize length = 0;
  const char *text;

  g_return_val_if_fail (self != NULL, NULL);

  if (psa_reply_is_json (self))
    return dup_error_text (self, names);
  if (psa_reply_is_html (self) || psa_reply_is_empty (self))
    return NULL;
  text = get_text (self, &length);
  return g_utf8_make_valid (text, (gssize) length);
}

/**
 * psa_reply_dup_excerpt:
 *
 * Returns: (transfer full): the beginning of the body for Details, at most 4 KiB of printable text. A cut text
 *   ends with “…”, by which psa_redact() knows that a secret may be cut as well. Not yet redacted.
 */
char *
psa_reply_dup_excerpt (const PsaReply *self)
{
  gsize length = 0;
  const char *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = get_text (self, &length);
  return psa_printable_dup (text, length, MAX_EXCERPT, PSA_PRINTABLE_KEEP_LINES);
}
