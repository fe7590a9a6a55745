/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-status-page.h"

#include "psa-age.h"
#include "psa-button.h"
#include "psa-clock.h"
#include "psa-environment-icon.h"
#include "psa-message.h"
#include "psa-outcome.h"
#include "psa-stage-list.h"
#include "psa-status-facts.h"

#include <glib/gi18n.h>

/**
 * PsaStatusPage:
 *
 * The tenant status: how the last check ended, its stages and what it learned. It follows one
 * #PsaStatus and nothing else, so whatever comes late for another profile cannot show here.
 *
 * Properties: monitor, status (nullable: then it asks to choose a profile).
 * Signal: fix (PsaResult): the button of the next step was pressed.
 */
struct _PsaStatusPage
{
  AdwNavigationPage parent_instance;
  PsaMonitor *monitor;
  PsaStatus *status;
  PsaClock *clock;
  GSignalGroup *status_signals;
  GSignalGroup *profile_signals;
  GSignalGroup *check_signals;
  PsaResult *never; /* what stands in for a result that the present revision has not got */

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkLabel *title_label;
  GtkWidget *environment_box;
  GtkImage *environment_icon;
  GtkLabel *environment_label;
  GtkWidget *check_button;
  GtkWidget *edit_button;
  GtkWidget *bottom_actions;
  GtkWidget *bottom_check_button;
  GtkWidget *more_button;
  GtkWidget *progress_box;
  GtkLabel *progress_label;
  GtkWidget *verdict_box;
  PsaOutcome *outcome;
  GtkLabel *age_label;
  GtkWidget *former_box;
  GtkLabel *former_label;
  GtkWidget *stages_group;
  PsaStageList *stage_list;
  PsaStatusFacts *facts;
};

typedef enum
{
  PROP_MONITOR = 1,
  PROP_STATUS,
} PsaStatusPageProperty;

typedef enum
{
  SIGNAL_FIX,
} PsaStatusPageSignal;

static GParamSpec *properties[PROP_STATUS + 1];
static guint signals[SIGNAL_FIX + 1];

G_DEFINE_FINAL_TYPE (PsaStatusPage, psa_status_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_old (GtkWidget *widget, gboolean is_old)
{
  if (is_old)
    gtk_widget_add_css_class (widget, "old");
  else
    gtk_widget_remove_css_class (widget, "old");
}

static void
update_title (PsaStatusPage *self, PsaProfile *profile)
{
  PsaEnvironment environment = psa_profile_get_environment (profile);
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label), title);
  gtk_image_set_from_icon_name (self->environment_icon, psa_environment_get_icon (environment));
  gtk_label_set_label (self->environment_label, psa_environment_get_word (environment));
}

static void
update_progress (PsaStatusPage *self, PsaCheck *check)
{
  const char *waiting = check != NULL ? psa_check_get_waiting (check) : NULL;

  gtk_widget_set_visible (self->progress_box, check != NULL);
  if (waiting == NULL || *waiting == '\0')
    waiting = _("Checking…");
  gtk_label_set_label (self->progress_label, waiting);
}

/* The stand-in is kept, so that the outcome is not rebuilt under the reader's eyes at every tick. */
static PsaResult *
get_never (PsaStatusPage *self, PsaProfile *profile)
{
  if (self->never == NULL || self->never->revision != psa_profile_get_revision (profile) ||
      g_strcmp0 (self->never->profile_id, psa_profile_get_id (profile)) != 0)
    {
      g_clear_pointer (&self->never, psa_result_unref);
      self->never = psa_result_new (profile);
    }
  return self->never;
}

static char *
dup_age (PsaStatusPage *self, PsaResult *result)
{
  g_autofree char *age =
      psa_age_dup_text (result->checked_at, psa_clock_get_now (self->clock), PSA_AGE_SENTENCE);

  /* Translators: when a check was made and how many milliseconds it took: “Checked 2 minutes ago · 212 ms” */
  return g_strdup_printf (_("%s · %.0f ms"), age, result->duration_ms);
}

