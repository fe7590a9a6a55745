/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-judge.h"
#include "practice-record.h"

G_BEGIN_DECLS

#define PRACTICE_TYPE_SERVER (practice_server_get_type ())
G_DECLARE_FINAL_TYPE (PracticeServer, practice_server, PRACTICE, SERVER, GObject)

PracticeServer *practice_server_new    (GTlsCertificate      *certificate,
                                        const PracticeKeys   *keys,
                                        const PracticePlaces *places,
                                        PracticeRecord       *record);
guint           practice_server_listen (PracticeServer       *self,
                                        GInetAddress         *address,
                                        guint                 port,
                                        gboolean              is_plain,
                                        GError              **error);

G_END_DECLS
