/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "keyring-fixture.h"

#include <errno.h> /* program_invocation_name: there may be no /proc */
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define DEADLINE_SECONDS 30

/* The program's schema, written down once more: a change of it would lose what users keep. */
static const SecretSchema schema = {
  "io.github.psaconnections.PsaConnections.Secret",
  SECRET_SCHEMA_NONE,
  { { "id", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef struct
{
  KeyringKind kind;
  KeyringCase func;
} Case;

/* Everything that is written goes below @folder. */
static GSubprocessLauncher *
launcher_new (const char *folder, GSubprocessFlags flags)
{
  static const char *const names[] = {
    "HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
  };
  GSubprocessLauncher *launcher =
      g_subprocess_launcher_new (flags | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_subprocess_launcher_setenv (launcher, names[i], folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "PSA_TEST_FOLDER", folder, TRUE);
  return launcher;
}

/* The daemon reads the password of the keyring it makes from its standard input, up to the end. */
static GSubprocess *
start_daemon (const char *address, const char *folder, gboolean unlock)
{
  g_autoptr(GSubprocessLauncher) launcher = launcher_new (
      folder, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = NULL;
  GSubprocess *daemon;
  GOutputStream *input;
  gint64 deadline = g_get_monotonic_time () + DEADLINE_SECONDS * G_USEC_PER_SEC;

  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG"); /* its warnings are not ours */
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                        "--components=secrets", unlock ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);

  input = g_subprocess_get_stdin_pipe (daemon);
  g_assert_true (g_output_stream_write_all (input, "pw", 2, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (input, NULL, &error));

  connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                   | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  while (TRUE) /* it has its name a little before it answers to it */
    {
      g_autoptr(GVariant) reply = g_dbus_connection_call_sync (
          connection, "org.freedesktop.secrets", "/org/freedesktop/secrets",
          "org.freedesktop.Secret.Service", "ReadAlias", g_variant_new ("(s)", "default"), NULL,
          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

      if (reply != NULL)
        break;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }

  return daemon;
}

/* Runs in the parent: the surroundings, then the case as a child, then nothing is left. */
static void
run_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GSubprocess) child = NULL, daemon = NULL;
  g_autoptr(GTestDBus) bus = NULL;
  g_autofree char *folder = NULL, *keyring = NULL, *command = NULL;
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  g_autoptr(GError) error = NULL;
  gboolean file = test->kind == KEYRING_FILE || test->kind == KEYRING_PORTAL;

  if (g_test_subprocess ())
    {
      test->func ();
      return;
    }

  folder = g_dir_make_tmp ("psa-keyring-XXXXXX", &error);
  g_assert_no_error (error);
  launcher = launcher_new (folder, G_SUBPROCESS_FLAGS_NONE);
  keyring = g_build_filename (folder, "file.keyring", NULL);

  if (test->kind == KEYRING_NO_BUS || test->kind == KEYRING_FILE)
    g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  else
    {
      bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_test_dbus_up (bus);
      g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS",
                                    g_test_dbus_get_bus_address (bus), TRUE);
    }
  if (test->kind == KEYRING_UNLOCKED)
    {
      daemon = start_daemon (g_test_dbus_get_bus_address (bus), folder, TRUE);
      g_subprocess_launcher_setenv (launcher, "PSA_TEST_DAEMON",
                                    g_subprocess_get_identifier (daemon), TRUE);
    }
  g_subprocess_launcher_unsetenv (launcher, "SECRET_BACKEND"); /* the parent's may be another */
  if (file)
    {
      g_subprocess_launcher_setenv (launcher, "SECRET_BACKEND", "file", TRUE);
      g_subprocess_launcher_setenv (launcher, "SECRET_FILE_TEST_PATH", keyring, TRUE);
    }
  if (test->kind == KEYRING_FILE)
    g_subprocess_launcher_setenv (launcher, "SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  if (test->kind == KEYRING_PORTAL) /* libsecret asks the portal in a snap, too */
    g_subprocess_launcher_setenv (launcher, "SNAP_NAME", "psa-test", TRUE);

  child = g_subprocess_launcher_spawn (launcher, &error, program_invocation_name,
                                       "--GTestSubprocess", "-p", g_test_get_path (), NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);

  if (daemon != NULL)
    {
      g_subprocess_force_exit (daemon);
      g_subprocess_wait (daemon, NULL, NULL);
    }
  if (bus != NULL)
    g_test_dbus_down (bus);
  if (display != NULL) /* which GLib takes away along with the bus */
    g_setenv ("DISPLAY", display, TRUE);

  g_assert_true (g_subprocess_get_successful (child));
  command = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

void
keyring_add_case (const char *path, KeyringKind kind, KeyringCase func)
{
  Case *test = g_new0 (Case, 1);

  test->kind = kind;
  test->func = func;
  g_test_add_data_func_full (path, test, run_case, g_free);
}

GPid
keyring_get_daemon (void)
{
  return (GPid) g_ascii_strtoll (g_getenv ("PSA_TEST_DAEMON"), NULL, 10);
}

char *
keyring_dup_folder (void)
{
  return g_strdup (g_getenv ("PSA_TEST_FOLDER"));
}

static GSubprocess *second_daemon;

static void
stop_second_daemon (void)
{
  g_subprocess_force_exit (second_daemon);
  g_clear_object (&second_daemon);
}

/* Ends the daemon as at the end of a session, and begins another one. */
void
keyring_restart_daemon (gboolean unlock)
{
  g_autofree char *folder = keyring_dup_folder ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  gboolean owned = TRUE;

  g_assert_no_error (error);
  g_assert_null (second_daemon);
  g_assert_true (kill (keyring_get_daemon (), SIGTERM) == 0 || errno == ESRCH); /* ended already */
  while (owned)
    {
      g_autoptr(GVariant) reply = g_dbus_connection_call_sync (
          bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
          g_variant_new ("(s)", "org.freedesktop.secrets"), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
          &error);

      g_assert_no_error (error);
      g_variant_get (reply, "(b)", &owned);
    }

  second_daemon = start_daemon (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), folder, unlock);
  atexit (stop_second_daemon);
  while (g_main_context_iteration (NULL, FALSE)) /* libsecret hears that the first one is gone */
    ;
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  g_error ("Waited for %d seconds in vain", DEADLINE_SECONDS);
  return G_SOURCE_REMOVE;
}

void
keyring_result_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place); /* a call ends once */
  *place = g_object_ref (result);
}

void
keyring_wait (GAsyncResult **result)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_SECONDS, on_deadline_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

void
keyring_drop (gpointer *object)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_SECONDS, on_deadline_cb, NULL);
  gpointer dropped = *object;

  g_object_add_weak_pointer (dropped, object);
  g_object_unref (dropped);
  while (*object != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

gboolean
keyring_store (PsaVault *vault, const char *id, const char *secret, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_vault_store_async (vault, id, "Test", secret, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  return psa_vault_store_finish (vault, result, error);
}

PsaSecret *
keyring_lookup (PsaVault *vault, const char *id, PsaVaultPrompt prompt, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_vault_lookup_async (vault, id, prompt, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  return psa_vault_lookup_finish (vault, result, error);
}

gboolean
keyring_clear (PsaVault *vault, const char *id, PsaVaultPrompt prompt, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  psa_vault_clear_async (vault, id, prompt, NULL, keyring_result_cb, &result);
  keyring_wait (&result);
  return psa_vault_clear_finish (vault, result, error);
}

static void
assert_not_below (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        assert_not_below (path);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        {
          g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
          g_assert_null (memmem (bytes, size, KEYRING_CANARY, strlen (KEYRING_CANARY)));
        }
    }
}

void
keyring_assert_no_canary (void)
{
  g_autofree char *folder = keyring_dup_folder ();

  assert_not_below (folder);
}

guint
keyring_count_items (const char *id)
{
  g_autoptr(GError) error = NULL;
  GList *items;
  guint n;

  if (g_getenv ("SECRET_BACKEND") != NULL)
    secret_service_disconnect (); /* what the file holds, not what libsecret remembers of it */
  items = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, NULL, &error, "id", id, NULL);
  n = g_list_length (items);
  g_assert_no_error (error);
  g_list_free_full (items, g_object_unref);
  return n;
}

static SecretCollection *
get_collection (const char *label)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service =
      secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION | SECRET_SERVICE_LOAD_COLLECTIONS, NULL,
                               &error);
  guint deadline = g_timeout_add_seconds (DEADLINE_SECONDS, on_deadline_cb, NULL);
  SecretCollection *found = NULL;

  g_assert_no_error (error);
  while (found == NULL) /* a new one is told of by a signal */
    {
      GList *collections;

      g_main_context_iteration (NULL, FALSE);
      secret_service_load_collections_sync (service, NULL, &error);
      g_assert_no_error (error);
      collections = secret_service_get_collections (service);
      for (GList *l = collections; l != NULL && found == NULL; l = l->next)
        {
          g_autofree char *this_label = secret_collection_get_label (l->data);

          if (g_strcmp0 (this_label, label) == 0)
            found = g_object_ref (l->data);
        }
      g_list_free_full (collections, g_object_unref);
    }
  g_source_remove (deadline);
  g_object_set_data_full (G_OBJECT (found), "service", g_steal_pointer (&service), g_object_unref);
  return found; /* which does not keep its service by itself */
}

