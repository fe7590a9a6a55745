/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "keyring-fixture.h"
#include "psa-error.h"
#include "psa-vault-private.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

/* The vault in a sandbox, as far as it can be had without one: libsecret's encrypted file, whose
 * password comes from the Secret portal. The portal is played here, on a thread of its own, since
 * libsecret asks for its version in a blocking call. */

#define ID "5f0c6c1e-8f6b-4f0e-9a6d-0c9f1d2e3a4b"

/* What the portal's user does. */
typedef enum
{
  ANSWER_GIVE = 0,
  ANSWER_REFUSE = 1,
  ANSWER_CLOSE = 2,
  ANSWER_NOTHING,
} Answer;

static int answer;     /* atomic, an Answer */
static int n_requests; /* atomic */

static const char portal_xml[] =
    "<node><interface name='org.freedesktop.portal.Secret'>"
    "<method name='RetrieveSecret'><arg type='h' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "<property name='version' type='u' access='read'/>"
    "</interface></node>";

static void
on_method_cb (GDBusConnection       *connection,
              const char            *sender,
              const char            *path,
              const char            *interface,
              const char            *method,
              GVariant              *parameters,
              GDBusMethodInvocation *invocation,
              gpointer               user_data)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);
  GUnixFDList *fds = g_dbus_message_get_unix_fd_list (message);
  g_autoptr(GVariant) options = g_variant_get_child_value (parameters, 1);
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *request = NULL;
  const char *token = NULL;
  char password[64];
  int fd;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  request = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  fd = g_unix_fd_list_get (fds, 0, NULL);
  g_assert_cmpint (fd, >=, 0);
  if (g_atomic_int_get (&answer) == ANSWER_GIVE)
    {
      memset (password, 'k', sizeof password);
      g_assert_cmpint (write (fd, password, sizeof password), ==, sizeof password);
    }
  close (fd);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  if (g_atomic_int_get (&answer) != ANSWER_NOTHING)
    g_dbus_connection_emit_signal (connection, sender, request, "org.freedesktop.portal.Request",
                                   "Response",
                                   g_variant_new ("(u@a{sv})", g_atomic_int_get (&answer),
                                                  g_variant_new_array (G_VARIANT_TYPE ("{sv}"),
                                                                       NULL, 0)),
                                   NULL);
  g_atomic_int_inc (&n_requests);
}

static GVariant *
on_get_property_cb (GDBusConnection  *connection,
                    const char       *sender,
                    const char       *path,
                    const char       *interface,
                    const char       *property,
                    GError          **error,
                    gpointer          user_data)
{
  return g_variant_new_uint32 (1);
}

static gpointer
portal_thread (gpointer data)
{
  static const GDBusInterfaceVTable vtable = { on_method_cb, on_get_property_cb, NULL, { NULL } };
  int *ready = data;
  GMainContext *context = g_main_context_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = NULL;
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (portal_xml, NULL);
  g_autoptr(GVariant) reply = NULL;

  g_main_context_push_thread_default (context);
  bus = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (bus, "/org/freedesktop/portal/desktop", info->interfaces[0],
                                     &vtable, NULL, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                       "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_atomic_int_set (ready, TRUE);
  while (TRUE) /* to the end of the process */
    g_main_context_iteration (context, TRUE);

  return NULL;
}

static void
open_portal (Answer first)
{
  int ready = FALSE;

  g_atomic_int_set (&answer, first);
  g_thread_unref (g_thread_new ("portal", portal_thread, &ready));
  while (!g_atomic_int_get (&ready))
    g_thread_yield ();
}

static void
assert_lookup_fails (PsaVault *vault, PsaVaultPrompt prompt, PsaError code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = keyring_lookup (vault, ID, prompt, &error);

  g_assert_error (error, PSA_ERROR, (int) code);
  g_assert_null (secret);
}

/* [K5]: what nobody asked for never reaches the portal before something that somebody asked for. */
static void
test_no_prompt (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new_for (TRUE);
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = NULL;

  open_portal (ANSWER_GIVE);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_false (keyring_clear (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpint (g_atomic_int_get (&n_requests), ==, 0);

  keyring_store (vault, ID, KEYRING_CANARY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_atomic_int_get (&n_requests), ==, 1);
  secret = keyring_lookup (vault, ID, PSA_VAULT_NO_PROMPT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, KEYRING_CANARY);
  keyring_assert_no_canary ();
  g_assert_true (keyring_clear (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_SECRET_MISSING);
  g_assert_cmpint (g_atomic_int_get (&n_requests), ==, 1); /* one prompt a session at most */
}

/* A look-up opens it as well, even where it finds nothing. */
static void
test_lookup_opens (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new_for (TRUE);

  open_portal (ANSWER_GIVE);
  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_SECRET_MISSING);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_SECRET_MISSING);
}

/* [K1] */
static void
test_refused (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new_for (TRUE);
  g_autoptr(GError) error = NULL;

  open_portal (ANSWER_REFUSE);
  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_false (keyring_store (vault, ID, KEYRING_CANARY, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_atomic_int_set (&answer, ANSWER_CLOSE);
  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_LOCKED);

  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
  g_assert_cmpint (g_atomic_int_get (&n_requests), ==, 3); /* the last one asked nobody */

  g_atomic_int_set (&answer, ANSWER_GIVE);
  keyring_store (vault, ID, "now", &error);
  g_assert_no_error (error);
  keyring_assert_no_canary ();
}

static void
test_cancelled (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new_for (TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  open_portal (ANSWER_NOTHING);
  psa_vault_lookup_async (vault, ID, PSA_VAULT_MAY_PROMPT, cancellable, keyring_result_cb,
                          &result);
  while (g_atomic_int_get (&n_requests) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  keyring_wait (&result);
  g_assert_null (psa_vault_lookup_finish (vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_lookup_fails (vault, PSA_VAULT_NO_PROMPT, PSA_ERROR_KEYRING_LOCKED);
}

/* Nobody plays the portal: libsecret then looks for a service, and finds none either. */
static void
test_no_portal (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new_for (TRUE);

  assert_lookup_fails (vault, PSA_VAULT_MAY_PROMPT, PSA_ERROR_KEYRING_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  keyring_add_case ("/k5-prompts/none-by-portal", KEYRING_PORTAL, test_no_prompt);
  keyring_add_case ("/vault/portal/lookup-opens", KEYRING_PORTAL, test_lookup_opens);
  keyring_add_case ("/k1-keyring/portal-refuses", KEYRING_PORTAL, test_refused);
  keyring_add_case ("/k1-keyring/portal-cancelled", KEYRING_PORTAL, test_cancelled);
  keyring_add_case ("/k1-keyring/no-portal", KEYRING_PORTAL, test_no_portal);

  return g_test_run ();
}
