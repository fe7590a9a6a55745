/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-connection-fields-private.h"

#include "psa-client-id.h"
#include "psa-connection-menus.h"
#include "psa-input.h"
#include "psa-judgement.h"
#include "psa-keyring-words.h"
#include "psa-password.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
} PsaConnectionFieldsSignal;

static guint signals[SIGNAL_ACTIVATED + 1];

G_DEFINE_FINAL_TYPE (PsaConnectionFields, psa_connection_fields, ADW_TYPE_BIN)

static GtkEditable *
get_row (PsaConnectionFields *self, PsaField field)
{
  switch (field)
    {
    case PSA_FIELD_HOSTNAME:
      return self->hostname_row;
    case PSA_FIELD_API_VERSION:
      return self->version_row;
    case PSA_FIELD_CLIENT_ID:
      return self->client_id_row;
    case PSA_FIELD_USERNAME:
      return self->username_row;
    case PSA_FIELD_PASSWORD:
      return self->password_row;
    case PSA_FIELD_NONE:
    default:
      return NULL;
    }
}

static gboolean
is_empty (GtkEditable *row)
{
  return *gtk_editable_get_text (row) == '\0';
}

static PsaFieldNote *
get_note (PsaConnectionFields *self, PsaField field)
{
  switch (field)
    {
    case PSA_FIELD_HOSTNAME:
      return self->hostname_note;
    case PSA_FIELD_API_VERSION:
      return self->version_note;
    case PSA_FIELD_CLIENT_ID:
      return self->client_id_note;
    case PSA_FIELD_USERNAME:
      return self->username_note;
    case PSA_FIELD_PASSWORD:
      return self->password_note;
    case PSA_FIELD_NONE:
    default:
      return NULL;
    }
}

static PsaJudgement *
judge_text (PsaConnectionFields *self, PsaField field)
{
  const char *text = gtk_editable_get_text (get_row (self, field));

  switch (field)
    {
    case PSA_FIELD_HOSTNAME:
      return psa_judgement_of_hostname (text);
    case PSA_FIELD_API_VERSION:
      return psa_judgement_of_version (text, self->suggested_version);
    case PSA_FIELD_CLIENT_ID:
      return psa_judgement_of_client_id (text, self->has_client_id, self->integration_name);
    case PSA_FIELD_USERNAME:
      return psa_judgement_of_username (text);
    case PSA_FIELD_PASSWORD:
      return psa_judgement_of_password (text, self->has_password);
    case PSA_FIELD_NONE:
    default:
      g_assert_not_reached ();
    }
}

/**
 * psa_connection_fields_judge:
 * @self: the fields
 * @field: one of them
 *
 * Says what is to be said of a value now; what is wrong with it only where that is due.
 *
 * Returns: whether it is good
 */
gboolean
psa_connection_fields_judge (PsaConnectionFields *self, PsaField field)
{
  PsaFieldNote *note = get_note (self, field);
  g_autoptr(PsaJudgement) judgement = judge_text (self, field);

  if (judgement->kind <= PSA_FIELD_NOTE_INFO || judgement->urgent || self->strict[field])
    psa_field_note_say (note, judgement->kind, judgement->text);
  else
    psa_field_note_say (note, PSA_FIELD_NOTE_HELP, NULL);
  if (judgement->offer != NULL)
    psa_field_note_offer (note, judgement->offer);
  return judgement->good;
}

static PsaField
find_field (PsaConnectionFields *self, GtkWidget *row)
{
  for (PsaField field = PSA_FIELD_HOSTNAME; field < N_FIELDS; field++)
    if (GTK_WIDGET (get_row (self, field)) == row)
      return field;
  return PSA_FIELD_NONE;
}

/**
 * psa_connection_fields_mark_touched:
 * @self: the fields
 *
 * Tells that the user has changed something, unless it is what was loaded.
 */
