/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-check.h"

#include <glib/gi18n-lib.h>

#include "psa-api-version.h"
#include "psa-credentials.h"
#include "psa-findings.h"
#include "psa-module.h"
#include "psa-progress.h"
#include "psa-retry.h"
#include "psa-username.h"
#include "psa-verdict.h"

struct _PsaCheck
{
  GObject parent_instance;
  PsaClient *client;
  PsaVault *vault;
  PsaProfile *profile;
  PsaClientIds *shared; /* (nullable) */
  PsaProgress *progress;
  char *waiting;

  GTask *task; /* while it runs; its data are the credentials, wiped with it */
  PsaVaultPrompt prompt;
  GCancellable *cancellable; /* ours, handed to what is under way */
  GSource *cancelled;
  GSource *limit;
  GSource *pause;
  PsaAddress *address;
  GPtrArray *replies;
  PsaAsk ask;
  guint tries;
  gboolean proven;    /* it ends well, whatever becomes of what is still asked */
  gboolean connected; /* a first request came through, and the timings with it */
  gboolean ran;
  gint64 wait_began; /* monotonic */
};

typedef enum
{
  PROP_STAGES = 1,
  PROP_WAITING,
} PsaCheckProperty;

static GParamSpec *properties[PROP_WAITING + 1];

G_DEFINE_FINAL_TYPE (PsaCheck, psa_check, G_TYPE_OBJECT)

static void step (PsaCheck *self);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (PsaCheck *self, GSource *source, GSourceFunc callback)
{
  /* The task holds us, and its end clears the source. */
  g_source_set_callback (source, callback, self, NULL);
  g_source_set_priority (source, G_PRIORITY_HIGH); /* before any answer of the same turn */
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

static void
say_waiting (PsaCheck *self, const char *waiting)
{
  if (g_set_str (&self->waiting, waiting))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

/* Leaves nothing behind that could still call us; the client goes, and its connections with it. */
static GTask *
stop (PsaCheck *self)
{
  g_clear_object (&self->client);
  clear_source (&self->cancelled);
  clear_source (&self->limit);
  clear_source (&self->pause);
  g_cancellable_cancel (self->cancellable);
  say_waiting (self, "");

  return g_steal_pointer (&self->task);
}

static void
conclude (PsaCheck *self, PsaCause cause, PsaStage stage, const char *detail)
{
  g_autoptr(PsaCheck) guard = g_object_ref (self);
  g_autoptr(GTask) task = stop (self);
  PsaCredentials *credentials = g_task_get_task_data (task);
  const PsaSecret *hidden[4] = { NULL };
  PsaFindings findings = {
    .profile = self->profile,
    .address = self->address,
    .replies = self->replies,
    .progress = self->progress,
    .secrets = hidden,
    .network_available = g_network_monitor_get_network_available (g_network_monitor_get_default ()),
  };

  psa_credentials_list (credentials, hidden);

  g_task_return_pointer (task, psa_findings_fold (&findings, cause, stage, detail),
                         (GDestroyNotify) psa_result_unref);
}

static gboolean
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  PsaCheck *self = user_data;
  g_autoptr(PsaCheck) guard = g_object_ref (self);
  g_autoptr(GTask) task = stop (self);

  psa_progress_abandon (self->progress);
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));

  return G_SOURCE_REMOVE;
}

/* The end of the whole check is a time-out of what was under way, not a cancelling. */
static gboolean
on_limit_cb (gpointer user_data)
{
  PsaCheck *self = user_data;
  PsaReply *reply;

  if (self->proven)
    {
      conclude (self, PSA_CAUSE_OK, PSA_STAGE_VERSION, NULL);
      return G_SOURCE_REMOVE;
    }

  reply = psa_reply_new (self->ask);
  reply->fault = PSA_FAULT_TIMED_OUT;
  reply->fault_stage = MAX (self->progress->stage, PSA_STAGE_PROXY);
  g_ptr_array_add (self->replies, reply);
  conclude (self, PSA_CAUSE_TIMED_OUT, reply->fault_stage, NULL);

  return G_SOURCE_REMOVE;
}

