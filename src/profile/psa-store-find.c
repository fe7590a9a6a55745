/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-store.h"

#include "psa-error.h"

#include <glib/gi18n-lib.h>

/* What can be told from a store by its lists alone. */

/**
 * psa_store_dup_default_folder:
 *
 * Returns: (transfer full): where the user's profiles lie, `~/.local/share/psa-connections` as a
 * rule
 */
char *
psa_store_dup_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "psa-connections", NULL);
}

/**
 * psa_store_get_integration:
 * @id: (nullable): a UUID
 *
 * Returns: (transfer none) (nullable): the integration of that id
 */
PsaIntegration *
psa_store_get_integration (PsaStore *self, const char *id)
{
  GListModel *model = psa_store_get_integrations (self);
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(PsaIntegration) integration = g_list_model_get_item (model, i);

      if (g_strcmp0 (psa_integration_get_id (integration), id) == 0)
        return integration; /* the list keeps it alive */
    }

  return NULL;
}

/**
 * psa_store_get_last_integration:
 *
 * Returns: (transfer none) (nullable): the integration that was used last, by the profile that was added last
 */
PsaIntegration *
psa_store_get_last_integration (PsaStore *self)
{
  GListModel *profiles = G_LIST_MODEL (self);

  for (guint i = g_list_model_get_n_items (profiles); i > 0; i--)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (profiles, i - 1);
      PsaIntegration *integration =
          psa_store_get_integration (self, psa_profile_get_integration (profile));

      if (integration != NULL)
        return integration;
    }

  return NULL;
}

/* The profiles of that name, or, with @fold, those that differ from it in case alone. */
static GPtrArray *
list_named (PsaStore *self, const char *name, gboolean fold)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded_name = g_utf8_casefold (name, -1);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (G_LIST_MODEL (self), i);
      const char *title = psa_profile_get_title (profile);
      g_autofree char *folded = fold ? g_utf8_casefold (title, -1) : NULL;

      if (g_strcmp0 (fold ? folded : title, fold ? folded_name : name) == 0)
        g_ptr_array_add (found, g_steal_pointer (&profile));
    }

  return found;
}

/**
 * psa_store_find:
 * @name_or_id: as somebody typed it, in UTF-8: a UUID, or a name; upper and lower case are only
 *   told apart where two names differ in nothing else
 * @error: NOT_FOUND, or AMBIGUOUS with the UUIDs in the message
 *
 * Returns: (transfer none) (nullable): the profile meant
 */
PsaProfile *
psa_store_find (PsaStore *self, const char *name_or_id, GError **error)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GString) ids = NULL;
  PsaProfile *profile;

  g_return_val_if_fail (PSA_IS_STORE (self), NULL);
  g_return_val_if_fail (name_or_id != NULL, NULL);

  id = g_ascii_strdown (name_or_id, -1);
  profile = psa_store_get_profile (self, id);
  if (profile != NULL)
    return profile;

  found = list_named (self, name_or_id, FALSE);
  if (found->len == 0)
    {
      g_ptr_array_unref (found);
      found = list_named (self, name_or_id, TRUE);
    }

  if (found->len == 1)
    return found->pdata[0]; /* the store keeps it alive */
  if (found->len == 0)
    {
      g_set_error (error, PSA_ERROR, PSA_ERROR_NOT_FOUND, _("No profile is named “%s”."),
                   name_or_id);
      return NULL;
    }

  ids = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (ids, "\n%s", psa_profile_get_id (found->pdata[i]));
  g_set_error (error, PSA_ERROR, PSA_ERROR_AMBIGUOUS,
               _("Several profiles are named “%s”. Say which one by its UUID:%s"), name_or_id,
               ids->str);
  return NULL;
}
