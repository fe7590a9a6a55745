/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-integration-group.h"

#include "psa-change-dialog.h"
#include "psa-client-id.h"
#include "psa-environment-icon.h"
#include "psa-field-note.h"
#include "psa-input.h"
#include "psa-judgement.h"
#include "psa-keeper-client-id.h"
#include "psa-message.h"

#include <glib/gi18n.h>

/* So many profiles stand in the row; more would only be scrolled past. */
#define N_SHOWN 20

/**
 * PsaIntegrationGroup:
 *
 * One integration among the others: its name, who uses it, and its Client ID, of which no more than the last four
 * characters are ever shown. What is changed here is changed for all of its profiles.
 */
struct _PsaIntegrationGroup
{
  AdwPreferencesGroup parent_instance;

  PsaKeeper *keeper;
  PsaIntegration *integration;
  GCancellable *cancellable;
  GPtrArray *rows; /* (element-type GtkWidget): those of @users_row */
  char *hint; /* (nullable): how the Client ID ends; NULL as long as the keyring has not told */
  gboolean saving;

  GtkEditable *name_row;
  AdwExpanderRow *users_row;
  GtkEditable *client_id_row;
  PsaFieldNote *note;
};

G_DEFINE_FINAL_TYPE (PsaIntegrationGroup, psa_integration_group, ADW_TYPE_PREFERENCES_GROUP)

static void
fail (PsaIntegrationGroup *self, const char *reason)
{
  psa_field_note_say (self->note, PSA_FIELD_NOTE_ERROR, reason);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), reason,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_hint (PsaIntegrationGroup *self)
{
  g_autofree char *text = NULL;

  if (self->hint != NULL)
    /* Translators: %s is "…" and the last four characters of a Client ID */
    text = g_strdup_printf (_("The Client ID in the keyring is %s."), self->hint);
  psa_field_note_say (self->note, PSA_FIELD_NOTE_INFO,
                      text != NULL ? text : _("The Client ID is in the keyring."));
}

static GPtrArray *
list_users (PsaIntegrationGroup *self)
{
  GListModel *store = G_LIST_MODEL (psa_keeper_get_store (self->keeper));
  GPtrArray *users = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (store, i);

      if (g_strcmp0 (psa_profile_get_integration (profile),
                     psa_integration_get_id (self->integration)) == 0)
        g_ptr_array_add (users, g_steal_pointer (&profile));
    }
  return users;
}

static void
add_row (PsaIntegrationGroup *self, const char *title, const char *subtitle, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (icon != NULL)
    {
      GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
    }
  adw_expander_row_add_row (self->users_row, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_users (PsaIntegrationGroup *self)
{
  g_autoptr(GPtrArray) users = list_users (self);
  g_autofree char *title = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->users_row, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  title = g_strdup_printf (ngettext ("Used by %u Profile", "Used by %u Profiles", users->len),
                           users->len);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->users_row), title);
  for (guint i = 0; i < MIN (users->len, N_SHOWN); i++)
    {
      PsaProfile *profile = users->pdata[i];
      PsaEnvironment environment = psa_profile_get_environment (profile);
      g_autofree char *name = psa_message_dup_clean (psa_profile_get_title (profile));

      add_row (self, name, psa_environment_get_word (environment),
               psa_environment_get_icon (environment));
    }
  if (users->len > N_SHOWN)
    {
      guint n_left = users->len - N_SHOWN;
      g_autofree char *more = g_strdup_printf (
          /* Translators: the end of a list of profiles that is too long to be shown */
          ngettext ("And %u more", "And %u more", n_left), n_left);

      add_row (self, more, NULL, NULL);
    }
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaIntegrationGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) client_id = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);

  if (self->note == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_pointer (&self->hint, g_free);
  self->hint = client_id != NULL ? psa_client_id_dup_hint (client_id) : NULL;
  if (client_id == NULL)
    psa_field_note_say (self->note, PSA_FIELD_NOTE_WARNING, error->message);
  else if (*gtk_editable_get_text (self->client_id_row) == '\0')
    show_hint (self);
}

static void
look_up (PsaIntegrationGroup *self)
{
  psa_vault_lookup_async (psa_keeper_get_vault (self->keeper),
                          psa_integration_get_id (self->integration), PSA_VAULT_NO_PROMPT,
                          self->cancellable, looked_up_cb, g_object_ref (self));
}

static void
renamed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaIntegrationGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_store_apply_finish (PSA_STORE (object), result, &error) || self->note == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  fail (self, error->message);
}

static void
on_name_row_apply_cb (PsaIntegrationGroup *self)
{
  PsaBatch *batch = psa_batch_new ();
  PsaIntegration *renamed = psa_integration_copy (self->integration);
  g_autofree char *name = psa_input_dup_trimmed (gtk_editable_get_text (self->name_row));

  g_object_set (renamed, "name", name, NULL);
  g_ptr_array_add (batch->integrations, renamed);
  psa_store_apply_async (psa_keeper_get_store (self->keeper), batch, self->cancellable, renamed_cb,
                         g_object_ref (self));
}

