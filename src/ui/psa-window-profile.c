/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-connection-form.h"
#include "psa-message.h"
#include "psa-permissions-dialog.h"
#include "psa-trust-dialog.h"

#include <glib/gi18n.h>

/* GNOME's own page for finding out whether a network wants a login: it answers without encryption. */
#define NEUTRAL_PAGE "http://nmcheck.gnome.org/"

/* What a question was asked about, so that the answer cannot land on anything else. */
typedef struct
{
  PsaWindow *window;
  PsaProfile *profile;
  PsaResult *result;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->window);
  g_clear_object (&question->profile);
  g_clear_pointer (&question->result, psa_result_unref);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
checked_cb (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaResult) result =
      psa_monitor_check_finish (PSA_MONITOR (object), async_result, &error);

  /* The page follows the status; only what it does not show has to be said. */
  if (result != NULL && result->offline)
    {
      g_autoptr(PsaMessage) message = psa_message_new (result);

      psa_window_say (self, message->what);
    }
  else if (result == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_window_say (self, error->message);
}

static void
check (PsaWindow *self, PsaProfile *profile)
{
  psa_monitor_check_async (self->monitor, profile, PSA_VAULT_MAY_PROMPT, self->cancellable,
                           checked_cb, g_object_ref (self));
}

static void
on_form_saved_cb (PsaWindow *self, PsaProfile *profile, gboolean connected)
{
  psa_window_select (self, psa_profile_get_id (profile));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  if (connected)
    {
      g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));
      g_autofree char *text = NULL;

      /* Translators: %s is the name of a profile, usually that of a company */
      text = g_strdup_printf (_("You are now connected to %s"), title);
      psa_window_say (self, text);
    }
}

static gboolean
mend_focus_cb (gpointer user_data)
{
  PsaWindow *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->list == NULL || (focus != NULL && gtk_widget_get_mapped (focus)))
    return G_SOURCE_REMOVE; /* the window has gone, or all is well */
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    psa_profile_list_focus (self->list);
  else if (self->status_page != NULL)
    psa_status_page_focus (self->status_page);
  return G_SOURCE_REMOVE;
}

/* The dialog gives the focus back to where it was, and only after it has said that it is closed. Once
 * the first profile was added that place is hidden. */
static void
on_form_closed_cb (PsaWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, mend_focus_cb, g_object_ref (self), g_object_unref);
}

static void
present (PsaWindow *self, AdwDialog *form)
{
  g_signal_connect_object (form, "closed", G_CALLBACK (on_form_closed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (form, GTK_WIDGET (self));
}

static AdwDialog *
present_form (PsaWindow *self, PsaProfile *profile)
{
  AdwDialog *form = psa_connection_form_new (self->monitor, profile);

  g_signal_connect_object (form, "saved", G_CALLBACK (on_form_saved_cb), self, G_CONNECT_SWAPPED);
  present (self, form);
  /* Right to left, GTK would begin with the button at the end of the row. */
  psa_connection_form_focus_field (PSA_CONNECTION_FORM (form), PSA_FIELD_HOSTNAME);
  return form;
}

static void
trusted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) profile = psa_keeper_save_finish (PSA_KEEPER (object), result, &error);

  if (profile != NULL)
    check (self, profile);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_window_say (self, error->message);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) profile = psa_keeper_save_finish (PSA_KEEPER (object), result, &error);

  if (profile == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_window_say (self, error->message);
}

static void
on_trust_response_cb (AdwDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;
  PsaWindow *self = question->window;
  PsaStore *store = psa_window_get_store (self);
  g_autoptr(PsaProfile) draft = NULL;

  if (!g_str_equal (response, PSA_TRUST_DIALOG_TRUST))
    return;

  if (psa_store_get_profile (store, question->result->profile_id) != question->profile ||
      psa_profile_get_revision (question->profile) != question->result->revision)
    {
      psa_window_say (self, _("The profile has changed meanwhile. Check it again."));
      return;
    }

  draft = psa_profile_draft (question->profile);
  psa_profile_trust (draft, question->result->certificate->sha256);
  psa_keeper_save_async (psa_monitor_get_keeper (self->monitor), draft, NULL, NULL,
                         self->cancellable, trusted_cb, g_object_ref (self));
}

