/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-change-dialog.h"
#include "psa-input.h"
#include "psa-tags.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 10

/**
 * Field:
 *
 * What a change sets. Only this goes back when it is undone: what was changed meanwhile stays.
 */
typedef enum
{
  FIELD_NAME,
  FIELD_TAGS,
  FIELD_API_VERSION,
  FIELD_INTEGRATION,
  FIELD_ENVIRONMENT,
  FIELD_FAVOURITE,
} Field;

/* A change of one or many profiles: one write, one toast, one undo. */
typedef struct
{
  PsaWindow *window;
  Field field;
  GPtrArray *before;       /* of PsaProfile: copies, as they were */
  GPtrArray *integrations; /* of PsaIntegration: theirs, which may go with their last profile */
} Change;

static void
change_free (Change *change)
{
  g_clear_object (&change->window);
  g_clear_pointer (&change->before, g_ptr_array_unref);
  g_clear_pointer (&change->integrations, g_ptr_array_unref);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
set_field (PsaProfile *draft, Field field, PsaProfile *from)
{
  switch (field)
    {
    case FIELD_NAME:
      psa_profile_set_name (draft, psa_profile_get_name (from));
      break;
    case FIELD_TAGS:
      psa_profile_set_tags (draft, psa_profile_get_tags (from));
      break;
    case FIELD_API_VERSION:
      psa_profile_set_api_version (draft, psa_profile_get_api_version (from));
      break;
    case FIELD_INTEGRATION:
      psa_profile_set_integration (draft, psa_profile_get_integration (from));
      break;
    case FIELD_ENVIRONMENT:
      psa_profile_set_environment (draft, psa_profile_get_environment (from));
      break;
    case FIELD_FAVOURITE:
      psa_profile_set_favourite (draft, psa_profile_get_favourite (from));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
undone_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!psa_store_apply_finish (PSA_STORE (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_window_say (self, error->message);
}

static void
on_undo_cb (AdwToast *toast, gpointer user_data)
{
  Change *change = user_data;
  PsaStore *store = psa_window_get_store (change->window);
  PsaBatch *batch = psa_batch_new ();

  for (guint i = 0; i < change->before->len; i++)
    {
      PsaProfile *before = change->before->pdata[i];
      PsaProfile *kept = psa_store_get_profile (store, psa_profile_get_id (before));

      if (kept == NULL)
        continue;
      g_ptr_array_add (batch->puts, psa_profile_draft (kept));
      set_field (batch->puts->pdata[batch->puts->len - 1], change->field, before);
    }
  for (guint i = 0; i < change->integrations->len; i++)
    g_ptr_array_add (batch->integrations, g_object_ref (change->integrations->pdata[i]));
  psa_store_apply_async (store, batch, change->window->cancellable, undone_cb,
                         g_object_ref (change->window));
}

static void
changed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GError) error = NULL;
  gboolean changed = psa_store_apply_finish (PSA_STORE (object), result, &error);
  PsaWindow *self = change->window;
  guint n_changed = change->before->len;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!changed)
    {
      psa_window_say (self, error->message);
      return;
    }

  text = g_strdup_printf (ngettext ("%u profile changed", "%u profiles changed", n_changed),
                          n_changed);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb),
                         g_steal_pointer (&change), (GClosureNotify) (void (*) (void)) change_free,
                         G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/* Takes @drafts, (transfer full), (element-type PsaProfile). */
static void
apply (PsaWindow *self, Field field, GPtrArray *drafts)
{
  PsaStore *store = psa_window_get_store (self);
  PsaBatch *batch = psa_batch_new ();
  Change *change = g_new0 (Change, 1);

  change->window = g_object_ref (self);
  change->field = field;
  change->before = g_ptr_array_new_with_free_func (g_object_unref);
  change->integrations = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < drafts->len; i++)
    {
      PsaProfile *kept = psa_store_get_profile (store, psa_profile_get_id (drafts->pdata[i]));
      PsaIntegration *integration;

      if (kept == NULL)
        continue;
      integration = psa_store_get_integration (store, psa_profile_get_integration (kept));
      g_ptr_array_add (batch->puts, g_object_ref (drafts->pdata[i]));
      g_ptr_array_add (change->before, psa_profile_copy (kept));
      if (integration != NULL && !g_ptr_array_find (change->integrations, integration, NULL))
        g_ptr_array_add (change->integrations, g_object_ref (integration));
    }
  g_ptr_array_unref (drafts);
  if (change->before->len > 1)
    batch->backup = "before-change-";
  psa_store_apply_async (store, batch, self->cancellable, changed_cb, change);
}

static GPtrArray *
list_profiles (PsaWindow *self)
{
  g_autoptr(GPtrArray) statuses = psa_profile_list_list_selected (self->list);
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < statuses->len; i++)
    g_ptr_array_add (profiles, g_object_ref (psa_status_get_profile (statuses->pdata[i])));
  return profiles;
}

