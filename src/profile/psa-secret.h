/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PsaSecret:
 *
 * A NUL-terminated secret in memory of its own, wiped when it is freed. It is a local variable or
 * task data of the one request that needs it; never a property, a signal argument or a log word.
 */
typedef char PsaSecret;

PsaSecret *psa_secret_new   (const char      *text);
void       psa_secret_free  (PsaSecret       *secret);
gboolean   psa_secret_equal (const PsaSecret *a,
                             const PsaSecret *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaSecret, psa_secret_free)

G_END_DECLS
