/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-fault.h"

#include <gio/gio.h>

/* What an error of no domain that we know means depends on how far we had come. */
static PsaFault
judge_by_stage (PsaStage stage)
{
  switch (stage)
    {
    case PSA_STAGE_PROXY:
      return PSA_FAULT_PROXY;
    case PSA_STAGE_RESOLVE:
      return PSA_FAULT_NAME;
    case PSA_STAGE_CONNECT:
      return PSA_FAULT_REFUSED;
    case PSA_STAGE_TLS:
      return PSA_FAULT_TLS;
    case PSA_STAGE_ADDRESS:
    case PSA_STAGE_COMPANY:
    case PSA_STAGE_SIGN_IN:
    case PSA_STAGE_PROOF:
    case PSA_STAGE_VERSION:
    default:
      return PSA_FAULT_CLOSED;
    }
}

static PsaFault
judge_io_error (const GError *error, PsaStage stage)
{
  switch (error->code)
    {
    case G_IO_ERROR_TIMED_OUT:
      return PSA_FAULT_TIMED_OUT;
    case G_IO_ERROR_HOST_NOT_FOUND:
      return PSA_FAULT_NAME;
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return PSA_FAULT_REFUSED;
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return PSA_FAULT_PROXY;
    default:
      return judge_by_stage (stage);
    }
}

static PsaStage
find_fault_stage (PsaFault fault, PsaStage stage)
{
  switch (fault)
    {
    case PSA_FAULT_PROXY:
      return PSA_STAGE_PROXY;
    case PSA_FAULT_NAME:
      return PSA_STAGE_RESOLVE;
    case PSA_FAULT_REFUSED:
      return PSA_STAGE_CONNECT;
    case PSA_FAULT_TLS:
    case PSA_FAULT_CERTIFICATE:
      return PSA_STAGE_TLS;
    case PSA_FAULT_NONE:
    case PSA_FAULT_TIMED_OUT:
    case PSA_FAULT_CLOSED:
    case PSA_FAULT_TOO_LARGE:
    default:
      return stage;
    }
}

/**
 * psa_fault_explain:
 * @reply: the reply that stays without a whole answer
 * @error: a transport error of GIO or libsoup, anything but a cancelling of our own
 * @stage: the stage that was under way
 * @via_proxy: whether the connection goes, or was to go, through a proxy
 *
 * The one place that translates the libraries' errors: sets the fault, its stage, its detail, and
 * whether the connection was reset. Needs no network.
 *
 * A name that does not resolve or a refused connection is the proxy's when there is one: what lies
 * behind it is not ours to resolve.
 */
void
psa_fault_explain (PsaReply *reply, const GError *error, PsaStage stage, gboolean via_proxy)
{
  PsaFault fault;

  g_return_if_fail (reply != NULL);
  g_return_if_fail (error != NULL);

  if (error->domain == G_RESOLVER_ERROR)
    fault = PSA_FAULT_NAME;
  else if (error->domain == G_IO_ERROR)
    fault = judge_io_error (error, stage);
  else
    fault =
        judge_by_stage (stage); /* G_TLS_ERROR too: after the handshake it is a closed connection */

  if (via_proxy && (fault == PSA_FAULT_NAME || fault == PSA_FAULT_REFUSED))
    fault = PSA_FAULT_PROXY;

  reply->fault = fault;
  reply->fault_stage = find_fault_stage (fault, stage);
  reply->reset = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_set_str (&reply->detail, error->message);
}
