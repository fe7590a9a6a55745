/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-permissions-run-private.h"

#include <glib/gi18n-lib.h>

#include "psa-check.h"
#include "psa-credentials.h"
#include "psa-redact.h"

typedef enum
{
  PROP_DONE = 1,
  PROP_TOTAL,
  PROP_WAITING,
} PsaPermissionsRunProperty;

static GParamSpec *properties[PROP_WAITING + 1];

G_DEFINE_FINAL_TYPE (PsaPermissionsRun, psa_permissions_run, G_TYPE_OBJECT)

/* What a task returns: one of the two. */
typedef struct
{
  PsaPermissions *permissions;
  PsaResult *failure;
} Outcome;

static void
outcome_free (Outcome *self)
{
  g_clear_pointer (&self->permissions, psa_permissions_unref);
  g_clear_pointer (&self->failure, psa_result_unref);
  g_free (self);
}

/**
 * psa_permissions_run_set_progress:
 * @done: how many requests were answered
 * @total: of so many; 0 where that is not known
 */
void
psa_permissions_run_set_progress (PsaPermissionsRun *self, guint done, guint total)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (self->done != done)
    g_object_notify_by_pspec (object, properties[PROP_DONE]);
  if (self->total != total)
    g_object_notify_by_pspec (object, properties[PROP_TOTAL]);
  self->done = done;
  self->total = total;
  g_object_thaw_notify (object);
}

static void
say_waiting (PsaPermissionsRun *self, const char *waiting)
{
  if (g_set_str (&self->waiting, waiting))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

/* Leaves nothing behind that could still call us. */
static GTask *
stop (PsaPermissionsRun *self)
{
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  g_cancellable_cancel (self->cancellable);
  say_waiting (self, "");

  return g_steal_pointer (&self->task);
}

static gboolean
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  PsaPermissionsRun *self = user_data;
  g_autoptr(PsaPermissionsRun) guard = g_object_ref (self);
  g_autoptr(GTask) task = stop (self);

  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));

  return G_SOURCE_REMOVE;
}

static void
return_outcome (PsaPermissionsRun *self, PsaPermissions *permissions, PsaResult *failure)
{
  g_autoptr(PsaPermissionsRun) guard = g_object_ref (self);
  g_autoptr(GTask) task = stop (self);
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->permissions = permissions != NULL ? psa_permissions_ref (permissions) : NULL;
  outcome->failure = failure != NULL ? psa_result_ref (failure) : NULL;
  g_task_return_pointer (task, outcome, (GDestroyNotify) outcome_free);
}

/* What the server said goes through the one redaction, since it may send back what it was sent. */
static char *
dup_redacted (PsaPermissionsRun *self, const char *text)
{
  PsaCredentials *credentials = g_task_get_task_data (self->task);
  const PsaSecret *hidden[4];

  if (text == NULL)
    return NULL;
  psa_credentials_list (credentials, hidden);

  return psa_redact (text, hidden, psa_profile_get_username (self->profile));
}

/**
 * psa_permissions_run_fail:
 * @cause: why it ends
 * @reply: (nullable): what said so
 *
 * Ends the run without permissions. The sign-in was good; what ends it after that is told as a check would tell it.
 */
void
psa_permissions_run_fail (PsaPermissionsRun *self, PsaCause cause, const PsaReply *reply)
{
  g_autoptr(PsaResult) failure = psa_result_copy_for (self->result, self->profile);
  g_autofree char *excerpt = NULL;

  failure->cause = cause;
  failure->checked_at = g_get_real_time ();
  g_clear_pointer (&failure->warnings, g_array_unref);
  failure->warnings = g_array_new (FALSE, FALSE, sizeof (PsaCause));
  if (reply != NULL)
    {
      excerpt =
          reply->fault == PSA_FAULT_NONE ? psa_reply_dup_excerpt (reply) : g_strdup (reply->detail);
      failure->http_status = reply->status;
      g_free (failure->raw);
      failure->raw = dup_redacted (self, excerpt);
      g_free (failure->request_id);
      failure->request_id = dup_redacted (self, reply->request_id);
      failure->retry_at = reply->status == 429 && reply->retry_after >= 0
                              ? g_get_real_time () / G_USEC_PER_SEC + reply->retry_after
                              : 0;
    }

  return_outcome (self, NULL, failure);
}

