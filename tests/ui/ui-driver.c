/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-driver.h"

#include <glib/gstdio.h>
#include <libintl.h>

#define WAIT_SECONDS 30
#define N_QUIET_TURNS 4
#define N_TURNS 40

typedef gboolean (*Matches) (GtkWidget *widget, gconstpointer data);

/**
 * ui_run:
 * @argc: of main()
 * @argv: of main()
 * @add_tests: adds the tests
 *
 * Runs a test program: every test has folders of its own, and all share a keyring file. The folders
 * of a test are there only while it runs, and libsecret names its file but once. The language is that
 * of the locale, if PSA_LOCALE_DIR says where the translations are.
 *
 * Returns: the exit status
 */
int
ui_run (int argc, char **argv, void (*add_tests) (void))
{
  const char *const mime_folders[] = { "/usr/share/mime", NULL };
  g_autofree char *folder = NULL;
  g_autofree char *keyring = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  folder = g_dir_make_tmp ("psa-ui-XXXXXX", &error);
  g_assert_no_error (error);
  keyring = g_build_filename (folder, "test.keyring", NULL);
  if (g_getenv ("PSA_TEST_FOLDER") == NULL) /* else the case has a keyring of its own */
    g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  /* The isolation hides what tells a picture's kind, and with it every icon. */
  g_content_type_set_mime_dirs (mime_folders);
  gtk_init ();
  if (g_getenv ("PSA_LOCALE_DIR") != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PSA_LOCALE_DIR"));
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }
  gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                  "/usr/share/icons");
  /* The font and the one window button of GNOME. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, "gtk-font-name", "Inter 11", "gtk-decoration-layout",
                ":close", NULL);

  add_tests ();
  status = g_test_run ();

  g_unlink (keyring);
  g_rmdir (folder);
  return status;
}

static gboolean
wake_cb (gpointer user_data)
{
  gboolean *is_quiet = user_data;

  *is_quiet = TRUE;
  return G_SOURCE_CONTINUE;
}

/* One turn of the main loop, of 10 ms at most: whether there was anything to do. All else goes before the alarm, a
 * frame that is asked for as well. */
static gboolean
turn (void)
{
  gboolean is_quiet = FALSE;
  guint id = g_timeout_add_full (G_PRIORITY_LOW + 100, 10, wake_cb, &is_quiet, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  return !is_quiet;
}

/**
 * ui_turn:
 *
 * One turn of the main loop, of 10 ms at most.
 */
void
ui_turn (void)
{
  turn ();
}

/**
 * ui_settle:
 *
 * Lets frames be drawn after something appeared, until nothing moves; for pictures and the Tab order, never for a
 * result. What always moves, such as a spinner, is given up on.
 *
 * Returns: whether nothing moves any more
 */
gboolean
ui_settle (void)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 4;
  guint n_turns = 0;

  for (guint n_quiet = 0; n_quiet < N_QUIET_TURNS; n_turns++)
    {
      n_quiet = turn () ? 0 : n_quiet + 1;
      if (n_turns >= N_TURNS && g_get_monotonic_time () > end)
        return FALSE;
    }
  return TRUE;
}

gint64
ui_deadline (void)
{
  return g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
}

/**
 * ui_start:
 *
 * Returns: (transfer full): the program with its window asked for, before the first frame
 */
UiDriver *
ui_start (void)
{
  UiDriver *self = g_new0 (UiDriver, 1);
  g_autoptr(GError) error = NULL;

  self->application = psa_application_new ();
  g_application_set_flags (G_APPLICATION (self->application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (self->application), NULL, &error));
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (self->application));
  self->window =
      PSA_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self->application)));
  g_assert_nonnull (self->window);
  return self;
}

/**
 * ui_open:
 *
 * Returns: (transfer full): the program, its window drawn and its profiles read
 */
UiDriver *
ui_open (void)
{
  UiDriver *self = ui_start ();

  ui_wait (g_str_equal (ui_get_view (self), "empty") || g_str_equal (ui_get_view (self), "profiles"));
  ui_settle ();
  return self;
}

/**
 * ui_close:
 * @self: (transfer full): the program
 *
 * Closes the window as a user would and ends the program; nothing of it may stay behind.
 */
