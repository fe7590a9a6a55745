/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-module.h"
#include "psa-profile.h"
#include "psa-reply.h"

G_BEGIN_DECLS

#define PSA_PERMISSIONS_PAGE_SIZE 100
#define PSA_PERMISSIONS_MAX_PAGES 20

/**
 * PsaLevel:
 *
 * How far a right reaches. A count that answers cannot tell own records from all.
 */
typedef enum
{
  PSA_LEVEL_UNKNOWN,
  PSA_LEVEL_NONE,
  PSA_LEVEL_READABLE, /* own records or all, which is not known */
  PSA_LEVEL_MY,
  PSA_LEVEL_ALL,
} PsaLevel;

/**
 * PsaRight:
 * @module: where it stands under System › Security Roles
 * @name: its name there, made fit to be shown
 *
 * One line of a security role.
 */
typedef struct
{
  PsaModule module;
  char     *name;
  PsaLevel  inquire;
  PsaLevel  add;
  PsaLevel  edit;
  PsaLevel  remove;
} PsaRight;

/**
 * PsaRights:
 * @n_rights: how many lines are known
 * @n_readable: how many of them may be read
 * @n_refused: how many may not; the rest is not known
 * @inquire, @add, @edit, @remove: the widest level of any line; %PSA_LEVEL_NONE only where each says so
 *
 * All lines of one module together.
 */
typedef struct
{
  guint    n_rights;
  guint    n_readable;
  guint    n_refused;
  PsaLevel inquire;
  PsaLevel add;
  PsaLevel edit;
  PsaLevel remove;
} PsaRights;

/**
 * PsaPermissions:
 * @profile_id, @revision: whose they are: they belong to that revision alone
 * @asked_at: microseconds since 1970, UTC
 * @from_matrix: told by mySecurity itself, else found out by counts
 * @blank_references: records could be read, but what they refer to was left blank
 * @rights: (element-type PsaRight): in the order of the modules
 *
 * What a key may do. Read-only once it is whole; shared by reference count.
 */
typedef struct
{
  char      *profile_id;
  guint      revision;
  gint64     asked_at;
  gboolean   from_matrix;
  gboolean   blank_references;
  GPtrArray *rights;
} PsaPermissions;

#define PSA_TYPE_PERMISSIONS (psa_permissions_get_type ())
GType           psa_permissions_get_type  (void);
PsaPermissions *psa_permissions_new       (PsaProfile           *profile); /* (nullable) */
PsaPermissions *psa_permissions_ref       (PsaPermissions       *self);
void            psa_permissions_unref     (PsaPermissions       *self);
gboolean        psa_permissions_add_page  (PsaPermissions       *self,
                                           const PsaReply       *reply,
                                           gboolean             *more);
gboolean        psa_permissions_are_blank (const PsaReply       *reply);
void            psa_permissions_add       (PsaPermissions       *self,
                                           PsaModule             module,
                                           const char           *name,
                                           PsaLevel              inquire);
PsaRights       psa_permissions_sum       (const PsaPermissions *self,
                                           PsaModule             module);
const char     *psa_level_get_word        (PsaLevel              level); /* "None", "My", "All": never translated */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaPermissions, psa_permissions_unref)

G_END_DECLS
