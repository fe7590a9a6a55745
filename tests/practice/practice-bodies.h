/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-answer.h"

G_BEGIN_DECLS

void practice_body_make_list            (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_long_list       (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_blank_list      (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_matrix          (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_narrow_matrix   (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_full_info       (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_too_long_info   (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_deep            (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_nul             (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_gzip            (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_bomb            (const PracticeRequest *request,
                                         PracticeBody          *body);
void practice_body_make_echo            (const PracticeRequest *request,
                                         PracticeBody          *body);

/* How many records a list has, and what its count says. */
#define PRACTICE_LIST_TOTAL 123
#define PRACTICE_LONG_LIST_TOTAL 2345

/* The rows of a matrix: nine modules with as many functions each. */
#define PRACTICE_MODULE_FUNCTIONS 16

/* What a client may be expected to take, and what "system/info" is filled up to. */
#define PRACTICE_BODY_CAP (256 * 1024)

#define PRACTICE_INFO_FIELDS                                                       \
  "\"version\":\"v2025.1.10001\",\"isCloud\":true,"                                \
  "\"serverTimeZone\":\"Eastern Standard Time\",\"cloudRegion\":\"NA\","           \
  "\"licenseBits\":[{\"name\":\"ServiceBoard\",\"activeFlag\":true}]"

G_END_DECLS