static void
update_verdict (PsaStatusPage *self)
{
  PsaProfile *profile = psa_status_get_profile (self->status);
  PsaResult *result = psa_status_get_result (self->status);
  gboolean is_current = result != NULL && psa_status_get_current (self->status);
  gboolean is_checking = psa_status_get_checking (self->status);
  gboolean is_old =
      is_checking || (result != NULL && psa_age_is_old (result->checked_at,
                                                        psa_clock_get_now (self->clock)));
  g_autofree char *age = result != NULL ? dup_age (self, result) : NULL;

  psa_outcome_set_result (self->outcome, is_current ? result : get_never (self, profile));
  set_old (GTK_WIDGET (self->outcome), is_old);
  gtk_widget_set_visible (GTK_WIDGET (self->age_label), is_current);
  gtk_label_set_label (self->age_label, is_current ? age : "");
  /* A profile that was never checked has nothing to say while its first check runs. */
  gtk_widget_set_visible (self->verdict_box, is_current || !is_checking);

  gtk_widget_set_visible (self->former_box, result != NULL && !is_current);
  if (result != NULL && !is_current)
    {
      g_autoptr(PsaMessage) message = psa_message_new (result);
      g_autofree char *former = g_strdup_printf (
          "%s · %s\n%s", psa_state_get_word (psa_cause_get_state (result->cause)), age,
          message->what);
      gtk_label_set_label (self->former_label, former);
    }

  set_old (self->stages_group, !is_checking && (is_old || !is_current));
  set_old (GTK_WIDGET (self->facts), is_old || (result != NULL && !is_current));
}

static void
update (PsaStatusPage *self)
{
  PsaProfile *profile;
  PsaResult *result;
  PsaCheck *check;
  GListModel *stages = NULL;
  const char *integration;

  if (self->status == NULL)
    return;

  profile = psa_status_get_profile (self->status);
  result = psa_status_get_result (self->status);
  check = psa_status_get_check (self->status);
  if (check != NULL)
    stages = psa_check_get_stages (check);
  else if (result != NULL)
    stages = psa_result_get_stages (result);

  update_title (self, profile);
  update_progress (self, check);
  update_verdict (self);
  psa_stage_list_set_stages (self->stage_list, stages);
  gtk_widget_set_visible (self->stages_group, stages != NULL);

  integration = psa_profile_get_integration (profile);
  psa_status_facts_show (
      self->facts, self->status,
      integration != NULL
          ? psa_store_get_integration (
                psa_keeper_get_store (psa_monitor_get_keeper (self->monitor)), integration)
          : NULL,
      psa_keeper_get_vault (psa_monitor_get_keeper (self->monitor)));
}

static void
on_status_notify_cb (PsaStatusPage *self)
{
  g_signal_group_set_target (self->check_signals, psa_status_get_check (self->status));
  update (self);
}

static void
on_outcome_fix_cb (PsaStatusPage *self, PsaResult *result)
{
  g_signal_emit (self, signals[SIGNAL_FIX], 0, result);
}

static void
set_status (PsaStatusPage *self, PsaStatus *status)
{
  gboolean is_set = status != NULL;

  if (!g_set_object (&self->status, status))
    return;

  g_signal_group_set_target (self->status_signals, status);
  g_signal_group_set_target (self->profile_signals,
                             is_set ? psa_status_get_profile (status) : NULL);
  g_signal_group_set_target (self->check_signals, is_set ? psa_status_get_check (status) : NULL);

  gtk_stack_set_visible_child_name (self->stack, is_set ? "profile" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->title_label), is_set);
  gtk_widget_set_visible (self->environment_box, is_set);
  gtk_widget_set_visible (self->check_button, is_set);
  gtk_widget_set_visible (self->edit_button, is_set);
  gtk_widget_set_visible (self->bottom_actions, is_set);
  gtk_widget_set_visible (self->more_button, is_set);
  if (!is_set)
    adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Tenant Status"));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static gboolean
move_focus_cb (gpointer user_data)
{
  PsaStatusPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && GTK_IS_LABEL (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    psa_status_page_focus (self);
  return G_SOURCE_REMOVE;
}

/* Going to the page focuses its first text: the action that one wants is better. The view does it only after it
 * has said that the page is shown. */
static void
psa_status_page_shown (AdwNavigationPage *page)
{
  AdwNavigationPageClass *parent_class
      = ADW_NAVIGATION_PAGE_CLASS (psa_status_page_parent_class);

  if (parent_class->shown != NULL)
    parent_class->shown (page);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, move_focus_cb, g_object_ref (page), g_object_unref);
}

