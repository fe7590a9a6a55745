/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-result.h"

#include "psa-error.h"
#include "psa-module.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_RAW (4 * 1024)

/* ---- writing ---- */

static void
put_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/* Whole milliseconds are what anybody needs, and they read well; null where nothing was measured. */
static void
put_ms (JsonObject *object, const char *name, double ms)
{
  if (ms >= 0 && ms < G_MAXINT)
    json_object_set_int_member (object, name, lround (ms));
  else
    json_object_set_null_member (object, name);
}

/* RFC 3339 in UTC, null where unknown. */
static void
put_time (JsonObject *object, const char *name, gint64 usec)
{
  g_autoptr(GDateTime) time = usec > 0 ? g_date_time_new_from_unix_utc_usec (usec) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  put_text (object, name, text);
}

static JsonArray *
write_warnings (GArray *warnings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < warnings->len; i++)
    json_array_add_string_element (array,
                                   psa_cause_get_token (g_array_index (warnings, PsaCause, i)));
  return array;
}

static JsonArray *
write_modules (guint modules)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < PSA_N_MODULES; i++)
    if ((modules & PSA_MODULE_BIT (i)) != 0)
      json_array_add_string_element (array, psa_module_get_word ((PsaModule) i));
  return array;
}

static JsonObject *
write_tenant (PsaResult *self)
{
  JsonObject *object = json_object_new ();

  put_text (object, "company", self->tenant->company);
  put_text (object, "companyId", self->tenant->company_id);
  put_text (object, "version", self->tenant->version);
  json_object_set_boolean_member (object, "cloud", psa_result_is_cloud (self));
  put_text (object, "region", self->tenant->region);
  put_text (object, "timeZone", self->tenant->time_zone);
  return object;
}

static JsonArray *
write_texts (GStrv texts)
{
  JsonArray *array = json_array_new ();

  for (; *texts != NULL; texts++)
    json_array_add_string_element (array, *texts);
  return array;
}

static JsonArray *
write_stages (PsaResult *self)
{
  g_autoptr(PsaKeptStage) stages = psa_result_dup_kept_stages (self);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < PSA_N_STAGES; i++)
    {
      const PsaKeptStage *kept = &stages[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "stage", psa_stage_get_token ((PsaStage) i));
      json_object_set_string_member (object, "result", psa_stage_result_get_token (kept->result));
      put_ms (object, "ms", kept->ms);
      json_object_set_string_member (object, "detail", kept->detail != NULL ? kept->detail : "");
      put_ms (object, "startMs", kept->start_ms);
      json_object_set_int_member (object, "tries", kept->tries);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
write_certificate (const PsaCertificate *certificate)
{
  JsonObject *object = json_object_new ();

  put_text (object, "sha256", certificate->sha256);
  put_text (object, "issuer", certificate->issuer);
  put_text (object, "subject", certificate->subject);
  put_time (object, "notBefore", certificate->not_before * G_USEC_PER_SEC);
  put_time (object, "notAfter", certificate->not_after * G_USEC_PER_SEC);
  json_object_set_int_member (object, "errors", (gint64) certificate->errors);
  return object;
}

/* What the window needs after a restart, beside the schema of `--json`, under one name of its own. */
static JsonObject *
write_details (PsaResult *self)
{
  JsonObject *object = json_object_new ();

  put_text (object, "profile", self->profile_id);
  json_object_set_int_member (object, "revision", self->revision);
  put_text (object, "host", self->host);
  json_object_set_int_member (object, "port", self->port);
  put_text (object, "companyId", self->company_id);
  put_text (object, "askedVersion", self->asked_version);
  put_text (object, "location", self->location);
  put_time (object, "retryAt", self->retry_at * G_USEC_PER_SEC);
  json_object_set_int_member (object, "status", self->http_status);
  put_text (object, "requestId", self->request_id);
  put_text (object, "tls", self->tls_protocol);
  put_text (object, "http", self->http_protocol);
  put_text (object, "codebase", self->tenant->codebase);
  put_text (object, "siteUrl", self->tenant->site_url);
  put_text (object, "apiVersion", self->tenant->api_version);
  if (self->tenant->licenses != NULL)
    json_object_set_array_member (object, "licenses", write_texts (self->tenant->licenses));
  put_text (object, "trustedSha256", self->trusted_sha256);
  if (self->certificate != NULL)
    json_object_set_object_member (object, "certificate", write_certificate (self->certificate));
  else
    json_object_set_null_member (object, "certificate");
  json_object_set_array_member (object, "refusedModules", write_modules (self->refused_modules));
  put_text (object, "raw", self->raw);
  return object;
}

/* ---- reading: whatever the text was, a member of another type counts as absent ---- */

static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

static gint64
get_int (JsonObject *object, const char *name, gint64 max, gint64 otherwise)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);
  gint64 value = node != NULL ? json_node_get_int (node) : otherwise;

  return value >= 0 && value <= max ? value : otherwise;
}

