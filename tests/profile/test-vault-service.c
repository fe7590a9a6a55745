/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "keyring-fixture.h"
#include "psa-error.h"
#include "psa-vault.h"

#include <string.h>

/*
 * The vault against a Secret Service that does what gnome-keyring does not let itself be brought
 * to: it unlocks without anybody at the keyboard, hides what is locked or shows it, and lists its
 * items in an order of its own. Only what libsecret asks for is there; secrets pass in the clear on
 * a private bus.
 */

#define ID "5f0c6c1e-8f6b-4f0e-9a6d-0c9f1d2e3a4b"
#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/mock"

typedef struct
{
  const char *path; /* NULL once it has been deleted */
  const char *secret;
  guint64 modified;
} MockItem;

typedef struct
{
  GDBusConnection *bus;
  gboolean locked;
  gboolean hides;   /* what is locked is not found */
  gboolean refuses; /* the prompt is declined */
  guint n_prompts;
  MockItem items[3];
} Mock;

static const char xml[] =
    "<node>"
    "<interface name='org.freedesktop.Secret.Service'>"
    "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "<method name='Unlock'><arg type='ao' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
    "<arg type='a{o(oayays)}' direction='out'/></method>"
    "<method name='ReadAlias'><arg type='s' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "<property name='Collections' type='ao' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Collection'>"
    "<property name='Items' type='ao' access='read'/>"
    "<property name='Label' type='s' access='read'/>"
    "<property name='Locked' type='b' access='read'/>"
    "<property name='Created' type='t' access='read'/>"
    "<property name='Modified' type='t' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Item'>"
    "<method name='Delete'><arg type='o' direction='out'/></method>"
    "<method name='GetSecret'><arg type='o' direction='in'/>"
    "<arg type='(oayays)' direction='out'/></method>"
    "<property name='Locked' type='b' access='read'/>"
    "<property name='Attributes' type='a{ss}' access='read'/>"
    "<property name='Label' type='s' access='read'/>"
    "<property name='Created' type='t' access='read'/>"
    "<property name='Modified' type='t' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Prompt'>"
    "<method name='Prompt'><arg type='s' direction='in'/></method>"
    "<method name='Dismiss'/>"
    "<signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
    "</interface>"
    "</node>";

static MockItem *
find_item (Mock *mock, const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (mock->items); i++)
    if (g_strcmp0 (mock->items[i].path, path) == 0)
      return &mock->items[i];
  return NULL;
}

static GVariant *
list_items (Mock *mock, gboolean wanted)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_OBJECT_PATH_ARRAY);
  for (guint i = 0; wanted && i < G_N_ELEMENTS (mock->items); i++)
    if (mock->items[i].path != NULL)
      g_variant_builder_add (&builder, "o", mock->items[i].path);
  return g_variant_builder_end (&builder);
}

static GVariant *
make_secret (MockItem *item)
{
  g_assert (item != NULL);

  return g_variant_new ("(o@ay@ays)", ROOT "/session/1",
                        g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, item->secret,
                                                   strlen (item->secret), 1),
                        "text/plain");
}

static GVariant *
make_secrets (Mock *mock, GVariant *parameters)
{
  g_autofree const char **paths = NULL;
  GVariantBuilder builder;

  g_variant_get (parameters, "(^a&o&o)", &paths, NULL);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{o(oayays)}"));
  for (guint i = 0; !mock->locked && paths[i] != NULL; i++)
    g_variant_builder_add (&builder, "{o@(oayays)}", paths[i],
                           make_secret (find_item (mock, paths[i])));
  return g_variant_new ("(@a{o(oayays)})", g_variant_builder_end (&builder));
}

static void
on_service_method_cb (GDBusConnection       *connection,
                      const char            *sender,
                      const char            *path,
                      const char            *interface,
                      const char            *method,
                      GVariant              *parameters,
                      GDBusMethodInvocation *invocation,
                      gpointer               user_data)
{
  Mock *mock = user_data;
  GVariant *reply = NULL;
  const char *algorithm;

  if (g_str_equal (method, "OpenSession"))
    {
      g_variant_get_child (parameters, 0, "&s", &algorithm);
      if (!g_str_equal (algorithm, "plain"))
        {
          g_dbus_method_invocation_return_dbus_error (
              invocation, "org.freedesktop.DBus.Error.NotSupported", "plain only");
          return;
        }
      reply = g_variant_new ("(vo)", g_variant_new_string (""), ROOT "/session/1");
    }
  else if (g_str_equal (method, "SearchItems"))
    reply = g_variant_new ("(@ao@ao)", list_items (mock, !mock->locked),
                           list_items (mock, mock->locked && !mock->hides));
  else if (g_str_equal (method, "Unlock"))
    reply = g_variant_new ("(@aoo)", g_variant_new_objv (NULL, 0), ROOT "/prompt/1");
  else if (g_str_equal (method, "ReadAlias"))
    reply = g_variant_new ("(o)", COLLECTION);
  else if (g_str_equal (method, "GetSecrets"))
    reply = make_secrets (mock, parameters);
  else if (g_str_equal (method, "GetSecret"))
    reply = g_variant_new ("(@(oayays))", make_secret (find_item (mock, path)));
  else if (g_str_equal (method, "Delete"))
    {
      MockItem *item = find_item (mock, path);

      g_assert (item != NULL);
      item->path = NULL;
      reply = g_variant_new ("(o)", "/");
    }
  else if (g_str_equal (method, "Prompt"))
    {
      mock->n_prompts++;
      mock->locked = mock->refuses;
    }

  g_dbus_method_invocation_return_value (invocation, reply);
  if (g_str_equal (method, "Prompt"))
    {
      const char *unlocked[] = { COLLECTION };

      g_dbus_connection_emit_signal (
          connection, sender, path, "org.freedesktop.Secret.Prompt", "Completed",
          g_variant_new ("(bv)", mock->refuses,
                         g_variant_new_objv (unlocked, mock->refuses ? 0 : 1)), NULL);
    }
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
  Mock *mock = user_data;
  MockItem *item = find_item (mock, path);
  const char *collections[] = { COLLECTION };

  if (g_str_equal (property, "Collections"))
    return g_variant_new_objv (collections, 1);
  if (g_str_equal (property, "Items"))
    return list_items (mock, !mock->locked || !mock->hides);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (mock->locked);
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("Mock");
  if (g_str_equal (property, "Attributes"))
    return g_variant_new_parsed ("{'id': '" ID "'}");
  return g_variant_new_uint64 (item != NULL ? item->modified : 0);
}

