/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean    psa_member_read_text    (JsonObject         *object,
                                     const char         *name,
                                     const char        **value,
                                     GError            **error);
gboolean    psa_member_read_uuid    (JsonObject         *object,
                                     const char         *name,
                                     const char        **value,
                                     GError            **error);
gboolean    psa_member_read_boolean (JsonObject         *object,
                                     const char         *name,
                                     gboolean           *value,
                                     GError            **error);
gboolean    psa_member_read_number  (JsonObject         *object,
                                     const char         *name,
                                     int                 least,
                                     int                 most,
                                     int                *value,
                                     GError            **error);
gboolean    psa_member_read_words   (JsonObject         *object,
                                     const char         *name,
                                     GStrv              *value,
                                     GError            **error);
gboolean    psa_member_read_object  (JsonObject         *object,
                                     const char         *name,
                                     JsonObject        **value,
                                     GError            **error);
gboolean    psa_member_read_array   (JsonObject         *object,
                                     const char         *name,
                                     JsonArray         **value,
                                     GError            **error);

void        psa_member_write_words  (JsonObject         *object,
                                     const char         *name,
                                     const char *const  *words);

char       *psa_member_dup_unknown  (JsonObject         *object,
                                     const char *const  *known);
void        psa_member_add_unknown  (JsonObject         *object,
                                     const char         *unknown);

G_END_DECLS
