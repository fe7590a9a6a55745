/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void psa_button_wrap_label (GtkButton  *button);
void psa_button_set_menu   (GtkWidget  *widget,
                            const char *button,
                            const char *menu);

G_END_DECLS