void
ui_close (UiDriver *self)
{
  static gboolean warned;
  PsaWindow *window = self->window;
  PsaApplication *application = self->application;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_add_weak_pointer (G_OBJECT (application), (gpointer *) &application);
  gtk_window_close (GTK_WINDOW (self->window));
  ui_wait (window == NULL);
  ui_settle ();
  g_signal_emit_by_name (self->application, "shutdown");
  /* Nobody has run it: the test iterates in its place. GLib says so once. */
  if (!warned)
    g_test_expect_message ("GLib-GIO", G_LOG_LEVEL_WARNING, "*did not unregister from D-Bus*");
  warned = TRUE;
  g_object_unref (self->application);
  ui_wait (application == NULL);
  g_test_assert_expected_messages ();
  g_free (self);
}

PsaMonitor *
ui_get_monitor (UiDriver *self)
{
  return psa_application_get_monitor (self->application);
}

PsaStore *
ui_get_store (UiDriver *self)
{
  return psa_keeper_get_store (psa_monitor_get_keeper (ui_get_monitor (self)));
}

static GtkWidget *
find (GtkWidget *below, Matches matches, gconstpointer data)
{
  if (matches (below, data))
    return below;
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child)
                             ? find (child, matches, data)
                             : NULL;
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_type (GtkWidget *widget, gconstpointer data)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) data);
}

static gboolean
is_row (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), data) == 0;
}

static gboolean
is_label (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), data) == 0;
}

static gboolean
is_action (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_ACTIONABLE (widget) &&
         g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), data) == 0;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer data)
{
  g_autofree char *plain = NULL;
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  if (label == NULL)
    return FALSE;
  plain = g_strdup (label);
  for (char *at = plain; (at = strchr (at, '_')) != NULL;)
    memmove (at, at + 1, strlen (at));
  return g_str_equal (plain, data);
}

/**
 * ui_find_type:
 * @below: a widget
 * @type: what to look for
 *
 * Returns: (transfer none) (nullable): the first one to be seen in @below, in the order of the screen
 */
GtkWidget *
ui_find_type (gpointer below, GType type)
{
  return find (below, is_type, &type);
}

GtkWidget *
ui_find_row (gpointer below, const char *title)
{
  return find (below, is_row, title);
}

GtkWidget *
ui_find_label (gpointer below, const char *text)
{
  return find (below, is_label, text);
}

GtkWidget *
ui_find_action (gpointer below, const char *action)
{
  return find (below, is_action, action);
}

GtkWidget *
ui_find_button (gpointer below, const char *label)
{
  return find (below, is_button, label);
}

/**
 * ui_get_view:
 * @self: the program
 *
 * Returns: (transfer none): which of its views the window shows
 */
const char *
ui_get_view (UiDriver *self)
{
  return gtk_stack_get_visible_child_name (
      GTK_STACK (ui_find_type (self->window, GTK_TYPE_STACK)));
}

static gboolean
is_named_action (GtkShortcut *shortcut, const char *accelerator)
{
  g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

  return g_str_equal (trigger, accelerator);
}

static gboolean
activate_in (GListModel *shortcuts, GtkWidget *widget, const char *accelerator)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_named_action (shortcut, accelerator) &&
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                        gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  return FALSE;
}

/**
 * ui_press_key:
 * @self: the program
 * @accelerator: a key as GTK writes it, such as "<Control>n"
 *
 * Does what the key does: asks the shortcuts of the focused widget, then those of its parents.
 *
 * Returns: whether something took the key
 */
gboolean
ui_press_key (UiDriver *self, const char *accelerator)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_autoptr(GPtrArray) widgets = g_ptr_array_new_with_free_func (g_object_unref);

  /* As GTK does, it holds them all: the key may close the dialog that they are in. */
  for (GtkWidget *widget = focus != NULL ? focus : GTK_WIDGET (self->window); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    g_ptr_array_add (widgets, g_object_ref (widget));

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = widgets->pdata[i];
      g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint j = 0; j < g_list_model_get_n_items (controllers); j++)
        {
          g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, j);

          if (GTK_IS_SHORTCUT_CONTROLLER (controller) &&
              activate_in (G_LIST_MODEL (controller), widget, accelerator))
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * ui_can:
 * @self: the program
 * @action: an action of the window, as "profile.edit", for which a key or button exists
 *
 * Returns: whether the action is enabled, as its buttons show it
 */
