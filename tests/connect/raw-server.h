/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RawAnswer:
 * @head: (nullable): the first bytes of each answer; %NULL to be an honest proxy
 * @repeat: (nullable): bytes that follow without end, as fast as they are taken
 * @delay_ms: milliseconds before the first byte
 * @early: the answer does not wait for the request
 * @then: (nullable): the answer from the next request on
 *
 * What no HTTP library would send.
 */
typedef struct _RawAnswer RawAnswer;
struct _RawAnswer
{
  const char *head;
  const char *repeat;
  guint delay_ms;
  gboolean early;
  const RawAnswer *then;
};

typedef struct _RawServer RawServer;

RawServer *raw_server_new            (GTlsCertificate *certificate, /* (nullable): plain */
                                      const RawAnswer *answer);
guint16    raw_server_get_port       (RawServer       *self);
guint      raw_server_get_n_connections (RawServer    *self);
guint      raw_server_get_n_requests (RawServer       *self);
char      *raw_server_dup_lines      (RawServer       *self);
char      *raw_server_dup_request    (RawServer       *self);
void       raw_server_await_early    (RawServer       *self);
void       raw_server_free           (RawServer       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
