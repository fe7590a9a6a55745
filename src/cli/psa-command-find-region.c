/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-await.h"
#include "psa-command.h"
#include "psa-error.h"
#include "psa-find-region.h"
#include "psa-message.h"
#include "psa-output.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <unistd.h>

static const char *const outcomes[] = {
  [PSA_FIND_REGION_ONE] = "one",
  [PSA_FIND_REGION_SEVERAL] = "several",
  [PSA_FIND_REGION_NONE] = "none",
  [PSA_FIND_REGION_UNSURE] = "unsure",
};

static const char *const answers[] = {
  [PSA_REGION_ASKING] = "asking",
  [PSA_REGION_FOUND] = "found",
  [PSA_REGION_UNKNOWN] = "unknown",
  [PSA_REGION_UNASKED] = "unasked",
};

static const char *const kinds[] = {
  [PSA_SITE_PRODUCTION] = "production",
  [PSA_SITE_STAGING] = "staging",
  [PSA_SITE_SANDBOX] = "sandbox",
};

static gboolean
on_interrupt_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/* A terminal sees how far it is; a pipe sees nothing. */
static void
on_settled_cb (PsaFindRegion *finder, GParamSpec *pspec, gpointer user_data)
{
  guint n_sites = g_list_model_get_n_items (psa_find_region_get_regions (finder));
  guint n_settled = psa_find_region_get_n_settled (finder);

  g_printerr ("\r");
  /* Translators: how many sites of the cloud were asked so far, of how many */
  g_printerr (ngettext ("Asked %u of %u site", "Asked %u of %u sites", n_sites), n_settled, n_sites);
  if (n_settled == n_sites)
    g_printerr ("\n");
}

static void
set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
make_site (PsaRegion *region)
{
  const PsaSite *site = psa_region_get_site (region);
  PsaRegionAnswer answer = psa_region_get_answer (region);
  JsonObject *object = json_object_new ();

  set_string (object, "site", site->host);
  set_string (object, "region", site->region);
  set_string (object, "kind", kinds[site->kind]);
  set_string (object, "answer", answers[answer]);
  set_string (object, "hostname", answer == PSA_REGION_FOUND ? psa_region_get_host (region) : NULL);
  set_string (object, "company", psa_region_get_company (region));
  set_string (object, "version", psa_region_get_version (region));
  set_string (object, "cause",
              answer == PSA_REGION_FOUND ? NULL
                                         : psa_cause_get_token (psa_region_get_cause (region)));
  set_string (object, "message", psa_region_get_text (region));
  return object;
}

static void
print_json (PsaFindRegion *finder)
{
  GListModel *regions = psa_find_region_get_regions (finder);
  g_autoptr(JsonObject) root = json_object_new ();
  g_autoptr(JsonArray) sites = json_array_new ();
  g_autoptr(JsonObject) words = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *what = psa_find_region_dup_what (finder);
  g_autofree char *next = psa_find_region_dup_next (finder);
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);

      json_array_add_object_element (sites, make_site (region));
    }
  set_string (words, "what", what);
  set_string (words, "next", next);
  json_object_set_int_member (root, "schema", 1);
  set_string (root, "company", psa_find_region_get_company (finder));
  set_string (root, "outcome", outcomes[psa_find_region_get_outcome (finder)]);
  json_object_set_object_member (root, "message", g_steal_pointer (&words));
  json_object_set_array_member (root, "sites", g_steal_pointer (&sites));
  json_node_set_object (node, root);
  text = json_to_string (node, TRUE);
  g_print ("%s\n", text);
}

static void
print_text (PsaFindRegion *finder)
{
  GListModel *regions = psa_find_region_get_regions (finder);
  g_autofree char *what = psa_find_region_dup_what (finder);
  g_autofree char *next = psa_find_region_dup_next (finder);

  g_print ("%s\n  → %s\n", what, next);
  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);

      g_print ("  %-30s  %s\n",
               psa_region_get_answer (region) == PSA_REGION_FOUND
                   ? psa_region_get_host (region)
                   : psa_region_get_site (region)->host,
               psa_region_get_text (region));
    }
}

/* Nothing was found: what kept a site from answering decides before that others do not know it. */
static PsaExit
get_status (PsaFindRegion *finder)
{
  GListModel *regions = psa_find_region_get_regions (finder);
  PsaExit status = PSA_EXIT_OK;

  switch (psa_find_region_get_outcome (finder))
    {
    case PSA_FIND_REGION_ONE:
    case PSA_FIND_REGION_SEVERAL:
      return PSA_EXIT_OK;
    case PSA_FIND_REGION_NONE:
      return psa_exit_from_cause (PSA_CAUSE_UNKNOWN_COMPANY);
    case PSA_FIND_REGION_UNSURE:
    default:
      break;
    }

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++)
    {
      g_autoptr(PsaRegion) region = g_list_model_get_item (regions, i);

      if (psa_region_get_answer (region) == PSA_REGION_UNASKED)
        status = psa_exit_worst (status, psa_exit_from_cause (psa_region_get_cause (region)));
    }
  return status;
}

/**
 * psa_command_find_region:
 * @argc: the number of words
 * @argv: the words, "find-region" first
 * @error: return location for what stopped it
 *
 * `psactl find-region COMPANY [--json]`: `{"schema":1,"company","outcome","message":{"what","next"},
 * "sites":[{"site","region","kind","answer","hostname","company","version","cause","message"}]}`. It
 * needs no profiles, and leaves them alone.
 *
 * Returns: 0 where at least one site has the company, 6 where each said that it does not, else what
 *   the worst of those that could not be asked is worth
 */
PsaExit
psa_command_find_region (int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr(PsaClient) client = NULL;
  g_autoptr(PsaFindRegion) finder = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(PsaAwait) found = { 0 };

  if (!psa_command_parse (entries, "COMPANY",
                          _("Asks all known sites of the cloud for a company ID and says which of "
                             "them has it. No key is needed, and none is sent."),
                          &argc, &argv, error))
    return PSA_EXIT_USAGE;
  if (argc != 2)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                           _("“find-region” wants one company ID."));
      return PSA_EXIT_USAGE;
    }
  if (!psa_find_region_check (argv[1], error))
    return PSA_EXIT_USAGE;

  client = psa_client_new ();
  finder = psa_find_region_new (client, argv[1]);
  if (isatty (STDERR_FILENO))
    g_signal_connect (finder, "notify::n-settled", G_CALLBACK (on_settled_cb), NULL);
  g_unix_signal_add (SIGINT, on_interrupt_cb, cancellable);
  g_unix_signal_add (SIGTERM, on_interrupt_cb, cancellable);
  psa_find_region_run_async (finder, cancellable, psa_await_cb, &found);
  if (!psa_find_region_run_finish (finder, psa_await (&found), error))
    return PSA_EXIT_CANCELLED;

  if (json)
    print_json (finder);
  else
    print_text (finder);
  return get_status (finder);
}
