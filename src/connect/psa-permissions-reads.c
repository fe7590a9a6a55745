/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-permissions-run-private.h"

#include "psa-ask.h"
#include "psa-evidence.h"
#include "psa-probe.h"

#define MAX_IN_FLIGHT 3 /* section 8 of the API facts: 2–4 a tenant */

/* Few records, enough to see whether what they refer to is left blank. */
#define RECORDS "company/companies?pageSize=5"

/* One request under way. */
typedef struct
{
  PsaPermissionsRun *run;
  const PsaProbe *probe; /* (nullable) */
} Flight;

static void
flight_free (Flight *self)
{
  g_object_unref (self->run);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

static void
send_request (PsaPermissionsRun *self,
              PsaAsk ask,
              const char *path,
              const PsaProbe *probe,
              GAsyncReadyCallback callback)
{
  PsaCredentials *credentials = g_task_get_task_data (self->task);
  g_autofree char *url =
      g_strconcat (self->result->base_url,
                   g_str_has_suffix (self->result->base_url, "/") ? "" : "/", path, NULL);
  g_autofree char *accept = psa_ask_dup_accept (ask, psa_profile_get_api_version (self->profile));
  PsaRequest request = {
    .ask = ask,
    .address = self->address,
    .url = url,
    .accept = accept,
    .authorization = credentials->authorization,
    .client_id = credentials->client_id,
    .trusted_sha256 = psa_profile_get_trusted_sha256 (self->profile),
  };
  Flight *flight = g_new0 (Flight, 1);

  flight->run = g_object_ref (self);
  flight->probe = probe;
  psa_client_send_async (self->client, &request, NULL, NULL, self->cancellable, callback, flight);
}

typedef enum
{
  MEANS_ENDED, /* the run is over, or just was ended with its cause */
  MEANS_GOOD,
  MEANS_REFUSED,
  MEANS_NOTHING,
} Meaning;

/* What an answer says of one right. */
static Meaning
judge (PsaPermissionsRun *self, GAsyncResult *result, PsaReply **reply)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) replies = g_ptr_array_new ();
  g_auto(PsaEvidence) evidence = { 0 };
  const PsaRow *row;

  *reply = psa_client_send_finish (self->client, result, &error);
  if (self->task == NULL)
    return MEANS_ENDED;
  if (*reply == NULL)
    {
      psa_permissions_run_fail (self, PSA_CAUSE_BAD_ADDRESS, NULL);
      return MEANS_ENDED;
    }

  g_ptr_array_add (replies, *reply);
  psa_evidence_init (&evidence, self->address, replies);
  if ((*reply)->fault != PSA_FAULT_NONE)
    {
      psa_permissions_run_fail (self, psa_evidence_judge_fault (&evidence), *reply);
      return MEANS_ENDED;
    }
  if ((*reply)->status == 200)
    return psa_reply_proves (*reply) ? MEANS_GOOD : MEANS_NOTHING;
  if (psa_evidence_is_refused (&evidence))
    return MEANS_REFUSED;

  row = psa_evidence_find_signed_row (&evidence);
  if (row->cause != PSA_CAUSE_RATE_LIMITED && row->cause != PSA_CAUSE_KEYS_REJECTED)
    return MEANS_NOTHING;
  psa_permissions_run_fail (self, row->cause, *reply);
  return MEANS_ENDED;
}

static void
records_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Flight) flight = user_data;
  PsaPermissionsRun *self = flight->run;
  g_autoptr(PsaReply) reply = NULL;

  if (judge (self, result, &reply) == MEANS_ENDED)
    return;

  self->permissions->blank_references = psa_permissions_are_blank (reply);
  psa_permissions_run_set_progress (self, self->done + 1, self->total);
  psa_permissions_run_conclude (self);
}

/* A role too narrow for what a record refers to still reads the record. */
static void
look_at_records (PsaPermissionsRun *self)
{
  if (psa_permissions_sum (self->permissions, PSA_MODULE_COMPANY).n_readable == 0)
    psa_permissions_run_conclude (self);
  else
    send_request (self, PSA_ASK_SECURITY_PAGE, RECORDS, NULL, records_cb);
}

static void send_probes (PsaPermissionsRun *self);

static void
probe_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  static const PsaLevel levels[] = {
    [MEANS_GOOD] = PSA_LEVEL_READABLE,
    [MEANS_REFUSED] = PSA_LEVEL_NONE,
    [MEANS_NOTHING] = PSA_LEVEL_UNKNOWN,
  };
  g_autoptr(Flight) flight = user_data;
  PsaPermissionsRun *self = flight->run;
  g_autoptr(PsaReply) reply = NULL;
  Meaning meaning = judge (self, result, &reply);

  if (meaning == MEANS_ENDED)
    return;

  self->n_flying--;
  psa_permissions_add (self->permissions, flight->probe->module, flight->probe->right,
                       levels[meaning]);
  psa_permissions_run_set_progress (self, self->done + 1, self->total);
  send_probes (self);
}

static void
send_probes (PsaPermissionsRun *self)
{
  while (self->n_flying < MAX_IN_FLIGHT && self->probe < psa_probe_get_n ())
    {
      const PsaProbe *probe = psa_probe_get (self->probe++);

      self->n_flying++;
      send_request (self, PSA_ASK_COUNT_COMPANIES, probe->path, probe, probe_cb);
    }
  if (self->n_flying == 0)
    look_at_records (self);
}

static void
start_counting (PsaPermissionsRun *self)
{
  g_clear_pointer (&self->permissions, psa_permissions_unref);
  self->permissions = psa_permissions_new (self->profile);
  psa_permissions_run_set_progress (self, 0, psa_probe_get_n () + 1);
  send_probes (self);
}

static void read_page (PsaPermissionsRun *self);

static void
page_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Flight) flight = user_data;
  PsaPermissionsRun *self = flight->run;
  g_autoptr(PsaReply) reply = NULL;
  Meaning meaning = judge (self, result, &reply);
  gboolean more = FALSE;

  if (meaning == MEANS_ENDED)
    return;

  /* Half a matrix would tell it wrong, and an empty one tells nothing. */
  if (meaning != MEANS_GOOD || !psa_permissions_add_page (self->permissions, reply, &more) ||
      (more && self->page >= PSA_PERMISSIONS_MAX_PAGES) ||
      (!more && self->permissions->rights->len == 0))
    {
      start_counting (self);
      return;
    }

  psa_permissions_run_set_progress (self, self->done + 1, 0);
  if (more)
    read_page (self);
  else
    look_at_records (self);
}

static void
read_page (PsaPermissionsRun *self)
{
  g_autofree char *path = g_strdup_printf ("system/mySecurity?pageSize=%d&page=%u",
                                           PSA_PERMISSIONS_PAGE_SIZE, ++self->page);

  send_request (self, PSA_ASK_SECURITY_PAGE, path, NULL, page_cb);
}

/**
 * psa_permissions_run_read:
 * @self: a run that has signed in and has its credentials
 *
 * Reads the rights, and ends the run by psa_permissions_run_conclude() or psa_permissions_run_fail().
 *
 * Source: section 7 of the API facts: mySecurity first, counts after
 */
void
psa_permissions_run_read (PsaPermissionsRun *self)
{
  g_return_if_fail (PSA_IS_PERMISSIONS_RUN (self));

  self->permissions = psa_permissions_new (self->profile);
  self->permissions->from_matrix = TRUE;
  read_page (self);
}
