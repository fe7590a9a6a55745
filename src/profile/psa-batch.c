/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-batch.h"

/**
 * psa_batch_new:
 *
 * Returns: (transfer full): an empty batch
 */
PsaBatch *
psa_batch_new (void)
{
  PsaBatch *self = g_new0 (PsaBatch, 1);

  self->puts = g_ptr_array_new_with_free_func (g_object_unref);
  self->integrations = g_ptr_array_new_with_free_func (g_object_unref);
  self->secret_changed = g_ptr_array_new_with_free_func (g_free);
  self->client_id_changed = g_ptr_array_new_with_free_func (g_free);
  self->removals = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->strays = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * psa_batch_free:
 * @self: (transfer full) (nullable): a batch
 */
void
psa_batch_free (PsaBatch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->puts);
  g_ptr_array_unref (self->integrations);
  g_ptr_array_unref (self->secret_changed);
  g_ptr_array_unref (self->client_id_changed);
  g_ptr_array_unref (self->removals);
  g_ptr_array_unref (self->strays);
  g_free (self);
}