void
psa_connection_fields_mark_touched (PsaConnectionFields *self)
{
  if (self->loading)
    return;

  self->touched = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_row_changed_cb (PsaConnectionFields *self, GtkEditable *row)
{
  PsaField field = find_field (self, GTK_WIDGET (row));

  if (is_empty (row))
    self->strict[field] = FALSE;
  if (field == PSA_FIELD_PASSWORD)
    self->blanks_asked = FALSE;
  psa_connection_fields_judge (self, field);
  psa_connection_fields_mark_touched (self);
}

static void
on_row_activated_cb (PsaConnectionFields *self, GtkEditable *row)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
on_row_left_cb (PsaConnectionFields *self, GtkEventController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);
  PsaField field = find_field (self, row);

  if (is_empty (GTK_EDITABLE (row)) || self->strict[field])
    return;

  self->strict[field] = TRUE;
  psa_connection_fields_judge (self, field);
}

static void
on_hostname_accepted_cb (PsaConnectionFields *self)
{
  g_autoptr(PsaAddress) web = psa_address_parse (gtk_editable_get_text (self->hostname_row), NULL);
  g_autoptr(PsaAddress) api = web != NULL ? psa_address_dup_api_address (web) : NULL;
  g_autofree char *text = api != NULL ? psa_address_dup_text (api) : NULL;

  psa_connection_fields_use (self, text, NULL);
}

static void
on_version_accepted_cb (PsaConnectionFields *self)
{
  psa_connection_fields_use (self, NULL, self->suggested_version);
}

/* Takes off what a paste brought along at both ends: blanks, line ends, invisible signs. */
static void
on_password_accepted_cb (PsaConnectionFields *self)
{
  g_autoptr(PsaSecret) trimmed =
      psa_input_dup_trimmed (gtk_editable_get_text (self->password_row));

  gtk_editable_set_text (self->password_row, trimmed);
}

/* The rows have moved apart by what was said under them, after the focus had brought one into
 * sight. */
static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  PsaConnectionFields *self = PSA_CONNECTION_FIELDS (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  if (viewport != NULL)
    {
      gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), GTK_WIDGET (get_note (self, self->shown)),
                              NULL);
      gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), GTK_WIDGET (get_row (self, self->shown)),
                              NULL);
    }
  return G_SOURCE_REMOVE;
}

static void
use_site (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PsaConnectionFields *self = PSA_CONNECTION_FIELDS (widget);

  gtk_editable_set_text (self->hostname_row, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->hostname_row));
}

static void
psa_connection_fields_dispose (GObject *object)
{
  PsaConnectionFields *self = PSA_CONNECTION_FIELDS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PSA_TYPE_CONNECTION_FIELDS);
  g_clear_pointer (&self->suggested_version, g_free);
  g_clear_pointer (&self->integration, g_free);
  g_clear_pointer (&self->integration_name, g_free);
  g_clear_object (&self->integrations);
  G_OBJECT_CLASS (psa_connection_fields_parent_class)->dispose (object);
}

static void
psa_connection_fields_class_init (PsaConnectionFieldsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psa_connection_fields_dispose;

  /**
   * PsaConnectionFields::changed:
   *
   * The user changed a value: what was found of the earlier one no longer holds.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PsaConnectionFields::activated:
   *
   * Enter was pressed in a row.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "fields.use-site", "s", use_site);
  psa_connection_fields_install_integration_actions (widget_class);

  g_type_ensure (PSA_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/psa-connection-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, tenant_group);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, version_group);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, integration_group);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, hostname_row);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, sites_button);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, version_row);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, integrations_button);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, username_row);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, password_row);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, hostname_note);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, version_note);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, client_id_note);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, username_note);
  gtk_widget_class_bind_template_child (widget_class, PsaConnectionFields, password_note);
  gtk_widget_class_bind_template_callback (widget_class, on_row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, psa_keyring_words_dup_password_help);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hostname_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_version_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_password_accepted_cb);
}

static void
psa_connection_fields_init (PsaConnectionFields *self)
{
  g_autoptr(GMenuModel) sites = psa_connection_menus_dup_sites ();

  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->sites_button, sites);

  for (PsaField field = PSA_FIELD_HOSTNAME; field < N_FIELDS; field++)
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();

      g_signal_connect_object (focus, "leave", G_CALLBACK (on_row_left_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_add_controller (GTK_WIDGET (get_row (self, field)), focus);
    }
  self->loading = FALSE;
}

/**
 * psa_connection_fields_load:
 * @self: the fields
 * @profile: a profile
 * @kept: whether it is saved, and its password with it
 *
 * Shows the values of @profile. Its secrets are not fetched: an empty secret row leaves them alone.
 */
void
psa_connection_fields_load (PsaConnectionFields *self, PsaProfile *profile, gboolean kept)
{
  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));
  g_return_if_fail (PSA_IS_PROFILE (profile));

  self->loading = TRUE;
  self->has_client_id = psa_profile_get_integration (profile) != NULL;
  self->has_password = kept;
  gtk_editable_set_text (self->hostname_row, psa_profile_get_address_text (profile));
  gtk_editable_set_text (self->version_row, psa_profile_get_api_version (profile));
  gtk_editable_set_text (self->username_row, psa_profile_get_username (profile));
  for (PsaField field = PSA_FIELD_HOSTNAME; field < N_FIELDS; field++)
    psa_connection_fields_judge (self, field);
  self->loading = FALSE;
}

