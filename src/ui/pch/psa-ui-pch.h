/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Precompiled: reading these takes the compiler longer than most files of the window do. Each names what it uses all the
 * same. */
#include <adwaita.h>
#include <json-glib/json-glib.h>