static void
start_limit (PsaCheck *self)
{
  double left = PSA_CHECK_SECONDS * 1000 - psa_progress_get_elapsed_ms (self->progress);

  self->limit = attach (self, g_timeout_source_new ((guint) MAX (left, 0)), on_limit_cb);
}

static void
phase_cb (PsaStage stage, gpointer user_data)
{
  PsaCheck *self = user_data;

  if (self->task == NULL)
    return;
  if (self->connected && stage < PSA_STAGE_COMPANY)
    return; /* a later connection tells nothing new: the timings are those of the first */

  psa_progress_enter (self->progress, stage);
}

static void send_request (PsaCheck *self);

static gboolean
on_pause_cb (gpointer user_data)
{
  PsaCheck *self = user_data;

  clear_source (&self->pause);
  send_request (self);

  return G_SOURCE_REMOVE;
}

static void
try_again (PsaCheck *self, const PsaReply *reply)
{
  PsaStage stage =
      reply->fault == PSA_FAULT_NONE ? psa_ask_get_stage (self->ask) : reply->fault_stage;
  PsaStageReport *report = psa_progress_get_report (self->progress, stage);

  if (psa_stage_report_get_tries (report) == 0)
    psa_stage_report_add_try (report); /* the one that failed */
  psa_stage_report_add_try (report);
  self->pause =
      attach (self, g_timeout_source_new (psa_retry_get_pause_ms (self->tries)), on_pause_cb);
}

static void
send_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaCheck) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaReply) reply = psa_client_send_finish (PSA_CLIENT (object), result, &error);

  if (self->task == NULL)
    return;
  if (reply == NULL)
    {
      conclude (self, PSA_CAUSE_BAD_ADDRESS, PSA_STAGE_ADDRESS, error->message);
      return;
    }

  reply->tries = self->tries;
  psa_progress_take_timings (self->progress, reply, !self->connected);
  self->connected = self->connected || reply->fault == PSA_FAULT_NONE;
  if (psa_retry_is_due (reply, self->tries))
    {
      try_again (self, reply);
      return;
    }

  g_ptr_array_add (self->replies, g_steal_pointer (&reply));
  self->tries = 0;
  step (self);
}

static void
send_request (PsaCheck *self)
{
  PsaCredentials *credentials = g_task_get_task_data (self->task);
  gboolean is_signed = psa_ask_is_signed (self->ask);
  g_autofree char *url = psa_ask_dup_url (
      self->ask, self->address, psa_profile_get_company_id (self->profile), self->replies);
  g_autofree char *accept =
      psa_ask_dup_accept (self->ask, psa_profile_get_api_version (self->profile));
  PsaRequest request = {
    .ask = self->ask,
    .address = self->address,
    .url = url,
    .accept = accept,
    .authorization = is_signed ? credentials->authorization : NULL,
    .client_id = is_signed ? credentials->client_id : NULL,
    .trusted_sha256 = psa_profile_get_trusted_sha256 (self->profile),
    .new_connection = !self->connected,
  };

  self->tries++;
  psa_client_send_async (self->client, &request, phase_cb, self, self->cancellable, send_cb,
                         g_object_ref (self));
}

static void
load_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaCheck) self = user_data;
  g_autoptr(GError) error = NULL;

  if (self->task == NULL)
    return; /* the credentials went with it */

  self->progress->waited += g_get_monotonic_time () - self->wait_began;
  say_waiting (self, "");
  if (!psa_credentials_load_finish (result, &error))
    {
      conclude (self, psa_credentials_judge (error), PSA_STAGE_SIGN_IN, error->message);
      return;
    }

  start_limit (self);
  send_request (self);
}

/* The user may take as long as he likes over a prompt: the limit of the whole check is for the
 * tenant. */
static void
fetch_secrets (PsaCheck *self)
{
  clear_source (&self->limit);
  self->wait_began = g_get_monotonic_time ();
  say_waiting (self, _("Waiting for the keyring"));
  psa_credentials_load_async (g_task_get_task_data (self->task), self->vault, self->profile,
                              self->shared, self->prompt, self->cancellable, load_cb,
                              g_object_ref (self));
}

