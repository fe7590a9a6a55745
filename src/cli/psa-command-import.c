/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-await.h"
#include "psa-command.h"
#include "psa-error.h"
#include "psa-import.h"
#include "psa-keeper-import.h"
#include "psa-output.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the options say. */
typedef struct
{
  gboolean dry_run;
  gboolean replace;
  gboolean json;
  GStrv columns;
} ImportOptions;

static void
import_options_clear (ImportOptions *options)
{
  g_strfreev (options->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportOptions, import_options_clear)

static gboolean
parse_options (ImportOptions *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run,
      N_("only say what would be done; change nothing"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &options->replace,
      N_("also change profiles that are there and say something else"), NULL },
    { "column", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->columns,
      N_("which column of a table holds a field, such as hostname=Server"), "FIELD=HEADING" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("print JSON"), NULL },
    { NULL },
  };

  if (!psa_command_parse (entries, "FILE",
                          _("Adds the profiles of a JSON or CSV file. Passwords in it go to the "
                             "keyring. “-” reads standard input."),
                          argc, argv, error))
    return FALSE;
  if (*argc != 2)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, _("“import” wants one file."));
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  char *contents;
  gsize length;
} Contents;

static void
contents_free (gpointer data)
{
  Contents *self = data;

  explicit_bzero (self->contents, self->length); /* there may be secrets in it */
  g_free (self->contents);
  g_free (self);
}

static GBytes *
read_file (const char *path, GError **error)
{
  Contents *file = g_new0 (Contents, 1);
  g_autoptr(GError) reason = NULL;

  if (!g_file_get_contents (g_str_equal (path, "-") ? "/dev/stdin" : path, &file->contents,
                            &file->length, &reason))
    {
      g_free (file);
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, reason->message);
      return NULL;
    }
  return g_bytes_new_with_free_func (file->contents, file->length, contents_free, file);
}

static gboolean
read_column (PsaImport *import, const char *option, PsaImportColumns *columns, GError **error)
{
  const char *heading = strchr (option, '=');

  for (guint field = 0; heading != NULL && field < PSA_IMPORT_N_FIELDS; field++)
    {
      const char *name = psa_import_field_get_name ((PsaImportField) field);

      if (strlen (name) != (gsize) (heading - option) ||
          strncmp (name, option, heading - option) != 0)
        continue;
      for (guint i = 0; import->headers != NULL && import->headers[i] != NULL; i++)
        if (g_str_equal (import->headers[i], heading + 1))
          {
            columns->of[field] = i;
            return TRUE;
          }
    }
  g_set_error (error, PSA_ERROR, PSA_ERROR_INVALID,
               _("--column: “%s” is no field and heading of this file."), option);
  return FALSE;
}

static PsaImport *
open_import (PsaSession *session, GBytes *bytes, const ImportOptions *options, GError **error)
{
  GListModel *profiles = G_LIST_MODEL (session->store);
  GListModel *integrations = psa_store_get_integrations (session->store);
  g_autoptr(PsaImport) guessed = NULL;
  PsaImportColumns columns;

  if (options->columns == NULL)
    return psa_import_new (bytes, NULL, profiles, integrations, error);

  guessed = psa_import_new_table (bytes, error);
  if (guessed == NULL)
    return NULL;
  columns = guessed->columns;
  for (gsize i = 0; options->columns[i] != NULL; i++)
    if (!read_column (guessed, options->columns[i], &columns, error))
      return NULL;
  return psa_import_new (bytes, &columns, profiles, integrations, error);
}

static void
print_rows (PsaImport *import, gboolean json)
{
  g_autoptr(JsonArray) items = json_array_new ();

  for (guint i = 0; i < import->rows->len; i++)
    {
      PsaImportRow *row = import->rows->pdata[i];
      const char *kind = psa_import_kind_get_token (row->kind);
      JsonObject *object;

      if (!json)
        {
          g_print ("%u\t%s\t%s%s%s\n", row->number, kind, row->title,
                   row->reason != NULL ? "\t" : "", row->reason != NULL ? row->reason : "");
          continue;
        }
      object = json_object_new ();
      json_object_set_int_member (object, "row", row->number);
      json_object_set_string_member (object, "result", kind);
      json_object_set_string_member (object, "name", row->title);
      if (row->draft != NULL)
        json_object_set_string_member (object, "id", psa_profile_get_id (row->draft));
      if (row->reason != NULL)
        json_object_set_string_member (object, "reason", row->reason);
      json_object_set_boolean_member (object, "imported", row->chosen);
      json_array_add_object_element (items, object);
    }
  if (json)
    psa_output_print_json ("rows", items);
}

static gboolean
save (PsaSession *session, PsaImport *import, GError **error)
{
  g_autoptr(GPtrArray) entries = psa_keeper_entries_new ();
  g_autoptr(PsaKeeperUndo) undo = NULL;
  g_auto(PsaAwait) saved = { 0 };

  for (guint i = 0; i < import->rows->len; i++)
    {
      PsaImportRow *row = import->rows->pdata[i];

      if (row->chosen)
        psa_keeper_entries_add (entries, row->draft, row->client_id, row->password,
                                row->is_fresh);
    }
  if (entries->len == 0)
    return TRUE;

  psa_keeper_import_async (session->keeper, entries, import->integrations, NULL, NULL,
                           session->cancellable, psa_await_cb, &saved);
  undo = psa_keeper_import_finish (session->keeper, psa_await (&saved), error);
  return undo != NULL;
}

/* What is to be done about the secrets in what was read. */
static const char *
get_advice (const ImportOptions *options, gboolean is_stream)
{
  if (options->dry_run)
    return _("The file holds passwords or Client IDs. Once they are imported, delete it.");
  if (is_stream)
    return _("The passwords and Client IDs are in the keyring now.");
  return _("Its passwords and Client IDs are in the keyring now. Delete the file.");
}

/**
 * psa_command_import:
 * @argc: the number of words
 * @argv: the words, "import" first
 * @error: return location for what stopped it
 *
 * `psactl import FILE [--dry-run] [--replace] [--column FIELD=HEADING]…`: adds profiles, prints a line for each row.
 *
 * Returns: the exit code
 */
PsaExit
psa_command_import (int argc, char **argv, GError **error)
{
  g_auto(ImportOptions) options = { 0 };
  g_autoptr(PsaSession) session = NULL;
  g_autoptr(PsaImport) import = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (!parse_options (&options, &argc, &argv, error))
    return PSA_EXIT_USAGE;
  bytes = read_file (argv[1], error);
  if (bytes == NULL)
    return PSA_EXIT_USAGE;
  session = psa_session_open (error);
  if (session == NULL)
    return PSA_EXIT_INTERNAL;
  import = open_import (session, bytes, &options, error);
  if (import == NULL)
    return PSA_EXIT_USAGE;

  for (guint i = 0; i < import->rows->len; i++)
    {
      PsaImportRow *row = import->rows->pdata[i];

      row->chosen = !options.dry_run && (row->kind == PSA_IMPORT_NEW ||
                                         (row->kind == PSA_IMPORT_CONFLICT && options.replace));
    }
  if (!options.dry_run && !save (session, import, error))
    return PSA_EXIT_INTERNAL;
  print_rows (import, options.json);
  if (import->has_secrets)
    g_printerr ("psactl: %s\n", get_advice (&options, g_str_equal (argv[1], "-")));
  return PSA_EXIT_OK;
}