/* A trust that was forgotten by mistake comes back as it was, if it is still of that host. */
static void
on_trust_undo_cb (AdwToast *toast, gpointer user_data)
{
  Question *question = user_data;
  PsaProfile *kept = psa_store_get_profile (psa_window_get_store (question->window),
                                            psa_profile_get_id (question->profile));
  g_autoptr(PsaProfile) draft = NULL;

  if (kept == NULL || g_strcmp0 (psa_profile_get_address_text (kept),
                                 psa_profile_get_address_text (question->profile)) != 0)
    {
      psa_window_say (question->window, _("The profile has changed meanwhile. Check it again."));
      return;
    }

  draft = psa_profile_draft (kept);
  psa_profile_trust (draft, psa_profile_get_trusted_sha256 (question->profile));
  psa_keeper_save_async (psa_monitor_get_keeper (question->window->monitor), draft, NULL, NULL,
                         question->window->cancellable, saved_cb, g_object_ref (question->window));
}

static void
forgotten_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaProfile) profile = psa_keeper_save_finish (PSA_KEEPER (object), result, &error);
  PsaWindow *self = question->window;
  AdwToast *toast;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (profile == NULL)
    {
      psa_window_say (self, error->message);
      return;
    }

  toast = adw_toast_new (_("The certificate is not trusted any more"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_trust_undo_cb),
                         g_steal_pointer (&question),
                         (GClosureNotify) (void (*) (void)) question_free, G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
forget_trust_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  PsaProfile *profile = psa_status_get_profile (self->status);
  g_autoptr(PsaProfile) draft = psa_profile_draft (profile);
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->profile = psa_profile_copy (profile); /* as it was */
  psa_profile_trust (draft, NULL);
  psa_keeper_save_async (psa_monitor_get_keeper (self->monitor), draft, NULL, NULL,
                         self->cancellable, forgotten_cb, question);
}

static void
ask_to_trust (PsaWindow *self, PsaProfile *profile, PsaResult *result)
{
  AdwDialog *dialog = psa_trust_dialog_new (result, profile);
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->profile = g_object_ref (profile);
  question->result = psa_result_ref (result);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_trust_response_cb), question,
                         (GClosureNotify) (void (*) (void)) question_free, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present_form (PSA_WINDOW (widget), NULL);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  psa_connection_form_paste (PSA_CONNECTION_FORM (present_form (PSA_WINDOW (widget), NULL)));
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  check (self, psa_status_get_profile (self->status));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  psa_monitor_cancel (self->monitor, psa_status_get_profile (self->status));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  present_form (self, psa_status_get_profile (self->status));
}

static void
on_key_saved_cb (PsaWindow *self, PsaProfile *profile)
{
  g_autofree char *title = psa_message_dup_clean (psa_profile_get_title (profile));
  g_autofree char *text = NULL;

  /* Translators: %s is the name of a profile */
  text = g_strdup_printf (_("The key of “%s” was replaced"), title);
  psa_window_say (self, text);
}

static void
replace_key_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  AdwDialog *form =
      psa_connection_form_new_key (self->monitor, psa_status_get_profile (self->status));

  g_signal_connect_object (form, "saved", G_CALLBACK (on_key_saved_cb), self, G_CONNECT_SWAPPED);
  present (self, form);
  psa_connection_form_focus_field (PSA_CONNECTION_FORM (form), PSA_FIELD_PASSWORD);
}

/* Another one, with another UUID: the password is not copied along but asked for, so that it is not complete without. */
static void
duplicate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  PsaProfile *profile = psa_status_get_profile (self->status);
  g_autoptr(PsaProfile) draft = psa_profile_new ();
  g_autofree char *title = NULL;
  AdwDialog *form;

  /* Translators: what a profile is called that begins as a copy of another */
  title = g_strdup_printf (_("Copy of %s"), psa_profile_get_title (profile));
  psa_profile_assign (draft, profile);
  psa_profile_confirm_secret (draft);
  psa_profile_set_revision (draft, 1);
  psa_profile_set_name (draft, title);
  form = present_form (self, draft);
  psa_connection_form_focus_field (PSA_CONNECTION_FORM (form), PSA_FIELD_PASSWORD);
}

