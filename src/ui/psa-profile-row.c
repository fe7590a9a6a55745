/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-row.h"

#include "psa-age.h"
#include "psa-clock.h"
#include "psa-environment-icon.h"
#include "psa-message.h"
#include "psa-profile-list.h"
#include "psa-state-mark.h"

#include <glib/gi18n.h>

/**
 * PsaProfileRow:
 *
 * One profile in the list: the shape of its state, its name, whom it signs in as and where, its
 * environment, a star for a favourite, and the age of what is known.
 *
 * Properties: status (PsaStatus, nullable), clock (read only), selecting (as the list), selected, spoken-name (for a
 * screen reader; its template sets it).
 */
struct _PsaProfileRow
{
  GtkBox parent_instance;
  PsaStatus *status;
  PsaClock *clock;
  gboolean selecting;
  gboolean selected;
  char *spoken_name; /* (nullable) */
  GBinding *selecting_binding; /* (nullable) */
};

typedef enum
{
  PROP_STATUS = 1,
  PROP_CLOCK,
  PROP_SELECTING,
  PROP_SELECTED,
  PROP_SPOKEN_NAME,
} PsaProfileRowProperty;

static GParamSpec *properties[PROP_SPOKEN_NAME + 1];

G_DEFINE_FINAL_TYPE (PsaProfileRow, psa_profile_row, GTK_TYPE_BOX)

static char *
clean (PsaProfileRow *self, const char *text)
{
  return psa_message_dup_clean (text != NULL ? text : "");
}

static char *
dup_subtitle (PsaProfileRow *self, const char *company_id, const char *address)
{
  g_autofree char *text = NULL;

  if (company_id == NULL || *company_id == '\0')
    return clean (self, address);
  text = g_strdup_printf ("%s · %s", company_id, address != NULL ? address : "");
  return clean (self, text);
}

static gboolean
is_old (PsaProfileRow *self, PsaResult *result, gint64 now)
{
  return result != NULL && psa_age_is_old (result->checked_at, now);
}

static char *
dup_age (PsaProfileRow *self, gboolean checking, gboolean current, PsaResult *result, gint64 now)
{
  if (checking)
    return g_strdup (_("Checking…"));
  if (result == NULL || !current)
    /* Translators: in place of the age of the last check, where there was none */
    return g_strdup (_("not checked"));
  return psa_age_dup_text (result->checked_at, now, PSA_AGE_SHORT);
}

/* Most profiles are in production: the others stand out. */
static GStrv
dup_environment_classes (PsaProfileRow *self, PsaEnvironment environment)
{
  const char *const classes[] = { environment == PSA_ENVIRONMENT_PRODUCTION ? "dimmed" : NULL,
                                  NULL };

  return g_strdupv ((GStrv) classes);
}

static char *
dup_environment (PsaProfileRow *self, PsaEnvironment environment)
{
  return g_strdup (psa_environment_get_word (environment));
}

static char *
dup_environment_icon (PsaProfileRow *self, PsaEnvironment environment)
{
  return g_strdup (psa_environment_get_icon (environment));
}

/* Only the first is read; the others are what it depends on. */
static char *
dup_spoken_name (PsaProfileRow *self,
                 PsaStatus *status,
                 PsaState state,
                 gboolean checking,
                 PsaResult *result,
                 const char *title,
                 PsaEnvironment environment,
                 gint64 now)
{
  return status != NULL ? psa_profile_row_dup_name (status) : NULL;
}