gboolean
ui_can (UiDriver *self, const char *action)
{
  GtkWidget *probe = gtk_button_new ();
  GtkWidget *overlay = ui_find_type (self->window, ADW_TYPE_TOAST_OVERLAY);
  gboolean sensitive;

  gtk_widget_set_parent (probe, overlay);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), action);
  sensitive = gtk_widget_get_sensitive (probe);
  gtk_widget_unparent (probe);
  return sensitive;
}

typedef struct
{
  gboolean done;
  PsaProfile *profile;
} Kept;

static void
kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Kept *kept = user_data;
  g_autoptr(GError) error = NULL;

  kept->profile = psa_keeper_save_finish (PSA_KEEPER (object), result, &error);
  g_assert_no_error (error);
  kept->done = TRUE;
}

/**
 * ui_keep:
 * @self: the program
 * @draft: what to keep
 * @client_id: its Client ID
 * @password: its password
 *
 * Keeps a profile, as if the form had saved it.
 *
 * Returns: (transfer none): the kept profile
 */
PsaProfile *
ui_keep (UiDriver *self, PsaProfile *draft, const char *client_id, const char *password)
{
  g_autoptr(PsaSecret) id = psa_secret_new (client_id);
  g_autoptr(PsaSecret) secret = psa_secret_new (password);
  Kept kept = { FALSE, NULL };

  psa_keeper_save_async (psa_monitor_get_keeper (ui_get_monitor (self)), draft, id, secret, NULL,
                         kept_cb, &kept);
  ui_wait (kept.done);
  g_object_unref (kept.profile);
  return kept.profile;
}

/**
 * ui_record:
 * @self: the program
 * @profile: a kept profile
 * @result: made for it
 *
 * Gives the monitor a result, as a form would. Nobody is told aloud: the toolkit's own accessibility back end
 * for tests cannot announce and crashes when asked to (GTK 4.18).
 */
void
ui_record (UiDriver *self, PsaProfile *profile, PsaResult *result)
{
  PsaMonitor *monitor = ui_get_monitor (self);
  guint id = g_signal_lookup ("checked", PSA_TYPE_MONITOR);

  g_signal_handlers_block_matched (monitor, G_SIGNAL_MATCH_ID, id, 0, NULL, NULL, NULL);
  psa_monitor_record (monitor, profile, result);
  g_signal_handlers_unblock_matched (monitor, G_SIGNAL_MATCH_ID, id, 0, NULL, NULL, NULL);
}

/**
 * ui_select:
 * @self: the program
 * @profile: a kept profile
 *
 * Chooses its row in the list.
 */
void
ui_select (UiDriver *self, PsaProfile *profile)
{
  GtkWidget *list = NULL;
  GtkSelectionModel *rows;

  ui_wait ((list = ui_find_type (self->window, GTK_TYPE_LIST_VIEW)) != NULL);
  rows = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr(PsaStatus) status = g_list_model_get_item (G_LIST_MODEL (rows), i);

      if (psa_status_get_profile (status) != profile)
        continue;
      gtk_selection_model_select_item (rows, i, TRUE);
      return;
    }
  g_error ("“%s” is not in the list", psa_profile_get_title (profile));
}

static GskRenderNode *
draw (UiDriver *self)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self->window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  return gtk_snapshot_free_to_node (snapshot);
}

/**
 * ui_picture:
 * @self: the program
 * @name: of the file, without its ending
 *
 * Writes what the window shows to the folder named by PSA_PICTURES, or else to _build/pictures of the
 * checkout; for eyes, nothing is compared.
 */
void
ui_picture (UiDriver *self, const char *name)
{
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree char *folder = g_strdup (g_getenv ("PSA_PICTURES"));
  g_autofree char *file = NULL;

  if (folder == NULL)
    folder = g_build_filename (g_getenv ("PSA_SOURCE_ROOT"), "_build", "pictures", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  ui_settle ();
  ui_wait ((node = draw (self)) != NULL);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (self->window)), node,
                                         NULL);
  g_assert_nonnull (texture);
  file = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, file));
}
