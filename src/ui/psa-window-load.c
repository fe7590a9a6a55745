/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-window-private.h"

#include <glib/gi18n.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Documents and rows were read into many small pieces, and what lives on lies between them: by itself the C library
 * would keep a page for each. */
static void
give_back_memory_cb (gpointer user_data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static void
history_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = PSA_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  gboolean loaded = psa_monitor_load_finish (PSA_MONITOR (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (!loaded && psa_history_get_problem (psa_monitor_get_history (self->monitor)) == NULL)
    psa_window_say (self, error->message);
  psa_window_finish_former_removals (self);
  g_idle_add_once (give_back_memory_cb, NULL);
}

static void
store_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(PsaWindow) self = PSA_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *last = NULL;
  gboolean loaded = psa_store_load_finish (PSA_STORE (object), result, &error);

  /* A file that is being read is read to its end, whether the window was closed meanwhile or not. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (!loaded)
    {
      g_set_str (&self->failure, error->message);
      psa_window_update_view (self);
      return;
    }

  last = g_settings_get_string (self->settings, "last-profile");
  psa_window_update_view (self);
  if (*last != '\0')
    psa_window_select (self, last);
  psa_monitor_load_async (self->monitor, PSA_HISTORY_ALL, self->cancellable, history_loaded_cb,
                          g_object_ref (self));
  g_idle_add_once (give_back_memory_cb, NULL);
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  psa_window_load (PSA_WINDOW (widget));
}

static void
folder_shown_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (object), result, &error))
    g_info ("The folder was not shown: %s", error->message);
}

static void
show_set_aside_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PsaWindow *self = PSA_WINDOW (widget);
  const char *path = psa_store_get_set_aside (psa_window_get_store (self));
  g_autoptr(GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr(GtkFileLauncher) launcher = NULL;

  if (file == NULL)
    return;
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (self), self->cancellable,
                                            folder_shown_cb, NULL);
}

/**
 * psa_window_install_load_actions:
 * @widget_class: the class of the window
 *
 * Installs reading the profiles again, and the look at a damaged file.
 */
void
psa_window_install_load_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "win.show-set-aside", NULL,
                                   show_set_aside_action);
}

/**
 * psa_window_load:
 * @self: the window, drawn once
 *
 * Reads the profiles and then the last results. What an earlier run left deleted is finished after that.
 */
void
psa_window_load (PsaWindow *self)
{
  g_clear_pointer (&self->failure, g_free);
  psa_window_update_view (self);
  psa_store_load_async (psa_window_get_store (self), self->cancellable, store_loaded_cb,
                        g_object_ref (self));
}
