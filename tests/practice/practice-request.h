/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * PracticeKind:
 * @PRACTICE_KIND_WEB: no part of the API: a page of the web application, or nothing at all
 * @PRACTICE_KIND_COMPANY: `/login/companyinfo/{id}`
 * @PRACTICE_KIND_INFO: `/system/info`
 * @PRACTICE_KIND_MATRIX: `/system/mySecurity`
 * @PRACTICE_KIND_COUNT: `/…/count` of a list that is known
 * @PRACTICE_KIND_LIST: a list that is known
 * @PRACTICE_KIND_MEMBER: `/system/myMembers/info`
 * @PRACTICE_KIND_MISSING: below the API, but no endpoint that this tenant knows
 * @PRACTICE_KIND_UNROUTABLE: an unknown codebase, or a doubled path
 * @PRACTICE_KIND_STATUS_PAGE: `/1.0/status/{page}`, the vendor's status page
 *
 * What a request asks for, read off its path alone.
 */
typedef enum
{
  PRACTICE_KIND_WEB,
  PRACTICE_KIND_COMPANY,
  PRACTICE_KIND_INFO,
  PRACTICE_KIND_MATRIX,
  PRACTICE_KIND_COUNT,
  PRACTICE_KIND_LIST,
  PRACTICE_KIND_MEMBER,
  PRACTICE_KIND_MISSING,
  PRACTICE_KIND_UNROUTABLE,
  PRACTICE_KIND_STATUS_PAGE,
} PracticeKind;

/**
 * PracticeRequest:
 * @method: the verb
 * @path: the path as it was sent, still percent-encoded
 * @query: (nullable): the query as it was sent
 * @parameters: the decoded query; later parameters win
 * @host: the name in the Host header, without a port
 * @port: the port in the Host header, 443 if none is there
 * @kind: what is asked for
 * @versioned: whether the codebase is that of a release and not `v4_6_release`
 * @resource: (nullable): the path below the API, without `/count`
 * @company: (nullable): the company ID, from the path or from the sign-in
 * @user_has_plus: whether the Basic user has the form `company+key`
 * @public_key: (nullable): what follows the first `+` of the Basic user
 * @private_key: (nullable): the Basic password
 * @authorization: (nullable): the header as it was sent
 * @client_id: (nullable): the Client ID
 * @version: (nullable): the version that the Accept header names
 * @forward_only: whether forward-only paging was asked for
 * @page_id: the last ID that a forward-only client has seen
 *
 * One request, taken apart. Everything in it is what the client said, nothing was judged yet.
 */
typedef struct
{
  char *method;
  char *path;
  char *query;
  GHashTable *parameters;
  char *host;
  guint port;
  PracticeKind kind;
  gboolean versioned;
  char *resource;
  char *company;
  gboolean user_has_plus;
  char *public_key;
  char *private_key;
  char *authorization;
  char *client_id;
  char *version;
  gboolean forward_only;
  guint64 page_id;
} PracticeRequest;

PracticeRequest *practice_request_new        (SoupServerMessage     *message);
void             practice_request_free       (PracticeRequest       *self);
guint64          practice_request_get_number (const PracticeRequest *self,
                                              const char            *parameter,
                                              guint64                fallback,
                                              guint64                most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeRequest, practice_request_free)

G_END_DECLS
