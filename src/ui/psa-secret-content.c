/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-secret-content.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * A secret on the clipboard, for a while. Managers of the clipboard are told not to keep it, and it is
 * not handed to one when the program ends. After its time it is wiped and served to nobody, and the
 * clipboard is emptied if it is still there.
 */

/* Source: KeePassXC, src/gui/Clipboard.cpp; Klipper and others keep nothing that has it. */
#define HINT_TYPE "x-kde-passwordManagerHint"
#define HINT_VALUE "secret"

static const char *const text_types[] = { "text/plain;charset=utf-8", "text/plain" };

struct _PsaSecretContent
{
  GdkContentProvider parent_instance;

  GdkClipboard *clipboard; /* (nullable) (unowned): weak */
  PsaSecret *secret;       /* (nullable): NULL once its time is over */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (PsaSecretContent, psa_secret_content, GDK_TYPE_CONTENT_PROVIDER)

static void
end (PsaSecretContent *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->secret, psa_secret_free);
}

static void
end_cb (gpointer user_data)
{
  g_autoptr(PsaSecretContent) self = g_object_ref (user_data);

  self->timeout = 0;
  end (self);
  if (self->clipboard != NULL &&
      gdk_clipboard_get_content (self->clipboard) == GDK_CONTENT_PROVIDER (self))
    gdk_clipboard_set_content (self->clipboard, NULL);
}

static GdkContentFormats *
psa_secret_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (text_types); i++)
    gdk_content_formats_builder_add_mime_type (builder, text_types[i]);
  gdk_content_formats_builder_add_mime_type (builder, HINT_TYPE);
  return gdk_content_formats_builder_free_to_formats (builder);
}

/* What is left to others when the program ends: nothing. */
static GdkContentFormats *
psa_secret_content_ref_storable_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new (NULL, 0);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
psa_secret_content_write_mime_type_async (GdkContentProvider *provider,
                                          const char *mime_type,
                                          GOutputStream *stream,
                                          int io_priority,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  PsaSecretContent *self = PSA_SECRET_CONTENT (provider);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  PsaSecret *sent;

  g_task_set_source_tag (task, psa_secret_content_write_mime_type_async);
  if (self->secret == NULL)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                       _("The copied password is no longer offered."));
      return;
    }

  /* The copy lives until it is written, whatever happens to the original meanwhile. */
  sent = psa_secret_new (g_str_equal (mime_type, HINT_TYPE) ? HINT_VALUE : self->secret);
  g_task_set_task_data (task, sent, (GDestroyNotify) psa_secret_free);
  g_output_stream_write_all_async (stream, sent, strlen (sent), io_priority, cancellable,
                                   written_cb, g_steal_pointer (&task));
}

static gboolean
psa_secret_content_write_mime_type_finish (GdkContentProvider *provider,
                                           GAsyncResult *result,
                                           GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
psa_secret_content_dispose (GObject *object)
{
  PsaSecretContent *self = PSA_SECRET_CONTENT (object);

  end (self);
  g_clear_weak_pointer (&self->clipboard);

  G_OBJECT_CLASS (psa_secret_content_parent_class)->dispose (object);
}

static void
psa_secret_content_class_init (PsaSecretContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_secret_content_dispose;
  provider_class->ref_formats = psa_secret_content_ref_formats;
  provider_class->ref_storable_formats = psa_secret_content_ref_storable_formats;
  provider_class->write_mime_type_async = psa_secret_content_write_mime_type_async;
  provider_class->write_mime_type_finish = psa_secret_content_write_mime_type_finish;
}

static void
psa_secret_content_init (PsaSecretContent *self)
{
}

/**
 * psa_secret_content_copy:
 * @clipboard: where to
 * @secret: copied
 * @lifetime_ms: how long it is served, in milliseconds
 *
 * Puts a secret on the clipboard, marked as one, and takes it off again after its time.
 */
void
psa_secret_content_copy (GdkClipboard *clipboard, const PsaSecret *secret, guint lifetime_ms)
{
  g_autoptr(PsaSecretContent) self = NULL;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));
  g_return_if_fail (secret != NULL);

  self = g_object_new (PSA_TYPE_SECRET_CONTENT, NULL);
  self->secret = psa_secret_new (secret);
  g_set_weak_pointer (&self->clipboard, clipboard);
  self->timeout = g_timeout_add_once (lifetime_ms, end_cb, self);
  gdk_clipboard_set_content (clipboard, GDK_CONTENT_PROVIDER (self));
}
