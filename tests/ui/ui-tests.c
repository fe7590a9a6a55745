/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-driver.h"
#include "ui-tests.h"

/*
 * ui-tests [FILE] [OPTION…]
 *
 * One program, since linking the window takes longer than compiling a file of tests. Meson runs it once for each file; a
 * case that is started as a process of its own names no file, but its path.
 */

static const struct
{
  const char *name;
  void (*add_tests) (void);
} files[] = {
  { "causes", add_causes_tests },
  { "contrast", add_contrast_tests },
  { "dates", add_dates_tests },
  { "exchange", add_exchange_tests },
  { "fixes", add_fixes_tests },
  { "form-check", add_form_check_tests },
  { "form-input", add_form_input_tests },
  { "form-keep", add_form_keep_tests },
  { "form-keyboard", add_form_keyboard_tests },
  { "form-region", add_form_region_tests },
  { "help", add_help_tests },
  { "keyring", add_keyring_tests },
  { "list", add_list_tests },
  { "many", add_many_tests },
  { "menus", add_menus_tests },
  { "narrow", add_narrow_tests },
  { "permissions", add_permissions_tests },
  { "status-page", add_status_page_tests },
  { "window", add_window_tests },
};

static void
add_all_tests (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    files[i].add_tests ();
}

int
main (int argc, char *argv[])
{
  if (argc < 2 || argv[1][0] == '-')
    return ui_run (argc, argv, add_all_tests);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_equal (argv[1], files[i].name))
      {
        argv[1] = argv[0];
        return ui_run (argc - 1, argv + 1, files[i].add_tests);
      }
  g_printerr ("ui-tests: no file of tests is called %s.\n", argv[1]);
  return 2;
}
