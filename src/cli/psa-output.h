/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "psa-session.h"

G_BEGIN_DECLS

JsonObject *psa_output_make_profile  (PsaSession *session,
                                      PsaProfile *profile);
JsonObject *psa_output_make_result   (PsaProfile *profile,
                                      PsaResult  *result);
void        psa_output_print_json    (const char *member,
                                      JsonArray  *items);
GStrv       psa_output_dup_line      (PsaSession *session,
                                      PsaProfile *profile);
void        psa_output_print_profile (PsaSession *session,
                                      PsaProfile *profile);
void        psa_output_print_result  (PsaProfile *profile,
                                      PsaResult  *result);

G_END_DECLS
