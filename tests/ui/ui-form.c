/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-form.h"

#include "psa-error.h"

#include <string.h>

typedef struct
{
  gboolean done;
  PsaSecret *secret;
} Found;

/**
 * ui_get_dialog:
 * @self: the program
 *
 * Returns: (transfer none) (nullable): the dialog that is open, or the topmost of several
 */
AdwDialog *
ui_get_dialog (UiDriver *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
}

/**
 * ui_form_await:
 * @self: the program, after something that opens the form
 *
 * Returns: (transfer none): the form, once it is shown and has the focus
 */
AdwDialog *
ui_form_await (UiDriver *self)
{
  ui_wait (PSA_IS_CONNECTION_FORM (ui_get_dialog (self)));
  ui_wait (ui_find_button (ui_get_dialog (self), "Connect") != NULL);
  ui_wait (adw_dialog_get_focus (ui_get_dialog (self)) != NULL);
  ui_settle ();
  return ui_get_dialog (self);
}

/**
 * ui_form_add:
 * @self: the program
 *
 * Returns: (transfer none): an empty form, opened by its key
 */
AdwDialog *
ui_form_add (UiDriver *self)
{
  g_assert_true (ui_press_key (self, "<Control>n"));
  return ui_form_await (self);
}

/**
 * ui_form_edit:
 * @self: the program
 * @profile: a kept profile
 *
 * Returns: (transfer none): the form on @profile, opened by its key
 */
AdwDialog *
ui_form_edit (UiDriver *self, PsaProfile *profile)
{
  ui_wait (g_str_equal (ui_get_view (self), "profiles"));
  ui_select (self, profile);
  g_assert_true (ui_press_key (self, "<Control>e"));
  return ui_form_await (self);
}

GtkEditable *
ui_form_row (AdwDialog *form, const char *title)
{
  GtkWidget *row = ui_find_row (form, title);

  if (row == NULL)
    g_error ("The form has no row “%s”", title);
  return GTK_EDITABLE (row);
}

static PsaFieldNote *
find_note (GtkWidget *below, GtkEditable *row)
{
  if (PSA_IS_FIELD_NOTE (below))
    {
      g_autoptr(GtkWidget) described = NULL;

      g_object_get (below, "row", &described, NULL);
      return described == GTK_WIDGET (row) ? PSA_FIELD_NOTE (below) : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      PsaFieldNote *note = find_note (child, row);

      if (note != NULL)
        return note;
    }
  return NULL;
}

/**
 * ui_form_note:
 * @form: the form
 * @title: of a row
 *
 * Returns: (transfer none): what stands under that row
 */
PsaFieldNote *
ui_form_note (AdwDialog *form, const char *title)
{
  PsaFieldNote *note = find_note (GTK_WIDGET (form), ui_form_row (form, title));

  g_assert_nonnull (note);
  return note;
}

const char *
ui_form_read (AdwDialog *form, const char *title)
{
  return gtk_editable_get_text (ui_form_row (form, title));
}

void
ui_form_type (AdwDialog *form, const char *title, const char *text)
{
  gtk_editable_set_text (ui_form_row (form, title), text);
}

/**
 * ui_form_fill:
 * @form: an empty form
 * @tenant: a running tenant
 * @company: one of its scenarios
 *
 * Types what is true of @tenant.
 */
void
ui_form_fill (AdwDialog *form, PracticeFixture *tenant, const char *company)
{
  g_autofree char *hostname = g_strdup_printf ("%s:%u", tenant->host, tenant->port);
  g_autofree char *username = g_strdup_printf ("%s+%s", company, tenant->public_key);

  ui_form_type (form, "Hostname", hostname);
  ui_form_type (form, "API Version", "2025.1");
  ui_form_type (form, "Client ID", tenant->client_id);
  ui_form_type (form, "Username", username);
  ui_form_type (form, "Password", tenant->private_key);
}

/**
 * ui_form_assert_typed:
 * @form: the form
 * @tenant: a running tenant
 * @company: one of its scenarios
 *
 * Asserts that all that ui_form_fill() typed is still there.
 */
