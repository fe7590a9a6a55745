/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-application.h"

#include "psa-about-dialog.h"
#include "psa-help-dialog.h"
#include "psa-preferences-dialog.h"
#include "psa-shortcuts-dialog.h"
#include "psa-window.h"

/**
 * PsaApplication:
 *
 * The program as the desktop sees it: one instance, one window, and what all of it stands on. What it makes
 * at start reads no file and asks nobody; the window does, once it is seen.
 */
struct _PsaApplication
{
  AdwApplication parent_instance;
  PsaMonitor *monitor;
};

G_DEFINE_FINAL_TYPE (PsaApplication, psa_application, ADW_TYPE_APPLICATION)

/* The window, on screen; a start by one of the actions of the desktop file has none yet. */
static PsaWindow *
present_window (PsaApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (psa_window_new (GTK_APPLICATION (self), self->monitor));
  gtk_window_present (window);
  return PSA_WINDOW (window);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PsaApplication *self = user_data;

  adw_dialog_present (psa_about_dialog_new (self->monitor), GTK_WIDGET (present_window (self)));
}

/* Above an open dialog as well: that is where one has a question. */
static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PsaWindow *window = present_window (user_data);
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  if (dialog == NULL || !PSA_IS_HELP_DIALOG (dialog))
    {
      dialog = psa_help_dialog_new ();
      adw_dialog_present (dialog, GTK_WIDGET (window));
    }
  psa_help_dialog_open (PSA_HELP_DIALOG (dialog), g_variant_get_string (parameter, NULL));
}

/* The window can do nothing before it has read the profiles. */
static void
on_store_loaded_cb (PsaWindow *window, GParamSpec *pspec, PsaStore *store)
{
  g_autofree char *name = g_object_steal_data (G_OBJECT (window), "psa-first-action");

  if (name != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), name, NULL);
}

static void
act_in_window (PsaApplication *self, const char *name)
{
  PsaStore *store = psa_keeper_get_store (psa_monitor_get_keeper (self->monitor));
  PsaWindow *window = present_window (self);

  if (psa_store_get_loaded (store))
    {
      gtk_widget_activate_action (GTK_WIDGET (window), name, NULL);
      return;
    }
  g_object_set_data_full (G_OBJECT (window), "psa-first-action", g_strdup (name), g_free);
  g_signal_connect_object (store, "notify::loaded", G_CALLBACK (on_store_loaded_cb), window,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
new_profile_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  act_in_window (user_data, "win.add");
}

static void
check_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  act_in_window (user_data, "win.check-all");
}

/* A dialog that a key opens: pressed again in it, the key does nothing. */
static void
present_once (PsaApplication *self, GType type, AdwDialog *(*create) (void))
{
  PsaWindow *window = present_window (self);
  AdwDialog *above = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  if (above == NULL || !G_TYPE_CHECK_INSTANCE_TYPE (above, type))
    adw_dialog_present (create (), GTK_WIDGET (window));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  present_once (user_data, PSA_TYPE_PREFERENCES_DIALOG, psa_preferences_dialog_new);
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  present_once (user_data, PSA_TYPE_SHORTCUTS_DIALOG, psa_shortcuts_dialog_new);
}

/* Through the windows, so that each can keep its size and ask about what is not saved. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr(GList) windows =
      g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *link = windows; link != NULL; link = link->next)
    {
      AdwDialog *dialog = adw_application_window_get_visible_dialog (link->data);

      /* A window that is closed over a dialog closes that alone. */
      while (dialog != NULL && adw_dialog_close (dialog))
        dialog = adw_application_window_get_visible_dialog (link->data);
      if (dialog == NULL)
        gtk_window_close (link->data);
    }
}

/* The first two stand in the desktop file as well. */
static const GActionEntry app_actions[] = {
  { .name = "new-profile", .activate = new_profile_action },
  { .name = "check-all", .activate = check_all_action },
  { .name = "help", .activate = help_action, .parameter_type = "s" },
  { .name = "about", .activate = about_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "quit", .activate = quit_action },
};

static PsaMonitor *
create_monitor (void)
{
  g_autofree char *data_folder = psa_store_dup_default_folder ();
  g_autofree char *state_folder = psa_history_dup_default_folder ();
  g_autoptr(PsaStore) store = psa_store_new (data_folder);
  g_autoptr(PsaVault) vault = psa_vault_new ();
  g_autoptr(PsaKeeper) keeper = psa_keeper_new (store, vault);
  g_autoptr(PsaHistory) history = psa_history_new (state_folder);

  return psa_monitor_new (keeper, history);
}

static void
psa_application_startup (GApplication *application)
{
  PsaApplication *self = PSA_APPLICATION (application);
  const char *const preferences_keys[] = { "<Control>comma", NULL };
  const char *const shortcuts_keys[] = { "<Control>question", NULL };
  const char *const quit_keys[] = { "<Control>q", NULL };
  const char *const close_keys[] = { "<Control>w", NULL };

  G_APPLICATION_CLASS (psa_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  /* Sentences can be selected to be copied, but coming to one by Tab or by opening a page must not look so. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), app_actions, G_N_ELEMENTS (app_actions),
                                   self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.preferences",
                                         preferences_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.shortcuts", shortcuts_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", close_keys);
  self->monitor = create_monitor ();
}

static void
psa_application_activate (GApplication *application)
{
  present_window (PSA_APPLICATION (application));
}

static void
psa_application_dispose (GObject *object)
{
  g_clear_object (&PSA_APPLICATION (object)->monitor);
  G_OBJECT_CLASS (psa_application_parent_class)->dispose (object);
}

static void
psa_application_class_init (PsaApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psa_application_dispose;
  G_APPLICATION_CLASS (klass)->startup = psa_application_startup;
  G_APPLICATION_CLASS (klass)->activate = psa_application_activate;
}

static void
psa_application_init (PsaApplication *self)
{
}

/**
 * psa_application_new:
 *
 * Returns: (transfer full): the program, to be run
 */
PsaApplication *
psa_application_new (void)
{
  return g_object_new (PSA_TYPE_APPLICATION, "application-id", APPLICATION_ID, "resource-base-path",
                       RESOURCE_PATH, "version", VERSION, NULL);
}

/**
 * psa_application_get_monitor:
 * @self: the program, started
 *
 * Returns: (transfer none): the profiles and what is known of them
 */
PsaMonitor *
psa_application_get_monitor (PsaApplication *self)
{
  g_return_val_if_fail (PSA_IS_APPLICATION (self), NULL);

  return self->monitor;
}