/* Asks the verdict what comes next, until it names a cause. */
static void
step (PsaCheck *self)
{
  PsaCredentials *credentials = g_task_get_task_data (self->task);
  PsaVerdict verdict = psa_verdict_reach (
      self->address, psa_modules_from_words (psa_profile_get_needs (self->profile)), self->replies);

  self->ask = verdict.next;
  self->proven = verdict.proven;
  if (verdict.next == PSA_ASK_NOTHING)
    {
      conclude (self, verdict.cause, verdict.stage, NULL);
      return;
    }

  if (self->connected)
    psa_progress_enter (self->progress, psa_ask_get_stage (verdict.next));
  if (psa_ask_is_signed (verdict.next) && credentials->authorization == NULL)
    fetch_secrets (self);
  else
    send_request (self);
}

/* What is kept was good when it was typed, but a file can be edited, and a draft is checked as it
 * stands. */
static gboolean
validate (PsaCheck *self, GError **error)
{
  g_autoptr(PsaAddress) kept = psa_profile_dup_address (self->profile);
  g_autofree char *text = kept == NULL ? g_strdup ("") : psa_address_dup_text (kept);
  g_autofree char *company = NULL;
  g_autofree char *key = NULL;
  g_autofree char *warning = NULL;

  self->address = psa_address_parse (text, error);

  return self->address != NULL &&
         psa_username_split (psa_profile_get_username (self->profile), &company, &key, error) &&
         psa_api_version_check (psa_profile_get_api_version (self->profile), &warning, error) &&
         psa_credentials_check (g_task_get_task_data (self->task), error);
}

static void
start (PsaCheck *self)
{
  g_autoptr(GError) error = NULL;

  psa_progress_begin (self->progress);
  if (!validate (self, &error))
    {
      conclude (self, PSA_CAUSE_BAD_ADDRESS, PSA_STAGE_ADDRESS, error->message);
      return;
    }

  psa_stage_report_end (psa_progress_get_report (self->progress, PSA_STAGE_ADDRESS),
                        PSA_STAGE_PASSED, psa_progress_get_elapsed_ms (self->progress), NULL);
  start_limit (self);
  step (self);
}