static void
on_integration_notify_name_cb (PsaIntegrationGroup *self)
{
  gtk_editable_set_text (self->name_row, psa_integration_get_name (self->integration));
}

static void
on_client_id_row_changed_cb (PsaIntegrationGroup *self)
{
  const char *text = gtk_editable_get_text (self->client_id_row);
  g_autoptr(PsaJudgement) judgement = NULL;

  if (*text == '\0')
    {
      show_hint (self);
      return;
    }
  judgement = psa_judgement_of_client_id (text, FALSE, NULL);
  psa_field_note_say (self->note, judgement->good ? judgement->kind : PSA_FIELD_NOTE_HELP,
                      judgement->good ? judgement->text : NULL);
}

static void
set_saving (PsaIntegrationGroup *self, gboolean saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (GTK_WIDGET (self->client_id_row), !saving);
  if (saving)
    psa_field_note_say (self->note, PSA_FIELD_NOTE_INFO, _("Saving to the keyring…"));
}

static void
changed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaIntegrationGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean changed = psa_keeper_change_client_id_finish (PSA_KEEPER (object), result, &error);

  if (self->note == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_saving (self, FALSE);
  if (!changed)
    {
      fail (self, error->message);
      return;
    }
  gtk_editable_set_text (self->client_id_row, "");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("The Client ID was changed"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  look_up (self);
}

static void
on_response_cb (PsaIntegrationGroup *self, const char *response)
{
  g_autoptr(PsaSecret) client_id = NULL;

  if (!g_str_equal (response, PSA_CHANGE_DIALOG_CHANGE))
    return;
  client_id = psa_client_id_parse (gtk_editable_get_text (self->client_id_row), NULL);
  if (client_id == NULL) /* changed since it was asked about */
    return;

  set_saving (self, TRUE);
  psa_keeper_change_client_id_async (self->keeper, self->integration, client_id, self->cancellable,
                                     changed_cb, g_object_ref (self));
}

/* It is asked, since it is said of many and nothing brings the former one back. */
static void
on_client_id_row_apply_cb (PsaIntegrationGroup *self)
{
  const char *text = gtk_editable_get_text (self->client_id_row);
  g_autoptr(GPtrArray) users = list_users (self);
  g_autoptr(PsaJudgement) judgement = NULL;
  AdwDialog *question;

  if (*text == '\0' || self->saving)
    return;
  judgement = psa_judgement_of_client_id (text, FALSE, NULL);
  if (!judgement->good)
    {
      psa_field_note_say (self->note, PSA_FIELD_NOTE_ERROR, judgement->text);
      return;
    }

  question = psa_change_dialog_new_client_id (users);
  g_signal_connect_object (question, "response", G_CALLBACK (on_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (self));
}

static void
psa_integration_group_dispose (GObject *object)
{
  PsaIntegrationGroup *self = PSA_INTEGRATION_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_INTEGRATION_GROUP);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->keeper);
  g_clear_object (&self->integration);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->hint, g_free);
  G_OBJECT_CLASS (psa_integration_group_parent_class)->dispose (object);
}

static void
psa_integration_group_class_init (PsaIntegrationGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_integration_group_dispose;

  g_type_ensure (PSA_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-integration-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaIntegrationGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, PsaIntegrationGroup, users_row);
  gtk_widget_class_bind_template_child (widget_class, PsaIntegrationGroup, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, PsaIntegrationGroup, note);
  gtk_widget_class_bind_template_callback (widget_class, on_name_row_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_client_id_row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_client_id_row_apply_cb);
}

static void
psa_integration_group_init (PsaIntegrationGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_integration_group_new:
 * @keeper: the profiles and the keyring
 * @integration: one that is kept
 *
 * Returns: (transfer floating): its rows; how its Client ID ends is looked up without a prompt
 */
GtkWidget *
psa_integration_group_new (PsaKeeper *keeper, PsaIntegration *integration)
{
  PsaIntegrationGroup *self;

  g_return_val_if_fail (PSA_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (PSA_IS_INTEGRATION (integration), NULL);

  self = g_object_new (PSA_TYPE_INTEGRATION_GROUP, NULL);
  self->keeper = g_object_ref (keeper);
  self->integration = g_object_ref (integration);
  g_signal_connect_object (integration, "notify::name", G_CALLBACK (on_integration_notify_name_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (psa_keeper_get_store (keeper), "items-changed", G_CALLBACK (show_users),
                           self, G_CONNECT_SWAPPED);
  on_integration_notify_name_cb (self);
  show_users (self);
  show_hint (self);
  look_up (self);
  return GTK_WIDGET (self);
}

/**
 * psa_integration_group_cancel:
 * @self: a group
 *
 * Ends what it waits for, as its dialog closes.
 */
void
psa_integration_group_cancel (PsaIntegrationGroup *self)
{
  g_return_if_fail (PSA_IS_INTEGRATION_GROUP (self));

  g_cancellable_cancel (self->cancellable);
  gtk_editable_set_text (self->client_id_row, "");
}
