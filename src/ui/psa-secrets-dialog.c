/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-secrets-dialog.h"

#include "psa-banner.h"
#include "psa-keeper-orphans.h"
#include "psa-message.h"

#include <glib/gi18n.h>

/**
 * PsaSecretsDialog:
 *
 * The secrets in the keyring whose profile is gone, each to be joined to a profile that lacks one or to be removed.
 * No secret is shown or read before it is joined. Nothing prompts until Unlock is pressed.
 *
 * Waiting → list, none, or closed where the keyring is; closed → Unlock → Waiting.
 */
struct _PsaSecretsDialog
{
  AdwDialog parent_instance;

  PsaKeeper *keeper;
  GCancellable *cancellable;
  PsaOrphans *orphans; /* (nullable): what the rows show */
  GPtrArray *rows;     /* (element-type GtkWidget): in the group */

  AdwBanner *problem_banner;
  GtkStack *stack;
  AdwStatusPage *closed_page;
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (PsaSecretsDialog, psa_secrets_dialog, ADW_TYPE_DIALOG)

static void list (PsaSecretsDialog *self, PsaVaultPrompt prompt);

static void
say_problem (PsaSecretsDialog *self, const char *problem)
{
  if (problem != NULL)
    adw_banner_set_title (self->problem_banner, problem);
  adw_banner_set_revealed (self->problem_banner, problem != NULL);
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaSecretsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done = psa_keeper_orphan_finish (PSA_KEEPER (object), result, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  say_problem (self, done ? NULL : error->message);
  list (self, PSA_VAULT_NO_PROMPT);
}

static void
join_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaSecretsDialog *self = PSA_SECRETS_DIALOG (widget);
  const char *id;
  const char *profile_id;
  PsaProfile *profile;

  g_variant_get (parameter, "(&s&s)", &id, &profile_id);
  profile = psa_store_get_profile (psa_keeper_get_store (self->keeper), profile_id);
  if (profile == NULL) /* gone since it was shown */
    {
      list (self, PSA_VAULT_NO_PROMPT);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  psa_keeper_join_orphan_async (self->keeper, id, profile, self->cancellable, done_cb,
                                g_object_ref (self));
}

static void
on_remove_response_cb (PsaSecretsDialog *self, const char *response, AdwDialog *question)
{
  if (!g_str_equal (response, "remove"))
    return;
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  psa_keeper_remove_orphan_async (self->keeper, g_object_get_data (G_OBJECT (question), "id"),
                                  self->cancellable, done_cb, g_object_ref (self));
}

/* It is asked, since it cannot be undone: nobody else has the secret any more. */
static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *question = adw_alert_dialog_new (
      _("Remove This Secret?"), _("It leaves the keyring for good. If it is a private key, PSA "
                                    "does not show it again."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (question);

  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (question), "id", g_variant_dup_string (parameter, NULL),
                          g_free);
  g_signal_connect_object (question, "response", G_CALLBACK (on_remove_response_cb), widget,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (question, widget);
}

static void
unlock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  list (PSA_SECRETS_DIALOG (widget), PSA_VAULT_MAY_PROMPT);
}

static void
set_up_row (GtkWidget *row, const char *title, const char *action, GVariant *target)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), target);
}

/* No AdwButtonRow, which would cut the host off where it is long. */
static GtkWidget *
create_join_row (const PsaVaultItem *item, PsaProfile *profile)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "list-add-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));
  g_autofree char *text = NULL;

  /* Translators: a button; the first %s is the name of a profile, the second one its host */
  text = g_strdup_printf (_("Join to “%s” (%s)"), title, psa_profile_get_address_text (profile));
  set_up_row (row, text, "secrets.join",
              g_variant_new ("(ss)", item->id, psa_profile_get_id (profile)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static GtkWidget *
create_row (PsaSecretsDialog *self, const PsaVaultItem *item)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *remove_row = adw_button_row_new ();
  g_autofree char *label = psa_message_dup_clean (item->label != NULL ? item->label : item->id);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (item->modified);
  g_autofree char *date =
      /* Translators: when a secret was stored, as in “Stored on 3 March 2027”, in the form of g_date_time_format() */
      time != NULL ? g_date_time_format (time, _("Stored on %-d %B %Y")) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), date != NULL ? date : "");
  for (guint i = 0; i < self->orphans->profiles->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              create_join_row (item, self->orphans->profiles->pdata[i]));
  if (self->orphans->profiles->len == 0)
    {
      GtkWidget *note = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (note),
                                     _("No profile lacks a password or a Client ID."));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), note);
    }
  set_up_row (remove_row, _("Remove…"), "secrets.remove", g_variant_new_string (item->id));
  gtk_widget_add_css_class (remove_row, "destructive-action");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), remove_row);
  return row;
}

static void
show_orphans (PsaSecretsDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->orphans->items->len; i++)
    {
      GtkWidget *row = create_row (self, self->orphans->items->pdata[i]);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_stack_set_visible_child_name (self->stack, self->rows->len > 0 ? "list" : "none");
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaSecretsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaOrphans) orphans =
      psa_keeper_list_orphans_finish (PSA_KEEPER (object), result, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (orphans == NULL)
    {
      adw_status_page_set_description (self->closed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "closed");
      return;
    }
  g_clear_pointer (&self->orphans, psa_orphans_free);
  self->orphans = g_steal_pointer (&orphans);
  show_orphans (self);
}

static void
list (PsaSecretsDialog *self, PsaVaultPrompt prompt)
{
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  psa_keeper_list_orphans_async (self->keeper, prompt, self->cancellable, listed_cb,
                                 g_object_ref (self));
}

static void
psa_secrets_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (PSA_SECRETS_DIALOG (dialog)->cancellable);
}

static void
psa_secrets_dialog_dispose (GObject *object)
{
  PsaSecretsDialog *self = PSA_SECRETS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_SECRETS_DIALOG);
  g_clear_object (&self->keeper);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->orphans, psa_orphans_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (psa_secrets_dialog_parent_class)->dispose (object);
}

static void
psa_secrets_dialog_class_init (PsaSecretsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_secrets_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = psa_secrets_dialog_closed;

  gtk_widget_class_install_action (widget_class, "secrets.join", "(ss)", join_action);
  gtk_widget_class_install_action (widget_class, "secrets.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "secrets.unlock", NULL, unlock_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-secrets-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaSecretsDialog, problem_banner);
  gtk_widget_class_bind_template_child (widget_class, PsaSecretsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PsaSecretsDialog, closed_page);
  gtk_widget_class_bind_template_child (widget_class, PsaSecretsDialog, group);
}

static void
psa_secrets_dialog_init (PsaSecretsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  psa_banner_show_whole (self->problem_banner);
}

/**
 * psa_secrets_dialog_new:
 * @keeper: the profiles and the keyring
 *
 * Returns: (transfer floating): the dialog, which looks into the keyring at once, without a prompt
 */
AdwDialog *
psa_secrets_dialog_new (PsaKeeper *keeper)
{
  PsaSecretsDialog *self;

  g_return_val_if_fail (PSA_IS_KEEPER (keeper), NULL);

  self = g_object_new (PSA_TYPE_SECRETS_DIALOG, NULL);
  self->keeper = g_object_ref (keeper);
  list (self, PSA_VAULT_NO_PROMPT);
  return ADW_DIALOG (self);
}