static gint64
get_time (JsonObject *object, const char *name)
{
  const char *text = get_text (object, name);
  g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? MAX (g_date_time_to_unix_usec (time), 0) : 0;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
read_warnings (PsaResult *self, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PsaCause cause;

      if (self->warnings->len < PSA_N_CAUSES && JSON_NODE_HOLDS_VALUE (node) &&
          json_node_get_value_type (node) == G_TYPE_STRING &&
          psa_cause_from_token (json_node_get_string (node), &cause))
        g_array_append_val (self->warnings, cause);
    }
}

static guint
read_modules (JsonArray *array)
{
  guint modules = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PsaModule module;

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          psa_module_from_word (json_node_get_string (node), &module))
        modules |= PSA_MODULE_BIT (module);
    }
  return modules;
}

static void
read_stages (PsaResult *self, JsonArray *array)
{
  self->kept_stages = g_new0 (PsaKeptStage, PSA_N_STAGES);
  for (guint i = 0; i < PSA_N_STAGES; i++)
    self->kept_stages[i].ms = self->kept_stages[i].start_ms = -1;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      PsaKeptStage *kept;
      PsaStage stage;
      PsaStageResult result;
      const char *detail;

      if (object == NULL || !psa_stage_from_token (get_text (object, "stage"), &stage) ||
          !psa_stage_result_from_token (get_text (object, "result"), &result) ||
          result == PSA_STAGE_PENDING || result == PSA_STAGE_RUNNING)
        continue;
      kept = &self->kept_stages[stage];
      kept->result = result;
      kept->tries = (guint) get_int (object, "tries", 100, 0);
      kept->start_ms = (int) get_int (object, "startMs", G_MAXINT, -1);
      kept->ms = (int) get_int (object, "ms", G_MAXINT, -1);
      detail = get_text (object, "detail");
      g_set_str (&kept->detail, detail != NULL && *detail != '\0' ? detail : NULL);
    }
}

static GStrv
dup_texts (JsonArray *array)
{
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (texts, json_node_get_string (node));
    }
  return g_strv_builder_end (texts);
}

static void
read_tenant (PsaTenant *tenant, JsonObject *object, JsonObject *details)
{
  JsonNode *cloud = get_value (object, "cloud", G_TYPE_BOOLEAN);

  tenant->company = g_strdup (get_text (object, "company"));
  tenant->company_id = g_strdup (get_text (object, "companyId"));
  tenant->version = g_strdup (get_text (object, "version"));
  tenant->region = g_strdup (get_text (object, "region"));
  tenant->time_zone = g_strdup (get_text (object, "timeZone"));
  tenant->cloud = cloud != NULL && json_node_get_boolean (cloud);
  tenant->codebase = g_strdup (get_text (details, "codebase"));
  tenant->site_url = g_strdup (get_text (details, "siteUrl"));
  tenant->api_version = g_strdup (get_text (details, "apiVersion"));
  tenant->licenses = details != NULL ? dup_texts (get_array (details, "licenses")) : NULL;
}