/**
 * psa_permissions_run_conclude:
 *
 * Ends the run with what was found.
 */
void
psa_permissions_run_conclude (PsaPermissionsRun *self)
{
  self->permissions->asked_at = g_get_real_time ();
  return_outcome (self, self->permissions, NULL);
}

static void
load_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaPermissionsRun) self = user_data;
  g_autoptr(GError) error = NULL;

  if (self->task == NULL)
    return; /* the credentials went with it */

  say_waiting (self, "");
  if (!psa_credentials_load_finish (result, &error))
    {
      psa_permissions_run_fail (self, psa_credentials_judge (error), NULL);
      return;
    }

  psa_permissions_run_read (self);
}

static void
check_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaPermissionsRun) self = user_data;
  g_autoptr(GError) error = NULL;
  PsaState state;

  if (self->task == NULL)
    return;

  self->result = psa_check_run_finish (PSA_CHECK (object), result, &error);
  if (self->result == NULL) /* only our own cancellable could have done it */
    {
      g_autoptr(GTask) task = stop (self);

      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  state = psa_cause_get_state (self->result->cause);
  self->address = psa_result_dup_address (self->result);
  if (self->result->base_url == NULL || self->address == NULL ||
      (state != PSA_STATE_CONNECTED && state != PSA_STATE_WARNING &&
       state != PSA_STATE_NOT_PERMITTED))
    {
      return_outcome (self, NULL, self->result);
      return;
    }

  say_waiting (self, _("Waiting for the keyring"));
  psa_credentials_load_async (g_task_get_task_data (self->task), self->vault, self->profile,
                              NULL, self->prompt, self->cancellable, load_cb, g_object_ref (self));
}

static void
on_check_waiting_cb (PsaPermissionsRun *self)
{
  if (self->task != NULL)
    say_waiting (self, psa_check_get_waiting (self->check));
}