static void
psa_check_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaCheck *self = PSA_CHECK (object);

  switch ((PsaCheckProperty) prop_id)
    {
    case PROP_STAGES:
      g_value_set_object (value, self->progress->stages);
      break;
    case PROP_WAITING:
      g_value_set_string (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_check_dispose (GObject *object)
{
  PsaCheck *self = PSA_CHECK (object);

  g_assert (self->task == NULL); /* a task that runs holds us */
  g_clear_object (&self->client);
  g_clear_object (&self->vault);
  g_clear_object (&self->profile);
  g_clear_object (&self->shared);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (psa_check_parent_class)->dispose (object);
}

static void
psa_check_finalize (GObject *object)
{
  PsaCheck *self = PSA_CHECK (object);

  g_clear_pointer (&self->address, psa_address_free);
  g_clear_pointer (&self->replies, g_ptr_array_unref);
  g_clear_pointer (&self->progress, psa_progress_free);
  g_clear_pointer (&self->waiting, g_free);

  G_OBJECT_CLASS (psa_check_parent_class)->finalize (object);
}

static void
psa_check_class_init (PsaCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = psa_check_dispose;
  object_class->finalize = psa_check_finalize;
  object_class->get_property = psa_check_get_property;

  properties[PROP_STAGES] = g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_WAITING] = g_param_spec_string ("waiting", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_check_init (PsaCheck *self)
{
  self->waiting = g_strdup ("");
  self->cancellable = g_cancellable_new ();
  self->replies = g_ptr_array_new_with_free_func ((GDestroyNotify) psa_reply_free);
  self->progress = psa_progress_new ();
}

/**
 * psa_check_new:
 * @client: what sends the requests
 * @vault: where secrets are that were not typed
 * @profile: what to try; a copy is taken
 *
 * Returns: (transfer full): a check that has not begun
 */
PsaCheck *
psa_check_new (PsaClient *client, PsaVault *vault, PsaProfile *profile)
{
  PsaCheck *self;

  g_return_val_if_fail (PSA_IS_CLIENT (client), NULL);
  g_return_val_if_fail (PSA_IS_VAULT (vault), NULL);
  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);

  self = g_object_new (PSA_TYPE_CHECK, NULL);
  self->client = g_object_ref (client);
  self->vault = g_object_ref (vault);
  self->profile = psa_profile_copy (profile);

  return self;
}

/**
 * psa_check_share:
 * @self: a check that has not begun
 * @shared: the Client IDs of other checks under way
 */
void
psa_check_share (PsaCheck *self, PsaClientIds *shared)
{
  g_return_if_fail (PSA_IS_CHECK (self));
  g_return_if_fail (PSA_IS_CLIENT_IDS (shared));

  g_set_object (&self->shared, shared);
}

/**
 * psa_check_get_profile_id:
 * @self: a check
 *
 * Returns: the UUID of the profile that is tried
 */
const char *
psa_check_get_profile_id (PsaCheck *self)
{
  g_return_val_if_fail (PSA_IS_CHECK (self), NULL);

  return psa_profile_get_id (self->profile);
}

/**
 * psa_check_get_revision:
 * @self: a check
 *
 * Returns: the revision that the profile had when the check was made
 */
guint
psa_check_get_revision (PsaCheck *self)
{
  g_return_val_if_fail (PSA_IS_CHECK (self), 0);

  return psa_profile_get_revision (self->profile);
}

/**
 * psa_check_get_stages:
 * @self: a check
 *
 * Returns: (transfer none): the nine `PsaStageReport`, which fill in as the check goes on
 */
GListModel *
psa_check_get_stages (PsaCheck *self)
{
  g_return_val_if_fail (PSA_IS_CHECK (self), NULL);

  return G_LIST_MODEL (self->progress->stages);
}

/**
 * psa_check_get_waiting:
 * @self: a check
 *
 * Returns: a translated sentence on what is waited for; "" while nothing unusual is
 */
const char *
psa_check_get_waiting (PsaCheck *self)
{
  g_return_val_if_fail (PSA_IS_CHECK (self), NULL);

  return self->waiting;
}

/**
 * psa_check_set_waiting:
 * @self: a check that has not begun
 * @waiting: a translated sentence on what it waits for, until it begins
 */
void
psa_check_set_waiting (PsaCheck *self, const char *waiting)
{
  g_return_if_fail (PSA_IS_CHECK (self));
  g_return_if_fail (waiting != NULL && !self->ran);

  say_waiting (self, waiting);
}

/**
 * psa_check_run_async:
 * @self: a check that has not begun
 * @client_id: (nullable): typed and not saved; %NULL looks it up under the profile's integration
 * @password: (nullable): likewise; %NULL looks it up under the profile's UUID
 * @prompt: whether the keyring may ask to be unlocked
 * @cancellable: (nullable): cancelling takes effect in the next turn of the main loop
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Tries the profile: at most %PSA_CHECK_SECONDS, not counting the time in which a user is asked to
 * unlock the keyring. The secrets are looked up only once the company stage has passed.
 *
 * Only a connection that was refused or reset, and a 5xx other than 511, are tried again, twice at
 * most.
 */
void
psa_check_run_async (PsaCheck *self,
                     const PsaSecret *client_id,
                     const PsaSecret *password,
                     PsaVaultPrompt prompt,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (PSA_IS_CHECK (self));
  g_return_if_fail (!self->ran);

  self->ran = TRUE;
  say_waiting (self, "");
  self->prompt = prompt;
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, psa_check_run_async);
  g_task_set_check_cancellable (self->task, FALSE); /* what has ended has ended */
  g_task_set_task_data (self->task, psa_credentials_new (client_id, password),
                        (GDestroyNotify) psa_credentials_free);
  if (cancellable != NULL)
    self->cancelled =
        attach (self, g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled_cb));

  start (self);
}

/**
 * psa_check_run_finish:
 * @self: a check
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found; %NULL only where the check was cancelled
 */
PsaResult *
psa_check_run_finish (PsaCheck *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_check_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