/**
 * psa_connection_fields_set_key_only:
 * @self: the fields, loaded
 * @key_only: whether no more is shown than how one signs in
 *
 * With %TRUE a password has to be typed from now on: that in the keyring is to be replaced.
 */
void
psa_connection_fields_set_key_only (PsaConnectionFields *self, gboolean key_only)
{
  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));

  gtk_widget_set_visible (self->tenant_group, !key_only);
  gtk_widget_set_visible (self->version_group, !key_only);
  gtk_widget_set_visible (self->integration_group, !key_only);
  if (key_only)
    {
      self->has_password = FALSE;
      psa_connection_fields_judge (self, PSA_FIELD_PASSWORD);
    }
}

/**
 * psa_connection_fields_fill:
 * @self: the fields
 * @draft: where the values go, if all are good
 *
 * Judges every value. Where one must be corrected this says so under its row, moves the focus to
 * the first of them and leaves @draft alone. Blanks around the password are pointed out once.
 *
 * Returns: %TRUE where @draft now holds what was typed, secrets excepted
 */
gboolean
psa_connection_fields_fill (PsaConnectionFields *self, PsaProfile *draft)
{
  PsaField first = PSA_FIELD_NONE;
  g_autoptr(PsaAddress) address = NULL;

  g_return_val_if_fail (PSA_IS_CONNECTION_FIELDS (self), FALSE);
  g_return_val_if_fail (PSA_IS_PROFILE (draft), FALSE);

  for (PsaField field = PSA_FIELD_HOSTNAME; field < N_FIELDS; field++)
    {
      self->strict[field] = TRUE;
      if (!psa_connection_fields_judge (self, field) && first == PSA_FIELD_NONE)
        first = field;
    }
  if (first == PSA_FIELD_NONE && !self->blanks_asked &&
      psa_password_has_blanks (gtk_editable_get_text (self->password_row)))
    {
      self->blanks_asked = TRUE;
      first = PSA_FIELD_PASSWORD;
    }
  if (first != PSA_FIELD_NONE)
    {
      psa_connection_fields_focus (self, first);
      return FALSE;
    }

  address = psa_address_parse (gtk_editable_get_text (self->hostname_row), NULL);
  psa_profile_set_address (draft, address);
  psa_profile_set_api_version (draft, gtk_editable_get_text (self->version_row));
  psa_profile_set_username (draft, gtk_editable_get_text (self->username_row));
  if (self->integration != NULL)
    psa_profile_set_integration (draft, self->integration);
  return TRUE;
}

/**
 * psa_connection_fields_dup_client_id:
 * @self: the fields, after a psa_connection_fields_fill() that returned %TRUE
 *
 * Returns: (transfer full) (nullable): the Client ID that was typed; %NULL leaves the kept one
 */
PsaSecret *
psa_connection_fields_dup_client_id (PsaConnectionFields *self)
{
  g_return_val_if_fail (PSA_IS_CONNECTION_FIELDS (self), NULL);

  if (is_empty (self->client_id_row))
    return NULL;
  return psa_client_id_parse (gtk_editable_get_text (self->client_id_row), NULL);
}