static void
psa_permissions_run_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaPermissionsRun *self = PSA_PERMISSIONS_RUN (object);

  switch ((PsaPermissionsRunProperty) prop_id)
    {
    case PROP_DONE:
      g_value_set_uint (value, self->done);
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;
    case PROP_WAITING:
      g_value_set_string (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_permissions_run_dispose (GObject *object)
{
  PsaPermissionsRun *self = PSA_PERMISSIONS_RUN (object);

  g_assert (self->task == NULL); /* a task that runs holds us */
  g_clear_object (&self->client);
  g_clear_object (&self->vault);
  g_clear_object (&self->profile);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->check);

  G_OBJECT_CLASS (psa_permissions_run_parent_class)->dispose (object);
}

static void
psa_permissions_run_finalize (GObject *object)
{
  PsaPermissionsRun *self = PSA_PERMISSIONS_RUN (object);

  g_clear_pointer (&self->address, psa_address_free);
  g_clear_pointer (&self->result, psa_result_unref);
  g_clear_pointer (&self->permissions, psa_permissions_unref);
  g_clear_pointer (&self->waiting, g_free);

  G_OBJECT_CLASS (psa_permissions_run_parent_class)->finalize (object);
}

static void
psa_permissions_run_class_init (PsaPermissionsRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = psa_permissions_run_dispose;
  object_class->finalize = psa_permissions_run_finalize;
  object_class->get_property = psa_permissions_run_get_property;

  properties[PROP_DONE] = g_param_spec_uint ("done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_WAITING] = g_param_spec_string ("waiting", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_permissions_run_init (PsaPermissionsRun *self)
{
  self->waiting = g_strdup ("");
  self->cancellable = g_cancellable_new ();
}

/**
 * psa_permissions_run_new:
 * @client: what sends the requests
 * @vault: where secrets are that were not typed
 * @profile: whose key it is about
 *
 * What the profile needs is not asked by the sign-in: all rights are asked anyway.
 *
 * Returns: (transfer full): a run that has not begun
 */
PsaPermissionsRun *
psa_permissions_run_new (PsaClient *client, PsaVault *vault, PsaProfile *profile)
{
  PsaPermissionsRun *self;

  g_return_val_if_fail (PSA_IS_CLIENT (client), NULL);
  g_return_val_if_fail (PSA_IS_VAULT (vault), NULL);
  g_return_val_if_fail (PSA_IS_PROFILE (profile), NULL);

  self = g_object_new (PSA_TYPE_PERMISSIONS_RUN, NULL);
  self->client = g_object_ref (client);
  self->vault = g_object_ref (vault);
  self->profile = psa_profile_copy (profile);
  psa_profile_set_needs (self->profile, NULL);

  return self;
}

/**
 * psa_permissions_run_get_done:
 *
 * Returns: how many requests were answered since the sign-in
 */
guint
psa_permissions_run_get_done (PsaPermissionsRun *self)
{
  g_return_val_if_fail (PSA_IS_PERMISSIONS_RUN (self), 0);

  return self->done;
}

/**
 * psa_permissions_run_get_total:
 *
 * Returns: how many there will be; 0 where that is not known
 */
guint
psa_permissions_run_get_total (PsaPermissionsRun *self)
{
  g_return_val_if_fail (PSA_IS_PERMISSIONS_RUN (self), 0);

  return self->total;
}

/**
 * psa_permissions_run_get_waiting:
 *
 * Returns: a translated sentence on what is waited for; "" while nothing unusual is
 */
const char *
psa_permissions_run_get_waiting (PsaPermissionsRun *self)
{
  g_return_val_if_fail (PSA_IS_PERMISSIONS_RUN (self), NULL);

  return self->waiting;
}

/**
 * psa_permissions_run_set_waiting:
 * @self: a run that has not begun
 * @waiting: a translated sentence on what it waits for, until it begins
 */
void
psa_permissions_run_set_waiting (PsaPermissionsRun *self, const char *waiting)
{
  g_return_if_fail (PSA_IS_PERMISSIONS_RUN (self));
  g_return_if_fail (waiting != NULL && !self->ran);

  say_waiting (self, waiting);
}

/**
 * psa_permissions_run_async:
 * @self: a run that has not begun
 * @client_id: (nullable): typed and not saved; %NULL looks it up under the profile's integration
 * @password: (nullable): likewise; %NULL looks it up under the profile's UUID
 * @prompt: whether the keyring may ask to be unlocked
 * @cancellable: (nullable): cancelling takes effect in the next turn of the main loop
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks what the key may do. At most three requests are under way at once; nothing is tried again.
 */
void
psa_permissions_run_async (PsaPermissionsRun *self,
                           const PsaSecret *client_id,
                           const PsaSecret *password,
                           PsaVaultPrompt prompt,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (PSA_IS_PERMISSIONS_RUN (self));
  g_return_if_fail (!self->ran);

  self->ran = TRUE;
  say_waiting (self, "");
  self->prompt = prompt;
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, psa_permissions_run_async);
  g_task_set_check_cancellable (self->task, FALSE); /* what has ended has ended */
  g_task_set_task_data (self->task, psa_credentials_new (client_id, password),
                        (GDestroyNotify) psa_credentials_free);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled_cb), self, NULL);
      g_source_set_priority (self->cancelled,
                             G_PRIORITY_HIGH); /* before any answer of the same turn */
      g_source_attach (self->cancelled, g_main_context_get_thread_default ());
    }

  self->check = psa_check_new (self->client, self->vault, self->profile);
  g_signal_connect_object (self->check, "notify::waiting", G_CALLBACK (on_check_waiting_cb), self,
                           G_CONNECT_SWAPPED);
  psa_check_run_async (self->check, client_id, password, prompt, self->cancellable, check_cb,
                       g_object_ref (self));
}

/**
 * psa_permissions_run_finish:
 * @self: a run
 * @result: what the callback was given
 * @failure: (out) (nullable) (transfer full): why there is nothing to show, with its cause; %NULL where there is
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the key may do
 */
PsaPermissions *
psa_permissions_run_finish (PsaPermissionsRun *self,
                            GAsyncResult *result,
                            PsaResult **failure,
                            GError **error)
{
  Outcome *outcome;
  PsaPermissions *permissions;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_permissions_run_async), NULL);
  g_return_val_if_fail (failure != NULL, NULL);

  *failure = NULL;
  outcome = g_task_propagate_pointer (G_TASK (result), error);
  if (outcome == NULL)
    return NULL;
  permissions = g_steal_pointer (&outcome->permissions);
  *failure = g_steal_pointer (&outcome->failure);
  outcome_free (outcome);
  return permissions;
}
