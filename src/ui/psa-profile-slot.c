/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-slot.h"

#include "psa-profile-list-private.h"

/**
 * PsaProfileSlot:
 *
 * The place of a row in the list. GtkListView keeps two hundred of them around those in sight and gives each another
 * profile at every key of a search; the row itself, with its labels and all that they follow, is made and filled only
 * where it is in sight. Only these are allocated a size.
 *
 * Properties: status (PsaStatus, nullable), selected, spoken-name (of its row for a screen reader, in sight or
 * not).
 */
struct _PsaProfileSlot
{
  GtkWidget parent_instance;
  PsaStatus *status;
  gboolean selected;
  PsaProfileRow *row; /* (nullable): only in a list; out of sight it shows what was */
};

typedef enum
{
  PROP_STATUS = 1,
  PROP_SELECTED,
  PROP_SPOKEN_NAME,
} PsaProfileSlotProperty;

static GParamSpec *properties[PROP_SPOKEN_NAME + 1];

/* Of the row that was last measured: what those that are not made yet will be. */
static int known_minimum, known_natural;

G_DEFINE_FINAL_TYPE (PsaProfileSlot, psa_profile_slot, GTK_TYPE_WIDGET)

static void
on_row_spoken_name_notify_cb (PsaProfileSlot *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN_NAME]);
}

static PsaProfileList *
get_list (PsaProfileSlot *self)
{
  return PSA_PROFILE_LIST (gtk_widget_get_ancestor (GTK_WIDGET (self), PSA_TYPE_PROFILE_LIST));
}

static void
fill (PsaProfileSlot *self)
{
  if (self->row == NULL)
    {
      g_autoptr(PsaProfileRow) row = psa_profile_list_take_row (get_list (self));

      self->row = row;
      gtk_widget_set_parent (GTK_WIDGET (row), GTK_WIDGET (self));
      g_signal_connect_object (row, "notify::spoken-name",
                               G_CALLBACK (on_row_spoken_name_notify_cb), self, G_CONNECT_SWAPPED);
      on_row_spoken_name_notify_cb (self); /* it may have changed out of sight */
    }
  g_object_set (self->row, "status", self->status, "selected", self->selected, NULL);
}

static void
psa_profile_slot_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  PsaProfileSlot *self = PSA_PROFILE_SLOT (widget);
  gboolean is_known = known_natural > 0;

  if (!is_known)
    fill (self);
  if (self->row != NULL)
    gtk_widget_measure (GTK_WIDGET (self->row), orientation, for_size, minimum, natural, NULL,
                        NULL);
  else if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = known_minimum;
      *natural = known_natural;
    }
  if (self->row != NULL && (orientation == GTK_ORIENTATION_VERTICAL || !is_known))
    gtk_widget_measure (GTK_WIDGET (self->row), GTK_ORIENTATION_VERTICAL, -1, &known_minimum,
                        &known_natural, NULL, NULL);
}

static gboolean
resize_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

static gboolean
fits (GtkWidget *widget, GtkOrientation orientation, int size, int for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum <= size;
}

/* It is in sight. What is filled in now was not measured; where that takes more room than most do, the list is to
 * know before the next frame. */
static void
psa_profile_slot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PsaProfileSlot *self = PSA_PROFILE_SLOT (widget);
  GtkWidget *row;

  fill (self);
  row = GTK_WIDGET (self->row);
  if (!fits (row, GTK_ORIENTATION_HORIZONTAL, width, -1) ||
      !fits (row, GTK_ORIENTATION_VERTICAL, height, width))
    gtk_widget_add_tick_callback (widget, resize_cb, NULL, NULL);
  gtk_widget_allocate (row, width, height, baseline, NULL);
}

static void
psa_profile_slot_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaProfileSlot *self = PSA_PROFILE_SLOT (object);

  switch ((PsaProfileSlotProperty) prop_id)
    {
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, self->selected);
      break;
    case PROP_SPOKEN_NAME:
      g_value_take_string (value,
                           self->status != NULL ? psa_profile_row_dup_name (self->status) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_profile_slot_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  PsaProfileSlot *self = PSA_PROFILE_SLOT (object);

  switch ((PsaProfileSlotProperty) prop_id)
    {
    case PROP_STATUS:
      if (!g_set_object (&self->status, g_value_get_object (value)))
        return;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      g_object_notify_by_pspec (object, properties[PROP_SPOKEN_NAME]);
      break;
    case PROP_SELECTED:
      if (self->selected == g_value_get_boolean (value))
        return;
      self->selected = g_value_get_boolean (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SPOKEN_NAME:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What is not needed here is as good for another slot, and cheaper than a new one. */
static void
psa_profile_slot_unroot (GtkWidget *widget)
{
  PsaProfileSlot *self = PSA_PROFILE_SLOT (widget);
  PsaProfileList *list = get_list (self);
  PsaProfileRow *row = g_steal_pointer (&self->row);

  if (row != NULL)
    {
      g_signal_handlers_disconnect_by_func (row, on_row_spoken_name_notify_cb, self);
      g_object_ref (row);
      gtk_widget_unparent (GTK_WIDGET (row));
      psa_profile_list_give_row (list, row);
    }
  GTK_WIDGET_CLASS (psa_profile_slot_parent_class)->unroot (widget);
}

static void
psa_profile_slot_dispose (GObject *object)
{
  PsaProfileSlot *self = PSA_PROFILE_SLOT (object);

  g_clear_object (&self->status);
  G_OBJECT_CLASS (psa_profile_slot_parent_class)->dispose (object);
}

static void
psa_profile_slot_class_init (PsaProfileSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = psa_profile_slot_get_property;
  object_class->set_property = psa_profile_slot_set_property;
  object_class->dispose = psa_profile_slot_dispose;
  widget_class->measure = psa_profile_slot_measure;
  widget_class->size_allocate = psa_profile_slot_size_allocate;
  widget_class->unroot = psa_profile_slot_unroot;

  properties[PROP_STATUS] =
      g_param_spec_object ("status", NULL, NULL, PSA_TYPE_STATUS, flags | G_PARAM_READWRITE);
  properties[PROP_SELECTED] =
      g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_SPOKEN_NAME] =
      g_param_spec_string ("spoken-name", NULL, NULL, NULL, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
psa_profile_slot_init (PsaProfileSlot *self)
{
}
