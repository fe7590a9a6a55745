/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-vault.h"

G_BEGIN_DECLS

/*
 * A keyring for each case. libsecret keeps its connection for the life of a process, so the case
 * itself runs in a process of its own, with the bus, the keyring daemon and the folders that its
 * parent has prepared for it.
 */
typedef enum
{
  KEYRING_NONE,     /* a bus on which nobody offers a keyring */
  KEYRING_NO_BUS,
  KEYRING_UNLOCKED, /* gnome-keyring-daemon */
  KEYRING_FILE,     /* libsecret's encrypted file, with a password from the environment */
  KEYRING_PORTAL,   /* the same file, with a password from the portal: the case plays the portal */
} KeyringKind;

typedef void (*KeyringCase) (void);

/* What becomes of the daemon's prompts; without a prompter it cannot even show one. */
typedef enum
{
  KEYRING_PROMPT_STAYS_OPEN,
  KEYRING_PROMPT_DECLINED,
} KeyringPrompt;

/* The secret that must be found nowhere on disk. */
#define KEYRING_CANARY "C4n4ry-S3cret-9f27"

void       keyring_add_case          (const char   *path,
                                      KeyringKind   kind,
                                      KeyringCase   func);

/* In a case: */
GPid       keyring_get_daemon        (void);
void       keyring_restart_daemon    (gboolean       unlock); /* only "Login", ever */
char      *keyring_dup_folder        (void); /* a folder of the case's own */
guint     *keyring_offer_prompter    (KeyringPrompt  kind); /* how many prompts there were */
void       keyring_wait              (GAsyncResult **result);
void       keyring_drop              (gpointer      *object); /* once what is under way has ended */
void       keyring_result_cb         (GObject       *object,
                                      GAsyncResult  *result,
                                      gpointer       user_data); /* &GAsyncResult* */
gboolean   keyring_store             (PsaVault      *vault,
                                      const char    *id,
                                      const char    *secret,
                                      GError       **error);
PsaSecret *keyring_lookup            (PsaVault      *vault,
                                      const char    *id,
                                      PsaVaultPrompt prompt,
                                      GError       **error);
gboolean   keyring_clear             (PsaVault      *vault,
                                      const char    *id,
                                      PsaVaultPrompt prompt,
                                      GError       **error);
void       keyring_set_timeout       (const char    *id, /* of an item that is there */
                                      int            milliseconds); /* what D-Bus waits; -1 as ever */
void       keyring_assert_no_canary  (void); /* in no file of the case's */

/* By libsecret itself, as another program would: */
guint      keyring_count_items       (const char    *id);
void       keyring_add_item          (const char    *id,
                                      const char    *secret,
                                      const char    *collection); /* beside what is there */
void       keyring_delete_items      (const char    *id);
void       keyring_point_items       (const char    *id,
                                      const char    *other_id); /* which they have from then on */
char      *keyring_make_collection   (const char    *label,
                                      const char    *password); /* unlocked, and the default */
void       keyring_lock              (const char    *path);

G_END_DECLS
