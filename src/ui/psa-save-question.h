/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSA_SAVE_QUESTION_DISCARD "discard"
#define PSA_SAVE_QUESTION_SAVE "save"

AdwDialog *psa_save_question_new (void);

G_END_DECLS