static void
psa_profile_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaProfileRow *self = PSA_PROFILE_ROW (object);

  switch ((PsaProfileRowProperty) prop_id)
    {
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_SELECTING:
      g_value_set_boolean (value, self->selecting);
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, self->selected);
      break;
    case PROP_SPOKEN_NAME:
      g_value_set_string (value, self->spoken_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_profile_row_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  PsaProfileRow *self = PSA_PROFILE_ROW (object);

  switch ((PsaProfileRowProperty) prop_id)
    {
    case PROP_STATUS:
      if (g_set_object (&self->status, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SELECTING:
      self->selecting = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SELECTED:
      if (self->selected == g_value_get_boolean (value))
        return;
      self->selected = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SPOKEN_NAME:
      if (g_set_str (&self->spoken_name, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CLOCK:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_profile_row_dispose (GObject *object)
{
  PsaProfileRow *self = PSA_PROFILE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_PROFILE_ROW);
  g_clear_object (&self->status);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (psa_profile_row_parent_class)->dispose (object);
}

static void
psa_profile_row_finalize (GObject *object)
{
  g_free (PSA_PROFILE_ROW (object)->spoken_name);
  G_OBJECT_CLASS (psa_profile_row_parent_class)->finalize (object);
}

/* While several are chosen a click adds a row or takes it off again, as Ctrl+click does at any time. */
static void
on_pressed_cb (PsaProfileRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType modifiers =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!self->selecting || (modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "listitem.select", "(bb)", TRUE, FALSE);
}

static void
on_long_pressed_cb (PsaProfileRow *self, double x, double y, GtkGesture *gesture)
{
  if (self->selecting)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "listitem.select", "(bb)", FALSE, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "profiles.start-selecting", NULL);
}

static void
psa_profile_row_root (GtkWidget *widget)
{
  GtkWidget *list = gtk_widget_get_ancestor (widget, PSA_TYPE_PROFILE_LIST);

  GTK_WIDGET_CLASS (psa_profile_row_parent_class)->root (widget);
  g_clear_object (&PSA_PROFILE_ROW (widget)->selecting_binding);
  if (list != NULL)
    PSA_PROFILE_ROW (widget)->selecting_binding =
        g_object_ref (g_object_bind_property (list, "selecting", widget, "selecting",
                                              G_BINDING_SYNC_CREATE));
}

static void
psa_profile_row_unroot (GtkWidget *widget)
{
  PsaProfileRow *self = PSA_PROFILE_ROW (widget);

  if (self->selecting_binding != NULL)
    g_binding_unbind (self->selecting_binding);
  g_clear_object (&self->selecting_binding);
  GTK_WIDGET_CLASS (psa_profile_row_parent_class)->unroot (widget);
}

static void
psa_profile_row_class_init (PsaProfileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = psa_profile_row_get_property;
  object_class->set_property = psa_profile_row_set_property;
  object_class->dispose = psa_profile_row_dispose;
  object_class->finalize = psa_profile_row_finalize;
  widget_class->root = psa_profile_row_root;
  widget_class->unroot = psa_profile_row_unroot;

  properties[PROP_STATUS] = g_param_spec_object (
      "status", NULL, NULL, PSA_TYPE_STATUS,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, PSA_TYPE_CLOCK,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTING] =
      g_param_spec_boolean ("selecting", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SELECTED] =
      g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SPOKEN_NAME] =
      g_param_spec_string ("spoken-name", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PSA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-profile-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, clean);
  gtk_widget_class_bind_template_callback (widget_class, dup_subtitle);
  gtk_widget_class_bind_template_callback (widget_class, is_old);
  gtk_widget_class_bind_template_callback (widget_class, dup_age);
  gtk_widget_class_bind_template_callback (widget_class, dup_environment_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_environment);
  gtk_widget_class_bind_template_callback (widget_class, dup_environment_icon);
  gtk_widget_class_bind_template_callback (widget_class, dup_spoken_name);
}

static void
psa_profile_row_init (PsaProfileRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  self->clock = psa_clock_dup_default ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (on_long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (long_press));
}

/**
 * psa_profile_row_get_status:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
PsaStatus *
psa_profile_row_get_status (PsaProfileRow *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE_ROW (self), NULL);

  return self->status;
}

/**
 * psa_profile_row_dup_name:
 * @status: what the row shows
 *
 * What a screen reader says of a row: name, state, environment, age, in one breath.
 *
 * Returns: (transfer full): the name, such as “Contoso IT, Connected, Production, Checked 2 minutes ago”
 */
char *
psa_profile_row_dup_name (PsaStatus *status)
{
  PsaProfile *profile;
  PsaResult *result;
  const char *environment;
  g_autofree char *title = NULL;
  g_autofree char *age = NULL;

  g_return_val_if_fail (PSA_IS_STATUS (status), NULL);

  profile = psa_status_get_profile (status);
  result = psa_status_get_result (status);
  title = psa_message_dup_clean (psa_profile_get_title (profile));
  environment = psa_environment_get_word (psa_profile_get_environment (profile));
  if (psa_status_get_checking (status))
    /* Translators: the row of a profile for a screen reader: name, what is going on, environment */
    return g_strdup_printf (_("%s, %s, %s"), title, _("Checking…"), environment);
  if (result == NULL || !psa_status_get_current (status))
    return g_strdup_printf (_("%s, %s, %s"), title,
                            psa_state_get_word (psa_status_get_state (status)), environment);
  age = psa_age_dup_text (result->checked_at, g_get_real_time (), PSA_AGE_SENTENCE);
  /* Translators: the row of a profile for a screen reader: name, state, environment, age */
  return g_strdup_printf (_("%s, %s, %s, %s"), title,
                          psa_state_get_word (psa_status_get_state (status)), environment, age);
}
