/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-stage.h"

#include <glib/gi18n.h>

struct _PsaStageReport
{
  GObject parent_instance;
  PsaStage stage;
  PsaStageResult result;
  double ms;
  double start_ms;
  char *detail;
  guint tries;
};

typedef enum
{
  PROP_STAGE = 1,
  PROP_RESULT,
  PROP_MS,
  PROP_START_MS,
  PROP_DETAIL,
  PROP_TRIES,
} PsaStageReportProperty;

static GParamSpec *properties[PROP_TRIES + 1];

/* The nicks are the tokens of files and of `--json`. */
/* clang-format off */
G_DEFINE_ENUM_TYPE (PsaStage, psa_stage,
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_ADDRESS, "address"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_PROXY, "proxy"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_RESOLVE, "resolve"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_CONNECT, "connect"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_COMPANY, "company"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_SIGN_IN, "sign-in"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_PROOF, "proof"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_VERSION, "version"))

G_DEFINE_ENUM_TYPE (PsaStageResult, psa_stage_result,
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_PASSED, "passed"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_WARNED, "warned"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (PSA_STAGE_SKIPPED, "skipped"))

static const char *const stage_words[PSA_N_STAGES] = {
  [PSA_STAGE_ADDRESS] = N_("Address"),
  [PSA_STAGE_PROXY] = N_("Proxy"),
  [PSA_STAGE_RESOLVE] = N_("Name lookup"),
  [PSA_STAGE_CONNECT] = N_("Connection"),
  [PSA_STAGE_TLS] = N_("Secure connection"),
  [PSA_STAGE_COMPANY] = N_("Company"),
  [PSA_STAGE_SIGN_IN] = N_("Sign-in"),
  /* Translators: the stage of a check that proves the keys by reading something small */
  [PSA_STAGE_PROOF] = N_("First read"),
  [PSA_STAGE_VERSION] = N_("API version"),
};

static const char *const result_words[] = {
  /* Translators: how a stage of a check stands */
  [PSA_STAGE_PENDING] = N_("Waiting"),
  [PSA_STAGE_RUNNING] = N_("Running"),
  [PSA_STAGE_PASSED] = N_("Passed"),
  [PSA_STAGE_WARNED] = N_("Passed, with a warning"),
  [PSA_STAGE_FAILED] = N_("Failed"),
  [PSA_STAGE_SKIPPED] = N_("Skipped"),
};
/* clang-format on */

G_DEFINE_FINAL_TYPE (PsaStageReport, psa_stage_report, G_TYPE_OBJECT)

static gboolean
find_value (GType type, const char *token, int *value)
{
  GEnumClass *class = g_type_class_get (type);
  const GEnumValue *found = token != NULL ? g_enum_get_value_by_nick (class, token) : NULL;

  if (found == NULL)
    return FALSE;
  *value = found->value;
  return TRUE;
}

static void
psa_stage_report_finalize (GObject *object)
{
  PsaStageReport *self = PSA_STAGE_REPORT (object);

  g_free (self->detail);
  G_OBJECT_CLASS (psa_stage_report_parent_class)->finalize (object);
}

