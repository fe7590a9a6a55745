/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-profile-list-private.h"

/* Which profiles somebody looks at, and the rows that they are shown in. */

#define MAX_SPARE_ROWS 64 /* more than are in sight */

static void
add_in_sight (GtkWidget *list, GtkWidget *widget, GPtrArray *statuses)
{
  graphene_rect_t bounds;

  if (PSA_IS_PROFILE_ROW (widget))
    {
      PsaStatus *status = psa_profile_row_get_status (PSA_PROFILE_ROW (widget));

      if (status != NULL && gtk_widget_compute_bounds (widget, list, &bounds) &&
          bounds.origin.y < gtk_widget_get_height (list) &&
          bounds.origin.y + bounds.size.height > 0)
        g_ptr_array_add (statuses, g_object_ref (status));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      add_in_sight (list, child, statuses);
}

/**
 * psa_profile_list_list_by_sight:
 * @self: the list
 *
 * Returns: (transfer full) (element-type PsaStatus): all profiles: those in sight first, then the others in the order
 *   of the list, those that a search hides included
 */
GPtrArray *
psa_profile_list_list_by_sight (PsaProfileList *self)
{
  g_autoptr(GPtrArray) statuses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  GListModel *all = psa_profile_list_get_all (self);

  g_return_val_if_fail (PSA_IS_PROFILE_LIST (self), NULL);

  add_in_sight (GTK_WIDGET (self), GTK_WIDGET (self), statuses);
  for (guint i = 0; i < statuses->len; i++)
    g_hash_table_add (seen, statuses->pdata[i]);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(PsaStatus) status = g_list_model_get_item (all, i);

      if (!g_hash_table_contains (seen, status))
        g_ptr_array_add (statuses, g_steal_pointer (&status));
    }
  return g_steal_pointer (&statuses);
}

/* (transfer full): a row to be filled: one that was in use before, if there is any */
PsaProfileRow *
psa_profile_list_take_row (PsaProfileList *self)
{
  if (self->spare_rows->len > 0)
    return g_ptr_array_steal_index_fast (self->spare_rows, self->spare_rows->len - 1);
  return g_object_ref_sink (g_object_new (PSA_TYPE_PROFILE_ROW, NULL));
}

/* (transfer full): a row that is not shown any more. Its labels stay as they are: the next profile may share some. */
void
psa_profile_list_give_row (PsaProfileList *self, PsaProfileRow *row)
{
  if (self->spare_rows->len < MAX_SPARE_ROWS)
    g_ptr_array_add (self->spare_rows, row);
  else
    g_object_unref (row);
}
