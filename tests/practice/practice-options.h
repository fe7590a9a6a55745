/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-certificate.h"
#include "practice-judge.h"

G_BEGIN_DECLS

/**
 * PracticeOptions:
 * @address: the loopback address to listen on
 * @port: the port, or 0 for any that is free
 * @certificate: what is wrong with the certificate
 * @names: (array zero-terminated=1): whom it is for
 * @authority: (nullable): where the certificate of the throw-away authority goes
 * @handshake: (nullable): how each handshake fails
 * @http2: whether HTTP/2 is spoken with who can
 * @plain_http: whether there is a listener without TLS as well
 * @record: (nullable): where requests are recorded
 * @places: what placeholders stand for
 * @elsewhere: owned by @places
 * @keys: what every scenario takes
 * @markdown: whether only the list of scenarios is wanted, as Markdown
 *
 * What the command line says, with everything filled in that it does not say.
 */
typedef struct
{
  GInetAddress *address;
  guint port;
  PracticeCertificateKind certificate;
  char **names;
  char *authority;
  char *handshake;
  gboolean http2;
  gboolean plain_http;
  char *record;
  PracticePlaces places;
  char *elsewhere;
  PracticeKeys keys;
  gboolean markdown;
} PracticeOptions;

PracticeOptions *practice_options_parse (char ***arguments, GError **error);
void practice_options_free (PracticeOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeOptions, practice_options_free)

G_END_DECLS
