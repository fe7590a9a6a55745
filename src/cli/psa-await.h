/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PsaAwait:
 *
 * Waits for one asynchronous call: a command does one thing after the other. `{ 0 }` before the first.
 */
typedef struct
{
  GAsyncResult *result;
} PsaAwait;

void          psa_await_cb   (GObject      *object,
                              GAsyncResult *result,
                              gpointer      await);
GAsyncResult *psa_await      (PsaAwait     *self);
void          psa_await_clear (PsaAwait    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PsaAwait, psa_await_clear)

G_END_DECLS