void
ui_form_assert_typed (AdwDialog *form, PracticeFixture *tenant, const char *company)
{
  g_autofree char *hostname = g_strdup_printf ("%s:%u", tenant->host, tenant->port);
  g_autofree char *username = g_strdup_printf ("%s+%s", company, tenant->public_key);

  g_assert_cmpstr (ui_form_read (form, "Hostname"), ==, hostname);
  g_assert_cmpstr (ui_form_read (form, "API Version"), ==, "2025.1");
  g_assert_cmpstr (ui_form_read (form, "Client ID"), ==, tenant->client_id);
  g_assert_cmpstr (ui_form_read (form, "Username"), ==, username);
  g_assert_cmpstr (ui_form_read (form, "Password"), ==, tenant->private_key);
}

/**
 * ui_form_has_focus:
 * @self: the program
 * @title: of a row of the form that is open
 *
 * Returns: whether the focus is in that row
 */
gboolean
ui_form_has_focus (UiDriver *self, const char *title)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (ui_form_row (ui_get_dialog (self), title)));
}

/**
 * ui_form_find_text:
 * @below: a widget
 * @part: of a text
 *
 * Returns: (transfer none) (nullable): the first label in it that can be seen and has @part in
 *   its text
 */
GtkWidget *
ui_form_find_text (gpointer below, const char *part)
{
  GtkWidget *widget = below;
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_form_find_text (child, part);
  return found;
}

/**
 * ui_form_press:
 * @below: a widget
 * @label: of a button in it that is to be seen and can be pressed
 *
 * Presses the button, as gtk_widget_activate() does 250 ms later.
 */
void
ui_form_press (gpointer below, const char *label)
{
  GtkWidget *button = ui_find_button (below, label);

  if (button == NULL || !gtk_widget_get_sensitive (button))
    g_error ("No button “%s” can be pressed", label);
  g_signal_emit_by_name (button, "clicked");
}

/**
 * ui_form_await_failed:
 * @form: the form, while a check runs
 * @state: the word of the state it must end in
 *
 * Waits until the form is back with how the check ended.
 */
void
ui_form_await_failed (AdwDialog *form, const char *state)
{
  ui_wait (ui_find_button (form, "Connect") != NULL);
  ui_settle ();
  g_assert_nonnull (ui_find_label (form, state));
}

/**
 * ui_answer:
 * @self: the program
 * @label: of a button of the question that is open
 *
 * Answers it and waits until it is gone.
 */
void
ui_answer (UiDriver *self, const char *label)
{
  AdwDialog *question = ui_get_dialog (self);

  g_assert_true (ADW_IS_ALERT_DIALOG (question));
  ui_wait (ui_find_button (question, label) != NULL);
  ui_form_press (question, label);
  ui_wait (ui_get_dialog (self) != question);
}

/**
 * ui_keep_tenant:
 * @self: the program
 * @tenant: a running tenant
 * @company: one of its scenarios
 *
 * Keeps a profile of @tenant whose certificate is trusted.
 *
 * Returns: (transfer none): the kept profile
 */
PsaProfile *
ui_keep_tenant (UiDriver *self, PracticeFixture *tenant, const char *company)
{
  g_autofree char *username = g_strdup_printf ("%s+%s", company, tenant->public_key);
  g_autoptr(PsaProfile) draft =
      ui_sample_draft ("Contoso IT", tenant->host, tenant->port, username);

  psa_profile_trust (draft, tenant->sha256);
  return ui_keep (self, draft, tenant->client_id, tenant->private_key);
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Found *found = user_data;
  g_autoptr(GError) error = NULL;

  found->secret = psa_vault_lookup_finish (PSA_VAULT (object), result, &error);
  g_assert_true (found->secret != NULL ||
                 g_error_matches (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING));
  found->done = TRUE;
}

/**
 * ui_keyring_holds:
 * @self: the program
 * @id: of a profile or an integration
 * @text: (nullable): a secret, %NULL for none
 *
 * Returns: whether the keyring has @text under @id
 */
gboolean
ui_keyring_holds (UiDriver *self, const char *id, const char *text)
{
  Found found = { FALSE, NULL };
  g_autoptr(PsaSecret) secret = NULL;

  psa_vault_lookup_async (psa_keeper_get_vault (psa_monitor_get_keeper (ui_get_monitor (self))), id,
                          PSA_VAULT_MAY_PROMPT, NULL, found_cb, &found);
  ui_wait (found.done);
  secret = found.secret;
  return g_strcmp0 (secret, text) == 0;
}