static void
permissions_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  AdwDialog *dialog = psa_permissions_dialog_new (self->monitor, self->status);

  g_signal_connect_object (dialog, "fix", G_CALLBACK (psa_window_fix), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
launched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_window_say (self, _("No browser could be opened"));
}

static void
launch (PsaWindow *self, const char *url)
{
  g_autoptr(GtkUriLauncher) launcher = gtk_uri_launcher_new (url);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (self), self->cancellable, launched_cb,
                           g_object_ref (self));
}

static void
open_in_browser_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(PsaAddress) address = psa_profile_dup_address (psa_status_get_profile (self->status));
  g_autofree char *url = address != NULL ? psa_address_dup_web_url (address) : NULL;

  if (url != NULL)
    launch (self, url);
}

/* A page without encryption: only in the place of such a one can a network show its login. */
static void
open_portal_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  launch (PSA_WINDOW (widget), NEUTRAL_PAGE);
}

/**
 * psa_window_install_profile_actions:
 * @widget_class: the class of the window
 *
 * Installs the actions on the profile that is shown, and their keys.
 */
void
psa_window_install_profile_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "win.open-portal", NULL, open_portal_action);
  gtk_widget_class_install_action (widget_class, "profile.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "profile.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "profile.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "profile.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "profile.replace-key", NULL, replace_key_action);
  gtk_widget_class_install_action (widget_class, "profile.permissions", NULL, permissions_action);
  gtk_widget_class_install_action (widget_class, "profile.forget-trust", NULL, forget_trust_action);
  gtk_widget_class_install_action (widget_class, "profile.open-in-browser", NULL,
                                   open_in_browser_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "win.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "profile.check",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "profile.edit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "profile.duplicate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "profile.cancel", NULL);
}

/* The banner says it too, but a button that does nothing must say why. */
static gboolean
may_change (PsaWindow *self)
{
  PsaStore *store = psa_window_get_store (self);

  if (!psa_store_get_read_only (store))
    return TRUE;
  psa_window_say (self, psa_store_get_problem (store));
  return FALSE;
}

/**
 * psa_window_fix:
 * @self: the window
 * @result: what the page shows
 *
 * Does the next step of @result, as far as the window can: opens the form at the row that is wrong,
 * asks whether to trust the certificate, or checks again.
 */
void
psa_window_fix (PsaWindow *self, PsaResult *result)
{
  PsaFix fix;
  PsaProfile *profile;
  AdwDialog *form;

  g_return_if_fail (PSA_IS_WINDOW (self));
  g_return_if_fail (result != NULL);

  if (self->status == NULL)
    return;
  profile = psa_status_get_profile (self->status);
  if (g_strcmp0 (psa_profile_get_id (profile), result->profile_id) != 0)
    return;

  fix = psa_result_get_fix (result);
  if (fix != PSA_FIX_CHECK_AGAIN && fix != PSA_FIX_UNLOCK && fix != PSA_FIX_OPEN_PORTAL &&
      !may_change (self))
    return;
  switch (fix)
    {
    case PSA_FIX_EDIT:
    case PSA_FIX_ENTER_SECRET:
      form = present_form (self, profile);
      psa_connection_form_focus_field (PSA_CONNECTION_FORM (form),
                                       psa_cause_get_field (result->cause));
      break;
    case PSA_FIX_OPEN_PORTAL:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-portal", NULL);
      break;
    case PSA_FIX_USE_API_HOST:
    case PSA_FIX_USE_NAMED_HOST:
    case PSA_FIX_USE_VERSION:
    case PSA_FIX_FIND_REGION:
      form = present_form (self, profile);
      psa_connection_form_apply_fix (PSA_CONNECTION_FORM (form), result);
      break;
    case PSA_FIX_TRUST_CERTIFICATE:
      if (result->certificate != NULL)
        ask_to_trust (self, profile, result);
      break;
    case PSA_FIX_CHECK_AGAIN:
    case PSA_FIX_UNLOCK:
      check (self, profile);
      break;
    case PSA_FIX_NONE:
    default:
      break;
    }
}
