/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Precompiled: reading these takes the compiler longer than most files do. A file names what it uses all the same. */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