static GPtrArray *
make_drafts (GPtrArray *profiles)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < profiles->len; i++)
    g_ptr_array_add (drafts, psa_profile_draft (profiles->pdata[i]));
  return drafts;
}

/* What a question was asked about, so that the answer cannot land on anything else. */
typedef struct
{
  PsaWindow *window;
  Field field;
  GPtrArray *profiles;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->window);
  g_ptr_array_unref (question->profiles);
  g_free (question);
}

static void
fill (PsaProfile *draft, Field field, AdwDialog *dialog)
{
  const char *first = psa_change_dialog_get_first (dialog);
  g_autofree char *name = NULL;
  g_auto(GStrv) added = NULL;
  g_auto(GStrv) removed = NULL;
  g_auto(GStrv) tags = NULL;

  if (field == FIELD_NAME)
    {
      name = psa_input_dup_trimmed (first);
      psa_profile_set_name (draft, name);
    }
  else if (field == FIELD_API_VERSION)
    psa_profile_set_api_version (draft, first);
  else if (field == FIELD_INTEGRATION && first != NULL)
    psa_profile_set_integration (draft, first);
  else if (field == FIELD_TAGS)
    {
      added = psa_tags_parse (first);
      removed = psa_tags_parse (psa_change_dialog_get_second (dialog));
      tags = psa_tags_change (psa_profile_get_tags (draft), (const char *const *) added,
                              (const char *const *) removed);
      psa_profile_set_tags (draft, (const char *const *) tags);
    }
}

static void
on_response_cb (AdwDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;
  GPtrArray *drafts;

  if (!g_str_equal (response, PSA_CHANGE_DIALOG_CHANGE))
    return;

  drafts = make_drafts (question->profiles);
  for (guint i = 0; i < drafts->len; i++)
    fill (drafts->pdata[i], question->field, dialog);
  apply (question->window, question->field, drafts);
}

/* Takes @profiles, (transfer full). */
static void
ask (PsaWindow *self, Field field, GPtrArray *profiles, AdwDialog *dialog)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->field = field;
  question->profiles = profiles;
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question,
                         (GClosureNotify) (void (*) (void)) question_free, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  PsaProfile *profile = psa_status_get_profile (self->status);
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (profiles, g_object_ref (profile));
  ask (self, FIELD_NAME, profiles, psa_change_dialog_new_name (profile));
}

static void
tags_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  GPtrArray *profiles = list_profiles (self);

  ask (self, FIELD_TAGS, profiles, psa_change_dialog_new_tags (profiles));
}

static void
api_version_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  GPtrArray *profiles = list_profiles (self);

  ask (self, FIELD_API_VERSION, profiles, psa_change_dialog_new_api_version (profiles));
}

static void
integration_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  GPtrArray *profiles = list_profiles (self);

  ask (self, FIELD_INTEGRATION, profiles,
       psa_change_dialog_new_integration (profiles, psa_window_get_store (self)));
}

static void
environment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GPtrArray) profiles = list_profiles (self);
  GPtrArray *drafts = make_drafts (profiles);
  PsaEnvironment environment = PSA_ENVIRONMENT_OTHER;

  psa_environment_from_token (g_variant_get_string (parameter, NULL), &environment);
  for (guint i = 0; i < drafts->len; i++)
    psa_profile_set_environment (drafts->pdata[i], environment);
  apply (self, FIELD_ENVIRONMENT, drafts);
}

static void
favourite_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GPtrArray) profiles = list_profiles (self);
  GPtrArray *drafts = make_drafts (profiles);

  for (guint i = 0; i < drafts->len; i++)
    psa_profile_set_favourite (drafts->pdata[i],
                               g_str_equal (g_variant_get_string (parameter, NULL), "true"));
  apply (self, FIELD_FAVOURITE, drafts);
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GPtrArray) statuses = psa_profile_list_list_selected (self->list);

  psa_profile_list_set_selecting (self->list, FALSE);
  psa_window_check_many (self, statuses);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GPtrArray) profiles = list_profiles (self);

  psa_profile_list_set_selecting (self->list, FALSE);
  psa_window_remove (self, profiles);
}

/**
 * psa_window_install_change_actions:
 * @widget_class: the class of the window
 *
 * Installs what is done with several selected profiles, and renaming one.
 */
void
psa_window_install_change_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profile.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "selection.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "selection.tags", NULL, tags_action);
  gtk_widget_class_install_action (widget_class, "selection.api-version", NULL, api_version_action);
  gtk_widget_class_install_action (widget_class, "selection.integration", NULL, integration_action);
  gtk_widget_class_install_action (widget_class, "selection.environment", "s", environment_action);
  gtk_widget_class_install_action (widget_class, "selection.favourite", "s", favourite_action);
  gtk_widget_class_install_action (widget_class, "selection.delete", NULL, delete_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "profile.rename", NULL);
}