static void
psa_status_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PsaStatusPage *self = PSA_STATUS_PAGE (object);

  switch ((PsaStatusPageProperty) prop_id)
    {
    case PROP_MONITOR:
      g_value_set_object (value, self->monitor);
      break;
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_status_page_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  PsaStatusPage *self = PSA_STATUS_PAGE (object);

  switch ((PsaStatusPageProperty) prop_id)
    {
    case PROP_MONITOR:
      if (g_set_object (&self->monitor, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_STATUS:
      set_status (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psa_status_page_dispose (GObject *object)
{
  PsaStatusPage *self = PSA_STATUS_PAGE (object);

  g_clear_object (&self->status_signals);
  g_clear_object (&self->profile_signals);
  g_clear_object (&self->check_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_STATUS_PAGE);
  g_clear_object (&self->clock);
  g_clear_object (&self->status);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->never, psa_result_unref);
  G_OBJECT_CLASS (psa_status_page_parent_class)->dispose (object);
}

static void
psa_status_page_class_init (PsaStatusPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = psa_status_page_get_property;
  object_class->set_property = psa_status_page_set_property;
  object_class->dispose = psa_status_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = psa_status_page_shown;

  properties[PROP_MONITOR] =
      g_param_spec_object ("monitor", NULL, NULL, PSA_TYPE_MONITOR, flags);
  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, PSA_TYPE_STATUS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * PsaStatusPage::fix:
   * @self: the page
   * @result: the result whose next step was asked for
   */
  signals[SIGNAL_FIX] = g_signal_new ("fix", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, PSA_TYPE_RESULT);

  g_type_ensure (PSA_TYPE_OUTCOME);
  g_type_ensure (PSA_TYPE_STAGE_LIST);
  g_type_ensure (PSA_TYPE_STATUS_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-status-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, environment_box);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, environment_icon);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, environment_label);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, check_button);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, bottom_actions);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, bottom_check_button);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, age_label);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, former_box);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, former_label);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, stages_group);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, stage_list);
  gtk_widget_class_bind_template_child (widget_class, PsaStatusPage, facts);
  gtk_widget_class_bind_template_child_full (widget_class, "more_menu", FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, on_outcome_fix_cb);

  /* Here and not only in the window: the split view would take Escape first, to go back. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "profile.cancel", NULL);
}

static void
psa_status_page_init (PsaStatusPage *self)
{
  self->clock = psa_clock_dup_default ();
  g_signal_connect_object (self->clock, "notify::now", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  self->status_signals = g_signal_group_new (PSA_TYPE_STATUS);
  g_signal_group_connect_swapped (self->status_signals, "notify",
                                  G_CALLBACK (on_status_notify_cb), self);
  self->profile_signals = g_signal_group_new (PSA_TYPE_PROFILE);
  g_signal_group_connect_swapped (self->profile_signals, "notify", G_CALLBACK (update), self);
  self->check_signals = g_signal_group_new (PSA_TYPE_CHECK);
  g_signal_group_connect_swapped (self->check_signals, "notify::waiting", G_CALLBACK (update),
                                  self);

  gtk_widget_init_template (GTK_WIDGET (self));
  psa_button_set_menu (GTK_WIDGET (self), "more_button", "more_menu");
  gtk_widget_set_visible (self->environment_box, FALSE);
  gtk_widget_set_visible (self->check_button, FALSE);
  gtk_widget_set_visible (self->edit_button, FALSE);
  gtk_widget_set_visible (self->bottom_actions, FALSE);
  gtk_widget_set_visible (self->more_button, FALSE);
}

/**
 * psa_status_page_focus:
 * @self: the page
 *
 * Moves the keyboard focus to the page: to its first action, where one can go on by Enter or Tab.
 */
void
psa_status_page_focus (PsaStatusPage *self)
{
  g_return_if_fail (PSA_IS_STATUS_PAGE (self));

  if (!gtk_widget_get_mapped (self->check_button) ||
      !gtk_widget_grab_focus (self->check_button))
    gtk_widget_grab_focus (self->bottom_check_button);
}
