/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-profile.h"

G_BEGIN_DECLS

const char *psa_environment_get_icon (PsaEnvironment environment);

G_END_DECLS
