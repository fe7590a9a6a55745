/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "psa-address.h"
#include "psa-reply.h"
#include "psa-secret.h"

G_BEGIN_DECLS

#define PSA_CLIENT_STAGE_SECONDS 10
#define PSA_CLIENT_MAX_BODY (256 * 1024)

/**
 * PsaRequest:
 * @url: below the address's own origin; psa_client_send_async() sends nothing anywhere else
 * @authorization: (nullable): the value of the header; NULL sends no credentials
 * @client_id: (nullable)
 * @accept: (nullable)
 * @trusted_sha256: (nullable): the certificate accepted for this host:port
 * @new_connection: ask for a fresh connection, so that there are timings and a handshake
 */
typedef struct
{
  PsaAsk            ask;
  const PsaAddress *address;
  const char       *url;
  const PsaSecret  *authorization;
  const PsaSecret  *client_id;
  const char       *accept;
  const char       *trusted_sha256;
  gboolean          new_connection;
} PsaRequest;

/**
 * PsaClientPhase:
 * @stage: what begins now; what was before is over
 *
 * Called as the connection goes through resolve, connect, tls and then the ask's own stage; on a
 * connection that was open already only the last. Through a proxy it is proxy, tls and the ask's
 * own: the name is the proxy's to resolve.
 */
typedef void (*PsaClientPhase) (PsaStage stage,
                                gpointer user_data);

#define PSA_TYPE_CLIENT (psa_client_get_type ())
G_DECLARE_FINAL_TYPE (PsaClient, psa_client, PSA, CLIENT, GObject)

/* The one file that knows libsoup. No redirect is followed, no cookie kept, no challenge answered,
 * nothing compressed asked for, no logger attached; one session for the whole program. */
PsaClient *psa_client_new         (void);
void       psa_client_send_async  (PsaClient           *self,
                                   const PsaRequest    *request, /* copied or used up before this returns */
                                   PsaClientPhase       phase,   /* (nullable) */
                                   gpointer             phase_data,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
PsaReply  *psa_client_send_finish (PsaClient           *self,
                                   GAsyncResult        *result,
                                   GError             **error); /* CANCELLED, or INVALID_ARGUMENT: nothing was sent */

/* psa-wire.c */
char      *psa_client_dup_library (void);

G_END_DECLS
