/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-answer.h"

G_BEGIN_DECLS

/**
 * PracticeKeys:
 * @public_key: the public key
 * @private_key: the private key
 * @client_id: the Client ID
 * @revoked: whether the pair was made inactive
 * @companies: (nullable) (array zero-terminated=1): the only scenarios that are known here
 *
 * What every scenario takes. It is made up, as the tenants are.
 */
typedef struct
{
  char *public_key;
  char *private_key;
  char *client_id;
  gboolean revoked;
  char **companies;
} PracticeKeys;

const PracticeAnswer *practice_judge (const PracticeRequest *request,
                                      const PracticeKeys    *keys);

G_END_DECLS
