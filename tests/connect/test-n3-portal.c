/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "raw-tenant.h"

#include <string.h>

/* A network that wants a login first. That it does is known from NetworkManager, as the desktop knows it: a
 * stand-in for that daemon runs on a system bus of the test's own. */

#define PAGE "<html><form>Room number</form></html>"

static const char introspection[] = "<node><interface name='org.freedesktop.NetworkManager'>"
                                    "<property name='Connectivity' type='u' access='read'/>"
                                    "<property name='State' type='u' access='read'/>"
                                    "<property name='Metered' type='u' access='read'/>"
                                    "</interface></node>";

/* NM_CONNECTIVITY_PORTAL, NM_STATE_CONNECTED_SITE and NM_METERED_NO of NetworkManager's D-Bus interface */
static GVariant *
get_property_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer user_data)
{
  if (g_str_equal (name, "Connectivity"))
    return g_variant_new_uint32 (2);
  if (g_str_equal (name, "State"))
    return g_variant_new_uint32 (60);
  return g_variant_new_uint32 (2);
}

typedef struct
{
  char *address;
  GMainLoop *loop;
  GMutex mutex;
  GCond cond;
  gboolean is_ready;
} Manager;

static void
name_acquired_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Manager *self = user_data;

  g_mutex_lock (&self->mutex);
  self->is_ready = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* In a thread of its own, since GIO asks it synchronously. */
static gpointer
run_manager (gpointer user_data)
{
  static const GDBusInterfaceVTable table = { .get_property = get_property_cb };
  Manager *self = user_data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GDBusNodeInfo) node = NULL;
  g_autoptr(GDBusConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  guint name;

  g_main_context_push_thread_default (context);
  node = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  connection =
      g_dbus_connection_new_for_address_sync (self->address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (connection, "/org/freedesktop/NetworkManager",
                                     node->interfaces[0], &table, NULL, NULL, &error);
  g_assert_no_error (error);
  name = g_bus_own_name_on_connection (connection, "org.freedesktop.NetworkManager",
                                       G_BUS_NAME_OWNER_FLAGS_NONE, name_acquired_cb, NULL, self,
                                       NULL);
  self->loop = g_main_loop_new (context, FALSE);
  g_main_loop_run (self->loop);
  g_bus_unown_name (name);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_main_context_pop_thread_default (context);

  return NULL;
}

typedef struct
{
  const char *name;
  const char *status;
  const char *headers;
  const char *body;
  PsaCause cause;
} Case;

static const Case cases[] = {
  { "page", "200 OK", "", PAGE, PSA_CAUSE_CAPTIVE_PORTAL },
  { "page-404", "404 Not Found", "", PAGE, PSA_CAUSE_CAPTIVE_PORTAL },
  { "redirect", "302 Found", "Location: http://login.example.com/?to=psa\r\n", "",
    PSA_CAUSE_CAPTIVE_PORTAL },
  { "511", "511 Network Authentication Required", "", PAGE, PSA_CAUSE_CAPTIVE_PORTAL },
  { "tenant-answers", "200 OK", "", "null", PSA_CAUSE_UNKNOWN_COMPANY },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *head = g_strdup_printf (
      "HTTP/1.1 %s\r\nContent-Type: %s\r\nConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT
      "\r\n%s\r\n%s",
      one->status, *one->body == '<' ? "text/html" : "application/json", strlen (one->body),
      one->headers, one->body);
  RawAnswer answer = { .head = head };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = raw_tenant_check (tenant, client);

  check_run_assert (run, one->name, one->cause);
  g_assert_cmpuint (raw_server_get_n_requests (tenant->server), ==, 1);
}

/* A portal that shows a certificate of its own in the place of the tenant's. */
static void
test_certificate (void)
{
  RawAnswer answer = { .head = "" };
  g_autoptr(RawTenant) tenant = raw_tenant_new (&answer);
  g_autoptr(PsaClient) client = psa_client_new ();
  g_autoptr(CheckRun) run = NULL;

  psa_profile_trust (tenant->profile, NULL);
  run = raw_tenant_check (tenant, client);
  check_run_assert (run, "certificate", PSA_CAUSE_CAPTIVE_PORTAL);
  g_assert_cmpuint (raw_server_get_n_requests (tenant->server), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr(GTestDBus) bus = NULL;
  Manager manager = { 0 };
  GThread *thread;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  manager.address = g_strdup (g_test_dbus_get_bus_address (bus));
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", manager.address, TRUE);
  thread = g_thread_new ("manager", run_manager, &manager);
  g_mutex_lock (&manager.mutex);
  while (!manager.is_ready)
    g_cond_wait (&manager.cond, &manager.mutex);
  g_mutex_unlock (&manager.mutex);
  g_assert_cmpint (g_network_monitor_get_connectivity (g_network_monitor_get_default ()), ==,
                   G_NETWORK_CONNECTIVITY_PORTAL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/n3-portal/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/n3-portal/certificate", test_certificate);
  status = g_test_run ();

  g_main_loop_quit (manager.loop);
  g_thread_join (thread);
  g_free (manager.address);
  g_test_dbus_stop (bus);

  return status;
}
