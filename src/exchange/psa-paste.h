/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-address.h"
#include "psa-secret.h"

G_BEGIN_DECLS

#define PSA_PASTE_MAX_BYTES (64 * 1024)

/**
 * PsaPaste:
 * @address: (nullable): host and port
 * @api_version: (nullable): as it is sent
 * @company: (nullable): the company's login ID
 * @key: (nullable): public key, integrator user or member ID
 * @password: (nullable): private key, integrator password or member hash
 * @client_id: (nullable): the GUID
 * @problems: (element-type utf8): a sentence on each value that is there but cannot be used; none repeats a value
 * @more: whether a second connection follows the one that was read
 *
 * What was found of a connection in pasted text. All but the two secrets may be shown.
 */
typedef struct
{
  PsaAddress *address;
  char *api_version;
  char *company;
  char *key;
  PsaSecret *password;
  PsaSecret *client_id;
  GPtrArray *problems;
  gboolean more;
} PsaPaste;

PsaPaste *psa_paste_new (const char *text);
void psa_paste_free (PsaPaste *self);
gboolean psa_paste_is_empty (const PsaPaste *self);
char *psa_paste_dup_username (const PsaPaste *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaPaste, psa_paste_free)

G_END_DECLS
