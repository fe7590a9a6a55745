/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-find-region-private.h"

#include "psa-ask.h"
#include "psa-check.h"
#include "psa-error.h"
#include "psa-input.h"
#include "psa-message.h"
#include "psa-retry.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum
{
  PROP_N_SETTLED = 1,
} PsaFindRegionProperty;

static GParamSpec *properties[PROP_N_SETTLED + 1];

G_DEFINE_FINAL_TYPE (PsaFindRegion, psa_find_region, G_TYPE_OBJECT)

/* One site that was asked. */
typedef struct
{
  PsaFindRegion *finder;
  PsaRegion *region;
  PsaReply *reply; /* the last one, while it waits to try again */
  guint tries;
} Asked;

static void
asked_free (Asked *self)
{
  g_clear_object (&self->finder);
  g_clear_object (&self->region);
  g_clear_pointer (&self->reply, psa_reply_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Leaves nothing behind that could still call us. */
static GTask *
stop (PsaFindRegion *self)
{
  clear_source (&self->cancelled);
  clear_source (&self->limit);
  g_cancellable_cancel (self->cancellable);

  return g_steal_pointer (&self->task);
}

static gboolean
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  PsaFindRegion *self = user_data;
  g_autoptr(PsaFindRegion) guard = g_object_ref (self);
  g_autoptr(GTask) task = stop (self);

  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));

  return G_SOURCE_REMOVE;
}

/* What has not answered by now did not answer in time: the callbacks that follow settle it. */
static gboolean
on_limit_cb (gpointer user_data)
{
  PsaFindRegion *self = user_data;

  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static GSource *
attach (PsaFindRegion *self, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, g_object_ref (self), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

static void
settle (PsaFindRegion *self, PsaRegion *region, const PsaReply *reply)
{
  g_autoptr(GTask) task = NULL;

  psa_region_settle (region, reply, self->company_id);
  self->n_settled++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SETTLED]);
  if (self->n_settled < g_list_model_get_n_items (G_LIST_MODEL (self->regions)))
    return;

  task = stop (self);
  g_task_return_boolean (task, TRUE);
}

static void send_request (Asked *asked);

static gboolean
on_pause_cb (gpointer user_data)
{
  g_autoptr(Asked) asked = user_data;

  if (asked->finder->task == NULL)
    return G_SOURCE_REMOVE;
  if (g_cancellable_is_cancelled (
          asked->finder->cancellable)) /* there is no time left to try again */
    settle (asked->finder, asked->region, asked->reply);
  else
    send_request (g_steal_pointer (&asked));

  return G_SOURCE_REMOVE;
}

static void
send_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Asked) asked = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaReply) reply = psa_client_send_finish (PSA_CLIENT (object), result, &error);

  if (asked->finder->task == NULL)
    return;

  if (reply == NULL)
    {
      reply = psa_reply_new (PSA_ASK_COMPANY);
      reply->fault = PSA_FAULT_TIMED_OUT;
      reply->fault_stage = PSA_STAGE_COMPANY;
    }
  if (psa_retry_is_due (reply, asked->tries))
    {
      g_autoptr(GSource) pause = g_timeout_source_new (psa_retry_get_pause_ms (asked->tries));

      g_clear_pointer (&asked->reply, psa_reply_free);
      asked->reply = g_steal_pointer (&reply);
      g_source_set_callback (pause, on_pause_cb, g_steal_pointer (&asked), NULL);
      g_source_attach (pause, g_main_context_get_thread_default ());
    }
  else
    settle (asked->finder, asked->region, reply);
}

/* @asked: (transfer full) */
static void
send_request (Asked *asked)
{
  PsaFindRegion *self = asked->finder;
  g_autoptr(GPtrArray) replies = g_ptr_array_new ();
  g_autoptr(PsaAddress) address =
      psa_address_new (psa_region_get_site (asked->region)->host, PSA_ADDRESS_DEFAULT_PORT);
  g_autofree char *url = psa_ask_dup_url (PSA_ASK_COMPANY, address, self->company_id, replies);
  g_autofree char *accept = psa_ask_dup_accept (PSA_ASK_COMPANY, "");
  PsaRequest request = {
    .ask = PSA_ASK_COMPANY,
    .address = address,
    .url = url,
    .accept = accept,
    .new_connection = TRUE,
  };

  asked->tries++;
  psa_client_send_async (self->client, &request, NULL, NULL, self->cancellable, send_cb, asked);
}

