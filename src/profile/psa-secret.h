/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef char PsaSecret;

PsaSecret *psa_secret_new   (const char      *text);
void       psa_secret_free  (PsaSecret       *secret);
gboolean   psa_secret_equal (const PsaSecret *a,
                             const PsaSecret *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PsaSecret, psa_secret_free)

G_END_DECLS
