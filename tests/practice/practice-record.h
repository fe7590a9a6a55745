/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-judge.h"

G_BEGIN_DECLS

#define PRACTICE_TYPE_RECORD (practice_record_get_type ())
G_DECLARE_FINAL_TYPE (PracticeRecord, practice_record, PRACTICE, RECORD, GObject)

PracticeRecord *practice_record_new         (const char            *path,
                                             GError               **error);
void            practice_record_add_event   (PracticeRecord        *self,
                                             const char            *event);
void            practice_record_add_request (PracticeRecord        *self,
                                             SoupServerMessage     *message,
                                             const PracticeRequest *request,
                                             const PracticeAnswer  *answer);

G_END_DECLS
