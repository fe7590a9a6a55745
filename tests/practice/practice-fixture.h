/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * PracticeFixture:
 * @process: the program, started as anybody would
 * @ready: what its first line says
 * @host: the address that it says
 * @port: its port
 * @public_key: the key pair that all scenarios take
 * @private_key: the same
 * @client_id: the Client ID that they take
 * @sha256: of the certificate
 * @session: a client that trusts this certificate alone, follows nothing and is patient
 * @certificate_errors: what was wrong with the certificate at the last handshake
 *
 * A practice tenant that runs, and a client for it.
 */
typedef struct
{
  GSubprocess *process;
  JsonObject *ready;
  char *host;
  guint port;
  char *public_key;
  char *private_key;
  char *client_id;
  char *sha256;
  SoupSession *session;
  GTlsCertificateFlags certificate_errors;
} PracticeFixture;

/**
 * PracticeReply:
 * @status: the HTTP status, 0 if there was none
 * @message: the request and the headers of its answer
 * @body: the body, with a NUL after it
 * @length: its length
 * @error: (nullable): why there is no whole answer
 *
 * What came back.
 */
typedef struct
{
  guint status;
  SoupMessage *message;
  char *body;
  gsize length;
  GError *error;
} PracticeReply;

PracticeFixture *practice_fixture_new  (const char *const *options);
int              practice_fixture_end  (PracticeFixture   *self);
void             practice_fixture_free (PracticeFixture   *self);
SoupMessage     *practice_fixture_make (PracticeFixture   *self,
                                        const char        *company,
                                        const char        *path);
PracticeReply   *practice_fixture_send (PracticeFixture   *self,
                                        SoupMessage       *message);
PracticeReply   *practice_fixture_get  (PracticeFixture   *self,
                                        const char        *company,
                                        const char        *path,
                                        const char *const *headers);
void             practice_reply_free   (PracticeReply     *self);
const char      *practice_reply_header (PracticeReply     *self,
                                        const char        *name);
char            *practice_test_dup_file (const char       *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeFixture, practice_fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeReply, practice_reply_free)

/* A list of texts for one call. */
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Where things are, as the vendor's guide writes them. */
#define ROUTER "/v4_6_release/apis/3.0"
#define RELEASE "/v2025_1/apis/3.0"
#define INFO ROUTER "/system/info"
#define MATRIX ROUTER "/system/mySecurity"
#define COUNT ROUTER "/company/companies/count"

G_END_DECLS