static void
ask (PsaFindRegion *self, PsaRegion *region)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->finder = g_object_ref (self);
  asked->region = g_object_ref (region);
  send_request (asked);
}

static PsaRegion *
get_region (PsaFindRegion *self, guint i)
{
  g_autoptr(PsaRegion) region = g_list_model_get_item (G_LIST_MODEL (self->regions), i);

  return region; /* the list holds it */
}

static guint
count (PsaFindRegion *self, PsaRegionAnswer answer)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->regions)); i++)
    n += psa_region_get_answer (get_region (self, i)) == answer;
  return n;
}

static gboolean
has_host (GListModel *hits, const char *host)
{
  for (guint i = 0; i < g_list_model_get_n_items (hits); i++)
    {
      g_autoptr(PsaRegion) hit = g_list_model_get_item (hits, i);

      if (g_str_equal (psa_region_get_host (hit), host))
        return TRUE;
    }
  return FALSE;
}

static void
psa_find_region_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaFindRegion *self = PSA_FIND_REGION (object);

  switch ((PsaFindRegionProperty) prop_id)
    {
    case PROP_N_SETTLED:
      g_value_set_uint (value, self->n_settled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_find_region_dispose (GObject *object)
{
  PsaFindRegion *self = PSA_FIND_REGION (object);

  g_assert (self->task == NULL); /* a task that runs holds us */
  g_clear_object (&self->client);
  g_clear_object (&self->regions);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->company_id, g_free);

  G_OBJECT_CLASS (psa_find_region_parent_class)->dispose (object);
}

static void
psa_find_region_class_init (PsaFindRegionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = psa_find_region_get_property;
  object_class->dispose = psa_find_region_dispose;

  properties[PROP_N_SETTLED] =
      g_param_spec_uint ("n-settled", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_find_region_init (PsaFindRegion *self)
{
  gsize n_sites = 0;
  const PsaSite *sites = psa_site_get_all (&n_sites);

  self->cancellable = g_cancellable_new ();
  self->regions = g_list_store_new (PSA_TYPE_REGION);
  for (gsize i = 0; i < n_sites; i++)
    {
      g_autoptr(PsaRegion) region = NULL;

      if (!sites[i].is_api)
        continue;
      region = psa_region_new (&sites[i]);
      g_list_store_append (self->regions, region);
    }
}

/**
 * psa_find_region_check:
 * @company_id: what was typed
 * @error: return location for a `PSA_ERROR_INVALID`
 *
 * Returns: whether it is a company ID that a username could begin with
 */
gboolean
psa_find_region_check (const char *company_id, GError **error)
{
  g_return_val_if_fail (company_id != NULL, FALSE);

  if (*company_id == '\0')
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                         _("Enter the company ID, which stands before the plus sign of the "
                            "username."));
  else if (psa_input_find_fault (company_id, strlen (company_id)) != PSA_INPUT_GOOD ||
           g_utf8_strlen (company_id, -1) > PSA_INPUT_MAX_CHARS ||
           strpbrk (company_id, "+:") != NULL || g_str_equal (company_id, ".") ||
           g_str_equal (company_id, ".."))
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                         _("This cannot be a company ID. Enter what stands before the plus sign "
                            "of the username, and nothing else."));
  else
    return TRUE;
  return FALSE;
}

/**
 * psa_find_region_new:
 * @client: what sends the requests
 * @company_id: one that psa_find_region_check() has nothing against; letter case counts
 *
 * Returns: (transfer full): a search that has not begun
 */
PsaFindRegion *
psa_find_region_new (PsaClient *client, const char *company_id)
{
  PsaFindRegion *self;

  g_return_val_if_fail (PSA_IS_CLIENT (client), NULL);
  g_return_val_if_fail (company_id != NULL && *company_id != '\0', NULL);

  self = g_object_new (PSA_TYPE_FIND_REGION, NULL);
  self->client = g_object_ref (client);
  self->company_id = g_strdup (company_id);
  return self;
}

const char *
psa_find_region_get_company (PsaFindRegion *self)
{
  g_return_val_if_fail (PSA_IS_FIND_REGION (self), NULL);

  return self->company_id;
}

/**
 * psa_find_region_get_regions:
 * @self: a search
 *
 * Returns: (transfer none): the `PsaRegion` of every site that is asked, which settle as the answers
 *   come in
 */
GListModel *
psa_find_region_get_regions (PsaFindRegion *self)
{
  g_return_val_if_fail (PSA_IS_FIND_REGION (self), NULL);

  return G_LIST_MODEL (self->regions);
}

guint
psa_find_region_get_n_settled (PsaFindRegion *self)
{
  g_return_val_if_fail (PSA_IS_FIND_REGION (self), 0);

  return self->n_settled;
}

/**
 * psa_find_region_run_async:
 * @self: a search that has not begun
 * @cancellable: (nullable): cancelling takes effect in the next turn of the main loop
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks all sites at once, each within the limits of a request and all within those of a check; what a check would try
 * again is tried again. No more than one request to a site, and without credentials, it is no check and takes no turn of
 * the scheduler: it would wait behind checks that have nothing to do with it.
 *
 * Source: section 2 of the API facts, `GET /login/companyinfo/{companyId}`
 */
void
psa_find_region_run_async (PsaFindRegion *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (PSA_IS_FIND_REGION (self));
  g_return_if_fail (!self->ran);

  self->ran = TRUE;
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, psa_find_region_run_async);
  g_task_set_check_cancellable (self->task, FALSE); /* what has ended has ended */
  if (cancellable != NULL)
    self->cancelled =
        attach (self, g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled_cb));
  self->limit = attach (self, g_timeout_source_new (PSA_CHECK_SECONDS * 1000), on_limit_cb);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->regions)); i++)
    ask (self, get_region (self, i));
}

