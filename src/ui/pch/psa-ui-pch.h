/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* As psa-pch.h, for what knows the window. */
#include <adwaita.h>
#include <json-glib/json-glib.h>