/**
 * psa_connection_fields_dup_password:
 * @self: the fields, after a psa_connection_fields_fill() that returned %TRUE
 *
 * Returns: (transfer full) (nullable): the password that was typed; %NULL leaves the kept one
 */
PsaSecret *
psa_connection_fields_dup_password (PsaConnectionFields *self)
{
  g_return_val_if_fail (PSA_IS_CONNECTION_FIELDS (self), NULL);

  if (is_empty (self->password_row))
    return NULL;
  return psa_secret_new (gtk_editable_get_text (self->password_row));
}

/**
 * psa_connection_fields_wipe:
 * @self: the fields
 *
 * Empties the rows that hold secrets, once they are saved or given up.
 */
void
psa_connection_fields_wipe (PsaConnectionFields *self)
{
  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));

  self->loading = TRUE;
  gtk_editable_set_text (self->client_id_row, "");
  gtk_editable_set_text (self->password_row, "");
  self->loading = FALSE;
}

/**
 * psa_connection_fields_get_touched:
 * @self: the fields
 *
 * Returns: whether the user has changed anything
 */
gboolean
psa_connection_fields_get_touched (PsaConnectionFields *self)
{
  g_return_val_if_fail (PSA_IS_CONNECTION_FIELDS (self), FALSE);

  return self->touched;
}

/**
 * psa_connection_fields_focus:
 * @self: the fields
 * @field: the row to go to; %PSA_FIELD_NONE goes to the first
 */
void
psa_connection_fields_focus (PsaConnectionFields *self, PsaField field)
{
  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));

  self->shown = field != PSA_FIELD_NONE ? field : PSA_FIELD_HOSTNAME;
  gtk_widget_grab_focus (GTK_WIDGET (get_row (self, self->shown)));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, NULL, NULL);
}

/**
 * psa_connection_fields_use:
 * @self: the fields
 * @hostname: (nullable): what goes in the place of the typed hostname
 * @version: (nullable): what goes in the place of the typed API version
 *
 * Fills rows, as the user could. Nothing is sent.
 */
void
psa_connection_fields_use (PsaConnectionFields *self, const char *hostname, const char *version)
{
  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));

  if (hostname != NULL)
    gtk_editable_set_text (self->hostname_row, hostname);
  if (version != NULL)
    gtk_editable_set_text (self->version_row, version);
}

/**
 * psa_connection_fields_get_text:
 * @self: the fields
 * @field: a row
 *
 * Returns: (transfer none): what stands in the row now, which may be a secret
 */
const char *
psa_connection_fields_get_text (PsaConnectionFields *self, PsaField field)
{
  g_return_val_if_fail (PSA_IS_CONNECTION_FIELDS (self), "");

  return gtk_editable_get_text (get_row (self, field));
}

/**
 * psa_connection_fields_set_text:
 * @self: the fields
 * @field: a row
 * @text: what goes in the place of what stands there
 *
 * Fills a row, as the user could. Nothing is sent.
 */
void
psa_connection_fields_set_text (PsaConnectionFields *self, PsaField field, const char *text)
{
  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (get_row (self, field), text);
}

/**
 * psa_connection_fields_dup_company:
 * @self: the fields
 *
 * Returns: (transfer full): what stands before the first plus sign of the username; "" where nothing
 *   does
 */
char *
psa_connection_fields_dup_company (PsaConnectionFields *self)
{
  const char *username;
  g_autofree char *company = NULL;

  g_return_val_if_fail (PSA_IS_CONNECTION_FIELDS (self), NULL);

  username = gtk_editable_get_text (self->username_row);
  company = g_strndup (username, strcspn (username, "+"));
  return psa_input_dup_trimmed (company);
}

/**
 * psa_connection_fields_suggest_version:
 * @self: the fields
 * @version: (nullable): the tenant's own, such as "2025.1"
 *
 * Offers @version under the API version.
 */
void
psa_connection_fields_suggest_version (PsaConnectionFields *self, const char *version)
{
  g_return_if_fail (PSA_IS_CONNECTION_FIELDS (self));

  if (g_set_str (&self->suggested_version, version))
    psa_connection_fields_judge (self, PSA_FIELD_API_VERSION);
}
