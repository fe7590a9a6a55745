/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include "psa-message.h"

#include <glib/gi18n.h>

/**
 * Removal:
 *
 * Profiles that were deleted at once and can be brought back as long as their toast stands.
 * Removed → Undo → back again; Removed → toast gone, or window closed → secrets cleared, history forgotten.
 */
typedef struct
{
  PsaWindow *window;       /* (unowned): the window holds the removals */
  GPtrArray *profiles;     /* of PsaProfile, as they were */
  GPtrArray *integrations; /* of PsaIntegration, as they were */
  AdwToast *toast;
} Removal;

/* Where a profile that comes back is to be chosen. */
typedef struct
{
  PsaWindow *window;
  char *id;
} Undo;

/* What clearing the secrets takes, apart from the window, which may be gone by then. */
typedef struct
{
  GtkApplication *application; /* (nullable): held until it is done */
  PsaHistory *history;
  GStrv ids;
} Purge;

static void
removal_free (Removal *removal)
{
  g_signal_handlers_disconnect_by_data (removal->toast, removal);
  g_clear_pointer (&removal->profiles, g_ptr_array_unref);
  g_clear_pointer (&removal->integrations, g_ptr_array_unref);
  g_clear_object (&removal->toast);
  g_free (removal);
}

static void
purge_free (Purge *purge)
{
  if (purge->application != NULL)
    g_application_release (G_APPLICATION (purge->application));
  g_clear_object (&purge->application);
  g_clear_object (&purge->history);
  g_clear_pointer (&purge->ids, g_strfreev);
  g_free (purge);
}

static void
undo_free (Undo *undo)
{
  g_clear_object (&undo->window);
  g_free (undo->id);
  g_free (undo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Purge, purge_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

static void
history_removed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Purge) purge = user_data;
  g_autoptr(GError) error = NULL;

  if (!psa_history_remove_finish (PSA_HISTORY (object), result, &error))
    g_warning ("The history of a deleted profile stays: %s", error->message);
}

static void
purged_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Purge) purge = user_data;
  g_autoptr(GError) error = NULL;

  /* It still stands in `deleted`, and the next start tries again. */
  if (!psa_keeper_purge_finish (PSA_KEEPER (object), result, &error))
    {
      g_info ("The secrets of a deleted profile stay for now: %s", error->message);
      return;
    }
  if (purge->ids == NULL || purge->ids[0] == NULL)
    return;
  psa_history_remove_async (purge->history, (const char *const *) purge->ids, NULL,
                            history_removed_cb, purge);
  g_steal_pointer (&purge);
}

/* An integration goes along where nobody else uses it: then it stands in `deleted` too. */
static GStrv
list_ids (PsaWindow *self, Removal *removal)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) deleted = psa_store_dup_deleted (psa_window_get_store (self));

  for (guint i = 0; i < removal->profiles->len; i++)
    g_strv_builder_add (builder, psa_profile_get_id (removal->profiles->pdata[i]));
  for (guint i = 0; i < removal->integrations->len; i++)
    {
      const char *id = psa_integration_get_id (removal->integrations->pdata[i]);

      if (deleted != NULL && g_strv_contains ((const char *const *) deleted, id))
        g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

static void
finish_removal (Removal *removal, PsaVaultPrompt prompt)
{
  PsaWindow *self = removal->window;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  Purge *purge = g_new0 (Purge, 1);

  purge->history = g_object_ref (psa_monitor_get_history (self->monitor));
  purge->ids = list_ids (self, removal);
  if (application != NULL)
    {
      purge->application = g_object_ref (application);
      g_application_hold (G_APPLICATION (application));
    }
  psa_keeper_purge_async (psa_monitor_get_keeper (self->monitor),
                          (const char *const *) purge->ids, prompt, NULL, purged_cb, purge);
  g_ptr_array_remove (self->removals, removal);
  psa_window_update_actions (self);
}

static void
undone_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Undo) undo = user_data;
  g_autoptr(GError) error = NULL;

  if (psa_store_apply_finish (PSA_STORE (object), result, &error))
    psa_window_select (undo->window, undo->id);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psa_window_say (undo->window, error->message);
}

static void
undo_removal (Removal *removal)
{
  PsaWindow *self = removal->window;
  g_autoptr(AdwToast) toast = g_object_ref (removal->toast);
  PsaBatch *batch = psa_batch_new ();
  Undo *undo = g_new0 (Undo, 1);

  undo->window = g_object_ref (self);
  undo->id = g_strdup (psa_profile_get_id (removal->profiles->pdata[0]));
  for (guint i = 0; i < removal->profiles->len; i++)
    g_ptr_array_add (batch->puts, g_object_ref (removal->profiles->pdata[i]));
  for (guint i = 0; i < removal->integrations->len; i++)
    g_ptr_array_add (batch->integrations, g_object_ref (removal->integrations->pdata[i]));
  /* Their secrets never left. */
  psa_store_apply_async (psa_window_get_store (self), batch, self->cancellable, undone_cb, undo);
  g_ptr_array_remove (self->removals, removal);
  adw_toast_dismiss (toast);
  psa_window_update_actions (self);
}

static void
on_toast_dismissed_cb (Removal *removal)
{
  finish_removal (removal, PSA_VAULT_MAY_PROMPT);
}

static void
on_toast_undo_cb (Removal *removal)
{
  undo_removal (removal);
}