/* A certificate without its fingerprint is of no use to anybody. */
static PsaCertificate *
read_certificate (JsonObject *object)
{
  g_autofree char *sha256 = g_strdup (get_text (object, "sha256"));
  g_autofree char *issuer = NULL;
  g_autofree char *subject = NULL;
  PsaCertificate lent = { 0 };

  if (sha256 == NULL)
    return NULL;

  issuer = g_strdup (get_text (object, "issuer"));
  subject = g_strdup (get_text (object, "subject"));
  lent.sha256 = sha256;
  lent.issuer = issuer != NULL ? issuer : (char *) "";
  lent.subject = subject != NULL ? subject : (char *) "";
  lent.not_before = get_time (object, "notBefore") / G_USEC_PER_SEC;
  lent.not_after = get_time (object, "notAfter") / G_USEC_PER_SEC;
  lent.errors =
      (GTlsCertificateFlags) get_int (object, "errors", G_TLS_CERTIFICATE_VALIDATE_ALL, 0);
  return psa_certificate_copy (&lent);
}

static void
read_details (PsaResult *self, JsonObject *object)
{
  const char *raw = get_text (object, "raw");

  self->profile_id = g_strdup (get_text (object, "profile"));
  self->revision = (guint) get_int (object, "revision", G_MAXUINT, 0);
  self->host = g_strdup (get_text (object, "host"));
  self->port = (guint) get_int (object, "port", G_MAXUINT16, 0);
  self->company_id = g_strdup (get_text (object, "companyId"));
  self->asked_version = g_strdup (get_text (object, "askedVersion"));
  self->location = g_strdup (get_text (object, "location"));
  self->retry_at = get_time (object, "retryAt") / G_USEC_PER_SEC;
  self->http_status = (guint) get_int (object, "status", 999, 0);
  self->request_id = g_strdup (get_text (object, "requestId"));
  self->tls_protocol = g_strdup (get_text (object, "tls"));
  self->http_protocol = g_strdup (get_text (object, "http"));
  self->trusted_sha256 = g_strdup (get_text (object, "trustedSha256"));
  self->refused_modules = object != NULL ? read_modules (get_array (object, "refusedModules")) : 0;
  self->certificate = read_certificate (get_object (object, "certificate"));
  if (raw != NULL && strlen (raw) <= MAX_RAW)
    self->raw = g_strdup (raw);
}

/**
 * psa_result_to_json:
 *
 * Writes the result as the history keeps it and `psactl --json` prints it. To print it, the caller adds `id`, `name`,
 * `environment`, `state` and `message`; what only the window needs stands in `details` and may be taken out:
 * `{"cause","warnings":[…],"checkedAt","durationMs","tenant":{"company","companyId","version","cloud","region",
 * "timeZone"},"stages":[{"stage","result","ms","detail","startMs","tries"}],"details":{…}}`.
 * Durations are whole milliseconds, times RFC 3339 in UTC; what is unknown is null.
 *
 * Returns: (transfer full): a new object without secrets
 */
JsonObject *
psa_result_to_json (PsaResult *self)
{
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "cause", psa_cause_get_token (self->cause));
  json_object_set_array_member (object, "warnings", write_warnings (self->warnings));
  put_time (object, "checkedAt", self->checked_at);
  put_ms (object, "durationMs", self->duration_ms);
  json_object_set_object_member (object, "tenant", write_tenant (self));
  json_object_set_array_member (object, "stages", write_stages (self));
  json_object_set_object_member (object, "details", write_details (self));
  return object;
}

/**
 * psa_result_new_from_json:
 * @object: what psa_result_to_json() wrote, or anything at all
 * @error: return location for %PSA_ERROR_DAMAGED
 *
 * Reads a result back. A member that is missing or of another type counts as unknown; only without a cause, a
 * profile and the time of the check it is no result.
 *
 * Returns: (transfer full) (nullable): the result
 */
PsaResult *
psa_result_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr(PsaResult) self = NULL;
  PsaCause cause;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = psa_result_new (NULL);
  read_details (self, get_object (object, "details"));
  self->checked_at = get_time (object, "checkedAt");
  if (!psa_cause_from_token (get_text (object, "cause"), &cause) || self->profile_id == NULL ||
      self->checked_at == 0)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_DAMAGED,
                           _("An old result could not be read."));
      return NULL;
    }

  self->cause = cause;
  self->duration_ms = get_int (object, "durationMs", G_MAXINT, 0);
  read_warnings (self, get_array (object, "warnings"));
  read_tenant (self->tenant, get_object (object, "tenant"), get_object (object, "details"));
  read_stages (self, get_array (object, "stages"));
  return g_steal_pointer (&self);
}
