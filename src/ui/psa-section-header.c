/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-section-header.h"

#include "psa-profile-list.h"

#include <glib/gi18n.h>

/**
 * PsaSectionHeader:
 *
 * What stands above a section of the list: what its profiles have in common, and how many there are.
 *
 * Properties: status (PsaStatus, nullable: the first of the section), count.
 */
struct _PsaSectionHeader
{
  GtkBox parent_instance;
  PsaStatus *status;
  guint count;

  GtkLabel *title_label;
  GtkLabel *count_label;
};

typedef enum
{
  PROP_STATUS = 1,
  PROP_COUNT,
} PsaSectionHeaderProperty;

static GParamSpec *properties[PROP_COUNT + 1];

G_DEFINE_FINAL_TYPE (PsaSectionHeader, psa_section_header, GTK_TYPE_BOX)

static void
update (PsaSectionHeader *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), PSA_TYPE_PROFILE_LIST);
  g_autofree char *title = NULL;
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;

  if (list == NULL || self->status == NULL)
    return;

  title = psa_profile_list_dup_section_title (PSA_PROFILE_LIST (list), self->status);
  count = g_strdup_printf ("%'u", self->count);
  /* Translators: a section of the list for a screen reader: what it is called, how many profiles it has */
  name = g_strdup_printf (ngettext ("%s, %u profile", "%s, %u profiles", self->count), title,
                          self->count);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->count_label, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
psa_section_header_root (GtkWidget *widget)
{
  GtkWidget *list = gtk_widget_get_ancestor (widget, PSA_TYPE_PROFILE_LIST);

  GTK_WIDGET_CLASS (psa_section_header_parent_class)->root (widget);
  if (list != NULL)
    g_signal_connect_object (list, "sorted", G_CALLBACK (update), widget, G_CONNECT_SWAPPED);
  update (PSA_SECTION_HEADER (widget));
}

static void
psa_section_header_unroot (GtkWidget *widget)
{
  GtkWidget *list = gtk_widget_get_ancestor (widget, PSA_TYPE_PROFILE_LIST);

  if (list != NULL)
    g_signal_handlers_disconnect_by_func (list, update, widget);
  GTK_WIDGET_CLASS (psa_section_header_parent_class)->unroot (widget);
}

static void
psa_section_header_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaSectionHeader *self = PSA_SECTION_HEADER (object);

  switch ((PsaSectionHeaderProperty) prop_id)
    {
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_section_header_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  PsaSectionHeader *self = PSA_SECTION_HEADER (object);

  switch ((PsaSectionHeaderProperty) prop_id)
    {
    case PROP_STATUS:
      g_set_object (&self->status, g_value_get_object (value));
      break;
    case PROP_COUNT:
      self->count = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  update (self);
}

static void
psa_section_header_dispose (GObject *object)
{
  g_clear_object (&PSA_SECTION_HEADER (object)->status);
  G_OBJECT_CLASS (psa_section_header_parent_class)->dispose (object);
}

static void
psa_section_header_class_init (PsaSectionHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = psa_section_header_get_property;
  object_class->set_property = psa_section_header_set_property;
  object_class->dispose = psa_section_header_dispose;
  GTK_WIDGET_CLASS (klass)->root = psa_section_header_root;
  GTK_WIDGET_CLASS (klass)->unroot = psa_section_header_unroot;

  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, PSA_TYPE_STATUS, flags);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
psa_section_header_init (PsaSectionHeader *self)
{
  self->title_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title_label, 0);
  gtk_label_set_ellipsize (self->title_label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title_label), TRUE);
  self->count_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "dimmed");
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "section");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->title_label));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->count_label));
}
