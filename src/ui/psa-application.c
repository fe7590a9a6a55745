/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-ui"

#include "config.h"

#include "psa-application.h"

#include "psa-shortcuts-dialog.h"
#include "psa-window.h"

#include <glib/gi18n.h>

#define HOMEPAGE "https://github.com/psaconnections/psa-connections"

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

static char *
dup_debug_info (void)
{
  return g_strdup_printf ("%s %s\n"
                          "Sandbox: %s\n"
                          "GTK: %u.%u.%u\n"
                          "libadwaita: %u.%u.%u\n"
                          "GLib: %u.%u.%u\n"
                          "Display: %s\n",
                          APPLICATION_ID, VERSION,
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "none",
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (), glib_major_version,
                          glib_minor_version, glib_micro_version,
                          G_OBJECT_TYPE_NAME (gdk_display_get_default ()));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  g_autofree char *debug_info = dup_debug_info ();
  AdwDialog *dialog = adw_about_dialog_new ();
  AdwAboutDialog *about = ADW_ABOUT_DIALOG (dialog);

  adw_about_dialog_set_application_name (about, _("PSA Connections"));
  adw_about_dialog_set_application_icon (about, APPLICATION_ID);
  adw_about_dialog_set_developer_name (about, _("The PSA Connections developers"));
  adw_about_dialog_set_version (about, VERSION);
  adw_about_dialog_set_website (about, HOMEPAGE);
  adw_about_dialog_set_issue_url (about, HOMEPAGE "/issues");
  adw_about_dialog_set_copyright (about, _("© 2026 The PSA Connections developers"));
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (
      about, _("An independent program, not affiliated with ConnectWise."));
  adw_about_dialog_set_debug_info (about, debug_info);
  adw_about_dialog_set_debug_info_filename (about, "psa-connections-debug-info.txt");
  /* Translators: put your names here, one a line */
  adw_about_dialog_set_translator_credits (about, _("translator-credits"));
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  adw_dialog_present (psa_shortcuts_dialog_new (), GTK_WIDGET (window));
}

/* Through the windows, so that each can keep its size and ask about what is not saved. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr(GList) windows =
      g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static const GActionEntry app_actions[] = {
  { .name = "about", .activate = about_action },
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
  const char *const shortcuts_keys[] = { "<Control>question", NULL };
  const char *const quit_keys[] = { "<Control>q", NULL };
  const char *const close_keys[] = { "<Control>w", NULL };

  G_APPLICATION_CLASS (psa_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  /* Sentences can be selected to be copied, but coming to one by Tab or by opening a page must not look so. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), app_actions, G_N_ELEMENTS (app_actions),
                                   self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.shortcuts", shortcuts_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", close_keys);
  self->monitor = create_monitor ();
}

static void
psa_application_activate (GApplication *application)
{
  PsaApplication *self = PSA_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (psa_window_new (GTK_APPLICATION (self), self->monitor));
  gtk_window_present (window);
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
  return g_object_new (PSA_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                       "resource-base-path", RESOURCE_PATH, "version", VERSION, NULL);
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
