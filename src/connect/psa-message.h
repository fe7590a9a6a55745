/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-result.h"

G_BEGIN_DECLS

/**
 * PsaMessage:
 * @what: one sentence: what is the matter
 * @why: one sentence: why we think so
 * @next: one sentence: what to do now
 *
 * The cause of a result in the user's language, with the facts filled in. Plain text, never markup;
 * control and bidirectional signs from servers are made visible.
 */
typedef struct
{
  char *what;
  char *why;
  char *next;
} PsaMessage;

PsaMessage *psa_message_new       (PsaResult  *result);
void        psa_message_free      (PsaMessage *self);
char       *psa_message_dup_clean (const char *text); /* text from outside, made fit for a label */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaMessage, psa_message_free)

G_END_DECLS
