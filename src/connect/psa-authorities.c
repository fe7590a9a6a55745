/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-authorities.h"

static gboolean are_read;

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr(GTlsDatabase) database =
      g_tls_backend_get_default_database (g_tls_backend_get_default ());

  g_debug ("The system's authorities are %s", database != NULL ? "read" : "not to be had");
  g_task_return_boolean (task, TRUE);
}

/**
 * psa_authorities_read_async:
 * @callback: (scope async): called once they are in memory
 * @user_data: for @callback
 *
 * Reads every authority that the system trusts, on a thread. The first handshake would do it on the
 * main loop, and count it as its own time. The TLS library keeps them: later calls only call back.
 */
void
psa_authorities_read_async (GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, psa_authorities_read_async);
  if (are_read)
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, read_thread);
}

/**
 * psa_authorities_read_finish:
 * @result: what the callback was given
 *
 * That they cannot be had is no error here: the handshake says so itself.
 */
void
psa_authorities_read_finish (GAsyncResult *result)
{
  g_return_if_fail (g_async_result_is_tagged (result, psa_authorities_read_async));

  are_read = g_task_propagate_boolean (G_TASK (result), NULL);
}