static void
removed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Removal *removal = user_data;
  PsaWindow *self;
  g_autoptr(GError) error = NULL;
  gboolean removed = psa_store_apply_finish (PSA_STORE (object), result, &error);

  if (!removed && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      removal_free (removal);
      return;
    }

  self = removal->window;
  g_assert (PSA_IS_WINDOW (self));

  if (!removed)
    {
      psa_window_say (self, error->message);
      removal_free (removal);
      return;
    }

  g_ptr_array_add (self->removals, removal);
  g_signal_connect_swapped (removal->toast, "button-clicked", G_CALLBACK (on_toast_undo_cb),
                            removal);
  g_signal_connect_swapped (removal->toast, "dismissed", G_CALLBACK (on_toast_dismissed_cb),
                            removal);
  adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (removal->toast));
  psa_profile_list_focus (self->list);
  psa_window_update_actions (self);
}

static char *
dup_news (GPtrArray *profiles)
{
  PsaProfile *first = profiles->pdata[0];
  g_autofree char *title = NULL;

  if (profiles->len > 1)
    return g_strdup_printf (ngettext ("%u profile deleted", "%u profiles deleted", profiles->len),
                            profiles->len);
  title = psa_message_dup_clean (psa_profile_get_title (first));
  /* Translators: the name of a profile and its environment, as in: “Contoso” (Production) deleted */
  return g_strdup_printf (_("“%s” (%s) deleted"), title,
                          psa_environment_get_word (psa_profile_get_environment (first)));
}

/**
 * psa_window_remove:
 * @self: the window
 * @profiles: (element-type PsaProfile): kept profiles
 *
 * Deletes them with one write, and offers to bring them back with one press.
 */
void
psa_window_remove (PsaWindow *self, GPtrArray *profiles)
{
  PsaStore *store = psa_window_get_store (self);
  PsaBatch *batch;
  g_autofree char *text = NULL;
  Removal *removal;

  if (profiles->len == 0)
    return;

  batch = psa_batch_new ();
  removal = g_new0 (Removal, 1);
  removal->window = self;
  removal->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  removal->integrations = g_ptr_array_new_with_free_func (g_object_unref);
  text = dup_news (profiles);
  for (guint i = 0; i < profiles->len; i++)
    {
      PsaProfile *profile = profiles->pdata[i];
      PsaIntegration *integration =
          psa_store_get_integration (store, psa_profile_get_integration (profile));

      g_ptr_array_add (removal->profiles, psa_profile_copy (profile));
      if (integration != NULL && !g_ptr_array_find (removal->integrations, integration, NULL))
        g_ptr_array_add (removal->integrations, g_object_ref (integration));
      g_ptr_array_add (batch->removals, g_strdup (psa_profile_get_id (profile)));
      psa_monitor_cancel (self->monitor, profile);
    }
  if (profiles->len > 1)
    batch->backup = "before-change-";
  removal->toast = g_object_ref_sink (adw_toast_new (text));
  adw_toast_set_use_markup (removal->toast, FALSE);
  adw_toast_set_button_label (removal->toast, _("_Undo"));
  adw_toast_set_timeout (removal->toast, 10);

  psa_store_apply_async (store, batch, self->cancellable, removed_cb, removal);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  g_autoptr(GPtrArray) profiles = g_ptr_array_new ();

  /* The key is that of the rows: where several are chosen it means all of them. */
  if (psa_profile_list_get_selecting (self->list))
    {
      gtk_widget_activate_action (widget, "selection.delete", NULL);
      return;
    }
  g_ptr_array_add (profiles, psa_status_get_profile (self->status));
  psa_window_remove (self, profiles);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);

  if (psa_window_can_undo (self))
    undo_removal (g_ptr_array_index (self->removals, self->removals->len - 1));
}

/**
 * psa_window_install_removal_actions:
 * @widget_class: the class of the window
 *
 * Installs deleting and bringing back, and their keys.
 */
void
psa_window_install_removal_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profile.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "profile.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "profile.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo",
                                       NULL);
}

/**
 * psa_window_can_undo:
 * @self: the window
 *
 * Returns: whether a deleted profile can still be brought back
 */
gboolean
psa_window_can_undo (PsaWindow *self)
{
  return self->removals != NULL && self->removals->len > 0;
}

/**
 * psa_window_finish_removals:
 * @self: the window, about to close
 *
 * Clears the secrets of what was deleted and not brought back. Nobody could answer a prompt any
 * more, so none is raised; what stays is finished at the next start.
 */
void
psa_window_finish_removals (PsaWindow *self)
{
  while (psa_window_can_undo (self))
    finish_removal (g_ptr_array_index (self->removals, 0), PSA_VAULT_NO_PROMPT);
}

/**
 * psa_window_finish_former_removals:
 * @self: the window, its profiles and history loaded
 *
 * Finishes what an earlier run left in `deleted`, after a crash or with a locked keyring. Nobody asked for it, so it
 * raises no prompt.
 */
void
psa_window_finish_former_removals (PsaWindow *self)
{
  Purge *purge = g_new0 (Purge, 1);

  purge->history = g_object_ref (psa_monitor_get_history (self->monitor));
  purge->ids = psa_store_dup_deleted (psa_window_get_store (self));
  psa_keeper_purge_async (psa_monitor_get_keeper (self->monitor), NULL, PSA_VAULT_NO_PROMPT, NULL,
                          purged_cb, purge);
}

/**
 * psa_window_new_removals:
 *
 * Returns: (transfer full): what psa-window-removal.c keeps in the window
 */
GPtrArray *
psa_window_new_removals (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) removal_free);
}
