/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void psa_banner_show_whole (AdwBanner *banner);

G_END_DECLS
