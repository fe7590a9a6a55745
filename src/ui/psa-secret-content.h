/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-secret.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PSA_TYPE_SECRET_CONTENT (psa_secret_content_get_type ())
G_DECLARE_FINAL_TYPE (PsaSecretContent, psa_secret_content, PSA, SECRET_CONTENT, GdkContentProvider)

void psa_secret_content_copy (GdkClipboard *clipboard, const PsaSecret *secret, guint lifetime_ms);

G_END_DECLS
