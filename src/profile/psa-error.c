/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-error.h"

G_DEFINE_QUARK (psa-error-quark, psa_error)