void
keyring_add_item (const char *id, const char *secret, const char *collection)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretCollection) place = get_collection (collection);
  g_autoptr(GHashTable) attributes = secret_attributes_build (&schema, "id", id, NULL);
  g_autoptr(SecretValue) value = secret_value_new (secret, -1, "text/plain");
  g_autoptr(SecretItem) item =
      secret_item_create_sync (place, &schema, attributes, "Another", value,
                               SECRET_ITEM_CREATE_NONE, NULL, &error);

  g_assert_no_error (error);
}

void
keyring_delete_items (const char *id)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (secret_password_clear_sync (&schema, NULL, &error, "id", id, NULL));
  g_assert_no_error (error);
}

/* libsecret has two objects by which it reaches the service, one of them known only to its items. They are found once:
 * later the service may not answer in that time. */
void
keyring_set_timeout (const char *id, int milliseconds)
{
  static SecretService *services[2];
  g_autoptr(GError) error = NULL;
  GList *items = NULL;

  if (services[0] == NULL)
    {
      services[0] = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
      items = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, NULL, &error, "id", id, NULL);
      g_assert_no_error (error);
      g_assert_nonnull (items);
      services[1] = g_object_ref (secret_item_get_service (items->data));
      g_list_free_full (items, g_object_unref);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (services[i]), milliseconds);
}

