/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RawAnswer:
 * @head: the first bytes of each answer
 * @repeat: (nullable): bytes that follow without end, as fast as they are taken
 *
 * What no HTTP library would send.
 */
typedef struct
{
  const char *head;
  const char *repeat;
} RawAnswer;

typedef struct _RawServer RawServer;

RawServer *raw_server_new            (GTlsCertificate *certificate, /* (nullable): plain */
                                      const RawAnswer *answer);
guint16    raw_server_get_port       (RawServer       *self);
guint      raw_server_get_n_requests (RawServer       *self);
char      *raw_server_dup_request    (RawServer       *self);
void       raw_server_free           (RawServer       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