/**
 * psa_find_region_run_finish:
 * @self: a search
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: %FALSE only where the search was cancelled
 */
gboolean
psa_find_region_run_finish (PsaFindRegion *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_find_region_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psa_find_region_dup_hits:
 * @self: a search
 *
 * Lists the hosts that have the company, each once: several sites may name the same one as the
 * company's.
 *
 * Returns: (transfer full): a list of `PsaRegion`
 */
GListModel *
psa_find_region_dup_hits (PsaFindRegion *self)
{
  g_autoptr(GListStore) hits = g_list_store_new (PSA_TYPE_REGION);

  g_return_val_if_fail (PSA_IS_FIND_REGION (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->regions)); i++)
    {
      PsaRegion *region = get_region (self, i);

      if (psa_region_get_answer (region) == PSA_REGION_FOUND &&
          !has_host (G_LIST_MODEL (hits), psa_region_get_host (region)))
        g_list_store_append (hits, region);
    }
  return G_LIST_MODEL (g_steal_pointer (&hits));
}

/**
 * psa_find_region_get_outcome:
 * @self: a search that has ended
 *
 * Returns: how it ended
 */
PsaFindRegionOutcome
psa_find_region_get_outcome (PsaFindRegion *self)
{
  g_autoptr(GListModel) hits = NULL;
  guint n_hits;

  g_return_val_if_fail (PSA_IS_FIND_REGION (self), PSA_FIND_REGION_NONE);

  hits = psa_find_region_dup_hits (self);
  n_hits = g_list_model_get_n_items (hits);
  if (n_hits > 0)
    return n_hits == 1 ? PSA_FIND_REGION_ONE : PSA_FIND_REGION_SEVERAL;
  return count (self, PSA_REGION_UNASKED) == 0 ? PSA_FIND_REGION_NONE : PSA_FIND_REGION_UNSURE;
}

