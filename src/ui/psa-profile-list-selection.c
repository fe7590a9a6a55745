/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-list-private.h"

/* Which profile is chosen, or which several. */

void
psa_profile_list_set_status (PsaProfileList *self, PsaStatus *status)
{
  if (g_set_object (&self->status, status))
    g_object_notify (G_OBJECT (self), "status");
}

guint
psa_profile_list_find (PsaProfileList *self, PsaStatus *status)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(PsaStatus) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item == status)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

guint
psa_profile_list_count_selected (PsaProfileList *self)
{
  g_autoptr(GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return (guint) gtk_bitset_get_size (selected);
}

static void
select_one (PsaProfileList *self, guint position, gboolean alone)
{
  self->restoring = TRUE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, alone);
  self->restoring = FALSE;
}

static void
keep_chosen (PsaProfileList *self, guint position, guint n_items)
{
  for (guint i = position; i < position + n_items; i++)
    {
      g_autoptr(PsaStatus) status = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        g_hash_table_add (self->chosen, g_steal_pointer (&status));
      else
        g_hash_table_remove (self->chosen, status);
    }
  g_object_notify (G_OBJECT (self), "heading");
}

/* A row that a search hides stays on the page: only another choice changes it. A second one that is chosen beside the
 * first makes it a selection of several, and what the page shows stays. */
void
psa_profile_list_on_selection_changed_cb (PsaProfileList *self, guint position, guint n_items)
{
  guint n_selected = psa_profile_list_count_selected (self);

  if (self->restoring)
    return;
  if (!self->selecting && n_selected > 1)
    psa_profile_list_set_selecting (self, TRUE);
  else if (self->selecting)
    keep_chosen (self, position, n_items);
  else if (n_selected == 1)
    {
      g_autoptr(GtkBitset) selected =
          gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
      g_autoptr(PsaStatus) status = NULL;

      self->position = gtk_bitset_get_minimum (selected);
      status = g_list_model_get_item (G_LIST_MODEL (self->selection), self->position);
      psa_profile_list_set_status (self, status);
    }
}

/* What a search had hidden and shows again is still chosen. */
void
psa_profile_list_on_items_changed_cb (PsaProfileList *self,
                                      guint position,
                                      guint n_removed,
                                      guint n_added)
{
  guint found;

  psa_profile_list_update_stack (self);
  for (guint i = position; self->selecting && i < position + n_added; i++)
    {
      g_autoptr(PsaStatus) status = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_hash_table_contains (self->chosen, status))
        select_one (self, i, FALSE);
    }
  if (self->selecting)
    g_object_notify (G_OBJECT (self), "heading");
  if (self->selecting || self->status == NULL || psa_profile_list_count_selected (self) > 0)
    return;
  found = psa_profile_list_find (self, self->status);
  if (found != GTK_INVALID_LIST_POSITION)
    select_one (self, found, TRUE);
}

/**
 * psa_profile_list_set_selecting:
 * @self: the list
 * @selecting: whether several can be chosen
 *
 * Begins or ends to choose several. When it ends the one that the page shows is chosen again.
 */
void
psa_profile_list_set_selecting (PsaProfileList *self, gboolean selecting)
{
  guint n_items;
  guint position;

  g_return_if_fail (PSA_IS_PROFILE_LIST (self));

  if (self->selecting == selecting)
    return;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  self->selecting = selecting;
  g_hash_table_remove_all (self->chosen);
  if (selecting)
    keep_chosen (self, 0, n_items);
  else
    {
      position = self->status != NULL ? psa_profile_list_find (self, self->status)
                                      : GTK_INVALID_LIST_POSITION;
      self->restoring = TRUE;
      gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
      self->restoring = FALSE;
      if (position != GTK_INVALID_LIST_POSITION)
        select_one (self, position, TRUE);
    }
  g_object_notify (G_OBJECT (self), "selecting");
  g_object_notify (G_OBJECT (self), "single-click");
  g_object_notify (G_OBJECT (self), "heading");
}

/**
 * psa_profile_list_get_selecting:
 * @self: the list
 *
 * Returns: whether several can be chosen
 */
gboolean
psa_profile_list_get_selecting (PsaProfileList *self)
{
  g_return_val_if_fail (PSA_IS_PROFILE_LIST (self), FALSE);

  return self->selecting;
}

/**
 * psa_profile_list_list_selected:
 * @self: the list
 *
 * What an action on several is for: nothing that is not to be seen. What a search hides is chosen again once the
 * search is over, but nothing is done with it meanwhile.
 *
 * Returns: (transfer full) (element-type PsaStatus): those that are chosen and that no search hides
 */
GPtrArray *
psa_profile_list_list_selected (PsaProfileList *self)
{
  GPtrArray *statuses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (PSA_IS_PROFILE_LIST (self), NULL);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (statuses, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  return statuses;
}
