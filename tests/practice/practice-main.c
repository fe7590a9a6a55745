/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include <gio/gio.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "practice-handshake.h"
#include "practice-listing.h"
#include "practice-options.h"
#include "practice-scenarios.h"
#include "practice-server.h"

/* Bad arguments, as with psactl; anything else that keeps it from running is 1. */
#define EXIT_USAGE 2

/* What runs. Without a handshake there is no server. */
typedef struct
{
  PracticeOptions *options;
  PracticeRecord *record;
  PracticeServer *server;
  GSocketService *handshake;
  GMainLoop *loop;
  guint port;
  guint plain_port;
  char *sha256;
} Tenant;

static void
tenant_clear (Tenant *tenant)
{
  g_clear_object (&tenant->server);
  g_clear_object (&tenant->handshake);
  g_clear_object (&tenant->record);
  g_clear_pointer (&tenant->options, practice_options_free);
  g_clear_pointer (&tenant->loop, g_main_loop_unref);
  g_clear_pointer (&tenant->sha256, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tenant, tenant_clear)

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_companies (JsonBuilder *builder, const PracticeKeys *keys)
{
  const char *const *known = (const char *const *) keys->companies;

  json_builder_set_member_name (builder, "companies");
  json_builder_begin_array (builder);
  for (const PracticeGroup *group = practice_scenarios_get_groups (); group->title != NULL; group++)
    {
      for (const PracticeScenario *scenario = group->scenarios; scenario->name != NULL; scenario++)
        if (known == NULL || g_strv_contains (known, scenario->name))
          json_builder_add_string_value (builder, scenario->name);
    }
  json_builder_end_array (builder);
}

/* The one place where the private key is shown: it is made up, and opens nothing but this. */
static void
print_ready_line (const Tenant *tenant)
{
  const PracticeKeys *keys = &tenant->options->keys;
  g_autofree char *address = g_inet_address_to_string (tenant->options->address);
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "address", address);
  json_builder_set_member_name (builder, "port");
  json_builder_add_int_value (builder, tenant->port);
  if (tenant->plain_port > 0)
    {
      json_builder_set_member_name (builder, "plainPort");
      json_builder_add_int_value (builder, tenant->plain_port);
    }
  add_text (builder, "sha256", tenant->sha256);
  add_companies (builder, keys);
  add_text (builder, "publicKey", keys->public_key);
  add_text (builder, "privateKey", keys->private_key);
  add_text (builder, "clientId", keys->client_id);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  line = json_generator_to_data (generator, NULL);
  printf ("%s\n", line);
  fflush (stdout);
}

static gboolean
start (Tenant *tenant, GError **error)
{
  PracticeOptions *options = tenant->options;
  g_autofree char *authority = NULL;
  g_autoptr(GTlsCertificate) certificate =
      practice_certificate_new (options->certificate, (const char *const *) options->names,
                                options->authority != NULL ? &authority : NULL, error);

  if (certificate == NULL)
    return FALSE;
  tenant->sha256 = practice_certificate_dup_sha256 (certificate);
  if (authority != NULL && !g_file_set_contents (options->authority, authority, -1, error))
    return FALSE;

  if (options->record != NULL)
    {
      tenant->record = practice_record_new (options->record, error);
      if (tenant->record == NULL)
        return FALSE;
    }

  tenant->port = options->port;
  if (options->handshake != NULL)
    {
      tenant->handshake =
          practice_handshake_listen (options->handshake, options->address, &tenant->port, error);
      return tenant->handshake != NULL;
    }

  tenant->server =
      practice_server_new (certificate, &options->keys, &options->places, tenant->record);
  tenant->port =
      practice_server_listen (tenant->server, options->address, options->port, FALSE, error);
  if (tenant->port == 0)
    return FALSE;
  if (options->plain_http)
    tenant->plain_port = practice_server_listen (tenant->server, options->address, 0, TRUE, error);
  return !options->plain_http || tenant->plain_port != 0;
}

static gboolean
on_terminate_cb (gpointer user_data)
{
  Tenant *tenant = user_data;

  g_main_loop_quit (tenant->loop);
  return G_SOURCE_CONTINUE;
}

/* As a colleague does who ticks "Inactive" on a key: from now on it is as wrong as any other. */
static gboolean
on_revoke_cb (gpointer user_data)
{
  Tenant *tenant = user_data;

  tenant->options->keys.revoked = TRUE;
  if (tenant->record != NULL)
    practice_record_add_event (tenant->record, "revoked");
  return G_SOURCE_CONTINUE;
}

/* What is typed or piped in is not looked at; that it ends is what counts. */
static gboolean
on_input_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Tenant *tenant = user_data;
  char ignored[256];
  gssize got = read (fd, ignored, sizeof ignored);

  if (got > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (tenant->loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_auto(Tenant) tenant = { 0 };
  g_auto(GStrv) arguments = g_strdupv (argv);
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("psa-practice");

  tenant.options = practice_options_parse (&arguments, &error);
  if (tenant.options == NULL)
    {
      fprintf (stderr, "psa-practice: %s\n", error->message);
      return EXIT_USAGE;
    }
  if (tenant.options->markdown)
    {
      g_autofree char *markdown = practice_listing_dup_markdown ();

      fputs (markdown, stdout);
      return 0;
    }

  tenant.loop = g_main_loop_new (NULL, FALSE);
  if (!start (&tenant, &error))
    {
      fprintf (stderr, "psa-practice: %s\n", error->message);
      return 1;
    }

  g_unix_signal_add (SIGTERM, on_terminate_cb, &tenant);
  g_unix_signal_add (SIGINT, on_terminate_cb, &tenant);
  g_unix_signal_add (SIGUSR1, on_revoke_cb, &tenant);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input_cb, &tenant);
  print_ready_line (&tenant);
  g_main_loop_run (tenant.loop);
  return 0;
}
