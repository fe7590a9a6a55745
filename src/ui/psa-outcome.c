/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-outcome.h"

#include "psa-button.h"
#include "psa-countdown.h"
#include "psa-message.h"
#include "psa-state-mark.h"

#include <glib/gi18n.h>

/**
 * PsaOutcome:
 *
 * How a check ended: the state as shape and word, what is the matter, why we think so and what to
 * do now, with a button for the next step where there is one.
 */
struct _PsaOutcome
{
  AdwBin parent_instance;

  PsaResult *result;
  gboolean in_form;

  GtkImage *icon;
  GtkLabel *state_label;
  GtkLabel *what_label;
  GtkLabel *why_label;
  GtkLabel *next_label;
  PsaCountdown *countdown;
  GtkButton *fix_button;
};

typedef enum
{
  PROP_IN_FORM = 1,
} PsaOutcomeProperty;

typedef enum
{
  SIGNAL_FIX,
} PsaOutcomeSignal;

static GParamSpec *properties[PROP_IN_FORM + 1];
static guint signals[SIGNAL_FIX + 1];

G_DEFINE_FINAL_TYPE (PsaOutcome, psa_outcome, ADW_TYPE_BIN)

/* The form is open already: the button goes to the row. */
static const char *
get_row_label (PsaField field)
{
  switch (field)
    {
    case PSA_FIELD_HOSTNAME:
      return _("Correct Hostname");
    case PSA_FIELD_API_VERSION:
      return _("Correct API Version");
    case PSA_FIELD_CLIENT_ID:
      return _("Correct Client ID");
    case PSA_FIELD_USERNAME:
      return _("Correct Username");
    case PSA_FIELD_PASSWORD:
      return _("Correct Password");
    case PSA_FIELD_NONE:
    default:
      return NULL;
    }
}

static const char *
get_fix_label (PsaOutcome *self, PsaResult *result)
{
  switch (psa_result_get_fix (result))
    {
    case PSA_FIX_EDIT:
      return self->in_form ? get_row_label (psa_cause_get_field (result->cause))
                           : _("Edit Connection");
    case PSA_FIX_CHECK_AGAIN:
      return result->cause == PSA_CAUSE_NEVER_CHECKED ? _("Check Now") : _("Check Again");
    case PSA_FIX_USE_API_HOST:
      return _("Use the API Host");
    case PSA_FIX_USE_NAMED_HOST:
      return _("Use the Tenant’s Host");
    case PSA_FIX_USE_VERSION:
      return _("Use the Tenant’s Version");
    case PSA_FIX_FIND_REGION:
      return _("Find My Region…");
    case PSA_FIX_OPEN_PORTAL:
      return _("Open the Network’s Login");
    case PSA_FIX_TRUST_CERTIFICATE:
      return result->cause == PSA_CAUSE_CERTIFICATE_CHANGED ? _("Compare Certificates…")
                                                            : _("Trust This Certificate…");
    case PSA_FIX_ENTER_SECRET:
      return _("Enter the Keys");
    case PSA_FIX_UNLOCK:
      return _("Unlock Keyring");
    case PSA_FIX_NONE:
    default:
      return NULL;
    }
}

/* A hyphen at the end of a line would read as part of a host name or a SHA-256. */
static void
forbid_hyphens (GtkLabel *label)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

static void
on_fix_button_clicked_cb (PsaOutcome *self)
{
  g_signal_emit (self, signals[SIGNAL_FIX], 0, self->result);
}

/* On a page it is the headline, above the rows of a form no more than a card. */
static void
set_in_form (PsaOutcome *self, gboolean in_form)
{
  self->in_form = in_form;
  if (!in_form)
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self->what_label), "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (self->what_label), "heading");
  gtk_widget_remove_css_class (GTK_WIDGET (self->fix_button), "pill");
}