void
keyring_point_items (const char *id, const char *other_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) attributes = secret_attributes_build (&schema, "id", other_id, NULL);
  GList *items = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, NULL, &error, "id", id, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (items);
  for (GList *l = items; l != NULL; l = l->next)
    g_assert_true (
        secret_item_set_attributes_sync (SECRET_ITEM (l->data), &schema, attributes, NULL, &error));
  g_assert_no_error (error);
  g_list_free_full (items, g_object_unref);
}

/* gnome-keyring's own way without a prompt; the session is a plain one, as the password is none. */
char *
keyring_make_collection (const char *label, const char *password)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr(GVariant) session = NULL, made = NULL, alias = NULL;
  const char *session_path, *path;
  GVariantBuilder properties;

  g_assert_no_error (error);
  session = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets",
                                         "/org/freedesktop/secrets",
                                         "org.freedesktop.Secret.Service", "OpenSession",
                                         g_variant_new ("(sv)", "plain", g_variant_new_string ("")),
                                         G_VARIANT_TYPE ("(vo)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                         &error);
  g_assert_no_error (error);
  g_variant_get_child (session, 1, "&o", &session_path);

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", "org.freedesktop.Secret.Collection.Label",
                         g_variant_new_string (label));
  made = g_dbus_connection_call_sync (
      bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
      "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "CreateWithMasterPassword",
      g_variant_new ("(a{sv}(o@ay@ays))", &properties, session_path,
                     g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0),
                     g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, password, strlen (password), 1),
                     "text/plain"),
      NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (made, "(&o)", &path);
  alias = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                       "org.freedesktop.Secret.Service", "SetAlias",
                                       g_variant_new ("(so)", "default", path), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return g_strdup (path);
}

/* As another program would: libsecret's own would keep what it knows of the items in this process. */
void
keyring_lock (const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr(GVariant) locked = NULL;
  g_autoptr(GVariant) done = NULL;

  g_assert_no_error (error);
  locked = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                        "org.freedesktop.Secret.Service", "Lock",
                                        g_variant_new ("(^ao)", paths), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  done = g_variant_get_child_value (locked, 0);
  g_assert_cmpuint (g_variant_n_children (done), ==, 1);
}

/* gnome-keyring's prompter: what it would show, nobody sees. */
typedef struct
{
  KeyringPrompt kind;
  guint n_prompts;
  GDBusConnection *bus; /* which would go with its last user, and the name with it */
} Prompter;

static void
on_prompter_method_cb (GDBusConnection       *connection,
                       const char            *sender,
                       const char            *path,
                       const char            *interface,
                       const char            *method,
                       GVariant              *parameters,
                       GDBusMethodInvocation *invocation,
                       gpointer               user_data)
{
  Prompter *prompter = user_data;
  const char *callback;

  g_dbus_method_invocation_return_value (invocation, NULL);
  if (!g_str_equal (method, "BeginPrompting"))
    return;

  prompter->n_prompts++;
  g_variant_get_child (parameters, 0, "&o", &callback);
  if (prompter->kind == KEYRING_PROMPT_DECLINED)
    g_dbus_connection_call (connection, sender, callback,
                            "org.gnome.keyring.internal.Prompter.Callback", "PromptDone", NULL,
                            NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

guint *
keyring_offer_prompter (KeyringPrompt kind)
{
  static const GDBusInterfaceVTable vtable = { on_prompter_method_cb, NULL, NULL, { NULL } };
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (
      "<node><interface name='org.gnome.keyring.internal.Prompter'>"
      "<method name='BeginPrompting'><arg type='o' direction='in'/></method>"
      "<method name='PerformPrompt'><arg type='o' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='s' direction='in'/></method>"
      "<method name='StopPrompting'><arg type='o' direction='in'/></method>"
      "</interface></node>", &error);
  g_autoptr(GVariant) reply = NULL;
  Prompter *prompter = g_new0 (Prompter, 1); /* for the rest of the case */

  prompter->kind = kind;
  prompter->bus = g_object_ref (bus);
  g_assert_no_error (error);
  g_dbus_connection_register_object (bus, "/org/gnome/keyring/Prompter", info->interfaces[0],
                                     &vtable, prompter, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                       "RequestName",
                                       g_variant_new ("(su)",
                                                      "org.gnome.keyring.SystemPrompter", 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return &prompter->n_prompts;
}
