/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-answer.h"

G_BEGIN_DECLS

void practice_fault_send (const PracticeFault *fault,
                          SoupServerMessage   *message);

G_END_DECLS
