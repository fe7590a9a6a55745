/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For the functions on paths, which libsecret has always had and does not promise for all times. */
#define SECRET_API_SUBJECT_TO_CHANGE

#include "config.h"

#include "psa-vault-direct.h"

/*
 * The short way to a secret of the Secret Service: two calls. A search of libsecret makes a proxy of each item that it
 * finds, which costs the keyring and us several times as much, and a check of all profiles asks for thousands. It is
 * taken where there is one item and that is open, as there mostly is; all else is for the long way, which knows what to
 * do and what to say.
 */

typedef struct
{
  const SecretSchema *schema;
  GHashTable         *attributes;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_hash_table_unref (read->attributes);
  g_free (read);
}

static void
value_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretValue) value =
      secret_service_get_secret_for_dbus_path_finish (SECRET_SERVICE (object), result, &error);
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;

  if (text != NULL)
    g_task_return_pointer (task, psa_secret_new (text), (GDestroyNotify) psa_secret_free);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
paths_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) unlocked = NULL;
  g_auto(GStrv) locked = NULL;

  if (secret_service_search_for_dbus_paths_finish (SECRET_SERVICE (object), result, &unlocked,
                                                   &locked, &error)
      && g_strv_length (unlocked) == 1 && g_strv_length (locked) == 0)
    secret_service_get_secret_for_dbus_path (SECRET_SERVICE (object), unlocked[0],
                                             g_task_get_cancellable (task), value_cb,
                                             g_object_ref (task));
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
service_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Read *read = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service = secret_service_get_finish (result, &error);

  if (service != NULL)
    secret_service_search_for_dbus_paths (service, read->schema, read->attributes,
                                          g_task_get_cancellable (task), paths_cb,
                                          g_object_ref (task));
  else
    g_task_return_pointer (task, NULL, NULL);
}

/*
 * psa_vault_direct_read_async:
 * @schema: static; its attribute is "id"
 *
 * Reads what the Secret Service keeps under @id. Never prompts.
 */
void
psa_vault_direct_read_async (const SecretSchema  *schema,
                             const char          *id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Read *read = g_new0 (Read, 1);

  read->schema = schema;
  read->attributes = secret_attributes_build (schema, "id", id, NULL);
  g_task_set_source_tag (task, psa_vault_direct_read_async);
  g_task_set_task_data (task, read, read_free);
  g_task_set_check_cancellable (task, FALSE); /* the long way tells of it */
  secret_service_get (SECRET_SERVICE_OPEN_SESSION, cancellable, service_cb, g_object_ref (task));
}

/*
 * psa_vault_direct_read_finish:
 *
 * Returns: (transfer full) (nullable): the secret; NULL, for whatever reason, asks for the long way
 */
PsaSecret *
psa_vault_direct_read_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psa_vault_direct_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