/**
 * psa_find_region_get_hit:
 * @self: a search that has ended
 *
 * Returns: (transfer none) (nullable): the one that was found; %NULL unless it is one
 */
PsaRegion *
psa_find_region_get_hit (PsaFindRegion *self)
{
  g_autoptr(GListModel) hits = NULL;
  g_autoptr(PsaRegion) hit = NULL;

  g_return_val_if_fail (PSA_IS_FIND_REGION (self), NULL);

  hits = psa_find_region_dup_hits (self);
  if (g_list_model_get_n_items (hits) != 1)
    return NULL;
  hit = g_list_model_get_item (hits, 0);
  return hit; /* our own list holds it */
}

/**
 * psa_find_region_dup_what:
 * @self: a search that has ended
 *
 * Returns: (transfer full): a translated sentence: what was found
 */
char *
psa_find_region_dup_what (PsaFindRegion *self)
{
  g_autofree char *company = NULL;
  g_autoptr(GListModel) hits = NULL;
  guint n_sites;
  guint n_unasked;

  g_return_val_if_fail (PSA_IS_FIND_REGION (self), NULL);

  company = psa_message_dup_clean (self->company_id);
  hits = psa_find_region_dup_hits (self);
  n_sites = g_list_model_get_n_items (G_LIST_MODEL (self->regions));
  n_unasked = count (self, PSA_REGION_UNASKED);
  switch (psa_find_region_get_outcome (self))
    {
    case PSA_FIND_REGION_ONE:
      /* Translators: a company ID and a host name */
      return g_strdup_printf (_("The company “%s” is on %s."), company,
                              psa_region_get_host (psa_find_region_get_hit (self)));
    case PSA_FIND_REGION_SEVERAL:
      return g_strdup_printf (ngettext ("The company “%s” is on %u site of the cloud.",
                                        "The company “%s” is on %u sites of the cloud.",
                                        g_list_model_get_n_items (hits)),
                              company, g_list_model_get_n_items (hits));
    case PSA_FIND_REGION_UNSURE:
      if (n_unasked == n_sites)
        return g_strdup_printf (_("No site of the cloud could be asked for the company “%s”."),
                                company);
      return g_strdup_printf (
          /* Translators: a company ID; how many sites, of how many */
          ngettext ("The company “%s” was not found, but %u of %u sites could not be asked.",
                    "The company “%s” was not found, but %u of %u sites could not be asked.",
                    n_unasked),
          company, n_unasked, n_sites);
    case PSA_FIND_REGION_NONE:
    default:
      return g_strdup_printf (_("No known site of the cloud has the company “%s”."), company);
    }
}

/**
 * psa_find_region_dup_next:
 * @self: a search that has ended
 *
 * Returns: (transfer full): a translated sentence: what to do now
 */
char *
psa_find_region_dup_next (PsaFindRegion *self)
{
  const char *version;

  g_return_val_if_fail (PSA_IS_FIND_REGION (self), NULL);

  switch (psa_find_region_get_outcome (self))
    {
    case PSA_FIND_REGION_ONE:
      version = psa_region_get_version (psa_find_region_get_hit (self));
      if (version == NULL)
        return g_strdup (_("Use it as the hostname."));
      /* Translators: %s is an API version such as 2025.1 */
      return g_strdup_printf (_("Use it as the hostname, and %s as the API version."), version);
    case PSA_FIND_REGION_SEVERAL:
      return g_strdup (_("Choose the one that your keys are for; staging and sandbox sites hold "
                          "copies to try things on."));
    case PSA_FIND_REGION_UNSURE:
      if (count (self, PSA_REGION_UNKNOWN) == 0)
        return g_strdup (
            _("Check that this computer reaches the internet, and its proxy, then try "
               "again."));
      return g_strdup (_("Try again later: the company may be on one of those that could not be "
                          "asked."));
    case PSA_FIND_REGION_NONE:
    default:
      return g_strdup (
          _("Use the ID from the “Company” box of the PSA login screen, which often "
             "is not the company’s name; a company with a server of its own is on none "
             "of these sites."));
    }
}
