/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What each file adds to the one program of tests. */
void add_causes_tests (void);
void add_contrast_tests (void);
void add_dates_tests (void);
void add_exchange_tests (void);
void add_fixes_tests (void);
void add_form_check_tests (void);
void add_form_input_tests (void);
void add_form_keep_tests (void);
void add_form_keyboard_tests (void);
void add_form_region_tests (void);
void add_help_tests (void);
void add_keyring_tests (void);
void add_list_tests (void);
void add_many_tests (void);
void add_menus_tests (void);
void add_narrow_tests (void);
void add_permissions_tests (void);
void add_status_page_tests (void);
void add_window_tests (void);

G_END_DECLS
