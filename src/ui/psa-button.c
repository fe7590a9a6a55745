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

static void
create_popup_cb (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

/**
 * psa_button_set_menu:
 * @widget: an object with a template
 * @button: the name of a menu button in it, bound by its class
 * @menu: the name of what it opens, bound likewise
 *
 * Has the menu built when it is first opened: a window would else begin with hundreds of widgets that are seldom
 * seen.
 */
void
psa_button_set_menu (GtkWidget *widget, const char *button, const char *menu)
{
  GType type = G_OBJECT_TYPE (widget);

  gtk_menu_button_set_create_popup_func (
      GTK_MENU_BUTTON (gtk_widget_get_template_child (widget, type, button)), create_popup_cb,
      g_object_ref (gtk_widget_get_template_child (widget, type, menu)), g_object_unref);
}
