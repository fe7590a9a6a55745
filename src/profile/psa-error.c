/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-profile"

#include "config.h"

#include "psa-error.h"

G_DEFINE_QUARK (psa-error-quark, psa_error)