static void
psa_outcome_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaOutcome *self = PSA_OUTCOME (object);

  switch ((PsaOutcomeProperty) prop_id)
    {
    case PROP_IN_FORM:
      g_value_set_boolean (value, self->in_form);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_outcome_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PsaOutcome *self = PSA_OUTCOME (object);

  switch ((PsaOutcomeProperty) prop_id)
    {
    case PROP_IN_FORM:
      set_in_form (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_outcome_dispose (GObject *object)
{
  PsaOutcome *self = PSA_OUTCOME (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_OUTCOME);
  g_clear_pointer (&self->result, psa_result_unref);
  G_OBJECT_CLASS (psa_outcome_parent_class)->dispose (object);
}

static void
psa_outcome_class_init (PsaOutcomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = psa_outcome_get_property;
  object_class->set_property = psa_outcome_set_property;
  object_class->dispose = psa_outcome_dispose;

  /**
   * PsaOutcome:in-form:
   *
   * Whether it stands above the rows of the connection form: it is quieter, and its button names
   * the row.
   */
  properties[PROP_IN_FORM] =
      g_param_spec_boolean ("in-form", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * PsaOutcome::fix:
   * @self: the outcome
   * @result: the result whose fix the user asked for
   *
   * The button of the next step was pressed; psa_result_get_fix() of @result tells which.
   */
  signals[SIGNAL_FIX] = g_signal_new ("fix", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, PSA_TYPE_RESULT);

  g_type_ensure (PSA_TYPE_COUNTDOWN);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-outcome.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaOutcome, icon);
  gtk_widget_class_bind_template_child (widget_class, PsaOutcome, state_label);
  gtk_widget_class_bind_template_child (widget_class, PsaOutcome, what_label);
  gtk_widget_class_bind_template_child (widget_class, PsaOutcome, why_label);
  gtk_widget_class_bind_template_child (widget_class, PsaOutcome, next_label);
  gtk_widget_class_bind_template_child (widget_class, PsaOutcome, countdown);
  gtk_widget_class_bind_template_child (widget_class, PsaOutcome, fix_button);
  gtk_widget_class_bind_template_callback (widget_class, on_fix_button_clicked_cb);
}

static void
psa_outcome_init (PsaOutcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  forbid_hyphens (self->what_label);
  forbid_hyphens (self->why_label);
  forbid_hyphens (self->next_label);
}

/**
 * psa_outcome_set_result:
 * @self: the outcome
 * @result: (nullable): what to show; %NULL hides it all
 */
void
psa_outcome_set_result (PsaOutcome *self, PsaResult *result)
{
  g_autoptr(PsaMessage) message = NULL;
  const char *styles[] = { NULL, NULL };
  const char *fix_label;
  PsaState state;

  g_return_if_fail (PSA_IS_OUTCOME (self));

  if (self->result == result)
    return;
  g_clear_pointer (&self->result, psa_result_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), result != NULL);
  if (result == NULL)
    return;

  self->result = psa_result_ref (result);
  state = psa_cause_get_state (result->cause);
  message = psa_message_new (result);
  fix_label = get_fix_label (self, result);

  styles[0] = psa_state_mark_get_style (state);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), styles);
  gtk_image_set_from_icon_name (self->icon, psa_state_get_icon (state));
  gtk_label_set_label (self->state_label, psa_state_get_word (state));
  gtk_label_set_label (self->what_label, message->what);
  gtk_label_set_label (self->why_label, message->why);
  gtk_label_set_label (self->next_label, message->next);
  psa_countdown_set_retry_at (self->countdown,
                              state == PSA_STATE_UNREACHABLE ? result->retry_at : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->fix_button), fix_label != NULL);
  if (fix_label != NULL)
    {
      gtk_button_set_label (self->fix_button, fix_label);
      psa_button_wrap_label (self->fix_button);
    }
}

/**
 * psa_outcome_focus_fix:
 * @self: the outcome
 *
 * Moves the focus to the button of the next step.
 *
 * Returns: %FALSE where there is none
 */
gboolean
psa_outcome_focus_fix (PsaOutcome *self)
{
  g_return_val_if_fail (PSA_IS_OUTCOME (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->fix_button)) &&
         gtk_widget_grab_focus (GTK_WIDGET (self->fix_button));
}