static void
offer (Mock *mock, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable vtable = {
    on_service_method_cb, on_get_property_cb, NULL, { NULL }
  };
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr(GError) error = NULL;

  g_dbus_connection_register_object (mock->bus, path,
                                     g_dbus_node_info_lookup_interface (info, interface), &vtable,
                                     mock, NULL, &error);
  g_assert_no_error (error);
}

static void
open_mock (Mock *mock)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;

  mock->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  offer (mock, ROOT, "org.freedesktop.Secret.Service");
  offer (mock, COLLECTION, "org.freedesktop.Secret.Collection");
  offer (mock, ROOT "/prompt/1", "org.freedesktop.Secret.Prompt");
  for (guint i = 0; i < G_N_ELEMENTS (mock->items); i++)
    if (mock->items[i].path != NULL)
      offer (mock, mock->items[i].path, "org.freedesktop.Secret.Item");

  reply = g_dbus_connection_call_sync (mock->bus, "org.freedesktop.DBus", "/",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static const MockItem three[] = {
  { COLLECTION "/1", "oldest", 100 },
  { COLLECTION "/2", "newest", 300 },
  { COLLECTION "/3", "middle", 200 },
};

static void
assert_lookup (PsaVault *vault, PsaVaultPrompt prompt, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PsaSecret) secret = keyring_lookup (vault, ID, prompt, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static void
assert_locked (PsaVault *vault, PsaVaultPrompt prompt)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (keyring_lookup (vault, ID, prompt, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (keyring_clear (vault, ID, prompt, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_KEYRING_LOCKED);
}

/* [K2]: the newest, in whatever order they come; and none stays. */
static void
test_newest (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  Mock mock = { .items = { three[0], three[1], three[2] } };
  g_autoptr(GError) error = NULL;

  open_mock (&mock);
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "newest");
  g_assert_true (keyring_clear (vault, ID, PSA_VAULT_NO_PROMPT, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (mock.items); i++)
    g_assert_null (mock.items[i].path);
  g_assert_cmpuint (mock.n_prompts, ==, 0);
}

static void
run_unlock (gboolean hides)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  Mock mock = { .locked = TRUE, .hides = hides, .refuses = TRUE };
  g_autoptr(GError) error = NULL;

  mock.items[0] = three[0];
  open_mock (&mock);
  assert_locked (vault, PSA_VAULT_NO_PROMPT);
  g_assert_cmpuint (mock.n_prompts, ==, 0);
  assert_locked (vault, PSA_VAULT_MAY_PROMPT);
  g_assert_cmpuint (mock.n_prompts, ==, 2); /* a look-up and a removal */

  mock.refuses = FALSE;
  assert_lookup (vault, PSA_VAULT_MAY_PROMPT, "oldest");
  g_assert_cmpuint (mock.n_prompts, ==, 3);
  assert_lookup (vault, PSA_VAULT_NO_PROMPT, "oldest");

  mock.locked = TRUE;
  g_assert_true (keyring_clear (vault, ID, PSA_VAULT_MAY_PROMPT, &error));
  g_assert_no_error (error);
  g_assert_null (mock.items[0].path);
  g_assert_cmpuint (mock.n_prompts, ==, 4);
}

static void
test_unlock (void)
{
  run_unlock (FALSE);
}

static void
test_unlock_hidden (void)
{
  run_unlock (TRUE);
}

/* Unlocked, and there is still nothing: missing, after one prompt. */
static void
test_unlock_empty (void)
{
  g_autoptr(PsaVault) vault = psa_vault_new ();
  Mock mock = { .locked = TRUE };
  g_autoptr(GError) error = NULL;

  open_mock (&mock);
  g_assert_null (keyring_lookup (vault, ID, PSA_VAULT_MAY_PROMPT, &error));
  g_assert_error (error, PSA_ERROR, PSA_ERROR_SECRET_MISSING);
  g_assert_cmpuint (mock.n_prompts, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* each case gets its folders from its parent */

  keyring_add_case ("/k2-items/newest", KEYRING_NONE, test_newest);
  keyring_add_case ("/vault/mock/unlock", KEYRING_NONE, test_unlock);
  keyring_add_case ("/k5-prompts/hidden", KEYRING_NONE, test_unlock_hidden);
  keyring_add_case ("/vault/mock/unlock-empty", KEYRING_NONE, test_unlock_empty);

  return g_test_run ();
}