static void
psa_stage_report_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStageReport *self = PSA_STAGE_REPORT (object);

  switch ((PsaStageReportProperty) prop_id)
    {
    case PROP_STAGE:
      g_value_set_enum (value, (int) self->stage);
      break;
    case PROP_RESULT:
      g_value_set_enum (value, (int) self->result);
      break;
    case PROP_MS:
      g_value_set_double (value, self->ms);
      break;
    case PROP_START_MS:
      g_value_set_double (value, self->start_ms);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_TRIES:
      g_value_set_uint (value, self->tries);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_stage_report_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  PsaStageReport *self = PSA_STAGE_REPORT (object);

  if (prop_id == PROP_STAGE)
    self->stage = (PsaStage) g_value_get_enum (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
psa_stage_report_class_init (PsaStageReportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = psa_stage_report_finalize;
  object_class->get_property = psa_stage_report_get_property;
  object_class->set_property = psa_stage_report_set_property;

  properties[PROP_STAGE] =
      g_param_spec_enum ("stage", NULL, NULL, PSA_TYPE_STAGE, PSA_STAGE_ADDRESS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_RESULT] =
      g_param_spec_enum ("result", NULL, NULL, PSA_TYPE_STAGE_RESULT, PSA_STAGE_PENDING, read);
  properties[PROP_MS] = g_param_spec_double ("ms", NULL, NULL, -1, G_MAXDOUBLE, -1, read);
  properties[PROP_START_MS] =
      g_param_spec_double ("start-ms", NULL, NULL, -1, G_MAXDOUBLE, -1, read);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, "", read);
  properties[PROP_TRIES] = g_param_spec_uint ("tries", NULL, NULL, 0, G_MAXUINT, 0, read);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_stage_report_init (PsaStageReport *self)
{
  self->ms = -1;
  self->start_ms = -1;
  self->detail = g_strdup ("");
}

static void
set_result (PsaStageReport *self, PsaStageResult result)
{
  if (self->result == result)
    return;
  self->result = result;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
}

static void
set_number (PsaStageReport *self, double *field, double value, PsaStageReportProperty property)
{
  /* Not a number, or a clock that went backwards: as good as not measured. */
  if (!(value >= 0))
    value = -1;
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * psa_stage_get_token:
 *
 * Returns: (transfer none): the stage's name in files, `--json` and tests; never translated
 */
const char *
psa_stage_get_token (PsaStage stage)
{
  const GEnumValue *value = g_enum_get_value (g_type_class_get (PSA_TYPE_STAGE), (int) stage);

  g_return_val_if_fail (value != NULL, "");
  return value->value_nick;
}

/**
 * psa_stage_get_word:
 *
 * Returns: (transfer none): the stage's name for a person, translated
 */
const char *
psa_stage_get_word (PsaStage stage)
{
  g_return_val_if_fail ((guint) stage < PSA_N_STAGES, "");
  return _(stage_words[stage]);
}

/**
 * psa_stage_from_token:
 * @token: (nullable): any text
 * @stage: (out): set only where the token is known
 *
 * Returns: whether @token names a stage
 */
gboolean
psa_stage_from_token (const char *token, PsaStage *stage)
{
  int value = 0;

  g_return_val_if_fail (stage != NULL, FALSE);
  if (!find_value (PSA_TYPE_STAGE, token, &value))
    return FALSE;
  *stage = (PsaStage) value;
  return TRUE;
}

/**
 * psa_stage_result_get_token:
 *
 * Returns: (transfer none): the result's name in files, `--json` and tests; never translated
 */
const char *
psa_stage_result_get_token (PsaStageResult result)
{
  const GEnumValue *value =
      g_enum_get_value (g_type_class_get (PSA_TYPE_STAGE_RESULT), (int) result);

  g_return_val_if_fail (value != NULL, "");
  return value->value_nick;
}

/**
 * psa_stage_result_get_word:
 *
 * Returns: (transfer none): how the stage stands, for a person, translated
 */
const char *
psa_stage_result_get_word (PsaStageResult result)
{
  g_return_val_if_fail ((guint) result < G_N_ELEMENTS (result_words), "");
  return _(result_words[result]);
}

/**
 * psa_stage_result_from_token:
 * @token: (nullable): any text
 * @result: (out): set only where the token is known
 *
 * Returns: whether @token names a result of a stage
 */
gboolean
psa_stage_result_from_token (const char *token, PsaStageResult *result)
{
  int value = 0;

  g_return_val_if_fail (result != NULL, FALSE);
  if (!find_value (PSA_TYPE_STAGE_RESULT, token, &value))
    return FALSE;
  *result = (PsaStageResult) value;
  return TRUE;
}

/**
 * psa_stage_report_new:
 *
 * Returns: (transfer full): a stage that is pending, with nothing measured
 */
PsaStageReport *
psa_stage_report_new (PsaStage stage)
{
  return g_object_new (PSA_TYPE_STAGE_REPORT, "stage", stage, NULL);
}

PsaStage
psa_stage_report_get_stage (PsaStageReport *self)
{
  g_return_val_if_fail (PSA_IS_STAGE_REPORT (self), PSA_STAGE_ADDRESS);
  return self->stage;
}

PsaStageResult
psa_stage_report_get_result (PsaStageReport *self)
{
  g_return_val_if_fail (PSA_IS_STAGE_REPORT (self), PSA_STAGE_PENDING);
  return self->result;
}

/**
 * psa_stage_report_get_ms:
 *
 * Returns: how long the stage took, in milliseconds; −1 where it was not measured
 */
double
psa_stage_report_get_ms (PsaStageReport *self)
{
  g_return_val_if_fail (PSA_IS_STAGE_REPORT (self), -1);
  return self->ms;
}

/**
 * psa_stage_report_get_start_ms:
 *
 * Returns: when the stage began, in milliseconds since the check began; −1 unknown
 */
double
psa_stage_report_get_start_ms (PsaStageReport *self)
{
  g_return_val_if_fail (PSA_IS_STAGE_REPORT (self), -1);
  return self->start_ms;
}

/**
 * psa_stage_report_get_detail:
 *
 * Returns: (transfer none) (not nullable): a short translated text, may be ""
 */
const char *
psa_stage_report_get_detail (PsaStageReport *self)
{
  g_return_val_if_fail (PSA_IS_STAGE_REPORT (self), "");
  return self->detail;
}

/**
 * psa_stage_report_get_tries:
 *
 * Returns: how often the stage was tried, 0 before the first try
 */
guint
psa_stage_report_get_tries (PsaStageReport *self)
{
  g_return_val_if_fail (PSA_IS_STAGE_REPORT (self), 0);
  return self->tries;
}

/**
 * psa_stage_report_start:
 * @start_ms: milliseconds since the check began; negative where unknown
 *
 * The stage is running now.
 */
void
psa_stage_report_start (PsaStageReport *self, double start_ms)
{
  g_return_if_fail (PSA_IS_STAGE_REPORT (self));

  set_number (self, &self->start_ms, start_ms, PROP_START_MS);
  set_result (self, PSA_STAGE_RUNNING);
}

/**
 * psa_stage_report_end:
 * @result: passed, warned, failed or skipped
 * @ms: milliseconds the stage took; negative where it was not measured
 * @detail: (nullable): a short translated text; NULL leaves what is there
 *
 * The stage has ended. May be called again, where what follows judges it anew.
 */
void
psa_stage_report_end (PsaStageReport *self, PsaStageResult result, double ms, const char *detail)
{
  g_return_if_fail (PSA_IS_STAGE_REPORT (self));
  g_return_if_fail (result != PSA_STAGE_PENDING && result != PSA_STAGE_RUNNING);

  set_number (self, &self->ms, ms, PROP_MS);
  if (detail != NULL && g_set_str (&self->detail, detail))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  set_result (self, result);
}

/**
 * psa_stage_report_add_try:
 *
 * One try more.
 */
void
psa_stage_report_add_try (PsaStageReport *self)
{
  g_return_if_fail (PSA_IS_STAGE_REPORT (self));

  self->tries++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRIES]);
}
