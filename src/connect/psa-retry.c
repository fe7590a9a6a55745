/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-retry.h"

#define MAX_TRIES 3
#define FIRST_PAUSE_MS 200

/**
 * psa_retry_is_due:
 * @reply: what came of a request
 * @tries: how often it was sent by now
 *
 * Only a connection that was refused or reset, and a 5xx other than 511, are tried again, twice at most. A time-out never:
 * it has cost enough.
 *
 * Returns: whether to send the request again
 */
gboolean
psa_retry_is_due (const PsaReply *reply, guint tries)
{
  g_return_val_if_fail (reply != NULL, FALSE);

  if (tries >= MAX_TRIES)
    return FALSE;
  if (reply->fault != PSA_FAULT_NONE)
    return reply->fault == PSA_FAULT_REFUSED || reply->reset;

  return reply->status >= 500 && reply->status != 511 && reply->status < 600;
}

/**
 * psa_retry_get_pause_ms:
 * @tries: how often the request was sent by now
 *
 * Twice as long each time, with jitter, so that many do not come back at once.
 *
 * Returns: milliseconds until the next try
 */
guint
psa_retry_get_pause_ms (guint tries)
{
  guint pause;

  g_return_val_if_fail (tries > 0, FIRST_PAUSE_MS);

  pause = FIRST_PAUSE_MS << (tries - 1);
  return pause + (guint) g_random_int_range (0, (gint32) pause);
}
