/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-await.h"

/**
 * psa_await_cb:
 * @object: (nullable): what the call was made on
 * @result: its result
 * @await: the #PsaAwait, as user data
 *
 * The callback to hand to an asynchronous call that psa_await() then waits for.
 */
void
psa_await_cb (GObject *object, GAsyncResult *result, gpointer await)
{
  PsaAwait *self = await;

  g_set_object (&self->result, result);
}

/**
 * psa_await:
 * @self: what was handed to the call
 *
 * Runs the main context until the call is done.
 *
 * Returns: (transfer none): the result, for the call's finish function; valid until the next one
 */
GAsyncResult *
psa_await (PsaAwait *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return self->result;
}

/**
 * psa_await_clear:
 * @self: what is no longer needed
 */
void
psa_await_clear (PsaAwait *self)
{
  g_clear_object (&self->result);
}
