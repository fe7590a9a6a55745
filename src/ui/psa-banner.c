/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-banner.h"

static GtkLabel *
find_label (GtkWidget *widget)
{
  GtkLabel *found = GTK_IS_LABEL (widget) ? GTK_LABEL (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

/**
 * psa_banner_show_whole:
 * @banner: a banner, just made
 *
 * Lets the title take as many lines as it needs: libadwaita (1.7) cuts it after the third, which in a sidebar or with
 * large text takes away what to do or why.
 */
void
psa_banner_show_whole (AdwBanner *banner)
{
  GtkLabel *label;

  g_return_if_fail (ADW_IS_BANNER (banner));

  label = find_label (GTK_WIDGET (banner)); /* before the button */
  g_return_if_fail (label != NULL);

  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_lines (label, -1);
}
