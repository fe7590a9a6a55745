/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-button.h"

/**
 * psa_button_wrap_label:
 * @button: a button that has a label
 *
 * Lets the label take several lines where it must: with large text in a narrow window it is neither
 * cut off nor does it push the window wide.
 */
void
psa_button_wrap_label (GtkButton *button)
{
  GtkWidget *label;

  g_return_if_fail (GTK_IS_BUTTON (button));
  g_return_if_fail (gtk_button_get_label (button) != NULL);

  label = gtk_button_get_child (button);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}
